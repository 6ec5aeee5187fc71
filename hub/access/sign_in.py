"""Signing in and out: attempts that are counted before they are checked, and sessions.

The password is checked between two units, because that takes an eighth of a second and a unit
would keep every other writer waiting.
"""

import secrets
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, select, update

from hub.access.events import SignedIn, SignedOut, SignInRefused
from hub.access.models import Account, IdempotentAnswer, SignInSession, SignInThrottle
from hub.access.queries import secret_hash
from hub.access.rules import ANSWERS_KEPT, FORGOTTEN_AFTER, LONGEST_WAIT, SessionLimits, Tries
from hub.db.types import keyring_of
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError


@dataclass(frozen=True, kw_only=True)
class Attempt:
    """What is needed to check a password; without an account the same work is done."""

    email: str
    network: str
    account_id: UUID | None = None
    password_hash: str | None = None
    must_wait: bool = False


def begin_sign_in(email: str, network: str, *, uow: UnitOfWork) -> Attempt:
    """Count one attempt, as failed until it has succeeded, and return what it is checked against.

    Counting first means that guesses sent at the same time do not slip through together. An
    attempt that must wait is neither counted nor checked. ``network`` is the client's address,
    empty where it is not known and the account alone is counted.
    """
    address = email.strip().lower()
    keys = _keys(uow, address, network)
    for key in sorted(keys):
        uow.alone(f"sign-in {key}")
    rows = {key: uow.session.get(SignInThrottle, key) for key in keys}
    tries = {key: _tries(row) for key, row in rows.items()}
    if any(each.must_wait(uow.now) for each in tries.values()):
        return Attempt(email=address, network=network, must_wait=True)

    for key, each in tries.items():
        after = each.failed(uow.now)
        row = rows[key] or SignInThrottle(key=key)
        row.failures = after.failures
        row.last_failed_at = uow.now
        row.blocked_until = after.blocked_until
        uow.session.add(row)
    found = uow.session.execute(
        select(Account.id, Account.password_hash).where(Account.email == address, Account.is_active)
    ).one_or_none()
    if found is None:
        return Attempt(email=address, network=network)
    return Attempt(email=address, network=network, account_id=found[0], password_hash=found[1])


def complete_sign_in(attempt: Attempt, *, uow: UnitOfWork) -> str:
    """Forget the failures and open a session; returns its token, which is kept as a hash only.

    Raises NotFoundError when the account was switched off meanwhile.
    """
    uow.session.execute(
        delete(SignInThrottle).where(
            SignInThrottle.key.in_(_keys(uow, attempt.email, attempt.network))
        )
    )
    return start_session(attempt.account_id, uow=uow)


def start_session(account_id: UUID | None, *, uow: UnitOfWork) -> str:
    """Open a session for somebody who has just proved who they are, and return its token.

    Raises NotFoundError when there is no such active account.
    """
    account = None if account_id is None else uow.session.get(Account, account_id)
    if account is None or not account.is_active:
        raise NotFoundError("no such account")
    token = secrets.token_urlsafe(32)
    uow.session.add(
        SignInSession(
            id=uow.new_id(),
            token_hash=secret_hash(token),
            account_id=account.id,
            started_at=uow.now,
            seen_at=uow.now,
        )
    )
    account.last_signed_in_at = uow.now
    uow.emit(SignedIn(account_id=account.id, contact_id=account.contact_id))
    return token


def refuse_sign_in(attempt: Attempt, *, uow: UnitOfWork) -> None:
    """Say that a checked attempt failed."""
    uow.emit(SignInRefused(account_id=attempt.account_id))


def sign_out(token: str, *, uow: UnitOfWork) -> None:
    """End the session of the token; one that has ended already stays so."""
    ended = uow.session.execute(
        update(SignInSession)
        .where(SignInSession.token_hash == secret_hash(token), SignInSession.ended_at.is_(None))
        .values(ended_at=uow.now)
        .returning(SignInSession.account_id)
    ).scalar_one_or_none()
    if ended is not None:
        uow.emit(SignedOut(account_id=ended))


def note_seen(session_id: UUID, *, uow: UnitOfWork) -> None:
    """Keep that the browser was here just now, from which idleness is counted."""
    uow.session.execute(
        update(SignInSession).where(SignInSession.id == session_id).values(seen_at=uow.now)
    )


def forget_old(limits: SessionLimits, *, uow: UnitOfWork) -> None:
    """Delete sessions that are over, failures and answers that no longer count; a timed job."""
    uow.session.execute(
        delete(SignInSession).where(SignInSession.started_at < uow.now - limits.longest)
    )
    uow.session.execute(
        delete(SignInThrottle).where(
            SignInThrottle.last_failed_at < uow.now - FORGOTTEN_AFTER - LONGEST_WAIT
        )
    )
    uow.session.execute(
        delete(IdempotentAnswer).where(IdempotentAnswer.at < uow.now - ANSWERS_KEPT)
    )


def _keys(uow: UnitOfWork, email: str, network: str) -> tuple[str, ...]:
    """Return the names under which failures are counted; hashed, because they are people's."""
    keyring = keyring_of(uow.session.get_bind().dialect)
    account = keyring.mark("sign-in account", email)
    return (account, keyring.mark("sign-in network", network)) if network else (account,)


def _tries(row: SignInThrottle | None) -> Tries:
    if row is None:
        return Tries()
    return Tries(row.failures, row.last_failed_at, row.blocked_until)
