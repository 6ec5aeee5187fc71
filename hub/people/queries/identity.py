"""Questions of identity: a desk's queue, one question with its candidates, what others ask."""

import json
from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, or_, select, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from hub.db.units import UnitOfWork
from hub.people.access import is_on_desk, not_about_own_conflict, own_services
from hub.people.models import IdentityCandidate, IdentityCheck, Person
from hub.people.queries.records import PersonRecord, records_of
from hub.people.queries.register import workers_of
from hub.people.rules.asked import asked_from
from hub.people.rules.identity import Asked
from hub.people.states import WAITING, CheckState

PAGE_SIZE = 25
AT_MOST = 100
"""A count on a page stops here."""


@dataclass(frozen=True, slots=True)
class QueueRow:
    """One question as the queue lists it: no names, for the list is seen over shoulders."""

    id: UUID
    reference: str
    state: CheckState
    opened_at: datetime
    due_at: datetime
    candidates: int
    best_band: str | None


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing compared: it agrees, it does not, or (None) that cannot be said."""

    agrees: bool | None
    text: str


@dataclass(frozen=True, slots=True)
class CandidateView:
    """Somebody on the register beside the question."""

    person_id: UUID
    band: str
    score: float
    findings: tuple[Finding, ...]
    record: PersonRecord
    named_worker: str | None
    is_rejected: bool


@dataclass(frozen=True, slots=True)
class CheckView:
    """One question as its page shows it."""

    id: UUID
    reference: str
    state: CheckState
    asked: Asked
    candidates: tuple[CandidateView, ...]
    opened_at: datetime
    due_at: datetime
    decided_at: datetime | None
    facts: tuple[str, ...]
    note: str | None
    reply: str | None
    person_id: UUID | None
    service_id: UUID | None
    version: int

    @property
    def remaining(self) -> tuple[CandidateView, ...]:
        """The candidates whom nobody has turned down."""
        return tuple(each for each in self.candidates if not each.is_rejected)


@dataclass(frozen=True, slots=True)
class PartyCheck:
    """How far the question about one person of a concern has come, for the rooms above."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    state: CheckState
    person_id: UUID | None
    due_at: datetime
    service_id: UUID | None


@dataclass(frozen=True, slots=True)
class BackQuestion:
    """What a desk wants to know of the referrer before it can tell."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    text: str


def queue(
    uow: UnitOfWork, *, after: tuple[datetime, UUID] | None = None, limit: int = PAGE_SIZE + 1
) -> tuple[QueueRow, ...]:
    """Return a page of the questions before the actor's desk, the soonest due first."""
    waiting = (
        select(
            IdentityCheck.id,
            IdentityCheck.reference,
            IdentityCheck.state,
            IdentityCheck.opened_at,
            IdentityCheck.due_at,
            IdentityCheck.service_id,
        )
        .where(
            IdentityCheck.service_id.in_(own_services(uow)),
            IdentityCheck.state.in_(WAITING),
            not_about_own_conflict(uow),
        )
        .order_by(IdentityCheck.due_at, IdentityCheck.id)
        .limit(limit)
    )
    if after is not None:
        waiting = waiting.where(tuple_(IdentityCheck.due_at, IdentityCheck.id) > after)
    rows = uow.session.execute(waiting).all()
    bands = _bands(uow, {row.id: row.service_id for row in rows})
    return tuple(
        QueueRow(
            row.id,
            row.reference,
            CheckState(row.state),
            row.opened_at,
            row.due_at,
            len(bands.get(row.id, ())),
            next(iter(bands.get(row.id, ())), None),
        )
        for row in rows
    )


def _bands(uow: UnitOfWork, services: dict[UUID, UUID | None]) -> dict[UUID, list[str]]:
    """Return the bands of each question's remaining candidates of its service, likeliest first."""
    rows = uow.session.execute(
        select(IdentityCandidate.check_id, IdentityCandidate.band, Person.service_id)
        .join(Person, Person.id == IdentityCandidate.person_id)
        .where(IdentityCandidate.check_id.in_(services), IdentityCandidate.rejected_at.is_(None))
        .order_by(IdentityCandidate.score.desc(), IdentityCandidate.person_id)
    )
    found: dict[UUID, list[str]] = {}
    for row in rows:
        if row.service_id in (None, services[row.check_id]):
            found.setdefault(row.check_id, []).append(row.band)
    return found


def open_check_count(uow: UnitOfWork) -> int:
    """Return how many questions wait before the actor's desk, at most 100 being counted."""
    if not is_on_desk(uow):
        return 0
    some = (
        select(IdentityCheck.id)
        .where(
            IdentityCheck.service_id.in_(own_services(uow)),
            IdentityCheck.state == CheckState.OPEN,
            not_about_own_conflict(uow),
        )
        .limit(AT_MOST)
        .subquery()
    )
    return uow.session.scalar(select(func.count()).select_from(some)) or 0


