"""The lists of meetings, a meeting with its cases, and what happens to it as a whole."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.meetings import commands, queries, wording
from hub.meetings.access import open_meeting
from hub.meetings.bookings import allowed_of
from hub.meetings.deadline_words import Due, said_deadlines
from hub.meetings.deadlines import deadlines_of
from hub.meetings.pages.blueprint import (
    area_days,
    heading_of,
    id_from,
    is_coordinator,
    pages,
    spoken,
)
from hub.meetings.pages.clashing import DoubleBooked, double_booked
from hub.meetings.queries import CaseLine, MeetingLine, MeetingRow, Open
from hub.meetings.states import MeetingShape
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Link

MEETINGS = task("Meetings")
EARLIER = task("Earlier meetings")
MEETING = task("Meeting")
CALL_OFF = task("Call a meeting off")
HELD = task("Meeting held")


def in_our_words(words: Mapping[str, str]) -> MappingProxyType[str, str]:
    """Return a table of words in the authority's own."""
    return MappingProxyType({code: spoken(text) for code, text in words.items()})


@dataclass(frozen=True, kw_only=True)
class MeetingsPage(Page):
    """One page of meetings."""

    wide: bool = True
    lines: tuple[MeetingLine, ...]
    next_href: str
    is_past: bool
    may_plan: bool
    states: Mapping[str, wording.Said]


@dataclass(frozen=True)
class GapLine:
    """One thing in the way, with whose it is and where it is settled."""

    words: str
    owner: str
    reference: str
    about: str
    """The role of the person it is about, and whom it names, as far as there is one."""
    href: str


@dataclass(frozen=True, kw_only=True)
class MeetingPage(Page):
    """A meeting and its cases in the order of the agenda."""

    title: Task = MEETING
    wide: bool = True
    meeting: MeetingRow
    cases: tuple[CaseLine, ...]
    gaps: tuple[GapLine, ...]
    deadlines: tuple[Due, ...]
    double_bookings: tuple[DoubleBooked, ...]
    said: wording.Said
    is_ahead: bool
    has_begun: bool
    closes: bool
    """Nobody meets: its start is the closing instant."""
    may_plan: bool
    roles: Mapping[str, str]
    care: Mapping[str, str]
    steps: Mapping[str, str]


@dataclass(frozen=True, kw_only=True)
class ConfirmPage(Page):
    """A question before something that cannot be taken back."""

    lines: tuple[str, ...]
    action: str
    button: str


@pages.get("/meetings")
@policy(Permission.MEETING_READ)
def upcoming() -> ResponseReturnValue:
    """List the meetings still to come."""
    return _list(is_past=False)


@pages.get("/meetings/earlier")
@policy(Permission.MEETING_READ)
def earlier() -> ResponseReturnValue:
    """List the meetings that are over or were called off."""
    return _list(is_past=True)


@pages.get("/meetings/<uuid:meeting_id>")
@policy(Permission.MEETING_READ)
def show(meeting_id: UUID) -> ResponseReturnValue:
    """Show a meeting; nobody whom a case is about is named here, so no look is recorded."""
    with current.units().read(current.actor()) as uow:
        meeting = queries.open_meeting_row(uow, meeting_id)
        cases = queries.cases_of(uow, meeting_id)
        double_bookings = allowed_of(uow, meeting_id)
        days = area_days(uow, meeting.area_id)
        now, today = uow.now, uow.today
    is_ahead = meeting.state in queries.AHEAD
    deadlines = deadlines_of(meeting.kind, meeting.starts_at, days, meeting.shape)
    return page(
        "meetings/meeting.html",
        MeetingPage(
            heading=heading_of(meeting),
            crumbs=(Link("Meetings", url_for("meetings.upcoming")),),
            meeting=meeting,
            cases=cases,
            gaps=gap_lines(cases) if is_ahead else (),
            deadlines=said_deadlines(deadlines, today, days) if deadlines else (),
            double_bookings=double_booked(double_bookings),
            said=wording.STATES[meeting.state],
            is_ahead=is_ahead,
            has_begun=meeting.starts_at <= now,
            closes=meeting.shape == MeetingShape.CLOSING,
            may_plan=is_coordinator(),
            roles=in_our_words(wording.ROLES),
            care=in_our_words(wording.CARE),
            steps=in_our_words(wording.STEPS),
        ),
    )


