"""The door to an item of a pack: its own service judges it, or the co-ordinator of the MARAC.

What comes from a MARAC is not there for the service until its co-ordinator has said that it goes;
to the co-ordinator nothing else of the pack is there. Source: sharing notes, 3.9.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, false, select

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.conflicts import case_is_open, person_is_open
from hub.sharing.models import PackItem, SubjectAccess
from hub.sharing.rights_doors import find_subject, open_access
from hub.sharing.rules.pack import Keeper


def open_pack_item(uow: UnitOfWork, item_id: UUID) -> tuple[PackItem, SubjectAccess]:
    """Return an item and its request, locked, to whoever judges it. Raises NotFoundError."""
    keeper, access_id = find_pack_item(uow, item_id)
    if keeper is Keeper.SERVICE:
        row = open_access(uow, access_id)
    else:
        locked = select(SubjectAccess).where(SubjectAccess.id == access_id).with_for_update()
        row = uow.session.scalars(locked).one()
    return uow.session.get_one(PackItem, item_id), row


def find_pack_item(uow: UnitOfWork, item_id: UUID) -> tuple[Keeper, UUID]:
    """Go on only if the item is the actor's to judge; return whose it is, and its request's id.

    None of its words are read, so that a look can be recorded before anybody sees them. Raises
    NotFoundError.
    """
    found = uow.session.execute(
        select(PackItem.keeper, PackItem.access_id, SubjectAccess.person_id)
        .join(SubjectAccess, SubjectAccess.id == PackItem.access_id)
        .where(PackItem.id == item_id)
    ).one_or_none()
    if found is None or uow.actor.account_id is None:
        raise NotFoundError("no such item")
    if found.keeper == Keeper.SERVICE:
        find_subject(uow, found.person_id, Permission.ACCESS_HANDLE)
    elif item_id not in set(uow.session.scalars(to_judge(uow).where(PackItem.id == item_id))):
        raise NotFoundError("no such item")
    return Keeper(found.keeper), found.access_id


def to_judge(uow: UnitOfWork) -> Select[UUID]:
    """Return the question for the ids of the items that the actor judges as a co-ordinator."""
    return (
        select(PackItem.id)
        .join(SubjectAccess, SubjectAccess.id == PackItem.access_id)
        .where(is_to_judge(uow))
    )


def is_to_judge(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that an item, joined with its request, is a co-ordinator's, the actor's.

    It is one of an area in which the actor's agency works, and nothing keeps the actor from its
    case or person.
    """
    if not may(uow.actor, Permission.PACK_JUDGE, {Fact.SAME_AREA}):
        return false()
    areas = select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)
    return and_(
        PackItem.keeper == Keeper.COORDINATOR.value,
        PackItem.area_id.in_(areas),
        case_is_open(uow, PackItem.case_id),
        person_is_open(uow, SubjectAccess.person_id),
    )


def is_waiting_judgement(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that such an item waits for the actor's verdict."""
    return and_(
        is_to_judge(uow),
        SubjectAccess.released_at.is_(None),
        PackItem.gone_at.is_(None),
        PackItem.verdict.is_(None),
    )
