"""The one door to an account's row."""

from uuid import UUID

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError


def open_account(uow: UnitOfWork, account_id: UUID) -> Account:
    """Return an account that the actor manages, which is never their own.

    Raises NotFoundError when there is none, NotAllowedError when the actor may not manage it.
    """
    own = uow.actor.account_id == account_id
    permit(uow.actor, Permission.ACCOUNT_MANAGE, frozenset() if own else {Fact.NOT_SELF})
    account = uow.session.get(Account, account_id)
    if account is None:
        raise NotFoundError("no such account")
    return account
