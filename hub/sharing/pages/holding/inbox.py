"""The list of requests that the actor's people answer: open by when they are due, then ended."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.sharing.pages.holding.room import holding
from hub.sharing.pages.holding.saying import PRIORITIES, STATES
from hub.sharing.queries.held import PAGE_SIZE, HeldRow, Place, held_requests, place_of
from hub.sharing.rules.next_step import NEXT_WORDS
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.phrases import said_moment
from hub.web.render import Page, Task, page, task

INBOX = task("Requests to us")


@dataclass(frozen=True)
class InboxLine:
    """A request as the list shows it: reference, who asks, by when, what comes next."""

    id: UUID
    reference: str
    agency: str
    priority: tuple[str, str]
    when: str
    is_late: bool
    state: tuple[str, str]


@dataclass(frozen=True, kw_only=True)
class InboxPage(Page):
    """One page of the list; ``is_open`` says which of its two halves."""

    title: Task = INBOX
    lines: tuple[InboxLine, ...]
    is_open: bool
    next_href: str = ""
    wide: bool = True


@holding.get("/requests-to-us")
@policy(Permission.REQUEST_ANSWER)
def inbox() -> ResponseReturnValue:
    """List what is open, the soonest due first."""
    return _inbox(is_open=True)


@holding.get("/requests-to-us/settled")
@policy(Permission.REQUEST_ANSWER)
def settled() -> ResponseReturnValue:
    """List what has its end, the latest first."""
    return _inbox(is_open=False)


def _inbox(*, is_open: bool) -> ResponseReturnValue:
    with units().read(actor()) as uow:
        rows = held_requests(uow, is_open=is_open, after=_after())
        now = uow.now
    shown = rows[:PAGE_SIZE]
    following = ""
    if len(rows) > len(shown):
        rank, at, last = place_of(shown[-1])
        place = f"{rank}_{at.isoformat()}_{last}"
        following = url_for(f"holding.{'inbox' if is_open else 'settled'}", after=place)
    lines = tuple(_line(row, now, is_open=is_open) for row in shown)
    return page(
        "sharing/held_list.html", InboxPage(lines=lines, is_open=is_open, next_href=following)
    )


def _line(row: HeldRow, now: datetime, *, is_open: bool) -> InboxLine:
    at = row.due_at if is_open else row.settled_at or row.due_at
    return InboxLine(
        id=row.id,
        reference=row.reference,
        agency=row.agency,
        priority=PRIORITIES[row.priority],
        when=said_moment(at),
        is_late=row.is_overdue(now),
        state=NEXT_WORDS[row.next] if is_open else STATES[row.state],
    )


def _after() -> Place | None:
    """Return the request after which the page begins; a broken place is the beginning."""
    try:
        rank, at, request_id = request.args.get("after", "").split("_")
        return int(rank == "1"), datetime.fromisoformat(at), UUID(request_id)
    except ValueError:
        return None
