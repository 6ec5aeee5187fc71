"""What an action must have, who must accept it, and how it is chased.

An action answers a risk, is somebody's by name, has a day, and says whether the victim may be told
(domain notes 1.11). Nobody who was absent has one without accepting it.
"""

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta

from hub.kernel.days import london_instant
from hub.marac.states import ActionState

MORNING = time(9)
ACCEPT_WITHIN = timedelta(days=1)
"""How long somebody who was not there has to accept an action before they are asked again."""

CHASE_EVERY = timedelta(days=7)
ESCALATE_AFTER = timedelta(days=14)
"""How long an action is overdue before the steering group hears of it. A product choice."""
STAGES = (ESCALATE_AFTER, 2 * ESCALATE_AFTER)
"""How long it is overdue when they hear of it for the first time, and once more."""


@dataclass(frozen=True)
class Confirmation:
    """Whether a case's actions can be confirmed, by which rule, and what lacks."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...] = ()


_LACKS = {
    "who_else": "Write who else knows this person, or that nobody does.",
    "risk_who": "Write who is at risk.",
    "risk_from": "Write from whom.",
    "risk_of": "Write of what.",
    "risk_when": "Write how soon.",
    "factors_for": "Write what makes it worse.",
    "factors_against": "Write what makes it safer.",
}
"""What the record must say before actions can be confirmed, and the words for what lacks: who else
knows the person (domain notes, section 3, line 11), and the risk summary with what contributes to
the risk and what protects (section 6, line 39)."""


def may_confirm(notes: dict[str, str], teller: str | None) -> Confirmation:
    """Decide whether a case can be ended with its actions.

    Who else knows the person and the risk summary come first, and somebody tells the victim, or it
    is written down why nobody does. Source: the issue, item 6; SafeLives' effective chairing.
    """
    lacks = [cure for field, cure in _LACKS.items() if not notes.get(field, "").strip()]
    if not teller:
        lacks.append("Choose who tells the victim, or nobody with a reason.")
    return Confirmation(not lacks, "confirmed" if not lacks else "incomplete", tuple(lacks))


@dataclass(frozen=True)
class WithOwners:
    """By when a meeting's actions are with their owners (UTC), and how many are not yet."""

    by: datetime
    waiting: int
    is_late: bool


def with_owners(ends_at: datetime, hours: int, waiting: int, now: datetime) -> WithOwners:
    """Return how a meeting's actions stand by what its area has set: so many hours after its end.

    ``waiting`` are actions that nobody has accepted yet, or that were declined. Source: domain
    notes, section 6, line 43.
    """
    by = ends_at + timedelta(hours=hours)
    return WithOwners(by=by, waiting=waiting, is_late=waiting > 0 and now > by)


def first_state(*, owner_was_there: bool) -> ActionState:
    """Return how an action begins: open for somebody who heard the case, else to be accepted."""
    return ActionState.OPEN if owner_was_there else ActionState.PROPOSED


def chased_after(state: ActionState, due_on: date, since: datetime) -> datetime | None:
    """Return the next instant (UTC) after ``since`` at which the owner is asked again.

    Who has not accepted is asked every day; else the morning before its day, the morning after it,
    and then every week. None for what is settled, or waits for somebody else than its owner.
    """
    if state is ActionState.PROPOSED:
        return since + ACCEPT_WITHIN
    if state is not ActionState.OPEN:
        return None
    mornings = (london_instant(due_on + timedelta(days=days), MORNING) for days in (-1, 1))
    return next((one for one in mornings if one > since), since + CHASE_EVERY)


def is_overdue(state: ActionState, due_on: date, today: date) -> bool:
    """Tell whether an action should have been done."""
    return state in {ActionState.PROPOSED, ActionState.OPEN} and due_on < today


def stage_of(state: ActionState, due_on: date, today: date) -> int:
    """Return how many times the steering group is to have heard of an action by now: 0, 1 or 2."""
    if not is_overdue(state, due_on, today):
        return 0
    return sum(today - due_on >= after for after in STAGES)


def was_tried(state: ActionState) -> bool:
    """Tell whether it can be said of an action whether it worked: something came of it."""
    return state in {ActionState.DONE, ActionState.NOT_POSSIBLE, ActionState.NOT_DONE}


def is_same_action(one: str, other: str) -> bool:
    """Tell whether two actions say the same, whatever the case, spaces and full stops."""
    return _bare(one) == _bare(other)


def _bare(text: str) -> str:
    return " ".join("".join(c if c.isalnum() else " " for c in text.casefold()).split())
