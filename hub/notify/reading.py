"""Reads the local mailbox of a demonstration as a recipient's mail program would.

It exists so that a story can be played on one machine; a hub with real people in it has no such
mailbox, and the pages that use this say so.
"""

import re
from dataclasses import dataclass
from datetime import datetime
from email import message_from_binary_file, message_from_bytes, policy
from email.message import EmailMessage
from email.utils import parsedate_to_datetime
from itertools import islice
from pathlib import Path

from icalendar import Calendar

NAME = re.compile(r"[0-9]{20}\.[0-9a-f]{16}\.hub")


@dataclass(frozen=True, slots=True)
class CalendarEntry:
    """What a calendar program would show of the entry in a message; instants in UTC."""

    method: str
    title: str
    starts_at: datetime
    ends_at: datetime
    place: str
    organizer: str
    status: str
    sequence: str
    uid: str


@dataclass(frozen=True, slots=True)
class Delivered:
    """A message in the list."""

    name: str
    to: str
    subject: str
    sent_at: datetime | None


@dataclass(frozen=True, slots=True)
class Opened:
    """A message as it is read: its words, its calendar entry if it has one, and its source."""

    line: Delivered
    sender: str
    text: str
    entry: CalendarEntry | None
    source: str


def delivered(folder: Path, *, before: str = "", limit: int) -> tuple[Delivered, ...]:
    """Return a page of messages, the latest first; those that arrived ``before`` a name."""
    new = folder / "new"
    names = sorted(
        (
            path.name
            for path in (new.iterdir() if new.is_dir() else ())
            if NAME.fullmatch(path.name) and (not before or path.name < before)
        ),
        reverse=True,
    )
    return tuple(_line(new / name) for name in islice(names, limit))


def opened(folder: Path, name: str) -> Opened | None:
    """Return one message; None when there is none of that name."""
    path = folder / "new" / name
    if NAME.fullmatch(name) is None or not path.is_file():
        return None
    raw = path.read_bytes()
    message = message_from_bytes(raw, policy=policy.default)
    return Opened(
        line=_line(path),
        sender=str(message["From"] or ""),
        text=_part(message, "text/plain"),
        entry=entry_of(_part(message, "text/calendar")),
        source=raw.decode("ascii", "replace"),
    )


def entry_of(calendar: str) -> CalendarEntry | None:
    """Return the first event of a calendar as text; None for an empty one."""
    if not calendar:
        return None
    parsed = Calendar.from_ical(calendar)
    event = parsed.walk("VEVENT")[0]
    return CalendarEntry(
        method=str(parsed.get("method", "")),
        title=str(event.get("summary", "")),
        starts_at=event.decoded("dtstart"),
        ends_at=event.decoded("dtend"),
        place=str(event.get("location", "")),
        organizer=str(event.get("organizer", "")).removeprefix("mailto:"),
        status=str(event.get("status", "")),
        sequence=str(event.get("sequence", "")),
        uid=str(event.get("uid", "")),
    )


def _line(path: Path) -> Delivered:
    with path.open("rb") as file:
        message = message_from_binary_file(file, policy=policy.default)
    date = message["Date"]
    return Delivered(
        name=path.name,
        to=str(message["Delivered-To"] or ""),
        subject=str(message["Subject"] or ""),
        sent_at=parsedate_to_datetime(str(date)) if date else None,
    )


def _part(message: EmailMessage, kind: str) -> str:
    for part in message.walk():
        if part.get_content_type() == kind:
            content = part.get_payload(decode=True)
            return content.decode("utf-8", "replace") if isinstance(content, bytes) else ""
    return ""
