"""The mailbox of a demonstration: every message that left, as its recipient would read it.

Open without a sign-in, because whoever plays the story reads the mail before signing in. There is
no such page where real people are in the records, nor where mail goes to a relay.
"""

from dataclasses import dataclass
from pathlib import Path

from flask import Blueprint, request, url_for
from flask.typing import ResponseReturnValue

from hub.kernel.errors import NotFoundError
from hub.notify.reading import Delivered, Opened, delivered, opened
from hub.web.current import settings
from hub.web.guard import public_endpoint
from hub.web.render import Page, Task, page, task

mailbox = Blueprint("mailbox", __name__, template_folder="templates")
PUBLIC_ENDPOINTS = frozenset({"mailbox.messages", "mailbox.message"})

PAGE_SIZE = 25
MESSAGES = task("Mailbox of the demonstration")
MESSAGE = task("Message")


@dataclass(frozen=True, kw_only=True)
class MailboxPage(Page):
    """A list of messages."""

    title: Task = MESSAGES
    rows: tuple[Delivered, ...]
    next_href: str


@dataclass(frozen=True, slots=True)
class TextLine:
    """A line of a message; ``href`` where it is a link into the hub."""

    text: str
    href: str = ""


@dataclass(frozen=True, kw_only=True)
class MessagePage(Page):
    """One message."""

    title: Task = MESSAGE
    message: Opened
    lines: tuple[TextLine, ...]


@mailbox.get("/mailbox")
@public_endpoint("mailbox:read")
def messages() -> ResponseReturnValue:
    """List the messages, the latest first."""
    rows = delivered(_folder(), before=request.args.get("before", ""), limit=PAGE_SIZE + 1)
    shown = rows[:PAGE_SIZE]
    more = len(rows) > len(shown)
    following = url_for("mailbox.messages", before=shown[-1].name) if more else ""
    return page("notify/mailbox.html", MailboxPage(rows=shown, next_href=following, wide=True))


@mailbox.get("/mailbox/<name>")
@public_endpoint("mailbox:read")
def message(name: str) -> ResponseReturnValue:
    """Show one message: its words, its calendar entry, and its source."""
    found = opened(_folder(), name)
    if found is None:
        raise NotFoundError("no such message")
    base = settings().public_base_url
    lines = tuple(
        TextLine(line, line.removeprefix(base) if line.startswith(f"{base}/") else "")
        for line in found.text.splitlines()
    )
    shown = MessagePage(
        heading=found.line.subject,
        caption=found.line.to,
        back=url_for("mailbox.messages"),
        message=found,
        lines=lines,
    )
    return page("notify/message.html", shown)


def _folder() -> Path:
    """Return the mailbox. Raises NotFoundError where there is none that may be shown."""
    mail = settings().mail
    if settings().is_production or mail.transport != "mailbox" or mail.mailbox is None:
        raise NotFoundError("no mailbox here")
    return mail.mailbox
