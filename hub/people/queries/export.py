"""A service's part of the register as the lines of a file, a batch at a time."""

from collections.abc import Iterator
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.people.access import counts_on, not_in_conflict
from hub.people.models import Allocation, Person
from hub.people.queries.records import PersonRecord, records_of
from hub.people.rules.sheet import pairs_text
from hub.people.states import NameKind, WorkerRole

BATCH = 500
_COLUMNS = {
    WorkerRole.LEAVING_CARE_WORKER: ("worker_email", "worker_from"),
    WorkerRole.SOCIAL_WORKER: ("social_worker_email", "social_worker_from"),
}


def export_lines(uow: UnitOfWork, service_id: UUID) -> Iterator[dict[str, str]]:
    """Yield the service's people by reference, those left out with whom the actor has a conflict.

    Somebody who joined by hand has their reference as the authority's own id.
    """
    after = ""
    while True:
        ids = uow.session.execute(
            select(Person.id, Person.reference)
            .where(Person.service_id == service_id, Person.reference > after, not_in_conflict(uow))
            .order_by(Person.reference)
            .limit(BATCH)
        ).all()
        if not ids:
            return
        after = ids[-1].reference
        records = records_of(uow, [row.id for row in ids])
        workers = _workers(uow, [row.id for row in ids])
        for row in ids:
            yield _line(records[row.id], uow) | workers.get(row.id, {})


def _workers(uow: UnitOfWork, person_ids: list[UUID]) -> dict[UUID, dict[str, str]]:
    rows = uow.session.execute(
        select(Allocation.person_id, Allocation.role, Allocation.from_on, Contact.email)
        .join(Contact, Contact.id == Allocation.worker_id)
        .where(Allocation.person_id.in_(person_ids), *counts_on(uow.today))
    )
    found: dict[UUID, dict[str, str]] = {}
    for row in rows:
        email, begins = _COLUMNS[WorkerRole(row.role)]
        if row.email:
            cells = {email: row.email, begins: row.from_on.isoformat()}
            found.setdefault(row.person_id, {}).update(cells)
    return found


def _line(record: PersonRecord, uow: UnitOfWork) -> dict[str, str]:
    now = [each.postcode for each in record.addresses if each.is_current(uow.today)]
    former = [each.postcode for each in record.addresses if not each.is_current(uow.today)]
    born = record.date_of_birth
    return {
        "person_id": record.source_id or record.reference,
        "given_name": record.given_name,
        "middle_names": record.middle_names or "",
        "family_name": record.family_name,
        "known_as": record.known_as or "",
        "date_of_birth": born.isoformat() if born else "",
        "sex": record.sex or "",
        "postcode": next((each for each in now if each), ""),
        "aliases": pairs_text(record.names, NameKind.ALIAS),
        "nhs_number": record.nhs_number or "",
        "support_status": record.support_status,
        "safe_phone": record.safe_phone or "",
        "safe_contact": " ".join((record.safe_contact or "").split()),
        "restricted": "yes" if record.is_restricted else "no",
        "former_names": pairs_text(record.names, NameKind.FORMER),
        "former_postcodes": ";".join(each for each in former if each),
    }
