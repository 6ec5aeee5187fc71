"""The end of the journey: files, checking the answers, printing, sending, the receipt."""

from dataclasses import dataclass
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.files import FIELD
from hub.kernel.errors import NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.sharing.commands.request_drafts import delete_asking
from hub.sharing.commands.request_files import PutFile, TakeOutFile, put_file, take_out_file
from hub.sharing.commands.sending import SendRequest, send_request
from hub.sharing.pages.asking.room import (
    Opened,
    address,
    asking,
    gap_address,
    open_ask,
    opened,
    store,
    to_check,
)
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.pages.asking.saying import (
    Lacking,
    Section,
    by_page,
    holder_rows,
    typed_rows,
    with_change,
)
from hub.sharing.pages.asking.words import FILES, SHORT
from hub.sharing.queries.asked import files_of, reference_of
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.asking_drafts import read_ask
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.rules.request_gaps import Gap
from hub.web import current
from hub.web.fields import PlainText
from hub.web.forms import ValuesForm, blank
from hub.web.guard import policy
from hub.web.render import UNPROCESSABLE, Page, Task, page, task
from hub.web.values import FormView
from hub.web.words import SPOKEN

CHECK = task("Check your answers")
PRINT = task("Your draft to print")
DELETE = task("Delete your draft")
RECEIPT = task("Received")


class FileForm(ValuesForm):
    """One file; the browser sends it apart from the fields."""

    file = PlainText("Choose a file")


@dataclass(frozen=True, kw_only=True)
class FilesPage(Page):
    """The files so far, and one more. ``removals`` are the addresses that take one out, by id."""

    title: Task = FILES
    form: FormView
    action: str
    on: str
    files: tuple[AskedFile, ...]
    removals: dict[UUID, str]


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """Everything that was typed, what must still be answered, and what may follow later."""

    title: Task = CHECK
    ask_id: UUID
    must: tuple[Lacking, ...]
    may_follow: tuple[Lacking, ...]
    sections: tuple[Section, ...]
    files: tuple[AskedFile, ...]
    files_href: str
    is_danger: bool
    is_print: bool = False
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ReceiptPage(Page):
    """The same for everybody: nothing on it depends on who was named."""

    title: Task = RECEIPT
    reference: str


@dataclass(frozen=True, kw_only=True)
class DeletePage(Page):
    """Whether to throw the draft away."""

    title: Task = DELETE
    action: str


