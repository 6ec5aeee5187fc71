"""What an agenda says about a case in a word or two, in the order in which it is read.

Source: SafeLives' suggested agenda and transfer tips (domain notes 1.7 and 1.14): repeats, cases
from another area, and those that are for alert only are marked; late and put back ones as well, so
that the chair knows what the others had time to read.
"""

from dataclasses import dataclass
from enum import StrEnum

from hub.marac.clocks import Label


class Mark(StrEnum):
    """One mark; the order of these is that of the page."""

    URGENT = "urgent"
    REPEAT = "repeat"
    CHECK = "check"
    NEW_CASE = "new_case"
    TRANSFERRED = "transferred"
    PUT_BACK = "put_back"
    LATE = "late"
    LATE_ACCEPTED = "late_accepted"
    ALERT_ONLY = "alert_only"


WORDS: dict[str, str] = {
    Mark.URGENT: "urgent",
    Mark.REPEAT: "repeat",
    Mark.CHECK: "may be a repeat",
    Mark.NEW_CASE: "another {w.alleged_perpetrator}",
    Mark.TRANSFERRED: "from another area",
    Mark.PUT_BACK: "put back from an earlier meeting",
    Mark.LATE: "late",
    Mark.LATE_ACCEPTED: "late, accepted by the chair",
    Mark.ALERT_ONLY: "alert only",
}
_OF_LABEL = {Label.REPEAT: Mark.REPEAT, Label.CHECK: Mark.CHECK, Label.NEW_CASE: Mark.NEW_CASE}


@dataclass(frozen=True, kw_only=True)
class MarkFacts:
    """What is known of a case; ``label`` is empty where nobody has said what it repeats."""

    is_urgent: bool = False
    is_alert_only: bool = False
    is_late: bool = False
    is_accepted_late: bool = False
    is_put_back: bool = False
    label: str = ""
    from_area: str = ""


def marks_of(facts: MarkFacts) -> tuple[Mark, ...]:
    """Return the marks of a case in the order of the page.

    A case that was put back came in time for the meeting before, so it is not late.
    """
    is_late = facts.is_late and not facts.is_put_back
    said = {
        Mark.URGENT: facts.is_urgent,
        Mark.TRANSFERRED: bool(facts.from_area),
        Mark.PUT_BACK: facts.is_put_back,
        Mark.LATE: is_late and not facts.is_accepted_late,
        Mark.LATE_ACCEPTED: is_late and facts.is_accepted_late,
        Mark.ALERT_ONLY: facts.is_alert_only,
        **{mark: facts.label == label for label, mark in _OF_LABEL.items()},
    }
    return tuple(mark for mark in Mark if said[mark])


def in_words(mark: str, from_area: str = "") -> str:
    """Return a mark in words that may hold those of the label pack; a transfer says from where."""
    if mark == Mark.TRANSFERRED and from_area:
        return f"from {from_area}"
    return WORDS[mark]
