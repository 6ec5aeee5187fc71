"""One person's record whole, as the pages of a register show and change it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Uuid, bindparam, select

from hub.agencies.models import Contact, Service
from hub.agencies.queries import contacts_by_id
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.people.models import Allocation, Conflict, Person, PersonAddress, PersonName
from hub.people.rules.allocations import Alarm, Span, Standing, WorkerFacts, alarms
from hub.people.rules.persons import Address, OtherName
from hub.people.rules.stages import stage_on
from hub.people.states import NameKind, Stage, SupportStatus, WorkerRole


@dataclass(frozen=True, slots=True, kw_only=True)
class PersonRecord:
    """Everything that the register itself says of one person."""

    id: UUID
    reference: str
    source_id: str | None
    given_name: str
    middle_names: str | None
    family_name: str
    known_as: str | None
    date_of_birth: date | None
    sex: str | None
    nhs_number: str | None
    service_id: UUID | None
    service: str | None
    support_status: SupportStatus
    safe_phone: str | None
    safe_contact: str | None
    is_restricted: bool
    created_at: datetime
    version: int
    names: tuple[OtherName, ...] = ()
    addresses: tuple[Address, ...] = ()

    @property
    def name(self) -> str:
        """The name as the register has it first."""
        return f"{self.given_name} {self.family_name}"


@dataclass(frozen=True, slots=True)
class AllocationRow:
    """One allocation with its worker; ``until_on`` is the first day no longer, None: open."""

    span: Span
    name: str
    phone: str | None
    worker: WorkerFacts


@dataclass(frozen=True, slots=True)
class ConflictRow:
    """A contact who must have nothing to do with the person."""

    contact_id: UUID
    name: str
    declared_at: datetime


@dataclass(frozen=True, slots=True)
class PersonView:
    """One person as their page shows them on a day."""

    record: PersonRecord
    stage: Stage
    named_worker: AllocationRow | None
    social_worker: AllocationRow | None
    allocations: tuple[AllocationRow, ...]
    alarms: tuple[Alarm, ...]
    conflicts: tuple[ConflictRow, ...]


def record_of(uow: UnitOfWork, person_id: UUID) -> PersonRecord:
    """Return somebody's record. Raises KeyError for nobody; ask the door first."""
    return records_of(uow, [person_id])[person_id]


# Made once: to put a query together costs more than to ask it.
_PEOPLE = bindparam("people", type_=Uuid(), expanding=True)
_NAMES = select(
    PersonName.person_id, PersonName.kind, PersonName.given_name, PersonName.family_name
).where(PersonName.person_id.in_(_PEOPLE))
_ADDRESSES = select(
    PersonAddress.person_id,
    PersonAddress.lines,
    PersonAddress.postcode,
    PersonAddress.from_on,
    PersonAddress.until_on,
).where(PersonAddress.person_id.in_(_PEOPLE))
_RECORDS = (
    select(
        Person.id,
        Person.reference,
        Person.source_id,
        Person.given_name,
        Person.middle_names,
        Person.family_name,
        Person.known_as,
        Person.date_of_birth,
        Person.sex,
        Person.nhs_number,
        Person.service_id,
        Service.name.label("service"),
        Person.support_status,
        Person.safe_phone,
        Person.safe_contact,
        Person.is_restricted,
        Person.created_at,
        Person.version,
    )
    .outerjoin(Service, Service.id == Person.service_id)
    .where(Person.id.in_(_PEOPLE))
)


def records_of(uow: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, PersonRecord]:
    """Return people's records by id, in three queries."""
    wanted = {"people": list(person_ids)}
    names: dict[UUID, list[OtherName]] = {}
    for row in uow.rows(_NAMES, wanted):
        name = OtherName(NameKind(row.kind), row.given_name, row.family_name)
        names.setdefault(row.person_id, []).append(name)
    addresses: dict[UUID, list[Address]] = {}
    for person_id, lines, postcode, from_on, until_on in uow.rows(_ADDRESSES, wanted):
        address = Address(lines, postcode, from_on, until_on)
        addresses.setdefault(person_id, []).append(address)
    return {
        row.id: PersonRecord(
            **(row._asdict() | {"support_status": SupportStatus(row.support_status)}),
            names=tuple(sorted(names.get(row.id, ()))),
            addresses=tuple(sorted(addresses.get(row.id, ()), key=_latest_first)),
        )
        for row in uow.rows(_RECORDS, wanted)
    }


