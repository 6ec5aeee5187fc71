"""The actions of an area that should have been done: they head its next agenda."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.models import Action
from hub.marac.states import ActionState
from hub.meetings.access import demand_area, may_be_shown
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern


@dataclass(frozen=True)
class OverdueAction:
    """An overdue action by its references; what it says is read behind its own door."""

    id: UUID
    reference: str
    case: str
    """The reference of its case."""
    agency: str
    owner: str
    due_on: date
    is_accepted: bool
    """Whether its owner has taken it."""
    is_escalated: bool
    """Whether the steering group has it."""


def overdue_actions(uow: UnitOfWork, area_id: UUID) -> tuple[OverdueAction, ...]:
    """Return the overdue actions of an area to who runs its meetings, the longest overdue first.

    Those of a case from which a conflict keeps the reader are left out. Raises NotFoundError to
    anybody else.
    """
    demand_area(uow, area_id)
    if not may(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA}):
        raise NotFoundError("There is no such area.")
    rows = uow.session.execute(
        select(
            Action.id,
            Action.reference,
            Concern.reference.label("case"),
            Agency.name.label("agency"),
            Account.name.label("owner"),
            Action.due_on,
            Action.state,
            Action.escalated_at,
        )
        .join(Item, Item.id == Action.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Agency, Agency.id == Action.agency_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Account, Account.id == Action.owner_id)
        .where(
            Meeting.area_id == area_id,
            Action.state.in_((ActionState.PROPOSED, ActionState.OPEN)),
            Action.due_on < uow.today,
            may_be_shown(uow),
        )
        .order_by(Action.due_on, Action.id)
    )
    return tuple(
        OverdueAction(
            id=row.id,
            reference=row.reference,
            case=row.case or "",
            agency=row.agency,
            owner=row.owner or "somebody",
            due_on=row.due_on,
            is_accepted=row.state == ActionState.OPEN,
            is_escalated=row.escalated_at is not None,
        )
        for row in rows
    )
