"""One line of a request in words: what was decided, why, who is asked, and what would change it."""

from dataclasses import dataclass
from uuid import UUID

from hub.sharing.pages.holding.decisions import DecisionSaid, said_decision
from hub.sharing.pages.holding.saying import LINES
from hub.sharing.queries.decided import ApprovalView, DisclosureView, LineView
from hub.sharing.register import CATEGORIES
from hub.sharing.register.bases import ARTICLE_6, ARTICLE_9, PART_3, SCHEDULE_1
from hub.sharing.rules.approvers import WORDS
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.lines import ApprovalState
from hub.sharing.rules.plain_words import (
    said_people,
)
from hub.sharing.rules.request_bases import POWERS
from hub.sharing.rules.rows.special import HIGH
from hub.sharing.states import LINE_ENDS, LineState
from hub.web.fields import upper_first
from hub.web.phrases import said_day, said_moment
from hub.web.render import SummaryRow
from hub.web.values import Link

METHODS = {
    "hub": "Through the hub",
    "phone": "By telephone",
    "in_person": "In person",
    "secure_email": "By secure e-mail",
}
ONWARD = {
    "none": "Must not be passed on",
    "named": "May be passed on to those who are named",
    "with_permission": "May be passed on once you have agreed",
}
ANSWERS = {
    ApprovalState.ASKED: ("Asked", "blue"),
    ApprovalState.APPROVED: ("Agreed", "green"),
    ApprovalState.REFUSED: ("Said no", "red"),
    ApprovalState.LAPSED: ("No longer asked", "grey"),
}


@dataclass(frozen=True, kw_only=True)
class ApprovalSaid:
    """Who is asked to agree, and what somebody said."""

    who: str
    tag: tuple[str, str]
    when: str
    rows: tuple[SummaryRow, ...]


@dataclass(frozen=True, kw_only=True)
class LineSaid:
    """A line in words, with what can be done about it."""

    id: UUID
    heading: str
    wanted: str
    tag: tuple[str, str]
    is_high: bool
    decision: DecisionSaid | None
    approvals: tuple[ApprovalSaid, ...]
    withheld: str
    ended: str
    left: tuple[SummaryRow, ...]
    files: tuple[Link, ...]
    """What goes with the answer, or went with it."""
    may_share: bool
    may_withhold: bool
    rings_first: bool
    """Whether somebody is in danger, so that it is told by telephone before it is written down."""
    told: str
    """When it was told by telephone, while it is still to be written down."""


def said_line(line: LineView, files: tuple[Link, ...] = ()) -> LineSaid:
    """Return a line in words, with the files that go with it as downloads."""
    decision = line.decision
    ended = ""
    if line.settled_at is not None:
        ended = f"{line.settled_by or 'The hub'}, {said_moment(line.settled_at)}"
    return LineSaid(
        id=line.id,
        heading=CATEGORIES[line.category],
        wanted=line.wanted,
        tag=LINES[line.state],
        is_high=line.category in HIGH,
        decision=said_decision(decision, line.state) if decision else None,
        approvals=tuple(said_approval(one) for one in line.approvals),
        withheld=line.withheld or "",
        ended=ended,
        left=left_rows(line.disclosure) if line.disclosure else (),
        files=files,
        may_share=line.state is LineState.READY,
        may_withhold=line.state not in LINE_ENDS and line.told_at is None,
        rings_first=decision is not None
        and decision.outcome is Outcome.ROUTE_NOW
        and line.told_at is None,
        told=said_moment(line.told_at) if line.told_at and line.settled_at is None else "",
    )


def said_approval(view: ApprovalView) -> ApprovalSaid:
    """Return an approval in words."""
    rows = (
        ("Risk of sharing", view.risk_of_sharing),
        ("Risk of not sharing", view.risk_of_not_sharing),
        ("Why", view.reason),
    )
    when = f"answer by {said_moment(view.due_at)}"
    if view.decided_at is not None:
        when = f"{view.by}, {said_moment(view.decided_at)}"
    elif view.state is ApprovalState.LAPSED:
        when = ""
    return ApprovalSaid(
        who=f"{upper_first(WORDS[view.letter])}, {view.agency}",
        tag=ANSWERS[view.state],
        when=when,
        rows=tuple(SummaryRow(key, value) for key, value in rows if value),
    )


def left_rows(left: DisclosureView) -> tuple[SummaryRow, ...]:
    """Return what left, and all that was written down with it."""
    record = left.record
    told = "Yes" if left.was_told else "No"
    rows: tuple[tuple[str, str | tuple[str, ...] | None], ...] = (
        ("Exactly what was shared", left.words),
        ("How", f"{METHODS[left.method]}, {said_moment(left.shared_at)}"),
        ("Written down", f"{left.by or 'Somebody'}, {said_moment(left.recorded_at)}"),
        ("Passing on", ONWARD[left.onward]),
        ("To whom", record.get("onward_named")),
        ("Read by the asker", said_moment(left.read_at) if left.read_at else "Not yet"),
        ("Why it was necessary", record.get("necessity")),
        ("Less intrusive ways", record.get("less_intrusive")),
        ("Risk of sharing", record.get("risk_of_sharing")),
        ("Risk of not sharing", record.get("risk_of_not_sharing")),
        ("What the person wants", record.get("view_of_person")),
        ("Left out", record.get("withheld")),
        ("Advice", record.get("advice")),
        ("Power or duty", POWERS.get(record.get("gateway", ""))),
        ("Lawful basis", ARTICLE_6.get(record.get("article_6", ""))),
        ("Further condition", ARTICLE_9.get(record.get("article_9", ""))),
        ("Schedule 1", SCHEDULE_1.get(record.get("schedule_1", ""))),
        ("Part 3", PART_3.get(record.get("part_3", ""))),
        ("What the rule wants besides", record.get("besides")),
        ("The person was told", told),
        ("Why not", left.why_not_told),
        ("Look at telling them again", said_day(left.revisit_on) if left.revisit_on else ""),
        ("Look at what came of it", said_day(left.review_on) if left.review_on else ""),
        ("What came of it", left.outcome),
    )
    return tuple(SummaryRow(key, value) for key, value in rows if value)


def asked_people(line: LineView) -> str:
    """Return who must agree to a line, in words."""
    return said_people(tuple(one.letter for one in line.approvals))