@asking.route("/requests/drafts/<uuid:ask_id>/files", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def files(ask_id: UUID) -> ResponseReturnValue:
    """Show the files of a draft and take in one more; going on needs none."""
    form = blank(FileForm)
    if request.method == "POST":
        try:
            take_in(draft_id=ask_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        else:
            flash("The file was added", "success")
            return redirect(request.full_path.rstrip("?"), 303)
    with current.units().read(current.actor()) as uow:
        walk = opened(uow, read_ask(uow, ask_id)).reader.walk
        added = files_of(uow, draft_id=ask_id)
    check_href = url_for("asking.check", ask_id=ask_id)
    shown = FilesPage(
        heading="Files",
        caption=f"Question {len(walk) + 1} of {len(walk) + 1}",
        back=check_href if to_check() else address(ask_id, walk[-1]),
        form=form,
        action=address(ask_id, None, check=to_check()),
        on=check_href,
        files=added,
        removals={
            each.id: url_for("asking.remove_file", ask_id=ask_id, attachment_id=each.id)
            for each in added
        },
    )
    return page("sharing/ask_files.html", shown)


def take_in(*, draft_id: UUID | None = None, request_id: UUID | None = None) -> None:
    """Keep the file that the browser sent. Raises RefusedError, NotFoundError."""
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        raise RefusedError("Choose a file", field=FIELD)
    cmd = PutFile(name=sent.filename, content=sent.read(), draft_id=draft_id, request_id=request_id)
    with even_time(), current.units().write(current.actor()) as uow:
        put_file(cmd, uow=uow, store=store(), policy=request_policy())


@asking.post("/requests/drafts/<uuid:ask_id>/files/<uuid:attachment_id>/remove")
@policy(Permission.REQUEST_ASK)
def remove_file(ask_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Take a file out of a draft."""
    with current.units().write(current.actor()) as uow:
        cmd = TakeOutFile(file_id=attachment_id, draft_id=ask_id)
        take_out_file(cmd, uow=uow, policy=request_policy())
    flash("The file was removed", "success")
    return redirect(address(ask_id, None), 303)


@asking.get("/requests/drafts/<uuid:ask_id>/check")
@policy(Permission.REQUEST_ASK)
def check(ask_id: UUID) -> ResponseReturnValue:
    """Show everything that was typed, each with its way back, and what lacks."""
    return page("sharing/ask_check.html", check_page(ask_id))


@asking.get("/requests/drafts/<uuid:ask_id>/print")
@policy(Permission.REQUEST_ASK)
def print_draft(ask_id: UUID) -> ResponseReturnValue:
    """Show everything that was typed, to print."""
    return page("sharing/ask_check.html", check_page(ask_id, is_print=True))


@asking.post("/requests/drafts/<uuid:ask_id>/send")
@policy(Permission.REQUEST_ASK)
def send(ask_id: UUID) -> ResponseReturnValue:
    """Send; a second press of the button leads to the same receipt."""
    try:
        with even_time(), current.units().write(current.actor()) as uow:
            try:
                reader = opened(uow, read_ask(uow, ask_id)).reader
            except NotFoundError:
                reference_of(uow, ask_id)  # pressed twice: it is a request by now
            else:
                if reader.must():
                    return redirect(url_for("asking.check", ask_id=ask_id), 303)
                cmd = SendRequest(answers=reader.answers, draft_id=ask_id)
                send_request(cmd, uow=uow, policy=request_policy())
    except RefusedError as no:
        return page("sharing/ask_check.html", check_page(ask_id, why=no.why), UNPROCESSABLE)
    return redirect(url_for("asking.receipt", request_id=ask_id), 303)


@asking.get("/requests/<uuid:request_id>/receipt")
@policy(Permission.REQUEST_ASK)
def receipt(request_id: UUID) -> ResponseReturnValue:
    """Say that the request has arrived, and nothing about anybody."""
    with current.units().read(current.actor()) as uow:
        reference = reference_of(uow, request_id)
    return page("sharing/ask_receipt.html", ReceiptPage(reference=reference))


@asking.route("/requests/drafts/<uuid:ask_id>/delete", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def delete_draft(ask_id: UUID) -> ResponseReturnValue:
    """Ask whether to throw a draft away, and do it."""
    if request.method == "GET":
        with current.units().read(current.actor()) as uow:
            read_ask(uow, ask_id)
        back = url_for("asking.questions", ask_id=ask_id)
        return page("sharing/ask_delete.html", DeletePage(back=back, action=request.path))
    with current.units().write(current.actor()) as uow:
        delete_asking(ask_id, uow=uow)
    flash("The draft was deleted", "success")
    return redirect(url_for("asking.mine"), 303)


def check_page(ask_id: UUID, *, is_print: bool = False, why: str = "") -> CheckPage:
    """Return the check page of a draft; ``why`` it could not be sent just now."""
    now = open_ask(ask_id)
    with current.units().read(current.actor()) as uow:
        added = files_of(uow, draft_id=ask_id)
    later = now.reader.may_follow(has_order_copy=bool(added))
    check_href = url_for("asking.check", ask_id=ask_id)

    def href(gap: Gap) -> str:
        return gap_address(ask_id, gap.page, gap.field)

    return CheckPage(
        title=PRINT if is_print else CHECK,
        back=check_href if is_print else url_for("asking.questions", ask_id=ask_id),
        why=why,
        ask_id=ask_id,
        must=by_page(now.reader.must(), href),
        may_follow=by_page(later, href),
        sections=_sections(ask_id, now, is_print=is_print),
        files=added,
        files_href=address(ask_id, None, check=True),
        is_danger=now.reader.answers.priority is Priority.IMMEDIATE,
        is_print=is_print,
    )


def _sections(ask_id: UUID, now: Opened, *, is_print: bool) -> tuple[Section, ...]:
    """Return every page with what was typed on it, and the ways to change it."""
    found = []
    for each in now.reader.walk:
        href = address(ask_id, each, check=True)
        if each is AskPage.HOLDER:
            rows = holder_rows(now.holder)
        else:
            typed = now.draft.pages.get(each, {})
            rows = typed_rows(each, typed, now.reader.options(each))
        rows = rows if is_print else with_change(rows, href)
        found.append(Section(SPOKEN.get().fill(SHORT[each]), rows, "" if is_print else href))
    return tuple(found)
