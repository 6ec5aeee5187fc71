"""Telling somebody by telephone in a danger: said at once, written down within a working day."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.access import open_line
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.events import LineTold
from hub.sharing.models import SharingDecision
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import HOLDER, LINE_ENDS, LineState


@dataclass(frozen=True, kw_only=True)
class TellLine:
    """That a line was told by telephone, and when (UTC); None is now."""

    line_id: UUID
    told_at: datetime | None = None


def tell_line(cmd: TellLine, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Note that a line was told by telephone because a life is in danger; twice changes nothing.

    Its record is then owed, and somebody is reminded until it is there. Raises NotFoundError,
    NotAllowedError for the hub itself, RefusedError where no danger lets it leave at once or the
    time is to come.
    """
    request, line = open_line(uow, cmd.line_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("a person tells, never the hub")
    if line.told_at is not None:
        return line.id
    if LineState(line.state) in LINE_ENDS:
        raise RefusedError("This line has its answer already.")
    settle_request(uow, request, policy)
    decision = uow.session.get(SharingDecision, line.decision_id) if line.decision_id else None
    if decision is None or decision.outcome != Outcome.ROUTE_NOW:
        raise RefusedError("This may not be told by phone first. Look at the request again.")
    if cmd.told_at is not None and cmd.told_at > uow.now:
        raise RefusedError("This must be in the past", field="told_at")

    line.told_at, line.told_by = cmd.told_at or uow.now, uow.actor.account_id
    add_step(uow, request, "told_by_phone", side=HOLDER)
    uow.emit(LineTold(line_id=line.id))
    return line.id
