"""One request as its asker sees it: what lacks, by when, what came of it, and what was shared.

Who opens it is written to the trail before anything is read; the words of an answer are opened by a
button, because that they were read is written down too.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.access.queries import names_of
from hub.db.looks import look
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.sharing.access import open_asked
from hub.sharing.commands.reading import read_answer
from hub.sharing.commands.steps import refuse_suspended
from hub.sharing.pages.asking.room import asking, store
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.pages.asking.saying import Lacking, Section, by_page, stored_sections
from hub.sharing.pages.asking.standing import Due, due_of, standing
from hub.sharing.queries.asked import asked_sheet, lacking, shared_texts
from hub.sharing.queries.asked_rows import AskedFile, AskedSheet, Doer, Seen, SharedText
from hub.sharing.queries.corrections import NoticeLine, own_corrections
from hub.sharing.queries.holders import Holder, Ring, holder_named, ring
from hub.sharing.register import CATEGORIES
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.rules.request_gaps import Gap
from hub.sharing.states import OPEN, REQUEST, RequestMove, RequestState
from hub.web import current
from hub.web.downloads import download
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Link

ASKED = task("A request")
ASKED_PRINT = task("A request to print")
REQUEST_LOOK, FILE_LOOK = "information_request", "request_file"
"""What the trail calls what is looked at here."""

MESSAGE = "Your message to their worker"

NOT_ABLE = (
    "Not able to share through this route; your message has been passed to the duty team where "
    "appropriate."
)
"""The one sentence for whatever is not shared, whether the person is known or not.

Source: sharing notes, section 3.7, last paragraph.
"""

STEPS: Mapping[str, str] = MappingProxyType(
    {
        "sent": "Sent",
        "changed": "Changed",
        "counter_signed": "Counter-signed",
        "not_counter_signed": "Not counter-signed",
        "acknowledged": "Taken on",
        "asked_back": "Question",
        "clarified": "Answer",
        "withdrawn": "Withdrawn",
        "settled": "Settled",
        "lapsed": "Ended: nothing came in time",
        "suspended": "Waits: one of the two agencies does not take part at present",
        "resumed": "Goes on: both agencies take part again",
    }
)
"""What was done, in words. A step that is not here is not for the asker."""

ONWARD: Mapping[str, str] = MappingProxyType(
    {
        "none": "Do not pass it on.",
        "named": "Pass it on only to {}.",
        "with_permission": "Ask them before you pass it on.",
    }
)
METHODS: Mapping[str, str] = MappingProxyType(
    {
        "hub": "here",
        "phone": "by telephone",
        "in_person": "in person",
        "secure_email": "by secure e-mail",
    }
)


@dataclass(frozen=True)
class Answer:
    """A category, what became of it, and the words that were shared once they are opened."""

    heading: str
    wanted: str
    seen: Seen
    shared: SharedText | None = None
    onward: str = ""
    how: str = ""
    files: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Step:
    """Something that was done, by whom in words, and what was said."""

    what: str
    by: str
    note: str
    at: object


@dataclass(frozen=True, kw_only=True)
class AskedPage(Page):
    """A whole request, and what its asker can do with it."""

    title: Task = ASKED
    sheet: AskedSheet
    state: tuple[str, str]
    due: Due | None
    holder: Holder
    ring: Ring
    lacks: tuple[Lacking, ...]
    answers: tuple[Answer, ...]
    not_able: str
    is_opened: bool
    may_open: bool
    steps: tuple[Step, ...]
    sections: tuple[Section, ...]
    files: tuple[Link, ...]
    question: str
    may_withdraw: bool
    is_danger: bool
    corrections: tuple[NoticeLine, ...]
    is_print: bool = False


@asking.get("/requests/<uuid:request_id>")
@policy(Permission.REQUEST_ASK)
def asked(request_id: UUID) -> ResponseReturnValue:
    """Show a request; the look is recorded first."""
    see(request_id)
    return page("sharing/ask_asked.html", asked_page(request_id))


@asking.get("/requests/<uuid:request_id>/print")
@policy(Permission.REQUEST_ASK)
def print_asked(request_id: UUID) -> ResponseReturnValue:
    """Show a request to print, without the words of its answer."""
    see(request_id)
    return page("sharing/ask_asked.html", asked_page(request_id, is_print=True))


@asking.post("/requests/<uuid:request_id>/answer")
@policy(Permission.REQUEST_ASK)
def answer(request_id: UUID) -> ResponseReturnValue:
    """Open the words that were shared; that, and when first, is written down before."""
    with current.units().write(current.actor()) as uow:
        read_answer(request_id, uow=uow)
    see(request_id)
    return page("sharing/ask_asked.html", asked_page(request_id, is_opened=True), 200)


@asking.get("/requests/<uuid:request_id>/files/<uuid:attachment_id>")
@policy(Permission.REQUEST_ASK)
def file(request_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Hand out a file as a download whose name says nothing about anybody."""
    with current.units().read(current.actor()) as uow:
        open_asked(uow, request_id)
        rows = _own_files(asked_sheet(uow, request_id))
        at = next((at for at, row in enumerate(rows, start=1) if row.id == attachment_id), 0)
        if not at:
            raise NotFoundError("no such file")
        if rows[at - 1].line_id is not None:
            refuse_suspended(uow, [open_asked(uow, request_id).asker_agency_id])
    look(current.units(), current.actor(), FILE_LOOK, [attachment_id])
    return download(store().get(attachment_id), rows[at - 1].media_type, at)


