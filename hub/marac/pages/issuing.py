"""Issuing an agenda: what stands in the way, and what went out before."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.days import parse_instant
from hub.kernel.errors import RefusedError
from hub.marac import commands, queries
from hub.marac.obstacles import NO_CASES, Obstacle, obstacles
from hub.marac.pages.blueprint import marked, pages
from hub.marac.pages.changes import said_changes
from hub.marac.rules.copies import Due, Lapse
from hub.marac.rules.marks import in_words
from hub.meetings import queries as meetings
from hub.meetings import wording
from hub.meetings.access import open_meeting
from hub.meetings.pages.blueprint import heading_of, invitation_policy, spoken
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.queries import MeetingRow
from hub.web import current
from hub.web.guard import policy
from hub.web.render import UNPROCESSABLE, Page, Task, page, task
from hub.web.values import Link

ISSUE = task("Issue the agenda")
ISSUED = task("Issued agenda")


@dataclass(frozen=True)
class InTheWay:
    """An obstacle as the page says it, and where it is settled."""

    words: str
    owner: str
    reference: str
    about: str
    href: str


@dataclass(frozen=True, kw_only=True)
class IssuePage(Page):
    """What stands between the co-ordinator and issuing, or the button."""

    title: Task = ISSUE
    wide: bool = True
    meeting: MeetingRow
    in_the_way: tuple[InTheWay, ...]
    number: int
    """Which issue this would be."""
    changes: tuple[str, ...]
    """What would have changed since the last one."""


@dataclass(frozen=True, kw_only=True)
class IssuedPage(Page):
    """An agenda as it went out."""

    title: Task = ISSUED
    wide: bool = True
    cases: tuple[dict[str, Any], ...]
    overdue: tuple[Due, ...]
    lapsing: tuple[Lapse, ...]
    changes: tuple[str, ...]
    """What it changed in the issue before."""
    roles: Mapping[str, str]
    care: Mapping[str, str]
    steps: Mapping[str, str]


@pages.route("/meetings/<uuid:meeting_id>/agenda/issue", methods=["GET", "POST"])
@policy(Permission.MEETING_ISSUE)
def issue(meeting_id: UUID) -> ResponseReturnValue:
    """Show what stands in the way, each with its owner and its cure; issue when nothing does."""
    if request.method == "GET":
        return _check(meeting_id)
    try:
        with current.units().write(current.actor()) as uow:
            number = commands.issue_agenda(meeting_id, uow=uow, policy=invitation_policy())
    except RefusedError:
        return _check(meeting_id, UNPROCESSABLE)
    flash(f"Issue {number} of the agenda is out. Whoever takes part is told.", "success")
    return redirect(url_for("marac.agenda", meeting_id=meeting_id), 303)


@pages.get("/meetings/<uuid:meeting_id>/agenda/issues/<int:number>")
@policy(Permission.MEETING_READ)
def issued(meeting_id: UUID, number: int) -> ResponseReturnValue:
    """Show an agenda as it was issued; a later change does not touch it."""
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        meeting = meetings.meeting_row(uow, meeting_id)
        found = queries.issue_read(uow, meeting_id, number)
    return page(
        "marac/issued.html",
        IssuedPage(
            heading=f"Issue {number}: {heading_of(meeting)}",
            back=url_for("marac.agenda", meeting_id=meeting_id),
            cases=tuple(_timed(case) for case in found.cases),
            overdue=found.copy.overdue,
            lapsing=found.copy.lapsing,
            changes=said_changes(found.changes),
            roles=in_our_words(wording.ROLES),
            care=in_our_words(wording.CARE),
            steps=in_our_words(wording.STEPS),
        ),
    )


def _timed(case: dict[str, Any]) -> dict[str, Any]:
    """Return the case with its marks in words and instants in place of their texts."""

    def instant(text: str | None) -> datetime | None:
        return parse_instant(text) if text else None

    return {
        **case,
        "marks": marked(in_words(mark, case["from_area"]) for mark in case.get("marks", ())),
        "starts_at": instant(case["starts_at"]),
        "ends_at": instant(case["ends_at"]),
    }


def _check(meeting_id: UUID, status: int = 0) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        meeting = meetings.meeting_row(uow, meeting_id)
        found = obstacles(uow, meeting_id, invitation_policy())
        issues = queries.issues_of(uow, meeting_id)
        changes = queries.changes_ahead(uow, meeting_id)
        has_begun = meeting.starts_at <= uow.now
    lines = tuple(_line(meeting_id, one) for one in found)
    if has_begun or meeting.state not in meetings.AHEAD:
        text = "The meeting has begun or was called off, so its agenda stands as it is"
        lines = (
            InTheWay(text, "co-ordinator", "", "", url_for("meetings.show", meeting_id=meeting_id)),
        )
    return page(
        "marac/issue.html",
        IssuePage(
            caption=heading_of(meeting),
            crumbs=(
                Link("Meetings", url_for("meetings.upcoming")),
                Link(heading_of(meeting), url_for("meetings.show", meeting_id=meeting_id)),
                Link("Agenda", url_for("marac.agenda", meeting_id=meeting_id)),
            ),
            meeting=meeting,
            in_the_way=lines,
            number=issues[0].number + 1 if issues else 1,
            changes=said_changes(changes),
        ),
        status,
    )


def _line(meeting_id: UUID, one: Obstacle) -> InTheWay:
    return InTheWay(
        words=spoken(one.words),
        owner=spoken(wording.OWNERS.get(one.owner_role, one.owner_role)),
        reference=one.reference,
        about=", ".join(
            part for part in (spoken(wording.ROLES.get(one.role, "")), one.recipient) if part
        ),
        href=_cure(meeting_id, one),
    )


def _cure(meeting_id: UUID, one: Obstacle) -> str:
    """Return where the obstacle is settled."""
    if one.problem == NO_CASES:
        return url_for("meetings.list_case", meeting_id=meeting_id)
    if one.problem not in wording.GAPS:
        return url_for("marac.agenda", meeting_id=meeting_id)
    return url_for(
        "meetings.settle",
        item_id=one.item_id,
        problem=one.problem,
        person=one.subject_id,
        contact=one.recipient_id,
    )
