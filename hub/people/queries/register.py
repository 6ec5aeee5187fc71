"""Lists of people, searches, and what the rooms above ask of the register."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, bindparam, select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.people.access import counts_on, is_on_desk, not_in_conflict, own_services, works_for
from hub.people.conflicts import kept_from
from hub.people.matching.engine import rank
from hub.people.matching.subjects import Entry, Query
from hub.people.models import Allocation, Person
from hub.people.queries.entries import likely
from hub.people.rules.stages import stage_on
from hub.people.states import Stage, SupportStatus, WorkerRole

PAGE_SIZE = 25
LEAST_FACTS = 2
MOST_FOUND = 5
"""How many people a search shows. Source: security.md T05."""


@dataclass(frozen=True, slots=True)
class PersonRow:
    """One person as a list shows them."""

    id: UUID
    reference: str
    name: str
    stage: Stage
    support_status: SupportStatus
    worker: str | None
    is_restricted: bool


@dataclass(frozen=True, slots=True)
class WorkerRow:
    """Who works with a person on a day, and as what."""

    person_id: UUID
    contact_id: UUID
    name: str
    role: WorkerRole

    @property
    def is_named_worker(self) -> bool:
        """Whether this is the leaving care worker."""
        return self.role is WorkerRole.LEAVING_CARE_WORKER


@dataclass(frozen=True, slots=True)
class PersonFacts:
    """What the rooms above may need of a person: facts, no names."""

    id: UUID
    reference: str
    date_of_birth: date | None
    support_status: SupportStatus
    service_id: UUID | None
    stage: Stage


@dataclass(frozen=True, kw_only=True)
class Filter:
    """Which of the service's people a list shows; nothing given: all."""

    worker_id: UUID | None = None
    status: SupportStatus | None = None
    has_no_worker: bool = False


def people_page(
    uow: UnitOfWork,
    wanted: Filter,
    *,
    services: Collection[UUID] | None = None,
    after: str | None = None,
    limit: int = PAGE_SIZE + 1,
) -> tuple[PersonRow, ...]:
    """Return a page of the service's people, by reference; ``after`` is the last one's.

    ``services`` are the actor's own, for a caller who has asked for them already. Names are sealed,
    so the database cannot sort by them; whoever looks for somebody searches.
    """
    query = _PAGE.where(not_in_conflict(uow)) if kept_from(uow) else _PAGE
    for condition in _conditions(wanted, uow.today):
        query = query.where(condition)
    own = own_services(uow) if services is None else services
    return _rows(uow, query, services=list(own), after=after or "", limit=limit)


def own_people(uow: UnitOfWork) -> tuple[PersonRow, ...]:
    """Return the people whose worker the actor is today, or covers for, by family name."""
    if uow.actor.contact_id is None:
        return ()
    mine = select(Allocation.person_id).where(
        *counts_on(uow.today), works_for(uow.actor.contact_id, uow.today)
    )
    rows = _rows(uow, _PEOPLE.where(Person.id.in_(mine), not_in_conflict(uow)))
    return tuple(
        sorted(rows, key=lambda row: (row.name.rsplit(" ", 1)[-1], row.name, row.reference))
    )


def found_people(uow: UnitOfWork, query: Query) -> tuple[PersonRow, ...]:
    """Return at most five people of the actor's own scope who may be meant, likeliest first.

    Somebody restricted is found by two other facts alone, never by where they live. Source: domain
    notes, section 5.1.
    """
    others = (query.given_name, query.family_name, query.date_of_birth, query.nhs_number)
    finds_restricted = sum(bool(fact) for fact in others) >= LEAST_FACTS
    (shared, *_), people = likely(uow, [[query]])
    visible = _visible(uow, shared)
    entries = [
        _without_places(people[one].entry) if people[one].is_restricted else people[one].entry
        for one in shared
        if one in visible and (finds_restricted or not people[one].is_restricted)
    ]
    ranked = [UUID(each.person_id) for each in rank(query, entries, limit=MOST_FOUND)]
    rows = {row.id: row for row in _rows(uow, _PEOPLE.where(Person.id.in_(ranked)))}
    return tuple(rows[one] for one in ranked)


def person_by_reference(uow: UnitOfWork, reference: str) -> UUID | None:
    """Return the id of somebody in the actor's own service by their reference, or None."""
    return uow.session.scalar(
        select(Person.id).where(
            Person.reference == reference.strip().upper(),
            Person.service_id.in_(own_services(uow)),
            not_in_conflict(uow),
        )
    )


def person_rows(uow: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, PersonFacts]:
    """Return the people there are by id: facts for rules and agendas, no names."""
    rows = uow.session.execute(
        select(
            Person.id,
            Person.reference,
            Person.date_of_birth,
            Person.support_status,
            Person.service_id,
        ).where(Person.id.in_(list(person_ids)))
    )
    return {
        row.id: PersonFacts(
            row.id,
            row.reference,
            row.date_of_birth,
            SupportStatus(row.support_status),
            row.service_id,
            stage_on(row.date_of_birth, uow.today),
        )
        for row in rows
    }


