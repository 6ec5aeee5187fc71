"""Who is asked about a case, by when, when the silent are chased, and what silence is: not asked.

Five words and no more say what is known of an agency's answer (the issue; SafeLives' research
form): not asked, asked, nothing held, shared, refused. Time turns none of them into another.
"""

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from enum import StrEnum

from hub.kernel.days import london_instant
from hub.kernel.working_days import working_days_before
from hub.marac.states import ResearchState

MORNING, CLOSE = time(9), time(17)
LEAST_NOTICE = timedelta(hours=2)
"""Somebody asked late still gets so long to look."""


class LineKind(StrEnum):
    """What a line of an agency's research is: fact is kept apart from opinion."""

    FACT = "fact"
    OPINION = "opinion"
    HISTORY = "history"
    RISK = "risk"
    PROTECTIVE = "protective"
    WISHES = "wishes"
    OWN_WORDS = "own_words"
    """The young person's own words."""
    SUGGESTION = "suggestion"


class Mode(StrEnum):
    """How an agency takes part in a case."""

    ATTEND = "attend"
    ONE_SLOT = "one_slot"
    INFORMATION_ONLY = "information_only"


NOT_ASKED = "not_asked"

WORDS = {
    NOT_ASKED: "Not asked",
    ResearchState.ASKED: "Asked, no answer yet",
    ResearchState.NOTHING_HELD: "Nothing held",
    ResearchState.SHARED: "Shared",
    ResearchState.REFUSED: "Would not answer",
}
"""The five states in the words of a page; silence is never made into "nothing held"."""


def research_due_at(deadline_on: date, starts_at: datetime, asked_at: datetime) -> datetime:
    """Return by when research must be back (UTC): the close of the deadline's day in London.

    For a case that is listed later than that, two hours from now, but never after the meeting.
    """
    due = london_instant(deadline_on, CLOSE)
    return min(max(due, asked_at + LEAST_NOTICE), max(starts_at, asked_at))


def chases_at(
    deadline_on: date, days_before: Iterable[int], extra_closed: frozenset[date] = frozenset()
) -> tuple[datetime, ...]:
    """Return when the silent are chased (UTC): at nine on so many working days before the deadline.

    In the order of time; a number twice is one chaser.
    """
    days = {working_days_before(deadline_on, days, extra_closed) for days in days_before}
    return tuple(london_instant(day, MORNING) for day in sorted(days))


def next_chase(chases: Iterable[datetime], after: datetime) -> datetime | None:
    """Return the first chaser (UTC) after an instant, None where none is left.

    After a timer that comes late there is one chaser, not one for each that was missed.
    """
    return min((at for at in chases if at > after), default=None)


@dataclass(frozen=True)
class Release:
    """Whether lines may be released, by which rule, and why not."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...] = ()


def may_release(lines: int, proportionality: str) -> Release:
    """Decide whether so many lines may be released with this statement.

    Source: domain notes 1.6: what is shared is relevant and proportionate, and somebody says why.
    """
    if not lines:
        return Release(allowed=False, rule="lines", reasons=("Select at least one line to share.",))
    if not proportionality.strip():
        why = "Write why what you share is relevant and proportionate."
        return Release(allowed=False, rule="proportionality", reasons=(why,))
    return Release(allowed=True, rule="released")


_WHERE = re.compile(
    r"\b[A-Z]{1,2}[0-9][A-Z0-9]? ?[0-9][A-Z]{2}\b"  # a postcode
    r"|(?:\+44|\b0)[0-9](?:[ -]?[0-9]){8,9}\b"  # a telephone number
    r"|[^\s@]+@[^\s@]+\.[^\s@.,;]+",  # an e-mail address
    re.IGNORECASE | re.ASCII,
)


def whereabouts(text: str) -> tuple[str, ...]:
    """Return the postcodes, telephone numbers and e-mail addresses in a text, as they stand.

    Source: security note T20; a new address typed into notes has given people away (X7).
    """
    return tuple(found.group() for found in _WHERE.finditer(text))


def may_say_nothing(lines: int) -> Release:
    """Decide whether an agency that has written so many lines may say that it holds nothing."""
    if lines:
        why = (
            "Your agency has written something about this case, so it holds something. Share a"
            " line, say why you will not answer, or delete what was written."
        )
        return Release(allowed=False, rule="written", reasons=(why,))
    return Release(allowed=True, rule="nothing")
