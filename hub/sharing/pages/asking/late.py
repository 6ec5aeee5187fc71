"""A draft that was sent meanwhile, in another tab or a moment ago: nothing typed is lost."""

from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.kernel.errors import NotFoundError
from hub.sharing.pages.asking.room import asking
from hub.sharing.queries.asked import reference_of
from hub.web import current
from hub.web.errors import answer
from hub.web.render import Page, Task, page, task
from hub.web.tabs import SEEN

LATE = task("Sent already")
NOT_TYPED = frozenset({"csrf_token", "then", "chosen", SEEN})
GONE = 404


@dataclass(frozen=True, kw_only=True)
class LatePage(Page):
    """What was typed into a draft that is a request by now."""

    title: Task = LATE
    typed: str
    href: str


@asking.errorhandler(NotFoundError)
def not_found(error: NotFoundError) -> ResponseReturnValue:
    """Lead from a draft that was sent to the request; anything else is not there."""
    ask_id = (request.view_args or {}).get("ask_id")
    if not isinstance(ask_id, UUID) or not _is_own_request(ask_id):
        return answer(error, ())
    fields = request.form.items(multi=True)
    typed = [text for name, text in fields if name not in NOT_TYPED and text.strip()]
    href = url_for("asking.asked", request_id=ask_id)
    if not typed:
        return redirect(href, 303)
    shown = LatePage(
        heading="This request was sent already", back=href, typed="\n".join(typed), href=href
    )
    return page("sharing/ask_late.html", shown, GONE)


def _is_own_request(ask_id: UUID) -> bool:
    with suppress(NotFoundError), current.units().read(current.actor()) as uow:
        return bool(reference_of(uow, ask_id))
    return False
