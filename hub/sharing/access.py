"""The one door to an agreement: governance leads and co-ordinators; to others there is none."""

from uuid import UUID

from hub.access.permissions import Permission, may, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.sharing.models import Agreement


def open_agreement(uow: UnitOfWork, agreement_id: UUID) -> Agreement:
    """Return an agreement to whoever may read the register. Raises NotFoundError to others."""
    found = None
    if may(uow.actor, Permission.AGREEMENT_READ):
        found = uow.session.get(Agreement, agreement_id)
    if found is None:
        raise NotFoundError("no such agreement")
    return found


def permit_edit(uow: UnitOfWork) -> None:
    """Go on only for a governance lead. Raises NotAllowedError."""
    permit(uow.actor, Permission.AGREEMENT_EDIT)
