"""Rules of signing in: how good a password is, when an attempt must wait, when a session ends."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

SHORTEST_PASSWORD = 15
FEWEST_DIFFERENT = 6
LOCAL_PART_THAT_COUNTS = 4
COMMON = (
    "password",
    "letmein",
    "welcome",
    "qwertyuiop",
    "asdfghjkl",
    "zxcvbnm",
    "administrator",
    "lincolnshire",
    "leavingcare",
    "changeme",
    "iloveyou",
    "football",
    "liverpool",
    "secret",
    "summer",
    "winter",
    "spring",
    "autumn",
)
"""What people choose first; a password that is one of them with trimmings is refused."""

TRIMMINGS = 6
"""Characters beside a common word that make it no better."""

FREE_TRIES = 5
FIRST_WAIT = timedelta(seconds=30)
LONGEST_WAIT = timedelta(minutes=15)
FORGOTTEN_AFTER = timedelta(hours=1)
INVITATION_LIVES = timedelta(days=2)
ANSWERS_KEPT = timedelta(days=7)
"""For how long a repeat with the same Idempotency-Key finds the answer of the first."""


def password_fault(password: str, email: str) -> str | None:
    """Return why the password will not do, in words for the page, or None when it will.

    Long beats complicated: three random words pass. Source: security.md T46.
    """
    folded = password.casefold()
    bare = "".join(letter for letter in folded if letter.isalnum())
    local = email.casefold().partition("@")[0]
    if len(password) < SHORTEST_PASSWORD:
        return (
            f"Password must have {SHORTEST_PASSWORD} characters or more, such as three random words"
        )
    if len(set(bare)) < FEWEST_DIFFERENT or _is_a_run(bare):
        return "Password must not repeat or count through the same characters"
    if len(local) >= LOCAL_PART_THAT_COUNTS and local in folded:
        return "Password must not contain your e-mail address"
    if any(len(bare.replace(word, "")) <= TRIMMINGS for word in COMMON if word in bare):
        return "Password must not be a common one. Choose three random words"
    return None


def _is_a_run(text: str) -> bool:
    """Return whether each character is the next of the one before, forwards or backwards."""
    steps = {(ord(b) - ord(a)) % 10 for a, b in pairwise(text)}
    return len(steps) == 1


@dataclass(frozen=True)
class Tries:
    """What is known of failed attempts for one account name or network address."""

    failures: int = 0
    last_failed_at: datetime | None = None
    blocked_until: datetime | None = None

    def must_wait(self, now: datetime) -> bool:
        """Return whether an attempt at this instant is refused without being checked."""
        return self.blocked_until is not None and now < self.blocked_until

    def failed(self, now: datetime) -> "Tries":
        """Return what is known after one more failed attempt at this instant.

        Five tries are free; then each failure doubles the wait from half a minute to a quarter of
        an hour. An hour without a failure forgets. Source: security.md T46.
        """
        stale = self.last_failed_at is None or now - self.last_failed_at >= FORGOTTEN_AFTER
        failures = 1 if stale else self.failures + 1
        if failures < FREE_TRIES:
            return Tries(failures, now)
        doublings = min(failures - FREE_TRIES, 10)
        return Tries(failures, now, now + min(FIRST_WAIT * 2**doublings, LONGEST_WAIT))


def network_of(address: str | None, *, is_production: bool, proxies: int) -> str:
    """Return the client's address as attempts are counted by it, empty where it is not known.

    In production a proxy stands in front. While none is believed, everybody seems to come from it,
    and five slips of anybody would keep all others out. Source: security.md T46.
    """
    return "" if is_production and not proxies else address or ""


@dataclass(frozen=True)
class SessionLimits:
    """For how long a signed-in browser stays so."""

    idle: timedelta
    longest: timedelta

    def is_over(self, *, started_at: datetime, seen_at: datetime, now: datetime) -> bool:
        """Return whether the session has ended by itself at this instant."""
        return now >= seen_at + self.idle or now >= started_at + self.longest
