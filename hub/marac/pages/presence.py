"""Who came: the agencies of a meeting on one list, what was otherwise at a case, an apology."""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.access import NotSignedError, open_hearing
from hub.marac.commands.presence import (
    RecordCasePresence,
    RecordPresence,
    find_own,
    name_observer,
    record_case_presence,
    record_presence,
    remove_observer,
    send_apology,
)
from hub.marac.pages.blueprint import pages
from hub.marac.pages.record_words import said_quorum
from hub.marac.pages.statement import to_statement
from hub.marac.presence_schemas import (
    ApologyForm,
    Line,
    ObserverForm,
    again,
    blank_sheet,
    read_sheet,
)
from hub.marac.queries.areas import area_rules
from hub.marac.queries.presence import (
    AgencyLine,
    ObserverRow,
    agency_lines,
    case_lines,
    observers_of,
    presence_row,
)
from hub.marac.queries.screen import reference_of
from hub.marac.rules.areas import AreaRules
from hub.marac.rules.presence import BEFORE, OF_A_MEETING, Came, Quorum, quorum_of
from hub.meetings.access import open_meeting
from hub.meetings.pages.blueprint import heading_of
from hub.meetings.pages.planning import FormPage
from hub.meetings.queries import MeetingRow, meeting_row
from hub.meetings.states import MeetingShape, MeetingState
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

CAME = task("Who came")
AT_CASE = task("Who was at this case")
OBSERVER = task("Name an observer")
APOLOGY = task("Can your agency come?")


@dataclass(frozen=True, kw_only=True)
class Known:
    """What is known of who came to a meeting, or to one case of it."""

    row: MeetingRow
    has_begun: bool
    lines: tuple[Line, ...]
    needed: frozenset[UUID]
    """The agencies that stand for somebody who should be there."""
    quorum: Quorum
    is_saved: bool
    """Whether anything is written down yet of what the list shows."""
    observers: tuple[ObserverRow, ...] = ()
    item_id: UUID | None = None
    reference: str = ""

    @property
    def can_say(self) -> tuple[Came, ...]:
        """What can be said of an agency now."""
        if self.item_id is not None:
            return tuple(Came)
        return OF_A_MEETING if self.has_begun else BEFORE


@dataclass(frozen=True, kw_only=True)
class SheetPage(Page):
    """The agencies of a meeting, each with whether it came, by whom, and what it sent."""

    title: Task = CAME
    wide: bool = True
    form: FormView
    action: str
    known: Known
    quorum: tuple[str, ...]
    can_write: bool


@pages.route("/meetings/<uuid:meeting_id>/attendance", methods=["GET", "POST"])
@policy(Permission.ATTENDANCE_RECORD)
def attendance(meeting_id: UUID) -> ResponseReturnValue:
    """Show which agencies came, as far as it is known, and take the list in one press."""
    known = _of_meeting(meeting_id)
    if request.method == "GET":
        return _show(known, blank_sheet(known.lines, known.can_say))
    sheet = read_sheet(known.lines, request.form, known.can_say, needs_all=known.has_begun)
    if not sheet.is_right:
        return _show(known, sheet.form)
    try:
        with current.units().write(current.actor()) as uow:
            record_presence(RecordPresence(meeting_id=meeting_id, lines=sheet.lines), uow=uow)
    except ConflictError as clash:
        known = _of_meeting(meeting_id)
        return _show(known, again(sheet, known.lines, known.can_say, clash.theirs))
    except RefusedError as no:
        return _show(known, sheet.form.refuse(no.why, field=no.field))
    flash("It is written down who came.", "success")
    return redirect(url_for("marac.attendance", meeting_id=meeting_id), 303)


@pages.route("/cases/<uuid:item_id>/attendance", methods=["GET", "POST"])
@policy(Permission.ATTENDANCE_RECORD)
def case_attendance(item_id: UUID) -> ResponseReturnValue:
    """Show who was at one case, and take what was otherwise there than at the meeting."""
    try:
        known = _of_case(item_id)
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    if request.method == "GET":
        return _show(known, blank_sheet(known.lines, known.can_say))
    sheet = read_sheet(known.lines, request.form, known.can_say, needs_all=True)
    if not sheet.is_right:
        return _show(known, sheet.form)
    try:
        with current.units().write(current.actor()) as uow:
            record_case_presence(RecordCasePresence(item_id=item_id, lines=sheet.lines), uow=uow)
    except ConflictError as clash:
        known = _of_case(item_id)
        return _show(known, again(sheet, known.lines, known.can_say, clash.theirs))
    except RefusedError as no:
        return _show(known, sheet.form.refuse(no.why, field=no.field))
    flash("It is written down who was at this case.", "success")
    return redirect(url_for("marac.hearing", item_id=item_id), 303)


