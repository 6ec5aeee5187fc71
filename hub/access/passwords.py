"""Passwords are kept as Argon2id hashes; nothing here knows of accounts or of the database."""

import unicodedata
from functools import cache
from threading import BoundedSemaphore

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError

LONGEST = 128
"""Characters; a longer text never reaches the hash function, whose cost grows with it."""

AT_ONCE = 4
"""Hashes computed at the same time; each takes 64 MiB and two threads."""


class Passwords:
    """Makes and checks hashes, a few at a time; slow on purpose."""

    def __init__(self, hasher: PasswordHasher) -> None:
        self._hasher = hasher
        self._room = BoundedSemaphore(AT_ONCE)
        self._nobodys = hasher.hash("a password that no account has")

    def hash(self, password: str) -> str:
        """Return the hash to keep. Raises ValueError for a password that is too long."""
        if len(password) > LONGEST:
            raise ValueError(f"a password has at most {LONGEST} characters")
        with self._room:
            return self._hasher.hash(_normal(password))

    def matches(self, kept: str | None, password: str) -> bool:
        """Return whether the password is the one that was kept.

        Without a kept hash the same work is done, so that the time does not tell whether there is
        an account.
        """
        usable = len(password) <= LONGEST
        with self._room:
            try:
                self._hasher.verify(kept or self._nobodys, _normal(password[:LONGEST]))
            except (VerifyMismatchError, InvalidHashError):
                return False
        return usable and kept is not None


def _normal(password: str) -> str:
    """Return one form of the text, so that the same letters typed on two keyboards are the same."""
    return unicodedata.normalize("NFKC", password)


@cache
def passwords(environment: str) -> Passwords:
    """Return the hasher of the environment.

    The cost is security.md's (64 MiB, 3 rounds, 2 lanes); a test environment holds no real people
    and hashes cheaply, because its journeys sign in hundreds of times.
    """
    if environment == "test":
        return Passwords(PasswordHasher(time_cost=1, memory_cost=64, parallelism=1))
    return Passwords(PasswordHasher(time_cost=3, memory_cost=64 * 1024, parallelism=2))
