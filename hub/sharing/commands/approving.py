"""Saying yes or no to a line: both risks in writing, by somebody who neither asked nor releases."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.sharing.access import open_approval
from hub.sharing.commands.holding import bar
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.events import ApprovalAnswered
from hub.sharing.models import Approval
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.lines import Answered, ApprovalState, may_approve
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import HOLDER

SHORTEST_RISK = 20
"""A risk in fewer letters than these is not a risk written down. A product choice."""


@dataclass(frozen=True, kw_only=True)
class AnswerApproval:
    """A yes or no, in the version that was read, with both risks and the reason for this item.

    ``knows_nobody`` is the declaration that the approver has to do with nobody in the request.
    """

    approval_id: UUID
    version: int
    is_approved: bool
    risk_of_sharing: str
    risk_of_not_sharing: str
    reason: str
    knows_nobody: bool


def answer_approval(cmd: AnswerApproval, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Answer an approval and return its id.

    Before the answer counts, the line is decided again as the facts are now: an approval whose
    decision is gone has lapsed. Raises NotFoundError, ConflictError when somebody answered
    meanwhile or it lapsed, NotAllowedError for whoever asked or answered another part of the line,
    RefusedError without both risks.
    """
    request, approval = open_approval(uow, cmd.approval_id)
    permit(uow.actor, Permission.APPROVAL_GIVE, {Fact.SAME_AGENCY})
    settle_request(uow, request, policy)
    uow.session.refresh(approval)
    if approval.version != cmd.version or approval.state != ApprovalState.ASKED:
        raise ConflictError("approval", _answer_of(approval))
    account_id = uow.actor.account_id
    if account_id is None:
        raise NotAllowedError("an approval is given by a person")
    beside = answered_of(uow, approval.line_id, approval.decision_id)
    decision = may_approve(account_id, request.asker_id, beside)
    if not decision.allowed:
        raise NotAllowedError(decision.reasons[0])
    _refuse_unwritten(cmd)

    approval.state = ApprovalState.APPROVED if cmd.is_approved else ApprovalState.REFUSED
    approval.account_id, approval.decided_at = account_id, uow.now
    approval.risk_of_sharing = cmd.risk_of_sharing.strip()
    approval.risk_of_not_sharing = cmd.risk_of_not_sharing.strip()
    approval.reason = cmd.reason.strip()
    add_step(uow, request, "approved" if cmd.is_approved else "approval_refused", side=HOLDER)

    uow.emit(ApprovalAnswered(approval_id=approval.id, is_approved=cmd.is_approved))
    settle_request(uow, request, policy)
    return approval.id


def decline_to_approve(approval_id: UUID, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Say that one knows somebody in the request: another person in the role is asked.

    From now on nothing of the request is there for this account. Raises NotFoundError.
    """
    request, approval = open_approval(uow, approval_id)
    bar(uow, request)
    settle_request(uow, request, policy)
    return approval.id


def answered_of(uow: UnitOfWork, line_id: UUID, decision_id: UUID | None = None) -> list[Answered]:
    """Return the approvals of a line that somebody has answered.

    Under whichever decision, or under the one given: who approved what stands no longer may be
    asked again about what does.
    """
    wanted = select(Approval.letter, Approval.state, Approval.account_id).where(
        Approval.line_id == line_id, Approval.account_id.is_not(None)
    )
    if decision_id is not None:
        wanted = wanted.where(Approval.decision_id == decision_id)
    rows = uow.session.execute(wanted)
    return [
        Answered(letter=Approver(letter), state=ApprovalState(state), account_id=account_id)
        for letter, state, account_id in rows
    ]


def _answer_of(approval: Approval) -> dict[str, str]:
    """Return what stands as the answer, for somebody of the same role who has another."""
    texts = ("risk_of_sharing", "risk_of_not_sharing", "reason")
    written = {name: getattr(approval, name) or "" for name in texts}
    return written | {"state": approval.state}


def _refuse_unwritten(cmd: AnswerApproval) -> None:
    if not cmd.knows_nobody:
        raise RefusedError(
            "Confirm that you know nobody in this request, or say that you do",
            field="knows_nobody",
        )
    risks = (
        ("risk_of_sharing", cmd.risk_of_sharing, "what could happen if it is shared"),
        ("risk_of_not_sharing", cmd.risk_of_not_sharing, "what could happen if it is not shared"),
    )
    for field, text, what in risks:
        if len(text.strip()) < SHORTEST_RISK:
            raise RefusedError(f"Write {what}, in {SHORTEST_RISK} letters or more", field=field)
    if not cmd.reason.strip():
        raise RefusedError("Write why you decide so", field="reason")
