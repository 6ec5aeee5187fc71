"""A concern about staff: marked by its referrer or who runs the meetings; these name the few."""

from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.people.commands import staff
from hub.referrals.access import open_concern


def hide_concern(concern_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Let a concern and all that hangs on it be there for the few alone; return the mark's id.

    Its referrer can say so, and whoever runs meetings of its area. Raises NotFoundError.
    """
    return staff.hide_case(open_concern(uow, concern_id).id, why, uow=uow)


def show_concern(concern_id: UUID, reason: str, *, uow: UnitOfWork) -> UUID:
    """Let a concern be there again for all whose part it is; return the mark's id.

    Raises NotFoundError, also to its referrer, and RefusedError without a reason.
    """
    concern = open_concern(uow, concern_id, Permission.CASE_LINK)
    return staff.show_case(concern.id, reason, uow=uow)


def name_for_concern(concern_id: UUID, account_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Name one of the few, and return the name's id. Raises NotFoundError, RefusedError."""
    concern = open_concern(uow, concern_id, Permission.CASE_LINK)
    return staff.name_for_case(concern.id, account_id, uow=uow)


def end_name(concern_id: UUID, name_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Let somebody not be one of the few any more. Raises NotFoundError."""
    concern = open_concern(uow, concern_id, Permission.CASE_LINK)
    return staff.end_name(name_id, concern.id, uow=uow)
