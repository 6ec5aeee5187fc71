"""Minutes by their page: who writes, who approves, who reads, and who must not know of them."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.commands.hearings import (
    MoveHearing,
    SaveNote,
    move_hearing,
    save_note,
    sign_statement,
)
from hub.marac.models import AreaSetting, Minutes
from hub.marac.states import HearingMove
from hub.meetings.attendance import record_attendance
from hub.notify.models import Message
from hub.people.models import Conflict
from kit.world import HUB

SECRET = "He waits at her door on Sundays"


@pytest.fixture
def housing(world):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name="Testshire Homes", kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def member(as_role, housing):
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=housing, name="Hattie Homes")


def sign(world, meeting, *actors):
    for actor in actors:
        with world.write(actor) as uow:
            sign_statement(meeting, "member", uow=uow)


@pytest.fixture
def item(world, meeting, person, coordinator, chair):
    item_id = world.list(meeting, world.concern(person))
    sign(world, meeting, coordinator, chair)
    with world.write(coordinator) as uow:
        save_note(SaveNote(item_id=item_id, field="discussion", text=SECRET, version=0), uow=uow)
    return item_id


@pytest.fixture
def noted(world, item, coordinator):
    with world.write(coordinator) as uow:
        move_hearing(MoveHearing(item_id=item, version=0, move=HearingMove.NOTE), uow=uow)
    return item


def press(pages, endpoint, **ids):
    shown = pages.get("marac.minutes", meeting_id=ids["meeting_id"])
    return pages.fill(shown, {}, action=pages.address(endpoint, **ids))


def latest(world, meeting):
    with world.units.read(HUB) as uow:
        wanted = select(Minutes).where(Minutes.meeting_id == meeting)
        return uow.session.scalars(wanted.order_by(Minutes.number.desc())).first()


@pytest.fixture
def approved(world, meeting, noted, browser, browse, chair):
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    minutes = latest(world, meeting).id
    press(browse(chair), "marac.minutes_approve", meeting_id=meeting, minutes_id=minutes)
    assert latest(world, meeting).state == "approved"
    return minutes


def test_they_are_drafted_from_the_record_and_say_when_they_are_due(meeting, item, browser):
    before = browser.get("marac.minutes", meeting_id=meeting)
    assert "They are not drafted yet" in before.text
    assert "Minutes by" in before.text
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    shown = browser.get("marac.minutes", meeting_id=meeting)
    assert SECRET in shown.text
    assert "Not dealt with" in shown.text
    assert "Coral Ordinator" in shown.text


def test_who_came_is_read_from_the_record_of_attendance(
    world, meeting, noted, browser, coordinator, clock
):
    with world.write(coordinator) as uow:
        record_attendance(noted, world.worker, "apology", sent_information=True, uow=uow)
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    shown = browser.get("marac.minutes", meeting_id=meeting)
    assert "Wor Ker, Example Leaving Care: apology, information sent" in shown.text
    assert "Who accepted the statement" in shown.text


def test_what_has_no_minutes_waits_first_for_the_co_ordinator_then_for_the_chair(
    world, meeting, noted, coordinator, browse, chair, clock
):
    clock.advance(days=29)
    browser, again = browse(coordinator), browse(chair)
    shown = browser.get("home.show")
    assert "1 meeting without minutes" in shown.text
    assert "The first by 2 July 2026 at 5pm" in shown.text
    with world.write() as uow:
        uow.session.add(AreaSetting(area_id=world.area, minutes_days=5))
    assert "The first by 6 July 2026 at 5pm" in browser.get("home.show").text
    assert "minutes" not in again.get("home.show").text
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    assert "meeting without minutes" not in browser.get("home.show").text
    assert "1 set of minutes to approve" in again.get("home.show").text
    minutes = latest(world, meeting).id
    press(again, "marac.minutes_approve", meeting_id=meeting, minutes_id=minutes)
    assert "minutes" not in again.get("home.show").text


def test_only_a_chair_has_the_button_that_approves(world, meeting, noted, browser, browse, chair):
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    assert "Approve the minutes" not in browser.get("marac.minutes", meeting_id=meeting).text
    assert "Approve the minutes" in browse(chair).get("marac.minutes", meeting_id=meeting).text


def test_what_stands_in_the_way_of_approval_is_said(world, meeting, item, browser, browse, chair):
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    minutes = latest(world, meeting).id
    said = press(browse(chair), "marac.minutes_approve", meeting_id=meeting, minutes_id=minutes)
    assert "End, note or put back these cases first" in said.text
    assert latest(world, meeting).state == "draft"


def test_a_member_who_signed_reads_the_approved_ones_marked_with_their_name(
    world, meeting, approved, browse, member
):
    pages = browse(member)
    address = pages.address("marac.minutes", meeting_id=meeting)
    unsigned = pages.client.get(address)
    assert unsigned.headers["Location"] == pages.address("marac.statement", meeting_id=meeting)
    sign(world, meeting, member)
    shown = pages.get("marac.minutes", meeting_id=meeting)
    assert SECRET in shown.text
    assert "OFFICIAL-SENSITIVE. Seen by Hattie Homes" in shown.text
    assert "What is put right?" not in shown.text


def test_a_member_does_not_read_a_draft(world, meeting, noted, browser, browse, member):
    press(browser, "marac.minutes_draft", meeting_id=meeting)
    sign(world, meeting, member)
    shown = browse(member).get("marac.minutes", meeting_id=meeting)
    assert "They are not approved yet" in shown.text
    assert SECRET not in shown.text


def test_they_are_not_there_for_strangers(world, meeting, approved, browse, as_role):
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Elsewhere", kind="housing"))
    for role, agency in (
        (Role.AGENCY_REPRESENTATIVE, elsewhere),
        (Role.COORDINATOR, elsewhere),
        (Role.CHAIR, elsewhere),
        (Role.REFERRER, world.agency),
        (Role.LEAVING_CARE_WORKER, world.agency),
    ):
        browse(as_role(role, agency_id=agency)).get("marac.minutes", meeting_id=meeting, status=404)


def test_a_case_of_a_conflict_is_not_in_them(
    world, meeting, person, approved, browse, as_role, housing
):
    kept = as_role(
        Role.AGENCY_REPRESENTATIVE, agency_id=housing, contact_id=world.deputy, name="Ken Kept"
    )
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    sign(world, meeting, kept)
    shown = browse(kept).get("marac.minutes", meeting_id=meeting)
    assert SECRET not in shown.text
    assert "Case" not in shown.text


def test_the_look_at_every_case_is_in_the_trail(
    world, meeting, approved, item, browser, coordinator
):
    browser.get("marac.minutes", meeting_id=meeting)
    with world.units.read(HUB) as uow:
        rows = uow.session.scalars(select(AuditEntry).where(AuditEntry.verb == "Looked")).all()
    seen = {(row.subject_kind, row.subject_id) for row in rows}
    assert ("minutes", str(approved)) in seen
    assert ("item", str(item)) in seen


def test_an_addendum_stands_behind_them_and_what_lacks_is_said(
    world, meeting, approved, item, browser
):
    action = browser.address("marac.minutes_add", meeting_id=meeting, minutes_id=approved)
    shown = browser.get("marac.minutes", meeting_id=meeting)
    wrong = browser.fill(shown, {"about": str(item), "text": ""}, action=action)
    assert wrong.errors == {"text": "Write what is put right"}
    browser.fill(wrong, {"about": str(item), "text": "It was Saturday"}, action=action)
    shown = browser.get("marac.minutes", meeting_id=meeting)
    assert "It was Saturday" in shown.text
    assert SECRET in shown.text


def test_the_members_are_told_where_they_are_and_nothing_else(
    world, meeting, approved, coordinator, chair
):
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(select(Message.recipient_id, Message.facts)).all()
    told = {row.recipient_id for row in rows if f"/meetings/{meeting}/minutes" in row.facts}
    assert coordinator.account_id in told
    assert chair.account_id not in told  # whoever approved knows
    assert SECRET not in str(rows)
