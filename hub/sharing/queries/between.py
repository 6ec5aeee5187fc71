"""What lies between the two agencies of a request for one category: agreement and consent."""

from dataclasses import dataclass
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.sharing.models import InformationRequest
from hub.sharing.queries.consents import ConsentQuestion, consent_for
from hub.sharing.queries.standings import terms_between
from hub.sharing.register.standing import Asked
from hub.sharing.rules.coded import Category, CategoryRule, ConsentState, Direction
from hub.sharing.rules.consents import InEffect
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_question import Between


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
    found = terms_between(
        uow,
        asker_agency_id=request.asker_agency_id,
        holder_agency_id=request.holder_agency_id,
        asked=Asked(
            purpose=answers.purpose,
            category=category,
            direction=direction,
            subject=answers.subject_role,
        ),
        day=uow.today,
        grace_days=policy.grace_days,
    )
    said = _said(uow, request, answers, category, direction)
    return Terms(
        between=Between(
            agreement_state=found.state,
            purpose_permitted=found.purpose_permitted,
            category_rule=CategoryRule(found.category_rule),
            consent_state=said.state,
            consent_overlap=said.overlap,
            pr_is_alleged_perpetrator=said.pr_is_alleged_perpetrator,
            competence=said.competence,
        ),
        agreement_id=found.agreement_id,
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
