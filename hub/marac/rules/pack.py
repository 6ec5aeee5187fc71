"""The pack for a review of a death: what it is made of, its order, and who may let it out.

One press gives a dated, read-only bundle (domain notes section 6, line 56). Two people let it out:
one asks, another releases it, and what was released is never changed.
"""

import json
from collections.abc import Iterable
from dataclasses import asdict, dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.kernel.days import format_instant, parse_instant


class What(StrEnum):
    """What an entry tells of."""

    CONCERN = "concern"
    ADDITION = "addition"
    SCREENING = "screening"
    REPEAT = "repeat"
    EQUALITY = "equality"
    LISTED = "listed"
    INVITED = "invited"
    ANSWERED = "answered"
    EXCUSED = "excused"
    ASKED = "asked"
    RESEARCH = "research"
    ATTENDANCE = "attendance"
    NOTE = "note"
    HEARING = "hearing"
    ACTION = "action"
    STEP = "step"
    EVIDENCE = "evidence"
    MINUTES = "minutes"
    ADDENDUM = "addendum"
    LETTER = "letter"
    LOOK = "look"


@dataclass(frozen=True, kw_only=True)
class Entry:
    """Something that happened: when (UTC), what, in which case, by whom, and its words."""

    at: datetime
    what: What
    case: str
    by: str = ""
    lines: tuple[str, ...] = ()


@dataclass(frozen=True)
class Releasing:
    """Whether a pack can be released, by which rule, and why not."""

    allowed: bool
    rule: str
    reason: str = ""


def may_release(asked_by: UUID, actor_id: UUID | None, *, is_released: bool) -> Releasing:
    """Decide whether somebody lets a pack out: once, and never whoever asked for it."""
    if is_released:
        return Releasing(allowed=False, rule="released", reason="This pack is released already.")
    if actor_id is None or actor_id == asked_by:
        reason = "You asked for this pack. A second person must release it."
        return Releasing(allowed=False, rule="second_person", reason=reason)
    return Releasing(allowed=True, rule="two_people")


def in_order(entries: Iterable[Entry]) -> tuple[Entry, ...]:
    """Return the entries in the order of their time; at one time in the order of ``What``."""
    order = {what: at for at, what in enumerate(What)}
    return tuple(sorted(entries, key=lambda one: (one.at, order[one.what], one.case, one.lines)))


def frozen(entries: Iterable[Entry]) -> str:
    """Return the entries as JSON, to be kept as they were released."""
    return json.dumps([{**asdict(one), "at": format_instant(one.at)} for one in entries])


def thawed(text: str) -> tuple[Entry, ...]:
    """Return the entries of a pack as they were released."""
    return tuple(
        Entry(
            at=parse_instant(one["at"]),
            what=What(one["what"]),
            case=one["case"],
            by=one["by"],
            lines=tuple(one["lines"]),
        )
        for one in json.loads(text)
    )
