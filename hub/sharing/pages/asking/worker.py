"""A message to somebody's worker, without learning whether the person is known."""

from dataclasses import dataclass
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError, RefusedError
from hub.kernel.even_time import even_time
from hub.sharing.commands.sending import send_request
from hub.sharing.pages.asking.room import asking
from hub.sharing.pages.asking.room import policy as request_policy
from hub.sharing.queries.asked import asked_sheet
from hub.sharing.queries.asking_drafts import own_position
from hub.sharing.queries.messages import services_to_write_to
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.messages import MessageForm
from hub.sharing.schemas.requests.shapes import SHAPES
from hub.web import current
from hub.web.forms import Options, blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.said import revived
from hub.web.values import FormView, Option

WORKER = task("Ask a worker")
SHOWN = (AskPage.SUBJECT, AskPage.WHY, AskPage.BASIS, AskPage.DECLARATION)
"""The pages of a request whose answers a message about the same person begins with."""


@dataclass(frozen=True, kw_only=True)
class WorkerPage(Page):
    """One page: about whom, the message, and who writes."""

    title: Task = WORKER
    form: FormView


@asking.route("/requests/worker", methods=["GET", "POST"])
@policy(Permission.REQUEST_ASK)
def worker() -> ResponseReturnValue:
    """Take a message in; whoever it is about, it is received in the same words and time."""
    options = _services()
    if request.method == "GET":
        return _page(blank(MessageForm, _begun(), options=options))
    reading = read(MessageForm, request.form, options=options)
    if reading.value is None:
        return _page(reading.form)
    try:
        with even_time(), current.units().write(current.actor()) as uow:
            request_id = send_request(reading.value, uow=uow, policy=request_policy())
    except RefusedError as no:
        return _page(reading.form.refuse(no.why, field=no.field))
    return redirect(url_for("asking.receipt", request_id=request_id), 303)


def _page(form: FormView) -> ResponseReturnValue:
    shown = WorkerPage(heading="Ask their worker", back=url_for("asking.mine"), form=form)
    return page("sharing/ask_worker.html", shown)


def _services() -> Options:
    with current.units().read(current.actor()) as uow:
        rows = services_to_write_to(uow)
    return {
        "service": tuple(
            Option(f"{row.agency_id}:{row.service_id}", f"{row.name}, {row.agency}") for row in rows
        )
    }


def _begun() -> dict[str, object]:
    """Return what the form begins with: the answers of a request of one's own, where one is named.

    Raises NotFoundError for any other request.
    """
    with current.units().read(current.actor()) as uow:
        said = request.args.get("about", "")
        if not said:
            return {"position": own_position(uow)}
        try:
            answers = asked_sheet(uow, UUID(said)).answers
        except ValueError:
            raise NotFoundError("no such request") from None
    begun: dict[str, object] = {}
    for each in SHOWN:
        begun |= revived(SHAPES[each], answers.pages.get(each, {}))
    return {name: value for name, value in begun.items() if name in MessageForm().fields}
