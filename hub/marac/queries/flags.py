"""An agency's own flag list: what it has to do, and what is set in its records by now.

Who reads it is asked here; a person whose case is kept from the reader is not on it.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from hub.access.models import Account
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.access import own_flags
from hub.marac.models import FlagNotice
from hub.marac.rules.flags import FlagKind
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern, Party

AnySelect = Select[*tuple[Any, ...]]
PAGE_SIZE = 25
MOST_IN_FILE = 20_000


@dataclass(frozen=True)
class FlagLine:
    """One person on an agency's list; days in London. ``done_at`` (UTC) where it was done."""

    id: UUID
    party_id: UUID
    concern_id: UUID
    kind: str
    flag_until: date
    due_on: date
    done_at: datetime | None
    done_by: str
    given_name: str
    family_name: str
    born_on: date | None
    role: str
    reference: str
    """That of the referral that was heard last."""
    area: str

    @property
    def name(self) -> str:
        """The name as far as it is known."""
        return " ".join(filter(None, (self.given_name, self.family_name))) or "Name not known"


@dataclass(frozen=True)
class FlagList:
    """One page of a list, and the line after which the next page begins, None at the end."""

    lines: tuple[FlagLine, ...]
    next_after: UUID | None


def flags_to_do(uow: UnitOfWork, after: UUID | None = None) -> FlagList:
    """Return one page of what the actor's agency has to do, the first due first."""
    wanted = _lines(uow).where(FlagNotice.done_at.is_(None))
    at = _place(uow, FlagNotice.due_on, after)
    if at is not None:
        same = and_(FlagNotice.due_on == at, FlagNotice.id > after)
        wanted = wanted.where(or_(FlagNotice.due_on > at, same))
    return _page(uow, wanted.order_by(FlagNotice.due_on, FlagNotice.id))


def flags_set(uow: UnitOfWork, after: UUID | None = None) -> FlagList:
    """Return one page of the flags that stand in the agency's records, the first to end first."""
    wanted = _lines(uow).where(_is_set())
    at = _place(uow, FlagNotice.flag_until, after)
    if at is not None:
        same = and_(FlagNotice.flag_until == at, FlagNotice.id > after)
        wanted = wanted.where(or_(FlagNotice.flag_until > at, same))
    return _page(uow, wanted.order_by(FlagNotice.flag_until, FlagNotice.id))


def flags_for_file(uow: UnitOfWork) -> tuple[FlagLine, ...]:
    """Return the whole list, what is to be done first."""
    is_done = FlagNotice.done_at.is_not(None)
    wanted = (
        _lines(uow)
        .where(or_(~is_done, _is_set()))
        .order_by(is_done, FlagNotice.due_on, FlagNotice.id)
        .limit(MOST_IN_FILE)
    )
    return _read(uow.session.execute(wanted).all())


def flag_line(uow: UnitOfWork, flag_id: UUID) -> FlagLine:
    """Return one line of the list of the actor's agency. Raises NotFoundError."""
    found = _read(uow.session.execute(_lines(uow).where(FlagNotice.id == flag_id)).all())
    if not found:
        raise NotFoundError("There is no such line.")
    return found[0]


def _is_set() -> Any:  # noqa: ANN401 - a condition
    return and_(FlagNotice.is_standing, FlagNotice.kind != FlagKind.REMOVE)


def _place(uow: UnitOfWork, column: Any, after: UUID | None) -> date | None:  # noqa: ANN401 - a column
    if after is None:
        return None
    found: date | None = uow.session.scalar(select(column).where(FlagNotice.id == after))
    return found


def _lines(uow: UnitOfWork) -> AnySelect:
    return (
        select(
            FlagNotice.id,
            FlagNotice.party_id,
            Party.concern_id,
            FlagNotice.kind,
            FlagNotice.flag_until,
            FlagNotice.due_on,
            FlagNotice.done_at,
            Account.name,
            Party.given_name,
            Party.family_name,
            Party.date_of_birth,
            Party.role,
            Concern.reference,
            Area.name,
        )
        .join(Item, Item.id == FlagNotice.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Area, Area.id == Meeting.area_id)
        .join(Party, Party.id == FlagNotice.party_id)
        .join(Concern, Concern.id == Party.concern_id)
        .outerjoin(Account, Account.id == FlagNotice.done_by)
        .where(own_flags(uow))
    )


def _page(uow: UnitOfWork, wanted: AnySelect) -> FlagList:
    found = _read(uow.session.execute(wanted.limit(PAGE_SIZE + 1)).all())
    shown = found[:PAGE_SIZE]
    return FlagList(shown, shown[-1].id if len(found) > PAGE_SIZE else None)


def _read(rows: Sequence[Any]) -> tuple[FlagLine, ...]:
    return tuple(
        FlagLine(
            id=row[0],
            party_id=row[1],
            concern_id=row[2],
            kind=row[3],
            flag_until=row[4],
            due_on=row[5],
            done_at=row[6],
            done_by=row[7] or "",
            given_name=row[8] or "",
            family_name=row[9] or "",
            born_on=row[10],
            role=row[11],
            reference=row[12],
            area=row[13],
        )
        for row in rows
    )
