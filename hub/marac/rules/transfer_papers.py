"""Which papers go with a case to another area, what is missed there, and the risk after a move.

Source: SafeLives' transfer tips (domain notes 1.14): all relevant papers go, minutes and plans
among them; the receiving area asks for what it misses; risk often rises on moving, so that it is
assessed again. Source of what stays: the confidentiality statement (1.9), by which nothing is
passed on without the agreement of whoever gave it.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Self
from uuid import UUID

from hub.marac.rules.research import whereabouts


class PaperKind(StrEnum):
    """What sort of paper; the referral itself always goes and is none of them."""

    FILE = "file"
    RECORD = "record"
    """What was written down of the case at one meeting: its minutes."""
    ACTIONS = "actions"
    RESEARCH = "research"
    """What one agency shared with one meeting."""


@dataclass(frozen=True, order=True)
class PaperKey:
    """One paper: its sort, and the row that it is about."""

    kind: PaperKind
    about_id: UUID

    @property
    def code(self) -> str:
        """The paper as the value of a tick box."""
        return f"{self.kind}.{self.about_id}"

    @classmethod
    def read(cls, code: str) -> Self:
        """Return the paper of a tick box. Raises ValueError."""
        kind, _, about_id = code.partition(".")
        return cls(PaperKind(kind), UUID(about_id))


class Missing(StrEnum):
    """What the receiving area can ask for: sorts only, for free words could say where she is."""

    RISK_ASSESSMENT = "risk_assessment"
    SAFETY_PLAN = "safety_plan"
    MINUTES = "minutes"
    ACTIONS = "actions"
    RESEARCH = "research"
    ANY = "any"


MISSING_WORDS: dict[str, str] = {
    Missing.RISK_ASSESSMENT: "The risk assessment",
    Missing.SAFETY_PLAN: "The safety plan",
    Missing.MINUTES: "Minutes of an earlier meeting",
    Missing.ACTIONS: "Actions, and what came of them",
    Missing.RESEARCH: "What agencies shared",
    Missing.ANY: "Any other paper of the case",
}


class RiskIs(StrEnum):
    """What came of assessing the risk again after a move."""

    HIGHER = "higher"
    SAME = "same"
    LOWER = "lower"
    NOT_ASSESSED = "not_assessed"


RISK_PROMPT = "Risk often rises on moving: repeat the risk assessment."
RISK_WORDS: dict[str, str] = {
    RiskIs.HIGHER: "Assessed again: the risk is higher",
    RiskIs.SAME: "Assessed again: the risk is the same",
    RiskIs.LOWER: "Assessed again: the risk is lower",
    RiskIs.NOT_ASSESSED: "Not assessed again",
}


@dataclass(frozen=True)
class Problem:
    """What keeps an answer from being taken, and the field to mend."""

    why: str
    field: str


def unknown_papers(wanted: Collection[PaperKey], may_go: Collection[PaperKey]) -> Problem | None:
    """Refuse a paper that is not among those that may go, or no more."""
    if set(wanted) <= set(may_go):
        return None
    return Problem("Something that you ticked may not go any more. Tick the papers anew", "papers")


def answer_problem(papers: Collection[PaperKey], refusal: str) -> Problem | None:
    """Refuse an answer that neither sends anything nor says why, or that does both."""
    if papers and refusal.strip():
        return Problem("You send papers, so leave this empty, or tick none", "refusal")
    if not papers and not refusal.strip():
        return Problem("Enter why you send nothing, or tick what you send", "refusal")
    return None


def risk_problem(
    risk_is: RiskIs, on: date | None, note: str, *, told_on: date, today: date
) -> Problem | None:
    """Refuse an assessment without a day since the move was known, or none without a reason."""
    if risk_is is RiskIs.NOT_ASSESSED:
        return None if note.strip() else Problem("Enter why it was not assessed again", "note")
    if on is None:
        return Problem("Enter the day on which it was assessed", "on")
    if on > today:
        return Problem("This must be today or earlier", "on")
    if on < told_on:
        return Problem("Enter a day since the move: an older assessment is not about it", "on")
    return None


def tells_where(text: str, *known: str) -> str:
    """Return what in a text for the old area says where somebody lives now, empty if nothing.

    ``known`` are lines of the new address. Capitals, commas and blanks make no difference.
    """
    found = whereabouts(text)
    if found:
        return found[0]
    said = _plain(text)
    lines = [line.strip() for each in known for line in each.splitlines()]
    return next((line for line in lines if len(_plain(line)) > SHORT and _plain(line) in said), "")


SHORT = 4
"""Letters and digits up to which a line of an address, such as a flat, says nothing alone."""


def _plain(text: str) -> str:
    return "".join(sign for sign in text.casefold() if sign.isalnum())
