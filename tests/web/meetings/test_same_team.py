"""Two workers of one team on both sides of a case: the chair is told before papers go out."""

from uuid import uuid4

TOLD = "has workers on both sides of this case"


def test_a_team_with_workers_on_both_sides_is_named_to_who_runs_the_meeting(browser, world):
    hers = uuid4()
    with world.write() as uow:
        world.contact(uow, hers, "Vic Worker")
    both = [(world.person(worker=hers), "victim"), (world.person(), "alleged_perpetrator")]
    item = world.list(world.meeting(), world.concern_about(both))
    assert TOLD in browser.get("meetings.case", item_id=item).text

    one = world.list(world.meeting(days=35), world.concern(world.person()))
    assert TOLD not in browser.get("meetings.case", item_id=one).text
