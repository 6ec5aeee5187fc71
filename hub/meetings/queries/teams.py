"""Which teams have workers on both sides of a case; open the case through ``access`` first."""

from collections import defaultdict
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact, Team
from hub.db.units import UnitOfWork
from hub.meetings.models import Invitation, ItemPerson
from hub.meetings.situation import ItemRole

SIDES = {ItemRole.VICTIM.value, ItemRole.ALLEGED_PERPETRATOR.value}


def teams_of_both_sides(uow: UnitOfWork, item_id: UUID) -> tuple[str, ...]:
    """Return the teams whose people are invited for the victim and for the alleged perpetrator.

    Two workers of one team share its office and its manager, and what one is told the other may
    hear. Source: domain notes, section 1.16 and 6, line 12.
    """
    rows = uow.session.execute(
        select(Team.name, ItemPerson.role)
        .join(Contact, Contact.team_id == Team.id)
        .join(Invitation, Invitation.recipient_id == Contact.id)
        .join(ItemPerson, ItemPerson.item_id == Invitation.item_id)
        .where(
            Invitation.item_id == item_id,
            Invitation.state == "held",
            ItemPerson.person_id == Invitation.subject_id,
        )
    )
    roles = defaultdict(set)
    for name, role in rows:
        roles[name].add(role)
    return tuple(sorted(name for name, found in roles.items() if found >= SIDES))
