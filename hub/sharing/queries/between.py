"""What lies between the two agencies of a request for one category: agreement and consent."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.orm import aliased

from hub.db.units import UnitOfWork
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementParty,
    AgreementPurpose,
    InformationRequest,
)
from hub.sharing.queries.consents import ConsentQuestion, consent_for
from hub.sharing.rules.coded import Category, CategoryRule, ConsentState, Direction
from hub.sharing.rules.consents import InEffect
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_question import Between
from hub.sharing.states import AgreementState, AgreementStatus, agreement_state, best
from hub.sharing.states import Terms as AgreementTerms


@dataclass(frozen=True, kw_only=True)
class Terms:
    """What lies between, and the agreement and consent to cite."""

    between: Between
    agreement_id: UUID | None = None
    consent_id: UUID | None = None


def between(
    uow: UnitOfWork,
    request: InformationRequest,
    answers: AskAnswers,
    category: Category,
    direction: Direction,
    policy: RequestPolicy,
) -> Terms:
    """Return what the best agreement of both agencies and the person's consent amount to."""
    asker, holder = aliased(AgreementParty), aliased(AgreementParty)
    rows = uow.session.execute(
        select(
            Agreement,
            asker.signed_on,
            asker.withdrawn_on,
            holder.signed_on,
            holder.withdrawn_on,
            AgreementCategory.rule,
        )
        .join(asker, asker.agreement_id == Agreement.id)
        .join(holder, holder.agreement_id == Agreement.id)
        .outerjoin(
            AgreementCategory,
            (AgreementCategory.agreement_id == Agreement.id)
            & (AgreementCategory.category == category),
        )
        .where(
            asker.agency_id == request.asker_agency_id,
            holder.agency_id == request.holder_agency_id,
        )
    ).all()
    found: list[tuple[AgreementState, UUID, str | None]] = []
    for row, *signatures, rule in rows:
        signed = all(on is not None and on <= uow.today for on in signatures[::2])
        left = any(on is not None and on <= uow.today for on in signatures[1::2])
        terms = AgreementTerms(
            status=AgreementStatus(row.status),
            starts_on=row.starts_on,
            ends_on=row.ends_on,
            review_on=row.review_on,
            is_signed=signed and not left,
        )
        found.append((agreement_state(terms, uow.today, policy.grace_days), row.id, rule))
    state = best(one[0] for one in found)
    counts = next((one for one in found if one[0] is state), None)
    agreement_id = counts[1] if counts else None
    rule = (counts[2] if counts else None) or CategoryRule.EXCLUDED
    permitted = agreement_id is not None and uow.session.scalar(
        select(AgreementPurpose.purpose).where(
            AgreementPurpose.agreement_id == agreement_id,
            AgreementPurpose.purpose == answers.purpose,
        )
    )
    said = _said(uow, request, answers, category, direction)
    return Terms(
        between=Between(
            agreement_state=state,
            purpose_permitted=bool(permitted),
            category_rule=CategoryRule(rule),
            consent_state=said.state,
            consent_overlap=said.overlap,
            pr_is_alleged_perpetrator=said.pr_is_alleged_perpetrator,
            competence=said.competence,
        ),
        agreement_id=agreement_id,
        consent_id=said.consent_id,
    )


def _said(
    uow: UnitOfWork,
    request: InformationRequest,
    answers: AskAnswers,
    category: Category,
    direction: Direction,
) -> InEffect:
    """Return what the person's records amount to, else what the two sides say of consent.

    The holder's register speaks for what the holder would tell; of what the asker tells by asking
    the asker speaks, who must not learn from the answer that there is a register.
    """
    if direction is Direction.TO_SERVICE:
        asker_says = answers.of(AskPage.CONSENT, "consent_state")
        return InEffect(state=ConsentState(asker_says or ConsentState.NOT_ASKED), why="")
    if request.person_id is not None:
        question = ConsentQuestion(
            person_id=request.person_id,
            purpose=answers.purpose,
            category=category,
            agency_id=request.asker_agency_id,
            about=request.id,
        )
        found = consent_for(uow, question, day=uow.today)
        if found.record is not None:
            return found
    return InEffect(state=ConsentState(request.consent_said or ConsentState.NOT_ASKED), why="")
