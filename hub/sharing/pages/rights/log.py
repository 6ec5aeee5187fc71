"""The log of who was told what about a person: for the staff, and in plain words for the person."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.people.pages.beside import Panel
from hub.sharing.commands.log_marks import (
    AnswerMark,
    MarkLine,
    answer_mark,
    mark_line,
    note_shown,
)
from hub.sharing.pages.rights.room import Seen, rights, seen_subject, sources
from hub.sharing.pages.rights.saying import SaidEntry, said_entry
from hub.sharing.queries.log import LogRow, MarkView, log_of
from hub.sharing.rights_doors import subject_by_reference
from hub.sharing.rules.told_log import LogKind, Verdict, may_be_marked
from hub.sharing.schemas.rights import YES, ConfirmForm, FindForm, HideForm, ShowForm
from hub.web.current import actor, units
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView, Link

FIND = task("Rights")
TOLD = task("Who was told what")
LINE = task("One line of the log")
PLAIN = task("Who was told what about you")
NOBODY = "There is nobody of that reference whose rights you look after"
KIND = f"<any({','.join(LogKind)}):kind>"
VERDICTS = {
    Verdict.HIDE: "Showing it would cause harm",
    Verdict.SHOW: "It may be shown to them",
}


@dataclass(frozen=True, kw_only=True)
class FindPage(Page):
    """Where somebody without a register says whom they mean."""

    title: Task = FIND


@dataclass(frozen=True, kw_only=True)
class ToldPage(Page):
    """Every line of a person's log."""

    title: Task = TOLD
    person_id: UUID
    rows: tuple[SaidEntry, ...]


@dataclass(frozen=True, kw_only=True)
class LinePage(Page):
    """One line, what was said of it, and what may be said now."""

    title: Task = LINE
    row: SaidEntry
    marks: tuple[MarkView, ...]
    verdicts: dict[Verdict, str]
    button: str


@dataclass(frozen=True, kw_only=True)
class PlainPage(Page):
    """What the person is shown."""

    title: Task = PLAIN
    person_id: UUID
    lines: tuple[str, ...]


@rights.route("/rights", methods=["GET", "POST"])
@policy(Permission.LOG_READ)
def find() -> ResponseReturnValue:
    """Go to the log of the person of a reference."""
    if request.method == "GET":
        return page("sharing/rights_find.html", FindPage(form=blank(FindForm)))
    reading = read(FindForm, request.form)
    form = reading.form
    if reading.value is not None:
        try:
            with units().read(actor()) as uow:
                person_id = subject_by_reference(uow, reading.value["reference"])
            return redirect(url_for("rights.told", person_id=person_id), 303)
        except NotFoundError:
            form = form.refuse(NOBODY, field="reference")
    return page("sharing/rights_find.html", FindPage(form=form))


@rights.get("/people/<uuid:person_id>/told")
@policy(Permission.LOG_READ)
def told(person_id: UUID) -> ResponseReturnValue:
    """List who was told what about a person, and who looked."""
    seen = seen_subject(person_id)
    with units().read(actor()) as uow:
        rows = tuple(map(said_entry, log_of(uow, person_id, sources())))
        has_register = could(uow.actor, Permission.REGISTER_READ)
    back = url_for("people.person", person_id=person_id) if has_register else url_for("rights.find")
    shown = ToldPage(caption=seen.name, back=back, person_id=person_id, rows=rows, wide=True)
    return page("sharing/told.html", shown)


@rights.get("/people/<uuid:person_id>/told/plain")
@policy(Permission.LOG_READ)
def plain(person_id: UUID) -> ResponseReturnValue:
    """Show the log in plain words, without what the person is not shown; it can be printed."""
    seen = seen_subject(person_id)
    with units().read(actor()) as uow:
        rows = tuple(map(said_entry, log_of(uow, person_id, sources())))
    lines = tuple(row.plain for row in rows if row.plain)
    shown = PlainPage(
        caption=seen.name,
        back=url_for("rights.told", person_id=person_id),
        person_id=person_id,
        lines=lines,
    )
    return page("sharing/told_plain.html", shown)


@rights.post("/people/<uuid:person_id>/told/given")
@policy(Permission.LOG_MARK)
def given(person_id: UUID) -> ResponseReturnValue:
    """Write down that the person was shown the log in plain words."""
    with units().write(actor()) as uow:
        note_shown(person_id, uow=uow)
    flask.flash("It is written down that they were shown this.", "success")
    return redirect(url_for("rights.told", person_id=person_id), 303)


@rights.route(f"/people/<uuid:person_id>/told/{KIND}/<uuid:entry_id>", methods=["GET", "POST"])
@policy(Permission.LOG_MARK)
def line(person_id: UUID, kind: str, entry_id: UUID) -> ResponseReturnValue:
    """Show one line; say that it would cause harm to show it, or answer as the second person."""
    seen = seen_subject(person_id, Permission.LOG_MARK)
    with units().read(actor()) as uow:
        row = next(
            (
                one
                for one in log_of(uow, person_id, sources())
                if (one.entry.kind, one.entry.id) == (kind, entry_id)
            ),
            None,
        )
    if row is None:
        raise NotFoundError("no such line")
    shape = _shape(row)
    if request.method == "GET" or shape is None:
        return _show(seen, row, blank(shape) if shape else None)
    reading = read(shape, request.form)
    form = reading.form
    if reading.value is not None:
        try:
            with units().write(actor()) as uow:
                _say(uow, person_id, row, reading.value)
            flask.flash("Written down.", "success")
            return redirect(url_for("rights.told", person_id=person_id), 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except NotAllowedError as no:
            form = form.refuse(str(no))
    return _show(seen, row, form)


def _shape(row: LogRow) -> type[ValuesForm] | None:
    if row.waits:
        return ConfirmForm
    verdict = may_be_marked(row.left_out)
    return {None: None, Verdict.HIDE: HideForm, Verdict.SHOW: ShowForm}[verdict]


def _say(uow: UnitOfWork, person_id: UUID, row: LogRow, values: dict[str, Any]) -> None:
    kind, entry_id = row.entry.kind, row.entry.id
    if "answer" in values:
        confirmed = values["answer"] == YES
        answer = AnswerMark(
            person_id=person_id, kind=kind, entry_id=entry_id, is_confirmed=confirmed
        )
        answer_mark(answer, uow=uow, sources=sources())
        return
    said = MarkLine(person_id=person_id, kind=kind, entry_id=entry_id, reason=values["reason"])
    mark_line(said, uow=uow, sources=sources())


def _show(seen: Seen, row: LogRow, form: FormView | None) -> ResponseReturnValue:
    shown = LinePage(
        caption=seen.name,
        back=url_for("rights.told", person_id=seen.id),
        form=form,
        row=said_entry(row),
        marks=row.marks,
        verdicts=VERDICTS,
        button="Write down my answer" if row.waits else "Ask a second person",
    )
    return page("sharing/told_line.html", shown)


def rights_panel(uow: UnitOfWork, person_id: UUID) -> Panel | None:
    """Return the ways to a person's rights, for somebody who looks after them."""
    if not could(uow.actor, Permission.LOG_READ):
        return None
    return Panel(
        heading="Their rights",
        lines=(),
        nothing="They may ask who was told what about them, and what is kept.",
        links=(
            Link("Who was told what", url_for("rights.told", person_id=person_id)),
            Link("Correct what was told", url_for("rights.correct", person_id=person_id)),
        ),
    )
