"""Packs for reviews of a death: those of a case, and one with what it holds."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.marac.models import ReviewPack
from hub.marac.rules.pack import Entry, thawed


@dataclass(frozen=True)
class PackRow:
    """A pack: who asked for it and for which review, and who released it."""

    id: UUID
    reference: str
    concern_id: UUID
    died_on: date
    why: str
    asked_by: UUID
    asked: str
    asked_at: datetime
    released: str
    released_at: datetime | None
    entries: tuple[Entry, ...]
    """As they were released; empty before."""


def packs_of(uow: UnitOfWork, concern_id: UUID) -> tuple[PackRow, ...]:
    """Return the packs of a case, the first first; open the concern first."""
    wanted = _rows().where(ReviewPack.concern_id == concern_id)
    rows = uow.session.execute(wanted.order_by(ReviewPack.asked_at, ReviewPack.id))
    return tuple(_row(row) for row in rows)


def pack_row(uow: UnitOfWork, pack_id: UUID) -> PackRow:
    """Return one pack; open it through ``access`` first."""
    return _row(uow.session.execute(_rows().where(ReviewPack.id == pack_id)).one())


def _rows() -> Select[*tuple[Any, ...]]:
    asker, releaser = aliased(Account), aliased(Account)
    return (
        select(ReviewPack, asker.name, releaser.name)
        .outerjoin(asker, asker.id == ReviewPack.asked_by)
        .outerjoin(releaser, releaser.id == ReviewPack.released_by)
    )


def _row(row: Any) -> PackRow:  # noqa: ANN401 - a row of columns
    pack: ReviewPack = row[0]
    return PackRow(
        id=pack.id,
        reference=pack.reference,
        concern_id=pack.concern_id,
        died_on=pack.died_on,
        why=pack.why,
        asked_by=pack.asked_by,
        asked=row[1] or "",
        asked_at=pack.asked_at,
        released=row[2] or "",
        released_at=pack.released_at,
        entries=thawed(pack.contents) if pack.contents else (),
    )
