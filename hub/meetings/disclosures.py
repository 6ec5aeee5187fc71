"""Asks ``sharing``, for every matched person on an item, whether their service may be told.

Each answer is stored with its rule, and again only when the answer changes. Where it is no, the
invitation is held back: the gap stays visible, with an owner, until somebody settles it.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import age_on, london_day
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.meetings.rules import InvitationPolicy, purpose_of
from hub.meetings.situation import CareStatus, Person, Situation
from hub.sharing.events import DisclosureDecided, RefusalOutweighed
from hub.sharing.models import DisclosureDecision
from hub.sharing.queries import Standing, standings
from hub.sharing.rules.listing import (
    REFUSED_RULE,
    WEIGHED_RULE,
    Consent,
    Decision,
    Outcome,
    Question,
    may_tell_service,
)
from hub.sharing.states import AgreementState

TO_SERVICE = "to_service"
SHORTEST_RISK = 20
ADULT = 18

NO_STANDING = Standing(state=AgreementState.NOT_PARTY, agreement_id=None, existence_excluded=False)


@dataclass(frozen=True, kw_only=True)
class OutweighRefusal:
    """Both risks, as whoever decides sees them."""

    item_id: UUID
    person_id: UUID
    risk_of_sharing: str
    risk_of_not_sharing: str


def decide(
    uow: UnitOfWork,
    situation: Situation,
    consents: Mapping[tuple[str, str], Consent],
    policy: InvitationPolicy,
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
    known = _latest(uow, [UUID(item.id) for item, _ in matched])
    allowed: set[tuple[str, str]] = set()
    for item, person in matched:
        service = of_person[person.id]
        where = standing.get(UUID(service), NO_STANDING) if service else NO_STANDING
        question = Question(
            agreement=where.state,
            purpose=purpose,
            existence_excluded=where.existence_excluded,
            consent=consents.get((item.id, person.id), Consent.NOT_ASKED),
            is_under_18=_is_under_18(person, item.starts_at or situation.meeting.starts_at),
        )
        decision = may_tell_service(question)
        number, *before = known.get((item.id, person.id), (0, None))
        is_outweighed = decision.rule == REFUSED_RULE and before[0] == WEIGHED_RULE
        if decision.allowed or is_outweighed:
            allowed.add((item.id, person.id))
        if is_outweighed:
            continue
        if before != [decision.rule, decision.outcome.value, where.agreement_id]:
            about = DisclosureDecision(
                item_id=UUID(item.id),
                person_id=UUID(person.id),
                service_id=UUID(service) if service else None,
                agreement_id=where.agreement_id,
                number=number + 1,
            )
            _store(uow, about, question, decision)
    return allowed


def outweigh_refusal(cmd: OutweighRefusal, *, uow: UnitOfWork) -> UUID:
    """Decide by name that the harm outweighs the person's refusal, and return the decision's id.

    The invitation that was held is written in the same transaction. Raises NotAllowedError unless
    an information governance lead acts, and RefusedError when both risks are not written down or
    nothing is held by a refusal.
    """
    if not uow.actor.has(Role.GOVERNANCE_LEAD) or uow.actor.account_id is None:
        raise NotAllowedError("Only an information governance lead can decide this.")
    for field, text in (("sharing", cmd.risk_of_sharing), ("silence", cmd.risk_of_not_sharing)):
        if len(text.strip()) < SHORTEST_RISK:
            raise RefusedError("Write both risks down, each in a sentence.", field=f"risk_{field}")
    latest = uow.session.scalar(
        select(DisclosureDecision)
        .where(
            DisclosureDecision.item_id == cmd.item_id,
            DisclosureDecision.person_id == cmd.person_id,
        )
        .order_by(DisclosureDecision.number.desc())
        .limit(1)
    )
    if latest is None or latest.rule != REFUSED_RULE:
        raise RefusedError("Nothing is held here by a refusal any more.")
    weighing = {"sharing": cmd.risk_of_sharing, "not_sharing": cmd.risk_of_not_sharing}
    row = DisclosureDecision(
        id=uow.new_id(),
        item_id=cmd.item_id,
        person_id=cmd.person_id,
        service_id=latest.service_id,
        agreement_id=latest.agreement_id,
        direction=TO_SERVICE,
        outcome=Outcome.HIT.value,
        rule=WEIGHED_RULE,
        number=latest.number + 1,
        reasons="A named person weighed both risks: the harm outweighs the refusal.",
        inputs=latest.inputs,
        weighing=json.dumps(weighing),
        decided_by=uow.actor.account_id,
        decided_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(RefusalOutweighed(decision_id=row.id, item_id=row.item_id, person_id=row.person_id))
    return row.id


def _service_of(person: Person, situation: Situation) -> str | None:
    """Return the responsible service, or that of the worker where the register names none."""
    workers = {worker.id: worker.service for worker in situation.workers}
    allocated = (workers[one.worker] for one in situation.allocations if one.person == person.id)
    return person.service or next(allocated, None)


def _is_under_18(person: Person, starts_at: datetime) -> bool:
    """Tell whether the person is known to be under 18 on the London day of the item."""
    return person.date_of_birth is not None and (
        age_on(person.date_of_birth, london_day(starts_at)) < ADULT
    )


def _latest(
    uow: UnitOfWork, item_ids: list[UUID]
) -> dict[tuple[str, str], tuple[int, *tuple[object, ...]]]:
    rows = uow.session.execute(
        select(
            DisclosureDecision.item_id,
            DisclosureDecision.person_id,
            DisclosureDecision.number,
            DisclosureDecision.rule,
            DisclosureDecision.outcome,
            DisclosureDecision.agreement_id,
        )
        .where(DisclosureDecision.item_id.in_(item_ids))
        .order_by(DisclosureDecision.number)
    )
    return {
        (str(row.item_id), str(row.person_id)): (
            row.number,
            row.rule,
            row.outcome,
            row.agreement_id,
        )
        for row in rows
    }


def _store(
    uow: UnitOfWork, row: DisclosureDecision, question: Question, decision: Decision
) -> None:
    """Complete the row with the decision and keep it."""
    inputs = {
        "agreement": question.agreement.value,
        "purpose": question.purpose.value,
        "existence_excluded": question.existence_excluded,
        "consent": question.consent.value,
        "is_under_18": question.is_under_18,
    }
    row.id, row.direction = uow.new_id(), TO_SERVICE
    row.outcome, row.rule = decision.outcome.value, decision.rule
    row.reasons = " ".join(decision.reasons)
    row.inputs, row.decided_at = json.dumps(inputs, sort_keys=True), uow.now
    uow.session.add(row)
    uow.emit(DisclosureDecided(decision_id=row.id, item_id=row.item_id, person_id=row.person_id))
