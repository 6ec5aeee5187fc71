"""The papers of a transfer: opened, asked for, sent after it; and the risk after the move."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look_at
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.commands.transfer_papers import (
    AnswerAsk,
    AskPaper,
    SayRisk,
    answer_ask,
    ask_paper,
    say_risk,
)
from hub.marac.pages.blueprint import pages
from hub.marac.pages.transfer_words import paper_option, stays_words
from hub.marac.queries.transfer_papers import AskRow, CasePapers, asks_of, papers_left
from hub.marac.queries.transfer_sent import sent_papers
from hub.marac.queries.transfers import TransferLine, transfer_line
from hub.marac.rules.transfer_papers import MISSING_WORDS, RISK_PROMPT, RiskIs
from hub.marac.transfer_schemas import AnswerForm, AskForm, RiskForm, keys_of
from hub.meetings.pages.planning import FormPage
from hub.referrals.pages.blueprint import store
from hub.web import current
from hub.web.downloads import download
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

ASK = task("Ask for a paper")
ANSWER = task("Answer for a paper")
RISK = task("The risk after the move")
FASTER = "Somebody was faster. See what stands now."


@dataclass(frozen=True, kw_only=True)
class AnswerPage(Page):
    """What is missed, what can be sent of it, and what stays at its agency's word."""

    title: Task = ANSWER
    missed: str
    stays: tuple[str, ...]


@pages.get("/transfers/<uuid:transfer_id>/files/<uuid:file_id>")
@policy(Permission.TRANSFER_KEEP)
def transfer_file(transfer_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Hand out a file that went along, once the look is in the trail."""
    with current.units().read(current.actor()) as uow:
        files = sent_papers(uow, transfer_id).files
    for number, one in enumerate(files, start=1):
        if one.id == file_id:
            looks = [("transfer", transfer_id), ("concern_file", file_id)]
            look_at(current.units(), current.actor(), looks)
            return download(store().get(one.id), one.media_type, number)
    raise NotFoundError("no such file")


@pages.route("/transfers/<uuid:transfer_id>/ask", methods=["GET", "POST"])
@policy(Permission.TRANSFER_KEEP)
def transfer_ask(transfer_id: UUID) -> ResponseReturnValue:
    """Ask the sending area for a paper that is missed."""
    line = _taken(transfer_id)
    if request.method == "GET":
        return _form(ASK, line, blank(AskForm), "Ask for it")
    reading = read(AskForm, request.form)
    if reading.value is None:
        return _form(ASK, line, reading.form, "Ask for it")
    try:
        with current.units().write(current.actor()) as uow:
            ask_paper(AskPaper(transfer_id=transfer_id, what=reading.value), uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("They are asked. You are told when they answer.", "success")
    return _back(transfer_id)


@pages.route("/transfers/<uuid:transfer_id>/answer", methods=["GET", "POST"])
@policy(Permission.TRANSFER_KEEP)
def transfer_answer(transfer_id: UUID) -> ResponseReturnValue:
    """Send what the other area misses, or say why not."""
    line, left, waits = _missed(transfer_id)
    if waits is None:
        flash("Nothing is asked for any more.")
        return _back(transfer_id)
    options = {"papers": tuple(map(paper_option, left.papers))}
    if request.method == "GET":
        form = blank(AnswerForm, {"ask": waits.id}, options=options)
        return _answer_form(line, waits.what, left, form)
    reading = read(AnswerForm, request.form, options=options)
    if reading.value is None:
        return _answer_form(line, waits.what, left, reading.form)
    said = reading.value
    if said["ask"] != str(waits.id):
        flash(FASTER)
        typed = {**reading.typed, "ask": [str(waits.id)]}
        form = blank(AnswerForm, typed=typed, options=options)
        return _answer_form(line, waits.what, left, form)
    cmd = AnswerAsk(ask_id=waits.id, papers=keys_of(said["papers"]), refusal=said["refusal"] or "")
    try:
        with current.units().write(current.actor()) as uow:
            answer_ask(cmd, uow=uow)
    except ConflictError:
        flash(FASTER)
    except RefusedError as no:
        form = reading.form.refuse(no.why, field=no.field)
        return _answer_form(line, waits.what, left, form)
    else:
        flash("Answered. The other area is told.", "success")
    return _back(transfer_id)


@pages.route("/transfers/<uuid:transfer_id>/risk", methods=["GET", "POST"])
@policy(Permission.TRANSFER_KEEP)
def transfer_risk(transfer_id: UUID) -> ResponseReturnValue:
    """Say what came of assessing the risk again after the move."""
    line = _taken(transfer_id)
    if request.method == "GET":
        form = blank(RiskForm, {"version": line.version})
        return _form(RISK, line, form, "Save", RISK_PROMPT)
    reading = read(RiskForm, request.form)
    if reading.value is None:
        return _form(RISK, line, reading.form, "Save", RISK_PROMPT)
    said = reading.value
    cmd = SayRisk(
        transfer_id=transfer_id,
        version=int(said["version"]) if str(said["version"]).isdigit() else 0,
        risk_is=RiskIs(said["risk_is"]),
        on=said["on"],
        note=said["note"] or "",
    )
    try:
        with current.units().write(current.actor()) as uow:
            say_risk(cmd, uow=uow)
    except ConflictError:
        flash("A colleague has said it meanwhile. See what stands now, then say it again.")
    except RefusedError as no:
        form = reading.form.refuse(no.why, field=no.field)
        return _form(RISK, line, form, "Save", RISK_PROMPT)
    else:
        flash("Saved", "success")
    return _back(transfer_id)


def _taken(transfer_id: UUID) -> TransferLine:
    """Return a transfer that the reader's area has taken over. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        line = transfer_line(uow, transfer_id)
    if not line.is_incoming or line.stages.acknowledged_on is None:
        raise NotFoundError("only the receiving area, once it has the case")
    return line


def _missed(transfer_id: UUID) -> tuple[TransferLine, CasePapers, AskRow | None]:
    """Return what the sending area is asked for, and what it can send. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        line, left = transfer_line(uow, transfer_id), papers_left(uow, transfer_id)
        waits = next((one for one in asks_of(uow, transfer_id) if not one.answered_at), None)
    if line.is_incoming:
        raise NotFoundError("only the sending area answers")
    return line, left, waits


def _back(transfer_id: UUID) -> ResponseReturnValue:
    return redirect(url_for("marac.transfer", transfer_id=transfer_id), 303)


def _form(
    title: Task, line: TransferLine, form: FormView, button: str, note: str = ""
) -> ResponseReturnValue:
    shown = FormPage(
        title=title,
        caption=f"Transfer {line.reference}, from {line.area}",
        form=form,
        action=request.path,
        button=button,
        note=note,
        back=url_for("marac.transfer", transfer_id=line.id),
    )
    return page("meetings/form.html", shown)


def _answer_form(
    line: TransferLine, what: str, left: CasePapers, form: FormView
) -> ResponseReturnValue:
    shown = AnswerPage(
        caption=f"Transfer {line.reference}, to {line.area}",
        form=form,
        missed=MISSING_WORDS[what],
        stays=stays_words(left.stays),
        back=url_for("marac.transfer", transfer_id=line.id),
    )
    return page("marac/transfer_answer.html", shown)
