"""What is due, what holds it, and what two people decided about it."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.commands.disposal import (
    approve_disposal,
    open_kept,
    permit_keeping,
    propose_disposal,
    stop_disposal,
)
from hub.sharing.commands.keeping import SetHold, lift_hold, record_death, set_hold
from hub.sharing.pages.keeping.room import KINDS, keeping, said_rule, sources
from hub.sharing.queries.keeping import (
    DisposalRow,
    HoldView,
    Kept,
    KeptRow,
    disposals_of,
    holds_of,
    kept_rows,
)
from hub.sharing.rules.retention import RECOVERABLE, RecordKind, can_be_stopped
from hub.sharing.schemas.keeping import (
    GROUNDS,
    DeathForm,
    FindKeptForm,
    HoldForm,
    LiftForm,
)
from hub.web.current import actor, units
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("What is kept")
ONE = task("A record that is kept")
HOLD = task("Hold a record")
LIFT = task("Hold it no more")
DIED = task("Somebody died")
KIND = "<any(person,concern,request,agreement,searches):kind>"
RECORD = "kept_record"
"""What the trail calls a look at how long a record is kept."""
NOTHING = "Your agency keeps nothing of that reference"
STATES = {
    "proposed": ("Waits for a second person", "yellow"),
    "approved": ("Agreed", "orange"),
    "stopped": ("Stays", "blue"),
    "done": ("Gone", "grey"),
}


@dataclass(frozen=True, slots=True)
class SaidDisposal:
    """A disposal in words, and what the actor can do with it."""

    row: DisposalRow
    kind: str
    tag: str
    colour: str
    goes_after: datetime | None
    may_agree: bool
    may_stop: bool
    rows_gone: int


@dataclass(frozen=True, kw_only=True)
class RecordsPage(Page):
    """What is due, and every disposal."""

    title: Task = LIST
    due: tuple[KeptRow, ...]
    kinds: dict[RecordKind, str]
    disposals: tuple[SaidDisposal, ...]


@dataclass(frozen=True, kw_only=True)
class RecordPage(Page):
    """One record: until when it is kept, by which rule, and its holds."""

    title: Task = ONE
    row: KeptRow
    rule: str
    holds: tuple[HoldView, ...]
    grounds: dict[str, str]


@dataclass(frozen=True, kw_only=True)
class KeepingFormPage(Page):
    """A page that is one form."""

    button: str


@keeping.route("/keeping", methods=["GET", "POST"])
@policy(Permission.DISPOSAL_DO)
def records() -> ResponseReturnValue:
    """List what is due at the actor's agency, by reference alone; find a record of a reference."""
    form = blank(FindKeptForm)
    if request.method == "POST":
        reading = read(FindKeptForm, request.form)
        form = reading.form
        found = _of_reference(reading.value["reference"]) if reading.value else None
        if found is not None:
            return redirect(
                url_for("keeping.record", kind=found.kind.value, record_id=found.id), 303
            )
        if reading.value is not None:
            form = form.refuse(NOTHING, field="reference")
    with units().read(actor()) as uow:
        agency_id = permit_keeping(uow)
        rows = kept_rows(uow, sources(), agency_id=agency_id)
        disposals = disposals_of(uow, agency_id)
        now = uow.now
    shown = RecordsPage(
        form=form,
        due=tuple(row for row in rows if row.is_due),
        kinds=KINDS,
        disposals=tuple(_said(row, now) for row in disposals),
        wide=True,
    )
    return page("sharing/keeping.html", shown)


@keeping.get(f"/keeping/{KIND}/<uuid:record_id>")
@policy(Permission.DISPOSAL_DO)
def record(kind: str, record_id: UUID) -> ResponseReturnValue:
    """Show until when a record is kept, and what holds it."""
    row = _seen(kind, record_id)
    with units().read(actor()) as uow:
        holds = holds_of(uow, record_id)
    shown = RecordPage(
        heading=row.kept.reference,
        caption=KINDS[row.kept.kind],
        back=url_for("keeping.records"),
        row=row,
        rule=said_rule(row.rule),
        holds=holds,
        grounds=GROUNDS,
    )
    return page("sharing/keeping_record.html", shown)


@keeping.post(f"/keeping/{KIND}/<uuid:record_id>/propose")
@policy(Permission.DISPOSAL_DO)
def propose(kind: str, record_id: UUID) -> ResponseReturnValue:
    """Propose that a record goes."""
    return _decide(
        lambda uow: propose_disposal(RecordKind(kind), record_id, uow=uow, sources=sources()),
        "Proposed. A second person must agree.",
    )


@keeping.post("/keeping/disposals/<uuid:disposal_id>/agree/<int:version>")
@policy(Permission.DISPOSAL_DO)
def agree(disposal_id: UUID, version: int) -> ResponseReturnValue:
    """Agree as the second person."""
    return _decide(
        lambda uow: approve_disposal(disposal_id, version, uow=uow, sources=sources()),
        "Agreed. It goes in thirty days, unless somebody stops it.",
    )