_CONFLICTS = (
    select(Conflict.contact_id, Contact.name, Conflict.declared_at)
    .join(Contact, Contact.id == Conflict.contact_id)
    .where(Conflict.person_id == bindparam("person_id"))
    .order_by(Conflict.declared_at, Conflict.contact_id)
)
_ALLOCATIONS = (
    select(
        Allocation.id,
        Allocation.worker_id,
        Allocation.role,
        Allocation.from_on,
        Allocation.until_on,
        Contact.name,
        Contact.phone,
        Contact.role.label("work"),
        Contact.service_id,
        Contact.works_from,
        Contact.works_until,
    )
    .join(Contact, Contact.id == Allocation.worker_id)
    .where(Allocation.person_id == bindparam("person_id"))
    .order_by(Allocation.from_on.desc(), Allocation.id)
)


def view_of(uow: UnitOfWork, person_id: UUID) -> PersonView:
    """Return somebody as their page shows them today, in a number of queries that does not grow."""
    record = record_of(uow, person_id)
    rows = _allocations(uow, person_id)
    conflicts = uow.rows(_CONFLICTS, {"person_id": person_id})
    standing = Standing(
        record.date_of_birth, record.support_status, has_service=record.service_id is not None
    )
    workers = {row.worker.id: row.worker for row in rows}
    return PersonView(
        record=record,
        stage=stage_on(record.date_of_birth, uow.today),
        named_worker=_at_present(rows, WorkerRole.LEAVING_CARE_WORKER, uow.today),
        social_worker=_at_present(rows, WorkerRole.SOCIAL_WORKER, uow.today),
        allocations=rows,
        alarms=alarms(standing, [row.span for row in rows], workers, uow.today),
        conflicts=tuple(ConflictRow(*row) for row in conflicts),
    )


def _allocations(uow: UnitOfWork, person_id: UUID) -> tuple[AllocationRow, ...]:
    """Return somebody's allocations with their workers, the latest first."""
    rows = uow.rows(_ALLOCATIONS, {"person_id": person_id})
    return tuple(
        AllocationRow(
            Span(row.id, row.worker_id, WorkerRole(row.role), row.from_on, row.until_on),
            row.name,
            row.phone,
            WorkerFacts(row.worker_id, row.work, row.service_id, row.works_from, row.works_until),
        )
        for row in rows
    )


def spans_of(uow: UnitOfWork, person_id: UUID) -> list[Span]:
    """Return somebody's allocations, the latest first."""
    return spans_by_person(uow, [person_id]).get(person_id, [])


def spans_by_person(uow: UnitOfWork, person_ids: Iterable[UUID]) -> dict[UUID, list[Span]]:
    """Return the allocations of each of the people who have any, the latest first, in one query."""
    rows = uow.session.execute(
        select(
            Allocation.id,
            Allocation.worker_id,
            Allocation.role,
            Allocation.from_on,
            Allocation.until_on,
            Allocation.person_id,
        )
        .where(Allocation.person_id.in_(list(person_ids)))
        .order_by(Allocation.from_on.desc(), Allocation.id)
    )
    found: dict[UUID, list[Span]] = {}
    for row in rows:
        span = Span(row[0], row[1], WorkerRole(row[2]), row[3], row[4])
        found.setdefault(row.person_id, []).append(span)
    return found


def worker_facts(uow: UnitOfWork, contact_ids: Iterable[UUID]) -> dict[UUID, WorkerFacts]:
    """Return what the rules of allocation know of contacts, by id, of those there are."""
    rows = contacts_by_id(uow, contact_ids).values()
    services = uow.session.execute(
        select(Service.id, Service.kind).where(Service.id.in_({row.service_id for row in rows}))
    )
    kinds = {service.id: service.kind for service in services}
    return {
        row.id: WorkerFacts(
            row.id,
            row.role,
            row.service_id,
            row.works_from,
            row.works_until,
            is_leaving_care=kinds.get(row.service_id) == ServiceKind.LEAVING_CARE,
        )
        for row in rows
    }


def _at_present(rows: Iterable[AllocationRow], role: WorkerRole, day: date) -> AllocationRow | None:
    return next((row for row in rows if row.span.role is role and row.span.covers(day)), None)


def _latest_first(address: Address) -> tuple[bool, int, int]:
    """Sort where the person lives now before where they lived, and the later before the earlier."""
    until = address.until_on.toordinal() if address.until_on else 0
    begun = address.from_on.toordinal() if address.from_on else 0
    return (address.until_on is not None, -until, -begun)
