"""The forms of an agency's research: a line of its paper, what it shares, a refusal."""

from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import ConflictError, IllegalMoveError, RefusedError
from hub.marac.commands.research import (
    answer_research,
    delete_line,
    release_lines,
    say_onward,
    write_line,
)
from hub.marac.pages.blueprint import pages
from hub.marac.pages.research import own_people, own_row, said_lines, see
from hub.marac.queries.research import PaperLine, ResearchRow
from hub.marac.research_schemas import WHOLE_CASE, LineForm, RefuseForm, ShareForm
from hub.marac.rules.research import WORDS
from hub.marac.states import ResearchMove
from hub.meetings.pages.planning import FormPage
from hub.web import current
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, Task, Version, conflict, page, task, versions
from hub.web.values import FormView, Option

LINE = task("A line of your research")
SHARE = task("Share with the meeting")
REFUSE = task("We will not answer")


@pages.route("/research/<uuid:research_id>/refuse", methods=["GET", "POST"])
@policy(Permission.RESEARCH_ANSWER)
def research_refuse(research_id: UUID) -> ResponseReturnValue:
    """Say with a reason that the agency will not answer."""
    row = own_row(research_id)
    if request.method == "GET":
        return _form(REFUSE, row, blank(RefuseForm, {"version": row.version}), "Send this answer")
    reading = read(RefuseForm, request.form)
    if reading.value is None:
        return _form(REFUSE, row, reading.form, "Send this answer")
    try:
        with current.units().write(current.actor()) as uow:
            cmd = reading.value.command(research_id, ResearchMove.REFUSE)
            answer_research(cmd, uow=uow)
    except (ConflictError, IllegalMoveError):
        return _overtaken(research_id)
    except RefusedError as no:
        form = reading.form.refuse(no.why, field=no.field)
        return _form(REFUSE, row, form, "Send this answer")
    flash("Your answer is kept, with its reason.", "success")
    return redirect(url_for("marac.research", research_id=research_id), 303)


@pages.route("/research/<uuid:research_id>/lines/new", methods=["GET", "POST"])
@policy(Permission.RESEARCH_ANSWER)
def research_new_line(research_id: UUID) -> ResponseReturnValue:
    """Write a line of the agency's own paper."""
    return _line(research_id, None)


