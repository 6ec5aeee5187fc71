"""Accepted concerns as the Idva service of the area has them, and whether somebody took each on."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency, Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.models import IdvaNotice
from hub.people.conflicts import case_is_open
from hub.people.staff_cases import is_for_actor
from hub.referrals.models import Concern
from hub.referrals.states import LISTABLE

MOST = 100


@dataclass(frozen=True)
class IdvaRow:
    """An accepted concern that the actor's service has, without a name."""

    id: UUID
    concern_id: UUID
    reference: str
    area: str
    is_urgent: bool
    has_children: bool
    told_at: datetime
    taken_at: datetime | None
    taken_by: str


@dataclass(frozen=True)
class Told:
    """An Idva service that has a concern, and who of it took it on, for who runs the meeting."""

    agency: str
    told_at: datetime
    taken_at: datetime | None
    taken_by: str


def own_idva_notices(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a row, joined with its concern, is the actor's service's.

    One whose concern is not accepted any more, or from which a conflict keeps the actor, is not.
    """
    if not may(uow.actor, Permission.IDVA_READ, {Fact.SAME_AGENCY}):
        return false()
    return and_(
        IdvaNotice.agency_id == uow.actor.agency_id,
        Concern.state.in_(LISTABLE),
        case_is_open(uow, IdvaNotice.concern_id),
        is_for_actor(uow, IdvaNotice.concern_id),
    )


def open_idva_notice(uow: UnitOfWork, notice_id: UUID, *, lock: bool = False) -> IdvaNotice:
    """Return a concern that the actor's Idva service has. Raises NotFoundError to anybody else."""
    wanted = (
        select(IdvaNotice)
        .join(Concern, Concern.id == IdvaNotice.concern_id)
        .where(IdvaNotice.id == notice_id, own_idva_notices(uow))
    )
    row = uow.session.scalar(wanted.with_for_update(of=IdvaNotice) if lock else wanted)
    if row is None:
        raise NotFoundError("There is no such concern.")
    return row


def idva_list(uow: UnitOfWork) -> tuple[IdvaRow, ...]:
    """Return what the actor's service has: what nobody took on first, the urgent before others."""
    wanted = _rows().where(own_idva_notices(uow))
    order = (IdvaNotice.taken_at.is_not(None), Concern.is_urgent.desc(), IdvaNotice.told_at.desc())
    rows = uow.session.execute(wanted.order_by(*order, IdvaNotice.id).limit(MOST))
    return tuple(_row(row) for row in rows)


def idva_row(uow: UnitOfWork, notice_id: UUID) -> IdvaRow:
    """Return one of them. Raises NotFoundError."""
    row = open_idva_notice(uow, notice_id)
    return _row(uow.session.execute(_rows().where(IdvaNotice.id == row.id)).one())


def told_of(uow: UnitOfWork, concern_id: UUID) -> tuple[Told, ...]:
    """Return the services that have a concern; open the concern first."""
    rows = uow.session.execute(
        select(Agency.name, IdvaNotice.told_at, IdvaNotice.taken_at, Account.name)
        .join(Agency, Agency.id == IdvaNotice.agency_id)
        .outerjoin(Account, Account.id == IdvaNotice.taken_by)
        .where(IdvaNotice.concern_id == concern_id)
        .order_by(Agency.name)
    )
    return tuple(Told(row[0], row[1], row[2], row[3] or "") for row in rows)


def _rows() -> Select[*tuple[Any, ...]]:
    return (
        select(
            IdvaNotice.id,
            IdvaNotice.concern_id,
            Concern.reference,
            Area.name,
            Concern.is_urgent,
            Concern.has_children,
            IdvaNotice.told_at,
            IdvaNotice.taken_at,
            Account.name,
        )
        .join(Concern, Concern.id == IdvaNotice.concern_id)
        .join(Area, Area.id == Concern.area_id)
        .outerjoin(Account, Account.id == IdvaNotice.taken_by)
    )


def _row(row: Any) -> IdvaRow:  # noqa: ANN401 - a row of columns
    return IdvaRow(*(*row[:-1], row[-1] or ""))
