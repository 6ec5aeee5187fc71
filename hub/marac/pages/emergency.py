"""An emergency MARAC in three screens at most: the concern, the call, and whom to ring."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.marac.access import find_called, has_signed, open_emergency, runs
from hub.marac.commands.emergency import CallEmergency, call_emergency, note_call
from hub.marac.commands.issuing_emergency import issue_called
from hub.marac.commands.presence import find_own
from hub.marac.emergency_schemas import OF_MISSING, BeginForm, CallForm
from hub.marac.pages.blueprint import pages
from hub.marac.queries.ring import Call, calls_of
from hub.marac.rules.emergency import Said, Start, starts_at
from hub.meetings import wording
from hub.meetings.pages.blueprint import (
    heading_of,
    invitation_policy,
    is_coordinator,
    planning_options,
)
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.pages.planning import FormPage
from hub.meetings.queries import MeetingRow, meeting_row
from hub.meetings.states import MeetingState
from hub.referrals.access import open_concern
from hub.referrals.commands import IncompleteError, submit_concern
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link, Option

BEGIN = task("An emergency meeting: who is at risk")
CALL = task("Call an emergency meeting")
RING = task("Whom to ring")
CALLED = task("You are called to a meeting")
NOTE = (
    "The concern is accepted as urgent and comes off any other MARAC still to come. Everybody who"
    " must be invited is invited, the agenda goes out, and the next page says whom to ring."
)
CALLED_AND_OUT = "The meeting is called and its agenda is out. Now ring everybody below."
CALLED_ONLY = "The meeting is called. Now ring everybody below. Its agenda is not out yet."
WHO = {
    "worker": "{w.worker}",
    "desk": "{w.duty_desk} of the {w.worker}",
    "question": "{w.duty_desk}: who is meant",
    "police": "Police",
    "idva": "Idva service",
    "childrens_services": "Children's services",
    "referrer": "Who raised the concern",
}
SAID = {
    Said.COMING.value: "They are coming",
    Said.NOT_COMING.value: "They cannot come",
    Said.NO_ANSWER.value: "Nobody answered",
}


@dataclass(frozen=True, kw_only=True)
class BeginPage(Page):
    """The least of a concern on one screen."""

    title: Task = BEGIN
    screens: bool


@dataclass(frozen=True, kw_only=True)
class RingPage(Page):
    """Whom to ring, with the numbers; nobody whom the case is about is named."""

    title: Task = RING
    meeting: MeetingRow
    calls: tuple[Call, ...]
    who: dict[str, str]
    steps: dict[str, str]
    said: dict[str, str]
    left: int
    in_the_way: str
    """Where it is said what keeps the agenda from going out; empty once it is out."""


@dataclass(frozen=True, kw_only=True)
class CalledPage(Page):
    """When a meeting is and how to take part, to everybody called to it."""

    title: Task = CALLED
    meeting: MeetingRow
    is_off: bool
    may_enter: bool
    has_signed: bool
    may_apologise: bool
    ring_href: str


@pages.route("/emergency", methods=["GET", "POST"])
@policy(Permission.EMERGENCY_CALL)
def begin() -> ResponseReturnValue:
    """Take the least of a concern from whoever was rung, then go on to the call."""
    with current.units().read(current.actor()) as uow:
        options = {"area_id": planning_options(uow)["area_id"]}
    if request.method == "GET":
        only = options["area_id"][0].value if len(options["area_id"]) == 1 else None
        return _begin_form(blank(BeginForm, {"area_id": only}, options=options))
    reading = read(BeginForm, request.form, options=options)
    if reading.value is None:
        return _begin_form(reading.form)
    try:
        with even_time(), current.units().write(current.actor()) as uow:
            concern_id = submit_concern(reading.value, uow=uow)
    except IncompleteError as lacking:
        first = lacking.missing[0]
        name = OF_MISSING.get((first.page, first.field))
        return _begin_form(reading.form.refuse(lacking.why, field=name))
    return redirect(url_for("marac.call", concern_id=concern_id), 303)


@pages.route("/concerns/<uuid:concern_id>/emergency", methods=["GET", "POST"])
@policy(Permission.EMERGENCY_CALL)
def call(concern_id: UUID) -> ResponseReturnValue:
    """Ask when and how, then call the meeting and go to the list of whom to ring."""
    with current.units().read(current.actor()) as uow:
        reference = open_concern(uow, concern_id, Permission.EMERGENCY_CALL).reference
        options = {"chair_id": planning_options(uow)["chair_id"]}
        now = uow.now
    if request.method == "GET":
        return _call_form(concern_id, reference, _empty(options))
    reading = read(CallForm, request.form, options=options)
    said = reading.value
    if said is None:
        return _call_form(concern_id, reference, reading.form)
    cmd = CallEmergency(
        concern_id=concern_id,
        starts_at=starts_at(said.start, now),
        joining=said.joining,
        reason=said.reason,
        chair_id=said.chair_id,
    )
    try:
        with current.units().write(current.actor()) as uow:
            meeting_id = call_emergency(cmd, uow=uow, policy=invitation_policy())
    except RefusedError as refused:
        form = reading.form.refuse(refused.why, field=refused.field)
        return _call_form(concern_id, reference, form)
    with current.units().write(current.actor()) as uow:
        is_out = issue_called(meeting_id, uow=uow, policy=invitation_policy())
    flash(CALLED_AND_OUT if is_out else CALLED_ONLY, "success")
    return redirect(url_for("marac.ring", meeting_id=meeting_id), 303)


@pages.get("/meetings/<uuid:meeting_id>/ring")
@policy(Permission.EMERGENCY_CALL)
def ring(meeting_id: UUID) -> ResponseReturnValue:
    """Show whom to ring and what was said."""
    with current.units().read(current.actor()) as uow:
        meeting = open_emergency(uow, meeting_id)
        row = meeting_row(uow, meeting_id)
        calls = calls_of(uow, meeting, invitation_policy())
    shown = RingPage(
        crumbs=(
            Link("Meetings", url_for("meetings.upcoming")),
            Link(heading_of(row), url_for("meetings.show", meeting_id=meeting_id)),
        ),
        meeting=row,
        calls=calls,
        who=dict(in_our_words(WHO)),
        steps=dict(in_our_words(wording.STEPS)),
        said=SAID,
        left=sum(one.state == "open" for one in calls),
        in_the_way=_in_the_way(row),
    )
    return page("marac/ring.html", shown)


@pages.post("/meetings/<uuid:meeting_id>/ring")
@policy(Permission.EMERGENCY_CALL)
def rung(meeting_id: UUID) -> ResponseReturnValue:
    """Write down what came of one call."""
    with current.units().read(current.actor()) as uow:
        open_emergency(uow, meeting_id)
    try:
        task_id, said = UUID(request.form.get("call", "")), Said(request.form.get("said", ""))
    except ValueError:
        flash("Nothing was written down. Press one of the three buttons below a call.")
        return redirect(url_for("marac.ring", meeting_id=meeting_id), 303)
    try:
        with current.units().write(current.actor()) as uow:
            note_call(task_id, said, uow=uow, policy=invitation_policy())
    except RefusedError as refused:
        flash(refused.why)
    else:
        flash(_after(said), "success")
    return redirect(url_for("marac.ring", meeting_id=meeting_id), 303)


@pages.get("/meetings/<uuid:meeting_id>/called")
@policy(Permission.AGENDA_READ)
def called(meeting_id: UUID) -> ResponseReturnValue:
    """Say when an emergency MARAC is and how to take part; nothing of the case."""
    with current.units().read(current.actor()) as uow:
        find_called(uow, meeting_id)
        row = meeting_row(uow, meeting_id)
        is_run = runs(uow, meeting_id)
        signed = has_signed(uow, meeting_id)
        may_apologise = row.starts_at > uow.now and _represents(uow, meeting_id)
    shown = CalledPage(
        meeting=row,
        is_off=row.state == "cancelled",
        may_enter=is_run or current.actor().has(Role.AGENCY_REPRESENTATIVE),
        has_signed=signed,
        may_apologise=may_apologise,
        ring_href=url_for("marac.ring", meeting_id=meeting_id) if is_run else "",
    )
    return page("marac/called.html", shown)


def _in_the_way(row: MeetingRow) -> str:
    """Return the page of the obstacles: the co-ordinator's own, or that of the meeting."""
    if row.state != MeetingState.PLANNED:
        return ""
    endpoint = "marac.issue" if is_coordinator() else "meetings.show"
    return url_for(endpoint, meeting_id=row.id)


