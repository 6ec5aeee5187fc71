"""A data protection officer advises on a request, and never approves or decides.

Source: sharing notes, section 3.8.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError
from hub.sharing.access import open_advice, open_held
from hub.sharing.commands.steps import add_step
from hub.sharing.events import AdviceAsked, AdviceGiven
from hub.sharing.models import InformationRequest, RequestAdvice
from hub.sharing.states import HOLDER, OPEN, RequestState


@dataclass(frozen=True, kw_only=True)
class AskAdvice:
    """What the holder's people want to know of their data protection officer."""

    request_id: UUID
    question: str


@dataclass(frozen=True, kw_only=True)
class GiveAdvice:
    """An officer's advice, in the version that was read."""

    advice_id: UUID
    version: int
    text: str


def ask_advice(cmd: AskAdvice, *, uow: UnitOfWork) -> UUID:
    """Ask the holder's data protection officers; return the id of the question.

    Raises NotFoundError, RefusedError without a question or once the request has its end.
    """
    request = open_held(uow, cmd.request_id, lock=True)
    if RequestState(request.state) not in OPEN:
        raise RefusedError("This request has its answer already.")
    if not cmd.question.strip():
        raise RefusedError("Enter what you want to know", field="question")
    add_step(uow, request, "advice_asked", note=cmd.question.strip(), side=HOLDER)
    return _ask(uow, request, cmd.question.strip())


def ask_by_rule(uow: UnitOfWork, request: InformationRequest) -> None:
    """Ask the officers because a rule of the table wants their advice; once for a request."""
    asked = select(RequestAdvice.id).where(
        RequestAdvice.request_id == request.id, RequestAdvice.question.is_(None)
    )
    if uow.session.scalar(asked.limit(1)) is None:
        _ask(uow, request, None)


def give_advice(cmd: GiveAdvice, *, uow: UnitOfWork) -> UUID:
    """Write advice down; what it is about decides itself no differently for it.

    Raises NotFoundError, ConflictError when another officer answered meanwhile, RefusedError
    without a text.
    """
    request, advice = open_advice(uow, cmd.advice_id)
    if advice.version != cmd.version or advice.given_at is not None:
        raise ConflictError("advice", {"text": advice.advice or ""})
    if not cmd.text.strip():
        raise RefusedError("Enter your advice", field="text")

    advice.advice = cmd.text.strip()
    advice.given_by, advice.given_at = uow.actor.account_id, uow.now
    add_step(uow, request, "advice_given", side=HOLDER)
    uow.emit(AdviceGiven(advice_id=advice.id))
    return advice.id


def _ask(uow: UnitOfWork, request: InformationRequest, question: str | None) -> UUID:
    row = RequestAdvice(
        id=uow.new_id(),
        request_id=request.id,
        agency_id=request.holder_agency_id,
        question=question,
        asked_by=uow.actor.account_id if question else None,
        asked_at=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.emit(AdviceAsked(advice_id=row.id))
    return row.id
