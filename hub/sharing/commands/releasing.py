"""Letting a line out, or withholding it; each is written down, and a request ends with its lines.

Nothing is let out on yesterday's decision: the line is decided again in the very transaction in
which it leaves, so an agreement that ended or a consent that was withdrawn since stops it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.kernel.working_days import working_days_after
from hub.sharing.access import open_line
from hub.sharing.commands.answer_files import answer_files, drop_answer_files
from hub.sharing.commands.approving import answered_of
from hub.sharing.commands.leaving import (
    ShareLine,
    is_only_the_way,
    refuse_related,
    refuse_untold,
    refuse_unwritten,
    words_to_leave,
)
from hub.sharing.commands.settling import keep_weighed, settle_request
from hub.sharing.commands.steps import add_step, refuse_suspended
from hub.sharing.events import LineShared, LineWithheld, RequestSettled
from hub.sharing.models import Disclosure, InformationRequest, RequestLine, SharingDecision
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.lines import how_settled, may_release
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import HOLDER, LINE_ENDS, REQUEST, LineState, RequestMove, RequestState

WEIGHED = ("risk_of_sharing", "risk_of_not_sharing", "view_of_person", "advice")
"""What is kept with a no, as it is with a yes."""


@dataclass(frozen=True, kw_only=True)
class WithholdLine:
    """Do not answer a line; the reason is for the record, and the asker gets the usual words."""

    line_id: UUID
    why: str
    risk_of_sharing: str = ""
    risk_of_not_sharing: str = ""
    view_of_person: str = ""
    advice: str = ""


def share_line(cmd: ShareLine, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Let a line out and return the disclosure's id.

    Raises NotFoundError, NotAllowedError for whoever asked or approved, RefusedError when the line
    may not leave as the facts are now, or when something is not written down.
    """
    request, line = open_line(uow, cmd.line_id)
    if line.state == LineState.SHARED:
        raise RefusedError("This has been shared already.")
    settle_request(uow, request, policy)
    if line.state != LineState.READY:
        raise RefusedError(
            "This may not leave now: something has changed since you opened the page. Look at "
            "the request again."
        )
    _separate(uow, request, line)
    if line.told_at is None:
        refuse_suspended(uow, (request.holder_agency_id, request.asker_agency_id))
    decision = uow.session.get_one(SharingDecision, line.decision_id)
    words = words_to_leave(uow, request, decision, cmd)
    refuse_related(cmd, line)
    refuse_unwritten(replace(cmd, words=words), line, decision)
    refuse_untold(cmd, line, uow.now)
    files = answer_files(uow, line.id)
    if files and is_only_the_way(decision, cmd):
        raise RefusedError("Take the files out: no more than how to reach the service may be told")
    told_at = line.told_at or cmd.shared_at

    _end(uow, line, LineState.SHARED, cmd.record.withheld.strip() or None)
    keep_weighed(uow, request, line, policy)
    disclosure = Disclosure(
        id=uow.new_id(),
        person_id=request.person_id,
        line_id=line.id,
        decision_id=line.decision_id,
        agreement_id=decision.agreement_id,
        consent_id=decision.consent_id,
        purpose=request.purpose,
        category=line.category,
        from_agency_id=request.holder_agency_id,
        to_agency_id=request.asker_agency_id,
        to_account_id=request.asker_id,
        shared=words,
        sha256=hashlib.sha256(words.encode()).hexdigest(),
        record=json.dumps(
            asdict(cmd.record) | {"files": [f"{one.name} ({one.sha256})" for one in files]}
        ),
        method=cmd.method,
        shared_at=told_at or uow.now,
        recorded_at=uow.now,
        shared_by=uow.actor.account_id,
        onward=cmd.onward,
        was_told=cmd.was_told,
        why_not_told=cmd.why_not_told.strip() or None,
        revisit_on=cmd.revisit_on,
        is_harmful_to_show=cmd.is_harmful_to_show,
        retention_rule=None,
        review_on=_review_on(uow, decision, cmd, policy),
    )
    uow.session.add(disclosure)
    add_step(uow, request, "shared", side=HOLDER)
    uow.emit(LineShared(line_id=line.id, disclosure_id=disclosure.id))
    _conclude(uow, request, policy)
    return disclosure.id


def withhold_line(cmd: WithholdLine, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Withhold a line with the reason for the record; return its id.

    The asker reads the same words whether nobody is known or the answer is no. Raises
    NotFoundError, NotAllowedError for whoever asked, RefusedError without a reason.
    """
    request, line = open_line(uow, cmd.line_id)
    if LineState(line.state) in LINE_ENDS:
        raise RefusedError("This line has its answer already.")
    if line.told_at is not None:
        raise RefusedError("This was told by phone already. Write down what was told.")
    if not cmd.why.strip():
        raise RefusedError("Write why it is withheld. The asker does not see it", field="why")

    _end(uow, line, LineState.WITHHELD, cmd.why.strip())
    drop_answer_files(uow, line.id)
    weighed = asdict(cmd)
    line.record = json.dumps({name: weighed[name].strip() for name in WEIGHED})
    keep_weighed(uow, request, line, policy)
    add_step(uow, request, "withheld", side=HOLDER)
    uow.emit(LineWithheld(line_id=line.id))
    _conclude(uow, request, policy)
    return line.id


def _separate(uow: UnitOfWork, request: InformationRequest, line: RequestLine) -> None:
    account_id = uow.actor.account_id
    if account_id is None:
        raise NotAllowedError("a person lets something out, never the hub")
    decision = may_release(account_id, request.asker_id, answered_of(uow, line.id))
    if not decision.allowed:
        raise NotAllowedError(decision.reasons[0])


def _review_on(
    uow: UnitOfWork, decision: SharingDecision, cmd: ShareLine, policy: RequestPolicy
) -> date | None:
    """Return when it is looked at again: what was told in a danger by the next working day."""
    if decision.outcome != Outcome.ROUTE_NOW:
        return cmd.review_on
    return working_days_after(uow.today, 1, policy.times.extra_closed)


def _end(uow: UnitOfWork, line: RequestLine, state: LineState, withheld: str | None) -> None:
    line.state = state
    line.withheld = withheld
    line.settled_at, line.settled_by = uow.now, uow.actor.account_id


def _conclude(uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy) -> None:
    """Give the request its end once its last line has one."""
    uow.session.flush()
    states = uow.session.scalars(
        select(RequestLine.state).where(RequestLine.request_id == request.id)
    )
    how = how_settled([LineState(state) for state in states])
    moves = {
        "in_full": RequestMove.ANSWER_IN_FULL,
        "in_part": RequestMove.ANSWER_IN_PART,
        "refused": RequestMove.REFUSE,
    }
    if how is not None:
        request.state = REQUEST.step(RequestState(request.state), moves[how])
        request.settled_at = uow.now
        add_step(uow, request, "settled")
        uow.emit(RequestSettled(request_id=request.id))
    settle_request(uow, request, policy)
