"""Where there is no answer: which state is written down, and what must stand beside it.

Source: sharing notes, section 3.4; Mental Capacity Act 2005 (a capacity is assessed for one
decision at one time, from 16 on).
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from hub.sharing.rules.coded import ConsentState
from hub.sharing.rules.consent_terms import PRESUMED_ABLE, Lasting


class Unsafe(StrEnum):
    """Why it was not safe to ask."""

    RAISES_RISK = "raises_risk"
    WARNS = "warns_perpetrator"
    PREJUDICES = "prejudices_investigation"
    DELAYS = "delays_protection"


class Channel(StrEnum):
    """How somebody tried to reach them."""

    TELEPHONE = "telephone"
    MESSAGE = "message"
    VISIT = "visit"
    THROUGH_WORKER = "through_another_worker"
    LETTER = "letter"


@dataclass(frozen=True, slots=True)
class Attempt:
    """One try to reach somebody, on a day in London."""

    on: date
    channel: Channel


@dataclass(frozen=True, kw_only=True, slots=True)
class NoAnswer:
    """Why there is no answer that counts, as the rule sees it; texts are empty where not given.

    ``age`` is in whole years, None where nobody knows it.
    """

    state: ConsentState
    age: int | None
    unsafe: Unsafe | None = None
    assessed_on: date | None = None
    assessor_role: str = ""
    decision: str = ""
    consulted: str = ""
    attempts: Sequence[Attempt] = ()
    indicators: str = ""
    plan: str = ""
    revisit_on: date | None = None


@dataclass(frozen=True, slots=True)
class Lacking:
    """Something that must be written down, and how to mend it."""

    field: str
    cure: str


def lacking(given: NoAnswer, today: date, lasting: Lasting) -> tuple[Lacking, ...]:
    """Return what is missing beside the state; empty when it can be written down."""
    return tuple(_NEEDS[given.state](given, today, lasting))


Found = list[Lacking]


def _not_safe(given: NoAnswer, _: date, __: Lasting) -> Found:
    return [] if given.unsafe else [Lacking("unsafe", "Select why it was not safe to ask")]


def _lacks_capacity(given: NoAnswer, today: date, _: Lasting) -> Found:
    found = []
    if given.age is not None and given.age < PRESUMED_ABLE:
        why = "Capacity is assessed from 16 on. Below that, record whether they are competent"
        found.append(Lacking("state", why))
    if given.assessed_on is None or given.assessed_on > today:
        why = "Enter the day of the assessment, today or in the past"
        found.append(Lacking("assessed_on", why))
    if not given.assessor_role:
        found.append(Lacking("assessor_role", "Enter the role of whoever assessed it"))
    if not given.decision:
        why = "Enter which decision was assessed. Capacity is never assessed for everything"
        found.append(Lacking("decision", why))
    return found


def _again(given: NoAnswer, today: date) -> Found:
    if given.revisit_on is not None and given.revisit_on > today:
        return []
    return [Lacking("revisit_on", "Enter a day to come on which you ask again")]


def _fluctuating(given: NoAnswer, today: date, _: Lasting) -> Found:
    return _again(given, today)


def _not_reached(given: NoAnswer, today: date, lasting: Lasting) -> Found:
    found = []
    if len(given.attempts) < lasting.attempts:
        tries = "attempt" if lasting.attempts == 1 else "attempts"
        found.append(
            Lacking("first_on", f"Enter at least {lasting.attempts} {tries}, each with its day")
        )
    if any(one.on > today for one in given.attempts):
        found.append(Lacking("first_on", "Enter days that are today or in the past"))
    return found


def _pressed(given: NoAnswer, today: date, _: Lasting) -> Found:
    found = []
    if not given.indicators:
        found.append(Lacking("indicators", "Enter what made you think of pressure"))
    if not given.plan:
        found.append(Lacking("plan", "Enter how you will ask them again in private"))
    return [*found, *_again(given, today)]


_NEEDS: dict[ConsentState, Callable[[NoAnswer, date, Lasting], Found]] = {
    ConsentState.NOT_SOUGHT_UNSAFE: _not_safe,
    ConsentState.LACKS_CAPACITY: _lacks_capacity,
    ConsentState.FLUCTUATING: _fluctuating,
    ConsentState.UNABLE_TO_REACH: _not_reached,
    ConsentState.COERCED_SUSPECTED: _pressed,
}
UNANSWERED = frozenset(_NEEDS)
"""The states of which one is recorded where there is no answer that counts."""
