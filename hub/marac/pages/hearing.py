"""One case on one screen: what is known, what is written down, what is agreed, who tells her.

The order on the page is the order of the work. Each field is a form of its own with its own
version; the script saves it while somebody types, and the button does the same without it.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from uuid import UUID

import flask
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.errors import ConflictError, IllegalMoveError, RefusedError
from hub.marac.access import NotSignedError, find_case, runs
from hub.marac.commands.hearings import move_hearing, report_telling, save_note, set_teller
from hub.marac.hearing_schemas import (
    MoveForm,
    NoteForm,
    TellerForm,
    ToldForm,
)
from hub.marac.pages.actions import STATES as ACTION_STATES
from hub.marac.pages.blueprint import kept_for, pages
from hub.marac.pages.case_page import CasePage, Field
from hub.marac.pages.other_side import for_other_side
from hub.marac.pages.record_words import LABELS, STATE_WORDS, TELLER_WORDS, said_quorum
from hub.marac.pages.statement import to_statement
from hub.marac.queries.actions import actions_of, tellers
from hub.marac.queries.before import earlier_actions
from hub.marac.queries.presence import quorum_at
from hub.marac.queries.record import HearingRow, NoteRow, hearing_row, note_rows
from hub.marac.queries.screen import (
    ScreenCase,
    care_on,
    cases_on_screen,
    invited_to,
)
from hub.marac.queries.sides import side_on
from hub.marac.queries.standing import contributions_of, shared_of
from hub.marac.research_schemas import KIND_WORDS, MODE_WORDS
from hub.marac.rules.presence import Quorum
from hub.marac.rules.record import FIELDS
from hub.marac.rules.research import WORDS as RESEARCH_WORDS
from hub.marac.rules.sides import Side
from hub.marac.states import HEARING, HearingMove, HearingState
from hub.meetings.pages.meetings import in_our_words
from hub.meetings.pages.planning import FormPage
from hub.meetings.wording import CARE
from hub.referrals.pages.concern import Person, said_person
from hub.referrals.queries import PartyRow, parties_of
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Task, conflict, page, task, versions
from hub.web.values import FormView, Option

KEYS = ",".join(FIELDS)
"""The fields as an address may name them."""

TELLER = task("Who tells them")
TOLD = task("Telling them")

BEFORE_ACTIONS = tuple(name for name in LABELS if name not in {"dissent", "quorum"})
AFTER_ACTIONS = ("dissent", "quorum")

MOVES = {
    HearingMove.OPEN: "Open this case",
    HearingMove.END: "This case is heard",
    HearingMove.NOTE: "Note it without discussion",
    HearingMove.REOPEN: "Open it again",
}
"""What each button says; putting back has a form of its own, for its reason."""


@pages.get("/cases/<uuid:item_id>/hearing")
@policy(Permission.ITEM_READ)
def hearing(item_id: UUID) -> ResponseReturnValue:
    """Show a case to whoever may see it and has accepted the statement; the look comes first."""
    try:
        _see(item_id)
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    return _show(item_id)


@pages.post(f"/cases/<uuid:item_id>/notes/<any({KEYS}):field>")
@policy(Permission.HEARING_RECORD)
def note(item_id: UUID, field: str) -> ResponseReturnValue:
    """Save one field by its button; what the field says beside it tells that it is saved."""
    reading = read(NoteForm, request.form)
    if reading.value is None:
        flash("This is too long to save. Shorten it and press again.")
        return _back(item_id, field)
    try:
        with current.units().write(current.actor()) as uow:
            save_note(reading.value.command(item_id, field), uow=uow)
    except ConflictError as stale:
        return _both(item_id, field, str(stale.theirs.get(field, "")))
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    except RefusedError as no:
        flash(no.why)
    return _back(item_id, field)


@pages.post(f"/cases/<uuid:item_id>/notes/<any({KEYS}):field>/typed")
@policy(Permission.HEARING_RECORD)
def typed(item_id: UUID, field: str) -> ResponseReturnValue:
    """Save one field while it is typed: the answer is its new version, or the other's words."""
    reading = read(NoteForm, request.form)
    if reading.value is None:
        return {"why": "This is too long to save."}, 422
    try:
        with current.units().write(current.actor()) as uow:
            version = save_note(reading.value.command(item_id, field), uow=uow)
    except ConflictError as stale:
        theirs = str(stale.theirs.get(field, ""))
        return {"theirs": theirs, "version": _version_now(item_id, field)}, 409
    except RefusedError as no:
        return {"why": no.why}, 422
    return {"version": version}