@keeping.post("/keeping/disposals/<uuid:disposal_id>/stop")
@policy(Permission.DISPOSAL_DO)
def stop(disposal_id: UUID) -> ResponseReturnValue:
    """Let a record stay after all."""
    return _decide(lambda uow: stop_disposal(disposal_id, uow=uow), "It stays.")


@keeping.route(f"/keeping/{KIND}/<uuid:record_id>/hold", methods=["GET", "POST"])
@policy(Permission.DISPOSAL_DO)
def hold(kind: str, record_id: UUID) -> ResponseReturnValue:
    """Hold a record whatever the rules say."""

    def act(uow: UnitOfWork, values: dict[str, object]) -> object:
        cmd = SetHold(
            kind=RecordKind(kind),
            record_id=record_id,
            ground=str(values["ground"]),
            reason=str(values["reason"]),
        )
        return set_hold(cmd, uow=uow, sources=sources())

    return _form(kind, record_id, HoldForm, HOLD, "Hold it", act)


@keeping.route(
    f"/keeping/{KIND}/<uuid:record_id>/holds/<uuid:hold_id>/lift", methods=["GET", "POST"]
)
@policy(Permission.DISPOSAL_DO)
def lift(kind: str, record_id: UUID, hold_id: UUID) -> ResponseReturnValue:
    """Let the rules count again."""

    def act(uow: UnitOfWork, values: dict[str, object]) -> object:
        return lift_hold(hold_id, str(values["why"]), uow=uow, sources=sources())

    return _form(kind, record_id, LiftForm, LIFT, "Hold it no more", act)


@keeping.route("/keeping/person/<uuid:record_id>/died", methods=["GET", "POST"])
@policy(Permission.DISPOSAL_DO)
def died(record_id: UUID) -> ResponseReturnValue:
    """Write down on which day somebody died."""

    def act(uow: UnitOfWork, values: dict[str, object]) -> object:
        return record_death(record_id, values["died_on"], uow=uow, sources=sources())  # type: ignore[arg-type]  # a date, says the form

    return _form("person", record_id, DeathForm, DIED, "Save", act)


def _of_reference(reference: str) -> Kept | None:
    wanted = reference.strip().casefold()
    with units().read(actor()) as uow:
        rows = kept_rows(uow, sources(), agency_id=permit_keeping(uow))
    return next((row.kept for row in rows if row.kept.reference.casefold() == wanted), None)


def _seen(kind: str, record_id: UUID) -> KeptRow:
    """Return a record of the agency once the look is on the trail. Raises NotFoundError."""
    with units().write(actor()) as uow:
        row = open_kept(uow, sources(), RecordKind(kind), record_id)
        uow.emit(Looked(kind=RECORD, record_id=record_id))
    return row


def _decide(command: Callable[[UnitOfWork], object], said: str) -> ResponseReturnValue:
    try:
        with units().write(actor()) as uow:
            command(uow)
        flask.flash(said, "success")
    except RefusedError as no:
        flask.flash(no.why)
    except NotAllowedError as no:
        if not permitted():
            raise
        flask.flash(str(no))
    return redirect(url_for("keeping.records"), 303)


def permitted() -> bool:
    """Tell whether the actor decides at all what is kept, and is only not the one for this."""
    with units().read(actor()) as uow:
        try:
            permit_keeping(uow)
        except NotAllowedError:
            return False
    return True


def _form(
    kind: str,
    record_id: UUID,
    shape: type[ValuesForm],
    title: Task,
    button: str,
    act: Callable[[UnitOfWork, dict[str, object]], object],
) -> ResponseReturnValue:
    row = _seen(kind, record_id)
    back = url_for("keeping.record", kind=kind, record_id=record_id)
    if request.method == "GET":
        return _show_form(row, title, button, back, blank(shape))
    reading = read(shape, request.form)
    form = reading.form
    if reading.value is not None:
        try:
            with units().write(actor()) as uow:
                act(uow, reading.value)
            flask.flash("Written down.", "success")
            return redirect(back, 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _show_form(row, title, button, back, form)


def _show_form(
    row: KeptRow, title: Task, button: str, back: str, form: FormView
) -> ResponseReturnValue:
    caption = f"{KINDS[row.kept.kind]} {row.kept.reference}"
    shown = KeepingFormPage(title=title, caption=caption, back=back, form=form, button=button)
    return page("sharing/keeping_form.html", shown)


def _said(row: DisposalRow, now: datetime) -> SaidDisposal:
    tag, colour = STATES[row.state]
    at = row.approved_at
    is_open = row.state in {"proposed", "approved"}
    return SaidDisposal(
        row=row,
        kind=KINDS[row.kind],
        tag=tag,
        colour=colour,
        goes_after=at + RECOVERABLE if at is not None and is_open else None,
        may_agree=row.state == "proposed" and row.proposed_by != actor().account_id,
        may_stop=is_open and (at is None or can_be_stopped(at, now)),
        rows_gone=sum(row.counts.values()),
    )