def see(request_id: UUID) -> None:
    """Pass the door and record the look, before anything is read. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        open_asked(uow, request_id)
    look(current.units(), current.actor(), REQUEST_LOOK, [request_id])


def asked_page(request_id: UUID, *, is_opened: bool = False, is_print: bool = False) -> AskedPage:
    """Return the page of a request for its asker. Raises NotFoundError."""
    with current.units().read(current.actor()) as uow:
        sheet = asked_sheet(uow, request_id)
        holder = _holder(uow, sheet)
        shared = {each.line_id: each for each in shared_texts(uow, request_id)} if is_opened else {}
        lacks = lacking(uow, request_id, request_policy()) if sheet.state in HELD else ()
        number = ring(uow, holder)
        due = due_of(sheet.line, request_policy().times, uow.now)
        names = names_in(uow, sheet)
        corrections = own_corrections(uow, request_id=request_id)
    reference = sheet.line.reference
    return AskedPage(
        corrections=corrections,
        title=ASKED_PRINT if is_print else ASKED,
        heading=f"Request {reference}",
        back=url_for("asking.asked", request_id=request_id) if is_print else url_for("asking.mine"),
        sheet=sheet,
        state=standing(sheet.line),
        due=due,
        holder=holder,
        ring=number,
        lacks=by_page(lacks, lambda gap: gap_href(request_id, gap)),
        answers=tuple(_answers(sheet, shared)),
        not_able=NOT_ABLE,
        is_opened=is_opened,
        may_open=any(each.seen is Seen.SHARED for each in sheet.categories),
        steps=tuple(_steps(sheet, holder)),
        sections=stored_sections(sheet, holder, names),
        files=file_links(sheet),
        question=_question(sheet),
        may_withdraw=REQUEST.may(sheet.state, RequestMove.WITHDRAW),
        is_danger=sheet.urgency is Priority.IMMEDIATE and sheet.state in OPEN,
        is_print=is_print,
    )


HELD = frozenset({RequestState.HELD})


def gap_href(request_id: UUID, gap: Gap) -> str:
    """Return where something that lacks in a held request can be given."""
    if gap.field == "file":
        return url_for("asking.change_files", request_id=request_id)
    return url_for("asking.change", request_id=request_id, name=gap.page.value)


def names_in(uow: UnitOfWork, sheet: AskedSheet) -> dict[UUID, str]:
    """Return the name of the officer who was chosen to counter-sign, if anybody was."""
    said = sheet.answers.of(AskPage.POLICE, "counter_signer")
    return names_of(uow, [UUID(said)]) if said else {}


def _holder(uow: UnitOfWork, sheet: AskedSheet) -> Holder:
    found = holder_named(uow, sheet.holder_agency_id, sheet.holder_service_id)
    return found or Holder(sheet.holder_agency_id, sheet.line.agency)


def _answers(sheet: AskedSheet, shared: Mapping[UUID, SharedText]) -> list[Answer]:
    found = []
    for each in sheet.categories:
        text = shared.get(each.id)
        heading = CATEGORIES.get(each.category, each.category)
        if sheet.answers.is_message:
            heading = MESSAGE
        answer = Answer(heading, each.wanted, each.seen)
        if text is not None:
            answer = Answer(
                answer.heading,
                each.wanted,
                each.seen,
                shared=text,
                onward=ONWARD.get(text.onward, ONWARD["none"]).format(text.onward_named),
                how=METHODS.get(text.method, ""),
                files=tuple(
                    _file_link(sheet, row) for row in _own_files(sheet) if row.line_id == each.id
                ),
            )
        found.append(answer)
    return found


def _own_files(sheet: AskedSheet) -> tuple[AskedFile, ...]:
    """Return the files that the asker may have: their own, and those of lines that were shared."""
    shared = {each.id for each in sheet.categories if each.seen is Seen.SHARED}
    return tuple(row for row in sheet.files if row.line_id is None or row.line_id in shared)


def file_links(sheet: AskedSheet) -> tuple[Link, ...]:
    """Return the asker's own files as downloads."""
    return tuple(_file_link(sheet, row) for row in sheet.files if row.line_id is None)


def _file_link(sheet: AskedSheet, row: AskedFile) -> Link:
    href = url_for("asking.file", request_id=sheet.line.id, attachment_id=row.id)
    return Link(row.name, href)


def _question(sheet: AskedSheet) -> str:
    """Return what the holder asks, while it waits for an answer."""
    if sheet.state is not RequestState.CLARIFYING:
        return ""
    asked = [each.note or "" for each in sheet.steps if each.action == "asked_back"]
    return asked[-1] if asked else ""


def _steps(sheet: AskedSheet, holder: Holder) -> list[Step]:
    who = {
        Doer.ASKER: "by you",
        Doer.COLLEAGUE: "by your colleague",
        Doer.HOLDER: f"by {holder.name}",
        Doer.HUB: "",
    }
    return [
        Step(STEPS[each.action], who[each.by], each.note or "", each.done_at)
        for each in sheet.steps
        if each.action in STEPS
    ]
