"""What several commands of this room refuse."""

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.marac.agenda import FEWEST_MINUTES, MOST_MINUTES


def check_slot(minutes: int) -> None:
    """Go on only with a slot of a possible length. Raises RefusedError."""
    if not FEWEST_MINUTES <= minutes <= MOST_MINUTES:
        raise RefusedError(
            f"Minutes for each case must be from {FEWEST_MINUTES} to {MOST_MINUTES}.",
            field="slot_minutes",
        )


def demand_coordinator(uow: UnitOfWork) -> None:
    """Go on only for a co-ordinator. Raises NotAllowedError."""
    if not uow.actor.has(Role.COORDINATOR):
        raise NotAllowedError("Only a co-ordinator can do this.")
