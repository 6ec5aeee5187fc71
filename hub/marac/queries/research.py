"""An agency's own research: its list by deadline, one request with its private paper.

Open what is asked for through ``access`` first: only the lists here ask who reads them.
"""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, and_, or_, select

from hub.access.models import Account
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.access import own_research
from hub.marac.models import AreaSetting, Research, ResearchLine
from hub.marac.rules.areas import days_from
from hub.marac.states import ResearchState
from hub.meetings.models import Item, Meeting
from hub.meetings.queries import AHEAD
from hub.referrals.models import Concern

AnySelect = Select[*tuple[Any, ...]]
PAGE_SIZE = 25


@dataclass(frozen=True)
class ResearchRow:
    """One case about which the actor's agency is asked, without a name."""

    id: UUID
    item_id: UUID
    concern_id: UUID | None
    reference: str
    is_urgent: bool
    state: str
    due_at: datetime
    answered_at: datetime | None
    version: int
    meeting_id: UUID
    starts_at: datetime
    area: str
    closed: frozenset[date]
    """Days that are not worked in the area, besides weekends and bank holidays."""
    is_asked: bool
    """Whether the case is still on the agenda of a meeting that was not called off."""
    answered_by: str
    refusal: str
    proportionality: str
    mode: str


@dataclass(frozen=True)
class ResearchList:
    """One page of a list and the request after which the next page begins, None at the end."""

    rows: tuple[ResearchRow, ...]
    next_after: UUID | None


@dataclass(frozen=True)
class PaperLine:
    """A line of an agency's own paper."""

    id: UUID
    party_id: UUID | None
    kind: str
    text: str
    withheld_why: str
    released_at: datetime | None
    stays_here: bool
    """Whether it must not go to another area's MARAC."""
    written_by: str
    written_at: datetime
    version: int


def to_answer(uow: UnitOfWork, after: UUID | None = None) -> ResearchList:
    """Return one page of what the actor's agency has not answered, the first due first.

    A case of a meeting that is over waits for nobody any more, and neither does one taken off.
    """
    wanted = _rows(uow).where(_waits(uow))
    due_at = _due(uow, after)
    if due_at is not None:
        later = and_(Research.due_at == due_at, Research.id > after)
        wanted = wanted.where(or_(Research.due_at > due_at, later))
    return _page(uow, wanted.order_by(Research.due_at, Research.id))


def answered(uow: UnitOfWork, after: UUID | None = None) -> ResearchList:
    """Return one page of all else that the actor's agency was asked, the latest due first."""
    wanted = _rows(uow).where(~_waits(uow))
    due_at = _due(uow, after)
    if due_at is not None:
        earlier = and_(Research.due_at == due_at, Research.id < after)
        wanted = wanted.where(or_(Research.due_at < due_at, earlier))
    return _page(uow, wanted.order_by(Research.due_at.desc(), Research.id.desc()))


def waits_for_own(uow: UnitOfWork) -> Any:  # noqa: ANN401 - a condition, of a row joined with item and meeting
    """Return the condition that a request waits for the actor's agency."""
    return and_(own_research(uow), _waits(uow))


def research_row(uow: UnitOfWork, research_id: UUID) -> ResearchRow:
    """Return one request of the actor's agency. Raises NotFoundError."""
    row = uow.session.execute(_rows(uow).where(Research.id == research_id)).one_or_none()
    if row is None:
        raise NotFoundError("There is no such request.")
    return _row(row)


def paper_of(uow: UnitOfWork, research_id: UUID) -> tuple[PaperLine, ...]:
    """Return the lines of an agency's own paper in the order in which they were written."""
    rows = uow.session.execute(
        select(
            ResearchLine.id,
            ResearchLine.party_id,
            ResearchLine.kind,
            ResearchLine.text,
            ResearchLine.withheld_why,
            ResearchLine.released_at,
            ResearchLine.stays_here,
            Account.name,
            ResearchLine.written_at,
            ResearchLine.version,
        )
        .outerjoin(Account, Account.id == ResearchLine.written_by)
        .where(ResearchLine.research_id == research_id)
        .order_by(ResearchLine.position, ResearchLine.id)
    )
    return tuple(
        PaperLine(
            id=row.id,
            party_id=row.party_id,
            kind=row.kind,
            text=row.text,
            withheld_why=row.withheld_why or "",
            released_at=row.released_at,
            stays_here=row.stays_here,
            written_by=row.name or "somebody",
            written_at=row.written_at,
            version=row.version,
        )
        for row in rows
    )


def _waits(uow: UnitOfWork) -> Any:  # noqa: ANN401 - a condition
    return and_(
        Research.state == ResearchState.ASKED,
        Item.state == "listed",
        Meeting.state.in_(AHEAD),
        Meeting.ends_at > uow.now,
    )


def _rows(uow: UnitOfWork) -> AnySelect:
    return (
        select(
            Research.id,
            Research.item_id,
            Item.concern_id,
            Concern.reference,
            Concern.is_urgent,
            Research.state,
            Research.due_at,
            Research.answered_at,
            Research.version,
            Meeting.id,
            Meeting.starts_at,
            Area.name,
            and_(Item.state == "listed", Meeting.state != "cancelled"),
            Account.name,
            Research.refusal,
            Research.proportionality,
            Research.mode,
            AreaSetting.extra_closed_days,
        )
        .join(Item, Item.id == Research.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Area, Area.id == Meeting.area_id)
        .outerjoin(AreaSetting, AreaSetting.area_id == Meeting.area_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Account, Account.id == Research.answered_by)
        .where(own_research(uow))
    )


def _row(row: Any) -> ResearchRow:  # noqa: ANN401 - a row of columns
    return ResearchRow(
        id=row[0],
        item_id=row[1],
        concern_id=row[2],
        reference=row[3] or "",
        is_urgent=bool(row[4]),
        state=row[5],
        due_at=row[6],
        answered_at=row[7],
        version=row[8],
        meeting_id=row[9],
        starts_at=row[10],
        area=row[11],
        closed=days_from(row[17] or "[]"),
        is_asked=bool(row[12]),
        answered_by=row[13] or "",
        refusal=row[14] or "",
        proportionality=row[15] or "",
        mode=row[16],
    )


def _due(uow: UnitOfWork, research_id: UUID | None) -> datetime | None:
    if research_id is None:
        return None
    return uow.session.scalar(select(Research.due_at).where(Research.id == research_id))


def _page(uow: UnitOfWork, wanted: AnySelect) -> ResearchList:
    rows = [_row(row) for row in uow.session.execute(wanted.limit(PAGE_SIZE + 1))]
    shown = tuple(rows[:PAGE_SIZE])
    return ResearchList(shown, shown[-1].id if len(rows) > PAGE_SIZE else None)
