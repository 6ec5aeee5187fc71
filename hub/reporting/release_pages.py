"""Exact returns: asked for by one, approved by another, taken out within a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.meetings.queries import areas
from hub.reporting import return_words
from hub.reporting.edition_queries import ReleaseRow, releases_of
from hub.reporting.return_commands import AskExact, ask_exact, settle_exact
from hub.reporting.return_pages import AT, asked_quarter, handed_out, pages, see
from hub.reporting.return_queries import demand_returns, open_exact, whole_return
from hub.reporting.rules.editions import ReleaseState
from hub.reporting.rules.quarters import Quarter, parse_quarter
from hub.web import current
from hub.web.fields import LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

EXACT = task("Exact counts to pass on")
APPROVE = task("Exact returns to approve")
STATES: Mapping[ReleaseState, tuple[str, str]] = MappingProxyType(
    {
        ReleaseState.WAITS: ("Waits for a second person", "yellow"),
        ReleaseState.OPEN: ("Approved, for 24 hours", "green"),
        ReleaseState.REFUSED: ("Refused", "red"),
        ReleaseState.OVER: ("Its 24 hours are over", "grey"),
    }
)


class ExactForm(Form[str]):
    """To whom an exact return goes."""

    whom = LongText(
        "Who is it for, and what for?",
        called="who it is for",
        required=True,
        ask="Enter to whom it goes, and what for",
        hint="One recipient who may know of single cases, such as the national return.",
        max_length=500,
        rows=2,
    )

    @override
    def build(self, values: dict[str, Any]) -> str:
        """Return it in words."""
        return str(values["whom"])


@dataclass(frozen=True, kw_only=True)
class ExactPage(Page):
    """What was asked for of one quarter, and the form that asks."""

    title: Task = EXACT
    action: str
    rows: tuple[ReleaseRow, ...]
    states: Mapping[ReleaseState, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ApprovePage(Page):
    """The exact returns of one's areas, those that wait for the reader among them."""

    title: Task = APPROVE
    rows: tuple[tuple[ReleaseRow, str, str], ...]
    """Each with its area and its quarter in words."""
    states: Mapping[ReleaseState, tuple[str, str]]


@pages.route(AT + "/exact", methods=["GET", "POST"])
@policy(Permission.RETURN_READ)
def exact(area_id: UUID, year: int, number: int) -> ResponseReturnValue:
    """Ask a second person to approve that the exact counts are passed on."""
    chosen = asked_quarter(year, number)
    if request.method == "GET":
        return _exact(area_id, chosen, blank(ExactForm))
    reading = read(ExactForm, request.form)
    if reading.value is None:
        return _exact(area_id, chosen, reading.form)
    cmd = AskExact(area_id=area_id, quarter=chosen, whom=reading.value)
    try:
        with current.units().write(current.actor()) as uow:
            ask_exact(cmd, uow=uow)
    except RefusedError as no:
        return _exact(area_id, chosen, reading.form.refuse(no.why, field=no.field))
    flash("A second person approves it under Returns. Tell them that it waits.", "success")
    return redirect(request.path, 303)


@pages.get("/returns/approve")
@policy(Permission.RETURN_APPROVE)
def approve() -> ResponseReturnValue:
    """List the exact returns of one's areas; no count is shown here."""
    with current.units().read(current.actor()) as uow:
        own = {one.id: one.name for one in areas(uow)}
        rows = releases_of(uow, own)
    shown = ApprovePage(
        back=url_for("returns.choose"),
        rows=tuple((one, own[one.area_id], return_words.said_quarter(one.quarter)) for one in rows),
        states=STATES,
    )
    return page("reporting/approve.html", shown)


@pages.post("/returns/exact/<uuid:release_id>/<any(approve,refuse):verdict>")
@policy(Permission.RETURN_APPROVE)
def settle(release_id: UUID, verdict: str) -> ResponseReturnValue:
    """Approve or refuse an exact return as the second person."""
    try:
        with current.units().write(current.actor()) as uow:
            settle_exact(release_id, is_approved=verdict == "approve", uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("Your decision is recorded.", "success")
    return redirect(url_for("returns.approve"), 303)


@pages.get("/returns/exact/<uuid:release_id>/<any(return,agencies):part>.<any(csv,xlsx):kind>")
@policy(Permission.RETURN_READ)
def exact_file(release_id: UUID, part: str, kind: str) -> ResponseReturnValue:
    """Hand out an approved exact return to whoever asked for it, once that is in the trail."""
    with current.units().read(current.actor()) as uow:
        row = open_exact(uow, release_id)
        area_id, chosen = row.area_id, parse_quarter(row.quarter)
    see(area_id, "return_exact_file", release_id, to_pass_on=False)
    with current.units().read(current.actor()) as uow:
        made = whole_return(uow, area_id, chosen)
    return handed_out(made, part, kind, f"exact-{part}-{chosen.code}.{kind}")


def _exact(area_id: UUID, chosen: Quarter, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        demand_returns(uow, area_id, to_pass_on=False)
        rows = releases_of(uow, [area_id], chosen)
    own = url_for("returns.quarter", area_id=area_id, year=chosen.year, number=chosen.number)
    shown = ExactPage(
        caption=return_words.said_quarter(chosen),
        back=own,
        form=form,
        action=request.path,
        rows=rows,
        states=STATES,
    )
    return page("reporting/exact.html", shown)
