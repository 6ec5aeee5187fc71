"""Letting a line out, or withholding it; each is written down, and a request ends with its lines.

Nothing is let out on yesterday's decision: the line is decided again in the very transaction in
which it leaves, so an agreement that ended or a consent that was withdrawn since stops it.
"""

import hashlib
import json
from dataclasses import asdict, dataclass, replace
from datetime import date, datetime
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.kernel.working_days import working_days_after
from hub.sharing.access import open_line
from hub.sharing.commands.approving import answered_of
from hub.sharing.commands.settling import keep_weighed, settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.events import LineShared, LineWithheld, RequestSettled
from hub.sharing.models import Disclosure, InformationRequest, RequestLine, SharingDecision
from hub.sharing.queries.callback import way_to_service
from hub.sharing.rules.decision import Outcome, Scope
from hub.sharing.rules.lines import how_settled, may_release
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import HOLDER, LINE_ENDS, REQUEST, LineState, RequestMove, RequestState

WEIGHED = ("risk_of_sharing", "risk_of_not_sharing", "view_of_person", "advice")
"""What is kept with a no, as it is with a yes."""

ONE_OFF = 13
"""The rule by which something goes out once without an agreement, and must not be passed on."""


@dataclass(frozen=True, kw_only=True)
class Record:
    """What is written down with a disclosure. Source: sharing notes, section 3.8.

    ``gateway`` to ``part_3`` are the holder's own basis: codes of ``rules.request_bases``.
    """

    necessity: str
    less_intrusive: str
    risk_of_sharing: str
    risk_of_not_sharing: str
    view_of_person: str = ""
    withheld: str = ""
    besides: str = ""
    """What the rule wants recorded besides: a consent, an order, a weighing, in words."""
    advice: str = ""
    """Whose advice was taken, and what it was."""
    onward_named: str = ""
    """To whom the asker may pass it on, where some are named."""
    gateway: str = ""
    article_6: str = ""
    article_9: str = ""
    schedule_1: str = ""
    part_3: str = ""


@dataclass(frozen=True, kw_only=True)
class ShareLine:
    """Let a line out, in exactly these words.

    ``shared_at`` (UTC) is when it really left where it was told by telephone; None is now. Where
    only the way to the service may be told, the hub writes the words itself. ``worker_agrees`` says
    that the worker has accepted that their contact details are given.
    """

    line_id: UUID
    words: str
    record: Record
    method: str = "hub"
    shared_at: datetime | None = None
    onward: str = "none"
    was_told: bool
    why_not_told: str = ""
    revisit_on: date | None = None
    is_harmful_to_show: bool = False
    worker_agrees: bool = False
    review_on: date | None = None
    """When somebody looks at what came of it."""


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
        _refuse_suspended(uow, request)
    decision = uow.session.get_one(SharingDecision, line.decision_id)
    words = words_to_leave(uow, request, decision, cmd)
    _refuse_unwritten(replace(cmd, words=words), line, decision)
    _refuse_untold(cmd, line, uow.now)
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
        record=json.dumps(asdict(cmd.record)),
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


def _refuse_suspended(uow: UnitOfWork, request: InformationRequest) -> None:
    for agency_id in (request.holder_agency_id, request.asker_agency_id):
        if uow.session.get_one(Agency, agency_id).suspended_at is not None:
            raise RefusedError(
                "One of the two agencies does not take part at present. Nothing may leave until "
                "it does again."
            )


def words_to_leave(
    uow: UnitOfWork, request: InformationRequest, decision: SharingDecision, cmd: ShareLine
) -> str:
    """Return the words that leave: typed ones, or the way to the service where no more may."""
    only_way = decision.scope == Scope.HIT_ONLY or (
        decision.scope == Scope.INVITATION_ONLY and not cmd.worker_agrees
    )
    return way_to_service(uow, request) if only_way else cmd.words.strip()


def _review_on(
    uow: UnitOfWork, decision: SharingDecision, cmd: ShareLine, policy: RequestPolicy
) -> date | None:
    """Return when it is looked at again: what was told in a danger by the next working day."""
    if decision.outcome != Outcome.ROUTE_NOW:
        return cmd.review_on
    return working_days_after(uow.today, 1, policy.times.extra_closed)


def _refuse_unwritten(cmd: ShareLine, line: RequestLine, decision: SharingDecision) -> None:
    """Go on only if the words and their record are whole."""
    record = cmd.record
    needed = (
        ("words", cmd.words, "Enter exactly what is shared"),
        ("necessity", record.necessity, "Write why it is necessary"),
        ("less_intrusive", record.less_intrusive, "Write which less intrusive way there was"),
        ("risk_of_sharing", record.risk_of_sharing, "Write the risk of sharing"),
        ("risk_of_not_sharing", record.risk_of_not_sharing, "Write the risk of not sharing"),
    )
    lacking = [(field, cure) for field, text, cure in needed if not text.strip()]
    lacking += [
        (field, cure)
        for field, is_wrong, cure in (
            (
                "withheld",
                decision.scope == Scope.OVERLAP and not record.withheld.strip(),
                "Write what the person left out and you withhold",
            ),
            (
                "onward_named",
                cmd.onward == "named" and not record.onward_named.strip(),
                "Enter to whom it may be passed on",
            ),
            (
                "onward",
                decision.rule == ONE_OFF and cmd.onward != "none",
                "Without an agreement it must not be passed on",
            ),
            (
                "method",
                line.told_at is not None and cmd.method != "phone",
                "This was told by phone: say so",
            ),
        )
        if is_wrong
    ]
    if lacking:
        raise RefusedError(lacking[0][1], field=lacking[0][0])


def _refuse_untold(cmd: ShareLine, line: RequestLine, now: datetime) -> None:
    """Go on only if it is said when it was told, and whether the person was."""
    if not cmd.was_told and not cmd.why_not_told.strip():
        raise RefusedError("Write why the person was not told", field="why_not_told")
    if not cmd.was_told and cmd.revisit_on is None:
        raise RefusedError("Enter when you look at telling them again", field="revisit_on")
    if cmd.shared_at is not None and cmd.shared_at > now:
        raise RefusedError("This must be in the past", field="shared_at")
    if cmd.method == "phone" and cmd.shared_at is None and line.told_at is None:
        raise RefusedError("Enter when it was told by telephone", field="shared_at")


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
