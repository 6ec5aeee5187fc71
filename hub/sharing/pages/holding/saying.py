"""A request in the words of its holder's pages: where it stands, by when, and what was done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from types import MappingProxyType

from hub.people.rules.identity import FACTS
from hub.sharing.queries.held import HeldRow, HeldSheet, HeldStep
from hub.sharing.rules.approvers import WORDS
from hub.sharing.rules.clocks import Priority, Times, days_counted
from hub.sharing.rules.decision import Approver
from hub.sharing.states import LineState, RequestState
from hub.web.phrases import counted, said_day, said_moment

_S, _L = RequestState, LineState

STATES: Mapping[RequestState, tuple[str, str]] = MappingProxyType(
    {
        _S.HELD: ("Waits for the asker", "grey"),
        _S.WITH_HOLDER: ("With you", "blue"),
        _S.CLARIFYING: ("You asked back", "grey"),
        _S.ANSWERED: ("Answered", "green"),
        _S.ANSWERED_IN_PART: ("Answered in part", "green"),
        _S.REFUSED: ("Nothing was shared", "grey"),
        _S.LAPSED: ("Ended: no answer from the asker", "grey"),
        _S.WITHDRAWN: ("Taken back by the asker", "grey"),
    }
)
LINES: Mapping[LineState, tuple[str, str]] = MappingProxyType(
    {
        _L.UNDECIDED: ("Waits until it is said who is meant", "grey"),
        _L.HELD: ("Waits: it may not leave", "orange"),
        _L.WAITING: ("Waits for approval", "orange"),
        _L.REFUSING: ("The answer is no: say so", "red"),
        _L.READY: ("May leave: share it", "green"),
        _L.SHARED: ("Shared", "green"),
        _L.WITHHELD: ("Not shared", "grey"),
    }
)
PRIORITIES: Mapping[Priority, tuple[str, str]] = MappingProxyType(
    {
        Priority.IMMEDIATE: ("Danger now", "red"),
        Priority.RED: ("Red", "red"),
        Priority.AMBER: ("Amber", "orange"),
        Priority.RESEARCH: ("For a meeting", "blue"),
        Priority.ROUTINE: ("Routine", "grey"),
    }
)
STEPS: Mapping[str, str] = MappingProxyType(
    {
        "sent": "Sent by the asker",
        "changed": "Changed by the asker",
        "counter_signed": "Counter-signed",
        "not_counter_signed": "Not counter-signed",
        "acknowledged": "Taken on",
        "asked_back": "Asked back",
        "clarified": "The asker answered",
        "known": "The person is known here",
        "not_known": "The person is not known here",
        "relation_declared": "Somebody declared that they know somebody in it",
        "approved": "An approval was given",
        "approval_refused": "An approver said no",
        "shared": "Something was shared",
        "withheld": "Something was not shared",
        "settled": "It has its answer",
        "lapsed": "Ended because no answer came",
        "withdrawn": "Taken back by the asker",
        "told_by_phone": "Told by phone, because a life may be in danger",
        "advice_asked": "The data protection officer was asked",
        "advice_given": "The data protection officer advised",
        "outcome_reviewed": "Somebody looked at what came of it",
        "suspended": "Waits: one of the two agencies does not take part at present",
        "resumed": "Goes on: both agencies take part again",
        "reminded": "The desk was reminded",
        "escalated": "It was late, and this was told",
    }
)
"""What was done, in words."""


@dataclass(frozen=True)
class Due:
    """By when an answer is due, how that is counted, and whether it is late."""

    by: str
    counts: str
    lead: str = "Answer by"
    counted: tuple[str, ...] = ()
    passed_over: tuple[str, ...] = ()
    is_late: bool = False


@dataclass(frozen=True)
class StepSaid:
    """Something that was done, in words."""

    what: str
    note: str
    by: str
    at: datetime


def due_of(row: HeldRow, times: Times, now: datetime, paused_at: datetime | None = None) -> Due:
    """Return by when a request is due, with the days that count until then."""
    if row.state is RequestState.CLARIFYING and paused_at is not None:
        since = f"The clock stands since {said_moment(paused_at)}"
        return Due("the asker has answered", since, "Answer once")
    late = row.is_overdue(now)
    by = said_moment(row.due_at)
    if row.priority is Priority.IMMEDIATE:
        close = "That is the end of the next working day"
        return Due(by, close, "Ring now, and write it down by", is_late=late)
    if row.priority is Priority.RED:
        return Due(by, "Every hour counts, nights and weekends too", is_late=late)
    days = days_counted(row.received_at, row.due_at, times)
    number = counted(len(days.counted), "working day")
    return Due(
        by,
        f"{number} counted after {said_day(row.received_at)}",
        counted=tuple(said_day(day) for day in days.counted),
        passed_over=tuple(said_day(day) for day in days.passed_over),
        is_late=late,
    )


def said_step(step: HeldStep) -> StepSaid:
    """Return a step of the history in words."""
    return StepSaid(STEPS[step.action], _note(step), step.by or "The hub", step.done_at)


def _note(step: HeldStep) -> str:
    """Return what a step says besides: codes that the hub noted are said in words."""
    note = step.note or ""
    if step.action == "known":
        return ", ".join(FACTS[code] for code in note.split() if code in FACTS)
    if step.action == "escalated":
        return WORDS[Approver(note)] if note in set(Approver) else note
    return note


def who_is_meant(sheet: HeldSheet) -> str:
    """Return what the holder has found out about who is meant."""
    said = {
        "asked": "Nobody has said yet whether the person is known here.",
        "known": "The person is known here.",
        "not_known": "The person is not known here. Answer in the usual words: the asker must not "
        "learn which it is.",
    }
    return said[sheet.known]
