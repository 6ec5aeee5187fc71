"""The directory as a file: bringing one in, with a report first, and taking one out."""

from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from flask import Response, flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.agencies.commands.importing import (
    FileRefusedError,
    Plan,
    import_upload,
    keep_upload,
    kept_upload,
    plan_import,
)
from hub.agencies.events import DirectoryExported
from hub.agencies.pages.blueprint import pages
from hub.agencies.queries.export import export_directory
from hub.agencies.rules.sheet import COLUMNS, MOST_BYTES, CellFault
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Field, FormView

IMPORT = task("Bring in a file")
REPORT = task("What the file would do")
SHOWN = 200
"""Faults and changes that a report lists; it says how many there are beyond."""


@dataclass(frozen=True, kw_only=True)
class ImportPage(Page):
    """Where a file is chosen."""

    title: Task = IMPORT
    columns: tuple[str, ...] = COLUMNS
    megabytes: int = MOST_BYTES // 1_000_000


@dataclass(frozen=True, slots=True)
class ChangeLine:
    """One line of the file that adds or changes something."""

    number: int
    entry: str
    agency: str
    name: str
    does: str


@dataclass(frozen=True, kw_only=True)
class ReportPage(Page):
    """What a file would do, or why it cannot."""

    title: Task = REPORT
    wide: bool = True
    upload_id: UUID
    added: int
    changed: int
    unchanged: int
    faults: tuple[CellFault, ...]
    faults_in_all: int
    lines: tuple[ChangeLine, ...]
    lines_in_all: int


@pages.route("/directory/import", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_IMPORT)
def import_file() -> ResponseReturnValue:
    """Ask for a file, and keep it for its report."""
    if request.method == "GET":
        return _ask()
    sent = request.files.get("file")
    content = sent.read(MOST_BYTES + 1) if sent else b""
    if not content:
        return _ask("Choose a file that is not empty")
    if len(content) > MOST_BYTES:
        return _ask(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two")
    with units().write(actor()) as uow:
        upload_id = keep_upload(content, uow=uow)
    return redirect(url_for("agencies.import_report", upload_id=upload_id), 303)


@pages.get("/directory/import/<uuid:upload_id>")
@policy(Permission.DIRECTORY_IMPORT)
def import_report(upload_id: UUID) -> ResponseReturnValue:
    """Say what the file would do; nothing is changed yet."""
    with units().read(actor()) as uow:
        plan = plan_import(kept_upload(upload_id, uow=uow), uow=uow)
    return _report(upload_id, plan)


@pages.post("/directory/import/<uuid:upload_id>")
@policy(Permission.DIRECTORY_IMPORT)
def import_apply(upload_id: UUID) -> ResponseReturnValue:
    """Take in the file that was reported on; all of it, or nothing and a new report."""
    try:
        with units().write(actor()) as uow:
            plan = import_upload(upload_id, uow=uow)
    except FileRefusedError as no:
        return _report(upload_id, Plan(no.faults, ()), status=422)
    flash(f"The file is taken in: {plan.added} added, {plan.changed} changed", "success")
    return redirect(url_for("agencies.directory"), 303)


@pages.post("/directory/export")
@policy(Permission.DIRECTORY_IMPORT)
def export_file() -> ResponseReturnValue:
    """Give the directory as CSV; that it was taken out is recorded."""
    with units().write(actor()) as uow:
        text = export_directory(uow)
        uow.emit(DirectoryExported(export_id=uow.new_id()))
    headers = {"Content-Disposition": 'attachment; filename="directory.csv"'}
    return Response(text.encode("utf-8-sig"), headers=headers, mimetype="text/csv")


def _ask(why: str = "") -> ResponseReturnValue:
    field = Field(name="file", label="File", kind="file", error=why)
    form = FormView(MappingProxyType({field.name: field}))
    return page("agencies/import.html", ImportPage(form=form, back=url_for("agencies.directory")))


def _report(upload_id: UUID, plan: Plan, *, status: int = 0) -> ResponseReturnValue:
    lines = [
        ChangeLine(
            change.line.number,
            change.line.entry,
            change.line.name("agency"),
            change.line.text("name") or "",
            "Added" if change.is_new else "Changed",
        )
        for change in plan.changes
        if change.is_new or change.is_different
    ]
    shown = ReportPage(
        upload_id=upload_id,
        back=url_for("agencies.import_file"),
        heading="The file cannot be taken in" if plan.faults else REPORT,
        added=plan.added,
        changed=plan.changed,
        unchanged=plan.unchanged,
        faults=plan.faults[:SHOWN],
        faults_in_all=len(plan.faults),
        lines=tuple(lines[:SHOWN]),
        lines_in_all=len(lines),
    )
    return page("agencies/report.html", shown, status)
