"""The asker's drafts and requests, and what waits for a colleague's counter-signature."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.sharing.pages.asking.room import asking
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.pages.asking.standing import Due, due_of, standing
from hub.sharing.queries.asked import PAGE_SIZE, own_requests, place_of, to_sign
from hub.sharing.queries.asked_rows import AskedLine
from hub.sharing.queries.asking_drafts import AskDraft, own_drafts
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

MINE = task("Your requests")


@dataclass(frozen=True)
class Row:
    """A request in the list, without a name."""

    line: AskedLine
    state: tuple[str, str]
    due: Due | None


@dataclass(frozen=True, kw_only=True)
class MinePage(Page):
    """What the actor asked, what they have begun, and what waits for their signature."""

    title: Task = MINE
    wide: bool = True
    drafts: tuple[AskDraft, ...]
    to_sign: tuple[AskedLine, ...]
    rows: tuple[Row, ...]
    next_href: str


@asking.get("/requests")
@policy(Permission.REQUEST_ASK)
def mine() -> ResponseReturnValue:
    """Show drafts and requests, by reference."""
    times = request_policy().times
    with current.units().read(current.actor()) as uow:
        lines = own_requests(uow, _after(uow))
        rows = tuple(Row(each, standing(each), due_of(each, times, uow.now)) for each in lines)
        shown = MinePage(
            drafts=own_drafts(uow),
            to_sign=to_sign(uow),
            rows=rows[:PAGE_SIZE],
            next_href=url_for("asking.mine", after=rows[PAGE_SIZE - 1].line.id)
            if len(rows) > PAGE_SIZE
            else "",
        )
    return page("sharing/ask_mine.html", shown)


def _after(uow: UnitOfWork) -> tuple[datetime, UUID] | None:
    """Return where the page begins; a broken place, or another's, is the beginning."""
    try:
        return place_of(uow, UUID(request.args.get("after", "")))
    except (ValueError, NotFoundError):
        return None
