"""What went with a transfer, as the receiving area reads it.

Of what an agency said must stay in its area only the number comes out.
"""

from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.marac.models import Addendum, HearingNote, Research, ResearchLine
from hub.marac.queries.actions import ActionRow, actions_of_items
from hub.marac.queries.transfer_papers import Stays, kept, meetings_of, papers_gone
from hub.marac.rules.record import FIELDS
from hub.marac.rules.transfer_papers import PaperKind
from hub.marac.transfer_doors import find_received
from hub.referrals.models import Concern, ConcernFile

Kept = dict[tuple[str, PaperKind], int]


@dataclass(frozen=True)
class SentFile:
    """A file that went along."""

    id: UUID
    name: str
    media_type: str


@dataclass(frozen=True, kw_only=True)
class SharedThere:
    """What one agency shared with a meeting of the sending area."""

    agency: str
    proportionality: str
    lines: tuple[tuple[str, str], ...]
    """Each with its kind."""


@dataclass(frozen=True, kw_only=True)
class MeetingThere:
    """What went of one meeting of the sending area."""

    on: date
    notes: tuple[tuple[str, str], ...]
    """Each with its field."""
    corrections: tuple[str, ...]
    """What was put right behind approved minutes."""
    actions: tuple[ActionRow, ...]
    shared: tuple[SharedThere, ...]


@dataclass(frozen=True)
class SentPapers:
    """What the receiving area reads of a case that it has taken over, besides the referral."""

    files: tuple[SentFile, ...]
    meetings: tuple[MeetingThere, ...]
    stays: tuple[Stays, ...]


def sent_papers(uow: UnitOfWork, transfer_id: UUID) -> SentPapers:
    """Return what went with a transfer as it stands today, to who has taken the case over.

    What its agency has said since must stay is not among it. Raises NotFoundError to anybody but a
    co-ordinator of the receiving area.
    """
    transfer = find_received(uow, transfer_id)
    gone = papers_gone(uow, transfer.id)
    days, _ = meetings_of(uow, transfer.concern_id)
    of = {kind: {one.about_id for one in gone if one.kind is kind} for kind in PaperKind}
    notes = _notes(uow, of[PaperKind.RECORD])
    corrections = _corrections(uow, of[PaperKind.RECORD])
    actions: dict[UUID, list[ActionRow]] = defaultdict(list)
    for row in actions_of_items(uow, of[PaperKind.ACTIONS]):
        actions[row.item_id].append(row)
    shared, lines_kept = _shared(uow, of[PaperKind.RESEARCH])
    files, files_kept = _files(uow, of[PaperKind.FILE])
    meetings = tuple(
        MeetingThere(
            on=on,
            notes=tuple(notes[item_id]),
            corrections=tuple(corrections[item_id]),
            actions=tuple(actions[item_id]),
            shared=tuple(shared[item_id]),
        )
        for item_id, on in days.items()
        if notes[item_id] or corrections[item_id] or actions[item_id] or shared[item_id]
    )
    return SentPapers(files, meetings, kept({**lines_kept, **files_kept}))


def _notes(uow: UnitOfWork, items: Collection[UUID]) -> dict[UUID, list[tuple[str, str]]]:
    """Return what was written down of a case at each meeting, in the order of the record."""
    rows = uow.session.execute(
        select(HearingNote.item_id, HearingNote.field, HearingNote.text).where(
            HearingNote.item_id.in_(items)
        )
    ).all()
    by = {(row.item_id, row.field): row.text for row in rows if row.text}
    found: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for item_id in items:
        found[item_id] += [(one, by[item_id, one]) for one in FIELDS if (item_id, one) in by]
    return found


def _corrections(uow: UnitOfWork, items: Collection[UUID]) -> dict[UUID, list[str]]:
    found: dict[UUID, list[str]] = defaultdict(list)
    rows = uow.session.execute(
        select(Addendum.item_id, Addendum.text)
        .where(Addendum.item_id.in_(items))
        .order_by(Addendum.added_at, Addendum.id)
    )
    for item_id, text in rows:
        if item_id is not None:
            found[item_id].append(text)
    return found


def _shared(uow: UnitOfWork, asked: Collection[UUID]) -> tuple[dict[UUID, list[SharedThere]], Kept]:
    """Return what agencies shared by item, and how many of their lines stay."""
    rows = uow.session.execute(
        select(
            Research.id,
            Research.item_id,
            Agency.name,
            Research.proportionality,
            ResearchLine.kind,
            ResearchLine.text,
            ResearchLine.stays_here,
        )
        .join(ResearchLine, ResearchLine.research_id == Research.id)
        .join(Agency, Agency.id == Research.agency_id)
        .where(Research.id.in_(asked), ResearchLine.released_at.is_not(None))
        .order_by(Agency.name, Research.id, ResearchLine.position, ResearchLine.id)
    ).all()
    stay: Kept = defaultdict(int)
    lines: dict[UUID, list[tuple[str, str]]] = defaultdict(list)
    for row in rows:
        if row.stays_here:
            stay[row.name, PaperKind.RESEARCH] += 1
        else:
            lines[row.id].append((row.kind, row.text))
    found: dict[UUID, list[SharedThere]] = defaultdict(list)
    for research_id, row in {row.id: row for row in rows}.items():
        if lines[research_id]:
            shared = SharedThere(
                agency=row.name,
                proportionality=row.proportionality or "",
                lines=tuple(lines[research_id]),
            )
            found[row.item_id].append(shared)
    return found, stay


def _files(uow: UnitOfWork, ids: Collection[UUID]) -> tuple[tuple[SentFile, ...], Kept]:
    rows = uow.session.execute(
        select(
            ConcernFile.id,
            ConcernFile.name,
            ConcernFile.media_type,
            ConcernFile.stays_here,
            Agency.name.label("agency"),
        )
        .join(Concern, Concern.id == ConcernFile.concern_id)
        .join(Agency, Agency.id == Concern.agency_id)
        .where(ConcernFile.id.in_(ids))
        .order_by(ConcernFile.added_at, ConcernFile.id)
    ).all()
    stay: Kept = defaultdict(int)
    for row in rows:
        stay[row.agency, PaperKind.FILE] += bool(row.stays_here)
    files = tuple(SentFile(row.id, row.name, row.media_type) for row in rows if not row.stays_here)
    return files, stay
