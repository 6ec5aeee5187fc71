"""What is done to accounts: by administrators, and by people to their own."""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete, exists, select, update
from sqlalchemy.orm.attributes import flag_modified

from hub.access.access import open_account
from hub.access.events import (
    AccountActivated,
    AccountDisabled,
    AccountEnabled,
    AccountInvited,
    ApiKeyCreated,
    PasswordChanged,
    RolesChanged,
)
from hub.access.models import Account, AccountInvitation, AccountRole, ApiKey, SignInSession
from hub.access.permissions import Fact, Permission, permit
from hub.access.queries import invitation_token, live_invitation, secret_hash
from hub.access.rules import INVITATION_LIVES
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.kernel.mailable import is_address

LONGEST_KEY_DAYS = 366


@dataclass(frozen=True, kw_only=True)
class InviteAccount:
    """Somebody is to get an account; ``contact_id`` is their own entry in the directory."""

    name: str
    email: str
    agency_id: UUID
    roles: frozenset[Role]
    contact_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class SetRoles:
    """What an account shall be from now on; ``version`` is the one that was read."""

    account_id: UUID
    roles: frozenset[Role]
    version: int


def invite_account(cmd: InviteAccount, *, uow: UnitOfWork) -> UUID:
    """Make an account without a password, and a link by which its owner sets one.

    Returns the account's id. Raises NotAllowedError, and RefusedError when the address or the
    directory entry already has an account.
    """
    account_id = _add_account(cmd, uow=uow, password_hash=None)
    _add_invitation(account_id, uow=uow)
    return account_id


def add_account(cmd: InviteAccount, *, password_hash: str, uow: UnitOfWork) -> UUID:
    """Make an account that can sign in at once; for the demonstration and for tests.

    Returns its id. Raises what ``invite_account`` raises.
    """
    account_id = _add_account(cmd, uow=uow, password_hash=password_hash)
    uow.emit(AccountActivated(account_id=account_id))
    return account_id


