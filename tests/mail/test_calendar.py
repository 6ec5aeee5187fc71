"""A slot in anybody's calendar is right, the same every time, and gives nothing away."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone

import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hub.kernel.days import LONDON
from hub.notify.calendar import Entry, Method, SlotTimesError, calendar_bytes
from hub.notify.plain_facts import UnsafeFactError

ENTRY = Entry(
    uid="0f6c1f5a2f0e4c4f9a3b7d5e1c2b3a49@hub.example.org",
    sequence=0,
    method=Method.REQUEST,
    dtstamp=datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC),
    starts_at=datetime(2026, 12, 1, 10, 20, tzinfo=UTC),
    ends_at=datetime(2026, 12, 1, 10, 30, tzinfo=UTC),
    organizer="hub@mail.example.org",
    attendee="ann.worker@example.org",
    attendee_name="Ann Worker",
    url="https://hub.example.org/i/K7QM2XWD",
)
CANCELLED = replace(ENTRY, method=Method.CANCEL, sequence=3)

ALLOWED = {
    "UID",
    "SEQUENCE",
    "DTSTAMP",
    "DTSTART",
    "DTEND",
    "SUMMARY",
    "DESCRIPTION",
    "LOCATION",
    "ORGANIZER",
    "ATTENDEE",
    "CLASS",
    "TRANSP",
    "STATUS",
}

REQUEST_TEXT = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//Partner hub//Calendar//EN
CALSCALE:GREGORIAN
METHOD:REQUEST
BEGIN:VEVENT
SUMMARY:Professionals meeting
DTSTART:20261201T102000Z
DTEND:20261201T103000Z
DTSTAMP:20261120T090030Z
UID:0f6c1f5a2f0e4c4f9a3b7d5e1c2b3a49@hub.example.org
SEQUENCE:0
ATTENDEE;CN="Ann Worker";PARTSTAT=NEEDS-ACTION;ROLE=REQ-PARTICIPANT;RSVP=T
 RUE:mailto:ann.worker@example.org
CLASS:PRIVATE
DESCRIPTION:Sign in to see the details: https://hub.example.org/i/K7QM2XWD
LOCATION:https://hub.example.org/i/K7QM2XWD
ORGANIZER:mailto:hub@mail.example.org
STATUS:CONFIRMED
TRANSP:OPAQUE
BEGIN:VALARM
ACTION:AUDIO
TRIGGER:-PT30M
END:VALARM
END:VEVENT
END:VCALENDAR
"""


def event_of(sealed: bytes) -> Calendar:
    calendar = Calendar.from_ical(sealed)
    (event,) = calendar.walk("VEVENT")
    return event


def test_an_invitation_reads_exactly_so() -> None:
    assert calendar_bytes(ENTRY).decode() == REQUEST_TEXT.replace("\n", "\r\n")


def test_the_same_entry_gives_the_same_bytes() -> None:
    assert calendar_bytes(ENTRY) == calendar_bytes(replace(ENTRY))
    assert calendar_bytes(ENTRY) != calendar_bytes(replace(ENTRY, sequence=1))


def test_two_independent_parsers_read_the_same_invitation() -> None:
    sealed = calendar_bytes(ENTRY)
    one = event_of(sealed)
    other = vobject.readOne(sealed.decode())
    other.validate(raiseException=True)

    assert other.method.value == Calendar.from_ical(sealed)["METHOD"] == "REQUEST"
    assert other.vevent.uid.value == one["UID"] == ENTRY.uid
    assert int(other.vevent.sequence.value) == one["SEQUENCE"] == 0
    assert other.vevent.dtstart.value == one["DTSTART"].dt == ENTRY.starts_at
    assert other.vevent.dtend.value == one["DTEND"].dt == ENTRY.ends_at
    assert other.vevent.dtstamp.value == one["DTSTAMP"].dt == ENTRY.dtstamp
    assert other.vevent.summary.value == one["SUMMARY"] == "Professionals meeting"
    assert other.vevent.location.value == one["LOCATION"] == ENTRY.url
    assert other.vevent.organizer.value == one["ORGANIZER"] == f"mailto:{ENTRY.organizer}"
    (attendee,) = other.vevent.attendee_list
    assert attendee.value == one["ATTENDEE"] == f"mailto:{ENTRY.attendee}"
    assert attendee.params == {
        "CN": ["Ann Worker"],
        "PARTSTAT": ["NEEDS-ACTION"],
        "ROLE": ["REQ-PARTICIPANT"],
        "RSVP": ["TRUE"],
    }
    assert one["CLASS"] == "PRIVATE"
    assert one["STATUS"] == "CONFIRMED"


