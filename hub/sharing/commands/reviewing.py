"""Looking back at what was shared: what came of it, and whether it was right to tell it at once."""

from dataclasses import dataclass
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.access import open_to_review
from hub.sharing.commands.steps import add_step
from hub.sharing.events import OutcomeReviewed
from hub.sharing.states import HOLDER


@dataclass(frozen=True, kw_only=True)
class ReviewOutcome:
    """What came of something that was shared."""

    disclosure_id: UUID
    text: str


def review_outcome(cmd: ReviewOutcome, *, uow: UnitOfWork) -> UUID:
    """Write down what came of a disclosure, once; return its id.

    A manager who shared it does not review it. Raises NotFoundError, NotAllowedError, RefusedError
    without a text or when somebody has done so.
    """
    request, disclosure = open_to_review(uow, cmd.disclosure_id)
    if disclosure.reviewed_at is not None:
        raise RefusedError("Somebody has looked at this already.")
    if disclosure.shared_by == uow.actor.account_id:
        raise NotAllowedError("You shared this. Another manager must look at it.")
    if not cmd.text.strip():
        raise RefusedError("Enter what came of it", field="text")

    disclosure.outcome = cmd.text.strip()
    disclosure.reviewed_at, disclosure.reviewed_by = uow.now, uow.actor.account_id
    add_step(uow, request, "outcome_reviewed", side=HOLDER)
    uow.emit(OutcomeReviewed(disclosure_id=disclosure.id))
    return disclosure.id
