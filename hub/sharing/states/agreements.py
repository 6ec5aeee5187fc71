"""Where an agreement stands on a day; its status is set by people, the rest follows from dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class AgreementStatus(StrEnum):
    """What people have made of a version of an agreement."""

    DRAFT = "draft"
    APPROVED = "approved"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    SUPERSEDED = "superseded"
    """The next version counts in its place; read from a date, never stored."""
    WITHDRAWN = "withdrawn"
    DISCARDED = "discarded"
    """Thrown away before it ever counted."""


class AgreementState(StrEnum):
    """What an agreement is worth on a day."""

    NOT_PARTY = "not_party"
    IN_FORCE = "in_force"
    REVIEW_OVERDUE = "review_overdue"
    REVIEW_LATE = "review_late"
    SUSPENDED = "suspended"
    EXPIRED = "expired"


ROUTES = frozenset({AgreementState.IN_FORCE, AgreementState.REVIEW_OVERDUE})
"""The states in which something may be shared under the agreement."""

BEST_FIRST = (
    AgreementState.IN_FORCE,
    AgreementState.REVIEW_OVERDUE,
    AgreementState.REVIEW_LATE,
    AgreementState.SUSPENDED,
    AgreementState.EXPIRED,
    AgreementState.NOT_PARTY,
)

_BINDS_NOBODY = frozenset(
    {
        AgreementStatus.DRAFT,
        AgreementStatus.APPROVED,
        AgreementStatus.SUPERSEDED,
        AgreementStatus.WITHDRAWN,
        AgreementStatus.DISCARDED,
    }
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The dates and the status of one version, and whether the agency is bound by it.

    ``superseded_on`` is the first day on which the next version counts in its place.
    """

    status: AgreementStatus
    starts_on: date
    ends_on: date | None
    review_on: date
    is_signed: bool
    superseded_on: date | None = None


def status_on(status: AgreementStatus, superseded_on: date | None, day: date) -> AgreementStatus:
    """Return what people have made of a version by a day in Europe/London."""
    counted = status in {AgreementStatus.IN_FORCE, AgreementStatus.SUSPENDED}
    if counted and superseded_on is not None and superseded_on <= day:
        return AgreementStatus.SUPERSEDED
    return status


def agreement_state(terms: Terms, day: date, grace_days: int) -> AgreementState:
    """Return what the agreement is worth on a day in Europe/London.

    A review that is due lets sharing go on with a flag for ``grace_days`` days (30 by default, a
    product choice) and holds it afterwards; at its end the agreement holds at once. Source: the
    ICO's data sharing code asks for regular review and sets no number of days.
    """
    status = status_on(terms.status, terms.superseded_on, day)
    if not terms.is_signed or day < terms.starts_on or status in _BINDS_NOBODY:
        return AgreementState.NOT_PARTY
    if status is AgreementStatus.SUSPENDED:
        return AgreementState.SUSPENDED
    if terms.ends_on is not None and day >= terms.ends_on:
        return AgreementState.EXPIRED
    return _by_review(terms.review_on, day, grace_days)


def _by_review(review_on: date, day: date, grace_days: int) -> AgreementState:
    if day <= review_on:
        return AgreementState.IN_FORCE
    if day <= review_on + timedelta(days=grace_days):
        return AgreementState.REVIEW_OVERDUE
    return AgreementState.REVIEW_LATE


def best(states: Iterable[AgreementState]) -> AgreementState:
    """Return the state that lets most through; with none at all nobody is a party."""
    return min(states, key=BEST_FIRST.index, default=AgreementState.NOT_PARTY)
