"""Giving what a held request lacks, page by page; once whole it goes to its holder by itself."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import look
from hub.kernel.days import age_on
from hub.kernel.errors import ConflictError, RefusedError
from hub.kernel.even_time import even_time
from hub.sharing.access import open_asked
from hub.sharing.commands.request_files import TakeOutFile, take_out_file
from hub.sharing.commands.sending import ChangeRequest, change_request
from hub.sharing.pages.asking.asked import REQUEST_LOOK
from hub.sharing.pages.asking.finish import FileForm, FilesPage, take_in
from hub.sharing.pages.asking.one_page import question_page, with_gaps
from hub.sharing.pages.asking.room import PAGE, VERSION, asking, lists_of, typed_version
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.queries.asked import asked_sheet, lacking
from hub.sharing.queries.asked_rows import AskedSheet
from hub.sharing.queries.askers import requester_kind_of
from hub.sharing.rules.coded import RequesterKind
from hub.sharing.rules.request_answers import AskAnswers, AskPage, born_on
from hub.sharing.rules.request_bases import whose
from hub.sharing.rules.request_gaps import Gap
from hub.sharing.rules.request_journey import ELSEWHERE, relevant
from hub.sharing.schemas.requests import SHAPES, page_options, plain
from hub.sharing.states import REQUEST, RequestMove, RequestState
from hub.web import current
from hub.web.dates import TODAY
from hub.web.forms import Options, Reading, Values, blank, read
from hub.web.guard import policy
from hub.web.render import ConflictPage, conflict, page, versions
from hub.web.said import revived, said
from hub.web.values import FormView

GONE = "Nothing is missing any more. Your request is with them"
KEPT = "Saved. Something is still missing"


@dataclass(frozen=True)
class Held:
    """A request that is held, as one of its pages needs it."""

    sheet: AskedSheet
    kind: RequesterKind
    age: int | None
    lacks: tuple[Gap, ...]
    options: Options

    def form(self, wanted: AskPage) -> FormView:
        """Return a page as it was answered."""
        shape = SHAPES[wanted]
        values = self.sheet.answers.pages.get(wanted, {})
        return blank(shape, revived(shape, values), options=self.options)

    def with_page(self, wanted: AskPage, values: Values) -> AskAnswers:
        """Return the answers with one page changed, and without forms not needed any more."""
        pages = dict(self.sheet.answers.pages) | {wanted.value: plain(wanted, values)}
        return relevant(AskAnswers(pages=pages), self.kind)


@asking.route(f"/requests/<uuid:request_id>/change/{PAGE}", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def change(request_id: UUID, name: str) -> ResponseReturnValue:
    """Show a page of a held request with what lacks on it; save it, and let the request go on."""
    wanted = AskPage(name)
    held = _open(request_id, wanted)
    look(current.units(), current.actor(), REQUEST_LOOK, [request_id])
    if request.method == "GET":
        here = tuple(gap for gap in held.lacks if gap.page is wanted and gap.code not in ELSEWHERE)
        return _page(held, wanted, with_gaps(held.form(wanted), here), status=200)
    reading = read(SHAPES[wanted], request.form, options=held.options)
    if reading.value is None:
        return _page(held, wanted, reading.form)
    cmd = ChangeRequest(
        request_id=request_id,
        version=typed_version(),
        answers=held.with_page(wanted, reading.value),
    )
    try:
        with even_time(), current.units().write(current.actor()) as uow:
            change_request(cmd, uow=uow, policy=request_policy())
    except ConflictError:
        return _both(held, wanted, reading)
    except RefusedError as no:
        return _page(held, wanted, reading.form.refuse(no.why.rstrip("."), field=no.field))
    return _on(request_id)


@asking.route("/requests/<uuid:request_id>/change/files", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def change_files(request_id: UUID) -> ResponseReturnValue:
    """Show the files of a held request and take in one more."""
    held = _open(request_id, AskPage.ORDER)
    look(current.units(), current.actor(), REQUEST_LOOK, [request_id])
    form = blank(FileForm)
    if request.method == "POST":
        try:
            take_in(request_id=request_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        else:
            return _on(request_id)
    files = tuple(each for each in held.sheet.files if each.line_id is None)
    href = url_for("asking.asked", request_id=request_id)
    shown = FilesPage(
        heading="Files",
        caption=f"Request {held.sheet.line.reference}",
        back=href,
        form=form,
        action=url_for("asking.change_files", request_id=request_id),
        on=href,
        files=files,
        removals={
            each.id: url_for(
                "asking.remove_held_file", request_id=request_id, attachment_id=each.id
            )
            for each in files
        },
    )
    return page("sharing/ask_files.html", shown)


@asking.post("/requests/<uuid:request_id>/files/<uuid:attachment_id>/remove")
@policy(Permission.REQUEST_ASK)
def remove_held_file(request_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Take a file out of a held request."""
    with even_time(), current.units().write(current.actor()) as uow:
        cmd = TakeOutFile(file_id=attachment_id, request_id=request_id)
        take_out_file(cmd, uow=uow, policy=request_policy())
    flash("The file was removed", "success")
    return redirect(url_for("asking.change_files", request_id=request_id), 303)


