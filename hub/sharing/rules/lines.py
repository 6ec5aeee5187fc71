"""Where a line of a request stands, from the decision and the approvals; and who may do what.

Asker, approver and releaser are never the same person, and no person gives two of the approvals of
one line: what needs two roles needs two people. Source: the issue; sharing notes, section 3.7.
"""

from collections.abc import Collection
from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from hub.sharing.rules.decision import Approver, Outcome
from hub.sharing.states import LineState

ITEM_BY_ITEM = frozenset({8, 9})
"""Rules that hold a line until its approvers have let this very item go, each with a reason."""


class ApprovalState(StrEnum):
    """What became of an approval that was asked for."""

    ASKED = "asked"
    APPROVED = "approved"
    REFUSED = "refused"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True)
class Answered:
    """One approval of the decision that counts; ``account_id`` is who answered."""

    letter: Approver
    state: ApprovalState
    account_id: UUID | None = None


def asks_approval(outcome: Outcome, rule: int) -> bool:
    """Tell whether a line with this decision can leave once its approvers have said yes."""
    if outcome is Outcome.HOLD:
        return rule in ITEM_BY_ITEM
    return outcome in {Outcome.ROUTE, Outcome.HIT, Outcome.DECIDE}


def line_state(outcome: Outcome, rule: int, approvals: Collection[Answered]) -> LineState:
    """Return where a line stands that nobody has settled yet.

    One no is enough; everybody must say yes. In immediate danger nobody is waited for.
    """
    if outcome is Outcome.ROUTE_NOW:
        return LineState.READY
    if outcome is Outcome.REFUSE:
        return LineState.REFUSING
    if not asks_approval(outcome, rule):
        return LineState.HELD
    states = [one.state for one in approvals]
    if ApprovalState.REFUSED in states:
        return LineState.REFUSING
    if all(state is ApprovalState.APPROVED for state in states):
        return LineState.READY
    return LineState.WAITING


@dataclass(frozen=True)
class Separation:
    """Whether somebody may do their part, by which rule, and why not."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...] = ()


def may_approve(account_id: UUID, asker_id: UUID, approvals: Collection[Answered]) -> Separation:
    """Decide whether somebody may answer one of the approvals of a line."""
    if account_id == asker_id:
        return Separation(
            allowed=False, rule="asker", reasons=("Nobody approves their own request.",)
        )
    if any(one.account_id == account_id for one in approvals):
        return Separation(
            allowed=False,
            rule="two_people",
            reasons=(
                "You have given one approval of this item. Another person must give this one.",
            ),
        )
    return Separation(allowed=True, rule="another_person")


def may_release(account_id: UUID, asker_id: UUID, approvals: Collection[Answered]) -> Separation:
    """Decide whether somebody may let a line out: neither who asked nor who approved."""
    if account_id == asker_id:
        return Separation(
            allowed=False, rule="asker", reasons=("Nobody answers their own request.",)
        )
    if any(one.account_id == account_id for one in approvals):
        return Separation(
            allowed=False,
            rule="approver",
            reasons=("You approved this item. Another person must send it.",),
        )
    return Separation(allowed=True, rule="another_person")


def how_settled(lines: Collection[LineState]) -> str | None:
    """Return ``in_full``, ``in_part`` or ``refused`` once every line has an end, else None."""
    if not lines or not all(one in {LineState.SHARED, LineState.WITHHELD} for one in lines):
        return None
    shared = sum(one is LineState.SHARED for one in lines)
    if shared == len(lines):
        return "in_full"
    return "in_part" if shared else "refused"
