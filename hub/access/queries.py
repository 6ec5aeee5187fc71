"""What pages, commands and messages read of accounts, as frozen rows."""

import hashlib
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection, bindparam, select
from sqlalchemy.orm import Session

from hub.access.models import Account, AccountInvitation, AccountRole, ApiKey, SignInSession
from hub.db.types import keyring_of
from hub.db.units import UnitOfWork
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import RefusedError

PAGE_SIZE = 50


@dataclass(frozen=True, slots=True)
class OpenSession:
    """A browser's session with the account behind it."""

    session_id: UUID
    started_at: datetime
    seen_at: datetime
    name: str
    actor: Actor


@dataclass(frozen=True, slots=True)
class AccountRow:
    """One account as lists and pages show it."""

    id: UUID
    name: str
    email: str
    agency_id: UUID
    contact_id: UUID | None
    roles: frozenset[Role]
    is_active: bool
    has_password: bool
    last_signed_in_at: datetime | None
    version: int


@dataclass(frozen=True, slots=True)
class LiveInvitation:
    """An unused, unexpired link to set a password."""

    id: UUID
    account_id: UUID
    email: str
    name: str


def secret_hash(secret: str) -> str:
    """Return what is kept of a random secret. It has 256 bits, so a plain hash hides it."""
    return hashlib.sha256(secret.encode()).hexdigest()


# Made once: this runs in every request of somebody signed in.
_OPEN_SESSION = (
    select(
        SignInSession.id,
        SignInSession.started_at,
        SignInSession.seen_at,
        Account.id,
        Account.name,
        Account.agency_id,
        Account.contact_id,
        AccountRole.role,
    )
    .join(Account, Account.id == SignInSession.account_id)
    .outerjoin(AccountRole, AccountRole.account_id == Account.id)
    .where(
        SignInSession.token_hash == bindparam("token_hash"),
        SignInSession.ended_at.is_(None),
        Account.is_active,
    )
)


def open_session(asked: Session | Connection, token: str) -> OpenSession | None:
    """Return who holds the token of a session that nobody has ended, in one query.

    Whether it is over by its age is for the caller to say.
    """
    rows = asked.execute(_OPEN_SESSION, {"token_hash": secret_hash(token)}).all()
    if not rows:
        return None
    session_id, started_at, seen_at, account_id, name, agency_id, contact_id, _ = rows[0]
    actor = Actor(account_id, agency_id, contact_id, _roles(row[-1] for row in rows), "account")
    return OpenSession(session_id, started_at, seen_at, name, actor)


def key_holder(session: Session, key: str, now: datetime) -> Actor | None:
    """Return the actor for whom an API key speaks, if it is live. One query."""
    rows = session.execute(
        select(Account.id, Account.agency_id, Account.contact_id, AccountRole.role)
        .join(ApiKey, ApiKey.account_id == Account.id)
        .outerjoin(AccountRole, AccountRole.account_id == Account.id)
        .where(
            ApiKey.key_hash == secret_hash(key),
            ApiKey.revoked_at.is_(None),
            ApiKey.expires_at > now,
            Account.is_active,
        )
    ).all()
    if not rows:
        return None
    account_id, agency_id, contact_id, _ = rows[0]
    return Actor(account_id, agency_id, contact_id, _roles(row[-1] for row in rows), "api key")


def actor_of(uow: UnitOfWork, account_id: UUID) -> Actor:
    """Return the account as an actor. Raises LookupError when there is no such active account."""
    row = account_row(uow, account_id)
    if row is None or not row.is_active:
        raise LookupError(f"no active account {account_id}")
    return Actor(row.id, row.agency_id, row.contact_id, row.roles, "account")


def account_row(uow: UnitOfWork, account_id: UUID) -> AccountRow | None:
    """Return one account, or None."""
    return next(iter(_accounts(uow, (account_id,))), None)


def active_accounts(uow: UnitOfWork, account_ids: Iterable[UUID]) -> list[AccountRow]:
    """Return those of these accounts that are active, by name."""
    return [row for row in _accounts(uow, account_ids) if row.is_active]


def account_by_email(uow: UnitOfWork, email: str) -> AccountRow:
    """Return the account with this e-mail address in any case of letters.

    Raises RefusedError when there is none.
    """
    found = uow.session.scalar(select(Account.id).where(Account.email == email.strip().lower()))
    row = None if found is None else account_row(uow, found)
    if row is None:
        raise RefusedError(f"no account has the e-mail address {email}", field="email")
    return row


