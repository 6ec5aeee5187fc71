"""A sealed message is the same bytes each time, for one address, and survives any relay."""

import platform
import re
import socket
import time
from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email import message_from_bytes, policy
from email.message import EmailMessage
from uuid import UUID

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar import Calendar

from hub.notify.calendar import Entry, Method, calendar_bytes
from hub.notify.envelope import SealError, message_id_for, seal
from hub.notify.letters import WITH_SLOT, Facts, Kind, Letter, letter
from hub.notify.plain_facts import UnsafeAddressError, UnsafeFactError
from kit.loaded_words import everything_said, loaded_words
from kit.mailbox import calendar_of, decoded

SENDER = "hub@mail.example.org"
TO = "ann.worker@example.org"
MESSAGE_ID = "<5b1d6f@mail.example.org>"
DATE = datetime(2026, 11, 20, 9, 0, 30, tzinfo=UTC)
FACTS = Facts(
    link="https://hub.example.org/i/K7QM2XWD",
    reference="K7QM-2XWD-9RTA-4HVC",
    recipient_name="Siân Worker",
    starts_at=datetime(2026, 12, 1, 10, 20, tzinfo=UTC),
    ends_at=datetime(2026, 12, 1, 10, 30, tzinfo=UTC),
)


def calendar_for(kind: Kind, name: str = "Siân Worker") -> bytes | None:
    if kind not in WITH_SLOT:
        return None
    assert FACTS.starts_at is not None
    assert FACTS.ends_at is not None
    cancelled = kind is Kind.CANCELLATION
    entry = Entry(
        uid="0f6c1f5a2f0e4c4f9a3b7d5e1c2b3a49@mail.example.org",
        sequence=2 if cancelled else 0,
        method=Method.CANCEL if cancelled else Method.REQUEST,
        dtstamp=DATE,
        starts_at=FACTS.starts_at,
        ends_at=FACTS.ends_at,
        organizer=SENDER,
        attendee=TO,
        attendee_name=name,
        url=FACTS.link,
    )
    return calendar_bytes(entry)


def sealed_as(kind: Kind, **changed: object) -> bytes:
    given = {
        "letter": letter(kind, FACTS),
        "sender": SENDER,
        "recipient": TO,
        "message_id": MESSAGE_ID,
        "date": DATE,
        "calendar": calendar_for(kind),
    }
    return seal(**(given | changed))


def parsed(sealed: bytes) -> EmailMessage:
    message = message_from_bytes(sealed, policy=policy.default)
    assert isinstance(message, EmailMessage)
    assert [part.defects for part in message.walk() if part.defects] == []
    return message


def shape(message: EmailMessage) -> object:
    if message.is_multipart():
        return {message.get_content_type(): [shape(part) for part in message.iter_parts()]}
    return message.get_content_type()


@pytest.mark.parametrize("kind", Kind)
def test_each_message_has_its_shape(kind: Kind) -> None:
    alternative = ["text/plain", "text/html"]
    if kind in WITH_SLOT:
        expected: object = {
            "multipart/mixed": [
                {"multipart/alternative": [*alternative, "text/calendar"]},
                "application/ics",
            ]
        }
    else:
        expected = {"multipart/alternative": alternative}

    assert shape(parsed(sealed_as(kind))) == expected


@pytest.mark.parametrize("kind", Kind)
def test_each_message_has_these_headers_and_no_other(kind: Kind) -> None:
    message = parsed(sealed_as(kind))
    boundary = message.get_boundary()

    outer = "mixed" if kind in WITH_SLOT else "alternative"
    assert message.items() == [
        ("From", SENDER),
        ("To", TO),
        ("Subject", letter(kind, FACTS).subject),
        ("Date", "Fri, 20 Nov 2026 09:00:30 +0000"),
        ("Message-ID", MESSAGE_ID),
        ("Auto-Submitted", "auto-generated"),
        ("MIME-Version", "1.0"),
        ("Content-Type", f'multipart/{outer}; boundary="{boundary}"'),
    ]


