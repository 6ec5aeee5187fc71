"""A concern that came after the cut-off: what stands beside it, and the chair's decision."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue
from typing_extensions import override

from hub.access.permissions import Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.commands.late import DecideLate, decide_late
from hub.marac.pages.blueprint import pages
from hub.marac.queries.late import LateFor, LateRow, late_decisions, late_for
from hub.meetings.pages.planning import FormPage
from hub.people.pages.beside import Panel, PanelLine
from hub.referrals.access import facts_of, open_concern
from hub.referrals.states import LISTABLE, Screening
from hub.web import current
from hub.web.fields import Choice, LongText
from hub.web.forms import Form, blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day, said_moment, said_weekday
from hub.web.render import page, task
from hub.web.values import FormView, Link, Option

LATE = task("A concern that came late")
HEADING = "After the cut-off"
ACCEPT, ROLL = "accept", "roll"


@dataclass(frozen=True)
class LateSaid:
    """A decision as it was typed."""

    meeting_id: UUID
    is_accepted: bool
    reason: str


class LateForm(Form[LateSaid]):
    """Whether it is heard all the same; the meetings are handed over by the page."""

    meeting_id = Choice("Meeting", required=True, called="the meeting")
    decision = Choice(
        "What do you decide?",
        {ACCEPT: "It is heard at this meeting", ROLL: "It goes to the next meeting"},
        required=True,
        ask="Select what you decide",
    )
    reason = LongText(
        "Why?", required=True, called="the reason", max_length=1000, rows=3, hint="In a sentence."
    )

    @override
    def build(self, values: dict[str, Any]) -> LateSaid:
        return LateSaid(UUID(values["meeting_id"]), values["decision"] == ACCEPT, values["reason"])


def late_panel(uow: UnitOfWork, concern_id: UUID) -> Panel | None:
    """Return the panel to whoever runs meetings of the area, where it came late for one."""
    try:
        concern = open_concern(uow, concern_id)
    except NotFoundError:
        return None
    facts = facts_of(uow, concern)
    if not may(uow.actor, Permission.MEETING_READ, facts):
        return None
    decided = late_decisions(uow, concern_id)
    known = {one.meeting_id for one in decided}
    state = Screening(concern.state)
    missed = late_for(uow, concern) if state in LISTABLE or state is Screening.SUBMITTED else ()
    if not decided and (not missed or state is Screening.URGENT):
        return None
    lines = [_decided(one) for one in decided]
    lines += [_missed(one) for one in missed[:1] if one.meeting_id not in known]
    decides = missed and may(uow.actor, Permission.LATE_DECIDE, facts)
    to = Link("Decide about it as the chair", url_for("marac.late", concern_id=concern_id))
    return Panel(heading=HEADING, lines=tuple(lines), nothing="", links=(to,) if decides else ())


def late_case_panel(uow: UnitOfWork, item_id: UUID, concern_id: UUID) -> Panel | None:
    """Return what the chair decided of a case that came late, where something was decided."""
    del item_id
    decided = late_decisions(uow, concern_id)
    if not decided:
        return None
    return Panel(heading=HEADING, lines=tuple(map(_decided, decided)), nothing="", links=())


@pages.route("/concerns/<uuid:concern_id>/late", methods=["GET", "POST"])
@policy(Permission.LATE_DECIDE)
def late(concern_id: UUID) -> ResponseReturnValue:
    """Ask the chair whether it is heard all the same, and record the decision."""
    with current.units().read(current.actor()) as uow:
        concern = open_concern(uow, concern_id, Permission.LATE_DECIDE)
        missed, reference = late_for(uow, concern), concern.reference
    options = {"meeting_id": tuple(map(_option, missed))}
    if request.method == "GET":
        first = str(missed[0].meeting_id) if missed else None
        return _form(concern_id, reference, blank(LateForm, {"meeting_id": first}, options=options))
    reading = read(LateForm, request.form, options=options)
    said = reading.value
    if said is None:
        return _form(concern_id, reference, reading.form)
    cmd = DecideLate(
        concern_id=concern_id,
        meeting_id=said.meeting_id,
        is_accepted=said.is_accepted,
        reason=said.reason,
    )
    try:
        with current.units().write(current.actor()) as uow:
            decide_late(cmd, uow=uow)
    except RefusedError as refused:
        return _form(concern_id, reference, reading.form.refuse(refused.why, field=refused.field))
    flash("Your decision is recorded, and the agenda follows it.", "success")
    return redirect(url_for("referrals.concern", concern_id=concern_id), 303)


def _decided(one: LateRow) -> PanelLine:
    tag, colour = ("Late, accepted", "green") if one.is_accepted else ("Next meeting", "grey")
    text = (
        f"Meeting on {said_weekday(one.starts_at)}: {one.reason} ({one.decided_by},"
        f" {said_day(one.decided_at)})"
    )
    return PanelLine(tag, colour, text)


def _missed(one: LateFor) -> PanelLine:
    text = (
        f"It missed the cut-off of {said_moment(one.cutoff_at)} for the meeting on"
        f" {said_weekday(one.starts_at)}. It goes to the next one, unless the chair accepts it."
    )
    return PanelLine("Late", "yellow", text)


def _option(one: LateFor) -> Option:
    hint = f"Its cut-off was {said_moment(one.cutoff_at)}"
    return Option(str(one.meeting_id), said_weekday(one.starts_at), hint)


def _form(concern_id: UUID, reference: str, form: FormView) -> ResponseReturnValue:
    is_late = bool(form["meeting_id"].options)
    note = "" if is_late else "It came in time for every meeting still to come."
    shown = FormPage(
        title=LATE,
        caption=f"Concern {reference}",
        form=form,
        action=request.path,
        button="Record the decision",
        note=note,
        back=url_for("referrals.concern", concern_id=concern_id),
    )
    return page("meetings/form.html", shown)
