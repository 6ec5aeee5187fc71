"""The papers of a case that goes to another area: which may go, which went, which are missed.

Nothing of what they say is read here.
"""

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import exists, func, select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.access import find_transfer
from hub.marac.models import (
    Action,
    Hearing,
    HearingNote,
    Research,
    ResearchLine,
    TransferAsk,
    TransferPaper,
)
from hub.marac.rules.record import FIELDS
from hub.marac.rules.transfer_papers import PaperKey, PaperKind
from hub.marac.states import UNSETTLED
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern, ConcernFile


@dataclass(frozen=True, kw_only=True)
class CasePaper:
    """A paper that may go, or went, without what it says."""

    key: PaperKey
    on: date
    """When the file was added; the day of the meeting for all else."""
    agency: str = ""
    """Whose it is; empty for what the meeting wrote."""
    name: str = ""
    """Of a file, as it was sent."""
    many: int = 0
    """Lines that were shared, or actions."""
    open_ones: int = 0
    """Actions among them that are not settled."""


@dataclass(frozen=True, order=True)
class Stays:
    """How much an agency keeps in its area; ``kind`` is file or research."""

    agency: str
    kind: PaperKind
    many: int


@dataclass(frozen=True)
class CasePapers:
    """The papers of a case, the latest meeting first, and what stays at its agency's word."""

    papers: tuple[CasePaper, ...]
    stays: tuple[Stays, ...]

    @property
    def keys(self) -> frozenset[PaperKey]:
        """The papers that may go."""
        return frozenset(one.key for one in self.papers)


@dataclass(frozen=True)
class AskRow:
    """What the receiving area misses, and what became of it."""

    id: UUID
    what: str
    asked_at: datetime
    due_on: date
    answered_at: datetime | None
    refusal: str


def case_papers(uow: UnitOfWork, concern_id: UUID) -> CasePapers:
    """Return what of a case may go to another area; open the concern first."""
    papers: list[CasePaper] = []
    stays: dict[tuple[str, PaperKind], int] = defaultdict(int)
    for row in uow.session.execute(
        select(ConcernFile.id, ConcernFile.name, ConcernFile.added_at, ConcernFile.stays_here)
        .add_columns(Agency.name.label("agency"))
        .join(Concern, Concern.id == ConcernFile.concern_id)
        .join(Agency, Agency.id == Concern.agency_id)
        .where(Concern.id == concern_id)
        .order_by(ConcernFile.added_at, ConcernFile.id)
    ):
        if row.stays_here:
            stays[row.agency, PaperKind.FILE] += 1
            continue
        key = PaperKey(PaperKind.FILE, row.id)
        on = london_day(row.added_at)
        papers.append(CasePaper(key=key, on=on, agency=row.agency, name=row.name))
    days, written = meetings_of(uow, concern_id)
    actions = _action_counts(uow, days)
    shared: dict[UUID, list[CasePaper]] = defaultdict(list)
    for line in _line_counts(uow, days):
        if line.stays_here:
            stays[line.name, PaperKind.RESEARCH] += line.many
            continue
        key = PaperKey(PaperKind.RESEARCH, line.id)
        paper = CasePaper(key=key, on=days[line.item_id], agency=line.name, many=line.many)
        shared[line.item_id].append(paper)
    for item_id, on in days.items():
        if item_id in written:
            papers.append(CasePaper(key=PaperKey(PaperKind.RECORD, item_id), on=on))
        if item_id in actions:
            many, unsettled = actions[item_id]
            key = PaperKey(PaperKind.ACTIONS, item_id)
            papers.append(CasePaper(key=key, on=on, many=many, open_ones=unsettled))
        papers.extend(shared[item_id])
    return CasePapers(tuple(papers), kept(stays))


def papers_gone(uow: UnitOfWork, transfer_id: UUID) -> frozenset[PaperKey]:
    """Return which papers went with a transfer; open it first."""
    rows = uow.session.execute(
        select(TransferPaper.kind, TransferPaper.about_id).where(
            TransferPaper.transfer_id == transfer_id
        )
    )
    return frozenset(PaperKey(PaperKind(kind), about_id) for kind, about_id in rows)


