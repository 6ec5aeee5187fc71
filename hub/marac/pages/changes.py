"""What changed between two issues of an agenda, a sentence each."""

from collections.abc import Callable, Iterable
from datetime import datetime

from hub.marac.rules.copies import Change, ChangeKind
from hub.marac.rules.marks import in_words
from hub.meetings.pages.blueprint import spoken
from hub.web.phrases import said_span, said_weekday

Times = tuple[datetime, datetime] | None


def said_changes(changes: Iterable[Change]) -> tuple[str, ...]:
    """Return a sentence for each change, in the authority's own words."""
    return tuple(sentence for one in changes for sentence in SAID[one.kind](one))


def _meeting(one: Change) -> list[str]:
    return [f"The meeting is now {_day(one.after)}. It was {_day(one.before)}."]


def _added(one: Change) -> list[str]:
    at = f", {said_span(*one.after)}" if one.after else ""
    return [f"Case {one.reference} is new{at}."]


def _removed(one: Change) -> list[str]:
    return [f"Case {one.reference} is no longer on the agenda."]


def _time(one: Change) -> list[str]:
    now = f"is now {said_span(*one.after)}" if one.after else "has no time any more"
    was = f"was {said_span(*one.before)}" if one.before else "had no time"
    return [f"Case {one.reference} {now}. It {was}."]


def _marks(one: Change) -> list[str]:
    found = []
    for marks, words in ((one.added, "is now marked"), (one.taken, "is no longer marked")):
        if marks:
            said = ", ".join(spoken(in_words(mark, one.from_area)) for mark in marks)
            found.append(f"Case {one.reference} {words}: {said}.")
    return found


def _children(one: Change) -> list[str]:
    now = "has children now" if one.added else "is of adults only now"
    return [f"Case {one.reference} {now}."]


def _invited(one: Change) -> list[str]:
    return [f"Case {one.reference}: {', '.join(one.added)} asked to come."]


def _not_invited(one: Change) -> list[str]:
    return [f"Case {one.reference}: {', '.join(one.added)} no longer asked to come."]


def _order(_: Change) -> list[str]:
    return ["The cases come in another order."]


def _day(times: Times) -> str:
    return f"{said_weekday(times[0])}, {said_span(*times)}" if times else ""


SAID: dict[ChangeKind, Callable[[Change], list[str]]] = {
    ChangeKind.MEETING: _meeting,
    ChangeKind.ADDED: _added,
    ChangeKind.REMOVED: _removed,
    ChangeKind.TIME: _time,
    ChangeKind.MARKS: _marks,
    ChangeKind.CHILDREN: _children,
    ChangeKind.INVITED: _invited,
    ChangeKind.NOT_INVITED: _not_invited,
    ChangeKind.ORDER: _order,
}
