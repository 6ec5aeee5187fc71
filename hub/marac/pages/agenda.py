"""The agenda for co-ordinator and chair: its order, its times, a page to print."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import RefusedError
from hub.marac import commands, queries
from hub.marac.agenda import COMING, Case, Slot, waiting_in_words, waiting_workers
from hub.marac.obstacles import obstacles
from hub.marac.pages.blueprint import marked, names_of, pages
from hub.marac.queries import IssueLine, Lapsing, Overdue
from hub.marac.schemas import TimesForm
from hub.meetings import queries as meetings
from hub.meetings import wording
from hub.meetings.access import open_meeting
from hub.meetings.deadline_words import Due, said_deadlines
from hub.meetings.deadlines import deadlines_of
from hub.meetings.pages.blueprint import heading_of, invitation_policy, is_coordinator
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.queries import CaseLine, MeetingRow
from hub.meetings.states import MeetingState
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import counted
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link

AGENDA = task("Agenda")


@dataclass(frozen=True, kw_only=True)
class AgendaPage(Page):
    """An agenda; ``names`` are the victims' by item, and only once they were asked for."""

    title: Task = AGENDA
    wide: bool = True
    meeting: MeetingRow
    deadlines: tuple[Due, ...]
    cases: tuple[CaseLine, ...]
    marks: Mapping[UUID, tuple[str, ...]]
    names: Mapping[UUID, str]
    overdue: tuple[Overdue, ...]
    lapsing: tuple[Lapsing, ...]
    warnings: tuple[str, ...]
    fixed: frozenset[UUID]
    """The cases whose time somebody has accepted."""
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


@pages.post("/meetings/<uuid:meeting_id>/agenda/make")
@policy(Permission.MEETING_ISSUE)
def make(meeting_id: UUID) -> ResponseReturnValue:
    """Order the cases, give out the times and say what still stands in the way of issuing."""
    usual = current.settings().invitations.slot_minutes
    try:
        with current.units().write(current.actor()) as uow:
            packing = commands.make_agenda(meeting_id, usual_minutes=usual, uow=uow)
    except RefusedError as refused:
        return _show(meeting_id, None, refused)
    with current.units().read(current.actor()) as uow:
        in_the_way = len(obstacles(uow, meeting_id, invitation_policy()))
    stands = f"{counted(in_the_way, 'thing')} {'stands' if in_the_way == 1 else 'stand'}"
    left = f"{stands} in the way of issuing it." if in_the_way else "It can be issued."
    flash(f"The agenda is drafted. {left}", "success")
    for warning in packing.warnings:
        flash(warning)
    return redirect(url_for("marac.agenda", meeting_id=meeting_id), 303)


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
    """Let one case change places with its neighbour, or put it in the place of another."""
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        items = {str(case.id): case.id for case in meetings.cases_of(uow, meeting_id)}
    up, down, moved, onto = (
        items.get(request.form.get(name, "")) for name in ("up", "down", "moved", "onto")
    )
    try:
        with current.units().write(current.actor()) as uow:
            if moved and onto:
                commands.place_case(moved, onto, uow=uow)
            elif item_id := up or down:
                commands.move_case(item_id, up=up is not None, uow=uow)
            else:
                raise RefusedError("This case is not on the agenda any more.")  # noqa: TRY301 - one way to say no
    except RefusedError as refused:
        flash(refused.why)
    return redirect(
        url_for("marac.agenda", meeting_id=meeting_id, _anchor=_place(down, up or moved)), 303
    )


def _place(down: UUID | None, up: UUID | None) -> str:
    """Return the button that moves the same case on, so that pressing again moves it again."""
    if down:
        return f"down-{down}"
    return f"up-{up}" if up else "cases"


def _show(
    meeting_id: UUID, form: FormView | None, refused: RefusedError | None = None
) -> ResponseReturnValue:
    usual = current.settings().invitations.slot_minutes
    with current.units().read(current.actor()) as uow:
        draft = queries.draft_of(uow, open_meeting(uow, meeting_id))
        meeting = meetings.meeting_row(uow, meeting_id)
        cases = meetings.cases_of(uow, meeting_id)
        issues = queries.issues_of(uow, meeting_id)
        if cases and cases[0].starts_at and cases[0].ends_at:
            in_use = queries.times_of(meeting.starts_at, cases[0].starts_at, cases[0].ends_at)
        else:
            in_use = queries.times_in_use(uow, meeting_id, usual_minutes=usual)
        is_ahead = meeting.state in meetings.AHEAD and meeting.starts_at > uow.now
        today = uow.today
    deadlines = deadlines_of(meeting.kind, meeting.starts_at, draft.days, meeting.shape)
    may_change = is_ahead and is_coordinator()
    if form is None and may_change:
        minutes = {"slot_minutes": in_use.slot_minutes, "opening_minutes": in_use.opening_minutes}
        form = blank(TimesForm, minutes)
    if form is not None and refused is not None:
        form = form.refuse(refused.why, field=refused.field)
    wanted = [case.id for case in cases] if request.args.get("names") == "yes" else []
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
            deadlines=said_deadlines(deadlines, today, draft.days) if deadlines else (),
            cases=cases,
            marks={item: marked(words) for item, words in draft.marks.items()},
            names=names_of(wanted),
            overdue=draft.overdue,
            lapsing=draft.lapsing,
            warnings=_warnings(cases),
            fixed=frozenset(case.id for case in cases if _is_fixed(case)),
            issues=issues,
            may_change=may_change,
            is_issued=meeting.state == MeetingState.ISSUED,
            roles=in_our_words(wording.ROLES),
            care=in_our_words(wording.CARE),
            steps=in_our_words(wording.STEPS),
            problems=in_our_words(wording.GAPS),
        ),
    )


def _is_fixed(case: CaseLine) -> bool:
    """Tell whether somebody has accepted the case's time."""
    return any(one.answer in COMING for person in case.people for one in person.invited)


def _warnings(cases: Iterable[CaseLine]) -> tuple[str, ...]:
    """Return what a co-ordinator would mend in the order as it stands."""
    timed = [
        Case(
            id=case.id,
            has_children=case.has_children,
            listed_at=case.listed_at,
            workers=frozenset(one.recipient_id for person in case.people for one in person.invited),
        )
        for case in cases
        if case.starts_at
    ]
    slots = {
        case.id: Slot(starts_at=case.starts_at, ends_at=case.ends_at)
        for case in cases
        if case.starts_at and case.ends_at
    }
    waiting = waiting_workers(timed, slots)
    return (waiting_in_words(len(waiting)),) if waiting else ()
