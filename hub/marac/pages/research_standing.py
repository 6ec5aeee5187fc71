"""Who has not replied: every agency's word on every case of a meeting, to look at and to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.marac.commands.asking import ask_missing
from hub.marac.pages.blueprint import pages
from hub.marac.queries.areas import days_of
from hub.marac.queries.standing import (
    AgencyStanding,
    CaseStanding,
    Contribution,
    by_case,
    contributions_of,
    standing_of,
)
from hub.marac.rules.research import WORDS
from hub.meetings import queries as meetings
from hub.meetings.access import open_meeting
from hub.meetings.deadline_words import RESEARCH, said_due
from hub.meetings.deadlines import DeadlineDays, deadlines_of
from hub.meetings.pages.blueprint import heading_of, is_coordinator
from hub.meetings.queries import MeetingRow
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Link

STANDING = task("Who has not replied")


@dataclass(frozen=True, kw_only=True)
class StandingPage(Page):
    """Where the agencies stand with a meeting's cases."""

    title: Task = STANDING
    wide: bool = True
    meeting: MeetingRow
    due: str
    agencies: tuple[AgencyStanding, ...]
    cases: tuple[CaseStanding, ...]
    contributions: tuple[Contribution, ...]
    state_words: Mapping[str, str]
    may_ask: bool

    @property
    def silent(self) -> tuple[AgencyStanding, ...]:
        """The agencies that have not answered everything that they were asked."""
        return tuple(one for one in self.agencies if one.silent)


@pages.get("/meetings/<uuid:meeting_id>/research")
@policy(Permission.MEETING_READ)
def research_standing(meeting_id: UUID) -> ResponseReturnValue:
    """Show by agency and by case who was asked, and what came of it."""
    with current.units().read(current.actor()) as uow:
        area_id = open_meeting(uow, meeting_id).area_id
        meeting = meetings.meeting_row(uow, meeting_id)
        agencies = standing_of(uow, meeting_id, area_id)
        contributions = contributions_of(uow, meeting_id)
        is_ahead = meeting.state in meetings.AHEAD and meeting.ends_at > uow.now
        due = _due(meeting, days_of(uow, area_id), uow.today)
    shown = StandingPage(
        heading=f"Who has not replied: {heading_of(meeting)}",
        crumbs=(
            Link("Meetings", url_for("meetings.upcoming")),
            Link(heading_of(meeting), url_for("meetings.show", meeting_id=meeting_id)),
        ),
        meeting=meeting,
        due=due,
        agencies=agencies,
        cases=by_case(agencies),
        contributions=contributions,
        state_words=WORDS,
        may_ask=is_ahead and is_coordinator() and any(one.not_asked for one in agencies),
    )
    return page("marac/research_standing.html", shown)


@pages.post("/meetings/<uuid:meeting_id>/research/ask")
@policy(Permission.MEETING_PLAN)
def research_ask(meeting_id: UUID) -> ResponseReturnValue:
    """Ask every agency of the area that was not asked about a case."""
    try:
        with current.units().write(current.actor()) as uow:
            ask_missing(meeting_id, uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("Every agency that takes part is asked now.", "success")
    return redirect(url_for("marac.research_standing", meeting_id=meeting_id), 303)


def _due(meeting: MeetingRow, days: DeadlineDays, today: date) -> str:
    """Return when research is back, in words; nothing where it has no day of its own."""
    found = deadlines_of(meeting.kind, meeting.starts_at, days, meeting.shape)
    return said_due(RESEARCH, found.research_on, today, days.extra_closed).words if found else ""
