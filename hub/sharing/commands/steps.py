"""What was done about a request is written behind what was done before; none is edited."""

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.sharing.models import InformationRequest, RequestStep
from hub.sharing.states import BOTH


def add_step(
    uow: UnitOfWork,
    request: InformationRequest,
    action: str,
    *,
    note: str | None = None,
    side: str = BOTH,
) -> None:
    """Write down a step; ``side`` says who may read it: both, or the holder alone."""
    uow.session.flush()
    last = select(func.max(RequestStep.number)).where(RequestStep.request_id == request.id)
    uow.session.add(
        RequestStep(
            id=uow.new_id(),
            request_id=request.id,
            number=(uow.session.scalar(last) or 0) + 1,
            action=action,
            side=side,
            note=note,
            done_by=uow.actor.account_id,
            done_at=uow.now,
        )
    )