def names_of(uow: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return people's names by id; whoever asks has recorded the look."""
    rows = uow.session.execute(
        select(Person.id, Person.given_name, Person.family_name).where(
            Person.id.in_(list(person_ids))
        )
    )
    return {row.id: f"{row.given_name} {row.family_name}" for row in rows}


# Made once, as are those below: to put a query together costs more than to ask it.
_WORKERS = (
    select(Allocation.person_id, Allocation.worker_id, Contact.name, Allocation.role)
    .join(Contact, Contact.id == Allocation.worker_id)
    .where(
        Allocation.person_id.in_(bindparam("people", expanding=True)),
        *counts_on(bindparam("day")),  # type: ignore[arg-type]  # the day is given when asked
    )
    .order_by(Allocation.role, Allocation.id)
)


def workers_of(
    uow: UnitOfWork, person_ids: Iterable[UUID], day: date
) -> dict[UUID, tuple[WorkerRow, ...]]:
    """Return who works with each person on a day, the leaving care worker first."""
    rows = uow.rows(_WORKERS, {"people": list(person_ids), "day": day})
    found: dict[UUID, list[WorkerRow]] = {}
    for row in rows:
        worker = WorkerRow(row.person_id, row.worker_id, row.name, WorkerRole(row.role))
        found.setdefault(row.person_id, []).append(worker)
    return {person_id: tuple(workers) for person_id, workers in found.items()}


_NAMED_WORKER = (
    select(Contact.name)
    .join(Allocation, Allocation.worker_id == Contact.id)
    .where(
        Allocation.person_id == Person.id,
        Allocation.role == WorkerRole.LEAVING_CARE_WORKER,
        *counts_on(bindparam("day")),  # type: ignore[arg-type]  # the day is given when asked
    )
    .order_by(Allocation.id)
    .limit(1)
    .scalar_subquery()
)
_PEOPLE = select(
    Person.id,
    Person.reference,
    Person.given_name,
    Person.family_name,
    Person.date_of_birth,
    Person.support_status,
    Person.is_restricted,
    _NAMED_WORKER.label("worker"),
)
_PAGE = (
    _PEOPLE.where(
        Person.service_id.in_(bindparam("services", expanding=True)),
        Person.reference > bindparam("after"),
    )
    .order_by(Person.reference)
    .limit(bindparam("limit"))
)


def _rows(
    uow: UnitOfWork, query: Select[*tuple[Any, ...]], **given: object
) -> tuple[PersonRow, ...]:
    """Return the rows of a query that began as _PEOPLE, with what was left open in it."""
    today = uow.today
    return tuple(_row(columns, today) for columns in uow.rows(query, {"day": today} | given))


def _row(columns: Row[*tuple[Any, ...]], today: date) -> PersonRow:
    # In the order of _PEOPLE: to ask a row of the database by name costs more than to make ours.
    person_id, reference, given_name, family_name, born_on, status, is_restricted, worker = columns
    return PersonRow(
        person_id,
        reference,
        f"{given_name} {family_name}",
        stage_on(born_on, today),
        SupportStatus(status),
        worker,
        is_restricted,
    )


def without_worker(uow: UnitOfWork, *, at_most: int) -> Select[datetime]:
    """Return the query of when those joined who should have a named worker and have none today.

    Only people of the actor's own services count; ``at_most`` bounds what is counted.
    """
    return (
        select(Person.created_at)
        .where(
            Person.service_id.in_(own_services(uow)),
            not_in_conflict(uow),
            *_conditions(Filter(has_no_worker=True), uow.today),
        )
        .limit(at_most)
    )


def _conditions(wanted: Filter, day: date) -> Iterable[ColumnElement[bool]]:
    if wanted.worker_id is not None:
        yield Person.id.in_(
            select(Allocation.person_id).where(
                Allocation.worker_id == wanted.worker_id, *counts_on(day)
            )
        )
    if wanted.status is not None:
        yield Person.support_status == wanted.status
    if wanted.has_no_worker:
        named = select(Allocation.id).where(
            Allocation.person_id == Person.id,
            Allocation.role == WorkerRole.LEAVING_CARE_WORKER,
            *counts_on(day),
        )
        yield (Person.support_status == SupportStatus.ALLOCATED) & ~named.exists()


def _visible(uow: UnitOfWork, person_ids: Iterable[UUID]) -> set[UUID]:
    """Return those of the people whom the actor may see."""
    query = select(Person.id).where(Person.id.in_(list(person_ids)), not_in_conflict(uow))
    if is_on_desk(uow):
        query = query.where(Person.service_id.in_(own_services(uow)))
    elif uow.actor.contact_id is None:
        return set()
    else:
        mine = select(Allocation.person_id).where(
            *counts_on(uow.today), works_for(uow.actor.contact_id, uow.today)
        )
        query = query.where(Person.id.in_(mine))
    return set(uow.session.scalars(query))


def _without_places(entry: Entry) -> Entry:
    return replace(entry, postcodes=())
