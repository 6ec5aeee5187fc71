"""Lists of concerns and drafts, a page at a time. A line shows a reference and never a name."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, func, or_, select

from hub.agencies.models import Agency, Area
from hub.db.units import UnitOfWork
from hub.people.conflicts import case_is_open
from hub.referrals.access import is_raised_by
from hub.referrals.models import Concern, ConcernDraft
from hub.referrals.states import DECIDED, LISTABLE, TURNED_DOWN, Screening

PAGE_SIZE = 25
MOST_COUNTED = 100
MOST_TO_CHOOSE = 300
WAITING = (Screening.SUBMITTED,)
RETURNED = (Screening.RETURNED,)
YEAR = timedelta(days=365)


@dataclass(frozen=True)
class ConcernLine:
    """A concern in a list: its reference, never a name. ``reason`` is of the latest decision."""

    id: UUID
    reference: str
    state: str
    agency: str
    area: str
    has_children: bool
    is_urgent: bool
    submitted_at: datetime


@dataclass(frozen=True)
class Lines:
    """One page of a list and the key of the next page, or None at the end."""

    lines: tuple[ConcernLine, ...]
    next_after: UUID | None


@dataclass(frozen=True)
class DraftRow:
    """A draft in the list of its referrer."""

    id: UUID
    started_at: datetime
    saved_at: datetime


def accepted(
    uow: UnitOfWork, area_id: UUID, which: ColumnElement[bool] | None = None
) -> tuple[ConcernLine, ...]:
    """Return the accepted concerns of an area, most urgent first, at most as many as fit a page.

    Only a higher room knows on which agendas they are; ``which`` is its condition.
    """
    wanted = _lines().where(
        Concern.area_id == area_id, Concern.state.in_(LISTABLE), case_is_open(uow, Concern.id)
    )
    if which is not None:
        wanted = wanted.where(which)
    rows = uow.session.execute(_by_urgency(wanted).limit(MOST_TO_CHOOSE))
    return tuple(ConcernLine(*row) for row in rows)


def is_accepted(uow: UnitOfWork, concern_id: UUID, area_id: UUID) -> bool:
    """Return whether a concern of the area may be put on an agenda, as it stands now."""
    wanted = select(Concern.id).where(
        Concern.id == concern_id,
        Concern.area_id == area_id,
        Concern.state.in_(LISTABLE),
        case_is_open(uow, Concern.id),
    )
    return uow.session.scalar(wanted) is not None


def queue(
    uow: UnitOfWork,
    area_ids: Iterable[UUID],
    states: Iterable[Screening],
    after: UUID | None = None,
) -> Lines:
    """Return one page of the concerns in these states: urgent ones first, then the oldest."""
    wanted = _by_urgency(
        _lines().where(
            Concern.area_id.in_(tuple(area_ids)),
            Concern.state.in_(tuple(states)),
            case_is_open(uow, Concern.id),
        )
    )
    last = _place(uow, after)
    if last is not None:
        urgent, at = last
        later = or_(
            Concern.submitted_at > at,
            and_(Concern.submitted_at == at, Concern.id > after),
        )
        same = Concern.is_urgent.is_(urgent)
        wanted = wanted.where(
            or_(and_(same, later), Concern.is_urgent.is_(False)) if urgent else and_(same, later)
        )
    return _page(uow, wanted)


def decided(
    uow: UnitOfWork,
    area_ids: Iterable[UUID],
    after: UUID | None = None,
    *,
    states: Iterable[Screening] = DECIDED,
) -> Lines:
    """Return one page of the concerns that were decided or withdrawn, newest first."""
    wanted = _lines().where(
        Concern.area_id.in_(tuple(area_ids)),
        Concern.state.in_(tuple(states)),
        case_is_open(uow, Concern.id),
    )
    return _newest(uow, wanted, after)


def turned_down(uow: UnitOfWork, area_ids: Iterable[UUID]) -> dict[str, int]:
    """Return how many concerns of the last 12 months were not taken on, by the last outcome.

    It is what an area answers for that screens (domain notes, section 1.5 and 6 item 25).
    """
    rows = uow.session.execute(
        select(Concern.state, func.count())
        .where(
            Concern.area_id.in_(tuple(area_ids)),
            Concern.state.in_(TURNED_DOWN),
            Concern.submitted_at >= uow.now - YEAR,
            case_is_open(uow, Concern.id),
        )
        .group_by(Concern.state)
    )
    found = {row[0]: row[1] for row in rows}
    return {state.value: found.get(state.value, 0) for state in TURNED_DOWN}


def raised_by(uow: UnitOfWork, account_id: UUID, after: UUID | None = None) -> Lines:
    """Return one page of the concerns that the account raised, newest first."""
    return _newest(uow, _lines().where(is_raised_by(uow, account_id)), after)


def drafts_of(uow: UnitOfWork, account_id: UUID) -> tuple[DraftRow, ...]:
    """Return the account's drafts, the one saved last first."""
    rows = uow.session.execute(
        select(ConcernDraft.id, ConcernDraft.started_at, ConcernDraft.saved_at)
        .where(ConcernDraft.account_id == account_id)
        .order_by(ConcernDraft.saved_at.desc(), ConcernDraft.id)
    )
    return tuple(DraftRow(*row) for row in rows)


def waiting_count(uow: UnitOfWork, area_ids: Iterable[UUID]) -> int:
    """Return how many concerns wait for a decision in these areas, 100 at most."""
    wanted = select(Concern.id).where(
        Concern.area_id.in_(tuple(area_ids)),
        Concern.state == Screening.SUBMITTED,
        case_is_open(uow, Concern.id),
    )
    return len(uow.session.scalars(wanted.limit(MOST_COUNTED)).all())


Wanted = Select[UUID, str, str, str, str, bool, bool, datetime]


def _lines() -> Wanted:
    return (
        select(
            Concern.id,
            Concern.reference,
            Concern.state,
            Agency.name,
            Area.name,
            Concern.has_children,
            Concern.is_urgent,
            Concern.submitted_at,
        )
        .join(Agency, Agency.id == Concern.agency_id)
        .join(Area, Area.id == Concern.area_id)
    )


def _by_urgency(wanted: Wanted) -> Wanted:
    return wanted.order_by(Concern.is_urgent.desc(), Concern.submitted_at, Concern.id)


def _newest(uow: UnitOfWork, wanted: Wanted, after: UUID | None) -> Lines:
    last = _place(uow, after)
    if last is not None:
        earlier = and_(Concern.submitted_at == last[1], Concern.id < after)
        wanted = wanted.where(or_(Concern.submitted_at < last[1], earlier))
    return _page(uow, wanted.order_by(Concern.submitted_at.desc(), Concern.id.desc()))


def _place(uow: UnitOfWork, after: UUID | None) -> tuple[bool, datetime] | None:
    """Return where the last row of the page before stands; None to begin at the top."""
    row = uow.session.execute(
        select(Concern.is_urgent, Concern.submitted_at).where(Concern.id == after)
    ).one_or_none()
    return None if row is None else (row[0], row[1])


def _page(uow: UnitOfWork, wanted: Wanted) -> Lines:
    rows = [ConcernLine(*row) for row in uow.session.execute(wanted.limit(PAGE_SIZE + 1))]
    shown = tuple(rows[:PAGE_SIZE])
    return Lines(shown, shown[-1].id if len(rows) > PAGE_SIZE else None)
