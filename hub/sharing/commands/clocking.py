"""The clocks of requests: reminders, escalations, and what lapses; run on a timer.

Each stage is done once, in a transaction of its own batch; killed in between, the next run goes on.
"""

from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import or_, select, tuple_

from hub.db.units import UnitOfWork
from hub.kernel.days import london_instant
from hub.kernel.working_days import working_days_after
from hub.sharing.commands.routing import set_stages, stages_of
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.events import RequestClockReached, RequestSettled
from hub.sharing.models import InformationRequest, RequestLine
from hub.sharing.rules.clocks import Priority, Said, Stage
from hub.sharing.rules.decision import Approver
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import HOLDER, OPEN, REQUEST, RequestMove, RequestState


def run_clocks(uow: UnitOfWork, policy: RequestPolicy, *, limit: int) -> int:
    """Do the stages that are due and let lapse what is too old; return how many requests moved."""
    due = uow.session.scalars(
        select(InformationRequest)
        .where(
            InformationRequest.state == RequestState.WITH_HOLDER,
            InformationRequest.next_clock_at <= uow.now,
        )
        .order_by(InformationRequest.next_clock_at, InformationRequest.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for request in due:
        _reach(uow, request, policy)
    return len(due) + _lapse_old(uow, policy, limit=limit)


Place = tuple[datetime, UUID]


def settle_open(
    uow: UnitOfWork, policy: RequestPolicy, *, after: Place | None, limit: int
) -> Place | None:
    """Bring a batch of open requests into order; return where the next batch begins, or None."""
    query = select(InformationRequest).where(
        InformationRequest.state.in_([state.value for state in OPEN])
    )
    if after is not None:
        query = query.where(tuple_(InformationRequest.sent_at, InformationRequest.id) > after)
    batch = uow.session.scalars(
        query.order_by(InformationRequest.sent_at, InformationRequest.id)
        .limit(limit)
        .with_for_update()
    ).all()
    for request in batch:
        settle_request(uow, request, policy)
    return (batch[-1].sent_at, batch[-1].id) if len(batch) == limit else None


def _reach(uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy) -> None:
    stages = stages_of(request)
    reached = [one for one in stages if one.at <= uow.now]
    set_stages(request, stages[len(reached) :] or _chase(uow, request, policy))
    for stage in reached:
        if stage.to is Approver.MANAGER and _is_told(uow, request):
            continue
        action = "escalated" if stage.to else "reminded"
        add_step(uow, request, action, note=stage.to, side=HOLDER)
        uow.emit(RequestClockReached(request_id=request.id, to=stage.to))


def _chase(
    uow: UnitOfWork, request: InformationRequest, policy: RequestPolicy
) -> tuple[Stage, ...]:
    """Return when the record of what was told in a danger is asked for again; none for others.

    Every working day, until it is there: of the desk as it opens, of the lead as it closes.
    """
    if request.priority != Priority.IMMEDIATE:
        return ()
    day = working_days_after(uow.today, 1, policy.times.extra_closed)
    office = policy.times.office
    return (
        Stage(at=london_instant(day, office.opens), said=Said.REMIND),
        Stage(
            at=london_instant(day, office.closes),
            said=Said.ESCALATE,
            to=Approver.SAFEGUARDING_LEAD,
        ),
    )


def _is_told(uow: UnitOfWork, request: InformationRequest) -> bool:
    """Tell whether somebody has rung because of a danger, so that no manager need be rung."""
    told = select(RequestLine.id).where(
        RequestLine.request_id == request.id, RequestLine.told_at.is_not(None)
    )
    return uow.session.scalar(told.limit(1)) is not None


def _lapse_old(uow: UnitOfWork, policy: RequestPolicy, *, limit: int) -> int:
    """Let requests lapse whose asker has given no answer for too long.

    Not one of which something was told by telephone and is still to be written down.
    """
    held_since = uow.now - timedelta(days=policy.held_days)
    asked_since = uow.now - timedelta(days=policy.clarify_days)
    owed = select(RequestLine.request_id).where(
        RequestLine.told_at.is_not(None), RequestLine.settled_at.is_(None)
    )
    old = uow.session.scalars(
        select(InformationRequest)
        .where(
            or_(
                (InformationRequest.state == RequestState.HELD)
                & (InformationRequest.sent_at <= held_since),
                (InformationRequest.state == RequestState.CLARIFYING)
                & (InformationRequest.paused_at <= asked_since),
            ),
            InformationRequest.id.not_in(owed),
        )
        .order_by(InformationRequest.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for request in old:
        request.state = REQUEST.step(RequestState(request.state), RequestMove.LAPSE)
        request.settled_at = uow.now
        add_step(uow, request, "lapsed")
        uow.emit(RequestSettled(request_id=request.id))
        settle_request(uow, request, policy)
    return len(old)
