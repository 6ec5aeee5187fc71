"""A whole MARAC cycle by the pages, each sitting that of one role, on both databases.

Twenty cases, twelve agencies, five care-experienced people: two share a worker, one is of another
authority, one is alleged to have done harm, and one is found on the register only after the agenda
was drafted. What the cycle ends with is asked of the hub's own commands.
"""

import re

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.marac.commands.hearings import MoveHearing, hearing_of, move_hearing
from hub.marac.models import Action, Research
from hub.marac.states import HearingMove
from hub.meetings.models import Invitation, Item, Meeting
from hub.people.models import IdentityCheck
from hub.referrals.models import Concern, Party
from kit import story
from kit.running import county
from kit.walk import PHONE
from parts import cycle

FOUND = "Invented: it stands in the record."


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


def own(email):
    return {"email": email, "password": cycle.PASSWORD}


def read(running, statement):
    with running.units() as units, units.read(story.HERE) as uow:
        return uow.session.execute(statement).all()


def check_of(running, concern_id, family_name):
    """Return the question that a desk is asked about somebody in a concern."""
    rows = read(
        running,
        select(IdentityCheck.id, Party.family_name)
        .join(Party, Party.id == IdentityCheck.party_id)
        .where(IdentityCheck.concern_id == concern_id),
    )
    (found,) = [row.id for row in rows if row.family_name == family_name]
    return found


def items_of(running, town):
    rows = read(running, select(Item.concern_id, Item.id).where(Item.meeting_id == town.meeting))
    return dict(rows)


def in_order(running, town):
    """Return the items of the agenda by their times."""
    rows = read(
        running, select(Item.id).where(Item.meeting_id == town.meeting).order_by(Item.starts_at)
    )
    return [item_id for (item_id,) in rows]


def invited(running, item_id):
    rows = read(
        running,
        select(Invitation.recipient_id, Invitation.id).where(
            Invitation.item_id == item_id, Invitation.state == "held"
        ),
    )
    return dict(rows)


def raise_the_last(officer, running, town):
    """The referrer raises the concern about somebody whom nobody recognises yet, by the pages."""
    one = cycle.PEOPLE[-1]
    young = story.Young(
        id="",
        called=one.given_name,
        family_name=one.family_name,
        date_of_birth=one.born,
        postcode=one.postcode,
    )
    reference = story.raise_concern(officer, young)
    ((concern_id,),) = read(running, select(Concern.id).where(Concern.reference == reference))
    town.cases[one.key] = concern_id
    return reference


def confirm(desk, running, town, one):
    """A duty desk says who is meant."""
    desk.go(f"/checks/{check_of(running, town.cases[one.key], one.family_name)}")
    assert one.family_name in desk.text
    desk.press("Confirm")
    desk.pick("facts", "date_of_birth", "address")
    desk.press("Confirm")
    assert "Confirmed" in desk.text, desk.text


def draft_the_agenda(coordinator, running, town, reference):
    """The co-ordinator takes the last concern in, lists it and drafts the agenda in one press."""
    story.accept(coordinator, reference)
    story.list_case(coordinator, str(town.meeting), reference)
    coordinator.go(f"/meetings/{town.meeting}/agenda")
    coordinator.press("Make the agenda")
    assert "The agenda is drafted." in coordinator.text
    assert coordinator.page.locator("[data-case]").count() == cycle.CASES


def issue(coordinator, town):
    """The co-ordinator issues the agenda: nothing stands in its way."""
    coordinator.go(f"/meetings/{town.meeting}/agenda/issue")
    assert "cannot be issued yet" not in coordinator.text, coordinator.text
    coordinator.press("Issue the agenda")
    assert "Issue 1 of the agenda is out." in coordinator.text, coordinator.text


def research(representative, running, town):
    """An agency's representative shares a chosen line of one case and holds nothing of another."""
    asked = read(
        running,
        select(Research.id)
        .join(Item, Item.id == Research.item_id)
        .join(Agency, Agency.id == Research.agency_id)
        .where(Item.meeting_id == town.meeting, Agency.name.like("%Homes%"))
        .order_by(Item.starts_at),
    )
    (shared,), (nothing,), *_ = asked
    assert len(asked) == cycle.CASES
    representative.menu("Research")
    representative.go(f"/research/{shared}")
    for text in ("She rang twice in May.", "Kept to ourselves."):
        representative.press("Write a line")
        representative.page.get_by_label("The case as a whole").check()
        representative.page.get_by_label("Fact", exact=True).check()
        representative.fill(text=text)
        representative.press("Keep this line")
    representative.press("Choose what to share")
    representative.page.get_by_label("She rang twice in May.").check()
    representative.fill(proportionality="It shows that it gets worse, and nothing else is told.")
    representative.page.get_by_label("We do not come: this is what we have to say").check()
    representative.press("Share these lines")
    assert "The lines are shared" in representative.text
    representative.go(f"/research/{nothing}")
    representative.press("We hold nothing about anybody in this case")
    answered = read(running, select(Research.state).where(Research.answered_at.is_not(None)))
    assert sorted(state for (state,) in answered) == ["nothing_held", "shared"]