@pages.route("/meetings/<uuid:meeting_id>/call-off", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def call_off(meeting_id: UUID) -> ResponseReturnValue:
    """Ask once more, then call the meeting off."""
    if request.method == "POST":
        with current.units().write(current.actor()) as uow:
            commands.cancel_meeting(meeting_id, uow=uow)
            is_over = queries.meeting_row(uow, meeting_id).ends_at <= uow.now
        told = "" if is_over else " Everybody who was invited is told."
        flash(f"The meeting is called off.{told}", "success")
        return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
    return _confirm(
        meeting_id,
        CALL_OFF,
        (
            "Unless it is over by now, everybody invited gets a cancellation for their calendar.",
            "The cases can then be listed at another meeting. This cannot be taken back.",
        ),
        "Call the meeting off",
    )


@pages.route("/meetings/<uuid:meeting_id>/held", methods=["GET", "POST"])
@policy(Permission.ATTENDANCE_RECORD)
def held(meeting_id: UUID) -> ResponseReturnValue:
    """Ask once more, then write down that the meeting took place."""
    if request.method == "POST":
        try:
            with current.units().write(current.actor()) as uow:
                commands.hold_meeting(meeting_id, uow=uow)
        except RefusedError as refused:
            flash(refused.why)
        else:
            flash("It is written down that the meeting took place.", "success")
        return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)
    lines = ("Attendance can still be recorded for each case afterwards.",)
    return _confirm(meeting_id, HELD, lines, "The meeting took place")


def gap_lines(cases: tuple[CaseLine, ...]) -> tuple[GapLine, ...]:
    """Return what stands between the co-ordinator and issuing, in agenda order."""
    words, owners = in_our_words(wording.GAPS), in_our_words(wording.OWNERS)
    roles = in_our_words(wording.ROLES)
    root = url_for("meetings.upcoming")  # a look-up of each route's address costs more by far
    return tuple(
        GapLine(
            words=words.get(one.problem, one.problem.replace("_", " ")),
            owner=owners.get(one.owner_role, one.owner_role.replace("_", " ")),
            reference=case.reference,
            about=", ".join(
                part for part in (roles.get(case.role_of(one.subject_id)), one.recipient) if part
            ),
            href=f"{root}/cases/{case.id}/reason/{one.problem}{_about(one)}",
        )
        for case, one in queries.open_of(cases)
    )


def _about(one: Open) -> str:
    """Return the part of an address that says which person and which contact a gap is about."""
    said = {"person": one.subject_id, "contact": one.recipient_id}
    given = "&".join(f"{name}={value}" for name, value in said.items() if value is not None)
    return f"?{given}" if given else ""


def _confirm(
    meeting_id: UUID, title: Task, lines: tuple[str, ...], button: str
) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        meeting = queries.meeting_row(uow, meeting_id)
    return page(
        "meetings/confirm.html",
        ConfirmPage(
            title=title,
            caption=heading_of(meeting),
            back=url_for("meetings.show", meeting_id=meeting_id),
            lines=lines,
            action=request.path,
            button=button,
        ),
    )


def _list(*, is_past: bool) -> ResponseReturnValue:
    read = queries.past if is_past else queries.upcoming
    with current.units().read(current.actor()) as uow:
        found = read(uow, id_from("after"))
    endpoint = "meetings.earlier" if is_past else "meetings.upcoming"
    return page(
        "meetings/meetings.html",
        MeetingsPage(
            title=EARLIER if is_past else MEETINGS,
            lines=found.lines,
            next_href=url_for(endpoint, after=found.next_after) if found.next_after else "",
            is_past=is_past,
            may_plan=is_coordinator(),
            states=wording.STATES,
        ),
    )
