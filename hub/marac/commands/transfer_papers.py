"""Papers that go with a case to another area, those that are missed there, and the risk there."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.events import (
    TransferPaperAnswered,
    TransferPaperAsked,
    TransferPaperChased,
    TransferPapersSent,
    TransferRiskSaid,
)
from hub.marac.models import Transfer, TransferAsk, TransferPaper
from hub.marac.queries.areas import closed_days
from hub.marac.queries.transfer_papers import case_papers, papers_gone
from hub.marac.rules.transfer_papers import (
    Missing,
    PaperKey,
    Problem,
    RiskIs,
    answer_problem,
    risk_problem,
    unknown_papers,
)
from hub.marac.rules.transfers import answer_by, asked_again
from hub.marac.transfer_doors import open_ask, open_received


@dataclass(frozen=True, kw_only=True)
class AskPaper:
    """Ask the sending area for a sort of paper that is missed."""

    transfer_id: UUID
    what: Missing


@dataclass(frozen=True, kw_only=True)
class AnswerAsk:
    """Send what is missed, or say why not."""

    ask_id: UUID
    papers: tuple[PaperKey, ...] = ()
    refusal: str = ""


@dataclass(frozen=True, kw_only=True)
class SayRisk:
    """Say what came of assessing the risk again after the move, in the version that was read."""

    transfer_id: UUID
    version: int
    risk_is: RiskIs
    on: date | None = None
    note: str = ""


def let_go(uow: UnitOfWork, transfer: Transfer, papers: Collection[PaperKey]) -> None:
    """Let papers of the case go to the receiving area.

    Ask the permission first. Raises RefusedError for one that may not go, or went already.
    """
    if not papers:
        return
    may_go = case_papers(uow, transfer.concern_id).keys - papers_gone(uow, transfer.id)
    _refuse(unknown_papers(papers, may_go))
    for one in sorted(set(papers)):
        uow.session.add(
            TransferPaper(
                id=uow.new_id(),
                transfer_id=transfer.id,
                kind=one.kind,
                about_id=one.about_id,
                sent_at=uow.now,
                sent_by=_account(uow),
            )
        )
    uow.emit(TransferPapersSent(transfer_id=transfer.id, papers=len(set(papers))))


def ask_paper(cmd: AskPaper, *, uow: UnitOfWork) -> UUID:
    """Ask for a paper that is missed, and return the id of the question.

    Raises NotFoundError unless a co-ordinator of the receiving area acts that has taken the case
    over, RefusedError while another question waits.
    """
    transfer = open_received(uow, cmd.transfer_id)
    waits = select(TransferAsk.id).where(
        TransferAsk.transfer_id == transfer.id, TransferAsk.answered_at.is_(None)
    )
    if uow.session.scalar(waits.limit(1)) is not None:
        raise RefusedError("You have asked for a paper already. Wait for the answer, or ring them.")
    closed = closed_days(uow, transfer.from_area_id)
    due_on = answer_by(uow.now, closed)
    ask = TransferAsk(
        id=uow.new_id(),
        transfer_id=transfer.id,
        what=cmd.what,
        asked_by=_account(uow),
        asked_at=uow.now,
        due_on=due_on,
        chase_at=asked_again(due_on, closed),
    )
    uow.session.add(ask)
    uow.emit(TransferPaperAsked(ask_id=ask.id, transfer_id=transfer.id))
    return ask.id


def answer_ask(cmd: AnswerAsk, *, uow: UnitOfWork) -> UUID:
    """Send what is missed or say why not, and return the transfer's id.

    Raises NotFoundError unless a co-ordinator of the sending area acts, ConflictError when a
    colleague was faster, RefusedError for neither papers nor a reason, for both, or for a paper
    that may not go.
    """
    ask = open_ask(uow, cmd.ask_id)
    if ask.answered_at is not None:
        raise ConflictError("the answer", {})
    _refuse(answer_problem(cmd.papers, cmd.refusal))
    let_go(uow, uow.session.get_one(Transfer, ask.transfer_id), cmd.papers)
    ask.answered_at, ask.answered_by = uow.now, _account(uow)
    ask.refusal, ask.chase_at = cmd.refusal.strip() or None, None
    uow.emit(TransferPaperAnswered(ask_id=ask.id, transfer_id=ask.transfer_id))
    return ask.transfer_id


def chase_asks(uow: UnitOfWork, *, limit: int) -> int:
    """Ask again the areas that have not answered for a paper; return how many were."""
    due = uow.session.scalars(
        select(TransferAsk)
        .where(TransferAsk.chase_at <= uow.now)
        .order_by(TransferAsk.chase_at, TransferAsk.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for ask in due:
        from_area_id = uow.session.get_one(Transfer, ask.transfer_id).from_area_id
        ask.chase_at = asked_again(uow.today, closed_days(uow, from_area_id))
        uow.emit(TransferPaperChased(ask_id=ask.id, transfer_id=ask.transfer_id))
    return len(due)


def say_risk(cmd: SayRisk, *, uow: UnitOfWork) -> UUID:
    """Keep what came of assessing the risk again, and return the transfer's id.

    It can be said anew as often as the risk is assessed. Raises NotFoundError unless a co-ordinator
    of the receiving area acts that has taken the case over, ConflictError when it was said since it
    was read, RefusedError without a day since the move, or none without a reason.
    """
    transfer = open_received(uow, cmd.transfer_id)
    if transfer.version != cmd.version:
        raise ConflictError("the assessment", {})
    _refuse(risk_problem(cmd.risk_is, cmd.on, cmd.note, told_on=transfer.told_on, today=uow.today))
    is_assessed = cmd.risk_is is not RiskIs.NOT_ASSESSED
    transfer.risk_is, transfer.risk_on = cmd.risk_is, cmd.on if is_assessed else None
    transfer.risk_note = cmd.note.strip() or None
    transfer.risk_at, transfer.risk_by = uow.now, _account(uow)
    uow.emit(TransferRiskSaid(transfer_id=transfer.id))
    return transfer.id


def _refuse(problem: Problem | None) -> None:
    if problem is not None:
        raise RefusedError(problem.why, field=problem.field)


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotFoundError("a person sends papers and asks for them")
    return uow.actor.account_id
