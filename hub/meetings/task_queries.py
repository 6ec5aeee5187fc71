"""Tasks as whoever must do them sees them: what, by when, and whom to ring."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, or_, select, tuple_

from hub.agencies.models import Contact, Service
from hub.agencies.queries import contacts_by_id, desks_of, managers_of
from hub.agencies.rules.hours import hours_in_words
from hub.db.units import UnitOfWork
from hub.meetings.access import open_own_task, own_tasks
from hub.meetings.answers import Answer
from hub.meetings.gaps import SHARING_HELD
from hub.meetings.models import Invitation, Meeting, Task
from hub.meetings.tasks import NOT_MINE
from hub.meetings.weighing import Held, held_telling
from hub.people.access import is_on_desk, own_services
from hub.people.models import IdentityCheck, Person

PAGE_SIZE = 25
Place = tuple[datetime, UUID]


@dataclass(frozen=True, slots=True)
class TaskLine:
    """A task in a list: its kind and when it is due (UTC), nobody's name.

    ``meets_at`` is when its meeting starts, ``service`` whose person it is about.
    """

    id: UUID
    reference: str
    kind: str
    owner_role: str
    due_at: datetime
    meets_at: datetime | None
    service: str | None


@dataclass(frozen=True, slots=True)
class Number:
    """A professional, or a desk, and the work number by which they are reached."""

    contact_id: UUID | None
    name: str
    service: str
    phone: str
    hours: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class TaskSheet:
    """One task; ``subject_id`` only where the person is on the actor's own register."""

    line: TaskLine
    state: str
    opened_at: datetime
    meeting_id: UUID | None
    item_id: UUID | None
    subject_id: UUID | None
    question: str
    """The number of the question that waits, where it is about one; else empty."""
    numbers: tuple[Number, ...]
    told: "Told | None" = None


@dataclass(frozen=True, slots=True)
class Told:
    """What a worker said who is invited for somebody no longer theirs, and whom they name."""

    by: str
    note: str
    names: str


def my_tasks(
    uow: UnitOfWork, *, after: Place | None = None, limit: int = PAGE_SIZE
) -> tuple[TaskLine, ...]:
    """Return a page of the open tasks of the actor's roles, the first due first."""
    query = _lines().where(Task.state == "open", own_tasks(uow))
    if after is not None:
        query = query.where(tuple_(Task.due_at, Task.id) > after)
    rows = uow.session.execute(query.order_by(Task.due_at, Task.id).limit(limit))
    return tuple(TaskLine(*row) for row in rows)


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Task.id,
            Task.reference,
            Task.kind,
            Task.owner_role,
            Task.due_at,
            Meeting.starts_at,
            Service.name,
        )
        .outerjoin(Meeting, Meeting.id == Task.meeting_id)
        .outerjoin(Person, Person.id == Task.subject_id)
        .outerjoin(IdentityCheck, IdentityCheck.id == Task.check_id)
        .outerjoin(
            Service, Service.id == func.coalesce(Person.service_id, IdentityCheck.service_id)
        )
    )


def task_sheet(uow: UnitOfWork, task_id: UUID) -> TaskSheet:
    """Return one task to whoever has its role. Raises NotFoundError."""
    task = open_own_task(uow, task_id)
    question, service_id = _question(uow, task.check_id)
    service_id = service_id or _service_of(uow, task.subject_id)
    is_own = is_on_desk(uow) and service_id in own_services(uow)
    return TaskSheet(
        line=TaskLine(*uow.session.execute(_lines().where(Task.id == task.id)).one()),
        state=task.state,
        opened_at=task.opened_at,
        meeting_id=task.meeting_id,
        item_id=task.item_id,
        subject_id=task.subject_id if is_own else None,
        question=question,
        numbers=_numbers(uow, task, service_id),
        told=_told(uow, task) if is_own and task.kind == NOT_MINE else None,
    )


def subject_name(uow: UnitOfWork, subject_id: UUID) -> str:
    """Return the name of a person on the actor's own register; a look must stand already."""
    row = uow.session.execute(
        select(Person.given_name, Person.family_name).where(Person.id == subject_id)
    ).one()
    return f"{row.given_name} {row.family_name}"


def _told(uow: UnitOfWork, task: Task) -> Told | None:
    """Return the latest "no longer mine" for the task's person and item."""
    row = uow.session.execute(
        select(Contact.name, Invitation.answer_note, Invitation.recipient_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .where(
            Invitation.item_id == task.item_id,
            Invitation.subject_id == task.subject_id,
            Invitation.answer == Answer.NOT_MINE.value,
        )
        .order_by(Invitation.answered_at.desc(), Invitation.id)
        .limit(1)
    ).one_or_none()
    if row is None:
        return None
    named = None
    if task.recipient_id not in (None, row.recipient_id):
        named = uow.session.scalar(select(Contact.name).where(Contact.id == task.recipient_id))
    return Told(row.name, row.answer_note or "", named or "")


def _question(uow: UnitOfWork, check_id: UUID | None) -> tuple[str, UUID | None]:
    """Return the number of a question that waits, and the service that it waits for."""
    row = uow.session.execute(
        select(IdentityCheck.reference, IdentityCheck.service_id).where(
            IdentityCheck.id == check_id
        )
    ).one_or_none()
    return ("", None) if row is None else (row.reference, row.service_id)


def _service_of(uow: UnitOfWork, subject_id: UUID | None) -> UUID | None:
    return uow.session.scalar(select(Person.service_id).where(Person.id == subject_id))


def _numbers(uow: UnitOfWork, task: Task, service_id: UUID | None) -> tuple[Number, ...]:
    """Return whom to ring: the contact meant, those asked so far, the duty desks, the service."""
    asked = [task.recipient_id] if task.recipient_id else []
    asked += uow.session.scalars(
        select(Invitation.recipient_id)
        .where(
            Invitation.item_id == task.item_id,
            Invitation.subject_id == task.subject_id,
            or_(Invitation.state == "held", Invitation.climbed_at.is_not(None)),
        )
        .order_by(Invitation.issued_at, Invitation.id)
    )
    desks = desks_of(uow, [service_id] if service_id else [])
    if task.check_id is not None:
        desks += managers_of(uow, service_id)
    known = contacts_by_id(uow, asked)
    rows = [known[one] for one in dict.fromkeys(asked) if one in known]
    rows += [desk for desk in desks if desk.id not in known]
    numbers = [
        Number(
            row.id, row.name, row.service or row.agency, row.phone or "", hours_in_words(row.hours)
        )
        for row in rows
    ]
    lines = uow.session.execute(
        select(Service.name, Service.phone, Service.hours).where(
            Service.id == service_id, Service.phone.is_not(None)
        )
    )
    return (
        *numbers,
        *(
            Number(None, row.name, row.name, row.phone or "", hours_in_words(row.hours))
            for row in lines
        ),
    )


def held_by_rule(uow: UnitOfWork, task_id: UUID) -> Held | None:
    """Return what an open task of the actor's holds back, or None where no rule holds anything.

    Raises NotFoundError for somebody else's task.
    """
    row = open_own_task(uow, task_id)
    if row.kind != SHARING_HELD or row.state != "open" or not (row.item_id and row.subject_id):
        return None
    return held_telling(uow, row.item_id, row.subject_id)
