"""The end of the journey: files, checking the answers, printing, submitting, the receipt."""

from dataclasses import dataclass, replace
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.files import FIELD
from hub.kernel.errors import NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.referrals import commands, journey, queries
from hub.referrals.access import open_concern
from hub.referrals.commands import AddFile, DeleteDraft, RemoveFile, SubmitConcern
from hub.referrals.journey import FILES, GROUPS, PARTY_GROUPS, SECTIONS, Draft, Stop
from hub.referrals.pages.blueprint import address, pages, reader_of, store, to_check
from hub.referrals.pages.people import care_said, entry_name
from hub.referrals.pages.saying import LABELS
from hub.referrals.pages.words import ABOUT, ONE, SHORT, TITLES
from hub.referrals.queries import FileRow
from hub.referrals.rules import Missing
from hub.referrals.schemas import DraftReader
from hub.referrals.schemas.whole import ENTRY_SHAPES, SHAPES
from hub.web import current
from hub.web.fields import PlainText
from hub.web.forms import ValuesForm, blank
from hub.web.guard import policy
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.said import said_rows
from hub.web.values import FormView, Link
from hub.web.words import SPOKEN

CHECK = task("Check your answers")
PRINT = task("Your draft to print")
DELETE = task("Delete your draft")
RECEIPT = task("Received")


class FileForm(ValuesForm):
    """One file; the browser sends it apart from the fields."""

    file = PlainText("Choose a file")


@dataclass(frozen=True)
class Block:
    """One section of the check page: its heading, its lines, and where to change it."""

    heading: str
    change: str
    rows: tuple[SummaryRow, ...]
    people: tuple["Block", ...] = ()


@dataclass(frozen=True, kw_only=True)
class FilesPage(Page):
    """The files so far, and one more."""

    form: FormView
    action: str
    on: str
    questions: str
    about: str
    draft_id: UUID
    files: tuple[FileRow, ...]


@dataclass(frozen=True, kw_only=True)
class CheckPage(Page):
    """Everything that was typed, and what still lacks."""

    title: Task = CHECK
    draft_id: UUID
    problems: tuple[Link, ...]
    blocks: tuple[Block, ...]
    files: tuple[FileRow, ...]
    is_print: bool = False


@dataclass(frozen=True, kw_only=True)
class ReceiptPage(Page):
    """The same for everybody: nothing on it depends on who was named."""

    title: Task = RECEIPT
    reference: str
    concern: str


@dataclass(frozen=True, kw_only=True)
class DeletePage(Page):
    """Whether to throw the draft away."""

    title: Task = DELETE
    action: str


@pages.route("/concerns/drafts/<uuid:draft_id>/files", methods=["GET", "POST"])
@policy(Permission.CONCERN_RAISE)
def files(draft_id: UUID) -> ResponseReturnValue:
    """Show the files of a draft and take in one more; going on needs none."""
    form = blank(FileForm)
    if request.method == "POST" and request.form.get("then") == "on":
        with current.units().write(current.actor()) as uow:
            commands.finish_group(commands.FinishGroup(draft_id=draft_id, group=FILES), uow=uow)
        return redirect(address(draft_id, None), 303)
    if request.method == "POST":
        try:
            _take_in(draft_id)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        else:
            flash("The file was added", "success")
            return redirect(request.full_path.rstrip("?"), 303)
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        before = journey.before(draft, reader_of(uow, draft).needs, FILES)
        added = queries.files_of(uow, draft_id=draft_id)
    shown = FilesPage(
        title=TITLES[FILES],
        caption=f"Question {journey.number_of(FILES)} of {len(SECTIONS)}",
        back=address(draft_id, None if to_check() else before),
        form=form,
        action=address(draft_id, Stop(FILES), check=to_check()),
        on=address(draft_id, None),
        questions=url_for("referrals.questions", draft_id=draft_id),
        about=ABOUT[FILES],
        draft_id=draft_id,
        files=added,
    )
    return page("referrals/files.html", shown)


def _take_in(draft_id: UUID) -> None:
    sent = request.files.get(FIELD)
    if sent is None or not sent.filename:
        raise RefusedError("Choose a file", field=FIELD)
    cmd = AddFile(draft_id=draft_id, name=sent.filename, content=sent.read())
    with current.units().write(current.actor()) as uow:
        commands.add_file(cmd, uow=uow, store=store())


@pages.post("/concerns/drafts/<uuid:draft_id>/files/<uuid:file_id>/remove")
@policy(Permission.CONCERN_RAISE)
def remove_file(draft_id: UUID, file_id: UUID) -> ResponseReturnValue:
    """Take a file out of a draft."""
    with current.units().write(current.actor()) as uow:
        commands.remove_file(RemoveFile(draft_id=draft_id, file_id=file_id), uow=uow)
    flash("The file was removed", "success")
    return redirect(address(draft_id, Stop(FILES)), 303)


@pages.get("/concerns/drafts/<uuid:draft_id>/check")
@policy(Permission.CONCERN_RAISE)
def check(draft_id: UUID) -> ResponseReturnValue:
    """Show everything that was typed, each with its way back, and what still lacks."""
    return page("referrals/check.html", check_page(draft_id))


@pages.get("/concerns/drafts/<uuid:draft_id>/print")
@policy(Permission.CONCERN_RAISE)
def print_draft(draft_id: UUID) -> ResponseReturnValue:
    """Show everything that was typed, to print."""
    return page("referrals/check.html", check_page(draft_id, is_print=True))


