"""One slot for one person as an iCalendar object that gives nothing away.

The times are UTC with ``Z``: no time zone table can then disagree about them (RFC 5545 section
3.3.5, form 2). The method and the rising sequence are those of iTIP (RFC 5546 section 3.2).
"""

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from urllib.parse import quote

from icalendar import Alarm, Calendar, Event, vCalAddress

from hub.kernel.errors import RefusedError
from hub.notify.plain_facts import checked_address, checked_link, checked_uid, display_name

SUMMARY = "Professionals meeting"
PRODUCT = "-//Partner hub//Calendar//EN"
REMIND_BEFORE = timedelta(minutes=30)


class Method(StrEnum):
    """What the receiving calendar is asked to do; a change is a REQUEST with a higher sequence."""

    REQUEST = "REQUEST"
    CANCEL = "CANCEL"


class SlotTimesError(RefusedError):
    """The slot's times are not instants, or it does not end after it starts."""

    def __init__(self) -> None:
        super().__init__("a slot needs two instants, the end after the start", field="ends_at")


@dataclass(frozen=True, kw_only=True)
class Entry:
    """One recipient's slot; the same entry always gives the same bytes.

    ``dtstamp`` is when this sequence was written, ``organizer`` the hub's own mailbox, ``url`` the
    sign-in link. All instants need a time zone and are sent to the second.
    """

    uid: str
    sequence: int
    method: Method
    dtstamp: datetime
    starts_at: datetime
    ends_at: datetime
    organizer: str
    attendee: str
    url: str
    attendee_name: str = ""


def calendar_bytes(entry: Entry) -> bytes:
    """Return the entry as iCalendar text, UTF-8 with CRLF line ends.

    Raises UnsafeFactError for an address, link or UID that could break out of its line, and
    SlotTimesError for times that are no slot.
    """
    calendar = Calendar()
    calendar.add("prodid", PRODUCT)
    calendar.add("version", "2.0")
    calendar.add("calscale", "GREGORIAN")
    calendar.add("method", entry.method.value)
    calendar.add_component(_event(entry))
    sealed: bytes = calendar.to_ical()
    return sealed


def _event(entry: Entry) -> Event:
    if entry.starts_at.tzinfo is None or entry.ends_at.tzinfo is None:
        raise SlotTimesError
    if entry.ends_at <= entry.starts_at:
        raise SlotTimesError
    link = checked_link(entry.url)
    cancelled = entry.method is Method.CANCEL
    event = Event()
    event.add("uid", checked_uid(entry.uid))
    event.add("sequence", entry.sequence)
    event.add("dtstamp", _utc(entry.dtstamp))
    event.add("dtstart", _utc(entry.starts_at))
    event.add("dtend", _utc(entry.ends_at))
    event.add("summary", SUMMARY)
    event.add("description", f"Sign in to see the details: {link}")
    event.add("location", link)
    event.add("organizer", _mailto(entry.organizer))
    event.add("attendee", _attendee(entry))
    event.add("class", "PRIVATE")
    event.add("transp", "TRANSPARENT" if cancelled else "OPAQUE")
    event.add("status", "CANCELLED" if cancelled else "CONFIRMED")
    if not cancelled:
        event.add_component(_reminder())
    return event


def _attendee(entry: Entry) -> vCalAddress:
    attendee = _mailto(entry.attendee)
    if name := display_name(entry.attendee_name):
        attendee.params["CN"] = name
    attendee.params["ROLE"] = "REQ-PARTICIPANT"
    attendee.params["PARTSTAT"] = "NEEDS-ACTION"
    attendee.params["RSVP"] = "TRUE"
    return attendee


def _reminder() -> Alarm:
    """Return an alarm that has no text.

    AUDIO, because a DISPLAY alarm must have a description (RFC 5545 section 3.6.6).
    """
    alarm = Alarm()
    alarm.add("action", "AUDIO")
    alarm.add("trigger", -REMIND_BEFORE)
    return alarm


def _mailto(address: str) -> vCalAddress:
    # Characters that a mail address may hold and a URI may not are escaped (RFC 6068 section 2).
    return vCalAddress("mailto:" + quote(checked_address(address), safe="@!$&'*+-./=_~"))


def _utc(instant: datetime) -> datetime:
    return instant.astimezone(UTC).replace(microsecond=0)