def answer(worker, running, town, *, keys):
    """A worker says on a phone that they come, to each of their invitations and no other."""
    worker.menu("Invitations")
    for key in keys:
        item_id = items_of(running, town)[town.cases[key]]
        ((invitation_id),) = invited(running, item_id).values()
        worker.go(f"/invitations/{invitation_id}")
        assert cast_of(key).family_name in worker.text
        worker.pick("answer", "accepted")
        worker.press("Send my answer")
        assert worker.h1 == "You will come"


def cast_of(key):
    (found,) = [one for one in cycle.PEOPLE if one.key == key]
    return found


def finds_nothing(visitor, running, town, *, keys):
    """Nobody reads an invitation of somebody else's young person, nor the case it is about."""
    for key in keys:
        item_id = items_of(running, town)[town.cases[key]]
        for path in (
            *(f"/invitations/{one}" for one in invited(running, item_id).values()),
            f"/meetings/cases/{item_id}",
            f"/cases/{item_id}/hearing",
        ):
            answered = visitor.page.request.get(visitor.site + path)
            assert answered.status == 404, path
            assert cast_of(key).family_name not in answered.text()


def hold(chair, running, town):
    """The chair hears one case on one screen: risks, plan, who tells, and who was there."""
    item_id = items_of(running, town)[town.cases["one"]]
    chair.go(f"/cases/{item_id}/hearing")
    chair.page.get_by_label("As a member").check()
    chair.page.get_by_label("I have read this and accept it").check()
    chair.press("Accept and go in")
    chair.go(f"/cases/{item_id}/hearing")
    chair.press("Open this case")
    for field in chair.page.locator("textarea[id^='note-']").all():
        field.fill(FOUND)
        field.press("Tab")
        chair.page.locator(
            f"#form-{field.get_attribute('id').removeprefix('note-')} [data-saved]"
        ).get_by_text(re.compile(r"Saved at")).wait_for()
    chair.press("Agree an action")
    chair.fill(text="Change the locks of the flat", risk="He has a key")
    owner = chair.page.locator("main option", has_text="Ashley Placeholder").first
    chair.page.locator("main select[name='owner_id']").select_option(owner.get_attribute("value"))
    chair.date("due_on", 2026, 7, 10)
    chair.pick("may_tell_victim", "yes")
    chair.press("Agree")
    chair.go(f"/cases/{item_id}/teller")
    chair.pick("teller", "leaving_care_worker")
    chair.press("Save")
    chair.press("This case is heard")
    chair.go(f"/meetings/cases/{item_id}")
    chair.page.get_by_role("button", name="Attended").first.click()
    chair.look()
    assert "Attended" in chair.text


def note_the_rest(running, town):
    """The chair notes every other case without discussion."""
    with running.units() as units:
        chair = cycle.actor_of(units, "chris.exemplar@police.example.org")
        with units.write(chair) as uow:
            for concern_id, item_id in items_of(running, town).items():
                if concern_id != town.cases["one"]:
                    version = hearing_of(uow, item_id).version
                    cmd = MoveHearing(item_id=item_id, version=version, move=HearingMove.NOTE)
                    move_hearing(cmd, uow=uow)


def do_the_action(owner, running):
    """Who was not asked in the meeting accepts the action, and says later that it is done."""
    ((action_id,),) = read(running, select(Action.id))
    owner.go("/actions")
    owner.go(f"/actions/{action_id}")
    if "I accept it" in owner.text:
        owner.pick("move", "accept")
        owner.press("Save")
        owner.go(f"/actions/{action_id}")
    owner.pick("move", "do")
    owner.fill(outcome="New locks since Friday.")
    owner.press("Save")
    assert "Done" in owner.text


