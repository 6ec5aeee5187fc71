"""What the records of consent amount to, for the decision table and for many people at once.

None of these asks whether the reader may see the person: they are for rules and rooms above. What a
page shows is asked in ``queries.consent_pages``.
"""

import json
from collections import defaultdict
from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Uuid, bindparam, select

from hub.db.units import UnitOfWork
from hub.sharing.models import Agreement, AgreementParty, Consent
from hub.sharing.rules.coded import Category, Competence, ConsentState, Purpose
from hub.sharing.rules.consents import (
    Asked,
    ConsentScope,
    InEffect,
    LeftOut,
    Record,
    consent_in_effect,
)
from hub.sharing.states import AgreementStatus


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentQuestion:
    """Whether a category of a person's data may go to an agency for a purpose.

    ``about`` is the request that it is for, an opaque id, where there is one.
    """

    person_id: UUID
    purpose: Purpose
    category: Category
    agency_id: UUID | None
    about: UUID | None = None


def consent_for(uow: UnitOfWork, question: ConsentQuestion, *, day: date) -> InEffect:
    """Return what a person's records amount to for one recipient on a day in London."""
    return consents_for(uow, [question], day=day)[question]


def consents_for(
    uow: UnitOfWork, questions: Collection[ConsentQuestion], *, day: date
) -> dict[ConsentQuestion, InEffect]:
    """Return the same for any number of questions, in two queries."""
    records = records_of(uow, {one.person_id for one in questions})
    signed = signed_agencies(uow, {one.agency_id for one in questions if one.agency_id}, day=day)
    return {
        one: consent_in_effect(
            records.get(one.person_id, ()),
            Asked(
                purpose=one.purpose,
                category=one.category,
                agency_id=one.agency_id,
                is_signed=one.agency_id in signed,
                about=one.about,
            ),
            day,
        )
        for one in questions
    }


# Made once: every person's page asks it.
_RECORDS = (
    select(
        Consent.person_id,
        Consent.id,
        Consent.number,
        Consent.state,
        Consent.purposes,
        Consent.categories,
        Consent.agencies,
        Consent.about,
        Consent.left_out,
        Consent.left_out_words.is_not(None).label("in_words"),
        Consent.giver_is_alleged_perpetrator,
        Consent.competence,
        Consent.said_on,
        Consent.expires_on,
        Consent.recorded_at,
    )
    .where(Consent.person_id.in_(bindparam("people", type_=Uuid(), expanding=True)))
    .order_by(Consent.person_id, Consent.number)
)


def records_of(uow: UnitOfWork, person_ids: Collection[UUID]) -> dict[UUID, tuple[Record, ...]]:
    """Return people's records without anybody's words, by person and in order."""
    if not person_ids:
        return {}
    rows = uow.rows(_RECORDS, {"people": list(person_ids)})
    found: dict[UUID, list[Record]] = defaultdict(list)
    for row in rows:
        found[row.person_id].append(_record(row))
    return {person_id: tuple(records) for person_id, records in found.items()}


def signed_agencies(uow: UnitOfWork, agency_ids: Collection[UUID], *, day: date) -> frozenset[UUID]:
    """Return those of the agencies that are bound on the day by an agreement in force."""
    if not agency_ids:
        return frozenset()
    rows = uow.session.execute(
        select(
            AgreementParty.agency_id,
            AgreementParty.withdrawn_on,
            Agreement.ends_on,
            Agreement.superseded_on,
        )
        .join(Agreement, Agreement.id == AgreementParty.agreement_id)
        .where(
            AgreementParty.agency_id.in_(agency_ids),
            AgreementParty.signed_on <= day,
            Agreement.status == AgreementStatus.IN_FORCE,
            Agreement.starts_on <= day,
        )
    )
    return frozenset(
        row.agency_id
        for row in rows
        if all(
            ends is None or ends > day
            for ends in (row.withdrawn_on, row.ends_on, row.superseded_on)
        )
    )


def _record(row: Row[*tuple[Any, ...]]) -> Record:
    left = json.loads(row.left_out or "{}")
    agencies = None if row.agencies is None else frozenset(map(UUID, json.loads(row.agencies)))
    return Record(
        id=row.id,
        number=row.number,
        state=ConsentState(row.state),
        said_on=row.said_on,
        recorded_at=row.recorded_at,
        expires_on=row.expires_on,
        scope=ConsentScope(
            purposes=frozenset(map(Purpose, json.loads(row.purposes))),
            categories=frozenset(map(Category, json.loads(row.categories))),
            agencies=agencies,
            about=row.about,
        ),
        left_out=LeftOut(
            purposes=frozenset(map(Purpose, left.get("purposes", ()))),
            categories=frozenset(map(Category, left.get("categories", ()))),
            agencies=frozenset(map(UUID, left.get("agencies", ()))),
            in_words=row.in_words,
        ),
        giver_is_alleged_perpetrator=row.giver_is_alleged_perpetrator,
        competence=Competence(row.competence),
    )