def test_a_reminder_has_no_text_at_all() -> None:
    (alarm,) = event_of(calendar_bytes(ENTRY)).walk("VALARM")

    assert {name: alarm[name].to_ical() for name in alarm} == {
        "ACTION": b"AUDIO",
        "TRIGGER": b"-PT30M",
    }


def test_a_cancellation_is_for_the_same_slot_and_has_no_reminder() -> None:
    sealed = calendar_bytes(CANCELLED)
    event = event_of(sealed)

    assert Calendar.from_ical(sealed)["METHOD"] == "CANCEL"
    assert event["STATUS"] == "CANCELLED"
    assert event["TRANSP"] == "TRANSPARENT"
    assert event["UID"] == ENTRY.uid
    assert event["SEQUENCE"] == 3
    assert event["ATTENDEE"] == f"mailto:{ENTRY.attendee}"
    assert event.walk("VALARM") == []
    vobject.readOne(sealed.decode()).validate(raiseException=True)


@pytest.mark.parametrize("entry", [ENTRY, CANCELLED], ids=["request", "cancel"])
def test_no_property_is_there_that_is_not_on_the_list(entry: Entry) -> None:
    calendar = Calendar.from_ical(calendar_bytes(entry))

    assert set(calendar) == {"VERSION", "PRODID", "CALSCALE", "METHOD"}
    assert set(event_of(calendar_bytes(entry))) == ALLOWED
    kinds = [part.name for part in calendar.walk()]
    assert kinds == ["VCALENDAR", "VEVENT"] + (["VALARM"] if entry is ENTRY else [])


# (London's wall clock, what the calendar says)
HOURS = [
    (datetime(2026, 3, 28, 9, 30, tzinfo=LONDON), b"DTSTART:20260328T093000Z"),
    # the day on which summer time begins
    (datetime(2026, 3, 29, 9, 30, tzinfo=LONDON), b"DTSTART:20260329T083000Z"),
    # an hour that comes twice: the first of the two, then the second
    (datetime(2026, 10, 25, 1, 30, tzinfo=LONDON), b"DTSTART:20261025T003000Z"),
    (datetime(2026, 10, 25, 1, 30, fold=1, tzinfo=LONDON), b"DTSTART:20261025T013000Z"),
    (
        datetime(2026, 7, 1, 0, 10, tzinfo=timezone(timedelta(hours=2))),
        b"DTSTART:20260630T221000Z",
    ),
]


@pytest.mark.parametrize(("starts_at", "line"), HOURS)
def test_times_leave_in_utc(starts_at: datetime, line: bytes) -> None:
    ends_at = starts_at.astimezone(UTC) + timedelta(minutes=10)
    sealed = calendar_bytes(replace(ENTRY, starts_at=starts_at, ends_at=ends_at))

    assert line in sealed.split(b"\r\n")


def test_parts_of_a_second_do_not_leave() -> None:
    later = replace(ENTRY, dtstamp=ENTRY.dtstamp + timedelta(microseconds=999_999))

    assert calendar_bytes(later) == calendar_bytes(ENTRY)


