"""Subject access requests on pages: taken in, moved on, let out by a second person."""

from collections.abc import Callable
from contextlib import nullcontext
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import flask
from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.sharing.commands.subject_access import (
    ReceiveAccess,
    move_access,
    receive_access,
)
from hub.sharing.pages.rights.room import Seen, pack_sources, rights, seen_subject
from hub.sharing.queries.subject_access import (
    AccessRow,
    DueRow,
    access_row,
    access_rows,
    due_rows,
    person_of,
)
from hub.sharing.schemas.rights import ASKS, LongerForm, PreparedForm, ProvedForm, ReceivedForm
from hub.web.current import actor, units
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

ALL = task("What is held about somebody")
DUE = task("Requests for what is held")
NEW = task("A request came in")
STEP = task("The request goes on")
SHAPES: dict[str, type[ValuesForm]] = {
    "proved": ProvedForm,
    "longer": LongerForm,
    "prepared": PreparedForm,
}


@dataclass(frozen=True, kw_only=True)
class AccessPage(Page):
    """A person's requests, and what the reader can do with each."""

    title: Task = ALL
    person_id: UUID
    rows: tuple[AccessRow, ...]
    asks: dict[str, str]
    reader_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class DuePage(Page):
    """Open requests by reference."""

    title: Task = DUE
    rows: tuple[DueRow, ...]


@dataclass(frozen=True, kw_only=True)
class AccessFormPage(Page):
    """A page that is one form."""

    button: str


@rights.get("/people/<uuid:person_id>/access", endpoint="access")
@policy(Permission.ACCESS_HANDLE)
def all_requests(person_id: UUID) -> ResponseReturnValue:
    """List a person's subject access requests."""
    seen = seen_subject(person_id, Permission.ACCESS_HANDLE)
    with units().read(actor()) as uow:
        rows = access_rows(uow, person_id)
    shown = AccessPage(
        caption=seen.name,
        back=url_for("rights.told", person_id=person_id),
        person_id=person_id,
        rows=rows,
        asks=ASKS,
        reader_id=actor().account_id,
    )
    return page("sharing/access.html", shown)


@rights.get("/access")
@policy(Permission.ACCESS_HANDLE)
def access_due() -> ResponseReturnValue:
    """List the open requests of the actor's agency, by reference, the most pressing first."""
    with units().read(actor()) as uow:
        rows = due_rows(uow)
    return page("sharing/access_due.html", DuePage(rows=rows))


@rights.route("/people/<uuid:person_id>/access/new", methods=["GET", "POST"])
@policy(Permission.ACCESS_HANDLE)
def access_new(person_id: UUID) -> ResponseReturnValue:
    """Take a request in."""

    def act(uow: UnitOfWork, values: dict[str, Any]) -> object:
        cmd = ReceiveAccess(
            person_id=person_id,
            received_on=values["received_on"],
            asks=values["asks"],
            name=values["name"] or "",
            representative=values["representative"] or "",
        )
        return receive_access(cmd, uow=uow, sources=pack_sources())

    seen = seen_subject(person_id, Permission.ACCESS_HANDLE)
    return _form(seen, ReceivedForm, NEW, act, is_even=True)


@rights.route(
    "/access/<uuid:access_id>/<any(proved,longer,prepared):name>", methods=["GET", "POST"]
)
@policy(Permission.ACCESS_HANDLE)
def access_step(access_id: UUID, name: str) -> ResponseReturnValue:
    """Write down how it was proved who asks, why it takes longer, or what is to be given."""

    def act(uow: UnitOfWork, values: dict[str, Any]) -> object:
        return move_access(access_id, name, values["words"], uow=uow)

    seen = seen_access(access_id)
    with units().read(actor()) as uow:
        row = access_row(uow, access_id)
    saved = {"proved": row.proved_how, "longer": row.longer_why, "prepared": row.outcome}[name]
    return _form(seen, SHAPES[name], STEP, act, saved={"words": saved or None})


def seen_access(access_id: UUID) -> Seen:
    """Return whose request it is, once the look is on the trail. Raises NotFoundError."""
    with units().read(actor()) as uow:
        person_id = person_of(uow, access_id)
    if person_id is None:
        raise NotFoundError("no such request")
    return seen_subject(person_id, Permission.ACCESS_HANDLE)


def _form(
    seen: Seen,
    shape: type[ValuesForm],
    title: Task,
    act: Callable[[UnitOfWork, dict[str, Any]], object],
    *,
    is_even: bool = False,
    saved: dict[str, Any] | None = None,
) -> ResponseReturnValue:
    """Show a form, or take it; ``is_even`` where its time must tell of nobody."""
    if request.method == "GET":
        return _show(seen, title, blank(shape, saved))
    reading = read(shape, request.form)
    form = reading.form
    if reading.value is not None:
        try:
            with even_time() if is_even else nullcontext(), units().write(actor()) as uow:
                act(uow, reading.value)
            flask.flash("Written down.", "success")
            return redirect(url_for("rights.access", person_id=seen.id), 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
    return _show(seen, title, form)


def _show(seen: Seen, title: Task, form: FormView) -> ResponseReturnValue:
    back = url_for("rights.access", person_id=seen.id)
    shown = AccessFormPage(title=title, caption=seen.name, back=back, form=form, button="Save")
    return page("sharing/keeping_form.html", shown)
