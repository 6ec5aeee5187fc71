"""The confidentiality statement, and the list of cases for whoever has accepted it."""

from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue
from werkzeug.wrappers import Response

from hub.access.permissions import Fact, Permission, may
from hub.db.units import UnitOfWork
from hub.marac.access import NotSignedError, find_meeting, has_signed, runs
from hub.marac.commands.hearings import sign_statement
from hub.marac.hearing_schemas import CAPACITY_WORDS, StatementForm
from hub.marac.pages.blueprint import kept_for, pages
from hub.marac.pages.record_words import STATE_WORDS, said_quorum
from hub.marac.queries.actions import without_owner
from hub.marac.queries.areas import area_rules
from hub.marac.queries.presence import quorum_at
from hub.marac.queries.record import Signed, signed_of
from hub.marac.queries.screen import ScreenCase, cases_on_screen
from hub.marac.rules.actions import WithOwners, with_owners
from hub.marac.rules.presence import Quorum
from hub.meetings.pages.blueprint import heading_of
from hub.meetings.queries import MeetingRow, meeting_row
from hub.meetings.states import MeetingShape
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

STATEMENT = task("Before the meeting opens")
SCREEN = task("The meeting")


@dataclass(frozen=True, kw_only=True)
class StatementPage(Page):
    """What everybody accepts before a case opens."""

    title: Task = STATEMENT
    paragraphs: tuple[str, ...]
    action: str


@dataclass(frozen=True, kw_only=True)
class ScreenPage(Page):
    """The cases of a meeting that a reader may see, in the order of the agenda."""

    title: Task = SCREEN
    wide: bool = True
    meeting: MeetingRow
    cases: tuple[ScreenCase, ...]
    signed: tuple[Signed, ...]
    quorum: tuple[str, ...]
    """Who of those who should be there lacks, for whoever runs the meeting."""
    owners: WithOwners | None
    """How the actions stand, once the meeting has begun, for whoever runs it."""
    runs: bool
    state_words: Mapping[str, tuple[str, str]]
    capacity_words: Mapping[str, str]


@pages.route("/meetings/<uuid:meeting_id>/statement", methods=["GET", "POST"])
@policy(Permission.ITEM_READ)
def statement(meeting_id: UUID) -> ResponseReturnValue:
    """Show the statement, and take its acceptance; who has accepted it goes on to the cases."""
    with current.units().read(current.actor()) as uow:
        meeting = find_meeting(uow, meeting_id)
        words = area_rules(uow, meeting.area_id).statement
        row = meeting_row(uow, meeting_id)
        if has_signed(uow, meeting_id):
            return redirect(url_for("marac.screen", meeting_id=meeting_id), 303)
        member = _is_member(uow)
    if request.method == "GET":
        return _statement(row, words, blank(StatementForm, {"capacity": member}))
    reading = read(StatementForm, request.form)
    if reading.value is None:
        return _statement(row, words, reading.form)
    with current.units().write(current.actor()) as uow:
        sign_statement(meeting_id, str(reading.value["capacity"]), uow=uow)
    return redirect(url_for("marac.screen", meeting_id=meeting_id), 303)


@pages.get("/meetings/<uuid:meeting_id>/hearing")
@policy(Permission.ITEM_READ)
def screen(meeting_id: UUID) -> ResponseReturnValue:
    """List the cases to whoever has accepted the statement; others read it first."""
    with current.units().read(current.actor()) as uow:
        find_meeting(uow, meeting_id)
        if not has_signed(uow, meeting_id):
            return to_statement(NotSignedError(meeting_id))
        row = meeting_row(uow, meeting_id)
        is_run = runs(uow, meeting_id)
        cases = cases_on_screen(uow, meeting_id, keep=kept_for())
        signed = signed_of(uow, meeting_id) if is_run else ()
        lacks = quorum_at(uow, meeting_id) if is_run else Quorum()
        owners = _owners(uow, row) if is_run else None
    shown = ScreenPage(
        heading=f"{_what(row)}: {heading_of(row)}",
        back=url_for("meetings.show", meeting_id=meeting_id) if is_run else "",
        meeting=row,
        cases=cases,
        signed=signed,
        quorum=said_quorum(lacks),
        owners=owners,
        runs=is_run,
        state_words=STATE_WORDS,
        capacity_words=CAPACITY_WORDS,
    )
    return page("marac/screen.html", shown)


def _owners(uow: UnitOfWork, row: MeetingRow) -> WithOwners | None:
    if row.starts_at > uow.now:
        return None
    hours = area_rules(uow, row.area_id).action_hours
    return with_owners(row.ends_at, hours, without_owner(uow, row.id), uow.now)


def to_statement(not_signed: NotSignedError) -> Response:
    """Send a reader who has not accepted a meeting's statement to it."""
    return redirect(url_for("marac.statement", meeting_id=not_signed.meeting_id), 303)


def _what(row: MeetingRow) -> str:
    return "Cases" if row.shape == MeetingShape.CLOSING else "The meeting"


def _is_member(uow: UnitOfWork) -> str:
    is_member = may(uow.actor, Permission.CASE_READ, {Fact.SAME_AREA})
    return "member" if is_member else "one_slot"


def _statement(row: MeetingRow, words: str, form: FormView) -> ResponseReturnValue:
    shown = StatementPage(
        caption=heading_of(row),
        form=form,
        paragraphs=tuple(part.strip() for part in words.split("\n") if part.strip()),
        action=request.path,
    )
    return page("marac/statement.html", shown)
