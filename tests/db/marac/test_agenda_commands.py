"""Series, times and issues, on both databases and with the reconciler at work."""

import json
from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, Role
from hub.kernel.errors import (
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.marac.commands import (
    PackAgenda,
    issue_agenda,
    move_case,
    pack_agenda,
)
from hub.marac.models import AgendaIssue
from hub.marac.obstacles import obstacles
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.commands import (
    ExcuseGap,
    MoveMeeting,
    cancel_meeting,
    excuse_gap,
    move_meeting,
    unlist_case,
)
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.sharing.models import Agreement
from kit.world import CHAIR, COORDINATOR, HUB, World

POLICY = InvitationPolicy()


@pytest.fixture
def world(units):
    return World(units).settle()


def packed(world, meeting, *, minutes=10, keep=True):
    with world.write(COORDINATOR) as uow:
        return pack_agenda(
            PackAgenda(meeting_id=meeting, slot_minutes=minutes, keep_answered=keep), uow=uow
        )


def slots(world, meeting):
    """Return each item's start in minutes from the meeting's, None without a slot."""
    with world.units.read(HUB) as uow:
        starts = uow.session.scalar(select(Meeting.starts_at).where(Meeting.id == meeting))
        rows = uow.session.execute(select(Item.id, Item.starts_at).order_by(Item.position))
        return {
            row.id: row.starts_at and int((row.starts_at - starts).total_seconds() // 60)
            for row in rows
        }


def invitations(world):
    with world.units.read(HUB) as uow:
        return {row.item_id: row for row in uow.session.scalars(select(Invitation))}


def accept(world, item):
    row = invitations(world)[item]
    worker = Actor(account_id=uuid4(), contact_id=row.recipient_id)
    with world.write(worker) as uow:
        cmd = AnswerInvitation(invitation_id=row.id, answer=Answer.ACCEPTED)
        answer_invitation(cmd, uow=uow, policy=POLICY)


def issue(world, meeting, actor=COORDINATOR):
    with world.write(actor) as uow:
        return issue_agenda(meeting, uow=uow, policy=POLICY)


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def items(world, meeting, clock):
    """Three cases: two of one worker, and between them one with children."""
    first = world.list(meeting, world.concern(world.person()))
    clock.advance(minutes=1)
    middle = world.list(meeting, world.concern_about([(None, "victim"), (None, "child")]))
    clock.advance(minutes=1)
    last = world.list(meeting, world.concern(world.person()))
    with world.write(COORDINATOR) as uow:
        for party in (0, 1):
            excuse_unconfirmed(uow, middle, party)
    return first, middle, last


def excuse_unconfirmed(uow, item, number):
    people = list(
        uow.session.scalars(
            select(ItemPerson.id).where(ItemPerson.item_id == item).order_by(ItemPerson.role)
        )
    )
    excuse_gap(
        ExcuseGap(
            item_id=item,
            subject_id=people[number],
            problem="care_status_unconfirmed",
            recipient_id=None,
            reason="The desk answers on the day itself.",
        ),
        uow=uow,
    )


def test_times_are_given_out_and_everybody_invited_is_told_of_their_own(world, meeting, items):
    first, middle, last = items

    packing = packed(world, meeting)

    assert slots(world, meeting) == {middle: 0, first: 10, last: 20}
    assert packing.warnings == ()
    told = invitations(world)
    assert told[last].starts_at - told[first].starts_at == timedelta(minutes=10)
    assert (told[first].sequence, told[last].sequence) == (1, 1)


def test_giving_out_the_same_times_again_tells_nobody(world, meeting, items):
    packed(world, meeting)
    before = {row.id: row.sequence for row in invitations(world).values()}

    packed(world, meeting)

    assert {row.id: row.sequence for row in invitations(world).values()} == before


def test_an_accepted_time_stays_when_others_are_listed(world, meeting, items):
    first, middle, last = items
    packed(world, meeting)
    accept(world, first)
    new = world.list(meeting, world.concern_about([(None, "victim"), (None, "child")]))

    packed(world, meeting)

    assert slots(world, meeting) == {middle: 0, first: 10, new: 20, last: 30}


def test_an_accepted_time_moves_when_the_co_ordinator_says_so(world, meeting, items):
    first, middle, last = items
    packed(world, meeting)
    accept(world, first)
    new = world.list(meeting, world.concern_about([(None, "victim"), (None, "child")]))

    packed(world, meeting, keep=False)

    assert slots(world, meeting) == {middle: 0, new: 10, first: 20, last: 30}


def test_an_answer_to_the_whole_meeting_holds_no_time_yet(world, meeting, items):
    accept(world, items[0])

    packed(world, meeting)

    assert slots(world, meeting)[items[0]] == 10


def test_what_does_not_fit_loses_its_time_and_is_said(world, meeting, items):
    packing = packed(world, meeting, minutes=60)
    assert packing.overflow == ()
    fourth = world.list(meeting, world.concern(world.person()))
    packing = packed(world, meeting, minutes=60)

    assert packing.overflow == (fourth,)
    assert slots(world, meeting)[fourth] is None
    assert "1 case does not fit at 60 minutes each." in packing.warnings[0]
    with world.units.read(COORDINATOR) as uow:
        found = obstacles(uow, meeting, POLICY)
    assert [(one.problem, one.item_id) for one in found] == [("no_time", fourth)]


def test_a_case_changes_places_with_its_neighbour(world, meeting, items):
    first, middle, last = items
    packed(world, meeting)

    with world.write(COORDINATOR) as uow:
        move_case(last, up=True, uow=uow)
    assert slots(world, meeting) == {middle: 0, last: 10, first: 20}

    with world.write(COORDINATOR) as uow:
        move_case(last, up=False, uow=uow)
    assert slots(world, meeting) == {middle: 0, first: 10, last: 20}


def test_a_move_steps_over_an_accepted_time(world, meeting, items):
    first, middle, last = items
    packed(world, meeting)
    accept(world, first)

    with world.write(COORDINATOR) as uow:
        move_case(last, up=True, uow=uow)

    assert slots(world, meeting) == {last: 0, first: 10, middle: 20}


@pytest.mark.parametrize(
    ("which", "up", "why"),
    [
        (1, True, "cannot be moved up"),
        (2, False, "cannot be moved down"),
        (0, True, "has accepted the time"),
    ],
)
def test_moves_that_are_refused(world, meeting, items, which, up, why):
    packed(world, meeting)
    accept(world, items[0])

    with pytest.raises(RefusedError, match=why), world.write(COORDINATOR) as uow:
        move_case(items[which], up=up, uow=uow)


def test_a_case_without_a_time_cannot_be_moved(world, meeting, items):
    with pytest.raises(RefusedError, match="has no time yet"), world.write(COORDINATOR) as uow:
        move_case(items[0], up=True, uow=uow)


@pytest.mark.parametrize("minutes", [4, 61])
def test_a_slot_of_an_impossible_length_is_refused(world, meeting, items, minutes):
    with pytest.raises(RefusedError, match="from 5 to 60") as refused:
        packed(world, meeting, minutes=minutes)
    assert refused.value.field == "slot_minutes"


def test_there_are_no_times_for_an_empty_agenda(world, meeting):
    with pytest.raises(RefusedError, match="No case is listed yet"):
        packed(world, meeting)


# --- Issuing ---


def test_an_empty_agenda_cannot_be_issued(world, meeting):
    with pytest.raises(RefusedError, match="No case is listed, so there is no agenda yet"):
        issue(world, meeting)


def test_an_agenda_whose_cases_were_all_taken_off_is_empty(world, meeting, items):
    for item in items:
        with world.write(COORDINATOR) as uow:
            unlist_case(item, uow=uow)

    with pytest.raises(RefusedError, match="No case is listed, so there is no agenda yet"):
        issue(world, meeting)


def test_a_case_without_a_time_keeps_the_agenda_back(world, meeting, items):
    with pytest.raises(RefusedError, match="This case has no time"):
        issue(world, meeting)


def test_a_gap_without_a_reason_keeps_the_agenda_back_and_a_reason_lets_it_go(world, meeting):
    person = world.person(status="allocated", worker=world.worker)
    item = world.list(meeting, world.concern(person))
    with world.write() as uow:  # the agreement ends behind the reconciler's back
        uow.session.get_one(Agreement, world.agreement).status = "withdrawn"
    packed(world, meeting)

    with pytest.raises(RefusedError, match="No agreement in force"):
        issue(world, meeting)

    with world.write(COORDINATOR) as uow:
        found = obstacles(uow, meeting, POLICY)
        assert {one.owner_role for one in found} == {"information_governance_lead"}
        for one in found:
            excuse_gap(
                ExcuseGap(
                    item_id=item,
                    subject_id=one.subject_id,
                    problem=one.problem,
                    recipient_id=one.recipient_id,
                    reason="The lead decides before the meeting begins.",
                ),
                uow=uow,
            )
    assert issue(world, meeting) == 1


def test_the_data_is_asked_and_not_what_the_reconciler_left(world, meeting, items):
    packed(world, meeting)
    with world.write() as uow:
        for row in uow.session.scalars(select(Invitation)):
            row.state = "cancelled"

    with pytest.raises(RefusedError, match="holds no current invitation"):
        issue(world, meeting)


def test_an_issue_is_kept_as_it_stood_and_the_next_one_has_its_number(world, meeting, items):
    packed(world, meeting)

    assert issue(world, meeting) == 1
    accept(world, items[0])
    assert issue(world, meeting) == 2

    with world.units.read(HUB) as uow:
        row = uow.session.get_one(Meeting, meeting)
        assert (row.state, row.issued_at) == ("issued", uow.now)
        issues = uow.session.scalars(select(AgendaIssue).order_by(AgendaIssue.number))
        first, second = [json.loads(one.contents) for one in issues]
    assert [case["item"] for case in first["cases"]] == [str(items[n]) for n in (1, 0, 2)]
    assert states(first) == ["invited", "invited"]
    assert states(second) == ["accepted", "invited"]
    assert first["cases"][1]["people"][0]["invited"][0]["name"] == "Wor Ker"
    assert "Quillfeather" not in json.dumps(first)


def states(contents):
    return [
        one["state"]
        for case in contents["cases"]
        for person in case["people"]
        for one in person["invited"]
    ]


def test_what_is_kept_is_sealed(world, meeting, items, engine):
    packed(world, meeting)
    issue(world, meeting)

    with engine.connect() as connection:
        raw = connection.exec_driver_sql("SELECT contents FROM agenda_issue").scalar_one()
    assert b"Wor Ker" not in bytes(raw)


def test_a_meeting_made_shorter_keeps_its_agenda_back_until_times_are_given_out(
    world, meeting, items
):
    packed(world, meeting, minutes=60)
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        cmd = MoveMeeting(
            meeting_id=meeting,
            version=row.version,
            starts_at=row.starts_at,
            ends_at=row.starts_at + timedelta(hours=1),
            place=None,
            video_link=None,
            chair_id=None,
        )
        move_meeting(cmd, uow=uow)

    with pytest.raises(RefusedError, match="outside the meeting"):
        issue(world, meeting)
    packed(world, meeting)
    assert issue(world, meeting) == 1


def test_only_a_co_ordinator_issues_and_gives_out_times(world, meeting, items):
    packed(world, meeting)
    for does in (
        lambda uow: issue_agenda(meeting, uow=uow, policy=POLICY),
        lambda uow: pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=10), uow=uow),
        lambda uow: move_case(items[0], up=True, uow=uow),
    ):
        with pytest.raises(NotAllowedError), world.write(CHAIR) as uow:
            does(uow)


def test_to_everybody_else_the_meeting_is_not_there(world, meeting, items):
    worker = Actor(
        account_id=uuid4(),
        contact_id=world.worker,
        roles=frozenset(set(Role) - {Role.COORDINATOR, Role.CHAIR}),
    )
    for does in (
        lambda uow: issue_agenda(meeting, uow=uow, policy=POLICY),
        lambda uow: pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=10), uow=uow),
        lambda uow: move_case(items[0], up=True, uow=uow),
    ):
        with pytest.raises(NotFoundError), world.write(worker) as uow:
            does(uow)


def test_a_meeting_that_has_begun_or_was_called_off_keeps_its_agenda(world, meeting, items, clock):
    packed(world, meeting)
    with world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)
    with pytest.raises(IllegalMoveError, match="is cancelled"):
        packed(world, meeting)

    other = world.meeting(days=2)
    world.list(other, world.concern(world.person()))
    clock.advance(days=3)
    with pytest.raises(RefusedError, match="already begun"):
        packed(world, other)
