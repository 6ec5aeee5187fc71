"""What open requests hear when one of their two agencies stops taking part, or does so again."""

from collections.abc import Callable

from sqlalchemy import or_, select

from hub.agencies.events import AgencyResumed, AgencySuspended
from hub.db.units import UnitOfWork
from hub.sharing.commands.settling import settle_request
from hub.sharing.commands.steps import add_step
from hub.sharing.models import InformationRequest
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import OPEN

Changed = AgencySuspended | AgencyResumed


def hear_suspension(
    policy: Callable[[], RequestPolicy],
) -> Callable[[UnitOfWork, Changed], None]:
    """Return the reaction: both sides read that it waits or goes on, and it is decided anew.

    Its time goes on: that an agency does not take part makes nobody's need less.
    """

    def react(uow: UnitOfWork, happened: Changed) -> None:
        action = "suspended" if isinstance(happened, AgencySuspended) else "resumed"
        open_ones = uow.session.scalars(
            select(InformationRequest)
            .where(
                or_(
                    InformationRequest.asker_agency_id == happened.agency_id,
                    InformationRequest.holder_agency_id == happened.agency_id,
                ),
                InformationRequest.state.in_([state.value for state in OPEN]),
            )
            .order_by(InformationRequest.id)
            .with_for_update()
        ).all()
        for request in open_ones:
            add_step(uow, request, action)
            settle_request(uow, request, policy())

    return react
