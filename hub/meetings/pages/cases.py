"""Cases: putting one on an agenda, taking it off, seeing it whole, and writing down who came."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import RefusedError
from hub.meetings import commands, queries, wording
from hub.meetings.access import open_meeting
from hub.meetings.attendance import ATTENDANCE, BEFORE, record_attendance
from hub.meetings.pages.blueprint import (
    case_panels,
    heading_of,
    is_coordinator,
    pages,
    put_on_agenda,
)
from hub.meetings.pages.meetings import ConfirmPage, GapLine, gap_lines, in_our_words
from hub.meetings.pages.planning import FormPage
from hub.meetings.queries import CaseLine, Invited, MeetingRow
from hub.meetings.queries.teams import SIDES, teams_of_both_sides
from hub.meetings.schemas import AttendanceForm, Attended, ListForm, ListFromManyForm
from hub.people.pages.beside import Panel
from hub.referrals.queries import (
    ConcernLine,
    ConcernRow,
    PartyRow,
    accepted,
    concern_row,
    parties_of,
)
from hub.web import current
from hub.web.fields import upper_first
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link, Option

CHOOSE = task("Choose a case")
CASE = task("Case")
TAKE_OFF = task("Take a case off the agenda")
NOTE_WORDS = {
    "declined": "Why they cannot come",
    "not_mine": "What has changed",
    "information_only": "What the meeting should know",
}
LATE = "It came after the cut-off, so it is at this next meeting. The chair can accept it as late. "
MOST_RADIOS = 25
"""Cases that are offered one under the other; more are a list to type into."""


@dataclass(frozen=True, kw_only=True)
class ListPage(FormPage):
    """The choice of a case."""

    has_any: bool


@dataclass(frozen=True)
class Person:
    """Somebody a case is about, by name, and where their worker stands."""

    name: str
    role: str
    care: str
    born: str
    invited: tuple[Invited, ...]
    said: wording.Said | None


@dataclass(frozen=True, kw_only=True)
class CasePage(Page):
    """All that the chair needs of one case on one page."""

    title: Task = CASE
    wide: bool = True
    meeting: MeetingRow
    case: CaseLine
    people: tuple[Person, ...]
    note_words: Mapping[str, str]
    """What that is which was written with an answer."""
    gaps: tuple[GapLine, ...]
    same_teams: tuple[str, ...]
    """Teams with workers on both sides, while the meeting is to come."""
    concern: ConcernRow | None
    panels: tuple[Panel, ...]
    """What rooms above say of the case, such as whether it is a repeat."""
    is_ahead: bool
    may_plan: bool
    attendance: Mapping[str, str]
    to_record: tuple[str, ...]
    """What can be recorded by now."""
    steps: Mapping[str, str]
    routes: Mapping[str, str]
    problems: Mapping[str, str]
    is_print: bool = False


@pages.route("/meetings/<uuid:meeting_id>/cases/new", methods=["GET", "POST"])
@policy(Permission.MEETING_LIST)
def list_case(meeting_id: UUID) -> ResponseReturnValue:
    """Choose an accepted concern and put it on the agenda."""
    with current.units().read(current.actor()) as uow:
        open_meeting(uow, meeting_id)
        meeting = queries.meeting_row(uow, meeting_id)
        free = queries.can_be_listed(uow, meeting_id, meeting.kind)
        concerns = accepted(uow, meeting.area_id, free)
    options = {"concern_id": tuple(map(_option, concerns))}
    shape = ListForm if len(concerns) <= MOST_RADIOS else ListFromManyForm
    if request.method == "GET":
        return _list_form(meeting, blank(shape, options=options))
    reading = read(shape, request.form, options=options)
    if reading.value is None:
        return _list_form(meeting, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            listed_at = put_on_agenda(uow, meeting_id, reading.value)
    except RefusedError as refused:
        form = reading.form.refuse(refused.why, field=refused.field or "concern_id")
        return _list_form(meeting, form)
    late = "" if listed_at == meeting_id else LATE
    flash(f"{late}The case is on the agenda. Whoever must be invited is invited.", "success")
    return redirect(url_for("meetings.show", meeting_id=listed_at), 303)


@pages.get("/meetings/cases/<uuid:item_id>")
@policy(Permission.MEETING_READ)
def case(item_id: UUID) -> ResponseReturnValue:
    """Show one case whole, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        meeting = queries.meeting_of(uow, item_id)  # the door: nothing of the case is read yet
        look(current.units(), current.actor(), "item", [item_id])
        has_begun = meeting.starts_at <= uow.now
        line = queries.case_line(uow, item_id)
        concern = concern_row(uow, line.concern_id) if line.concern_id else None
        parties = parties_of(uow, [line.concern_id]) if line.concern_id else ()
        panels = case_panels(uow, item_id, line.concern_id) if line.concern_id else ()
        is_ahead = meeting.state in queries.AHEAD
        has_both = {one.role for one in line.people if one.invited} >= SIDES
        same_teams = teams_of_both_sides(uow, item_id) if is_ahead and has_both else ()
    people = _people(line, parties)
    return page(
        "meetings/case.html",
        CasePage(
            heading=people[0].name if people and people[0].name else line.reference,
            caption=f"Case {line.reference}",
            crumbs=(
                Link("Meetings", url_for("meetings.upcoming")),
                Link(heading_of(meeting), url_for("meetings.show", meeting_id=meeting.id)),
            ),
            meeting=meeting,
            case=line,
            people=people,
            note_words=NOTE_WORDS,
            gaps=gap_lines((line,)) if is_ahead else (),
            same_teams=same_teams,
            concern=concern,
            panels=panels,
            is_ahead=is_ahead,
            may_plan=is_coordinator() and not has_begun,
            attendance=wording.ATTENDANCE,
            to_record=ATTENDANCE if has_begun else BEFORE,
            steps=wording.STEPS,
            routes=in_our_words(wording.ROUTES),
            problems=in_our_words(wording.GAPS),
        ),
    )


