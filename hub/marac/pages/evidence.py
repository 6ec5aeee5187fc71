"""Evidence of an action: put in as words or a file, and handed out again."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.files import FIELD, FileStore
from hub.db.looks import look
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.access import find_action
from hub.marac.commands.evidence import KIND, LONGEST_TEXT, AddEvidence, Sent, add_evidence
from hub.marac.pages.blueprint import pages
from hub.marac.queries.actions import action_row
from hub.marac.queries.evidence import evidence_of
from hub.web import current
from hub.web.downloads import download
from hub.web.fields import LongText, PlainText
from hub.web.forms import ValuesForm, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

EVIDENCE = task("Add evidence")


class EvidenceForm(ValuesForm):
    """Words, a file, or both; the browser sends the file apart from the fields."""

    text = LongText("What shows it?", called="what shows it", max_length=LONGEST_TEXT, rows=4)
    file = PlainText(
        "Choose a file", hint="PDF, DOCX, PNG or JPG, up to 10 MB. It can be left out."
    )


@dataclass(frozen=True, kw_only=True)
class EvidencePage(Page):
    """The form of evidence."""

    title: Task = EVIDENCE
    action_id: UUID


@pages.route("/actions/<uuid:action_id>/evidence", methods=["GET", "POST"])
@policy(Permission.ACTION_REPORT)
def evidence(action_id: UUID) -> ResponseReturnValue:
    """Put evidence to an action; once it is there it stays."""
    if request.method == "GET":
        return _show(action_id, blank(EvidenceForm))
    reading = read(EvidenceForm, request.form)
    if reading.value is None:
        return _show(action_id, reading.form)
    try:
        with current.units().write(current.actor()) as uow:
            cmd = AddEvidence(action_id=action_id, text=reading.value["text"] or "", file=_sent())
            add_evidence(cmd, uow=uow, store=_store())
    except RefusedError as no:
        return _show(action_id, reading.form.refuse(no.why, field=no.field))
    flash("The evidence is kept with the action.", "success")
    return redirect(url_for("marac.action", action_id=action_id, _anchor="evidence"), 303)


@pages.get("/actions/<uuid:action_id>/evidence/<uuid:evidence_id>")
@policy(Permission.ACTION_REPORT)
def evidence_file(action_id: UUID, evidence_id: UUID) -> ResponseReturnValue:
    """Hand out a file, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        find_action(uow, action_id)
        files = [one for one in evidence_of(uow, action_id) if one.media_type]
    for number, one in enumerate(files, start=1):
        if one.id == evidence_id:
            look(current.units(), current.actor(), "action", [action_id])
            return download(_store().get(one.id), one.media_type, number)
    raise NotFoundError("no such file")


def _sent() -> Sent | None:
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        return None
    return Sent(name=sent.filename, content=sent.read())


def _store() -> FileStore:
    return FileStore(current.settings().data_dir, current.keyring(), KIND)


def _show(action_id: UUID, form: FormView) -> ResponseReturnValue:
    with current.units().read(current.actor()) as uow:
        find_action(uow, action_id)
        row = action_row(uow, action_id)
    shown = EvidencePage(
        caption=f"Action {row.reference}",
        back=url_for("marac.action", action_id=action_id),
        form=form,
        action_id=action_id,
    )
    return page("marac/evidence.html", shown)
