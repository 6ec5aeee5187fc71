"""What open requests hear of consent: each is brought into order with what was just said."""

from collections.abc import Callable

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.sharing.commands.settling import settle_request
from hub.sharing.events import ConsentRecorded, ConsentWithdrawn
from hub.sharing.models import InformationRequest
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import OPEN


def hear_consent(
    policy: Callable[[], RequestPolicy],
) -> Callable[[UnitOfWork, ConsentRecorded | ConsentWithdrawn], None]:
    """Return the reaction to a record of consent: requests about the person are decided anew.

    What a decision that no longer stands had asked of approvers lapses in the same transaction.
    """

    def react(uow: UnitOfWork, happened: ConsentRecorded | ConsentWithdrawn) -> None:
        about = uow.session.scalars(
            select(InformationRequest)
            .where(
                InformationRequest.person_id == happened.person_id,
                InformationRequest.state.in_([state.value for state in OPEN]),
            )
            .order_by(InformationRequest.id)
            .with_for_update()
        ).all()
        for request in about:
            settle_request(uow, request, policy())

    return react
