"""Bringing a request into order: what follows from the rows as they are, whatever happened before.

It runs whenever something happened that could matter (an answer, an identity, an approval, a
consent, an agreement), and for all open requests on a timer. Run twice it changes nothing. What it
brings about: a request that is whole goes to its holder; each line is decided by the table as the
facts are now; who must approve is asked, and what an older decision asked lapses.
"""

import json
from uuid import UUID

from sqlalchemy import select, update

from hub.db.units import UnitOfWork
from hub.sharing.commands.advising import ask_by_rule
from hub.sharing.commands.routing import route_request
from hub.sharing.events import ApprovalAsked, LineDecided, MessageForWorker
from hub.sharing.models import Approval, InformationRequest, RequestLine, SharingDecision
from hub.sharing.queries.askers import approver_agency
from hub.sharing.queries.cases import AskedCase, Put, asked_case
from hub.sharing.rules.coded import Direction
from hub.sharing.rules.decision import Approver, Decision, Outcome
from hub.sharing.rules.lines import Answered, ApprovalState, asks_approval, line_state
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.rules.request_answers import MESSAGE
from hub.sharing.rules.request_gaps import gaps, may_tell
from hub.sharing.rules.table import TABLE_VERSION, decide
from hub.sharing.states import (
    LINE_ENDS,
    REQUEST,
    SETTLED,
    LineState,
    RequestMove,
    RequestState,
)

KNOWN, NOT_KNOWN = "known", "not_known"


def settle_request(uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy) -> None:
    """Bring one request into order; the caller has locked it."""
    uow.session.flush()
    if RequestState(request.state) in SETTLED:
        _lapse(uow, request.id)
        request.next_clock_at = None
        return
    case = asked_case(uow, request, policy)
    lines = _lines(uow, request.id)
    if request.state == RequestState.HELD:
        own = _keep(uow, lines[0], Direction.TO_SERVICE, case.to_service)
        has_basis = may_tell(case.answers.purpose, own)
        if gaps(case.answers, case.facts(own_basis=has_basis)):
            return
        request.state = REQUEST.step(RequestState(request.state), RequestMove.COMPLETE)
        route_request(uow, request, case.answers, policy, case.to_service.agreement_id)
    for line in lines:
        # What was told by telephone is only still to be written down: nothing is decided any more.
        if LineState(line.state) not in LINE_ENDS and line.told_at is None:
            _settle_line(uow, request, line, case)
    uow.session.flush()


def _settle_line(
    uow: UnitOfWork, request: InformationRequest, line: RequestLine, case: AskedCase
) -> None:
    """Decide about a line as the facts are now, and ask whoever must approve it."""
    put = case.put(line.category)
    if request.known != KNOWN and not put.question.immediate_danger:
        line.state = LineState.UNDECIDED if request.known != NOT_KNOWN else LineState.REFUSING
        line.decision_id = None
        _lapse(uow, request.id, line.id)
        return
    decision = _keep(uow, line, Direction.TO_ASKER, put)
    if decision.advice:
        ask_by_rule(uow, request)
    asked = _ask(uow, request, line, decision)
    was, line.state = line.state, line_state(decision.outcome, decision.rule, asked)
    if request.pattern == MESSAGE and LineState.READY == line.state != was:
        uow.emit(MessageForWorker(request_id=request.id))


def _keep(uow: UnitOfWork, line: RequestLine, direction: Direction, put: Put) -> Decision:
    """Return what the table says, stored when it is not what it last said of the line."""
    decision = decide(put.question)
    row = SharingDecision(
        id=uow.new_id(),
        line_id=line.id,
        direction=direction,
        number=1,
        rule=decision.rule,
        table_version=TABLE_VERSION,
        outcome=decision.outcome,
        scope=decision.scope,
        approvers=json.dumps(list(decision.approvers)),
        record=json.dumps(list(decision.record)),
        reasons=json.dumps(list(decision.reasons)),
        inputs=put.inputs,
        agreement_id=put.agreement_id,
        consent_id=put.consent_id,
        decided_at=uow.now,
    )
    last = uow.session.scalar(
        select(SharingDecision)
        .where(SharingDecision.line_id == line.id, SharingDecision.direction == direction)
        .order_by(SharingDecision.number.desc())
        .limit(1)
    )
    if last is not None and _said(last) == _said(row):
        if direction is Direction.TO_ASKER:
            line.decision_id = last.id
        return decision
    row.number = last.number + 1 if last else 1
    uow.session.add(row)
    uow.session.flush()  # approvals refer to it
    if direction is Direction.TO_ASKER:
        line.decision_id = row.id
    uow.emit(LineDecided(line_id=line.id, decision_id=row.id))
    return decision


def keep_weighed(
    uow: UnitOfWork, request: InformationRequest, line: RequestLine, policy: RequestPolicy
) -> None:
    """Write behind a choice that the table left to its approvers what came of it.

    Does nothing for a line that was not theirs to choose.
    """
    last = uow.session.get(SharingDecision, line.decision_id) if line.decision_id else None
    if last is None or last.outcome != Outcome.DECIDE:
        return
    is_shared = line.state == LineState.SHARED
    put = asked_case(uow, request, policy).put(line.category)
    _keep(uow, line, Direction.TO_ASKER, put.weighed(is_shared=is_shared))


def _said(row: SharingDecision) -> tuple[object, ...]:
    return (row.rule, row.outcome, row.inputs, row.agreement_id, row.consent_id)


def _ask(
    uow: UnitOfWork, request: InformationRequest, line: RequestLine, decision: Decision
) -> list[Answered]:
    """Ask for the approvals that the decision needs; return them as they stand."""
    _lapse(uow, request.id, line.id, but=line.decision_id)
    known = {
        one.letter: one
        for one in uow.session.scalars(
            select(Approval).where(Approval.decision_id == line.decision_id)
        )
    }
    if line.decision_id is not None and asks_approval(decision.outcome, decision.rule):
        for letter in decision.approvers:
            if letter not in known:
                known[letter] = _open(uow, request, line, letter)
    return [
        Answered(
            letter=Approver(one.letter),
            state=ApprovalState(one.state),
            account_id=one.account_id,
        )
        for one in known.values()
    ]


def _open(
    uow: UnitOfWork, request: InformationRequest, line: RequestLine, letter: Approver
) -> Approval:
    approval = Approval(
        id=uow.new_id(),
        decision_id=line.decision_id,
        line_id=line.id,
        letter=letter,
        agency_id=approver_agency(uow, request, letter),
        state=ApprovalState.ASKED,
        asked_at=uow.now,
        due_at=request.due_at or uow.now,
    )
    uow.session.add(approval)
    uow.session.flush()
    uow.emit(ApprovalAsked(approval_id=approval.id))
    return approval


def _lapse(
    uow: UnitOfWork,
    request_id: UUID,
    line_id: UUID | None = None,
    *,
    but: UUID | None = None,
) -> None:
    """Let the questions lapse that an older decision, or a request with an end, still asks."""
    lines = select(RequestLine.id).where(RequestLine.request_id == request_id)
    stale = update(Approval).where(
        Approval.state == ApprovalState.ASKED,
        Approval.line_id == line_id if line_id else Approval.line_id.in_(lines),
    )
    if but is not None:
        stale = stale.where(Approval.decision_id != but)
    uow.session.execute(stale.values(state=ApprovalState.LAPSED))


def _lines(uow: UnitOfWork, request_id: UUID) -> list[RequestLine]:
    return list(
        uow.session.scalars(
            select(RequestLine)
            .where(RequestLine.request_id == request_id)
            .order_by(RequestLine.category)
        )
    )
