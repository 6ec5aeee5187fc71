"""What a file of the register is held against before anything is written, line by line.

The cells were read without fault; here the directory, the register and the allocations that there
are may still contradict them.
"""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from sqlalchemy import exists, select

from hub.access.permissions import Permission
from hub.agencies.rules.sheet import CellFault
from hub.db.units import UnitOfWork
from hub.people.access import permit_in_service
from hub.people.commands.people import source_key
from hub.people.models import Person
from hub.people.queries.entries import holders_of_numbers
from hub.people.queries.records import spans_by_person, worker_facts
from hub.people.queries.workers import worker_by_email
from hub.people.rules.allocations import (
    Span,
    WorkerFacts,
    current,
    plan_allocation,
    worker_refusal,
)
from hub.people.rules.sheet import Line
from hub.people.states import WorkerRole

BATCH = 2000
WORKERS = (
    (WorkerRole.LEAVING_CARE_WORKER, "worker_email", "worker_from"),
    (WorkerRole.SOCIAL_WORKER, "social_worker_email", "social_worker_from"),
)
NUMBER = "nhs_number"
T = TypeVar("T")


@dataclass(frozen=True)
class Workers:
    """The directory's entries that the file names by e-mail address."""

    by_email: Mapping[str, WorkerFacts]

    def of(self, line: Line, column: str) -> WorkerFacts | None:
        """Return whom the line names in the column; None for nobody."""
        return self.by_email.get((line.text(column) or "").lower())


@dataclass(frozen=True)
class Checked:
    """Whom a file means: its workers, the people known by their id in it, and what cannot be."""

    workers: Workers
    known: Mapping[str, UUID]
    faults: tuple[CellFault, ...]

    def known_in(self, lines: Sequence[Line]) -> dict[str, UUID]:
        """Return the known people of some of the file's lines."""
        return {
            one.source_id: self.known[one.source_id] for one in lines if one.source_id in self.known
        }


def check_lines(lines: Sequence[Line], *, uow: UnitOfWork, service_id: UUID) -> Checked:
    """Return whom the file means, and the cells that cannot be, in the file's order.

    Those name nobody who can be allocated, or a time that somebody else has, or an NHS number of
    somebody else of the service. Raises NotAllowedError.
    """
    permit_in_service(uow, Permission.REGISTER_IMPORT, service_id)
    workers = _workers(lines, uow)
    in_file = {line.source_id for line in lines}
    is_anybody = uow.session.scalar(select(exists(select(Person.id))))
    everybody: dict[str, UUID] = {}
    faults: list[CellFault] = []
    for some in batches(lines, BATCH):
        known = _known_people(uow, some, service_id) if is_anybody else {}
        everybody |= known
        faults += _numbers_taken(uow, some, service_id, in_file)
        spans = spans_by_person(uow, known.values())
        for line in some:
            present = spans.get(known[line.source_id], ()) if line.source_id in known else ()
            faults += _wrong_workers(uow, line, workers, present)
    return Checked(workers, everybody, tuple(sorted(faults, key=lambda fault: fault.line)))


def _known_people(uow: UnitOfWork, lines: Sequence[Line], service_id: UUID) -> dict[str, UUID]:
    """Return the people of the service whom the lines mean, by the id in the file.

    That is the authority's own, or the reference under which somebody without one was taken out.
    """
    keys = {source_key(uow, service_id, line.source_id): line.source_id for line in lines}
    by_key = uow.session.execute(
        select(Person.source_key, Person.id).where(Person.source_key.in_(keys))
    )
    by_reference = uow.session.execute(
        select(Person.reference, Person.id).where(
            Person.reference.in_([line.source_id for line in lines]),
            Person.service_id == service_id,
            Person.source_key.is_(None),
        )
    )
    found = {row.reference: row.id for row in by_reference}
    return found | {keys[row.source_key]: row.id for row in by_key}


def batches(things: Sequence[T], size: int) -> Iterator[Sequence[T]]:
    """Yield the things so many at a time."""
    for start in range(0, len(things), size):
        yield things[start : start + size]


def _workers(lines: Sequence[Line], uow: UnitOfWork) -> Workers:
    emails = {line.text(column) for line in lines for _, column, _ in WORKERS} - {None}
    facts: dict[str, WorkerFacts] = {}
    for some in batches(sorted(filter(None, emails)), BATCH):
        contacts = worker_by_email(uow, some)
        found = worker_facts(uow, contacts.values())
        facts |= {email: found[contact_id] for email, contact_id in contacts.items()}
    return Workers(facts)


def _wrong_workers(
    uow: UnitOfWork, line: Line, workers: Workers, present: Sequence[Span]
) -> Iterator[CellFault]:
    """Yield the cells of a line that name somebody who cannot have the role, or not from then."""
    for role, column, begins in WORKERS:
        if line.text(column) is None:
            if line.day(begins) is not None:
                yield CellFault(line.number, column, "Enter who it is from that day")
            continue
        worker = workers.of(line, column)
        if worker is None:
            why = "Nobody in the directory has this work address"
            yield CellFault(line.number, column, why)
            continue
        holder = current(present, role, uow.today)
        if holder is not None and holder.worker_id == worker.id:
            continue
        from_on = (line.day(begins) if holder is None else None) or uow.today
        wanted = Span(uow.new_id(), worker.id, role, from_on)
        refusal = (
            worker_refusal(worker, role, from_on)
            or plan_allocation(wanted, present, end_previous=True).refusal
        )
        if refusal:
            yield CellFault(line.number, column, refusal.why)


def _numbers_taken(
    uow: UnitOfWork, lines: Sequence[Line], service_id: UUID, in_file: set[str]
) -> Iterator[CellFault]:
    """Yield the NHS numbers that somebody of the service has of whom the file says nothing."""
    numbers = {line.text(NUMBER): line for line in lines if line.text(NUMBER)}
    for number, names in holders_of_numbers(uow, filter(None, numbers), service_id).items():
        if in_file.isdisjoint(names):
            why = "Somebody else on your register has this NHS number. Check both records"
            yield CellFault(numbers[number].number, NUMBER, why)
