"""The agenda for co-ordinator and chair: its order, its times, a page to print."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import RefusedError
from hub.marac import commands, queries
from hub.marac.pages.blueprint import pages
from hub.marac.queries import IssueLine
from hub.marac.schemas import TimesForm
from hub.meetings import queries as meetings
from hub.meetings import wording
from hub.meetings.access import open_meeting
from hub.meetings.deadlines import Deadlines, deadlines_of
from hub.meetings.pages.blueprint import heading_of, is_coordinator
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.queries import CaseLine, MeetingRow
from hub.meetings.states import MeetingState
from hub.referrals.queries import parties_of
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link

AGENDA = task("Agenda")


@dataclass(frozen=True, kw_only=True)
class AgendaPage(Page):
    """An agenda; ``names`` are the victims' by item, and only once they were asked for."""

    title: Task = AGENDA
    wide: bool = True
    meeting: MeetingRow
    deadlines: Deadlines | None
    cases: tuple[CaseLine, ...]
    names: Mapping[UUID, str]
    issues: tuple[IssueLine, ...]
    may_change: bool
    is_issued: bool
    roles: Mapping[str, str]
    care: Mapping[str, str]
    steps: Mapping[str, str]
    problems: Mapping[str, str]


@pages.get("/meetings/<uuid:meeting_id>/agenda")
@policy(Permission.MEETING_READ)
def agenda(meeting_id: UUID) -> ResponseReturnValue:
    """Show the agenda; with ``names``, also who the victims are, once the look is in the trail."""
    return _show(meeting_id, None)


@pages.post("/meetings/<uuid:meeting_id>/agenda/times")
@policy(Permission.MEETING_ISSUE)
def times(meeting_id: UUID) -> ResponseReturnValue:
    """Give every case its time anew."""
    reading = read(TimesForm, request.form)
    if reading.value is None:
        return _show(meeting_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            packing = commands.pack_agenda(reading.value.command(meeting_id), uow=uow)
    except RefusedError as refused:
        return _show(meeting_id, reading.form.refuse(refused.why, field=refused.field))
    flash("The times are given out. Whoever is invited is told of their own.", "success")
    for warning in packing.warnings:
        flash(warning)
    return redirect(url_for("marac.agenda", meeting_id=meeting_id), 303)


@pages.post("/meetings/<uuid:meeting_id>/agenda/order")
@policy(Permission.MEETING_ISSUE)
def order(meeting_id: UUID) -> ResponseReturnValue:
    """Let one case change places with its neighbour."""
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        items = {str(case.id): case.id for case in meetings.cases_of(uow, meeting_id)}
    up = items.get(request.form.get("up", ""))
    item_id = up or items.get(request.form.get("down", ""))
    try:
        if item_id is None:
            raise RefusedError("This case is not on the agenda any more.")  # noqa: TRY301 - one way to say no
        with current.units().write(current.actor()) as uow:
            commands.move_case(item_id, up=up is not None, uow=uow)
    except RefusedError as refused:
        flash(refused.why)
    return redirect(url_for("marac.agenda", meeting_id=meeting_id, _anchor="cases"), 303)


def _show(meeting_id: UUID, form: FormView | None) -> ResponseReturnValue:
    units, actor = current.units(), current.actor()
    with units.read(actor) as uow:
        open_meeting(uow, meeting_id)
        meeting = meetings.meeting_row(uow, meeting_id)
        cases = meetings.cases_of(uow, meeting_id)
        issues = queries.issues_of(uow, meeting_id)
        minutes = queries.slot_minutes_of(uow, meeting.series_id)
        days = queries.days_of(uow, meeting.area_id)
        is_ahead = meeting.state in meetings.AHEAD and meeting.starts_at > uow.now
    if cases and cases[0].starts_at and cases[0].ends_at:
        minutes = (cases[0].ends_at - cases[0].starts_at).seconds // 60
    minutes = minutes or current.settings().invitations.slot_minutes
    may_change = is_ahead and is_coordinator()
    if form is None and may_change:
        form = blank(TimesForm, {"slot_minutes": minutes})
    return page(
        "marac/agenda.html",
        AgendaPage(
            heading=f"Agenda: {heading_of(meeting)}",
            crumbs=(
                Link("Meetings", url_for("meetings.upcoming")),
                Link(heading_of(meeting), url_for("meetings.show", meeting_id=meeting_id)),
            ),
            form=form,
            meeting=meeting,
            deadlines=deadlines_of(meeting.kind, meeting.starts_at, days),
            cases=cases,
            names=_names(cases) if request.args.get("names") == "yes" else {},
            issues=issues,
            may_change=may_change,
            is_issued=meeting.state == MeetingState.ISSUED,
            roles=in_our_words(wording.ROLES),
            care=in_our_words(wording.CARE),
            steps=in_our_words(wording.STEPS),
            problems=in_our_words(wording.GAPS),
        ),
    )


def _names(cases: tuple[CaseLine, ...]) -> dict[UUID, str]:
    """Return the victims' names by item, once every look is in the trail."""
    units, actor = current.units(), current.actor()
    look(units, actor, "item", [case.id for case in cases])
    with units.read(actor) as uow:
        parties = parties_of(uow, [case.concern_id for case in cases if case.concern_id])
    victims = {
        party.concern_id: party.name or "Name not known"
        for party in parties
        if party.role == "victim"
    }
    return {case.id: victims.get(case.concern_id, "") for case in cases if case.concern_id}
