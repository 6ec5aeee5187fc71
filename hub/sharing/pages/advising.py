"""A data protection officer's pages: what is asked, and one request to advise on."""

from dataclasses import dataclass
from uuid import UUID

import flask
from flask import Blueprint, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.kernel.errors import ConflictError
from hub.sharing.access import find_advice
from hub.sharing.commands.advising import give_advice
from hub.sharing.pages.asking.saying import Section
from hub.sharing.pages.holding.asked import asked_rows
from hub.sharing.pages.holding.lines import LineSaid, said_line
from hub.sharing.pages.holding.room import REQUEST, hand_out
from hub.sharing.pages.holding.sheet import MAIN, signed_rows, whole
from hub.sharing.queries.approvals import AdviceRow, AdviceSheet, advice_sheet, advice_waiting
from hub.sharing.queries.held import AdviceView, WhoAsks
from hub.sharing.schemas.approving import AdviceForm
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Page, SummaryRow, Task, conflict, page, task, versions
from hub.web.values import FormView, Link

advising = Blueprint("advising", __name__, template_folder="../templates")

ASKED = task("Advice asked of you")
ONE = task("Advise")


@dataclass(frozen=True, kw_only=True)
class AskedPage(Page):
    """What the officer is asked."""

    title: Task = ASKED
    rows: tuple[AdviceRow, ...]


@dataclass(frozen=True, kw_only=True)
class AdvicePage(Page):
    """One request, with what is asked of the officer."""

    title: Task = ONE
    advice: AdviceView
    asker: WhoAsks
    asked: tuple[SummaryRow, ...]
    whole: tuple[Section, ...]
    files: tuple[Link, ...]
    lines: tuple[LineSaid, ...]


@advising.get("/advice")
@policy(Permission.ADVICE_GIVE)
def asked() -> ResponseReturnValue:
    """List what the officer is asked, what waits first."""
    with units().read(actor()) as uow:
        rows = advice_waiting(uow)
    return page("sharing/advice_list.html", AskedPage(rows=rows))


@advising.route("/advice/<uuid:advice_id>", methods=["GET", "POST"])
@policy(Permission.ADVICE_GIVE)
def one(advice_id: UUID) -> ResponseReturnValue:
    """Show a request to the officer, and take the advice."""
    seen = _seen(advice_id)
    if request.method == "GET":
        return _show(seen, blank(AdviceForm, {"version": seen.advice.version}))
    reading = read(AdviceForm, request.form)
    if reading.value is None:
        return _show(seen, reading.form)
    try:
        with units().write(actor()) as uow:
            give_advice(reading.value.command(advice_id), uow=uow)
    except ConflictError as stale:
        shown = ConflictPage(
            what="this advice",
            versions=versions(reading.form, stale.theirs),
            reload=url_for("advising.one", advice_id=advice_id),
        )
        return conflict(shown)
    flask.flash("Your advice is kept. Those who decide can read it.", "success")
    return redirect(url_for("advising.asked"), 303)


@advising.get("/advice/<uuid:advice_id>/files/<uuid:attachment_id>")
@policy(Permission.ADVICE_GIVE)
def file(advice_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Hand out the asker's evidence."""
    return hand_out(_seen(advice_id).sheet.evidence, attachment_id)


def _seen(advice_id: UUID) -> AdviceSheet:
    """Return a question once the look at its request is on the trail. Raises NotFoundError."""
    with units().write(actor()) as uow:
        uow.emit(Looked(kind=REQUEST, record_id=find_advice(uow, advice_id)))
    with units().read(actor()) as uow:
        return advice_sheet(uow, advice_id)


def _show(seen: AdviceSheet, form: FormView) -> ResponseReturnValue:
    sheet = seen.sheet
    shown = AdvicePage(
        caption=sheet.row.reference,
        back=url_for("advising.asked"),
        form=form if seen.advice.given_at is None else None,
        advice=seen.advice,
        asker=sheet.asker,
        asked=(*asked_rows(sheet.answers, *MAIN), *signed_rows(sheet)),
        whole=whole(sheet),
        files=tuple(
            Link(one.name, url_for("advising.file", advice_id=seen.advice.id, attachment_id=one.id))
            for one in sheet.evidence
        ),
        lines=tuple(said_line(line) for line in sheet.lines),
        wide=True,
    )
    return page("sharing/advice.html", shown)
