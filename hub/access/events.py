"""What happens to accounts."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AccountInvited(Event):
    """An administrator made an account and a link to set its password."""

    account_id: UUID
    invitation_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountActivated(Event):
    """Somebody set the password of their account."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class RolesChanged(Event):
    """The roles of an account changed, to these; its sessions have ended."""

    account_id: UUID
    roles: str
    """Codes, parted by a comma."""


@dataclass(frozen=True, kw_only=True)
class AccountDisabled(Event):
    """An account was switched off; its sessions and keys have ended."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignedIn(Event):
    """Somebody signed in; their directory entry is thereby known to be live."""

    account_id: UUID
    contact_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class SignedOut(Event):
    """Somebody signed out, or left quickly."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiKeyCreated(Event):
    """A key was made for an account."""

    key_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class SignInRefused(Event):
    """Somebody typed a wrong password, or an address that no account has (then no id)."""

    account_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class PasswordChanged(Event):
    """Somebody changed their password; their other sessions have ended."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccountEnabled(Event):
    """An account that had been switched off was switched on again."""

    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApiKeyRevoked(Event):
    """A key was ended before its time."""

    key_id: UUID
    account_id: UUID