def _represents(uow: UnitOfWork, meeting_id: UUID) -> bool:
    """Tell whether the reader represents an agency that is called."""
    try:
        find_own(uow, meeting_id)
    except (NotFoundError, NotAllowedError):
        return False
    return True


def _after(said: Said) -> str:
    if said is Said.COMING:
        return "Written down."
    if said is Said.NOT_COMING:
        return "Written down. Where somebody else can be asked, they are asked now."
    return "Written down. Ring the next number."


def _empty(options: dict[str, tuple[Option, ...]]) -> FormView:
    own = str(current.actor().account_id or "")
    is_chair = own in {one.value for one in options["chair_id"]}
    values = {"start": Start.TWO.value, "chair_id": own if is_chair else None}
    return blank(CallForm, values, options=options)


def _begin_form(form: FormView) -> ResponseReturnValue:
    back, screens = url_for("meetings.upcoming"), is_coordinator()
    return page("marac/emergency.html", BeginPage(form=form, back=back, screens=screens))


def _call_form(concern_id: UUID, reference: str, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=CALL,
        caption=f"Concern {reference}",
        form=form,
        action=request.path,
        button="Call the meeting",
        note=NOTE,
        back=url_for("referrals.concern", concern_id=concern_id),
    )
    return page("meetings/form.html", shown)
