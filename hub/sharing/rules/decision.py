"""What the table answers: an outcome, how much, who must say yes, and what to write down."""

from dataclasses import dataclass
from enum import StrEnum


class Outcome(StrEnum):
    """What follows from a decision."""

    ROUTE = "ROUTE"
    """It may leave once every approver has said yes."""
    ROUTE_NOW = "ROUTE_NOW"
    """By phone at once; looked at afterwards."""
    HIT = "HIT"
    """The fact that the person is known goes to the leaving care team, and to nobody else."""
    DECIDE = "DECIDE"
    """The approvers choose and write both risks down."""
    HOLD = "HOLD"
    REFUSE = "REFUSE"


TELLS = frozenset({Outcome.ROUTE, Outcome.ROUTE_NOW, Outcome.HIT})
"""The outcomes under which something is told to somebody."""


class Scope(StrEnum):
    """How much may be told."""

    NONE = "none"
    AS_ASKED = "as_asked"
    OVERLAP = "overlap"
    """What lies both in the request and in a limited consent."""
    MINIMUM = "minimum"
    EXACT_ORDER = "exact_order"
    HIT_ONLY = "hit_only"
    INVITATION_ONLY = "invitation_only"
    """An invitation through the hub; contact details only after the worker has accepted."""


class Approver(StrEnum):
    """Who must say yes, by the letters of the published table."""

    DUTY_WORKER = "W"
    MANAGER = "M"
    SAFEGUARDING_LEAD = "D"
    LEAD_OR_MANAGER = "D/M"
    """One of the two suffices."""
    CALDICOTT_GUARDIAN = "C"
    ASSET_OWNER = "I"
    """The information asset owner."""
    SIRO = "S"
    """The senior information risk owner."""
    LEGAL = "L"
    DATA_PROTECTION_OFFICER = "P"
    """Advises and never approves."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Decision:
    """What may be done, by which rule, and why in plain words.

    ``record`` is what to write down beside the base record, ``gaps`` what a police request about a
    victim lacks. ROUTE may leave only once every one of ``approvers`` has said yes.
    """

    rule: int
    outcome: Outcome
    scope: Scope
    approvers: tuple[Approver, ...]
    reviewers: tuple[Approver, ...]
    advice: tuple[Approver, ...]
    record: tuple[str, ...]
    gaps: tuple[str, ...]
    flags: tuple[str, ...]
    reasons: tuple[str, ...]

    @property
    def tells(self) -> bool:
        """Whether something may be told at all, after the approvals that it needs."""
        return self.outcome in TELLS