@pytest.mark.parametrize("kind", Kind)
def test_the_parts_read_back_as_the_letter(kind: Kind) -> None:
    message = parsed(sealed_as(kind))
    written = letter(kind, FACTS)

    plain = message.get_body(("plain",))
    html = message.get_body(("html",))
    assert plain is not None
    assert html is not None
    assert plain.get_content().replace("\r\n", "\n").rstrip("\n") == written.text.rstrip("\n")
    assert html.get_content().replace("\r\n", "\n").rstrip("\n") == written.html.rstrip("\n")
    assert plain.get_content_charset() == html.get_content_charset() == "utf-8"


@pytest.mark.parametrize("kind", sorted(WITH_SLOT))
def test_the_calendar_part_is_the_calendar_with_its_method(kind: Kind) -> None:
    message = parsed(sealed_as(kind))
    (part,) = [part for part in message.walk() if part.get_content_type() == "text/calendar"]
    (attached,) = message.iter_attachments()

    method = "CANCEL" if kind is Kind.CANCELLATION else "REQUEST"
    assert part.get_param("method") == method == Calendar.from_ical(decoded(part))["METHOD"]
    assert part.get_param("charset") == "utf-8"
    assert part.get_content_disposition() is None
    assert decoded(part) == calendar_for(kind)
    assert decoded(attached) == decoded(part)
    assert attached.get_filename() == "invite.ics"


@pytest.mark.parametrize("kind", Kind)
def test_the_same_message_is_the_same_bytes(kind: Kind) -> None:
    assert sealed_as(kind) == sealed_as(kind)


@pytest.mark.parametrize("kind", Kind)
def test_the_machine_leaves_no_mark_on_the_bytes(
    kind: Kind, monkeypatch: pytest.MonkeyPatch
) -> None:
    usual = sealed_as(kind)
    monkeypatch.setenv("TZ", "Asia/Tokyo")
    monkeypatch.setattr(socket, "getfqdn", lambda *_: "secret-host.example.org")
    time.tzset()
    try:
        assert sealed_as(kind) == usual
    finally:
        monkeypatch.undo()
        time.tzset()


@pytest.mark.parametrize("kind", Kind)
def test_no_relay_has_a_reason_to_rewrite_it(kind: Kind) -> None:
    sealed = sealed_as(kind)

    assert sealed.isascii()
    assert sealed.endswith(b"\r\n")
    assert sealed.count(b"\r") == sealed.count(b"\n") == sealed.count(b"\r\n")
    assert b"\x00" not in sealed
    head, _, body = sealed.partition(b"\r\n\r\n")
    assert all(len(line) <= 998 for line in head.split(b"\r\n"))
    assert all(len(line) <= 78 for line in body.split(b"\r\n") if not line.startswith(b"Content-"))


@pytest.mark.parametrize("kind", Kind)
def test_the_mailbox_form_reads_as_the_wire_form(kind: Kind) -> None:
    wire = parsed(sealed_as(kind))
    local = parsed(sealed_as(kind).replace(b"\r\n", b"\n"))

    assert wire.items() == local.items()
    assert shape(wire) == shape(local)
    calendars = [calendar_of(wire), calendar_of(local)]
    if kind in WITH_SLOT:
        one, other = (Calendar.from_ical(sealed or b"") for sealed in calendars)
        assert one.to_ical() == other.to_ical()
    else:
        assert calendars == [None, None]


@pytest.mark.parametrize("kind", Kind)
def test_nothing_in_it_is_loaded_or_names_a_machine(kind: Kind) -> None:
    said = everything_said(sealed_as(kind))

    assert loaded_words(said) == []
    assert not re.search(rf"\b{re.escape(platform.node())}\b", said)
    assert set(re.findall(r"@([\w.-]+)", said)) <= {"mail.example.org", "example.org"}


def test_the_search_for_loaded_words_finds_what_is_hidden() -> None:
    planted = Letter(subject="A slot", text="x" * 70 + " safeguarding\n", html="<p>x</p>\n")
    folded = calendar_for(Kind.INVITATION, name="x" * 30 + " Idva")

    assert "safeguard" in loaded_words(everything_said(sealed_as(Kind.NOTICE, letter=planted)))
    assert "Idva" in loaded_words(everything_said(sealed_as(Kind.INVITATION, calendar=folded)))
    assert loaded_words("Care  Leavers, social-workers; victim@police.example.org") == [
        "Care  Leav",
        "social-work",
    ]


