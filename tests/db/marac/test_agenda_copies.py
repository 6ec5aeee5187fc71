"""Who has a copy of an issued agenda, what it holds for them, and what changed since."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import delete, select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.marac import queries
from hub.marac.commands import issue_agenda, make_agenda, place_case
from hub.marac.models import (
    AgendaCopy,
    AgendaIssue,
)
from hub.marac.rules.copies import ChangeKind, Sight
from hub.meetings.commands import unlist_case
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from hub.people.models import Conflict
from kit.world import COORDINATOR, HUB, World

POLICY = InvitationPolicy()
KEEP = timedelta(days=14)
TEN = 10


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def people(world):
    """Three persons; the last one's worker is the deputy."""
    return world.person(), world.person(), world.person(worker=world.deputy)


@pytest.fixture
def items(world, meeting, clock, people):
    found = []
    for person in people:
        found.append(world.list(meeting, world.concern(person)))
        clock.advance(minutes=1)
    make(world, meeting)
    return tuple(found)


@pytest.fixture
def co_ordinator(as_role, world):
    return as_role(Role.COORDINATOR, agency_id=world.agency)


@pytest.fixture
def member(as_role, world):
    """Represents an agency of the area and has an entry in the directory."""
    with world.write() as uow:
        contact = world.contact(uow, uuid4(), "Rep Resentative")
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency, contact_id=contact)


@pytest.fixture
def worker(as_role, world):
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)


def make(world, meeting):
    with world.write(COORDINATOR) as uow:
        return make_agenda(meeting, usual_minutes=TEN, uow=uow)


def issue(world, meeting, actor=COORDINATOR):
    with world.write(actor) as uow:
        return issue_agenda(meeting, uow=uow, policy=POLICY)


def copy_of(world, actor, meeting):
    with world.units.read(actor) as uow:
        return queries.copy_of(uow, meeting, keep=KEEP)


def held(found):
    return [one.line.item for one in found.copy.lines]


def conflict(world, actor, person):
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=actor.contact_id, person_id=person, declared_at=uow.now)
        )


def test_members_read_all_cases_and_an_invited_worker_their_own(
    world, meeting, items, member, worker
):
    issue(world, meeting)

    whole, own = copy_of(world, member, meeting), copy_of(world, worker, meeting)

    assert (whole.sight, held(whole)) == (Sight.MEMBER, list(items))
    assert {one.line.starts_at for one in whole.copy.lines} == {None}
    assert (own.sight, held(own)) == (Sight.ONE_SLOT, list(items[:2]))
    assert [(one.number, one.of) for one in own.copy.lines] == [(1, 2), (2, 2)]
    assert None not in {one.line.starts_at for one in own.copy.lines}
    assert own.copy.starts_at is None
    assert [whole.may_name, own.may_name] == [False, False]


def test_a_conflict_leaves_no_hole(world, meeting, items, member, people):
    conflict(world, member, people[1])
    issue(world, meeting)

    found = copy_of(world, member, meeting)

    assert held(found) == [items[0], items[2]]
    assert [(one.number, one.of) for one in found.copy.lines] == [(1, 2), (2, 2)]


def test_a_conflict_declared_later_takes_the_case_out_of_what_was_issued_before(
    world, meeting, items, member, people
):
    issue(world, meeting)
    conflict(world, member, people[1])
    with world.write(COORDINATOR) as uow:
        unlist_case(items[1], uow=uow)
    issue(world, meeting)

    found = copy_of(world, member, meeting)

    assert held(found) == [items[0], items[2]]
    assert found.had == 1
    assert found.changes == ()  # that the case was taken off is nothing to them


def test_to_a_stranger_there_is_no_agenda(world, meeting, items, as_role):
    issue(world, meeting)
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Elsewhere", kind="police"))
    for actor in (
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=elsewhere),
        as_role(Role.COORDINATOR, agency_id=elsewhere),
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.manager),
        as_role(Role.REFERRER, agency_id=world.agency),
    ):
        with pytest.raises(NotFoundError):
            copy_of(world, actor, meeting)