@pytest.mark.parametrize(
    "changed",
    [
        {"starts_at": datetime(2026, 12, 1, 10, 20)},  # noqa: DTZ001 - the fault under test
        {"ends_at": datetime(2026, 12, 1, 10, 30)},  # noqa: DTZ001 - the fault under test
        {"ends_at": ENTRY.starts_at},
        {"ends_at": ENTRY.starts_at - timedelta(minutes=1)},
    ],
)
def test_what_is_no_slot_is_refused(changed: dict[str, datetime]) -> None:
    with pytest.raises(SlotTimesError):
        calendar_bytes(replace(ENTRY, **changed))


@pytest.mark.parametrize(
    ("field", "value", "named"),
    [
        ("attendee", "ann@example.org\r\nX-LEAK:1", "address"),
        ("attendee", "ann@example.org\n", "address"),
        ("organizer", "hub@example.org\r\nX-LEAK:1", "address"),
        ("uid", "abc\r\nX-LEAK:1", "uid"),
        ("uid", "", "uid"),
        ("url", "https://hub.example.org/i/1\r\nX-LEAK:1", "link"),
        ("url", "javascript:alert(1)", "link"),
        ("url", "https://hub.example.org/i/a b", "link"),
    ],
)
def test_a_value_that_could_break_its_line_is_refused(field: str, value: str, named: str) -> None:
    with pytest.raises(UnsafeFactError) as refused:
        calendar_bytes(replace(ENTRY, **{field: value}))

    assert refused.value.field == named
    assert "LEAK" not in str(refused.value)


def test_an_apostrophe_in_an_address_stays_and_a_question_mark_is_escaped() -> None:
    event = event_of(calendar_bytes(replace(ENTRY, attendee="mary.o'neill@example.org")))
    assert event["ATTENDEE"] == "mailto:mary.o'neill@example.org"

    event = event_of(calendar_bytes(replace(ENTRY, attendee="who?100%@example.org")))
    assert event["ATTENDEE"] == "mailto:who%3F100%25@example.org"


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ("Siân Ní Bhriain", "Siân Ní Bhriain"),
        ("Ann, of; the: desk", "Ann, of; the: desk"),
        ('Ann "Annie" Worker', "Ann 'Annie' Worker"),
        ("Ann\r\nX-LEAK:1", "Ann X-LEAK:1"),
        ("Ann\u2028Worker\x85\x00", "Ann Worker"),
        ("Ann\\nWorker^n", "AnnnWorkern"),
        ("\u202eAnn\u200b", "Ann"),
    ],
)
def test_a_name_is_cleaned_and_reads_the_same_in_both_parsers(name: str, shown: str) -> None:
    sealed = calendar_bytes(replace(ENTRY, attendee_name=name))

    assert event_of(sealed)["ATTENDEE"].params["CN"] == shown
    assert vobject.readOne(sealed.decode()).vevent.attendee.params["CN"] == [shown]


@pytest.mark.parametrize("name", ["", "  ", "\r\n", "\u200b"])
def test_without_a_name_there_is_no_name(name: str) -> None:
    sealed = calendar_bytes(replace(ENTRY, attendee_name=name))

    assert "CN" not in event_of(sealed)["ATTENDEE"].params


@settings(max_examples=500, deadline=None)
@given(name=st.text(max_size=150))
def test_no_name_can_add_a_line_or_a_property(name: str) -> None:
    sealed = calendar_bytes(replace(ENTRY, attendee_name=name))
    lines = sealed.decode().split("\r\n")
    plain = calendar_bytes(replace(ENTRY, attendee_name="")).decode().split("\r\n")

    assert [line for line in lines if not line.startswith(("ATTENDEE", " "))] == [
        line for line in plain if not line.startswith(("ATTENDEE", " "))
    ]
    assert all(len(line.encode()) <= 75 for line in lines)
    assert set(event_of(sealed)) == ALLOWED
    assert event_of(sealed)["ATTENDEE"] == f"mailto:{ENTRY.attendee}"
    assert len(vobject.readOne(sealed.decode()).vevent.attendee_list) == 1