def test_one_address_and_nobody_else() -> None:
    message = parsed(sealed_as(Kind.INVITATION))

    assert [str(address) for address in message["To"].addresses] == [TO]
    assert message["Cc"] is None
    assert message["Bcc"] is None
    addresses = set(re.findall(r"[\w.]+@[\w.]+", everything_said(sealed_as(Kind.INVITATION))))
    uid = "0f6c1f5a2f0e4c4f9a3b7d5e1c2b3a49@mail.example.org"
    assert addresses == {SENDER, TO, MESSAGE_ID.strip("<>"), uid}


@pytest.mark.parametrize("field", ["sender", "recipient"])
@pytest.mark.parametrize(
    "address",
    [
        "ann@example.org\r\nBcc: eve@example.org",
        "ann@example.org\nBcc: eve@example.org",
        "ann@example.org, eve@example.org",
        "Ann <ann@example.org>",
        "ann@example.org\x00",
        "änn@example.org",
    ],
)
def test_an_address_that_is_not_one_plain_address_is_refused(field: str, address: str) -> None:
    with pytest.raises(UnsafeAddressError) as refused:
        sealed_as(Kind.NOTICE, **{field: address})

    assert "example" not in str(refused.value)


@settings(max_examples=500, deadline=None)
@given(address=st.text(min_size=1, max_size=60) | st.emails())
def test_an_address_is_sealed_as_it_stands_or_refused(address: str) -> None:
    try:
        sealed = sealed_as(Kind.NOTICE, recipient=address)
    except UnsafeAddressError:
        return
    head = sealed.partition(b"\r\n\r\n")[0].decode("ascii").split("\r\n")
    assert len(head) == 8
    assert head[1] == f"To: {address}"


@pytest.mark.parametrize("message_id", ["", "abc", "<a@b>\r\nX: y", "<a b@c>", "a@b", "<a@b> "])
def test_a_message_id_that_is_not_plain_is_refused(message_id: str) -> None:
    with pytest.raises(UnsafeFactError) as refused:
        sealed_as(Kind.NOTICE, message_id=message_id)

    assert refused.value.field == "message id"


@pytest.mark.parametrize("subject", ["", "two\r\nlines", "naïve"])
def test_a_subject_that_is_not_plain_is_refused(subject: str) -> None:
    with pytest.raises(UnsafeFactError):
        sealed_as(Kind.NOTICE, letter=replace(letter(Kind.NOTICE, FACTS), subject=subject))


def test_a_date_must_be_an_instant_and_is_said_in_utc() -> None:
    there = DATE.astimezone(timezone(timedelta(hours=5)))

    assert sealed_as(Kind.NOTICE, date=there) == sealed_as(Kind.NOTICE)
    with pytest.raises(SealError):
        sealed_as(Kind.NOTICE, date=DATE.replace(tzinfo=None))


def test_a_calendar_without_a_method_is_refused() -> None:
    with pytest.raises(SealError):
        sealed_as(Kind.INVITATION, calendar=b"BEGIN:VCALENDAR\r\nEND:VCALENDAR\r\n")


def test_a_message_id_is_stable_and_tells_nothing() -> None:
    row = UUID("12345678-1234-4234-8234-123456789abc")
    one = message_id_for(row, key=b"k" * 32, sender=SENDER)

    assert one == message_id_for(row, key=b"k" * 32, sender=SENDER)
    assert one != message_id_for(row, key=b"j" * 32, sender=SENDER)
    assert re.fullmatch(r"<[0-9a-f]{32}@mail\.example\.org>", one)
    assert row.hex not in one
    assert b"Message-ID: " + one.encode() in sealed_as(Kind.NOTICE, message_id=one)


@settings(max_examples=200, deadline=None)
@given(text=st.text(max_size=400))
def test_any_text_survives_the_coding(text: str) -> None:
    clean = text.encode("utf-8", "ignore").decode()
    written = Letter(subject="Anything", text=clean + "\n", html="<p>x</p>\n")
    plain = parsed(sealed_as(Kind.NOTICE, letter=written)).get_body(("plain",))

    assert plain is not None
    lines = (clean + "\n").replace("\r\n", "\n").replace("\r", "\n")
    assert decoded(plain).decode().replace("\r\n", "\n").removesuffix("\n") == lines.removesuffix(
        "\n"
    )
