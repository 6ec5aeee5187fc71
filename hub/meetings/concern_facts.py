"""What is recorded of the people on an item that bears on telling their service.

The referrer recorded it in the concern, in the words of the form; here it becomes the coded facts
of the decision table. What nobody recorded stays false. What somebody said of being shared may also
stand on their register, and of the two the later counts.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select

from hub.agencies.models import Service
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.meetings.rules import purpose_of
from hub.meetings.situation import MeetingKind
from hub.people.models import Person
from hub.referrals.models import Concern
from hub.referrals.states import Basis
from hub.referrals.states import Consent as Said
from hub.sharing.queries.consents import records_of, signed_agencies
from hub.sharing.rules import (
    Category,
    Competence,
    ConsentOverlap,
    ConsentState,
    OverrideBasis,
    SubjectRole,
)
from hub.sharing.rules.consents import (
    Asked,
    ConsentScope,
    Record,
    and_said_elsewhere,
    consent_in_effect,
)

CONSENT = {
    Said.GIVEN: ConsentState.GIVEN_EXPLICIT,
    Said.NOT_GIVEN: ConsentState.REFUSED,
    Said.NOT_ASKED: ConsentState.NOT_SOUGHT_UNSAFE,
}
"""The form's last answer is that it was not possible or not safe to ask."""

BASES = {
    Basis.SERIOUS_HARM: frozenset({OverrideBasis.SAFEGUARDING}),
    Basis.SAFEGUARDING: frozenset({OverrideBasis.SAFEGUARDING}),
    Basis.CRIME: frozenset({OverrideBasis.S115, OverrideBasis.SCH1_PARA_10}),
    Basis.PUBLIC_TASK: frozenset({OverrideBasis.SCH1_PARA_6}),
    Basis.COURT_ORDER: frozenset[OverrideBasis](),
}
"""What each reason of the lawful-basis page amounts to. A court order binds whom it names, so that
it is no basis for telling anybody else."""

ROLES = {
    "victim": SubjectRole.VICTIM,
    "alleged_perpetrator": SubjectRole.ALLEGED_PERPETRATOR,
    "child": SubjectRole.CHILD,
    "other_adult": SubjectRole.FAMILY,
}


@dataclass(frozen=True, kw_only=True)
class Facts:
    """What is recorded about one person on one item, as the decision table has it."""

    subject_role: SubjectRole = SubjectRole.VICTIM
    consent_state: ConsentState = ConsentState.NOT_ASKED
    consent_overlap: ConsentOverlap = ConsentOverlap.NONE
    pr_is_alleged_perpetrator: bool = False
    competence: Competence = Competence.NOT_ASSESSED
    consent_id: UUID | None = None
    """The record of consent to cite; None where nobody asked, or the concern alone says it."""
    override_basis: frozenset[OverrideBasis] = frozenset()
    risk_of_harm: bool = False
    serious_harm_likely: bool = False
    harm_to_other: bool = False


NOTHING_RECORDED = Facts()

FactsOf = Mapping[tuple[str, str], Facts]
"""By item and person, as ids of a situation."""


def facts_of(uow: UnitOfWork, item_ids: Collection[UUID]) -> FactsOf:
    """Return what is recorded of everybody on the items who is on the register.

    In a concern only the victim was asked; the reasons for sharing without consent are the
    concern's and count for everybody in it.
    """
    rows = uow.session.execute(
        select(
            ItemPerson.item_id,
            ItemPerson.person_id,
            ItemPerson.role,
            Meeting.kind,
            Service.agency_id,
            Concern.id.label("concern_id"),
            Concern.answers,
            Concern.has_children,
            Concern.submitted_at,
        )
        .join(Item, Item.id == ItemPerson.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Person, Person.id == ItemPerson.person_id)
        .outerjoin(Service, Service.id == Person.service_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .where(ItemPerson.item_id.in_(item_ids))
    ).all()
    records = records_of(uow, {row.person_id for row in rows})
    signed = signed_agencies(uow, {row.agency_id for row in rows if row.agency_id}, day=uow.today)
    return {
        (str(row.item_id), str(row.person_id)): _facts(
            row, records.get(row.person_id, ()), row.agency_id in signed, uow.today
        )
        for row in rows
    }


def _facts(
    row: Row[*tuple[Any, ...]], records: tuple[Record, ...], is_signed: bool, day: date
) -> Facts:
    answers = json.loads(row.answers or "{}")
    asked = Asked(
        purpose=purpose_of(MeetingKind(row.kind)),
        category=Category.EXISTENCE,
        agency_id=row.agency_id,
        is_signed=is_signed,
    )
    in_concern = _said_in_concern(row, answers, asked)
    if in_concern is not None:
        records = and_said_elsewhere(records, in_concern)
    consent = consent_in_effect(records, asked, day)
    bases = {Basis(one) for one in answers.get("lawful_basis", {}).get("bases") or ()}
    return Facts(
        subject_role=ROLES[row.role],
        consent_state=consent.state,
        consent_overlap=consent.overlap,
        pr_is_alleged_perpetrator=consent.pr_is_alleged_perpetrator,
        competence=consent.competence,
        consent_id=None if consent.consent_id == row.concern_id else consent.consent_id,
        override_basis=frozenset().union(*(BASES[one] for one in bases)),
        risk_of_harm=not bases.isdisjoint({Basis.SERIOUS_HARM, Basis.SAFEGUARDING}),
        serious_harm_likely=Basis.SERIOUS_HARM in bases,
        harm_to_other=Basis.SAFEGUARDING in bases and bool(row.has_children),
    )


def _said_in_concern(
    row: Row[*tuple[Any, ...]], answers: Mapping[str, Any], asked: Asked
) -> Record | None:
    """Return what the referrer recorded of a victim as a record about this very question."""
    said = answers.get("consent", {}).get("consent")
    if row.role != SubjectRole.VICTIM or not said:
        return None
    return Record(
        id=row.concern_id,
        number=0,
        state=CONSENT[Said(said)],
        said_on=london_day(row.submitted_at),
        recorded_at=row.submitted_at,
        scope=ConsentScope(
            purposes=frozenset({asked.purpose}),
            categories=frozenset({asked.category}),
            agencies=frozenset({asked.agency_id} if asked.agency_id else ()),
        ),
    )
