"""The log of look-ups as those read it who answer for it: by day, and what waits for them."""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, and_, func, or_, select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, london_instant
from hub.people.look_up_doors import is_overseen, is_to_review, open_look_up
from hub.people.models import LookUp
from hub.people.rules.look_ups import Door, Fact, Flag, Hits, Outcome

PAGE_SIZE = 25
MOST = 500
"""Look-ups that are read to be put together: of more the longest that wait come first."""

_REVIEWER = Account.__table__.alias("reviewer")


@dataclass(frozen=True, slots=True)
class LookUpRow:
    """One look-up; ``hits`` is None where it would tell who is known."""

    id: UUID
    at: datetime
    account_id: UUID
    who: str
    agency: str
    door: Door
    purpose: str
    facts: tuple[Fact, ...]
    hits: Hits | None
    flags: tuple[Flag, ...]
    is_in_case: bool
    is_refused: bool
    reviewed_at: datetime | None
    reviewer: str
    outcome: Outcome | None
    version: int


@dataclass(frozen=True, slots=True)
class LookUpSheet:
    """One look-up with what somebody said of it."""

    row: LookUpRow
    note: str


@dataclass(frozen=True, slots=True)
class Pile:
    """Look-ups of one account on one day in London by one door, flagged for the same reasons."""

    first: LookUpRow
    number: int


def piles_to_review(uow: UnitOfWork) -> tuple[Pile, ...]:
    """Return at most 25 piles of flagged look-ups that wait for the actor, the longest first."""
    wanted = _LOOK_UPS.where(is_to_review(uow)).order_by(LookUp.at, LookUp.id).limit(MOST)
    piles: dict[tuple[object, ...], list[LookUpRow]] = {}
    for row in map(_row, uow.session.execute(wanted)):
        key = (row.account_id, london_day(row.at), row.door, row.flags)
        piles.setdefault(key, []).append(row)
    return tuple(Pile(rows[0], len(rows)) for rows in piles.values())[:PAGE_SIZE]


def alike(uow: UnitOfWork, look_up_id: UUID) -> tuple[LookUpRow, ...]:
    """Return the others of a look-up's pile that wait for the actor. Raises NotFoundError."""
    one = open_look_up(uow, look_up_id)
    begins, ends = _hours_of(london_day(one.at))
    wanted = _LOOK_UPS.where(
        is_to_review(uow),
        LookUp.account_id == one.account_id,
        LookUp.door == one.door,
        LookUp.flags == one.flags,
        LookUp.at >= begins,
        LookUp.at < ends,
        LookUp.id != one.id,
    )
    return tuple(map(_row, uow.session.execute(wanted.order_by(LookUp.id).limit(MOST))))


def look_ups_on(uow: UnitOfWork, day: date, *, after: UUID | None = None) -> list[LookUpRow]:
    """Return a page of the look-ups of a day in London, the latest first, and one more."""
    begins, ends = _hours_of(day)
    wanted = _LOOK_UPS.where(is_overseen(uow), LookUp.at >= begins, LookUp.at < ends)
    if after is not None:
        wanted = wanted.where(_comes_after(uow, after))
    wanted = wanted.order_by(LookUp.at.desc(), LookUp.id.desc()).limit(PAGE_SIZE + 1)
    return [_row(one) for one in uow.session.execute(wanted)]


def days_beside(uow: UnitOfWork, day: date) -> tuple[date | None, date | None]:
    """Return the nearest days in London before and after one on which anybody was looked up."""
    begins, ends = _hours_of(day)
    before = select(func.max(LookUp.at)).where(is_overseen(uow), LookUp.at < begins)
    after = select(func.min(LookUp.at)).where(is_overseen(uow), LookUp.at >= ends)
    found = [uow.session.scalar(wanted) for wanted in (before, after)]
    earlier, later = (None if at is None else london_day(at) for at in found)
    return earlier, later


def look_up_sheet(uow: UnitOfWork, look_up_id: UUID) -> LookUpSheet:
    """Return one look-up to whoever answers for it. Raises NotFoundError."""
    found = open_look_up(uow, look_up_id)
    row = uow.session.execute(_LOOK_UPS.where(LookUp.id == look_up_id)).one()
    return LookUpSheet(_row(row), found.review_note or "")


def count_to_review(uow: UnitOfWork) -> Select[*tuple[Any, ...]]:
    """Return the query of how many wait for the actor, and since when the first."""
    return select(func.count(), func.min(LookUp.at)).where(is_to_review(uow))


_LOOK_UPS = (
    select(
        LookUp.id,
        LookUp.at,
        LookUp.account_id,
        Account.name.label("who"),
        Agency.name.label("agency"),
        LookUp.door,
        LookUp.purpose,
        LookUp.facts,
        LookUp.hits,
        LookUp.flags,
        LookUp.case_id,
        LookUp.is_refused,
        LookUp.reviewed_at,
        _REVIEWER.c.name.label("reviewer"),
        LookUp.outcome,
        LookUp.version,
    )
    .outerjoin(Account, Account.id == LookUp.account_id)
    .outerjoin(Agency, Agency.id == LookUp.agency_id)
    .outerjoin(_REVIEWER, _REVIEWER.c.id == LookUp.reviewed_by)
)


def _hours_of(day: date) -> tuple[datetime, datetime]:
    """Return when a day in London begins and ends (UTC)."""
    return london_instant(day, time()), london_instant(day + timedelta(days=1), time())


def _comes_after(uow: UnitOfWork, look_up_id: UUID) -> ColumnElement[bool]:
    at = uow.session.scalar(select(LookUp.at).where(LookUp.id == look_up_id))
    return or_(LookUp.at < at, and_(LookUp.at == at, LookUp.id < look_up_id))


def _row(row: Row[*tuple[Any, ...]]) -> LookUpRow:
    is_own_register = row.door == Door.REGISTER
    return LookUpRow(
        id=row.id,
        at=row.at,
        account_id=row.account_id,
        who=row.who or "",
        agency=row.agency or "",
        door=Door(row.door),
        purpose=row.purpose,
        facts=tuple(map(Fact, row.facts.split())),
        hits=Hits(row.hits) if row.hits and is_own_register else None,
        flags=tuple(map(Flag, row.flags.split())),
        is_in_case=row.case_id is not None,
        is_refused=row.is_refused,
        reviewed_at=row.reviewed_at,
        reviewer=row.reviewer or "",
        outcome=Outcome(row.outcome) if row.outcome else None,
        version=row.version,
    )
