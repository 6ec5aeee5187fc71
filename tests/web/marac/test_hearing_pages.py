"""The meeting on one screen: signed first, written field by field, ended only when it is whole."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Role
from hub.marac.models import Action, AreaSetting, Hearing, HearingNote, Undertaking
from hub.people.models import Conflict
from kit.world import HUB, TODAY

LACKS = (
    "who_else", "risk_who", "risk_from", "risk_of", "risk_when", "factors_for", "factors_against",
)  # fmt: skip


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def item(world, meeting, person):
    return world.list(meeting, world.concern(person))


def sign(browser, meeting, capacity="member"):
    shown = browser.get("marac.statement", meeting_id=meeting)
    return browser.fill(shown, {"capacity": capacity, "accepted": "yes"})


@pytest.fixture
def desk(browse, coordinator, meeting, item):
    """Return the co-ordinator's browser, who has accepted the statement."""
    browser = browse(coordinator)
    sign(browser, meeting)
    return browser


def notes(world):
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(select(HearingNote.field, HearingNote.text))
        return {row[0]: row[1] for row in rows}


def version_of(world):
    with world.units.read(HUB) as uow:
        return str(uow.session.scalar(select(Hearing.version)) or 0)


def test_no_case_opens_before_the_statement_is_accepted(browse, coordinator, meeting, item, world):
    browser = browse(coordinator)
    for page in (
        browser.follow("marac.screen", meeting_id=meeting),
        browser.follow("marac.hearing", item_id=item),
        browser.follow("marac.teller", item_id=item),
        browser.follow("marac.told", item_id=item),
    ):
        assert "Before the meeting opens" in page.text
    wrong = browser.fill(browser.get("marac.statement", meeting_id=meeting), {"capacity": "member"})
    assert wrong.errors == {"accepted": "Accept the statement, or leave the meeting"}

    listed = sign(browser, meeting)

    assert "Not opened" in listed.text
    assert "Coral Ordinator" in listed.text
    with world.units.read(HUB) as uow:
        assert uow.session.scalar(select(Undertaking.capacity)) == "member"


def test_a_case_says_what_is_known_today_of_care_and_not_what_the_referrer_knew(desk, item):
    shown = desk.get("marac.hearing", item_id=item).text
    assert "Care-experienced" in shown
    assert "does not know" not in shown


def test_a_field_is_saved_by_its_button_and_by_the_script(desk, item, world):
    desk.send(
        "marac.note", {"text": "Threats at work", "version": "0"}, item_id=item, field="reason"
    )
    assert notes(world) == {"reason": "Threats at work"}

    answer = desk.raw("marac.typed", {"text": "More", "version": "1"}, item_id=item, field="reason")

    assert (answer.status_code, answer.get_json()) == (200, {"version": 2})
    assert notes(world) == {"reason": "More"}


def test_of_two_note_takers_the_second_sees_the_firsts_words(desk, item, world):
    desk.send("marac.note", {"text": "First", "version": "0"}, item_id=item, field="reason")

    answer = desk.raw("marac.typed", {"text": "Mine", "version": "0"}, item_id=item, field="reason")
    both = desk.post(
        "marac.note", {"text": "Mine", "version": "0"}, item_id=item, field="reason", status=409
    )

    assert (answer.status_code, answer.get_json()) == (409, {"theirs": "First", "version": 1})
    assert "First" in both.text
    assert "Mine" in both.text
    assert notes(world) == {"reason": "First"}


def test_there_is_no_field_of_another_name(desk, item, world):
    answer = desk.raw(f"/cases/{item}/notes/other/typed", {"text": "x", "version": "0"})
    assert answer.status_code == 404
    assert notes(world) == {}