@pages.post("/cases/<uuid:item_id>/hearing/move")
@policy(Permission.HEARING_RECORD)
def move(item_id: UUID) -> ResponseReturnValue:
    """Open, end, note or put back a case."""
    reading = read(MoveForm, request.form)
    if reading.value is None:
        return _show(item_id, put_back=reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            move_hearing(reading.value.command(item_id), uow=uow)
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    except (ConflictError, IllegalMoveError):
        flash("Somebody was faster. Check where the case is now.")
    except RefusedError as no:
        if no.field:
            return _show(item_id, put_back=reading.form.refuse(no.why, field=no.field))
        flash(no.why)
    return redirect(url_for("marac.hearing", item_id=item_id), 303)


@pages.route("/cases/<uuid:item_id>/teller", methods=["GET", "POST"])
@policy(Permission.HEARING_RECORD)
def teller(item_id: UUID) -> ResponseReturnValue:
    """Settle who tells the victim, or why nobody does."""
    row = _run_row(item_id)
    options = {"account_id": _who_could_tell(item_id)}
    if request.method == "GET":
        saved = {
            "teller": row.teller,
            "account_id": str(row.teller_account_id or ""),
            "note": row.teller_note,
            "version": row.version,
        }
        return _form(TELLER, item_id, blank(TellerForm, saved, options=options))
    reading = read(TellerForm, request.form, options=options)
    if reading.value is None:
        return _form(TELLER, item_id, reading.form)
    said = reading.value
    return _keep(
        TELLER,
        item_id,
        reading.form,
        lambda: _write(lambda uow: set_teller(said.command(item_id), uow=uow)),
    )


@pages.route("/cases/<uuid:item_id>/told", methods=["GET", "POST"])
@policy(Permission.HEARING_RECORD)
def told(item_id: UUID) -> ResponseReturnValue:
    """Write down when and how the victim was told, or why not."""
    row = _run_row(item_id)
    if request.method == "GET":
        saved = {
            "told_on": row.told_on,
            "told_how": row.told_how,
            "not_told_why": row.not_told_why,
            "version": row.version,
        }
        return _form(TOLD, item_id, blank(ToldForm, saved))
    reading = read(ToldForm, request.form)
    if reading.value is None:
        return _form(TOLD, item_id, reading.form)
    said = reading.value
    return _keep(
        TOLD,
        item_id,
        reading.form,
        lambda: _write(lambda uow: report_telling(said.command(item_id), uow=uow)),
    )


def _see(item_id: UUID) -> None:
    """Pass the door and record the look. Raises NotFoundError, NotSignedError."""
    with current.units().read(current.actor()) as uow:
        concern_id = find_case(uow, item_id, keep=kept_for()).concern_id
    looks = [("item", item_id)] + ([("concern", concern_id)] if concern_id else [])
    look_at(current.units(), current.actor(), looks)


def _show(item_id: UUID, *, put_back: FormView | None = None) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        item = find_case(uow, item_id, keep=kept_for())
        cases = cases_on_screen(uow, item.meeting_id, keep=kept_for())
        row = hearing_row(uow, item_id)
        parties = parties_of(uow, [item.concern_id]) if item.concern_id else ()
        notes = note_rows(uow, item_id)
        is_run = runs(uow, item.meeting_id)
        meeting_id = item.meeting_id
        at = next(one.number for one in cases if one.id == item_id) - 1
        reference = cases[at].reference
        contributions = tuple(
            one for one in contributions_of(uow, meeting_id) if one.reference == reference
        )
        shared = shared_of(uow, item_id)
        actions, earlier = actions_of(uow, item_id), earlier_actions(uow, item_id)
        workers, care = invited_to(uow, item_id), care_on(uow, item_id)
        lacks = quorum_at(uow, item.meeting_id, item_id) if is_run else Quorum()
        side = side_on(uow, item_id)
    shown = CasePage(
        heading=f"Case {cases[at].number} of {len(cases)}: {reference}",
        back=url_for("marac.screen", meeting_id=meeting_id),
        form=put_back if put_back and put_back.problems else None,
        case=cases[at],
        of=len(cases),
        before=_link(cases, at - 1),
        after=_link(cases, at + 1),
        row=row,
        state=STATE_WORDS[row.state],
        people=tuple(_person(one, care.get(one.id, "")) for one in parties),
        names={one.id: one.name or "Name not known" for one in parties},
        workers=workers,
        contributions=contributions,
        shared=shared,
        earlier=earlier,
        fields=_fields(notes, BEFORE_ACTIONS),
        last_fields=_fields(notes, AFTER_ACTIONS),
        actions=actions,
        quorum=said_quorum(lacks, without="Not at this case"),
        runs=is_run,
        moves=_moves(row) if is_run else (),
        may_put_back=is_run and HEARING.may(HearingState(row.state), HearingMove.PUT_BACK),
        put_back=put_back or blank(MoveForm, {"version": row.version}),
        research_words=RESEARCH_WORDS,
        kind_words=KIND_WORDS,
        mode_words=MODE_WORDS,
        action_words=ACTION_STATES,
        teller_words=in_our_words(TELLER_WORDS),
    )
    if side is Side.ALLEGED:
        roles = {one.id: one.role for one in parties}
        shown = for_other_side(shown, roles, current.actor().account_id)
    return page("marac/hearing.html", shown)


def _person(party: PartyRow, care: str) -> Person:
    """Return somebody in words, with what is known today and not what the referrer knew."""
    said = in_our_words(CARE)[care] if care else ""
    return replace(said_person(party, hide=True), care=f"{said[:1].upper()}{said[1:]}")


def _fields(notes: Mapping[str, NoteRow], names: tuple[str, ...]) -> tuple[Field, ...]:
    return tuple(Field(notes[name], *LABELS[name]) for name in names)


def _moves(row: HearingRow) -> tuple[tuple[str, str], ...]:
    state = HearingState(row.state)
    return tuple((one.value, words) for one, words in MOVES.items() if HEARING.may(state, one))


def _link(cases: tuple[ScreenCase, ...], at: int) -> str:
    return url_for("marac.hearing", item_id=cases[at].id) if 0 <= at < len(cases) else ""


def _back(item_id: UUID, field: str) -> ResponseReturnValue:
    return redirect(url_for("marac.hearing", item_id=item_id, _anchor=f"note-{field}"), 303)


def _both(item_id: UUID, field: str, theirs: str) -> ResponseReturnValue:
    """Show the other's words beside the writer's, to keep either or join them."""
    form = read(NoteForm, request.form).form
    shown = ConflictPage(
        what="the note",
        versions=versions(form, {"text": theirs}),
        reload=url_for("marac.hearing", item_id=item_id, _anchor=f"note-{field}"),
        again=request.path,
        keep=(
            ("text", request.form.get("text", "")),
            ("version", str(_version_now(item_id, field))),
        ),
    )
    return conflict(shown)


def _version_now(item_id: UUID, field: str) -> int:
    with current.units().read(current.actor()) as uow:
        find_case(uow, item_id)
        return note_rows(uow, item_id)[field].version


def _run_row(item_id: UUID) -> HearingRow:
    """Return a case to who runs its meeting; who has not signed is sent to the statement."""
    with current.units().read(current.actor()) as uow:
        try:
            item = find_case(uow, item_id)
        except NotSignedError as not_signed:
            flask.abort(to_statement(not_signed))
        if not runs(uow, item.meeting_id):
            flask.abort(404)
        return hearing_row(uow, item_id)


def _who_could_tell(item_id: UUID) -> tuple[Option, ...]:
    with current.units().read(current.actor()) as uow:
        people = tellers(uow, item_id)
    return tuple(Option(str(one.id), f"{one.agency}: {one.name}") for one in people)


def _write(command: Callable[..., object]) -> None:
    with current.units().write(current.actor()) as uow:
        command(uow)


def _keep(
    title: Task, item_id: UUID, form: FormView, command: Callable[[], None]
) -> ResponseReturnValue:
    """Do what a form asks for and return to the case; a refusal stays in the form."""
    try:
        command()
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    except ConflictError:
        flash("Somebody has changed this case meanwhile. Check it, then press again.")
        return redirect(request.path, 303)
    except RefusedError as no:
        return _form(title, item_id, form.refuse(no.why, field=no.field))
    flash("Saved", "success")
    return redirect(url_for("marac.hearing", item_id=item_id, _anchor="telling"), 303)


def _form(title: Task, item_id: UUID, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=title,
        form=form,
        action=request.path,
        button="Save",
        back=url_for("marac.hearing", item_id=item_id),
    )
    return page("meetings/form.html", shown)
