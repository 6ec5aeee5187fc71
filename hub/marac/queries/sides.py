"""Whose worker reads a case; open the case through ``access`` first."""

from uuid import UUID

from sqlalchemy import or_, select

from hub.access.permissions import Fact, Permission, may
from hub.db.units import UnitOfWork
from hub.marac.rules.sides import Side, side_of
from hub.meetings.access import answers_for, in_own_area, may_be_shown
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting


def side_on(uow: UnitOfWork, item_id: UUID) -> Side:
    """Return how the actor sees a case: as a member, or as whose worker."""
    if may(uow.actor, Permission.CASE_READ, {Fact.SAME_AREA}):
        here = (
            select(Item.id)
            .join(Meeting, Meeting.id == Item.meeting_id)
            .where(Item.id == item_id, in_own_area(uow), may_be_shown(uow))
        )
        if uow.session.scalar(here) is not None:
            return Side.WHOLE
    contacts = answers_for(uow)
    mine = or_(Invitation.recipient_id.in_(contacts), Invitation.stand_in_id.in_(contacts))
    asked = (
        select(ItemPerson.role)
        .join(Invitation, Invitation.item_id == ItemPerson.item_id)
        .where(
            Invitation.item_id == item_id,
            Invitation.subject_id == ItemPerson.person_id,
            Invitation.state == "held",
            mine,
        )
    )
    return side_of(frozenset(uow.session.scalars(asked)), is_member=False)
