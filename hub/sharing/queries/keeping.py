"""What is kept until when, what holds it, and what was disposed of.

Each kind of record has a source that tells of the records of an agency; those of the rooms above
are handed over by ``wiring``.
"""

import json
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import ColumnElement, select, true

from hub.access.queries import names_of
from hub.db.erase import Refers
from hub.db.units import UnitOfWork
from hub.people.conflicts import kept_from
from hub.people.staff_cases import hidden_cases
from hub.sharing.models import (
    Disposal,
    LegalHold,
    RetentionText,
    SubjectAccess,
)
from hub.sharing.rules.retention import (
    CountsFrom,
    Facts,
    RecordKind,
    RetentionRule,
    is_due,
    of_agency,
    retain_until,
    rule_for,
)


@dataclass(frozen=True, kw_only=True)
class Kept:
    """A record by reference, with the days that count and the people whom it is about."""

    kind: RecordKind
    id: UUID
    reference: str
    facts: Facts
    people: frozenset[UUID] = frozenset()
    block: str = ""
    """Why it cannot go yet whatever the rules say, in words; empty where nothing is in its way."""


@dataclass(frozen=True, kw_only=True)
class KeptSource:
    """One kind of record: which there are at an agency, and what goes with one.

    ``may`` names the tables that may lose rows with it; a row of any other stops the disposal.
    ``files`` maps tables to the kinds of file whose bytes go with their rows.
    """

    kind: RecordKind
    kept: Callable[[UnitOfWork, UUID], Iterable[Kept]]
    may: frozenset[str]
    roots: Callable[[UnitOfWork, UUID], Mapping[str, Iterable[UUID]]]
    refers: tuple[Refers, ...] = ()
    files: tuple[str, ...] = ()


@dataclass(frozen=True, kw_only=True)
class HoldView:
    """A hold with its reason and names."""

    id: UUID
    ground: str
    reason: str
    by: str
    at: datetime
    lifted_by: str
    lifted_at: datetime | None
    lifted_why: str


@dataclass(frozen=True, kw_only=True)
class KeptRow:
    """A record, the rule that counts, its last day, and how many holds keep it."""

    kept: Kept
    rule: RetentionRule
    until: date | None
    holds: int
    is_due: bool


@dataclass(frozen=True, slots=True)
class DisposalRow:
    """A disposal, as far as it has come; a stub once it is done."""

    id: UUID
    kind: RecordKind
    record_id: UUID
    reference: str
    rule_code: str
    kept_until: date
    state: str
    proposed_by: UUID
    proposed: str
    approved: str
    approved_at: datetime | None
    done_at: datetime | None
    counts: Mapping[str, int]
    version: int


def rules_of(uow: UnitOfWork, agency_id: UUID) -> dict[str, RetentionRule]:
    """Return the rules that count at an agency, by code."""
    return of_agency(texts_of(uow, agency_id))


def texts_of(uow: UnitOfWork, agency_id: UUID, code: str = "") -> tuple[RetentionRule, ...]:
    """Return the texts that an agency has set, the oldest first; of one rule, where it is named."""
    wanted = select(RetentionText).where(RetentionText.agency_id == agency_id)
    if code:
        wanted = wanted.where(RetentionText.code == code)
    kinds = {rule.code: rule.kind for rule in of_agency(()).values()}
    return tuple(
        RetentionRule(
            code=row.code,
            kind=kinds[row.code],
            counts_from=CountsFrom(row.counts_from),
            years=row.years,
            source=row.source,
            number=row.number,
        )
        for row in uow.session.scalars(wanted.order_by(RetentionText.number))
    )


def kept_rows(
    uow: UnitOfWork, sources: Sequence[KeptSource], *, agency_id: UUID, only: UUID | None = None
) -> tuple[KeptRow, ...]:
    """Return the records of an agency with their rules, those first that were due the longest.

    Not those about somebody from whom a conflict of interest keeps the actor, nor cases about staff
    of whose few they are not one. ``only`` asks for one.
    """
    rules = rules_of(uow, agency_id)
    kept, hidden = kept_from(uow), _not_there(uow)
    found = [
        one
        for source in sources
        for one in source.kept(uow, agency_id)
        if (only is None or one.id == only)
        and one.id not in hidden
        and not one.people & kept.people
    ]
    held = holds_on(uow)
    rows = []
    for one in found:
        rule = rule_for(rules, one.kind, one.facts)
        until = retain_until(rule, one.facts)
        holds = sum(held.get(each, 0) for each in {one.id, *one.people})
        rows.append(
            KeptRow(kept=one, rule=rule, until=until, holds=holds, is_due=is_due(until, uow.today))
        )
    return tuple(sorted(rows, key=lambda row: (row.until or date.max, row.kept.reference)))


def _not_there(uow: UnitOfWork) -> frozenset[UUID]:
    return kept_from(uow).cases | hidden_cases(uow)


def holds_on(uow: UnitOfWork) -> dict[UUID, int]:
    """Return how many holds keep each record; one on a person keeps all that is about them.

    An open subject access request is one.
    """
    found: dict[UUID, int] = defaultdict(int)
    for record_id in uow.session.scalars(
        select(LegalHold.record_id).where(LegalHold.lifted_at.is_(None))
    ):
        found[record_id] += 1
    asked = select(SubjectAccess.person_id).where(SubjectAccess.released_at.is_(None))
    for person_id in uow.session.scalars(asked):
        found[person_id] += 1
    return found


def holds_of(uow: UnitOfWork, record_id: UUID) -> tuple[HoldView, ...]:
    """Return the holds that were ever set on a record, the latest first."""
    rows = uow.session.scalars(
        select(LegalHold)
        .where(LegalHold.record_id == record_id)
        .order_by(LegalHold.set_at.desc(), LegalHold.id)
    ).all()
    names = names_of(
        uow, {one for row in rows for one in (row.set_by, row.lifted_by) if one is not None}
    )
    return tuple(
        HoldView(
            id=row.id,
            ground=row.ground,
            reason=row.reason,
            by=names.get(row.set_by, ""),
            at=row.set_at,
            lifted_by=names.get(row.lifted_by, "") if row.lifted_by else "",
            lifted_at=row.lifted_at,
            lifted_why=row.lifted_why or "",
        )
        for row in rows
    )


def is_shown_disposal(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a disposal is of no record that is hidden from the actor."""
    hidden = _not_there(uow) | kept_from(uow).people
    return Disposal.record_id.not_in(hidden) if hidden else true()


def disposals_of(uow: UnitOfWork, agency_id: UUID) -> tuple[DisposalRow, ...]:
    """Return an agency's disposals, the latest first: what is to go, and the stubs of what went.

    Not those of records that are not there for the actor.
    """
    rows = uow.session.scalars(
        select(Disposal)
        .where(Disposal.agency_id == agency_id, is_shown_disposal(uow))
        .order_by(Disposal.proposed_at.desc(), Disposal.id)
    ).all()
    people = {one for row in rows for one in (row.proposed_by, row.approved_by) if one is not None}
    names = names_of(uow, people)
    return tuple(
        DisposalRow(
            id=row.id,
            kind=RecordKind(row.kind),
            record_id=row.record_id,
            reference=row.reference,
            rule_code=row.rule_code,
            kept_until=row.kept_until,
            state=row.state,
            proposed_by=row.proposed_by,
            proposed=names.get(row.proposed_by, ""),
            approved=names.get(row.approved_by, "") if row.approved_by else "",
            approved_at=row.approved_at,
            done_at=row.done_at,
            counts=json.loads(row.counts),
            version=row.version,
        )
        for row in rows
    )