def test_a_case_ends_only_with_its_risks_and_somebody_who_tells_the_victim(desk, item, world):
    desk.send("marac.move", {"move": "open", "version": version_of(world)}, item_id=item)
    no = desk.send("marac.move", {"move": "end", "version": version_of(world)}, item_id=item)
    assert "Write who is at risk." in no.text
    assert "Write who else knows this person, or that nobody does." in no.text
    assert "Choose who tells the victim" in no.text
    for field in LACKS:
        desk.send("marac.note", {"text": "x", "version": "0"}, item_id=item, field=field)
    form = desk.get("marac.teller", item_id=item)
    wrong = desk.fill(form, {"teller": "nobody", "note": ""})
    assert wrong.errors == {"note": "Write who, or why nobody does"}
    desk.fill(wrong, {"teller": "idva"})

    done = desk.send("marac.move", {"move": "end", "version": version_of(world)}, item_id=item)

    assert "Heard" in done.text
    desk.fill(
        desk.get("marac.told", item_id=item),
        {
            "told_on-day": str(TODAY.day),
            "told_on-month": str(TODAY.month),
            "told_on-year": str(TODAY.year),
            "told_how": "At the clinic",
        },
    )
    assert "At the clinic" in desk.get("marac.hearing", item_id=item).text


def test_what_is_put_back_says_why(desk, item, world):
    wrong = desk.post(
        "marac.move", {"move": "put_back", "version": version_of(world)}, item_id=item
    )
    assert wrong.errors == {"why": "Write why it is put back to the next meeting"}
    shown = desk.send(
        "marac.move",
        {"move": "put_back", "why": "Nobody from housing", "version": version_of(world)},
        item_id=item,
    )
    assert "Nobody from housing" in shown.text


@pytest.fixture
def housing(world):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name="Testshire Homes", kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


@pytest.fixture
def rep(as_role, housing, item):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=housing, name="Hattie Homes")


def agreed(desk, item, world, owner, **more):
    due = TODAY + timedelta(days=40)
    said = {
        "text": "Change the locks",
        "risk": "He has a key",
        "owner_id": str(owner),
        "due_on-day": str(due.day),
        "due_on-month": str(due.month),
        "due_on-year": str(due.year),
        "may_tell_victim": "no",
    } | more
    return desk.fill(desk.get("marac.new_action", item_id=item), said)


def action_of(world, text="Change the locks"):
    with world.units.read(HUB) as uow:
        return next(one for one in uow.session.scalars(select(Action)) if one.text == text)


def test_an_absent_owner_accepts_and_reports_and_nobody_else_can(
    desk, browse, as_role, rep, item, world, meeting
):
    shown = agreed(desk, item, world, rep.account_id)
    assert "Waits to be accepted" in shown.text
    one = action_of(world)
    owner = browse(rep)
    assert one.reference in owner.get("marac.own_list").text
    offered = owner.get("marac.action", action_id=one.id)
    assert "The victim must not be told of this action." in offered.text
    owner.fill(offered, {"move": "accept"})
    wrong = owner.fill(owner.get("marac.action", action_id=one.id), {"move": "find_impossible"})
    assert wrong.errors == {"outcome": "Write why"}
    owner.fill(wrong, {"move": "do", "outcome": "New locks on Monday"})
    assert action_of(world).state == "done"
    assert "No action waits for you." in owner.get("marac.own_list").text

    stranger = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency, name="Other Agency")
    browse(stranger).get("marac.action", action_id=one.id, status=404)
    assert "Change the locks" not in browse(stranger).get("marac.own_list").text


def test_who_runs_it_sees_by_when_actions_are_with_their_owners_and_which_wait(
    browse, coordinator, rep, item, world, meeting, clock
):
    clock.advance(days=28, hours=1)  # it has begun
    desk = browse(coordinator)
    sign(desk, meeting)
    agreed(desk, item, world, rep.account_id)
    shown = desk.get("marac.screen", meeting_id=meeting)
    assert "1 action still waits for somebody to accept." in shown.text
    assert "Late" not in shown.text
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, action_hours=2))
    clock.advance(hours=6)
    late = browse(coordinator).get("marac.screen", meeting_id=meeting)
    assert "1 action still waits for somebody to accept. Late" in late.text


def test_who_was_there_has_the_action_at_once(desk, browse, rep, item, world, meeting):
    sign(browse(rep), meeting)
    agreed(desk, item, world, rep.account_id)
    assert action_of(world).state == "open"