def sign(visitor, town):
    visitor.go(f"/meetings/{town.meeting}/statement")
    visitor.page.get_by_label("As a member").check()
    visitor.page.get_by_label("I have read this and accept it").check()
    visitor.press("Accept and go in")


def who_is_meant(town, cast, window, site):
    """The desks of both authorities say who is meant, in all but one of the concerns."""
    desk = window(site, town.accounts()["duty_desk"])
    for key in ("one", "two", "accused"):
        confirm(desk, town, cast, cast_of(key))
    elsewhere = window(site, own("desk@otherfield.example.org"))
    confirm(elsewhere, town, cast, cast_of("elsewhere"))
    finds_nothing(elsewhere, town, cast, keys=("one", "accused"))
    return desk


def workers_answer(town, cast, window, site):
    """Each worker answers on a phone for their own young people, and finds nobody else's."""
    for account, keys in (
        (town.accounts()["leaving_care_worker"], ("one", "two")),
        (own("jo.specimen@council.example.org"), ("accused", "late")),
        (own("indigo.elsewhere@otherfield.example.org"), ("elsewhere",)),
    ):
        phone = window(site, account, size=PHONE)
        answer(phone, town, cast, keys=keys)
        others = [one.key for one in cycle.PEOPLE if one.key not in keys]
        finds_nothing(phone, town, cast, keys=others)


def before_the_meeting(town, cast, window, site):
    """From the last concern to an agenda that is issued, answered and researched."""
    officer = window(site, town.accounts()["referrer"])
    reference = raise_the_last(officer, town, cast)
    desk = who_is_meant(town, cast, window, site)

    coordinator = window(site, town.accounts()["co_ordinator"])
    draft_the_agenda(coordinator, town, cast, reference)
    items = items_of(town, cast)
    assert len(items) == cycle.CASES
    order = in_order(town, cast)
    assert abs(order.index(items[cast.cases["one"]]) - order.index(items[cast.cases["two"]])) == 1

    late = items[cast.cases["late"]]
    assert not invited(town, late)
    confirm(desk, town, cast, cast_of("late"))
    assert invited(town, late)
    issue(coordinator, cast)
    workers_answer(town, cast, window, site)

    research(window(site, town.accounts()["agency_representative"]), town, cast)
    coordinator.go(f"/meetings/{cast.meeting}/research")
    assert "Nothing held" in coordinator.text
    checked = town.run("meetings", "check")
    assert (checked.returncode, checked.stdout) == (0, "")


def on_the_day(town, cast, window, site):
    """The meeting itself, what its owner does about the action, and the minutes."""
    chair = window(site, town.accounts()["chair"])
    hold(chair, town, cast)
    note_the_rest(town, cast)
    do_the_action(window(site, town.accounts()["leaving_care_worker"], size=PHONE), town)
    coordinator = window(site, town.accounts()["co_ordinator"])
    sign(coordinator, cast)
    coordinator.go(f"/meetings/{cast.meeting}/minutes")
    coordinator.press("Draft from the record")
    chair.go(f"/meetings/{cast.meeting}/minutes")
    assert "Change the locks of the flat" in chair.text
    chair.press("Approve the minutes")
    assert "Approved" in chair.text


def afterwards(town, cast, window, site):
    """An agency flags its own records; the co-ordinator's return counts the case and its worker."""
    homes = window(site, town.accounts()["agency_representative"])
    homes.menu("Flags")
    homes.press("Flag set")
    assert "Kept with your name and today's date: flag set." in homes.text
    coordinator = window(site, town.accounts()["co_ordinator"])
    coordinator.menu("Returns")
    ((area,),) = read(town, select(Meeting.area_id).where(Meeting.id == cast.meeting))
    coordinator.go(f"/returns/{area}/2026/2")
    assert re.search(r"25 June 2026 1 1 ", coordinator.text), coordinator.text
    assert re.search(r"Examplefield Council \(invented\) 1 1 1 1 0 1", coordinator.text)


@pytest.mark.timeout(900)
def test_a_cycle_from_the_concern_to_the_minutes(town, window):
    cast = cycle.settle(town)
    assert cycle.agencies_of_the_area(town) == cycle.AGENCIES
    with town.serving("--no-worker") as site:
        before_the_meeting(town, cast, window, site)
    town.advance(days=24)
    with town.serving("--no-worker") as site:
        on_the_day(town, cast, window, site)
        afterwards(town, cast, window, site)
    assert town.run("audit", "verify").stdout.startswith("ok ")