def test_there_is_no_copy_of_what_was_not_issued(world, meeting, items, member):
    with pytest.raises(NotFoundError):
        copy_of(world, member, meeting)


def test_one_slot_is_over_some_days_after_the_meeting(world, meeting, items, worker, member, clock):
    issue(world, meeting)
    clock.advance(days=28 + 14, hours=4)

    with pytest.raises(NotFoundError):
        copy_of(world, worker, meeting)
    assert held(copy_of(world, member, meeting))


def test_whoever_had_an_issue_is_told_what_changed_since(
    world, meeting, items, member, worker, co_ordinator, as_role
):
    assert issue(world, meeting, co_ordinator) == 1
    with world.write(COORDINATOR) as uow:
        place_case(items[2], items[0], uow=uow)
    late = as_role(Role.CHAIR, agency_id=world.agency)
    assert issue(world, meeting, co_ordinator) == 2

    kinds = {
        name: [one.kind for one in copy_of(world, actor, meeting).changes]
        for name, actor in (("member", member), ("worker", worker), ("runs", co_ordinator))
    }

    assert kinds == {
        "member": [ChangeKind.ORDER],
        "worker": [ChangeKind.TIME, ChangeKind.TIME],
        "runs": [ChangeKind.TIME] * 3,
    }
    assert (copy_of(world, late, meeting).had, copy_of(world, late, meeting).changes) == (None, ())


def test_what_changed_is_counted_from_the_last_issue_that_the_reader_had(
    world, meeting, items, member
):
    for _ in range(3):
        issue(world, meeting)
    with world.write() as uow:
        second = select(AgendaIssue.id).where(AgendaIssue.number == 2)
        uow.session.execute(delete(AgendaCopy).where(AgendaCopy.issue_id.in_(second)))

    assert copy_of(world, member, meeting).had == 1


def test_everybody_with_a_copy_is_told_whatever_it_holds_for_them(
    world, meeting, items, member, worker, co_ordinator, people
):
    for person in people:
        conflict(world, member, person)
    issue(world, meeting, co_ordinator)

    with world.units.read(HUB) as uow:
        told = set(
            uow.session.scalars(
                select(Message.recipient_id).where(Message.facts.contains("/agendas/"))
            )
        )
        readers = set(uow.session.scalars(select(AgendaCopy.account_id)))
        received = {row.id for row in uow.session.scalars(select(Account))}
    assert readers == {member.account_id, worker.account_id, co_ordinator.account_id} <= received
    assert told == {member.account_id, worker.account_id}


def test_a_reader_finds_the_agendas_that_came_to_them(
    world, meeting, items, member, worker, as_role
):
    issue(world, meeting)
    issue(world, meeting)

    for actor in (member, worker):
        with world.units.read(actor) as uow:
            (line,) = queries.received(uow)
        assert (line.meeting_id, line.number) == (meeting, 2)
    joined = as_role(Role.CHAIR, agency_id=world.agency)
    with world.units.read(joined) as uow:
        assert [one.meeting_id for one in queries.received(uow)] == [meeting]
    strange = as_role(Role.AGENCY_REPRESENTATIVE)
    with world.units.read(strange) as uow:
        assert queries.received(uow) == ()


def test_what_an_issue_would_change_is_read_before_it_goes_out(
    world, meeting, items, co_ordinator, people
):
    with world.units.read(co_ordinator) as uow:
        assert queries.changes_ahead(uow, meeting) == ()
    issue(world, meeting)
    with world.write(COORDINATOR) as uow:
        place_case(items[0], items[1], uow=uow)

    with world.units.read(co_ordinator) as uow:
        ahead = queries.changes_ahead(uow, meeting)
    assert [one.kind for one in ahead] == [ChangeKind.TIME, ChangeKind.TIME]
    issue(world, meeting)
    with world.units.read(co_ordinator) as uow:
        assert queries.issue_read(uow, meeting, 2).changes == ahead
        assert queries.issue_read(uow, meeting, 1).changes == ()
