"""May the leaving care service be told that one of its people is in a concern? The first direction.

This room's rules carry the numbers of the hub's published decision table (public interfaces,
section 3). Those that can fire when a case is listed are here; the whole table replaces this file.
"""

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from hub.sharing.states import ROUTES, AgreementState


class Outcome(StrEnum):
    """What follows from a decision."""

    HIT = "HIT"
    HOLD = "HOLD"
    REFUSE = "REFUSE"


class Consent(StrEnum):
    """What the person said about telling the leaving care service, as the referrer recorded it."""

    GIVEN = "given_explicit"
    REFUSED = "refused"
    NOT_ASKED = "not_asked"
    NOT_SAFE_TO_ASK = "not_sought_unsafe"


class Purpose(StrEnum):
    """What the sharing is for."""

    MARAC_RISK = "marac_risk"
    SAFETY_PLANNING = "safety_planning"
    CHILD_SAFEGUARDING = "child_safeguarding"
    MEETING_INVITE = "meeting_invite"


REFUSED_RULE, WEIGHED_RULE = 31, 28
"""A refusal, and the decision of a named person that harm outweighs it."""

SAFETY = frozenset({Purpose.MARAC_RISK, Purpose.SAFETY_PLANNING, Purpose.CHILD_SAFEGUARDING})


@dataclass(frozen=True, kw_only=True)
class Question:
    """The coded facts of one possible disclosure to the leaving care service."""

    agreement: AgreementState
    purpose: Purpose
    existence_excluded: bool
    consent: Consent
    is_under_18: bool


@dataclass(frozen=True, kw_only=True)
class Decision:
    """What may be done, by which rule, and why in plain words."""

    outcome: Outcome
    rule: int
    reasons: tuple[str, ...]

    @property
    def allowed(self) -> bool:
        """Whether the service may be told."""
        return self.outcome is Outcome.HIT


@dataclass(frozen=True, kw_only=True)
class _Row:
    """One row of the table: when it fires, and what follows."""

    rule: int
    fires: Callable[[Question], bool]
    outcome: Outcome
    why: str


_TABLE = (
    _Row(
        rule=12,
        fires=lambda q: q.agreement is AgreementState.NOT_PARTY,
        outcome=Outcome.HOLD,
        why="The leaving care service is not a party to an agreement that names this purpose. "
        "Cases come up again and again, so an agreement comes first.",
    ),
    _Row(
        rule=10,
        fires=lambda q: q.existence_excluded,
        outcome=Outcome.REFUSE,
        why="The agreement excludes saying that somebody is involved.",
    ),
    _Row(
        rule=16,
        fires=lambda q: q.agreement not in ROUTES,
        outcome=Outcome.HOLD,
        why="The agreement has expired, is suspended or its review is late. Renew it, or treat "
        "this as a single request.",
    ),
    _Row(
        rule=21,
        fires=lambda q: q.purpose in SAFETY and q.consent is not Consent.REFUSED,
        outcome=Outcome.HIT,
        why="The agreement is in force and names this purpose, and the purpose is safety.",
    ),
    _Row(
        rule=22,
        fires=lambda q: q.consent is Consent.GIVEN,
        outcome=Outcome.HIT,
        why="The agreement is in force and names this purpose, and the person agreed.",
    ),
    _Row(
        rule=26,
        fires=lambda q: q.purpose in SAFETY and q.is_under_18,
        outcome=Outcome.HIT,
        why="The person is under 18, so the sharing does not rest on consent. Explain it to them "
        "unless that would be unsafe.",
    ),
    _Row(
        rule=31,
        fires=lambda q: q.consent is Consent.REFUSED,
        outcome=Outcome.REFUSE,
        why="The person refused. A manager can look at whether there is a basis that overrides it.",
    ),
    _Row(
        rule=30,
        fires=lambda _: True,
        outcome=Outcome.HOLD,
        why="Nobody has asked the person yet, and the purpose is not safety.",
    ),
)
"""Read from top to bottom; the first row that fires decides, and the last one always does."""


def may_tell_service(question: Question) -> Decision:
    """Return whether the fact of a concern may be told to the leaving care service.

    Default is no. An agreement counts for a purpose only if it names it, so a purpose that is not
    named is the same as no agreement. A review that is overdue by a few days lets through.
    """
    row = next(row for row in _TABLE if row.fires(question))
    overdue = question.agreement is AgreementState.REVIEW_OVERDUE and row.outcome is Outcome.HIT
    late = ("Its review is overdue: this goes on for a short time only.",) if overdue else ()
    return Decision(outcome=row.outcome, rule=row.rule, reasons=(row.why, *late))