def account_page(
    uow: UnitOfWork, *, after: UUID | None = None, limit: int = PAGE_SIZE
) -> list[AccountRow]:
    """Return a page of accounts by name, those after the account given."""
    ids = select(Account.id).order_by(Account.name, Account.id).limit(limit)
    if after is not None:
        last = select(Account.name).where(Account.id == after).scalar_subquery()
        ids = ids.where((Account.name > last) | ((Account.name == last) & (Account.id > after)))
    return _accounts(uow, uow.session.scalars(ids).all())


def names_of(uow: UnitOfWork, account_ids: Iterable[UUID]) -> dict[UUID, str]:
    """Return the names of these accounts, active or not, by id."""
    wanted = list(account_ids)
    if not wanted:
        return {}
    rows = uow.session.execute(select(Account.id, Account.name).where(Account.id.in_(wanted)))
    return {account_id: name for account_id, name in rows}  # noqa: C416 - rows are no plain pairs


def accounts_with_role(
    uow: UnitOfWork, role: Role, *, agency_ids: Iterable[UUID] | None = None
) -> list[AccountRow]:
    """Return the active accounts with the role, of these agencies where they are named."""
    ids = (
        select(Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == role.value, Account.is_active)
    )
    if agency_ids is not None:
        ids = ids.where(Account.agency_id.in_(list(agency_ids)))
    return _accounts(uow, uow.session.scalars(ids).all())


def live_invitation(uow: UnitOfWork, token: str) -> LiveInvitation | None:
    """Return the invitation that the token opens, if it is unused and unexpired."""
    row = uow.session.execute(
        select(AccountInvitation.id, Account.id, Account.email, Account.name)
        .join(Account, Account.id == AccountInvitation.account_id)
        .where(
            AccountInvitation.token_hash == secret_hash(token),
            AccountInvitation.used_at.is_(None),
            AccountInvitation.expires_at > uow.now,
            Account.is_active,
        )
    ).one_or_none()
    return None if row is None else LiveInvitation(*row)


def pending_invitation(uow: UnitOfWork, account_id: UUID) -> UUID:
    """Return the id of the account's unused, unexpired invitation.

    Raises RefusedError when it has none.
    """
    found = uow.session.scalar(
        select(AccountInvitation.id).where(
            AccountInvitation.account_id == account_id,
            AccountInvitation.used_at.is_(None),
            AccountInvitation.expires_at > uow.now,
        )
    )
    if found is None:
        raise RefusedError("this account has no invitation that can still be used")
    return found


def password_hash_of(uow: UnitOfWork, account_id: UUID) -> str | None:
    """Return the hash by which somebody signed in proves that it is still they."""
    return uow.session.scalar(select(Account.password_hash).where(Account.id == account_id))


def invitation_token(uow: UnitOfWork, invitation_id: UUID) -> str:
    """Return the secret of an invitation's link.

    It is derived from the id by a key that is not in the database, so that the link can be written
    into a message later although only the secret's hash is kept.
    """
    return keyring_of(uow.session.get_bind().dialect).mark("account_invitation", str(invitation_id))


def invitation_path(uow: UnitOfWork, invitation_id: UUID) -> str:
    """Return the path, below the public address, of the page on which a password is set."""
    return f"/account/invitation/{invitation_token(uow, invitation_id)}"


def _accounts(uow: UnitOfWork, ids: Iterable[UUID]) -> list[AccountRow]:
    """Return the accounts in two queries, whatever their number."""
    wanted = list(ids)
    if not wanted:
        return []
    roles: dict[UUID, list[str]] = {}
    for account_id, role in uow.session.execute(
        select(AccountRole.account_id, AccountRole.role).where(AccountRole.account_id.in_(wanted))
    ):
        roles.setdefault(account_id, []).append(role)
    rows = uow.session.execute(
        select(
            Account.id,
            Account.name,
            Account.email,
            Account.agency_id,
            Account.contact_id,
            Account.password_hash,
            Account.is_active,
            Account.last_signed_in_at,
            Account.version,
        )
        .where(Account.id.in_(wanted))
        .order_by(Account.name, Account.id)
    )
    return [
        AccountRow(
            id=row.id,
            name=row.name,
            email=row.email,
            agency_id=row.agency_id,
            contact_id=row.contact_id,
            roles=_roles(roles.get(row.id, ())),
            is_active=row.is_active,
            has_password=row.password_hash is not None,
            last_signed_in_at=row.last_signed_in_at,
            version=row.version,
        )
        for row in rows
    ]


def _roles(values: Iterable[str | None]) -> frozenset[Role]:
    return frozenset(Role(value) for value in values if value is not None)
