"""The log of who was told what about a person: this room's lines, and those of the rooms above.

Open the person first (``rights_doors.find_subject``).
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from hub.access.queries import names_of
from hub.agencies.models import Agency, Service
from hub.db.units import UnitOfWork
from hub.people.models import Person
from hub.sharing.models import (
    Agreement,
    Consent,
    Correction,
    CorrectionNotice,
    Disclosure,
    InformationRequest,
    LogMark,
    RequestLine,
    SharingDecision,
)
from hub.sharing.rules.coded import Category, ConsentState, Purpose, SubjectRole
from hub.sharing.rules.consent_terms import Giver
from hub.sharing.rules.told_log import LeftOut, LogEntry, LogKind, Mark, Verdict, left_out
from hub.sharing.states import LineState

LogSource = Callable[[UnitOfWork, UUID], Iterable[LogEntry]]
"""Given a person: the lines that a room knows of."""


@dataclass(frozen=True, kw_only=True)
class MarkView:
    """What somebody said of a line, with their reason and names, for the staff."""

    id: UUID
    verdict: Verdict
    reason: str
    by_id: UUID
    by: str
    at: datetime
    is_confirmed: bool | None
    answered_by: str


@dataclass(frozen=True, kw_only=True)
class LogRow:
    """A line of the log, why the person is not shown it, and what was said of it."""

    entry: LogEntry
    left_out: LeftOut | None
    marks: tuple[MarkView, ...]

    @property
    def waits(self) -> bool:
        """Whether a second person is asked about it."""
        answered = any(mark.is_confirmed is not None for mark in self.marks)
        said = self.entry.said_harmful_by is not None and not answered
        return said or any(mark.is_confirmed is None for mark in self.marks)


def log_of(uow: UnitOfWork, person_id: UUID, sources: Sequence[LogSource]) -> tuple[LogRow, ...]:
    """Return a person's log, the latest line first; ``sources`` are those of the rooms above."""
    entries = [entry for source in (*OWN, *sources) for entry in source(uow, person_id)]
    marks = marks_of(uow, person_id)
    rows = []
    for entry in sorted(entries, key=lambda one: (one.at, one.id), reverse=True):
        said = tuple(marks.get((entry.kind, entry.id), ()))
        rows.append(LogRow(entry=entry, left_out=_why(entry, said), marks=said))
    corrected = {LogKind.SHARED, LogKind.INVITED}
    hidden = {row.entry.id: row.left_out for row in rows if row.entry.kind in corrected}
    return tuple(
        replace(row, left_out=hidden[row.entry.of] or row.left_out)
        if row.entry.of in hidden
        else row
        for row in rows
    )


def _why(entry: LogEntry, said: Iterable[MarkView]) -> LeftOut | None:
    marks = [Mark(verdict=one.verdict, is_confirmed=one.is_confirmed) for one in said]
    return left_out(entry, marks)


def marks_of(uow: UnitOfWork, person_id: UUID) -> dict[tuple[str, UUID], list[MarkView]]:
    """Return what was said of a person's lines, by line, the oldest first."""
    rows = uow.session.scalars(
        select(LogMark).where(LogMark.person_id == person_id).order_by(LogMark.number)
    ).all()
    people = {one for row in rows for one in (row.marked_by, row.answered_by) if one is not None}
    names = names_of(uow, people)
    found: dict[tuple[str, UUID], list[MarkView]] = defaultdict(list)
    for row in rows:
        found[row.kind, row.entry_id].append(
            MarkView(
                id=row.id,
                verdict=Verdict(row.verdict),
                reason=row.reason,
                by_id=row.marked_by,
                by=names.get(row.marked_by, ""),
                at=row.marked_at,
                is_confirmed=row.is_confirmed,
                answered_by=names.get(row.answered_by, "") if row.answered_by else "",
            )
        )
    return found


