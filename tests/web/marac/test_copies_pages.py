"""An issued agenda as each reader has it: a list, a page, a pack to print, and what changed."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.commands import issue_agenda, make_agenda, place_case
from hub.marac.models import Undertaking
from hub.meetings.rules import InvitationPolicy
from hub.people.models import Conflict
from kit.world import COORDINATOR, HUB

MARK = "OFFICIAL-SENSITIVE"


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def people(world):
    return world.person(), world.person()


@pytest.fixture
def items(world, meeting, clock, people):
    first = world.list(meeting, world.concern(people[0]))
    clock.advance(minutes=1)
    second = world.list(meeting, world.concern(people[1]))
    issue(world, meeting)
    return first, second


def issue(world, meeting):
    with world.write(COORDINATOR) as uow:
        make_agenda(meeting, usual_minutes=10, uow=uow)
        issue_agenda(meeting, uow=uow, policy=InvitationPolicy())


@pytest.fixture
def member(as_role, world):
    with world.write() as uow:
        contact = world.contact(uow, uuid4(), "Rep Resentative")
    return as_role(
        Role.AGENCY_REPRESENTATIVE,
        agency_id=world.agency,
        contact_id=contact,
        name="Rep Resentative",
    )


@pytest.fixture
def worker(as_role, world):
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)


def headings(page, level="h3"):
    return [" ".join(each.text.split()) for each in page.root.all(level)]


def looks(world):
    with world.units.read(HUB) as uow:
        wanted = select(AuditEntry.subject_id).where(
            AuditEntry.subject_kind == "item", AuditEntry.verb == "Looked"
        )
        return set(uow.session.scalars(wanted))


def sign(world, meeting, actor):
    with world.write() as uow:
        uow.session.add(
            Undertaking(
                meeting_id=meeting,
                account_id=actor.account_id,
                capacity="member",
                statement="I keep it to myself.",
                accepted_at=uow.now,
            )
        )


def test_one_press_makes_the_agenda_and_says_what_is_missing(browser, world, meeting):
    world.list(meeting, world.concern_about([(world.person(), "victim"), (None, "child")]))

    before = browser.get("marac.agenda", meeting_id=meeting)
    assert "No time yet" in before.text
    shown = browser.send("marac.make", meeting_id=meeting)

    assert "The agenda is drafted. 1 thing stands in the way of issuing it." in shown.text
    assert headings(shown)[0].startswith("1. 10am to 10:10am")
    again = browser.send("marac.make", meeting_id=meeting)
    assert headings(again) == headings(shown)


def test_one_press_on_an_empty_agenda_says_what_to_do(browser, meeting):
    wrong = browser.post("marac.make", meeting_id=meeting)

    assert "No case is listed yet. List one, then give out the times." in wrong.text


def test_a_case_is_put_where_it_was_dragged(browser, meeting, items):
    sent = {"moved": str(items[1]), "onto": str(items[0])}
    shown = browser.send("marac.order", sent, meeting_id=meeting)

    cases = [one.attributes["data-case"] for one in shown.root.having("hub-agenda__case")]
    assert cases == [str(items[1]), str(items[0])]


def test_a_member_reads_their_copy_and_no_name_before_they_have_signed(
    browse, world, meeting, items, member
):
    browser = browse(member)

    (link,) = [one for one in browser.get("marac.received").links.values() if str(meeting) in one]
    shown = browser.get(link)

    assert [one.split(":")[0] for one in headings(shown)] == ["1 of 2", "2 of 2"]
    assert "Show the names" not in shown.links
    assert "Quillfeather" not in browser.get("marac.copy", meeting_id=meeting, names="yes").text
    assert "Quillfeather" not in browser.get("marac.pack", meeting_id=meeting).text
    assert looks(world) == set()


def test_once_signed_names_are_asked_for_and_each_look_is_in_the_trail(
    browse, world, meeting, items, member
):
    sign(world, meeting, member)
    browser = browse(member)

    shown = browser.get(browser.get("marac.copy", meeting_id=meeting).links["Show the names"])

    assert "1 of 2: Zebedee Quillfeather" in headings(shown)
    assert looks(world) == {str(item) for item in items}
    assert "Seen by Rep Resentative." in shown.text


def test_the_pack_marks_every_sheet_and_leaves_no_hole(
    browse, world, meeting, items, member, people
):
    sign(world, meeting, member)
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=member.contact_id, person_id=people[0], declared_at=uow.now)
        )
    shown = browse(member).get("marac.pack", meeting_id=meeting)

    sheets = shown.root.having("hub-sheet")
    assert len(sheets) == 2  # what comes first, and one case
    for sheet in sheets:
        assert MARK in sheet.text
        assert "Printed by Rep Resentative, 1 June 2026 at 10:01am" in " ".join(sheet.text.split())
    assert "1 of 1" in sheets[1].text
    assert "Zebedee Quillfeather, born 9 March 2006" in sheets[1].text
    assert "No answer yet: Example Leaving Care" in " ".join(sheets[1].text.split())
    assert looks(world) == {str(items[1])}


def test_an_invited_worker_reads_their_own_case_and_nothing_else(
    browse, world, meeting, items, as_role
):
    other = world.list(meeting, world.concern(world.person(worker=world.deputy)))
    issue(world, meeting)
    browser = browse(
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy)
    )

    shown = browser.get("marac.copy", meeting_id=meeting)

    assert [one.split(":")[0] for one in headings(shown)] == ["1 of 1"]
    assert "10:20am to 10:30am" in shown.text
    assert "1pm" not in shown.text
    assert "Quillfeather" not in browser.get("marac.pack", meeting_id=meeting).text
    for item in items:
        assert str(item) not in shown.response.text
    assert other


def test_a_stranger_finds_nothing(browse, world, meeting, items, as_role):
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Elsewhere", kind="police"))
    for actor in (
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=elsewhere),
        as_role(Role.REFERRER, agency_id=world.agency),
    ):
        browser = browse(actor)
        assert "No agenda has come to you yet." in browser.get("marac.received").text
        browser.get("marac.copy", meeting_id=meeting, status=404)
        browser.get("marac.pack", meeting_id=meeting, status=404)


def test_a_second_issue_says_what_changed_to_each_of_them(
    browse, browser, member, worker, world, meeting, items
):
    with world.write(COORDINATOR) as uow:
        place_case(items[1], items[0], uow=uow)
    check = browser.get("marac.issue", meeting_id=meeting)
    assert "What changed since issue 1" in check.text
    assert "is now 10:10am to 10:20am. It was 10am to 10:10am." in check.text
    browser.fill(check, {})

    issued = browser.get("marac.issued", meeting_id=meeting, number=2)
    assert "What this issue changed" in issued.text
    mine = browse(member).get("marac.copy", meeting_id=meeting)
    assert {"Go to the meeting", "Your agency cannot come? Send its apology"} <= set(mine.links)
    assert "The cases come in another order." in mine.text
    assert "10:10am" not in mine.text
    own = browse(worker).get("marac.copy", meeting_id=meeting)
    assert not {"Go to the meeting", "Your agency cannot come? Send its apology"} & set(own.links)
    assert "is now 10:10am to 10:20am. It was 10am to 10:10am." in own.text
    again = browser.get("marac.issue", meeting_id=meeting)
    assert "Nothing has changed since issue 2." in again.text
