"""What a concern says of the people on its item that bears on telling their service.

The referrer recorded it, in the words of the form; here it becomes the coded facts of the decision
table. What nobody recorded stays false.
"""

import json
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.meetings.models import Item, ItemPerson
from hub.referrals.models import Concern
from hub.referrals.states import Basis
from hub.referrals.states import Consent as Said
from hub.sharing.rules import ConsentState, OverrideBasis, SubjectRole

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
    override_basis: frozenset[OverrideBasis] = frozenset()
    risk_of_harm: bool = False
    serious_harm_likely: bool = False
    harm_to_other: bool = False


NOTHING_RECORDED = Facts()

FactsOf = Mapping[tuple[str, str], Facts]
"""By item and person, as ids of a situation."""


def facts_of(uow: UnitOfWork, item_ids: Collection[UUID]) -> FactsOf:
    """Return what is recorded of everybody on the items who is on the register.

    Only a victim was asked to agree; the reasons for sharing without consent are the concern's and
    count for everybody in it.
    """
    rows = uow.session.execute(
        select(
            ItemPerson.item_id,
            ItemPerson.person_id,
            ItemPerson.role,
            Concern.answers,
            Concern.has_children,
        )
        .join(Item, Item.id == ItemPerson.item_id)
        .join(Concern, Concern.id == Item.concern_id)
        .where(ItemPerson.item_id.in_(item_ids), ItemPerson.person_id.is_not(None))
    )
    return {
        (str(row.item_id), str(row.person_id)): _facts(
            row.role, json.loads(row.answers), has_children=row.has_children
        )
        for row in rows
    }


def _facts(role: str, answers: Mapping[str, Any], *, has_children: bool) -> Facts:
    said = answers.get("consent", {}).get("consent") if role == SubjectRole.VICTIM else None
    bases = {Basis(one) for one in answers.get("lawful_basis", {}).get("bases") or ()}
    return Facts(
        subject_role=ROLES[role],
        consent_state=CONSENT[Said(said)] if said else ConsentState.NOT_ASKED,
        override_basis=frozenset().union(*(BASES[one] for one in bases)),
        risk_of_harm=not bases.isdisjoint({Basis.SERIOUS_HARM, Basis.SAFEGUARDING}),
        serious_harm_likely=Basis.SERIOUS_HARM in bases,
        harm_to_other=Basis.SAFEGUARDING in bases and has_children,
    )