@pages.route("/research/<uuid:research_id>/lines/<uuid:line_id>", methods=["GET", "POST"])
@policy(Permission.RESEARCH_ANSWER)
def research_line(research_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Change a line that is not shared."""
    return _line(research_id, line_id)


@pages.post("/research/<uuid:research_id>/lines/<uuid:line_id>/delete")
@policy(Permission.RESEARCH_ANSWER)
def research_delete_line(research_id: UUID, line_id: UUID) -> ResponseReturnValue:
    """Delete a line that is not shared."""
    try:
        with current.units().write(current.actor()) as uow:
            delete_line(research_id, line_id, uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("The line is deleted.", "success")
    return redirect(url_for("marac.research", research_id=research_id), 303)


@pages.post("/research/<uuid:research_id>/lines/<uuid:line_id>/<any(stays, goes):word>")
@policy(Permission.RESEARCH_ANSWER)
def research_onward(research_id: UUID, line_id: UUID, word: str) -> ResponseReturnValue:
    """Say whether a shared line may go to another area's MARAC."""
    try:
        with current.units().write(current.actor()) as uow:
            say_onward(research_id, line_id, stays_here=word == "stays", uow=uow)
    except RefusedError as no:
        flash(no.why)
    else:
        flash("It stays in this area." if word == "stays" else "It may go along.", "success")
    return redirect(url_for("marac.research", research_id=research_id, _anchor="paper"), 303)


@pages.route("/research/<uuid:research_id>/share", methods=["GET", "POST"])
@policy(Permission.RESEARCH_ANSWER)
def research_share(research_id: UUID) -> ResponseReturnValue:
    """Choose the lines that go to the meeting; the others stay private."""
    see(research_id)
    row, lines = own_row(research_id), said_lines(research_id)
    options = {
        "lines": tuple(
            Option(str(one.line.id), one.line.text, f"{one.kind}. {one.about}")
            for one in lines
            if one.line.released_at is None
        )
    }
    button = "Share these lines"
    if request.method == "GET":
        form = blank(ShareForm, {"version": row.version, "mode": row.mode}, options=options)
        return _form(SHARE, row, form, button)
    reading = read(ShareForm, request.form, options=options)
    if reading.value is None:
        return _form(SHARE, row, reading.form, button)
    try:
        with current.units().write(current.actor()) as uow:
            release_lines(reading.value.command(research_id), uow=uow)
    except (ConflictError, IllegalMoveError):
        return _overtaken(research_id)
    except RefusedError as no:
        return _form(SHARE, row, reading.form.refuse(no.why, field=no.field), button)
    flash("The lines are shared with the meeting. The others stay with you.", "success")
    return redirect(url_for("marac.research", research_id=research_id), 303)


def _line(research_id: UUID, line_id: UUID | None) -> ResponseReturnValue:
    see(research_id)
    row = own_row(research_id)
    about = (
        Option(WHOLE_CASE, "The case as a whole"),
        *(Option(str(one.id), one.name or "Name not known") for one in own_people(row)),
    )
    options = {"about": about}
    old = next((one.line for one in said_lines(research_id) if one.line.id == line_id), None)
    button = "Keep this line"
    if request.method == "GET":
        saved = {"about": WHOLE_CASE, "version": 0} if old is None else _saved(old)
        return _form(LINE, row, blank(LineForm, saved, options=options), button)
    reading = read(LineForm, request.form, options=options)
    if reading.value is None:
        return _form(LINE, row, reading.form, button)
    try:
        with current.units().write(current.actor()) as uow:
            write_line(reading.value.command(research_id, line_id), uow=uow)
    except ConflictError as stale:
        return _changed(research_id, line_id, reading.form, stale)
    except RefusedError as no:
        return _form(LINE, row, reading.form.refuse(no.why, field=no.field), button)
    flash("The line is kept. Only your agency sees it until you share it.", "success")
    return redirect(url_for("marac.research", research_id=research_id), 303)


def _saved(line: PaperLine) -> dict[str, object]:
    return {
        "about": str(line.party_id) if line.party_id else WHOLE_CASE,
        "kind": line.kind,
        "text": line.text,
        "withheld_why": line.withheld_why,
        "version": line.version,
    }


def _form(title: Task, row: ResearchRow, form: FormView, button: str) -> ResponseReturnValue:
    shown = FormPage(
        title=title,
        caption=f"Case {row.reference}",
        form=form,
        action=request.path,
        button=button,
        back=url_for("marac.research", research_id=row.id),
    )
    return page("meetings/form.html", shown)


def _changed(
    research_id: UUID, line_id: UUID | None, form: FormView, stale: ConflictError
) -> ResponseReturnValue:
    """Show what was typed beside what a colleague kept meanwhile."""
    now = next((one.line for one in said_lines(research_id) if one.line.id == line_id), None)
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"version", "csrf_token"})
    shown = ConflictPage(
        what="the line",
        versions=versions(form, stale.theirs),
        reload=request.path,
        again=request.path,
        keep=(*kept, ("version", str(now.version if now else 0))),
    )
    return conflict(shown)


def _overtaken(research_id: UUID) -> ResponseReturnValue:
    """Say that a colleague has answered meanwhile, and how; what was typed can be sent again."""
    row = own_row(research_id)
    typed = request.form.items(multi=True)
    kept = tuple(pair for pair in typed if pair[0] not in {"version", "csrf_token"})
    shown = ConflictPage(
        what="your agency's answer",
        versions=(Version("Answer", "What you are sending", WORDS[row.state]),),
        reload=url_for("marac.research", research_id=research_id),
        again=request.path,
        keep=(*kept, ("version", str(row.version))),
    )
    return conflict(shown)
