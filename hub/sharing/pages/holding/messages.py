"""Messages as the worker reads and answers them: the list, and one with what goes back."""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType
from uuid import UUID

from flask import redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.db.looks import Looked
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.sharing.access import find_message
from hub.sharing.commands.messages import LeaveMessage, answer_message, leave_message
from hub.sharing.pages.holding.room import REQUEST, do, holding, policy_now
from hub.sharing.queries.messages import (
    MessageRow,
    MessageSheet,
    message_sheet,
    messages_waiting,
)
from hub.sharing.schemas.messages import NOTHING, ONLY_NOTHING, Answer, AnswerForm, answer_of
from hub.sharing.states import LINE_ENDS, LineState
from hub.web.current import actor, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.phrases import said_moment
from hub.web.render import Page, Task, page, task
from hub.web.values import FormView

LIST = task("Messages")
ONE = task("A message")
STANDS: Mapping[LineState, tuple[str, str]] = MappingProxyType(
    {
        LineState.UNDECIDED: ("The desk says who is meant", "blue"),
        LineState.HELD: ("Waits: it may not be answered yet", "orange"),
        LineState.WAITING: ("Waits for the duty desk to agree", "orange"),
        LineState.REFUSING: ("May not be answered", "red"),
        LineState.READY: ("You can write back", "blue"),
        LineState.SHARED: ("Answered", "green"),
        LineState.WITHHELD: ("Nothing went back", "grey"),
    }
)

WAITS = "You can write back once that is settled. If nothing should go back, say so now."
NOT_YET: Mapping[LineState, str] = MappingProxyType(
    {
        LineState.UNDECIDED: WAITS,
        LineState.HELD: WAITS,
        LineState.WAITING: WAITS,
        LineState.REFUSING: "As things stand the rules, or an approver, do not allow an answer. "
        "Say that nothing goes back, or speak to your duty desk.",
    }
)


@dataclass(frozen=True)
class MessageLine:
    """A message in the list."""

    row: MessageRow
    state: tuple[str, str]
    due: str


@dataclass(frozen=True, kw_only=True)
class MessagesPage(Page):
    """What waits for the worker."""

    title: Task = LIST
    lines: tuple[MessageLine, ...]
    wide: bool = True


@dataclass(frozen=True, kw_only=True)
class MessagePage(Page):
    """One message, and what goes back."""

    title: Task = ONE
    sheet: MessageSheet
    state: tuple[str, str]
    action: str
    not_yet: str
    """Why one cannot write back at present."""


@holding.get("/messages")
@policy(Permission.MESSAGE_ANSWER)
def messages() -> ResponseReturnValue:
    """List the messages that wait, the soonest due first; nobody is named on it."""
    with units().read(actor()) as uow:
        rows = messages_waiting(uow)
    lines = tuple(
        MessageLine(row, STANDS[row.state], said_moment(row.due_at) if row.due_at else "")
        for row in rows
    )
    return page("sharing/messages.html", MessagesPage(lines=lines))


@holding.route("/messages/<uuid:request_id>", methods=["GET", "POST"])
@policy(Permission.MESSAGE_ANSWER)
def message(request_id: UUID) -> ResponseReturnValue:
    """Show a message, once the look at it is on the trail; take what goes back, or that nothing."""
    sheet = _seen(request_id)
    if request.method == "GET":
        return _show(sheet, _begun(sheet))
    reading = read(AnswerForm, request.form)
    form = reading.form
    if reading.value is not None:
        try:
            _answer(answer_of(request_id, reading.value))
            return redirect(url_for("holding.messages"), 303)
        except RefusedError as no:
            form = form.refuse(no.why, field=no.field)
        except NotAllowedError as no:
            form = form.refuse(str(no))
    return _show(_seen(request_id), form)


def _begun(sheet: MessageSheet) -> FormView:
    """Return the form as it opens: while nothing may go back, that is all one can say."""
    if sheet.row.state is LineState.READY:
        return blank(AnswerForm)
    return blank(AnswerForm, {"answer": NOTHING}, options={"answer": ONLY_NOTHING})


def _answer(cmd: Answer) -> None:
    if isinstance(cmd, LeaveMessage):
        do(lambda uow: leave_message(cmd, uow=uow, policy=policy_now()), "Nothing goes back.")
    else:
        do(lambda uow: answer_message(cmd, uow=uow, policy=policy_now()), "Your words went back.")


def _seen(request_id: UUID) -> MessageSheet:
    with units().write(actor()) as uow:
        find_message(uow, request_id)
        uow.emit(Looked(kind=REQUEST, record_id=request_id))
    with units().read(actor()) as uow:
        return message_sheet(uow, request_id)


def _show(sheet: MessageSheet, form: FormView) -> ResponseReturnValue:
    shown = MessagePage(
        heading=f"Message from {sheet.row.writer}",
        caption=sheet.row.reference,
        back=url_for("holding.messages"),
        form=None if sheet.row.state in LINE_ENDS else form,
        sheet=sheet,
        state=STANDS[sheet.row.state],
        action=url_for("holding.message", request_id=sheet.row.id),
        not_yet=NOT_YET.get(sheet.row.state, ""),
    )
    return page("sharing/message.html", shown)
