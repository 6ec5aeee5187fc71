"""Subject access requests as the page shows them. Open the person first."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import names_of
from hub.db.units import UnitOfWork
from hub.sharing.models import SubjectAccess
from hub.sharing.rights_doors import is_own_access
from hub.sharing.rules.subject_access import due_on


@dataclass(frozen=True, kw_only=True)
class AccessRow:
    """One request; ``due_on`` is None while it is not proved who asks."""

    id: UUID
    reference: str
    received_on: date
    asks: str
    name: str
    representative: str
    proved_how: str
    due_on: date | None
    is_late: bool
    longer_why: str
    drawn_at: datetime | None
    outcome: str
    prepared_by: UUID | None
    prepared: str
    released: str
    released_at: datetime | None


def access_rows(uow: UnitOfWork, person_id: UUID) -> tuple[AccessRow, ...]:
    """Return a person's requests, the latest first."""
    rows = uow.session.scalars(
        select(SubjectAccess)
        .where(SubjectAccess.person_id == person_id)
        .order_by(SubjectAccess.received_on.desc(), SubjectAccess.id)
    ).all()
    return _rows(uow, rows)


@dataclass(frozen=True, slots=True)
class DueRow:
    """An open request in a list, by reference; ``due_on`` None while it is not proved who asks."""

    id: UUID
    reference: str
    received_on: date
    due_on: date | None
    is_late: bool
    is_prepared: bool


def due_rows(uow: UnitOfWork) -> tuple[DueRow, ...]:
    """Return the open requests of the actor's agency, what is due first before the rest."""
    rows = uow.session.execute(
        select(
            SubjectAccess.id,
            SubjectAccess.reference,
            SubjectAccess.received_on,
            SubjectAccess.due_on,
            SubjectAccess.prepared_by,
        ).where(is_own_access(uow), SubjectAccess.released_at.is_(None))
    )
    found = [
        DueRow(
            row.id,
            row.reference,
            row.received_on,
            row.due_on,
            row.due_on is not None and row.due_on < uow.today,
            row.prepared_by is not None,
        )
        for row in rows
    ]
    return tuple(sorted(found, key=lambda one: (one.due_on or date.max, one.reference)))


def access_row(uow: UnitOfWork, access_id: UUID) -> AccessRow:
    """Return one request. Raises NoResultFound for none; ask the door first."""
    return _rows(uow, [uow.session.get_one(SubjectAccess, access_id)])[0]


def _rows(uow: UnitOfWork, rows: Sequence[SubjectAccess]) -> tuple[AccessRow, ...]:
    people = {one for row in rows for one in (row.prepared_by, row.released_by) if one is not None}
    names = names_of(uow, people)
    found = []
    for row in rows:
        due = due_on(row.received_on, row.proved_on, is_complex=row.longer_why is not None)
        is_late = due is not None and due < uow.today and row.released_at is None
        found.append(
            AccessRow(
                id=row.id,
                reference=row.reference,
                received_on=row.received_on,
                asks=row.asks,
                name=row.representative_name or "",
                representative=row.representative or "",
                proved_how=row.proved_how or "",
                due_on=due,
                is_late=is_late,
                longer_why=row.longer_why or "",
                drawn_at=row.drawn_at,
                outcome=row.outcome or "",
                prepared_by=row.prepared_by,
                prepared=names.get(row.prepared_by, "") if row.prepared_by else "",
                released=names.get(row.released_by, "") if row.released_by else "",
                released_at=row.released_at,
            )
        )
    return tuple(found)


def person_of(uow: UnitOfWork, access_id: UUID) -> UUID | None:
    """Return whose request it is; the caller passes the person's door."""
    return uow.session.scalar(select(SubjectAccess.person_id).where(SubjectAccess.id == access_id))
