"""The wording of every message: fixed templates, filled with times, a link and a reference.

No function here takes free text, and the only name that it takes is the recipient's own.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from jinja2 import Environment, PackageLoader, StrictUndefined, select_autoescape

from hub.kernel.days import LONDON
from hub.kernel.errors import RefusedError
from hub.notify.plain_facts import checked_link, checked_reference, display_name

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)

_templates = Environment(
    loader=PackageLoader("hub.notify"),
    autoescape=select_autoescape(["html"]),
    undefined=StrictUndefined,
    trim_blocks=True,
    lstrip_blocks=True,
)


class Kind(StrEnum):
    """The messages there are; each has a template of the same name."""

    INVITATION = "invitation"
    CHANGE = "change"
    CANCELLATION = "cancellation"
    NOTICE = "notice"
    ACCOUNT_INVITATION = "account_invitation"
    TEST = "test"


SUBJECTS = {
    Kind.INVITATION: "Professionals meeting: please reply",
    Kind.CHANGE: "Professionals meeting: your slot has changed, please reply",
    Kind.CANCELLATION: "Professionals meeting: your slot is cancelled",
    Kind.NOTICE: "Partner hub: something is waiting for you",
    Kind.ACCOUNT_INVITATION: "Partner hub: set up your account",
    Kind.TEST: "Partner hub: test message",
}

SUBJECTS_CLOSING = {
    Kind.INVITATION: "Partner hub: information is needed, please reply",
    Kind.CHANGE: "Partner hub: the day has changed, please reply",
    Kind.CANCELLATION: "Partner hub: nothing is needed any more",
}
"""The same where nobody meets."""

CLOSING = "_closing"
"""What the template of a message about a closing date is called besides."""

WITH_SLOT = frozenset({Kind.INVITATION, Kind.CHANGE, Kind.CANCELLATION})
"""The messages about one slot; these, and no others, carry a calendar entry."""


class MissingSlotError(RefusedError):
    """The message speaks of a slot and was given no times."""

    def __init__(self) -> None:
        super().__init__("this message needs the start and the end of a slot", field="starts_at")


@dataclass(frozen=True, kw_only=True)
class Facts:
    """All that a message can say.

    ``link`` is the sign-in address with an opaque path, ``reference`` the message's own and random,
    ``recipient_name`` the name of the person written to (may be empty), ``due_on`` a day in London.
    """

    link: str
    reference: str
    recipient_name: str = ""
    starts_at: datetime | None = None
    ends_at: datetime | None = None
    due_on: date | None = None
    closes: bool = False
    """Nobody meets: something is asked for until the start."""


@dataclass(frozen=True)
class Letter:
    """A message's words: a subject in ASCII, and the same text plain and as HTML."""

    subject: str
    text: str
    html: str


def letter(kind: Kind | str, facts: Facts) -> Letter:
    """Return the words of one message.

    Raises ValueError for an unknown kind, MissingSlotError, and UnsafeFactError for a link or a
    reference that is not plain.
    """
    kind = Kind(kind)
    link = checked_link(facts.link)
    when = ""
    if kind in WITH_SLOT:
        when = closing_in_words(facts) if facts.closes else slot_in_words(facts)
    text = _templates.get_template("message.txt").render(
        body=f"{kind}{CLOSING if facts.closes and kind in WITH_SLOT else ''}.txt",
        name=display_name(facts.recipient_name),
        when=when,
        due=day_in_words(facts.due_on) if facts.due_on else "",
        link=link,
        reference=checked_reference(facts.reference),
    )
    subject = SUBJECTS_CLOSING.get(kind, SUBJECTS[kind]) if facts.closes else SUBJECTS[kind]
    paragraphs = [paragraph.split("\n") for paragraph in text.strip().split("\n\n")]
    html = _templates.get_template("letter.html").render(
        subject=subject, paragraphs=paragraphs, link=link, when=when
    )
    return Letter(subject=subject, text=text.strip() + "\n", html=html.strip() + "\n")


def slot_in_words(facts: Facts) -> str:
    """Return the slot as ``Tuesday 1 December 2026, 10:20 to 10:30 (London time)``.

    Raises MissingSlotError.
    """
    if facts.starts_at is None or facts.ends_at is None:
        raise MissingSlotError
    start = facts.starts_at.astimezone(LONDON)
    end = facts.ends_at.astimezone(LONDON)
    last = f"{end:%H:%M}"
    if start.date() != end.date():
        last = f"{day_in_words(end.date())}, {last}"
    return f"{day_in_words(start.date())}, {start:%H:%M} to {last} (London time)"


def closing_in_words(facts: Facts) -> str:
    """Return the start as ``Tuesday 1 December 2026, 17:00 (London time)``.

    Raises MissingSlotError.
    """
    if facts.starts_at is None:
        raise MissingSlotError
    start = facts.starts_at.astimezone(LONDON)
    return f"{day_in_words(start.date())}, {start:%H:%M} (London time)"


def day_in_words(day: date) -> str:
    """Return the day as ``Tuesday 1 December 2026``, whatever the machine's language."""
    return f"{WEEKDAYS[day.weekday()]} {day.day} {MONTHS[day.month - 1]} {day.year}"