def papers_went(uow: UnitOfWork, transfer_id: UUID) -> CasePapers:
    """Return which papers went, and what stays, to the co-ordinators of both areas.

    Raises NotFoundError.
    """
    known = case_papers(uow, find_transfer(uow, transfer_id).concern_id)
    gone = papers_gone(uow, transfer_id)
    return replace(known, papers=tuple(one for one in known.papers if one.key in gone))


def papers_left(uow: UnitOfWork, transfer_id: UUID) -> CasePapers:
    """Return what may go and did not yet, and what stays. Raises NotFoundError."""
    known = case_papers(uow, find_transfer(uow, transfer_id).concern_id)
    gone = papers_gone(uow, transfer_id)
    return replace(known, papers=tuple(one for one in known.papers if one.key not in gone))


def asks_of(uow: UnitOfWork, transfer_id: UUID) -> tuple[AskRow, ...]:
    """Return what the receiving area asked for, the latest first; open the transfer first."""
    rows = uow.session.execute(
        select(
            TransferAsk.id,
            TransferAsk.what,
            TransferAsk.asked_at,
            TransferAsk.due_on,
            TransferAsk.answered_at,
            TransferAsk.refusal,
        )
        .where(TransferAsk.transfer_id == transfer_id)
        .order_by(TransferAsk.asked_at.desc(), TransferAsk.id)
    )
    return tuple(AskRow(*row[:5], row[5] or "") for row in rows)


def meetings_of(uow: UnitOfWork, concern_id: UUID) -> tuple[dict[UUID, date], frozenset[UUID]]:
    """Return the day of each meeting of a case, the latest first, and where something was noted."""
    noted = exists().where(HearingNote.item_id == Item.id, HearingNote.field.in_(FIELDS))
    rows = uow.session.execute(
        select(Item.id, Meeting.starts_at, Hearing.heard_on, noted.label("is_noted"))
        .join(Meeting, Meeting.id == Item.meeting_id)
        .outerjoin(Hearing, Hearing.item_id == Item.id)
        .where(Item.concern_id == concern_id)
        .order_by(Meeting.starts_at.desc(), Item.id)
    ).all()
    days = {row.id: row.heard_on or london_day(row.starts_at) for row in rows}
    return days, frozenset(row.id for row in rows if row.is_noted)


def _action_counts(uow: UnitOfWork, items: Collection[UUID]) -> dict[UUID, tuple[int, int]]:
    found: dict[UUID, tuple[int, int]] = {}
    rows = uow.session.execute(
        select(Action.item_id, Action.state, func.count())
        .where(Action.item_id.in_(items))
        .group_by(Action.item_id, Action.state)
    )
    for item_id, state, many in rows:
        all_of_them, unsettled = found.get(item_id, (0, 0))
        found[item_id] = (all_of_them + many, unsettled + many * (state in UNSETTLED))
    return found


def _line_counts(uow: UnitOfWork, items: Collection[UUID]) -> Sequence[Any]:
    """Return how many lines each agency shared, those that must stay apart from the others."""
    return uow.session.execute(
        select(
            Research.id,
            Research.item_id,
            Agency.name,
            ResearchLine.stays_here,
            func.count().label("many"),
        )
        .join(ResearchLine, ResearchLine.research_id == Research.id)
        .join(Agency, Agency.id == Research.agency_id)
        .where(Research.item_id.in_(items), ResearchLine.released_at.is_not(None))
        .group_by(Research.id, Research.item_id, Agency.name, ResearchLine.stays_here)
        .order_by(Agency.name, Research.id)
    ).all()


def kept(stays: Mapping[tuple[str, PaperKind], int]) -> tuple[Stays, ...]:
    """Return what stays by agency and sort, without what is nothing."""
    return tuple(sorted(Stays(*whose, many) for whose, many in stays.items() if many))