@pages.post("/concerns/drafts/<uuid:draft_id>/submit")
@policy(Permission.CONCERN_RAISE)
def submit(draft_id: UUID) -> ResponseReturnValue:
    """Submit; a second press of the button leads to the same receipt."""
    with even_time(), current.units().write(current.actor()) as uow:
        try:
            whole = reader_of(uow, queries.read_draft(uow, draft_id)).whole()
        except NotFoundError:
            open_concern(uow, draft_id)  # pressed twice: it is a concern by now
        else:
            if whole.problems:
                return redirect(address(draft_id, None), 303)
            cmd = SubmitConcern(answers=whole.answers, draft_id=draft_id)
            commands.submit_concern(cmd, uow=uow)
    return redirect(url_for("referrals.receipt", concern_id=draft_id), 303)


@pages.get("/concerns/<uuid:concern_id>/receipt")
@policy(Permission.CONCERN_READ)
def receipt(concern_id: UUID) -> ResponseReturnValue:
    """Say that the concern has arrived, and nothing about anybody."""
    with current.units().read(current.actor()) as uow:
        reference = open_concern(uow, concern_id).reference
    href = url_for("referrals.concern", concern_id=concern_id)
    return page("referrals/receipt.html", ReceiptPage(reference=reference, concern=href))


@pages.route("/concerns/drafts/<uuid:draft_id>/delete", methods=["GET", "POST"])
@policy(Permission.CONCERN_RAISE)
def delete_draft(draft_id: UUID) -> ResponseReturnValue:
    """Ask whether to throw a draft away, and do it."""
    if request.method == "GET":
        with current.units().read(current.actor()) as uow:
            queries.read_draft(uow, draft_id)
        back = url_for("referrals.questions", draft_id=draft_id)
        return page("referrals/delete.html", DeletePage(back=back, action=request.path))
    with current.units().write(current.actor()) as uow:
        commands.delete_draft(DeleteDraft(draft_id=draft_id), uow=uow)
    flash("The draft was deleted", "success")
    return redirect(url_for("referrals.mine"), 303)


def check_page(draft_id: UUID, *, is_print: bool = False) -> CheckPage:
    """Return the check page of a draft. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        draft = queries.read_draft(uow, draft_id)
        reader = reader_of(uow, draft)
        added = queries.files_of(uow, draft_id=draft_id)
    problems = tuple(
        Link(SPOKEN.get().fill(each.cure), problem_address(draft_id, draft, each))
        for each in reader.whole().problems
    )
    check_href = url_for("referrals.check", draft_id=draft_id)
    return CheckPage(
        title=PRINT if is_print else CHECK,
        back=check_href if is_print else url_for("referrals.questions", draft_id=draft_id),
        draft_id=draft_id,
        problems=problems,
        blocks=blocks(draft_id, draft, reader, is_print=is_print),
        files=added,
        is_print=is_print,
    )


def problem_address(draft_id: UUID, draft: Draft, lacking: Missing) -> str:
    """Return the page on which something that lacks can be answered."""
    is_care = lacking.field == "care_experienced"
    if lacking.page in GROUPS and lacking.position:
        entry = draft.entries(lacking.page)[lacking.position - 1]
        if is_care:
            return address(draft_id, Stop(lacking.page, entry.id), check=True)
        return url_for(
            "referrals.entry",
            draft_id=draft_id,
            group=lacking.page,
            entry_id=entry.id,
            to="check",
        )
    return address(draft_id, Stop(journey.VICTIM_CARE if is_care else lacking.page), check=True)


def blocks(
    draft_id: UUID, draft: Draft, reader: DraftReader, *, is_print: bool
) -> tuple[Block, ...]:
    """Return every section with what was typed in it, and the ways to change it."""
    words = SPOKEN.get()
    needed = {stop.page for stop in journey.stops(draft, reader.needs)}
    found = []
    for name, names in SECTIONS:
        if name == FILES:
            continue
        rows: list[SummaryRow] = []
        for each in names:
            if each in SHAPES and each in needed:
                options = reader.options_of(each)
                shown = blank(SHAPES[each], typed=draft.pages.get(each, {}), options=options)
                change = Link("Change", address(draft_id, Stop(each), check=True))
                rows += [
                    SummaryRow(row.key, row.value, (change,)) for row in said_rows(shown, LABELS)
                ]
        people = _people(draft_id, draft, name, reader)
        found.append(
            Block(
                heading=words.fill(SHORT[name]),
                change=address(draft_id, Stop(name), check=True),
                rows=tuple(rows),
                people=people,
            )
        )
    return tuple(_to_print(each) if is_print else each for each in found)


def _to_print(block: Block) -> Block:
    """Return the section without the ways to change it."""
    rows = tuple(SummaryRow(row.key, row.value) for row in block.rows)
    return replace(block, rows=rows, people=tuple(map(_to_print, block.people)))


def _people(draft_id: UUID, draft: Draft, group: str, reader: DraftReader) -> tuple[Block, ...]:
    found = []
    for at, entry in enumerate(draft.entries(group), start=1):
        href = url_for(
            "referrals.entry", draft_id=draft_id, group=group, entry_id=entry.id, to="check"
        )
        change = (Link("Change", href),)
        shown = said_rows(blank(ENTRY_SHAPES[group], typed=entry.typed), LABELS)
        rows = [SummaryRow(row.key, row.value, change) for row in shown]
        if group in PARTY_GROUPS and reader.needs.care_of(group, entry):
            link = Link("Change", address(draft_id, Stop(group, entry.id), check=True))
            answer = care_said(entry) or "Not answered yet"
            rows.append(SummaryRow("Care-experienced", answer, (link,)))
        one = SPOKEN.get().fill(ONE[group])
        name = entry_name(entry, group) or "no name given"
        heading = f"{one[:1].upper()}{one[1:]} {at}: {name}"
        found.append(Block(heading=heading, change=href, rows=tuple(rows)))
    return tuple(found)