@pages.route("/meetings/cases/<uuid:item_id>/take-off", methods=["GET", "POST"])
@policy(Permission.MEETING_LIST)
def take_off(item_id: UUID) -> ResponseReturnValue:
    """Ask once more, then take the case off its agenda."""
    back = url_for("meetings.show", meeting_id=_meeting_of(item_id).id)
    if request.method == "POST":
        with current.units().write(current.actor()) as uow:
            commands.unlist_case(item_id, uow=uow)
        flash("The case is off the agenda. Whoever was invited to it is told.", "success")
        return redirect(back, 303)
    lines = (
        "Whoever was invited to it gets a cancellation for their calendar.",
        "The case can be listed again, here or at another meeting.",
    )
    with current.units().read(current.actor()) as uow:
        caption = f"Case {queries.case_line(uow, item_id).reference}"
    return page(
        "meetings/confirm.html",
        ConfirmPage(
            title=TAKE_OFF,
            caption=caption,
            back=back,
            lines=lines,
            action=request.path,
            button="Take the case off",
        ),
    )


@pages.post("/meetings/cases/<uuid:item_id>/attendance")
@policy(Permission.ATTENDANCE_RECORD)
def attendance(item_id: UUID) -> ResponseReturnValue:
    """Write down whether one invited person came; pressing again changes what was written."""
    _meeting_of(item_id)
    with current.units().read(current.actor()) as uow:
        people = queries.case_line(uow, item_id).people
    known = {str(one.recipient_id): one.name for person in people for one in person.invited}
    options = {"contact_id": tuple(Option(each, name) for each, name in known.items())}
    said = read(AttendanceForm, request.form, options=options).value
    if said is None:
        flash("Nothing was recorded. Press one of the five buttons beside the person.")
    else:
        _record(item_id, said)
    return redirect(url_for("meetings.case", item_id=item_id, _anchor="attendance"), 303)


def _record(item_id: UUID, said: Attended) -> None:
    try:
        with current.units().write(current.actor()) as uow:
            record_attendance(
                item_id,
                said.contact_id,
                said.status,
                sent_information=said.sent_information,
                uow=uow,
            )
    except RefusedError as refused:
        flash(refused.why)
    else:
        flash("Attendance is recorded.", "success")


def _meeting_of(item_id: UUID) -> MeetingRow:
    """Return the meeting of an item that the actor may see. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        return queries.meeting_of(uow, item_id)


def _people(line: CaseLine, parties: tuple[PartyRow, ...]) -> tuple[Person, ...]:
    """Return the people of a case with their names, the victim first."""
    known = {party.id: party for party in parties}
    roles, care = in_our_words(wording.ROLES), in_our_words(wording.CARE)
    found = []
    for one in line.people:
        party = known.get(one.party_id)
        born = party.date_of_birth if party else None
        found.append(
            Person(
                name=(party.name if party else "") or "Name not known",
                role=roles[one.role],
                care=care[one.care_status],
                born=said_day(born) if born else "not known",
                invited=one.invited,
                said=one.said,
            )
        )
    return tuple(found)


def _option(line: ConcernLine) -> Option:
    """Return a concern as a choice: its reference, and never a name."""
    marks = ["urgent"] if line.is_urgent else []
    marks += ["with children"] if line.has_children else []
    marks += [f"raised by {line.agency} on {said_day(line.submitted_at)}"]
    return Option(str(line.id), line.reference, upper_first(", ".join(marks)))


def _list_form(meeting: MeetingRow, form: FormView) -> ResponseReturnValue:
    return page(
        "meetings/list_case.html",
        ListPage(
            title=CHOOSE,
            caption=heading_of(meeting),
            form=form,
            has_any=bool(form["concern_id"].options),
            action=url_for("meetings.list_case", meeting_id=meeting.id),
            button="Put it on the agenda",
            back=url_for("meetings.show", meeting_id=meeting.id),
        ),
    )