def check_people(uow: UnitOfWork, check_id: UUID) -> tuple[UUID, ...]:
    """Return whom a question's page shows, so that the look can be recorded first."""
    shown = (
        select(IdentityCandidate.person_id)
        .join(IdentityCheck, IdentityCheck.id == IdentityCandidate.check_id)
        .join(Person, Person.id == IdentityCandidate.person_id)
        .where(IdentityCheck.id == check_id, of_service(IdentityCheck.service_id))
        .order_by(IdentityCandidate.person_id)
    )
    return tuple(uow.session.scalars(shown))


def check_view(uow: UnitOfWork, check_id: UUID) -> CheckView:
    """Return one question with its candidates; ask the door first."""
    check = _check(uow, check_id)
    rows = _candidate_rows(uow, check)
    ids = [row.person_id for row in rows]
    records = records_of(uow, ids)
    workers = workers_of(uow, ids, uow.today)
    candidates = tuple(
        CandidateView(
            person_id=row.person_id,
            band=row.band,
            score=row.score,
            findings=tuple(
                Finding(each["agrees"], each["text"]) for each in json.loads(row.reasons)
            ),
            record=records[row.person_id],
            named_worker=next(
                (one.name for one in workers.get(row.person_id, ()) if one.is_named_worker), None
            ),
            is_rejected=row.rejected_at is not None,
        )
        for row in rows
    )
    return CheckView(
        id=check.id,
        reference=check.reference,
        state=CheckState(check.state),
        asked=asked_from(check.asked, party_id=check.party_id, concern_id=check.concern_id),
        candidates=candidates,
        opened_at=check.opened_at,
        due_at=check.due_at,
        decided_at=check.decided_at,
        facts=tuple((check.facts or "").split()),
        note=check.note,
        reply=check.reply,
        person_id=check.person_id,
        service_id=check.service_id,
        version=check.version,
    )


def checks_of(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> dict[UUID, PartyCheck]:
    """Return how far the questions about these concerns have come, by the party's id."""
    rows = uow.session.execute(
        select(
            IdentityCheck.id,
            IdentityCheck.concern_id,
            IdentityCheck.party_id,
            IdentityCheck.state,
            IdentityCheck.person_id,
            IdentityCheck.due_at,
            IdentityCheck.service_id,
        ).where(IdentityCheck.concern_id.in_(list(concern_ids)))
    )
    return {
        row.party_id: PartyCheck(
            row.id,
            row.concern_id,
            row.party_id,
            CheckState(row.state),
            row.person_id,
            row.due_at,
            row.service_id,
        )
        for row in rows
    }


def questions_for(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> tuple[BackQuestion, ...]:
    """Return what desks ask back of these concerns' referrer, the oldest first.

    The text says what is missing and nothing of who may be meant.
    """
    rows = uow.session.execute(
        select(
            IdentityCheck.id, IdentityCheck.concern_id, IdentityCheck.party_id, IdentityCheck.note
        )
        .where(
            IdentityCheck.concern_id.in_(list(concern_ids)),
            IdentityCheck.state == CheckState.ASKED_BACK,
        )
        .order_by(IdentityCheck.opened_at, IdentityCheck.id)
    )
    return tuple(BackQuestion(row[0], row[1], row[2], row[3] or "") for row in rows)


def check_summaries(uow: UnitOfWork, check_ids: Collection[UUID]) -> dict[UUID, QueueRow]:
    """Return questions by id as messages and tasks speak of them: reference and times alone."""
    rows = uow.session.execute(
        select(
            IdentityCheck.id,
            IdentityCheck.reference,
            IdentityCheck.state,
            IdentityCheck.opened_at,
            IdentityCheck.due_at,
        ).where(IdentityCheck.id.in_(list(check_ids)))
    )
    return {
        row.id: QueueRow(row[0], row[1], CheckState(row[2]), row[3], row[4], 0, None)
        for row in rows
    }


def _check(uow: UnitOfWork, check_id: UUID) -> IdentityCheck:
    return uow.session.get_one(IdentityCheck, check_id)


def _candidate_rows(uow: UnitOfWork, check: IdentityCheck) -> list[IdentityCandidate]:
    """Return the candidates of the service that is asked, likeliest first, at most those shown."""
    return list(
        uow.session.scalars(
            select(IdentityCandidate)
            .join(Person, Person.id == IdentityCandidate.person_id)
            .where(
                IdentityCandidate.check_id == check.id,
                of_service(check.service_id),
            )
            .order_by(IdentityCandidate.score.desc(), IdentityCandidate.person_id)
        )
    )


def of_service(
    service_id: UUID | InstrumentedAttribute[UUID | None] | None,
) -> ColumnElement[bool]:
    """Return the condition that a person is the service's own, or nobody's yet."""
    return or_(Person.service_id.is_(None), Person.service_id == service_id)
