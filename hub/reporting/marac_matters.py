"""What the MARAC cycle has waiting for somebody: each as a count with its soonest deadline."""

from typing import Any

from sqlalchemy import Select, func, select

from hub.db.units import UnitOfWork
from hub.marac.access import own_flags
from hub.marac.models import FlagNotice, Research
from hub.marac.queries.research import waits_for_own
from hub.meetings.models import Item, Meeting

Counted = Select[*tuple[Any, ...]]


def research_to_answer(uow: UnitOfWork, _: object) -> Counted:
    """Count the cases about which the actor's agency has not answered."""
    return (
        select(func.count(), func.min(Research.due_at))
        .join(Item, Item.id == Research.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(waits_for_own(uow))
    )


def flags_to_keep(uow: UnitOfWork, _: object) -> Counted:
    """Count the flags that the actor's agency has still to set, renew or take off."""
    return (
        select(func.count(), func.min(FlagNotice.due_on))
        .join(Item, Item.id == FlagNotice.item_id)
        .where(own_flags(uow), FlagNotice.done_at.is_(None))
    )