def _shared(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Yield what left in answer to requests."""
    sender, reader = aliased(Agency), aliased(Agency)
    rows = uow.session.execute(
        select(
            Disclosure.id,
            Disclosure.shared_at,
            Disclosure.shared_by,
            Disclosure.category,
            Disclosure.purpose,
            Disclosure.was_told,
            Disclosure.is_harmful_to_show,
            sender.name.label("sender"),
            reader.name.label("reader"),
            InformationRequest.reference,
            InformationRequest.subject_role,
            SharingDecision.rule,
            Agreement.reference.label("agreement"),
            Agreement.number,
        )
        .join(sender, sender.id == Disclosure.from_agency_id)
        .join(reader, reader.id == Disclosure.to_agency_id)
        .outerjoin(RequestLine, RequestLine.id == Disclosure.line_id)
        .outerjoin(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .outerjoin(SharingDecision, SharingDecision.id == Disclosure.decision_id)
        .outerjoin(Agreement, Agreement.id == Disclosure.agreement_id)
        .where(Disclosure.person_id == person_id)
    )
    for row in rows:
        under = f", agreement {row.agreement} version {row.number}" if row.agreement else ""
        yield LogEntry(
            kind=LogKind.SHARED,
            id=row.id,
            at=row.shared_at,
            from_agency=row.sender,
            to_agency=row.reader,
            categories=frozenset({Category(row.category)}),
            purposes=frozenset({Purpose(row.purpose)}),
            role=SubjectRole(row.subject_role) if row.subject_role else None,
            was_told=row.was_told,
            said_harmful_by=row.shared_by if row.is_harmful_to_show else None,
            record=f"{row.reference or 'No request'}, rule {row.rule or '-'}{under}",
        )


def _withheld(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Yield what was asked and did not leave."""
    sender, reader = aliased(Agency), aliased(Agency)
    rows = uow.session.execute(
        select(
            RequestLine.id,
            RequestLine.category,
            RequestLine.settled_at,
            InformationRequest.purpose,
            InformationRequest.subject_role,
            InformationRequest.reference,
            sender.name.label("sender"),
            reader.name.label("reader"),
        )
        .join(InformationRequest, InformationRequest.id == RequestLine.request_id)
        .join(sender, sender.id == InformationRequest.holder_agency_id)
        .join(reader, reader.id == InformationRequest.asker_agency_id)
        .where(
            InformationRequest.person_id == person_id,
            RequestLine.state == LineState.WITHHELD,
            RequestLine.settled_at.is_not(None),
        )
    )
    for row in rows:
        yield LogEntry(
            kind=LogKind.WITHHELD,
            id=row.id,
            at=row.settled_at,
            from_agency=row.sender,
            to_agency=row.reader,
            categories=frozenset({Category(row.category)}),
            purposes=frozenset({Purpose(row.purpose)}),
            role=SubjectRole(row.subject_role),
            record=row.reference,
        )


def _consents(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Yield what the person, or somebody for them, said about sharing."""
    rows = uow.session.execute(
        select(
            Consent.id,
            Consent.recorded_at,
            Consent.state,
            Consent.giver,
            Consent.categories,
            Consent.purposes,
            Consent.number,
        ).where(Consent.person_id == person_id)
    )
    for row in rows:
        yield LogEntry(
            kind=LogKind.CONSENT,
            id=row.id,
            at=row.recorded_at,
            categories=frozenset(map(Category, json.loads(row.categories))),
            purposes=frozenset(map(Purpose, json.loads(row.purposes))),
            state=ConsentState(row.state),
            is_own_word=row.giver == Giver.SELF,
            record=f"Record of consent {row.number}",
        )


def _corrected(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Yield who was told that something they had received is wrong."""
    sender, reader = aliased(Agency), aliased(Agency)
    rows = uow.session.execute(
        select(
            CorrectionNotice.id,
            CorrectionNotice.told_at,
            CorrectionNotice.understood_at,
            CorrectionNotice.disclosure_id,
            Correction.category,
            sender.name.label("sender"),
            reader.name.label("reader"),
        )
        .join(Correction, Correction.id == CorrectionNotice.correction_id)
        .join(Disclosure, Disclosure.id == CorrectionNotice.disclosure_id)
        .join(sender, sender.id == Disclosure.from_agency_id)
        .join(reader, reader.id == Disclosure.to_agency_id)
        .where(Correction.person_id == person_id)
    )
    for row in rows:
        yield LogEntry(
            kind=LogKind.CORRECTED,
            id=row.id,
            at=row.told_at,
            from_agency=row.sender,
            to_agency=row.reader,
            categories=frozenset({Category(row.category)}),
            of=row.disclosure_id,
            record="They say that they read it" if row.understood_at else "Not answered yet",
        )


def _corrected_by_invitation(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Yield who was told that what an invitation had told them is wrong."""
    sender, reader = aliased(Agency), aliased(Agency)
    rows = uow.session.execute(
        select(
            CorrectionNotice.id,
            CorrectionNotice.told_at,
            CorrectionNotice.understood_at,
            CorrectionNotice.invitation_id,
            Correction.category,
            sender.name.label("sender"),
            reader.name.label("reader"),
        )
        .join(Correction, Correction.id == CorrectionNotice.correction_id)
        .join(Person, Person.id == Correction.person_id)
        .join(Service, Service.id == Person.service_id)
        .join(sender, sender.id == Service.agency_id)
        .join(reader, reader.id == CorrectionNotice.agency_id)
        .where(Correction.person_id == person_id, CorrectionNotice.invitation_id.is_not(None))
    )
    for row in rows:
        yield LogEntry(
            kind=LogKind.CORRECTED,
            id=row.id,
            at=row.told_at,
            from_agency=row.sender,
            to_agency=row.reader,
            categories=frozenset({Category(row.category)}),
            of=row.invitation_id,
            record="They say that they read it" if row.understood_at else "Not answered yet",
        )


OWN: tuple[LogSource, ...] = (
    _shared,
    _withheld,
    _consents,
    _corrected,
    _corrected_by_invitation,
)
"""The lines that this room knows of."""