def invite_again(account_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Make a new link for an account, in place of any before it; also for a forgotten password.

    Returns the invitation's id. Raises NotFoundError, NotAllowedError and RefusedError.
    """
    account = open_account(uow, account_id)

    if not account.is_active:
        raise RefusedError("This account is switched off. Switch it on first.")

    return _add_invitation(account_id, uow=uow)


def accept_invitation(token: str, *, password_hash: str, uow: UnitOfWork) -> UUID:
    """Set the password of the account that the link is for; the link works once.

    Returns the account's id. Raises NotFoundError for a link that is unknown, used or too old.
    """
    uow.alone(f"invitation {secret_hash(token)}")
    invitation = live_invitation(uow, token)
    if invitation is None:
        raise NotFoundError("no such invitation")

    account_id = invitation.account_id
    uow.session.execute(
        update(AccountInvitation)
        .where(AccountInvitation.account_id == account_id, AccountInvitation.used_at.is_(None))
        .values(used_at=uow.now)
    )
    _set_password(account_id, password_hash, uow)
    uow.emit(AccountActivated(account_id=account_id))
    return account_id


def change_password(account_id: UUID, *, password_hash: str, uow: UnitOfWork) -> None:
    """Set one's own password and end all of one's sessions.

    Raises NotAllowedError for anybody else's account.
    """
    own = uow.actor.account_id == account_id
    permit(uow.actor, Permission.OWN_ACCOUNT_EDIT)
    if not own:
        raise NotFoundError("no such account")

    _set_password(account_id, password_hash, uow)
    uow.emit(PasswordChanged(account_id=account_id))


def set_roles(cmd: SetRoles, *, uow: UnitOfWork) -> None:
    """Give an account these roles and no others, and end its sessions.

    Raises NotFoundError, NotAllowedError (also for one's own account) and ConflictError.
    """
    account = open_account(uow, cmd.account_id)

    if account.version != cmd.version:
        roles = uow.session.scalars(
            select(AccountRole.role).where(AccountRole.account_id == account.id)
        )
        raise ConflictError("account", {"roles": ", ".join(sorted(roles))})

    uow.session.execute(delete(AccountRole).where(AccountRole.account_id == account.id))
    uow.session.add_all(_role_rows(account.id, cmd.roles))
    flag_modified(account, "name")  # the roles are rows of their own; the version is the account's
    end_sessions(account.id, uow=uow)
    given = ", ".join(sorted(role.value for role in cmd.roles))
    uow.emit(RolesChanged(account_id=account.id, roles=given))


def disable_account(account_id: UUID, *, uow: UnitOfWork) -> None:
    """Switch an account off: its sessions, keys and links are dead on the next request.

    Raises NotFoundError, NotAllowedError (also for one's own account) and RefusedError.
    """
    account = open_account(uow, account_id)

    if not account.is_active:
        raise RefusedError("This account is already switched off.")

    account.is_active = False
    end_sessions(account.id, uow=uow)
    for table, ended in (
        (ApiKey, ApiKey.revoked_at),
        (AccountInvitation, AccountInvitation.used_at),
    ):
        uow.session.execute(
            update(table)
            .where(table.account_id == account.id, ended.is_(None))
            .values({ended: uow.now})
        )
    uow.emit(AccountDisabled(account_id=account.id))


def enable_account(account_id: UUID, *, uow: UnitOfWork) -> None:
    """Switch an account on again; its old sessions and keys stay dead.

    Raises NotFoundError, NotAllowedError and RefusedError.
    """
    account = open_account(uow, account_id)

    if account.is_active:
        raise RefusedError("This account is already switched on.")

    account.is_active = True
    uow.emit(AccountEnabled(account_id=account.id))


def create_api_key(account_id: UUID, *, days: int, uow: UnitOfWork) -> str:
    """Make a key by which a program acts as the account; it is told once and kept as a hash.

    ``days`` from now it ends. Raises NotFoundError, NotAllowedError and RefusedError.
    """
    account = open_account(uow, account_id)

    if not account.is_active:
        raise RefusedError("This account is switched off.")
    if not 1 <= days <= LONGEST_KEY_DAYS:
        raise RefusedError(f"A key lasts 1 to {LONGEST_KEY_DAYS} days", field="days")

    key = f"hub_{secrets.token_urlsafe(32)}"
    row = ApiKey(
        id=uow.new_id(),
        key_hash=secret_hash(key),
        account_id=account_id,
        created_at=uow.now,
        expires_at=uow.now + timedelta(days=days),
    )
    uow.session.add(row)
    uow.emit(ApiKeyCreated(key_id=row.id, account_id=account_id))
    return key


def end_sessions(account_id: UUID, *, uow: UnitOfWork) -> None:
    """End every session of the account; its browsers are strangers on their next request."""
    uow.session.execute(
        update(SignInSession)
        .where(SignInSession.account_id == account_id, SignInSession.ended_at.is_(None))
        .values(ended_at=uow.now)
    )


def _add_account(cmd: InviteAccount, *, uow: UnitOfWork, password_hash: str | None) -> UUID:
    permit(uow.actor, Permission.ACCOUNT_MANAGE, {Fact.NOT_SELF})
    email = cmd.email.strip().lower()

    if not is_address(email):
        raise RefusedError("Enter one e-mail address, like name@example.org", field="email")
    if not cmd.name.strip():
        raise RefusedError("Enter the name", field="name")
    if uow.session.scalar(select(exists().where(Account.email == email))):
        raise RefusedError("This e-mail address already has an account", field="email")
    if cmd.contact_id is not None and uow.session.scalar(
        select(exists().where(Account.contact_id == cmd.contact_id))
    ):
        raise RefusedError("This directory entry already has an account", field="contact_id")
    if not cmd.roles:
        raise RefusedError("Select one role or more", field="roles")

    account = Account(
        id=uow.new_id(),
        email=email,
        name=cmd.name,
        agency_id=cmd.agency_id,
        contact_id=cmd.contact_id,
        password_hash=password_hash,
        created_at=uow.now,
    )
    uow.session.add(account)
    uow.session.flush()  # the rows below refer to it and have no relationship to order them
    uow.session.add_all(_role_rows(account.id, cmd.roles))
    return account.id


def _add_invitation(account_id: UUID, *, uow: UnitOfWork) -> UUID:
    uow.session.execute(
        update(AccountInvitation)
        .where(AccountInvitation.account_id == account_id, AccountInvitation.used_at.is_(None))
        .values(used_at=uow.now)
    )
    invitation_id = uow.new_id()
    uow.session.add(
        AccountInvitation(
            id=invitation_id,
            token_hash=secret_hash(invitation_token(uow, invitation_id)),
            account_id=account_id,
            expires_at=uow.now + INVITATION_LIVES,
        )
    )
    uow.emit(AccountInvited(account_id=account_id, invitation_id=invitation_id))
    return invitation_id


def _set_password(account_id: UUID, password_hash: str, uow: UnitOfWork) -> None:
    account = uow.session.get_one(Account, account_id)
    account.password_hash = password_hash
    end_sessions(account_id, uow=uow)


def _role_rows(account_id: UUID, roles: frozenset[Role]) -> list[AccountRole]:
    return [AccountRole(account_id=account_id, role=role.value) for role in sorted(roles)]
