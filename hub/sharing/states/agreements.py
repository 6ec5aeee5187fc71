"""Where an agreement stands on a day; its status is set by people, the rest follows from dates."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum


class AgreementStatus(StrEnum):
    """What people have made of an agreement."""

    DRAFT = "draft"
    IN_FORCE = "in_force"
    SUSPENDED = "suspended"
    WITHDRAWN = "withdrawn"


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

_BEST_FIRST = (
    AgreementState.IN_FORCE,
    AgreementState.REVIEW_OVERDUE,
    AgreementState.REVIEW_LATE,
    AgreementState.SUSPENDED,
    AgreementState.EXPIRED,
    AgreementState.NOT_PARTY,
)


@dataclass(frozen=True, kw_only=True)
class Terms:
    """The dates and the status of one agreement, and whether the agency is bound by it."""

    status: AgreementStatus
    starts_on: date
    ends_on: date | None
    review_on: date
    is_signed: bool


def agreement_state(terms: Terms, day: date, grace_days: int) -> AgreementState:
    """Return what the agreement is worth on a day in Europe/London.

    A review that is due lets sharing go on with a flag for ``grace_days`` days (30 by default, a
    product choice) and holds it afterwards; at its end the agreement holds at once. Source: the
    ICO's data sharing code asks for regular review and sets no number of days.
    """
    fixed = {
        AgreementStatus.DRAFT: AgreementState.NOT_PARTY,
        AgreementStatus.WITHDRAWN: AgreementState.NOT_PARTY,
        AgreementStatus.SUSPENDED: AgreementState.SUSPENDED,
    }
    if not terms.is_signed or day < terms.starts_on:
        return AgreementState.NOT_PARTY
    if terms.status in fixed:
        return fixed[terms.status]
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
    return min(states, key=_BEST_FIRST.index, default=AgreementState.NOT_PARTY)
