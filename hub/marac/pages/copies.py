"""An issued agenda as each of its readers has it: a list, a page, and a pack to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Fact, Permission, may
from hub.db.looks import look
from hub.marac import queries
from hub.marac.pages.blueprint import marked, names_of, pages
from hub.marac.pages.changes import said_changes
from hub.marac.queries import Received, ReceivedLine, Sheet
from hub.marac.rules.copies import Numbered, Sight
from hub.marac.rules.marks import in_words
from hub.meetings import wording
from hub.meetings.pages.blueprint import invitation_policy
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.states import MeetingShape
from hub.web import current
from hub.web.guard import policy
from hub.web.phrases import said_weekday
from hub.web.render import Page, Task, page, task
from hub.web.values import Link

RECEIVED = task("Agendas")
COPY = task("Issued agenda")
PACK = task("Agenda to print")
CRITERIA = {
    "visible_high_risk": "Visible high risk",
    "professional_judgement": "Professional judgement",
    "potential_escalation": "Potential escalation",
    "repeat": "Repeat",
    "areas_own": "The area's own criterion",
}


@dataclass(frozen=True, kw_only=True)
class ReceivedPage(Page):
    """The agendas that came to the reader."""

    title: Task = RECEIVED
    lines: tuple[ReceivedLine, ...]


@dataclass(frozen=True, kw_only=True)
class CopyPage(Page):
    """A reader's copy; marks in words and, once they were asked for, victims' names by item."""

    title: Task = COPY
    wide: bool = True
    meeting_id: UUID
    found: Received
    changes: tuple[str, ...]
    marks: Mapping[UUID, tuple[str, ...]]
    names: Mapping[UUID, str]
    runs: bool
    can_enter: bool
    """Whether the reader takes part in the whole meeting."""
    can_apologise: bool
    """Whether the reader can still say for their agency that it cannot come."""


@dataclass(frozen=True, kw_only=True)
class PackPage(Page):
    """A reader's copy as sheets of paper; without ``sheets`` they hold nobody's name."""

    title: Task = PACK
    wide: bool = True
    meeting: str
    """The kind of meeting and its day, as every sheet says it."""
    found: Received
    changes: tuple[str, ...]
    marks: Mapping[UUID, tuple[str, ...]]
    sheets: Mapping[UUID, Sheet]
    roles: Mapping[str, str]
    care: Mapping[str, str]
    criteria: Mapping[str, str]
    printed_at: datetime


@pages.get("/agendas")
@policy(Permission.AGENDA_READ)
def received() -> ResponseReturnValue:
    """Show the agendas that came to the actor."""
    with current.units().read(current.actor()) as uow:
        lines = queries.received(uow)
    return page("marac/received.html", ReceivedPage(lines=lines))


@pages.get("/agendas/<uuid:meeting_id>")
@policy(Permission.AGENDA_READ)
def copy(meeting_id: UUID) -> ResponseReturnValue:
    """Show the actor's own copy; with ``names``, also who the victims are, after the look."""
    found, heading, now = _copy(meeting_id)
    asked = found.may_name and request.args.get("names") == "yes"
    return page(
        "marac/copy.html",
        CopyPage(
            heading=f"Agenda: {heading}",
            crumbs=(Link("Agendas", url_for("marac.received")),),
            meeting_id=meeting_id,
            found=found,
            changes=said_changes(found.changes),
            marks=_marks(found.copy.lines),
            names=names_of(one.line.item for one in found.copy.lines if asked),
            runs=found.sight is Sight.RUNS,
            can_enter=found.sight in {Sight.RUNS, Sight.MEMBER},
            can_apologise=_can_apologise(found, now),
        ),
    )


@pages.get("/agendas/<uuid:meeting_id>/pack")
@policy(Permission.AGENDA_READ)
def pack(meeting_id: UUID) -> ResponseReturnValue:
    """Show the actor's own copy as sheets to print, a case each, once the look is in the trail."""
    found, heading, now = _copy(meeting_id)
    items = [one.line.item for one in found.copy.lines] if found.may_name else []
    if items:
        look(current.units(), current.actor(), "item", items)
    with current.units().read(current.actor()) as uow:
        sheets = queries.sheets_of(uow, items) if items else {}
    return page(
        "marac/pack.html",
        PackPage(
            heading=f"Agenda: {heading}",
            crumbs=(
                Link("Agendas", url_for("marac.received")),
                Link(heading, url_for("marac.copy", meeting_id=meeting_id)),
            ),
            meeting=heading,
            found=found,
            changes=said_changes(found.changes),
            marks=_marks(found.copy.lines),
            sheets=sheets,
            roles=in_our_words(wording.ROLES),
            care=in_our_words(wording.CARE),
            criteria=CRITERIA,
            printed_at=now,
        ),
    )


def _copy(meeting_id: UUID) -> tuple[Received, str, datetime]:
    """Return the actor's copy, its meeting's kind and day, and the present instant."""
    keep = timedelta(days=invitation_policy().access_days_after_meeting)
    with current.units().read(current.actor()) as uow:
        found = queries.copy_of(uow, meeting_id, keep=keep)
        heading = f"{wording.kind_in_words(found.kind, found.shape)}, {said_weekday(found.held_on)}"
        return found, heading, uow.now


def _can_apologise(found: Received, now: datetime) -> bool:
    starts_at = found.copy.starts_at
    represents = may(current.actor(), Permission.APOLOGY_SEND, {Fact.SAME_AREA})
    is_ahead = starts_at is not None and starts_at > now
    return represents and found.shape != MeetingShape.CLOSING and is_ahead


def _marks(lines: tuple[Numbered, ...]) -> dict[UUID, tuple[str, ...]]:
    return {
        one.line.item: marked(in_words(mark, one.line.from_area) for mark in one.line.marks)
        for one in lines
    }