def _on(request_id: UUID) -> ResponseReturnValue:
    """Go back to the request, saying whether it went on its way."""
    with current.units().read(current.actor()) as uow:
        is_held = open_asked(uow, request_id).state == RequestState.HELD
    flash(KEPT if is_held else GONE, "success")
    return redirect(url_for("asking.asked", request_id=request_id), 303)


def _open(request_id: UUID, wanted: AskPage) -> Held:
    """Return a held request of the actor's. Raises NotFoundError, IllegalMoveError."""
    with current.units().read(current.actor()) as uow:
        REQUEST.step(RequestState(open_asked(uow, request_id).state), RequestMove.COMPLETE)
        sheet = asked_sheet(uow, request_id)
        kind = requester_kind_of(uow, uow.actor)
        born = born_on(sheet.answers)
        age = None if born is None else age_on(born, TODAY.get())
        lists = lists_of(uow, signers=None if wanted is AskPage.POLICE else ())
        return Held(
            sheet=sheet,
            kind=kind,
            age=age,
            lacks=lacking(uow, request_id, request_policy()),
            options=page_options(wanted, whose(sheet.answers, kind, uow.today, age), lists),
        )


def _page(held: Held, wanted: AskPage, form: FormView, *, status: int = 0) -> ResponseReturnValue:
    elsewhere = [gap.cure for gap in held.lacks if gap.page is wanted and gap.code in ELSEWHERE]
    shown = question_page(wanted, form, held.sheet.answers, held.age)
    request_id = held.sheet.line.id
    shown = replace(
        shown,
        caption=f"Request {held.sheet.line.reference}",
        back=url_for("asking.asked", request_id=request_id),
        action=url_for("asking.change", request_id=request_id, name=wanted.value),
        version=request.form.get(VERSION) or str(held.sheet.version),
        note=" ".join([*elsewhere, *([shown.note] if shown.note else [])]),
        is_draft=False,
    )
    return page("sharing/ask_question.html", shown, status)


def _both(held: Held, wanted: AskPage, reading: Reading[Values]) -> ResponseReturnValue:
    """Show what was typed beside what is saved now, with a way to keep either."""
    now = _open(held.sheet.line.id, wanted)
    here = url_for("asking.change", request_id=held.sheet.line.id, name=wanted.value)
    lines = {each.name: said(each) for each in now.form(wanted)}
    theirs = {
        name: line if isinstance(line, str) else ", ".join(line) for name, line in lines.items()
    }
    kept = [
        (name, text)
        for name, text in request.form.items(multi=True)
        if name not in {VERSION, "csrf_token"}
    ]
    return conflict(
        ConflictPage(
            what="your request",
            versions=versions(reading.form, theirs),
            reload=here,
            again=here,
            keep=(*kept, (VERSION, str(now.sheet.version))),
        )
    )
