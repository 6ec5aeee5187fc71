"""What was done about a request is written behind what was done before; none is edited."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
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


def refuse_suspended(uow: UnitOfWork, agency_ids: Iterable[UUID]) -> None:
    """Go on only if all these agencies take part. Raises RefusedError."""
    out = select(Agency.name).where(Agency.id.in_(agency_ids), Agency.suspended_at.is_not(None))
    name = uow.session.scalar(out.order_by(Agency.name).limit(1))
    if name is not None:
        raise RefusedError(f"{name} does not take part at present. Nothing is shared until it does")
