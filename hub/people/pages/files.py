"""The register as a file: taking one in, with a report first, and taking one out."""

from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.agencies.rules.sheet import CellFault
from hub.people import schemas
from hub.people.commands.importing import Imported
from hub.people.commands.transfer import (
    FileRefusedError,
    export_register,
    import_upload,
    keep_upload,
    plan_upload,
)
from hub.people.pages.editing import own_service_options
from hub.people.pages.room import people
from hub.people.rules.sheet import OPTIONAL, REQUIRED
from hub.web import current, forms
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Field, FormView

TAKE_IN = task("Take in a file")
REPORT = task("What the file would do")
MOST_BYTES = 10_000_000
MOST_FAULTS_SHOWN = 200


@dataclass(frozen=True, kw_only=True)
class TakeInPage(Page):
    """Where a file is chosen."""

    title: Task = TAKE_IN
    required: tuple[str, ...] = REQUIRED
    optional: tuple[str, ...] = OPTIONAL


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """What a file would do, or why it cannot."""

    title: Task = REPORT
    wide: bool = True
    upload_id: UUID
    plan: Imported
    faults: tuple[CellFault, ...]


@people.route("/people/file", methods=["GET", "POST"])
@policy(Permission.REGISTER_IMPORT)
def take_in() -> ResponseReturnValue:
    """Ask for a file, and keep it for its report."""
    options = {"service_id": own_service_options()}
    if request.method == "GET":
        only = options["service_id"][0].value if len(options["service_id"]) == 1 else None
        return _ask(forms.blank(schemas.ImportForm, {"service_id": only}, options=options))
    reading = forms.read(schemas.ImportForm, request.form, options=options)
    sent = request.files.get("file")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    why = "" if content else "Choose a file that is not empty"
    if len(content) > MOST_BYTES:
        why = f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two"
    if reading.value is None or why:
        return _ask(reading.form, why)
    with current.units().write(current.actor()) as uow:
        upload_id = keep_upload(content, UUID(reading.value), uow=uow)
    return redirect(url_for("people.report", upload_id=upload_id), 303)


@people.route("/people/file/<uuid:upload_id>", methods=["GET", "POST"])
@policy(Permission.REGISTER_IMPORT)
def report(upload_id: UUID) -> ResponseReturnValue:
    """Say what the file would do; pressing the button does all of it, or nothing."""
    if request.method == "GET":
        with current.units().read(current.actor()) as uow:
            return _report(upload_id, plan_upload(upload_id, uow=uow))
    try:
        with current.units().write(current.actor()) as uow:
            done = import_upload(upload_id, uow=uow)
    except FileRefusedError as refused:
        return _report(upload_id, Imported(faults=refused.faults), status=422)
    flash(f"The file is taken in: {done.added} added, {done.changed} changed.", "success")
    return redirect(url_for("people.register"), 303)


@people.post("/people/file/out")
@policy(Permission.REGISTER_IMPORT)
def take_out() -> ResponseReturnValue:
    """Give a service's part of the register as CSV; that it was taken out is recorded."""
    options = {"service_id": own_service_options()}
    reading = forms.read(schemas.ImportForm, request.form, options=options)
    if reading.value is None:
        return _ask(reading.form)
    with current.units().write(current.actor()) as uow:
        text = export_register(UUID(reading.value), uow=uow)
    headers = {"Content-Disposition": 'attachment; filename="people.csv"'}
    return Response(text.encode("utf-8-sig"), headers=headers, mimetype="text/csv")


def _ask(form: FormView, why: str = "") -> ResponseReturnValue:
    field = Field(name="file", label="File", kind="file", error=why)
    shown = FormView(MappingProxyType({**form.fields, field.name: field}), form.general)
    back = url_for("people.register")
    return page("people/take_in.html", TakeInPage(form=shown, back=back))


def _report(upload_id: UUID, plan: Imported, *, status: int = 0) -> ResponseReturnValue:
    shown = ReportPage(
        heading="The file cannot be taken in" if plan.faults else REPORT,
        back=url_for("people.take_in"),
        upload_id=upload_id,
        plan=plan,
        faults=plan.faults[:MOST_FAULTS_SHOWN],
    )
    return page("people/report.html", shown, status)
