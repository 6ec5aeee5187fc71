"""Whether a case is for the few, who they are, and who could be; for those who set it."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.people.models import StaffCase, StaffCaseName


@dataclass(frozen=True, slots=True)
class Mark:
    """That a case is for the few: since when, by whom, and why."""

    since: datetime
    by: str
    why: str


@dataclass(frozen=True, slots=True)
class Named:
    """Somebody who is named as one of the few."""

    id: UUID
    name: str
    agency: str
    since: datetime


@dataclass(frozen=True, slots=True)
class CouldBe:
    """Somebody with an account, who could be named."""

    account_id: UUID
    name: str
    agency: str


def mark_of(uow: UnitOfWork, case_id: UUID) -> Mark | None:
    """Return the mark on a case, None where it is for all whose part it is; open it first."""
    row = uow.session.execute(
        select(StaffCase, Account.name)
        .outerjoin(Account, Account.id == StaffCase.marked_by)
        .where(StaffCase.case_id == case_id, StaffCase.lifted_at.is_(None))
    ).first()
    return None if row is None else Mark(row[0].marked_at, row[1] or "somebody", row[0].why or "")


def named_for(uow: UnitOfWork, case_id: UUID) -> tuple[Named, ...]:
    """Return who is named for a case, by name; open it first."""
    rows = uow.session.execute(
        select(StaffCaseName.id, Account.name, Agency.name, StaffCaseName.named_at)
        .join(Account, Account.id == StaffCaseName.account_id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(StaffCaseName.case_id == case_id, StaffCaseName.ended_at.is_(None))
        .order_by(Account.name, Account.id)
    )
    return tuple(Named(row[0], row[1], row[2] or "", row[3]) for row in rows)


def could_be_named(uow: UnitOfWork) -> tuple[CouldBe, ...]:
    """Return everybody with a live account, by name."""
    rows = uow.session.execute(
        select(Account.id, Account.name, Agency.name)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(Account.is_active)
        .order_by(Account.name, Account.id)
    )
    return tuple(CouldBe(row[0], row[1], row[2] or "") for row in rows)
