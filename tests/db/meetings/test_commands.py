"""What a co-ordinator and a chair do to meetings, on both databases, reconciled each time."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Area, Contact
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import (
    ConflictError,
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.meetings.attendance import record_attendance
from hub.meetings.commands import (
    ExcuseGap,
    MoveMeeting,
    PlanMeeting,
    bar_recipient,
    cancel_meeting,
    excuse_gap,
    hold_meeting,
    list_case,
    move_meeting,
    plan_meeting,
    unlist_case,
)
from hub.meetings.decisions import Decide, decide_gap
from hub.meetings.models import Attendance, Invitation, Item, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.people.models import Conflict
from hub.referrals.models import Concern
from kit.world import CHAIR, COORDINATOR, HUB, World

POLICY = InvitationPolicy()
REASON = "Settled by telephone this morning."
NOBODY = Actor(account_id=uuid4(), roles=frozenset(set(Role) - {Role.COORDINATOR, Role.CHAIR}))


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def item(world, meeting):
    return world.list(meeting, world.concern(world.person()))


def row_of(world, kind, key):
    with world.units.read(HUB) as uow:
        return uow.session.get_one(kind, key)


def move(world, meeting, *, hours=0, version=None, **changes):
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        shift = timedelta(hours=hours)
        said = {
            "version": row.version if version is None else version,
            "starts_at": row.starts_at + shift,
            "ends_at": row.ends_at + shift,
            "place": row.place,
            "video_link": row.video_link,
            "chair_id": row.chair_id,
        }
        return move_meeting(MoveMeeting(meeting_id=meeting, **{**said, **changes}), uow=uow)


def held(world, item):
    with world.units.read(HUB) as uow:
        wanted = select(Invitation).where(Invitation.item_id == item, Invitation.state == "held")
        return {row.recipient_id: row for row in uow.session.scalars(wanted)}


# --- Planning and moving ---


@pytest.mark.parametrize(
    ("starts", "ends", "field"),
    [(-1, 1, "starts_at"), (0, 1, "starts_at"), (2, 2, "ends_at"), (2, 1, "ends_at")],
)
def test_times_that_cannot_be_are_refused_at_the_field(world, starts, ends, field):
    with pytest.raises(RefusedError) as refused, world.write(COORDINATOR) as uow:
        cmd = PlanMeeting(
            kind=MeetingKind.STRATEGY,
            area_id=world.area,
            starts_at=uow.now + timedelta(hours=starts),
            ends_at=uow.now + timedelta(hours=ends),
        )
        plan_meeting(cmd, uow=uow)
    assert refused.value.field == field


def test_a_move_takes_slots_and_invitations_along(world, meeting, item):
    before = held(world, item)[world.worker]
    with world.write() as uow:
        row = uow.session.get_one(Item, item)
        row.starts_at = before.starts_at + timedelta(minutes=20)
        row.ends_at = row.starts_at + timedelta(minutes=10)

    move(world, meeting, hours=2)

    after = held(world, item)[world.worker]
    assert after.starts_at == before.starts_at + timedelta(hours=2, minutes=20)
    assert after.ends_at - after.starts_at == timedelta(minutes=10)
    assert (after.uid, after.sequence) == (before.uid, before.sequence + 1)


def test_a_stale_move_is_a_conflict_that_says_what_is_saved(world, meeting):
    read = row_of(world, Meeting, meeting).version
    move(world, meeting, place="Theirs")

    with pytest.raises(ConflictError) as conflict:
        move(world, meeting, version=read, place="Mine")

    assert conflict.value.theirs["place"] == "Theirs"
    assert row_of(world, Meeting, meeting).place == "Theirs"


def test_a_move_into_the_past_changes_nothing(world, meeting, item):
    with pytest.raises(RefusedError):
        move(world, meeting, hours=-24 * 29)

    assert held(world, item)[world.worker].sequence == 0


# --- Calling off and holding ---


def test_calling_off_takes_every_invitation_back(world, meeting, item):
    with world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)

    assert held(world, item) == {}
    for does in (cancel_meeting, hold_meeting):
        with pytest.raises(RefusedError), world.write(COORDINATOR) as uow:
            does(meeting, uow=uow)
    with pytest.raises(IllegalMoveError):
        move(world, meeting, hours=1)


def test_a_meeting_is_held_once_it_has_begun_and_then_stands(world, meeting, item, clock):
    with pytest.raises(RefusedError, match="not begun"), world.write(CHAIR) as uow:
        hold_meeting(meeting, uow=uow)
    clock.advance(days=28)

    with world.write(CHAIR) as uow:
        hold_meeting(meeting, uow=uow)

    assert row_of(world, Meeting, meeting).state == "held"
    with pytest.raises(IllegalMoveError), world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)


def test_whoever_is_on_the_way_to_a_meeting_called_off_late_is_told(world, meeting, item, clock):
    clock.advance(days=28, hours=1)

    with world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)

    assert held(world, item) == {}


def test_a_meeting_that_is_over_is_called_off_and_nobody_is_told(world, meeting, item, clock):
    clock.advance(days=28, hours=3)

    with world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)

    assert set(held(world, item)) == {world.worker}


# --- Listing ---


def test_a_case_is_on_one_marac_to_come_at_a_time(world, meeting):
    concern = world.concern(world.person())
    item = world.list(meeting, concern)
    other = world.meeting(days=30)
    with pytest.raises(RefusedError, match="already on the agenda"):
        world.list(other, concern)
    with pytest.raises(RefusedError, match="on this agenda already"):
        world.list(meeting, concern)

    with world.write(COORDINATOR) as uow:
        unlist_case(item, uow=uow)

    assert held(world, item) == {}
    again = world.list(other, concern)
    assert set(held(world, again)) == {world.worker}
    with pytest.raises(RefusedError, match="not on the agenda"), world.write(COORDINATOR) as uow:
        unlist_case(item, uow=uow)


def test_an_agenda_stands_once_the_meeting_has_begun(world, item, clock):
    clock.advance(days=28)

    with pytest.raises(RefusedError, match="agenda stands"), world.write(COORDINATOR) as uow:
        unlist_case(item, uow=uow)
    assert row_of(world, Item, item).state == "listed"


@pytest.mark.parametrize("changes", [{"state": "transferred"}, {"area_id": None}])
def test_only_an_accepted_concern_of_the_area_is_listed(world, meeting, changes):
    concern, elsewhere = world.concern(None), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=elsewhere, name="Othershire"))
        uow.session.flush()
        said = {name: value or elsewhere for name, value in changes.items()}
        uow.session.execute(update(Concern).where(Concern.id == concern).values(said))

    with pytest.raises(RefusedError, match="not accepted any more"):
        world.list(meeting, concern)


def test_a_case_of_a_marac_has_its_safety_planned_meanwhile(world, item):
    with world.units.read(HUB) as uow:
        concern = uow.session.get_one(Item, item).concern_id
    planning = world.meeting(days=3, kind=MeetingKind.SAFETY_PLANNING)

    again = world.list(planning, concern)

    assert set(held(world, again)) == set(held(world, item)) == {world.worker}
    with pytest.raises(RefusedError, match="on this agenda already"):
        world.list(planning, concern)


def test_children_on_the_concern_are_children_on_the_item(world, meeting):
    with_child = world.concern_about([(None, "victim"), (None, "child")])

    assert row_of(world, Item, world.list(meeting, with_child)).has_children
    assert not row_of(world, Item, world.list(meeting, world.concern(None))).has_children


def test_no_case_is_put_on_a_meeting_that_has_begun(world, meeting, clock):
    concern = world.concern(None)
    clock.advance(days=28)
    with pytest.raises(RefusedError, match="already begun"):
        world.list(meeting, concern)


# --- Attendance ---


def test_before_the_meeting_only_an_apology_is_recorded(world, item, clock):
    def record(status):
        with world.write(CHAIR) as uow:
            record_attendance(item, world.worker, status, sent_information=True, uow=uow)

    record("apology")
    for status in ("attended", "part", "no_response", "not_identified"):
        with pytest.raises(RefusedError, match="not begun"):
            record(status)
    clock.advance(days=28)
    record("attended")


def test_attendance_is_written_once_a_person_and_can_be_put_right(world, item, clock):
    clock.advance(days=28)
    for status, sent in (("no_response", False), ("part", True)):
        with world.write(CHAIR) as uow:
            record_attendance(item, world.worker, status, sent_information=sent, uow=uow)

    with world.units.read(HUB) as uow:
        (row,) = uow.session.scalars(select(Attendance))
    assert (row.status, row.sent_information, row.recorded_by) == ("part", True, CHAIR.account_id)
    with pytest.raises(RefusedError), world.write(CHAIR) as uow:
        record_attendance(item, world.worker, "late", sent_information=False, uow=uow)


# --- Who may ---


def gap(item, problem="both_sides", **changes):
    said = {"subject_id": None, "recipient_id": None, "reason": REASON}
    return Decide(item_id=item, problem=problem, **{**said, **changes})


def newcomer(world, **changes):
    contact = uuid4()
    with world.write() as uow:
        world.contact(uow, contact, "Fresh Face")
        uow.session.flush()
        if changes:
            uow.session.execute(update(Contact).where(Contact.id == contact).values(**changes))
    return contact


@pytest.mark.parametrize("actor", [NOBODY, Actor()])
def test_to_everybody_else_neither_meeting_nor_item_is_there(world, meeting, item, actor):
    reason = ExcuseGap(
        item_id=item, subject_id=None, problem="barred", recipient_id=None, reason=REASON
    )
    for does in (
        lambda uow: cancel_meeting(meeting, uow=uow),
        lambda uow: hold_meeting(meeting, uow=uow),
        lambda uow: list_case(meeting, uuid4(), uow=uow),
        lambda uow: unlist_case(item, uow=uow),
        lambda uow: excuse_gap(reason, uow=uow),
        lambda uow: bar_recipient(world.worker, item, uow=uow),
        lambda uow: decide_gap(gap(item), uow=uow, policy=POLICY),
        lambda uow: record_attendance(item, world.worker, "part", sent_information=False, uow=uow),
    ):
        with pytest.raises(NotFoundError), world.write(actor) as uow:
            does(uow)


def test_to_a_co_ordinator_with_a_conflict_the_item_is_not_there(world, meeting):
    person = world.person()
    item = world.list(meeting, world.concern(person))
    kin = Actor(account_id=uuid4(), contact_id=newcomer(world), roles=COORDINATOR.roles)
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=kin.contact_id, person_id=person, declared_at=uow.now))

    with pytest.raises(NotFoundError), world.write(kin) as uow:
        unlist_case(item, uow=uow)
    assert row_of(world, Item, item).state == "listed"


def test_a_chair_plans_and_lists_nothing(world, meeting, item):
    for does in (
        lambda uow: cancel_meeting(meeting, uow=uow),
        lambda uow: list_case(meeting, uuid4(), uow=uow),
        lambda uow: unlist_case(item, uow=uow),
    ):
        with pytest.raises(NotAllowedError), world.write(CHAIR) as uow:
            does(uow)
