"""Series: how an area usually meets, and planning its next meeting by one question."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac import commands, queries
from hub.marac.pages.blueprint import pages
from hub.marac.queries import SeriesRow
from hub.marac.queries.coming import Coming, coming
from hub.marac.schemas import OnDayAllTheSameForm, OnDayForm, SeriesForm
from hub.meetings import queries as meetings
from hub.meetings.bookings import DoubleBookedError
from hub.meetings.deadline_words import Due, said_deadlines
from hub.meetings.pages.blueprint import note_closed_day, planning_options
from hub.meetings.pages.clashing import clashing_form, links_to
from hub.meetings.pages.planning import FormPage
from hub.meetings.queries import Named
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_wall_time
from hub.web.render import ConflictPage, Page, Task, conflict, page, task, versions
from hub.web.values import FormView, Link, Option

SERIES_LIST = task("Series of meetings")
NEW_SERIES = task("Add a series")
SERIES = task("Series")
ON_DAY = task("Plan the next meeting")


@dataclass(frozen=True, kw_only=True)
class SeriesPage(Page):
    """All series, and the areas whose settings can be seen."""

    title: Task = SERIES_LIST
    wide: bool = True
    rows: tuple[SeriesRow, ...]
    following: Mapping[UUID, tuple[Coming, tuple[Due, ...]]]
    """The next meeting of each series with its deadlines in words."""
    areas: tuple[Named, ...]


@pages.get("/series")
@policy(Permission.MEETING_PLAN)
def series_list() -> ResponseReturnValue:
    """List the series."""
    with current.units().read(current.actor()) as uow:
        rows, areas = queries.all_series(uow), meetings.areas(uow)
        following = {
            one.series_id: (one, said_deadlines(one.deadlines, uow.today, one.days))
            for one in reversed(coming(uow))
            if one.series_id
        }
    shown = SeriesPage(
        back=url_for("meetings.upcoming"), rows=rows, following=following, areas=areas
    )
    return page("marac/series_list.html", shown)


@pages.route("/series/new", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def new_series() -> ResponseReturnValue:
    """Add a series."""
    options = _options("area_id")
    if request.method == "GET":
        usual = {"slot_minutes": current.settings().invitations.slot_minutes, "minutes": 180}
        return _series_form(NEW_SERIES, blank(SeriesForm, usual, options=options))
    return _save(NEW_SERIES, None)


@pages.route("/series/<uuid:series_id>", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def series(series_id: UUID) -> ResponseReturnValue:
    """Change a series; meetings that are planned already stay as they are."""
    with current.units().read(current.actor()) as uow:
        row = queries.series_row(uow, series_id)
    if request.method == "POST":
        return _save(SERIES, series_id)
    saved = {
        "area_id": row.area_id,
        "name": row.name,
        "starts": row.starts,
        "minutes": row.minutes,
        "slot_minutes": row.slot_minutes,
        "place": row.place,
        "video_link": row.video_link,
        "version": row.version,
    }
    return _series_form(SERIES, blank(SeriesForm, saved, options=_options("area_id")))


@pages.route("/series/<uuid:series_id>/plan", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def plan(series_id: UUID) -> ResponseReturnValue:
    """Plan the series' meeting on a day."""
    with current.units().read(current.actor()) as uow:
        row = queries.series_row(uow, series_id)
    options = _options("chair_id")
    if request.method == "GET":
        return _plan_form(row, blank(OnDayForm, options=options))
    shape = OnDayAllTheSameForm if "seen" in request.form else OnDayForm
    reading = read(shape, request.form, options=options)
    said = reading.value
    if said is None:
        return _plan_form(row, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            meeting_id = commands.plan_in_series(
                series_id, said.day, chair_id=said.chair_id, despite=said.despite, uow=uow
            )
    except DoubleBookedError as taken:
        form = clashing_form(OnDayAllTheSameForm, reading, taken, options)
        return _plan_form(row, form, links_to(taken))
    except RefusedError as refused:
        return _plan_form(row, reading.form.refuse(refused.why, field=refused.field))
    flash("The meeting is planned.", "success")
    note_closed_day(said.day)
    return redirect(url_for("meetings.show", meeting_id=meeting_id), 303)


def _save(title: Task, series_id: UUID | None) -> ResponseReturnValue:
    options = _options("area_id")
    reading = read(SeriesForm, request.form, options=options)
    if reading.value is None:
        return _series_form(title, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            commands.save_series(reading.value.command(series_id), uow=uow)
    except ConflictError as stale:
        return _both(series_id, reading.form, stale, options)
    except RefusedError as refused:
        return _series_form(title, reading.form.refuse(refused.why, field=refused.field))
    flash("The series is saved.", "success")
    return redirect(url_for("marac.series_list"), 303)


def _both(
    series_id: UUID | None,
    form: FormView,
    stale: ConflictError,
    options: dict[str, tuple[Option, ...]],
) -> ResponseReturnValue:
    """Show what was typed beside what somebody else saved meanwhile."""
    with current.units().read(current.actor()) as uow:
        row = queries.series_row(uow, series_id) if series_id else None
    areas = {option.value: option.label for option in options["area_id"]}
    saved = stale.theirs | {"area_id": areas.get(stale.theirs["area_id"], "")}
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"version", "csrf_token"})
    return conflict(
        ConflictPage(
            what="the series",
            versions=versions(form, saved),
            reload=request.path,
            again=request.path,
            keep=(*kept, ("version", str(row.version if row else 0))),
        )
    )


def _options(name: str) -> dict[str, tuple[Option, ...]]:
    with current.units().read(current.actor()) as uow:
        return {name: planning_options(uow)[name]}


def _series_form(title: Task, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=title,
        form=form,
        action=request.path,
        button="Save the series",
        back=url_for("marac.series_list"),
    )
    return page("meetings/form.html", shown)


def _plan_form(
    row: SeriesRow, form: FormView, in_the_way: tuple[Link, ...] = ()
) -> ResponseReturnValue:
    if row.closes:
        at = said_wall_time(row.starts)
        note = f"It closes at {at}. Nobody meets: information is asked for until then."
    else:
        note = _usually(row)
    shown = FormPage(
        title=ON_DAY,
        caption=row.name,
        form=form,
        action=request.path,
        button="Plan the closing date" if row.closes else "Plan the meeting",
        note=note,
        in_the_way=in_the_way,
        back=url_for("marac.series_list"),
    )
    return page("meetings/form.html", shown)


def _usually(row: SeriesRow) -> str:
    where = row.place or ("by video" if row.video_link else "at no fixed place")
    return f"It starts at {said_wall_time(row.starts)} for {row.minutes} minutes, {where}."
