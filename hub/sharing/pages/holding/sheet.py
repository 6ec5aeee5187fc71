"""One request as its holder sees it: who asks, what, on what, by when, and what was decided."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.sharing.pages.asking.saying import Section, said_sections
from hub.sharing.pages.holding.asked import asked_rows
from hub.sharing.pages.holding.lines import LineSaid, said_line
from hub.sharing.pages.holding.room import Seen, hand_out, holding, policy_now, seen_request
from hub.sharing.pages.holding.saying import (
    PRIORITIES,
    STATES,
    Due,
    StepSaid,
    due_of,
    said_step,
    who_is_meant,
)
from hub.sharing.queries.asked_rows import AskedFile
from hub.sharing.queries.held import HeldSheet
from hub.sharing.rules.next_step import NEXT_WORDS, NextStep
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.states import RequestState
from hub.web.current import actor
from hub.web.guard import policy
from hub.web.phrases import said_moment
from hub.web.render import Page, SummaryRow, Task, page, task
from hub.web.values import Link

ONE = task("Request to us")
MAIN = (AskPage.SUBJECT, AskPage.WHY, AskPage.RISK)


def whole(sheet: HeldSheet) -> tuple[Section, ...]:
    """Return all that the asker said, page by page; the holder knows whom it asks."""
    names = {}
    chosen = sheet.answers.text(AskPage.POLICE, "counter_signer")
    if chosen and sheet.counter_signer:
        names[UUID(chosen)] = sheet.counter_signer
    return said_sections(sheet.answers, None, names)


@dataclass(frozen=True, kw_only=True)
class HeldPage(Page):
    """A request whole, and what can be done with it now."""

    title: Task = ONE
    sheet: HeldSheet
    next: tuple[str, str]
    next_step: NextStep
    state: tuple[str, str]
    priority: tuple[str, str]
    due: Due
    asked: tuple[SummaryRow, ...]
    whole: tuple[Section, ...]
    """All that they said, page by page."""
    evidence: tuple[Link, ...]
    who: str
    check_href: str
    """Where a leaving care desk answers who is meant; empty for whoever may not."""
    may_say_who: bool
    may_ask: bool
    lines: tuple[LineSaid, ...]
    steps: tuple[StepSaid, ...]


@holding.get("/requests-to-us/<uuid:request_id>")
@policy(Permission.REQUEST_ANSWER)
def show(request_id: UUID) -> ResponseReturnValue:
    """Show one request, once the look at it is on the trail."""
    return page("sharing/held_request.html", _page(seen_request(request_id)))


def _page(seen: Seen) -> HeldPage:
    sheet = seen.sheet
    row = sheet.row
    asks_desk = sheet.has_register and sheet.check_id is not None
    may_answer_desk = asks_desk and could(actor(), Permission.IDENTITY_DECIDE)
    return HeldPage(
        heading=f"Request from {row.agency}",
        caption=row.reference,
        back=url_for("holding.inbox" if sheet.is_open else "holding.settled"),
        wide=True,
        sheet=sheet,
        next=NEXT_WORDS[row.next],
        next_step=row.next,
        state=STATES[row.state],
        priority=PRIORITIES[row.priority],
        due=due_of(row, policy_now().times, seen.now, sheet.paused_at),
        asked=(*asked_rows(sheet.answers, *MAIN), *signed_rows(sheet)),
        whole=whole(sheet),
        evidence=file_links(row.id, sheet.evidence),
        who=who_is_meant(sheet),
        check_href=url_for("people.check", check_id=sheet.check_id) if may_answer_desk else "",
        may_say_who=sheet.is_open and not asks_desk,
        may_ask=row.state is RequestState.WITH_HOLDER,
        lines=tuple(
            said_line(line, file_links(row.id, sheet.files_with(line.id))) for line in sheet.lines
        ),
        steps=tuple(said_step(step) for step in sheet.steps),
    )


@holding.get("/requests-to-us/<uuid:request_id>/files/<uuid:attachment_id>")
@policy(Permission.REQUEST_ANSWER)
def file(request_id: UUID, attachment_id: UUID) -> ResponseReturnValue:
    """Hand out a file of a request, or of its answers."""
    return hand_out(seen_request(request_id).sheet.files, attachment_id)


def file_links(request_id: UUID, files: tuple[AskedFile, ...]) -> tuple[Link, ...]:
    """Return files of a request as downloads for its holder."""
    return tuple(
        Link(one.name, url_for("holding.file", request_id=request_id, attachment_id=one.id))
        for one in files
    )


def signed_rows(sheet: HeldSheet) -> tuple[SummaryRow, ...]:
    """Return who counter-signed it, and when, if anybody did."""
    if sheet.counter_signed_at is None:
        return ()
    signed = f"{sheet.counter_signer}, {said_moment(sheet.counter_signed_at)}"
    return (SummaryRow("Counter-signed by", signed),)
