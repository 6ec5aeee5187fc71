"""One request as its holder sees it: who asks, what, on what, by when, and what was decided."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, could
from hub.sharing.pages.holding.asked import asked_rows
from hub.sharing.pages.holding.lines import LineSaid, said_line
from hub.sharing.pages.holding.room import Seen, holding, policy_now, seen_request
from hub.sharing.pages.holding.saying import (
    PRIORITIES,
    STATES,
    Due,
    StepSaid,
    due_of,
    said_step,
    who_is_meant,
)
from hub.sharing.queries.held import HeldSheet
from hub.sharing.rules.next_step import NEXT_WORDS, NextStep
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.states import RequestState
from hub.web.current import actor
from hub.web.guard import policy
from hub.web.phrases import said_moment
from hub.web.render import Page, SummaryRow, Task, page, task

ONE = task("Request to us")
MAIN = (AskPage.SUBJECT, AskPage.WHY, AskPage.RISK)
FORMS = (AskPage.CONSENT, AskPage.BASIS, AskPage.ORDER, AskPage.POLICE, AskPage.VICTIM)


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
    forms: tuple[SummaryRow, ...]
    handling: tuple[SummaryRow, ...]
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
        asked=asked_rows(sheet.answers, *MAIN),
        forms=(*asked_rows(sheet.answers, *FORMS), *_signed(sheet)),
        handling=asked_rows(sheet.answers, AskPage.HANDLING),
        who=who_is_meant(sheet),
        check_href=url_for("people.check", check_id=sheet.check_id) if may_answer_desk else "",
        may_say_who=sheet.is_open and not asks_desk,
        may_ask=row.state is RequestState.WITH_HOLDER,
        lines=tuple(said_line(line) for line in sheet.lines),
        steps=tuple(said_step(step) for step in sheet.steps),
    )


def _signed(sheet: HeldSheet) -> tuple[SummaryRow, ...]:
    if sheet.counter_signed_at is None:
        return ()
    signed = f"{sheet.counter_signer}, {said_moment(sheet.counter_signed_at)}"
    return (SummaryRow("Counter-signed by", signed),)
