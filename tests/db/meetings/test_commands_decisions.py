"""A named person's reasons and a chair's decisions, reconciled each time, on both databases."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import (
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.meetings.attendance import record_attendance
from hub.meetings.commands import (
    ExcuseGap,
    MoveMeeting,
    bar_recipient,
    excuse_gap,
    move_meeting,
    unlist_case,
)
from hub.meetings.decisions import Choice, Decide, candidates, decide_gap
from hub.meetings.models import Excuse, Invitation, ItemPerson, Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.sharing.models import Agreement, AgreementCategory
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


def gap(item, problem="both_sides", **changes):
    said = {"subject_id": None, "recipient_id": None, "reason": REASON}
    return Decide(item_id=item, problem=problem, **{**said, **changes})


def decide(world, cmd, actor=CHAIR):
    with world.write(actor) as uow:
        return decide_gap(cmd, uow=uow, policy=POLICY)


@pytest.fixture
def shared(world, meeting):
    """A case whose two sides have the same worker."""
    people = [(world.person(), "victim"), (world.person(), "alleged_perpetrator")]
    return world.list(meeting, world.concern_about(people))


def newcomer(world, **changes):
    contact = uuid4()
    with world.write() as uow:
        world.contact(uow, contact, "Fresh Face")
        uow.session.flush()
        if changes:
            uow.session.execute(update(Contact).where(Contact.id == contact).values(**changes))
    return contact


def victim_of(world, item):
    with world.units.read(HUB) as uow:
        from_rows = uow.session.execute(
            select(Invitation.subject_id).where(Invitation.item_id == item)
        )
        return from_rows.scalars().first()


def test_whom_the_chair_chooses_is_invited_and_stays_so(world, meeting, shared):
    assert held(world, shared) == {}
    contact = newcomer(world)

    decide(world, gap(shared, choice=Choice.CHOOSE, contact_id=contact))

    assert held(world, shared)[contact].because == "chosen"
    move(world, meeting, hours=1)
    assert held(world, shared)[contact].sequence == 1


def test_whom_the_chair_chose_goes_with_the_case(world, shared):
    contact = newcomer(world)
    decide(world, gap(shared, choice=Choice.CHOOSE, contact_id=contact))

    with world.write(COORDINATOR) as uow:
        unlist_case(shared, uow=uow)

    assert held(world, shared) == {}


def test_whom_the_chair_chose_loses_it_when_the_agreement_ends(world, meeting, shared):
    contact = newcomer(world)
    decide(world, gap(shared, choice=Choice.CHOOSE, contact_id=contact))
    with world.write() as uow:
        uow.session.get_one(Agreement, world.agreement).status = "suspended"

    move(world, meeting, hours=1)

    assert held(world, shared) == {}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({"email": None}, "cannot be written to"),
        ({"works_until": "today"}, "cannot be written to"),
    ],
)
def test_somebody_who_cannot_be_written_to_cannot_be_chosen(world, shared, clock, changes, why):
    changes = {name: clock.at.date() if text else None for name, text in changes.items()}
    contact = newcomer(world, **changes)

    with pytest.raises(RefusedError, match=why) as refused:
        decide(world, gap(shared, choice=Choice.CHOOSE, contact_id=contact))

    assert refused.value.field == "contact_id"
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Excuse)).all() == []
        assert contact not in {one.id for one in candidates(uow, shared)}


def test_choices_without_a_person_are_refused(world, shared):
    with pytest.raises(RefusedError, match="Choose who is asked"):
        decide(world, gap(shared, choice=Choice.CHOOSE))
    with pytest.raises(RefusedError, match="nobody here to rule out"):
        decide(world, gap(shared, choice=Choice.BAR))
    with pytest.raises(RefusedError, match="other than the one"):
        same = {"contact_id": world.worker, "recipient_id": world.worker}
        decide(world, gap(shared, choice=Choice.CHOOSE, **same))
    with pytest.raises(RefusedError, match="settled already"):
        cmd = gap(shared, choice=Choice.CHOOSE, contact_id=newcomer(world), subject_id=uuid4())
        decide(world, cmd)


def test_for_somebody_who_is_not_identified_nobody_can_be_asked(world, meeting):
    item = world.list(meeting, world.concern(None))
    with world.units.read(HUB) as uow:
        person = uow.session.scalars(select(ItemPerson.id).where(ItemPerson.item_id == item)).one()
    cmd = gap(
        item,
        "care_status_unconfirmed",
        subject_id=person,
        choice=Choice.CHOOSE,
        contact_id=newcomer(world),
    )
    with pytest.raises(NotFoundError):
        decide(world, cmd)


def test_a_gap_that_has_settled_itself_takes_no_reason(world, item):
    """A reason for what is not there would hide the next gap of its kind."""
    for problem in ("no_current_invitation", "nobody_answered", "barred", "double_booked"):
        cmd = gap(item, problem, subject_id=victim_of(world, item), recipient_id=world.worker)
        with pytest.raises(RefusedError, match="settled already"):
            decide(world, cmd, COORDINATOR)

    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Excuse)).all() == []


def test_somebody_ruled_out_gives_way_to_the_next_on_the_ladder(world, item):
    with world.write(CHAIR) as uow:
        bar_recipient(world.worker, item, uow=uow)

    assert set(held(world, item)) == {world.deputy}
    with world.units.read(HUB) as uow:
        tasks = uow.session.scalars(select(Task).where(Task.state == "open"))
        assert {(one.kind, one.owner_role) for one in tasks} == {("barred", "chair")}

    cmd = gap(
        item,
        "barred",
        subject_id=victim_of(world, item),
        recipient_id=world.worker,
        choice=Choice.BAR,
    )
    decide(world, cmd)
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Task).where(Task.state == "open")).all() == []


@pytest.mark.parametrize("choice", [Choice.BAR, Choice.CHOOSE])
def test_only_a_chair_decides_and_a_co_ordinator_may_give_a_reason(world, shared, choice):
    with pytest.raises(NotAllowedError):
        decide(world, gap(shared, choice=choice, recipient_id=world.worker), COORDINATOR)

    decide(world, gap(shared, recipient_id=world.worker), COORDINATOR)
    with world.units.read(HUB) as uow:
        (excuse,) = uow.session.scalars(select(Excuse))
    assert (excuse.reason, excuse.recorded_by) == (REASON, COORDINATOR.account_id)


def test_a_reason_for_a_held_invitation_settles_the_task_and_the_gap(world, meeting, item):
    with world.write() as uow:
        uow.session.execute(update(AgreementCategory).values(to_service="excluded"))
    move(world, meeting, hours=1)
    cmd = gap(item, "sharing_held", subject_id=victim_of(world, item))
    decide(world, cmd, COORDINATOR)

    with world.units.read(HUB) as uow:
        found = uow.session.execute(select(Excuse.problem, Excuse.recipient_id))
        problems = {tuple(row) for row in found}
    assert problems == {("sharing_held", None), ("no_current_invitation", None)}


@pytest.mark.parametrize("reason", ["", "   ", "too short", "  padded  "])
def test_a_reason_says_something(world, item, reason):
    cmd = ExcuseGap(
        item_id=item, subject_id=None, problem="barred", recipient_id=None, reason=reason
    )
    with pytest.raises(RefusedError) as refused, world.write(COORDINATOR) as uow:
        excuse_gap(cmd, uow=uow)
    assert refused.value.field == "reason"


def test_a_reason_has_a_name_behind_it(world, item):
    nameless = Actor(roles=frozenset({Role.COORDINATOR}), label="worker")
    cmd = ExcuseGap(
        item_id=item, subject_id=None, problem="barred", recipient_id=None, reason=REASON
    )
    with pytest.raises(NotAllowedError), world.write(nameless) as uow:
        excuse_gap(cmd, uow=uow)
    with pytest.raises(NotAllowedError), world.write(nameless) as uow:
        record_attendance(item, world.worker, "part", sent_information=False, uow=uow)
