"""The door to a pack for a review of a death."""

from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.models import ReviewPack
from hub.referrals.access import open_concern


def open_pack(uow: UnitOfWork, pack_id: UUID) -> ReviewPack:
    """Return a pack for a review to whoever runs meetings of the case's area.

    Raises NotFoundError, also to anybody whom a conflict keeps from the case.
    """
    pack = uow.session.get(ReviewPack, pack_id)
    if pack is None:
        raise NotFoundError("There is no such pack.")
    open_concern(uow, pack.concern_id, Permission.CASE_LINK)
    return pack
