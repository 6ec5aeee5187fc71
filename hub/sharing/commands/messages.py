"""Answering a message to a worker: what they choose to write comes back, or nothing does.

It leaves by the same door as any other answer: the table decides again in the moment in which it
leaves, a duty worker has let it go, and it stands in the person's log. Source: sharing notes,
section 2, row 10, and section 5.2.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.sharing.access import open_message
from hub.sharing.commands.leaving import Record, ShareLine
from hub.sharing.commands.releasing import WithholdLine, share_line, withhold_line
from hub.sharing.models import Approval, InformationRequest, RequestLine
from hub.sharing.queries.cases import answers_of
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.states import LineState

LESS_INTRUSIVE = "Nothing was asked for but a word from the worker, who chose what to write."


@dataclass(frozen=True, kw_only=True)
class AnswerMessage:
    """What a worker writes back.

    ``was_told``: whether the young person knows that it is answered; ``knows_nobody``: that the
    worker has to do with nobody in the case outside their work.
    """

    request_id: UUID
    words: str
    was_told: bool
    knows_nobody: bool
    why_not_told: str = ""
    revisit_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class LeaveMessage:
    """Bring nothing back; the reason is for the record alone."""

    request_id: UUID
    why: str


def answer_message(cmd: AnswerMessage, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Let a worker's words go back to whoever wrote, and return the disclosure's id.

    Raises NotFoundError, NotAllowedError, RefusedError while it may not leave or something lacks.
    """
    request = open_message(uow, cmd.request_id)
    line = _line(uow, request)
    if not cmd.words.strip():
        raise RefusedError("Enter what you write back", field="words")
    if line.state in {LineState.WAITING, LineState.HELD}:
        raise RefusedError("It may not be answered yet. Look at what it waits for.")
    risks = _risks(uow, line.id)
    record = Record(
        necessity=answers_of(request).text(AskPage.WHY, "necessity"),
        less_intrusive=LESS_INTRUSIVE,
        risk_of_sharing=risks[0],
        risk_of_not_sharing=risks[1],
    )
    shared = ShareLine(
        line_id=line.id,
        words=cmd.words,
        record=record,
        was_told=cmd.was_told,
        knows_nobody=cmd.knows_nobody,
        why_not_told=cmd.why_not_told,
        revisit_on=cmd.revisit_on,
        worker_agrees=True,
    )
    return share_line(shared, uow=uow, policy=policy)


def leave_message(cmd: LeaveMessage, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Bring nothing back; whoever wrote reads the words that they read of somebody unknown.

    Returns the line's id. Raises NotFoundError, RefusedError without a reason.
    """
    request = open_message(uow, cmd.request_id)
    withheld = WithholdLine(line_id=_line(uow, request).id, why=cmd.why)
    return withhold_line(withheld, uow=uow, policy=policy)


def _line(uow: UnitOfWork, request: InformationRequest) -> RequestLine:
    """Return the one line that a message has."""
    return uow.session.scalars(
        select(RequestLine).where(RequestLine.request_id == request.id)
    ).one()


def _risks(uow: UnitOfWork, line_id: UUID) -> tuple[str, str]:
    """Return what whoever let it go wrote of both risks."""
    rows = uow.session.execute(
        select(Approval.risk_of_sharing, Approval.risk_of_not_sharing).where(
            Approval.line_id == line_id, Approval.state == ApprovalState.APPROVED
        )
    ).all()
    both = zip(*rows, strict=True) if rows else ((), ())
    first, second = ("\n".join(one for one in texts if one) for texts in both)
    return first, second