@pages.route("/meetings/<uuid:meeting_id>/observers", methods=["GET", "POST"])
@policy(Permission.ATTENDANCE_RECORD)
def observer(meeting_id: UUID) -> ResponseReturnValue:
    """Name somebody who observes without an account here."""
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
    if request.method == "GET":
        return _observer(meeting_id, blank(ObserverForm))
    reading = read(ObserverForm, request.form)
    if reading.value is None:
        return _observer(meeting_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            name_observer(reading.value.command(meeting_id), uow=uow)
    except RefusedError as no:
        return _observer(meeting_id, reading.form.refuse(no.why, field=no.field))
    flash("The observer is named.", "success")
    return redirect(url_for("marac.attendance", meeting_id=meeting_id, _anchor="observers"), 303)


@pages.post("/meetings/<uuid:meeting_id>/observers/<uuid:observer_id>/remove")
@policy(Permission.ATTENDANCE_RECORD)
def observer_remove(meeting_id: UUID, observer_id: UUID) -> ResponseReturnValue:
    """Take somebody off the list of observers."""
    try:
        with current.units().write(current.actor()) as uow:
            remove_observer(meeting_id, observer_id, uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("The observer is taken off the list.", "success")
    return redirect(url_for("marac.attendance", meeting_id=meeting_id, _anchor="observers"), 303)


@pages.route("/meetings/<uuid:meeting_id>/apology", methods=["GET", "POST"])
@policy(Permission.APOLOGY_SEND)
def apology(meeting_id: UUID) -> ResponseReturnValue:
    """Let a representative send their agency's apology before a meeting, or take it back."""
    with current.units().read(current.actor()) as uow:
        _, agency_id = find_own(uow, meeting_id)
        row = presence_row(uow, meeting_id, agency_id)
        is_sent = row is not None and row.status == Came.APOLOGY
        saved = {"version": row.version if row else 0, "comes": "no" if is_sent else None}
    if request.method == "GET":
        return _apology(meeting_id, blank(ApologyForm, saved))
    reading = read(ApologyForm, request.form)
    if reading.value is None:
        return _apology(meeting_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            send_apology(reading.value.command(meeting_id), uow=uow)
    except ConflictError:
        flash("Somebody was faster. Check what stands now, then press again.")
        return redirect(request.path, 303)
    except RefusedError as no:
        return _apology(meeting_id, reading.form.refuse(no.why, field="comes"))
    flash("Thank you. Whoever runs the meeting sees it.", "success")
    return redirect(request.path, 303)


def _of_meeting(meeting_id: UUID) -> Known:
    with current.units().read(current.actor()) as uow:
        meeting = open_meeting(uow, meeting_id)
        row, rules = meeting_row(uow, meeting_id), area_rules(uow, meeting.area_id)
        found, observers = agency_lines(uow, meeting), observers_of(uow, meeting_id)
        has_begun = row.starts_at <= uow.now
    lines = (
        Line(id=one.id, name=one.name, shown=one.asked(has_begun=has_begun), version=one.version)
        for one in found
    )
    return Known(
        row=row,
        has_begun=has_begun,
        lines=tuple(lines),
        needed=_needed(found, rules),
        quorum=quorum_of(rules, ((one.stands_for, one.shown.status) for one in found)),
        is_saved=any(one.saved for one in found),
        observers=observers,
    )


def _of_case(item_id: UUID) -> Known:
    """Return the same of one case. Raises NotFoundError, NotSignedError."""
    with current.units().read(current.actor()) as uow:
        item = open_hearing(uow, item_id)
        row = meeting_row(uow, item.meeting_id)
        rules, found = area_rules(uow, row.area_id), case_lines(uow, item)
        reference, has_begun = reference_of(uow, item_id), row.starts_at <= uow.now
    lines = (
        Line(id=one.agency.id, name=one.agency.name, shown=one.shown, version=one.version)
        for one in found
    )
    return Known(
        row=row,
        has_begun=has_begun,
        lines=tuple(lines),
        needed=_needed((one.agency for one in found), rules),
        quorum=quorum_of(rules, ((one.agency.stands_for, one.shown.status) for one in found)),
        is_saved=True,
        item_id=item_id,
        reference=reference,
    )


def _show(known: Known, form: FormView) -> ResponseReturnValue:
    row, item_id = known.row, known.item_id
    if item_id is None:
        title, heading = CAME, f"Who came: {heading_of(row)}"
        back = url_for("meetings.show", meeting_id=row.id)
    else:
        title, heading = AT_CASE, ""
        back = url_for("marac.hearing", item_id=item_id)
    meets = row.shape != MeetingShape.CLOSING and row.state != MeetingState.CANCELLED
    shown = SheetPage(
        title=title,
        heading=heading,
        caption=f"Case {known.reference}" if known.reference else "",
        back=back,
        form=form,
        action=request.path,
        known=known,
        quorum=said_quorum(known.quorum) if known.has_begun else (),
        can_write=meets and (known.has_begun or item_id is None),
    )
    return page("marac/presence.html", shown)


def _needed(found: Iterable[AgencyLine], rules: AreaRules) -> frozenset[UUID]:
    return frozenset(one.id for one in found if one.stands_for & set(rules.quorum))


def _observer(meeting_id: UUID, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=OBSERVER,
        form=form,
        action=request.path,
        button="Name them",
        note="Whoever has an account here accepts the statement themselves and is named already.",
        back=url_for("marac.attendance", meeting_id=meeting_id),
    )
    return page("meetings/form.html", shown)


def _apology(meeting_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        find_own(uow, meeting_id)
        row = meeting_row(uow, meeting_id)
    shown = FormPage(
        title=APOLOGY,
        caption=heading_of(row),
        form=form,
        action=request.path,
        button="Save",
        note="Send what you hold as research all the same: it is heard without you.",
        back=url_for("marac.received"),
    )
    return page("meetings/form.html", shown)
