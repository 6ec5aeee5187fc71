"""What the pages of a holder have in common: the blueprint, the look at a request, the way back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import flask
from flask import Blueprint, Response, redirect, url_for
from flask.typing import ResponseReturnValue

from hub.db.files import FileStore
from hub.db.looks import Looked, look
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.sharing.access import find_held
from hub.sharing.commands.request_files import KIND
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.held import HeldSheet, held_sheet
from hub.sharing.rules.policy import RequestPolicy, policy_of
from hub.web.current import actor, keyring, settings, units
from hub.web.downloads import download
from hub.web.render import Page, Task, page
from hub.web.values import FormView

holding = Blueprint("holding", __name__, template_folder="../../templates")

REQUEST, FILE = "information_request", "request_file"
"""What the trail calls what is looked at here."""


@dataclass(frozen=True, kw_only=True)
class Seen:
    """A request that the actor was shown, and the instant (UTC) at which it was read."""

    sheet: HeldSheet
    now: datetime


@dataclass(frozen=True, kw_only=True)
class FormPage(Page):
    """A page that is one form about a request."""

    action: str
    button: str
    lead: str = ""


def policy_now() -> RequestPolicy:
    """Return what is set about requests."""
    return policy_of(settings())


def seen_request(request_id: UUID) -> Seen:
    """Return a request to the holder's people, once the look at it is on the trail.

    Raises NotFoundError, of which the trail then knows nothing.
    """
    with units().write(actor()) as uow:
        find_held(uow, request_id)
        uow.emit(Looked(kind=REQUEST, record_id=request_id))
    with units().read(actor()) as uow:
        return Seen(sheet=held_sheet(uow, request_id), now=uow.now)


def to_request(request_id: UUID) -> ResponseReturnValue:
    """Go back to the request, or to the list where it is not there any more for this account."""
    with units().read(actor()) as uow:
        try:
            find_held(uow, request_id)
        except NotFoundError:
            return redirect(url_for("holding.inbox"), 303)
    return redirect(url_for("holding.show", request_id=request_id), 303)


def do(command: Callable[[UnitOfWork], object], said: str) -> None:
    """Run a command in a unit of its own and say that it is done. Raises what the command does."""
    with units().write(actor()) as uow:
        command(uow)
    flask.flash(said, "success")


def store() -> FileStore:
    """Return the folder of sealed files of requests."""
    return FileStore(settings().data_dir, keyring(), KIND)


def hand_out(files: tuple[AskedFile, ...], attachment_id: UUID) -> Response:
    """Hand out one of these files as a download, once the look at it is on the trail.

    Its name says nothing about anybody. Raises NotFoundError for any other file.
    """
    at = next((at for at, one in enumerate(files, start=1) if one.id == attachment_id), 0)
    if not at:
        raise NotFoundError("no such file")
    look(units(), actor(), FILE, [attachment_id])
    return download(store().get(attachment_id), files[at - 1].media_type, at)


def form_page(
    seen: Seen, title: Task, form: FormView | None, *, button: str, lead: str = ""
) -> ResponseReturnValue:
    """Render a form about a request, which is posted to the address that it stands at."""
    shown = FormPage(
        title=title,
        caption=seen.sheet.row.reference,
        back=url_for("holding.show", request_id=seen.sheet.row.id),
        form=form,
        action=flask.request.path,
        button=button,
        lead=lead,
    )
    return page("sharing/held_form.html", shown)