def test_a_member_reads_the_record_and_cannot_write_it(desk, browse, rep, item, meeting, world):
    desk.send(
        "marac.note", {"text": "Threats at work", "version": "0"}, item_id=item, field="reason"
    )
    member = browse(rep)
    sign(member, meeting)
    shown = member.get("marac.hearing", item_id=item)
    assert "Threats at work" in shown.text
    assert shown.root.all("textarea") == []
    assert member.raw("marac.typed", {"text": "x"}, item_id=item, field="reason").status_code == 404
    member.get("marac.teller", item_id=item, status=404)
    member.get("marac.new_action", item_id=item, status=404)


def test_the_invited_worker_sees_the_own_young_persons_case_only(
    desk, browse, as_role, item, meeting, world
):
    other = world.list(meeting, world.concern_about([(None, "victim")]))
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Far Away", kind="other"))
    worker = as_role(
        Role.LEAVING_CARE_WORKER,
        agency_id=elsewhere,
        contact_id=world.worker,
        name="Wor Ker",
    )
    browser = browse(worker)
    sign(browser, meeting, "one_slot")
    listed = browser.get("marac.screen", meeting_id=meeting)
    assert len([one for one in listed.links.values() if one.endswith("/hearing")]) == 1
    assert "1. " in listed.text
    browser.get("marac.hearing", item_id=item)
    browser.get("marac.hearing", item_id=other, status=404)


def test_the_meeting_is_not_there_for_a_stranger(browse, as_role, item, meeting, world):
    far = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=far, name="Far Away", kind="housing"))
    stranger = as_role(Role.AGENCY_REPRESENTATIVE, agency_id=far, name="Far Away")
    browser = browse(stranger)
    browser.get("marac.statement", meeting_id=meeting, status=404)
    browser.get("marac.screen", meeting_id=meeting, status=404)
    browser.get("marac.hearing", item_id=item, status=404)


def test_whom_a_conflict_keeps_out_finds_a_shorter_list(
    browse, as_role, item, meeting, person, world
):
    contact = uuid4()
    with world.write() as uow:
        world.contact(uow, contact, "Kin Folk")
        uow.session.flush()
        uow.session.add(Conflict(contact_id=contact, person_id=person, declared_at=uow.now))
    kin = as_role(Role.COORDINATOR, agency_id=world.agency, contact_id=contact, name="Kin Folk")
    browser = browse(kin)
    assert "No case of this meeting is yours to see." in sign(browser, meeting).text
    browser.get("marac.hearing", item_id=item, status=404)


def test_who_was_chosen_to_tell_finds_it_on_the_first_page_and_says_that_it_is_done(
    desk, browse, rep, item, world, meeting
):
    agreed(desk, item, world, rep.account_id, may_tell_victim="yes")
    agreed(desk, item, world, rep.account_id, text="Watch his house")
    teller = browse(rep)
    offered = teller.get("marac.action", action_id=action_of(world, "Change the locks").id)
    teller.fill(offered, {"move": "accept"})
    desk.fill(
        desk.get("marac.teller", item_id=item),
        {"teller": "idva", "account_id": str(rep.account_id)},
    )
    teller.get("marac.pass_on", item_id=item)
    assert "thing to pass on" not in teller.get("home.show").text
    desk.send("marac.move", {"move": "note", "version": version_of(world)}, item_id=item)
    home = teller.get("home.show")
    assert home.links["1 thing to pass on"] == "/actions"
    assert home.links["1 action to accept"] == "/actions"
    assert home.links["1 action to do"] == "/actions"
    shown = teller.get("marac.pass_on", item_id=item)
    assert "Change the locks" in shown.text
    assert "Watch his house" not in shown.text
    wrong = teller.fill(shown, {})
    assert wrong.errors == {"told_on-day": "Enter when they were told, or why they were not"}
    teller.fill(wrong, {"not_told_why": "She does not answer"})
    assert "thing to pass on" not in teller.get("home.show").text
    desk.get("marac.pass_on", item_id=item, status=404)
