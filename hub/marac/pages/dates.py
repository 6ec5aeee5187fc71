"""Planning the dates of a series for a year: how often it meets, then the days one by one."""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.access.permissions import Permission
from hub.kernel.days import months_after, parse_day
from hub.kernel.errors import RefusedError
from hub.marac import commands, queries
from hub.marac.pages.blueprint import pages
from hub.marac.queries import SeriesRow
from hub.marac.rules.areas import Shape
from hub.marac.rules.dates import Every, Planned, dates_of
from hub.meetings.pages.blueprint import planning_options
from hub.meetings.pages.planning import FormPage
from hub.web import current
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Hidden
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_weekday
from hub.web.render import page, task
from hub.web.values import FormView, Option

DATES = task("Plan the dates of a year")
CHECK = task("Check the dates")
OFTEN = {
    Every.DAY.value: "Every working day",
    Every.WEEK.value: "Every week",
    Every.TWO_WEEKS.value: "Every two weeks",
    Every.THREE_WEEKS.value: "Every three weeks",
    Every.FOUR_WEEKS.value: "Every four weeks",
    Every.MONTH.value: "Every month, on the same weekday of it",
}
MONTHS = 12


@dataclass(frozen=True)
class Often:
    """From when to when a series meets, and how often."""

    first: date
    last: date
    every: Every
    chair_id: UUID | None


class OftenForm(Form[Often]):
    """How often a series meets; chairs are handed over by the page."""

    every = Choice("How often", OFTEN, required=True, called="how often")
    first = DateParts("First meeting", required=True, called="the first day", future=True)
    last = DateParts(
        "Last day", required=True, called="the last day", hint="At most a year after the first"
    )
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")

    @validates_schema
    def _in_order(self, data: dict[str, Any], **_: object) -> None:
        if "first" not in data or "last" not in data:
            return
        if not data["first"] <= data["last"] <= months_after(data["first"], MONTHS):
            why = "The last day must be after the first, and at most a year after it"
            raise ValidationError(why, "last")

    @override
    def build(self, values: dict[str, Any]) -> Often:
        chair = values["chair_id"]
        return Often(
            values["first"], values["last"], Every(values["every"]), UUID(chair) if chair else None
        )


@dataclass(frozen=True)
class Chosen:
    """The days that were left ticked, and the chair."""

    days: tuple[date, ...]
    chair_id: UUID | None


class ChosenForm(Form[Chosen]):
    """The days of a series to be ticked off; they are handed over by the page."""

    days = Choices("Days", required=True, called="at least one day")
    chair_id = Choice("Chair", as_select=True, hint="Can be chosen later")
    offered = Hidden("Offered", max_length=4000)

    @override
    def build(self, values: dict[str, Any]) -> Chosen:
        chair = values["chair_id"]
        return Chosen(tuple(map(parse_day, values["days"])), UUID(chair) if chair else None)


@pages.route("/series/<uuid:series_id>/dates", methods=["GET", "POST"])
@policy(Permission.MEETING_PLAN)
def dates(series_id: UUID) -> ResponseReturnValue:
    """Ask how often the series meets, then show the days."""
    row, chairs = _series(series_id)
    if request.method == "GET":
        usual = {"every": Every.DAY.value} if row.shape == Shape.DAILY else {}
        return _form(row, blank(OftenForm, usual, options={"chair_id": chairs}))
    reading = read(OftenForm, request.form, options={"chair_id": chairs})
    often = reading.value
    if often is None:
        return _form(row, reading.form)
    with current.units().read(current.actor()) as uow:
        closed = queries.area_rules(uow, row.area_id).clocks.extra_closed_days
        taken = queries.days_of_series(uow, series_id)
    found = [
        one
        for one in dates_of(often.first, often.last, often.every, closed)
        if one.day not in taken
    ]
    if not found:
        why = "The series meets on all of these days already, or none of them is worked"
        return _form(row, reading.form.refuse(why, field="last"))
    values = {
        "days": [one.day.isoformat() for one in found],
        "chair_id": str(often.chair_id or ""),
        "offered": " ".join(one.day.isoformat() for one in found),
    }
    options = {"days": tuple(map(_option, found)), "chair_id": chairs}
    return _check(row, blank(ChosenForm, values, options=options))


@pages.post("/series/<uuid:series_id>/dates/plan")
@policy(Permission.MEETING_PLAN)
def plan_dates(series_id: UUID) -> ResponseReturnValue:
    """Plan the meetings on the days that are ticked, all or none."""
    row, chairs = _series(series_id)
    options = {"days": _offered(), "chair_id": chairs}
    reading = read(ChosenForm, request.form, options=options)
    said = reading.value
    if said is None:
        return _check(row, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            count = commands.plan_dates(series_id, said.days, chair_id=said.chair_id, uow=uow)
    except RefusedError as refused:
        return _check(row, reading.form.refuse(refused.why, field="days"))
    flash(f"{count} meetings are planned." if count > 1 else "The meeting is planned.", "success")
    return redirect(url_for("meetings.upcoming"), 303)


def _series(series_id: UUID) -> tuple[SeriesRow, tuple[Option, ...]]:
    with current.units().read(current.actor()) as uow:
        return queries.series_row(uow, series_id), planning_options(uow)["chair_id"]


def _option(one: Planned) -> Option:
    hint = ""
    if one.instead_of is not None:
        hint = f"Instead of {said_weekday(one.instead_of)}, which is not worked"
    return Option(one.day.isoformat(), said_weekday(one.day), hint)


def _offered() -> tuple[Option, ...]:
    """Return the days that the page offered; what is no day is left out."""
    found = []
    for text in request.form.get("offered", "").split():
        try:
            found.append(_option(Planned(parse_day(text))))
        except ValueError:
            continue
    return tuple(found)


def _form(row: SeriesRow, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=DATES,
        caption=row.name,
        form=form,
        action=url_for("marac.dates", series_id=row.id),
        button="Show the dates",
        note="Bank holidays and other days that are not worked give way to the next working day.",
        back=url_for("marac.series_list"),
    )
    return page("meetings/form.html", shown)


def _each(row: SeriesRow) -> str:
    if row.closes:
        return f"Each closes at {row.starts}, and nobody meets."
    return f"Each starts at {row.starts} for {row.minutes} minutes."


def _check(row: SeriesRow, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=CHECK,
        caption=row.name,
        form=form,
        action=url_for("marac.plan_dates", series_id=row.id),
        button="Plan these meetings",
        note=f"{_each(row)} Days on which the series meets already are left out.",
        back=url_for("marac.dates", series_id=row.id),
    )
    return page("meetings/form.html", shown)
