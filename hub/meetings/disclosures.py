"""Asks ``sharing``, for every matched person on an item, whether their service may be told.

Each answer is stored with its rule and its coded facts, and again only when one of them changes.
Where it is no, or somebody's yes is wanting, the invitation is held back: the gap stays visible,
with an owner, until somebody settles it.
"""

import json
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.days import age_on, london_day
from hub.meetings.concern_facts import NOTHING_RECORDED, Facts, FactsOf
from hub.meetings.rules import InvitationPolicy, purpose_of
from hub.meetings.situation import CareStatus, Item, Person, Situation
from hub.sharing.events import DisclosureDecided
from hub.sharing.models import DisclosureDecision
from hub.sharing.queries import Standing, standings
from hub.sharing.rules import (
    TABLE_VERSION,
    Approver,
    Category,
    CategoryRule,
    Decision,
    Direction,
    Purpose,
    Question,
    RequestPattern,
    coded,
    decide,
    question_of,
    weighed_likewise,
)
from hub.sharing.states import AgreementState

TO_SERVICE = Direction.TO_SERVICE.value

NO_STANDING = Standing(state=AgreementState.NOT_PARTY)


@dataclass(frozen=True, kw_only=True)
class Known:
    """The latest decision on a person and an item; ``question`` None if an older table made it."""

    number: int
    rule: int
    outcome: str
    agreement_id: UUID | None
    consent_id: UUID | None
    is_named: bool
    """A named person decided, not the rule alone."""
    question: Question | None

    def stands(self, question: Question) -> bool:
        """Tell whether what a named person decided still holds of the facts as they are now.

        It does while the person says the same and the table, with what was weighed, gives the same
        answer by the same rule.
        """
        if not self.is_named or self.question is None:
            return False
        again = decide(weighed_likewise(question, self.question))
        is_same_consent = question.consent_state is self.question.consent_state
        return is_same_consent and again.tells and again.rule == self.rule


def may_go(decision: Decision) -> bool:
    """Tell whether the service may be told with no more than the case having been listed.

    To list a case is the duty worker's yes. Whatever needs anybody else's is held.
    """
    return decision.tells and set(decision.approvers) <= {Approver.DUTY_WORKER}


def decide_telling(
    uow: UnitOfWork, situation: Situation, facts: FactsOf, policy: InvitationPolicy
) -> set[tuple[str, str]]:
    """Store what is newly decided; return the (item, person) pairs whose service may be told."""
    persons = {one.id: one for one in situation.persons}
    matched = [
        (item, persons[place.person])
        for item in situation.items
        for place in item.people
        if persons[place.person].care_status is CareStatus.CARE_EXPERIENCED
    ]
    of_person = {person.id: _service_of(person, situation) for _, person in matched}
    services = {UUID(one) for one in of_person.values() if one}
    purpose = purpose_of(situation.meeting.kind)
    standing = standings(uow, services, purpose, day=uow.today, grace_days=policy.review_grace_days)
    known = latest_decisions(uow, [UUID(item.id) for item, _ in matched])
    allowed: set[tuple[str, str]] = set()
    for item, person in matched:
        service = of_person[person.id]
        where = standing.get(UUID(service), NO_STANDING) if service else NO_STANDING
        age = _age(person, item, situation)
        said = facts.get((item.id, person.id), NOTHING_RECORDED)
        question = _question(purpose, where, said, age)
        before = known.get((item.id, person.id))
        if before is not None and before.stands(question):
            allowed.add((item.id, person.id))
            continue
        decision = decide(question)
        if may_go(decision):
            allowed.add((item.id, person.id))
        cites = (where.agreement_id, said.consent_id)
        if before is None or _is_news(before, decision, question, cites):
            about = DisclosureDecision(
                item_id=UUID(item.id),
                person_id=UUID(person.id),
                service_id=UUID(service) if service else None,
                agreement_id=where.agreement_id,
                consent_id=said.consent_id,
                number=before.number + 1 if before else 1,
            )
            store(uow, about, question, decision)
            uow.emit(
                DisclosureDecided(
                    decision_id=about.id, item_id=about.item_id, person_id=about.person_id
                )
            )
    return allowed


