"""Signed copies of an agreement: putting one in, handing one out, taking one away."""

from uuid import UUID

import flask
from flask import request
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.files import FIELD, FileStore
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing import commands
from hub.sharing.access import open_agreement
from hub.sharing.pages.agreement_forms import FormPage, caption_of
from hub.sharing.pages.agreement_parts import typed_version
from hub.sharing.pages.room import read_sheet, sharing, to_agreement
from hub.sharing.queries.agreements import AgreementSheet, copies_of
from hub.sharing.schemas.agreement_parts import CopyForm
from hub.web import current
from hub.web.downloads import download
from hub.web.forms import blank
from hub.web.guard import policy
from hub.web.render import page, task
from hub.web.values import FormView

ATTACH = task("Add a signed copy")


@sharing.route("/agreements/<uuid:agreement_id>/copies", methods=["GET", "POST"])
@policy(Permission.AGREEMENT_EDIT)
def attach(agreement_id: UUID) -> ResponseReturnValue:
    """Put in a signed copy."""
    sheet = read_sheet(agreement_id)
    form = blank(CopyForm, {"version": sheet.line.version})
    if request.method == "GET":
        return _shown(sheet, form)
    try:
        _take_in(agreement_id)
    except RefusedError as no:
        return _shown(sheet, form.refuse(no.why, field=no.field))
    flask.flash("The copy is kept with the agreement.", "success")
    return to_agreement(agreement_id)


def _take_in(agreement_id: UUID) -> None:
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        raise RefusedError("Choose a file", field=FIELD)
    cmd = commands.AttachCopy(
        agreement_id=agreement_id,
        version=typed_version(),
        name=sent.filename,
        content=sent.read(),
    )
    with current.units().write(current.actor()) as uow:
        commands.attach_copy(cmd, uow=uow, store=_store())


def _shown(sheet: AgreementSheet, form: FormView) -> ResponseReturnValue:
    shown = FormPage(
        title=ATTACH,
        caption=caption_of(sheet),
        back=flask.url_for("sharing.show", agreement_id=sheet.line.id),
        action=request.path,
        button="Add it",
        about="PDF, DOCX, PNG or JPG, up to 10 MB. Whoever may read the register can download it.",
        form=form,
    )
    return page("sharing/copy.html", shown)


@sharing.get("/agreements/<uuid:agreement_id>/copies/<uuid:copy_id>")
@policy(Permission.AGREEMENT_READ)
def copy(agreement_id: UUID, copy_id: UUID) -> ResponseReturnValue:
    """Hand out a signed copy as a download."""
    with current.units().read(current.actor()) as uow:
        open_agreement(uow, agreement_id)
        rows = copies_of(uow, agreement_id)
    for number, one in enumerate(rows, start=1):
        if one.id == copy_id:
            return download(_store().get(copy_id), one.media_type, number)
    raise NotFoundError("no such copy")


@sharing.post("/agreements/<uuid:agreement_id>/copies/<uuid:copy_id>/remove")
@policy(Permission.AGREEMENT_EDIT)
def remove_copy(agreement_id: UUID, copy_id: UUID) -> ResponseReturnValue:
    """Take a copy away that was put in by mistake."""
    cmd = commands.RemoveCopy(agreement_id=agreement_id, version=typed_version(), copy_id=copy_id)
    with current.units().write(current.actor()) as uow:
        commands.remove_copy(cmd, uow=uow)
    flask.flash("The copy is taken away.", "success")
    return to_agreement(agreement_id)


def _store() -> FileStore:
    return FileStore(current.settings().data_dir, current.keyring(), commands.COPIES)
