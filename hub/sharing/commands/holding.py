"""What the holder's people do before anything is decided: take on, ask back, say who is meant."""

from collections.abc import Callable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.people.events import (
    IdentityAskedBack,
    IdentityConfirmed,
    IdentityReopened,
    IdentityRuledOut,
    IdentityUndone,
)
from hub.people.rules.identity import confirmation
from hub.sharing.access import open_held
from hub.sharing.commands.routing import is_leaving_care, pause_clock
from hub.sharing.commands.settling import KNOWN, NOT_KNOWN, settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.events import (
    MessageForWorker,
    RelationDeclared,
    RequestAcknowledged,
    RequestAskedBack,
    SubjectSaid,
)
from hub.sharing.models import InformationRequest, RequestBar
from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import MESSAGE
from hub.sharing.states import HOLDER, REQUEST, RequestMove, RequestState

ASKED = "asked"


@dataclass(frozen=True, kw_only=True)
class AskBack:
    """A question to the asker."""

    request_id: UUID
    text: str


@dataclass(frozen=True, kw_only=True)
class SayKnown:
    """Whether the person is known to a holder that keeps no register here, and by which facts.

    ``facts`` are codes of ``people.rules.identity.FACTS``, two at least; ``consent_said`` is what
    the holder's own records say of the person's consent.
    """

    request_id: UUID
    is_known: bool
    facts: frozenset[str] = frozenset()
    consent_said: ConsentState = ConsentState.NOT_ASKED


def acknowledge_request(request_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Take a request on for the holder; twice changes nothing. Raises NotFoundError."""
    request = open_held(uow, request_id, lock=True)
    if request.acknowledged_at is not None:
        return request.id
    _refuse_settled(request)

    request.acknowledged_at, request.acknowledged_by = uow.now, uow.actor.account_id
    add_step(uow, request, "acknowledged")
    uow.emit(RequestAcknowledged(request_id=request.id))
    return request.id


def ask_back(cmd: AskBack, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Ask the asker for more; the clock stands until they answer.

    Raises NotFoundError, IllegalMoveError, RefusedError without a question.
    """
    request = open_held(uow, cmd.request_id, lock=True)
    if not cmd.text.strip():
        raise RefusedError("Enter what you need to know", field="text")

    _ask_back(uow, request, cmd.text.strip())
    settle_request(uow, request, policy)
    return request.id


def _ask_back(uow: UnitOfWork, request: InformationRequest, text: str) -> None:
    request.state = REQUEST.step(RequestState(request.state), RequestMove.ASK_BACK)
    pause_clock(uow, request)
    add_step(uow, request, "asked_back", note=text)
    uow.emit(RequestAskedBack(request_id=request.id))


def say_known(cmd: SayKnown, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Say whether the person is known to a holder that keeps no register in the hub.

    A leaving care service answers its desk's question of identity instead. Raises NotFoundError,
    RefusedError with fewer than two facts, or for a leaving care service with a question.
    """
    request = open_held(uow, cmd.request_id, lock=True)
    _refuse_settled(request)
    if request.check_id is not None and is_leaving_care(uow, request.holder_service_id):
        raise RefusedError("Answer the question who is meant; this follows from it.")
    decision = confirmation(cmd.facts, is_taken=False)
    if cmd.is_known and not decision.allowed:
        raise RefusedError(decision.reasons[0], field="facts")

    request.known = KNOWN if cmd.is_known else NOT_KNOWN
    request.known_by = uow.actor.account_id
    request.consent_said = cmd.consent_said
    facts = " ".join(sorted(cmd.facts)) if cmd.is_known else None
    add_step(uow, request, request.known, note=facts, side=HOLDER)

    uow.emit(SubjectSaid(request_id=request.id, is_known=cmd.is_known))
    settle_request(uow, request, policy)
    return request.id


def declare_relation(request_id: UUID, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Say that one knows somebody in a request: from now on it is not there for this account.

    What waited for this account waits for the others in its role. Raises NotFoundError.
    """
    request = open_held(uow, request_id, lock=True)
    bar(uow, request)
    settle_request(uow, request, policy)
    return request.id


def bar(uow: UnitOfWork, request: InformationRequest) -> None:
    """Keep the actor from a request for good."""
    account_id = uow.actor.account_id
    if account_id is None:
        return
    add_step(uow, request, "relation_declared", side=HOLDER)
    uow.session.merge(RequestBar(request_id=request.id, account_id=account_id, declared_at=uow.now))
    uow.emit(RelationDeclared(request_id=request.id, account_id=account_id))


Identity = (
    IdentityConfirmed | IdentityUndone | IdentityRuledOut | IdentityReopened | IdentityAskedBack
)


def hear_identity(policy: Callable[[], RequestPolicy]) -> Callable[[UnitOfWork, Identity], None]:
    """Return the reaction to a desk's answer who is meant in a request."""

    def react(uow: UnitOfWork, happened: Identity) -> None:
        request = uow.session.scalar(
            select(InformationRequest)
            .where(InformationRequest.check_id == happened.check_id)
            .with_for_update()
        )
        if request is None:
            return
        match happened:
            case IdentityConfirmed():
                request.known, request.person_id = KNOWN, happened.person_id
            case IdentityRuledOut():
                request.known, request.person_id = NOT_KNOWN, None
            case _:
                request.known, request.person_id = ASKED, None
        request.known_by = uow.actor.account_id
        if isinstance(happened, IdentityConfirmed) and request.pattern == MESSAGE:
            uow.emit(MessageForWorker(request_id=request.id))
        if isinstance(happened, IdentityAskedBack) and REQUEST.may(
            RequestState(request.state), RequestMove.ASK_BACK
        ):
            _ask_back(uow, request, "Please tell us more about who is meant.")
        settle_request(uow, request, policy())

    return react


def _refuse_settled(request: InformationRequest) -> None:
    if request.settled_at is not None:
        raise RefusedError("This request has its answer already.")
