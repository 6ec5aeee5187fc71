"""Actions: agreed on the case's screen, accepted and reported on by whoever does them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

import flask
from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.errors import ConflictError, IllegalMoveError, NotAllowedError, RefusedError
from hub.marac.access import NotSignedError, find_action, find_case, runs
from hub.marac.commands.actions import OF_THE_MEETING, move_action, propose_action
from hub.marac.hearing_schemas import ActionForm, AgainForm, OutcomeForm
from hub.marac.pages.blueprint import pages
from hub.marac.pages.statement import to_statement
from hub.marac.queries.actions import (
    ActionRow,
    StepRow,
    action_row,
    own_actions,
    owners,
    steps_of,
)
from hub.marac.queries.before import EarlierAction, tried_before
from hub.marac.queries.evidence import EvidenceRow, evidence_of
from hub.marac.queries.screen import meeting_of_item
from hub.marac.queries.telling import ToPassOn, to_pass_on
from hub.marac.states import ACTION, ActionMove, ActionState
from hub.meetings.pages.planning import FormPage
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_day
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Option

ACTIONS = task("Actions")
ACTION_PAGE = task("Action")
NEW_ACTION = task("Agree an action")
USUAL_DAYS = 14

STATES = {
    "proposed": ("Waits to be accepted", "yellow"),
    "open": ("To do", "blue"),
    "done": ("Done", "green"),
    "not_possible": ("Not possible: circumstances changed", "grey"),
    "not_done": ("Not done", "red"),
    "superseded": ("Another action takes its place", "grey"),
    "transferred": ("Passed to another area", "grey"),
    "declined": ("Declined: somebody else is needed", "red"),
}

MOVES = {
    ActionMove.ACCEPT: "I accept it",
    ActionMove.DECLINE: "I cannot take it on",
    ActionMove.DO: "It is done",
    ActionMove.FIND_IMPOSSIBLE: "It is not possible: circumstances changed",
    ActionMove.LEAVE_UNDONE: "It was not done",
    ActionMove.SUPERSEDE: "Another action takes its place",
    ActionMove.TRANSFER: "It is passed to another area",
    ActionMove.REOPEN: "It is to be done after all",
}

STEPS = {
    "proposed": "Agreed",
    "escalated": "Long overdue: the steering group is told",
    "escalated_again": "Overdue for four weeks: the steering group is told again",
    "worked_before": "The same was agreed before",
    **{move.value: words for move, words in MOVES.items()},
}


@dataclass(frozen=True, kw_only=True)
class ActionsPage(Page):
    """What the reader, or the agency that they represent, has still to do."""

    title: Task = ACTIONS
    wide: bool = True
    rows: tuple[ActionRow, ...]
    to_pass_on: tuple[ToPassOn, ...]
    mine: UUID | None
    today: date
    state_words: Mapping[str, tuple[str, str]]


@dataclass(frozen=True, kw_only=True)
class ActionPage(Page):
    """One action, with what happened to it."""

    title: Task = ACTION_PAGE
    row: ActionRow
    state: tuple[str, str]
    is_overdue: bool
    evidence: tuple[EvidenceRow, ...]
    steps: tuple[StepRow, ...]
    step_words: Mapping[str, str]


@pages.get("/actions")
@policy(Permission.ACTION_REPORT)
def own_list() -> ResponseReturnValue:
    """List the actions that wait for the reader or for the agency that they represent."""
    with current.units().read(current.actor()) as uow:
        rows, telling, today = own_actions(uow), to_pass_on(uow), uow.today
    shown = ActionsPage(
        rows=rows,
        to_pass_on=telling,
        mine=current.actor().account_id,
        today=today,
        state_words=STATES,
    )
    return page("marac/actions.html", shown)


@pages.route("/actions/<uuid:action_id>", methods=["GET", "POST"])
@policy(Permission.ACTION_REPORT)
def action(action_id: UUID) -> ResponseReturnValue:
    """Show an action to whoever does it or runs the meeting, and take what became of it."""
    with current.units().read(current.actor()) as uow:
        item_id = find_action(uow, action_id).item_id
    look(current.units(), current.actor(), "action", [action_id])
    with current.units().read(current.actor()) as uow:
        row = action_row(uow, action_id)
        is_run = runs(uow, meeting_of_item(uow, item_id))
    options = {"move": _moves(row, is_run=is_run)}
    if request.method == "GET":
        form = blank(OutcomeForm, {"version": row.version}, options=options)
        return _show(action_id, form)
    reading = read(OutcomeForm, request.form, options=options)
    if reading.value is None:
        return _show(action_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            move_action(reading.value.command(action_id), uow=uow)
    except (ConflictError, IllegalMoveError):
        flash("Somebody was faster. Check what stands now, then press again.")
    except NotAllowedError as no:
        flash(str(no))
    except RefusedError as no:
        return _show(action_id, reading.form.refuse(no.why, field=no.field))
    else:
        flash("Saved", "success")
    return redirect(url_for("marac.action", action_id=action_id), 303)


@pages.route("/cases/<uuid:item_id>/actions/new", methods=["GET", "POST"])
@policy(Permission.HEARING_RECORD)
def new_action(item_id: UUID) -> ResponseReturnValue:
    """Agree an action; where the same was agreed before, whether it worked is asked first."""
    try:
        options, usual, same = _to_agree(item_id, request.form.get("text", ""))
    except NotSignedError as not_signed:
        return to_statement(not_signed)
    if request.method == "GET":
        return _new(item_id, blank(ActionForm, usual, options=options))
    shape = AgainForm if same else ActionForm
    reading = read(shape, request.form, options=options)
    if reading.value is None:
        return _new(item_id, reading.form, same)
    try:
        with current.units().write(current.actor()) as uow:
            propose_action(reading.value.command(item_id), uow=uow)
    except RefusedError as no:
        return _new(item_id, reading.form.refuse(no.why, field=no.field), same)
    flash("The action is agreed.", "success")
    return redirect(url_for("marac.hearing", item_id=item_id, _anchor="actions"), 303)


def _to_agree(
    item_id: UUID, text: str
) -> tuple[Mapping[str, tuple[Option, ...]], Mapping[str, date], tuple[EarlierAction, ...]]:
    """Return who could do an action, its usual day, and what said the same before.

    Raises NotFoundError, NotSignedError; who does not run the meeting has no such page.
    """
    with current.units().read(current.actor()) as uow:
        meeting_id = find_case(uow, item_id).meeting_id
        if not runs(uow, meeting_id):
            flask.abort(404)
        people = owners(uow, item_id)
        usual = {"due_on": uow.today + timedelta(days=USUAL_DAYS)}
        same = tried_before(uow, item_id, text)
    named = tuple(
        Option(str(one.id), f"{one.agency}: {one.name}{'' if one.is_here else ' (not here)'}")
        for one in people
    )
    return {"owner_id": named}, usual, same


def _moves(row: ActionRow, *, is_run: bool) -> tuple[Option, ...]:
    """Return what this reader can say of the action as it stands."""
    state = ActionState(row.state)
    is_owner = row.owner_id == current.actor().account_id
    only_owner = {ActionMove.ACCEPT, ActionMove.DECLINE}
    return tuple(
        Option(one.value, words)
        for one, words in MOVES.items()
        if ACTION.may(state, one)
        and (is_owner or one not in only_owner)
        and (is_run or one not in OF_THE_MEETING)
    )


def _show(action_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        find_action(uow, action_id)
        row, today = action_row(uow, action_id), uow.today
        steps, evidence = steps_of(uow, action_id), evidence_of(uow, action_id)
    shown = ActionPage(
        heading=f"Action {row.reference}",
        caption=f"Case {row.case}",
        back=url_for("marac.own_list"),
        form=form if form["move"].options else None,
        row=row,
        state=STATES[row.state],
        is_overdue=row.is_overdue(today),
        evidence=evidence,
        steps=steps,
        step_words=STEPS,
    )
    return page("marac/action.html", shown)


def _new(item_id: UUID, form: FormView, same: Sequence[EarlierAction] = ()) -> ResponseReturnValue:
    lines = [f"{said_day(one.met_on)}: {STATES[one.state][0]}. {one.outcome}" for one in same]
    shown = FormPage(
        title=NEW_ACTION,
        form=form,
        action=request.path,
        button="Agree this action",
        note=f"The same was agreed before. {' '.join(lines)}".strip() if same else "",
        back=url_for("marac.hearing", item_id=item_id, _anchor="actions"),
    )
    return page("meetings/form.html", shown)
