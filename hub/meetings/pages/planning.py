"""Planning a meeting and moving it."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.days import london_day
from hub.kernel.errors import ConflictError, RefusedError
from hub.meetings import commands, queries
from hub.meetings.access import open_meeting
from hub.meetings.bookings import DoubleBookedError
from hub.meetings.pages.blueprint import heading_of, note_closed_day, pages, planning_options
from hub.meetings.pages.clashing import clashing_form, links_to
from hub.meetings.queries import MeetingRow
from hub.meetings.schemas import (
    MoveAllTheSameForm,
    MoveClosingForm,
    Moved,
    MoveForm,
    PlanAllTheSameForm,
    PlanForm,
)
from hub.meetings.states import MeetingShape
from hub.web import current
from hub.web.forms import Form, Reading, blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, conflict, page, task
from hub.web.said import both
from hub.web.values import FormView, Link, Option

PLAN = task("Plan a meeting")
MOVE = task("Change time, place or chair")
MOVE_CLOSING = task("Change the closing date or the chair")


MOVING = "All times of cases move with the start."
TOLD = "Everybody who is invited gets an update; nobody gets a second entry in their calendar."


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form."""

    action: str
    button: str
    note: str = ""
    in_the_way: tuple[Link, ...] = ()
    """Other meetings that take up what this form asks for."""


@pages.route("/meetings/new", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def plan() -> ResponseReturnValue:
    """Plan one meeting of any kind."""
    with current.units().read(current.actor()) as uow:
        options = planning_options(uow)
    if request.method == "GET":
        only = options["area_id"][0].value if len(options["area_id"]) == 1 else None
        return _plan_form(blank(PlanForm, {"area_id": only}, options=options))
    shape = PlanAllTheSameForm if "seen" in request.form else PlanForm
    reading = read(shape, request.form, options=options)
    if reading.value is None:
        return _plan_form(reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            meeting_id = commands.plan_meeting(reading.value, uow=uow)
    except DoubleBookedError as taken:
        form = clashing_form(PlanAllTheSameForm, reading, taken, options)
        return _plan_form(form, links_to(taken))
    except RefusedError as refused:
        return _plan_form(reading.form.refuse(refused.why, field=refused.field))
    flash("The meeting is planned.", "success")
    note_closed_day(london_day(reading.value.starts_at))
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


@pages.route("/meetings/<uuid:meeting_id>/move", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def move(meeting_id: UUID) -> ResponseReturnValue:
    """Change what a meeting is planned as; two people at once both see both versions."""
    meeting = _meeting(meeting_id)
    options = _chair_options(meeting)
    shape: type[Form[Moved]] = MoveForm
    if meeting.shape == MeetingShape.CLOSING:
        shape = MoveClosingForm
    elif "seen" in request.form:
        shape = MoveAllTheSameForm
    if request.method == "GET":
        return _move_form(meeting, blank(shape, _saved(meeting), options=options))
    reading = read(shape, request.form, options=options)
    if reading.value is None:
        return _move_form(meeting, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            commands.move_meeting(reading.value.command(meeting_id), uow=uow)
    except ConflictError:
        return _both(_meeting(meeting_id), shape, reading)
    except DoubleBookedError as taken:
        form = clashing_form(MoveAllTheSameForm, reading, taken, options)
        return _move_form(meeting, form, links_to(taken))
    except RefusedError as refused:
        return _move_form(meeting, reading.form.refuse(refused.why, field=refused.field))
    flash("The meeting is changed. Whoever is invited is told of a new time or place.", "success")
    note_closed_day(london_day(reading.value.starts_at))
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


def _meeting(meeting_id: UUID) -> MeetingRow:
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        return queries.meeting_row(uow, meeting_id)


def _chair_options(meeting: MeetingRow) -> dict[str, tuple[Option, ...]]:
    """Return the chairs to choose from; whoever is chosen stays a choice, come what may."""
    with current.units().read(current.actor()) as uow:
        chairs = planning_options(uow)["chair_id"]
    own = str(meeting.chair_id or "")
    if own and own not in {one.value for one in chairs}:
        chairs = (*chairs, Option(own, meeting.chair or "The chair chosen before"))
    return {"chair_id": chairs}


def _saved(meeting: MeetingRow) -> dict[str, object]:
    return {
        "starts_at": meeting.starts_at,
        "ends_at": meeting.ends_at,
        "place": meeting.place,
        "video_link": meeting.video_link,
        "chair_id": meeting.chair_id,
        "version": meeting.version,
    }


def _both(
    meeting: MeetingRow, shape: type[Form[Moved]], reading: Reading[Moved]
) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile."""
    saved = blank(shape, _saved(meeting), options=_chair_options(meeting))
    again = url_for("meetings.move", meeting_id=meeting.id)
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"version", "csrf_token"})
    return conflict(
        ConflictPage(
            what="the meeting",
            versions=both(reading.form, saved),
            reload=again,
            again=again,
            keep=(*kept, ("version", str(meeting.version))),
        )
    )


def _plan_form(form: FormView, in_the_way: tuple[Link, ...] = ()) -> ResponseReturnValue:
    return page(
        "meetings/form.html",
        FormPage(
            title=PLAN,
            form=form,
            action=url_for("meetings.plan"),
            button="Plan the meeting",
            back=url_for("meetings.upcoming"),
            in_the_way=in_the_way,
        ),
    )


def _move_form(
    meeting: MeetingRow, form: FormView, in_the_way: tuple[Link, ...] = ()
) -> ResponseReturnValue:
    return page(
        "meetings/form.html",
        FormPage(
            title=MOVE_CLOSING if meeting.shape == MeetingShape.CLOSING else MOVE,
            caption=heading_of(meeting),
            form=form,
            action=url_for("meetings.move", meeting_id=meeting.id),
            button="Save the change",
            note=TOLD if meeting.shape == MeetingShape.CLOSING else f"{MOVING} {TOLD}",
            back=url_for("meetings.show", meeting_id=meeting.id),
            in_the_way=in_the_way,
        ),
    )
