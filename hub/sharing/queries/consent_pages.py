"""Records of consent as pages show them. Open the person, the draft or the notice first."""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import names_of
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import age_on
from hub.people.models import Person
from hub.sharing.models import Consent, ConsentDraft
from hub.sharing.queries.consents import records_of
from hub.sharing.rules.consents import GIVING, Record, Standing, standings


@dataclass(frozen=True, slots=True)
class ConsentLine:
    """One record without anybody's words; ``agencies`` are names, None is all that signed.

    ``left_out`` are the agencies that a limited yes leaves out, by name.
    """

    record: Record
    standing: Standing
    agencies: tuple[str, ...] | None
    left_out: tuple[str, ...]
    was_told: bool | None
    revisit_on: date | None

    @property
    def can_be_taken_back(self) -> bool:
        """Whether it is a yes that still counts for something."""
        return self.record.state in GIVING and self.standing is Standing.COUNTS


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentSheet:
    """One record whole. ``details`` is what stands beside a state, as it was written."""

    line: ConsentLine
    person_id: UUID
    reason: str | None
    left_out_words: str | None
    giver: str | None
    giver_name: str | None
    authority_seen: bool
    age_band: str
    competence_reason: str | None
    words_read: str | None
    is_understood: bool
    own_words: str | None
    method: str | None
    alone: str | None
    phone: str | None
    interpreter: str | None
    details: Mapping[str, Any]
    why_not_told: str | None
    others_told: str | None
    withdrawal_route: str | None
    recorded_by: str


@dataclass(frozen=True, slots=True)
class DraftRow:
    """A draft with what was typed by step, and what the register says of the person today."""

    id: UUID
    person_id: UUID
    about: UUID | None
    typed: Mapping[str, Mapping[str, list[str]]]
    age: int | None


def lines_of(uow: UnitOfWork, person_id: UUID) -> tuple[ConsentLine, ...]:
    """Return a person's records, the latest said first."""
    records = records_of(uow, [person_id]).get(person_id, ())
    if not records:
        return ()
    beside = {
        row.id: row
        for row in uow.session.execute(
            select(Consent.id, Consent.was_told, Consent.revisit_on).where(
                Consent.person_id == person_id
            )
        )
    }
    names = _agencies(uow, records)
    where = standings(records, uow.today)
    return tuple(
        ConsentLine(
            record=one,
            standing=where[one.id],
            agencies=None if one.scope.agencies is None else _named(names, one.scope.agencies),
            left_out=_named(names, one.left_out.agencies),
            was_told=beside[one.id].was_told,
            revisit_on=beside[one.id].revisit_on,
        )
        for one in sorted(records, key=lambda each: (each.said_on, each.number), reverse=True)
    )


def sheet_of(uow: UnitOfWork, consent_id: UUID) -> ConsentSheet:
    """Return one record with all that was written."""
    row = uow.session.get_one(Consent, consent_id)
    lines = lines_of(uow, row.person_id)
    recorder = names_of(uow, [row.recorded_by] if row.recorded_by else [])
    same = (
        "person_id", "reason", "left_out_words", "giver", "giver_name", "authority_seen",
        "age_band", "competence_reason", "words_read", "is_understood", "own_words", "method",
        "alone", "phone", "interpreter", "why_not_told", "others_told", "withdrawal_route",
    )  # fmt: skip
    return ConsentSheet(
        line=next(one for one in lines if one.record.id == consent_id),
        details=json.loads(row.details or "{}"),
        recorded_by=next(iter(recorder.values()), "The hub"),
        **{name: getattr(row, name) for name in same},
    )


def draft_row(uow: UnitOfWork, draft: ConsentDraft) -> DraftRow:
    """Return an opened draft as a value."""
    born = uow.session.get_one(Person, draft.person_id).date_of_birth
    return DraftRow(
        draft.id,
        draft.person_id,
        draft.about,
        json.loads(draft.typed),
        None if born is None else age_on(born, uow.today),
    )


def drafts_about(uow: UnitOfWork, person_id: UUID) -> tuple[UUID, ...]:
    """Return the actor's own drafts about somebody, the last saved first."""
    return tuple(
        uow.session.scalars(
            select(ConsentDraft.id)
            .where(
                ConsentDraft.person_id == person_id,
                ConsentDraft.account_id == uow.actor.account_id,
            )
            .order_by(ConsentDraft.saved_at.desc(), ConsentDraft.id)
        )
    )


def agency_names(uow: UnitOfWork) -> tuple[tuple[UUID, str], ...]:
    """Return the agencies of the directory that are not suspended, by name."""
    rows = uow.session.execute(
        select(Agency.id, Agency.name).where(Agency.suspended_at.is_(None)).order_by(Agency.name)
    )
    return tuple((row.id, row.name) for row in rows)


def _agencies(uow: UnitOfWork, records: Collection[Record]) -> dict[UUID, str]:
    wanted = {each for one in records for each in (one.scope.agencies or ())}
    wanted |= {each for one in records for each in one.left_out.agencies}
    if not wanted:
        return {}
    rows = uow.session.execute(select(Agency.id, Agency.name).where(Agency.id.in_(wanted)))
    return {row.id: row.name for row in rows}


def _named(names: Mapping[UUID, str], agency_ids: Collection[UUID]) -> tuple[str, ...]:
    return tuple(sorted(names[each] for each in agency_ids if each in names))
