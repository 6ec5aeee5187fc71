"""Who works with a person, over time; and who must have nothing to do with them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission
from hub.agencies.models import Contact
from hub.agencies.rules.cover import Refusal
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.access import open_person
from hub.people.events import AllocationChanged, ConflictDeclared, ConflictWithdrawn, PersonSaved
from hub.people.models import Allocation, Conflict, Person
from hub.people.queries.records import spans_of, worker_facts
from hub.people.rules.allocations import (
    Span,
    current,
    end_refusal,
    plan_allocation,
    worker_refusal,
)
from hub.people.rules.stages import hand_over_on
from hub.people.states import SupportStatus, WorkerRole


@dataclass(frozen=True, kw_only=True)
class Allocate:
    """Somebody becomes a person's worker; ``until_on`` is the first day no longer, None: open.

    With ``end_previous`` whoever has the role until then ends in the same breath.
    """

    person_id: UUID
    worker_id: UUID
    role: WorkerRole
    from_on: date
    until_on: date | None = None
    end_previous: bool = False


def allocate(cmd: Allocate, *, uow: UnitOfWork) -> UUID:
    """Allocate a worker and return the allocation's id.

    A leaving care worker brings their service with them where none is responsible yet, and a person
    supported by the duty desk has a named worker from then on. Raises NotFoundError,
    NotAllowedError, and RefusedError naming the field: no such worker, a duty desk, somebody of no
    service, of another kind of service or who has left, a role that is taken, an end before the
    start.
    """
    person = open_person(uow, cmd.person_id, Permission.ALLOCATION_EDIT)

    uow.alone(f"allocations of {person.id}")
    worker = worker_facts(uow, [cmd.worker_id]).get(cmd.worker_id)
    _refuse(worker_refusal(worker, cmd.role, cmd.from_on))
    wanted = Span(uow.new_id(), cmd.worker_id, cmd.role, cmd.from_on, cmd.until_on)
    plan = plan_allocation(wanted, spans_of(uow, person.id), end_previous=cmd.end_previous)
    _refuse(plan.refusal)

    for allocation_id, until_on in plan.shortened:
        _row(uow, person.id, allocation_id).until_on = until_on
    uow.session.add(
        Allocation(
            id=wanted.id,
            person_id=person.id,
            worker_id=cmd.worker_id,
            role=cmd.role,
            from_on=cmd.from_on,
            until_on=cmd.until_on,
        )
    )
    if cmd.role is WorkerRole.LEAVING_CARE_WORKER and worker is not None:
        _bring_service(uow, person, worker.service_id)
    uow.session.flush()
    uow.emit(AllocationChanged(person_id=person.id))
    return wanted.id


def _bring_service(uow: UnitOfWork, person: Person, service_id: UUID | None) -> None:
    is_changed = person.service_id is None or person.support_status == SupportStatus.DUTY
    if person.service_id is None:
        person.service_id = service_id
    if person.support_status == SupportStatus.DUTY:
        person.support_status = SupportStatus.ALLOCATED
    if is_changed:
        uow.emit(PersonSaved(person_id=person.id, is_new=False))


def end_allocation(
    person_id: UUID, allocation_id: UUID, until_on: date, *, uow: UnitOfWork
) -> UUID:
    """Let an allocation end; ``until_on`` is the first day no longer. Returns the person's id.

    Raises NotFoundError, NotAllowedError, and RefusedError for a day that cannot be.
    """
    person = open_person(uow, person_id, Permission.ALLOCATION_EDIT)
    row = _row(uow, person.id, allocation_id)

    _refuse(end_refusal(_span(row), until_on))

    row.until_on = until_on
    uow.session.flush()
    uow.emit(AllocationChanged(person_id=person.id))
    return person.id


def withdraw_allocation(person_id: UUID, allocation_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Take back an allocation that has not begun before today. Returns the person's id.

    Raises NotFoundError, NotAllowedError, and RefusedError for one that has counted already.
    """
    person = open_person(uow, person_id, Permission.ALLOCATION_EDIT)
    row = _row(uow, person.id, allocation_id)

    if row.from_on < uow.today:
        raise RefusedError("This has begun, so it stays on record. Let it end instead")

    uow.session.delete(row)
    uow.session.flush()
    uow.emit(AllocationChanged(person_id=person.id))
    return person.id


def hand_over(person_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Let the social worker's allocation end on the 18th birthday, when the lead passes.

    Returns the person's id. Raises NotFoundError, NotAllowedError, and RefusedError where there is
    nothing to hand over or nobody to hand over to. Source: domain notes, section 2, row 21.
    """
    person = open_person(uow, person_id, Permission.ALLOCATION_EDIT)
    adult_on = hand_over_on(person.date_of_birth)
    spans = spans_of(uow, person.id)
    social = current(spans, WorkerRole.SOCIAL_WORKER, uow.today)
    if adult_on is None:
        raise RefusedError("Enter the date of birth first")
    if social is None or (social.until_on is not None and social.until_on <= adult_on):
        raise RefusedError("There is nothing to hand over")
    if current(spans, WorkerRole.LEAVING_CARE_WORKER, max(adult_on, uow.today)) is None:
        raise RefusedError("Nobody leads from that day on. Allocate somebody first")

    row = _row(uow, person.id, social.id)
    row.until_on = max(adult_on, uow.today, social.from_on)
    if row.until_on == row.from_on:
        uow.session.delete(row)

    uow.session.flush()
    uow.emit(AllocationChanged(person_id=person.id))
    return person.id


def declare_conflict(person_id: UUID, contact_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Declare that a contact must have nothing to do with a person; return the person's id.

    From then on the contact sees nothing of them and is invited to nothing about them. Raises
    NotFoundError, NotAllowedError, and RefusedError for one declared before.
    """
    person = open_person(uow, person_id, Permission.ALLOCATION_EDIT)
    if uow.session.get(Contact, contact_id) is None:
        raise RefusedError("This choice is no longer there. Choose again", field="contact")
    if uow.session.get(Conflict, (contact_id, person.id)) is not None:
        raise RefusedError("This has been declared already", field="contact")

    uow.session.add(
        Conflict(
            contact_id=contact_id,
            person_id=person.id,
            declared_at=uow.now,
            declared_by=uow.actor.account_id,
        )
    )
    uow.session.flush()
    uow.emit(ConflictDeclared(person_id=person.id, contact_id=contact_id))
    return person.id


def withdraw_conflict(person_id: UUID, contact_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Take a declared conflict back; return the person's id.

    Raises NotFoundError, also for one's own, and NotAllowedError.
    """
    person = open_person(uow, person_id, Permission.ALLOCATION_EDIT)
    row = uow.session.get(Conflict, (contact_id, person.id))
    if row is None:
        raise NotFoundError("no such conflict")

    uow.session.delete(row)
    uow.session.flush()
    uow.emit(ConflictWithdrawn(person_id=person.id, contact_id=contact_id))
    return person.id


def _row(uow: UnitOfWork, person_id: UUID, allocation_id: UUID) -> Allocation:
    row = uow.session.scalar(
        select(Allocation).where(Allocation.id == allocation_id, Allocation.person_id == person_id)
    )
    if row is None:
        raise NotFoundError("no such allocation")
    return row


def _span(row: Allocation) -> Span:
    return Span(row.id, row.worker_id, WorkerRole(row.role), row.from_on, row.until_on)


def _refuse(refusal: Refusal | None) -> None:
    if refusal is not None:
        raise RefusedError(refusal.why, field=refusal.field)