def store(uow: UnitOfWork, row: DisclosureDecision, question: Question, decision: Decision) -> None:
    """Complete the row with the question and what was decided on it, and keep it."""
    row.id, row.direction = uow.new_id(), TO_SERVICE
    row.outcome, row.scope, row.rule = decision.outcome.value, decision.scope.value, decision.rule
    row.table_version = TABLE_VERSION
    row.approvers = " ".join(decision.approvers)
    row.reasons = " ".join(decision.reasons)
    row.inputs, row.decided_at = json.dumps(coded(question), sort_keys=True), uow.now
    uow.session.add(row)


def latest_decisions(uow: UnitOfWork, item_ids: list[UUID]) -> dict[tuple[str, str], Known]:
    """Return the latest decision by item and person."""
    rows = uow.session.execute(
        select(
            DisclosureDecision.item_id,
            DisclosureDecision.person_id,
            DisclosureDecision.number,
            DisclosureDecision.rule,
            DisclosureDecision.outcome,
            DisclosureDecision.agreement_id,
            DisclosureDecision.consent_id,
            DisclosureDecision.decided_by,
            DisclosureDecision.table_version,
            DisclosureDecision.inputs,
        )
        .where(DisclosureDecision.item_id.in_(item_ids))
        .order_by(DisclosureDecision.number)
    )
    last = {(str(row.item_id), str(row.person_id)): row for row in rows}
    return {
        place: Known(
            number=row.number,
            rule=row.rule,
            outcome=row.outcome,
            agreement_id=row.agreement_id,
            consent_id=row.consent_id,
            is_named=row.decided_by is not None,
            question=(
                question_of(json.loads(row.inputs)) if row.table_version == TABLE_VERSION else None
            ),
        )
        for place, row in last.items()
    }


def _question(purpose: Purpose, where: Standing, said: Facts, age: int | None) -> Question:
    """Return whether the service may learn that its person is in a case.

    Whoever raised it was signed in. Cases come up again and again, so that without an agreement
    one comes first; only agreements that name the purpose were looked at. A case that is listed at
    a MARAC was found to be of high risk.
    """
    return Question(
        purpose=purpose,
        category=Category.EXISTENCE,
        requester_identity_verified=True,
        request_pattern=RequestPattern.REPEAT,
        agreement_state=where.state,
        purpose_permitted=where.state is not AgreementState.NOT_PARTY,
        category_rule=CategoryRule(where.category_rule),
        subject_role=said.subject_role,
        subject_age=age,
        subject_competence=said.competence,
        consent_state=said.consent_state,
        consent_overlap=said.consent_overlap,
        pr_is_alleged_perpetrator=said.pr_is_alleged_perpetrator,
        override_basis=said.override_basis,
        marac_high_risk=purpose is Purpose.MARAC_RISK,
        risk_of_harm=said.risk_of_harm,
        serious_harm_likely=said.serious_harm_likely,
        harm_to_other=said.harm_to_other,
    ).to_service({})


def _is_news(
    before: Known, decision: Decision, question: Question, cites: tuple[UUID | None, UUID | None]
) -> bool:
    """Tell whether the decision, what it cites or a fact is not the latest kept."""
    kept = (before.rule, before.outcome, before.agreement_id, before.consent_id, before.question)
    return kept != (decision.rule, decision.outcome.value, *cites, question)


def _service_of(person: Person, situation: Situation) -> str | None:
    """Return the responsible service, or that of the worker where the register names none."""
    workers = {worker.id: worker.service for worker in situation.workers}
    allocated = (workers[one.worker] for one in situation.allocations if one.person == person.id)
    return person.service or next(allocated, None)


def _age(person: Person, item: Item, situation: Situation) -> int | None:
    """Return the person's age on the London day of the item, None if it is not known."""
    if person.date_of_birth is None:
        return None
    return age_on(person.date_of_birth, london_day(item.starts_at or situation.meeting.starts_at))
