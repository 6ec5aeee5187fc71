"""One letter sealed into the bytes that leave: the same letter always gives the same bytes.

The message is put together here, line by line, and not by the standard library's classes: their
output changes with what else is imported (Flask-Mail alters the library's character set table) and
with the Python release, and takes ten times as long. The tests read it back with that library.
Everything is 7-bit and quoted-printable, so no relay has a reason to rewrite a part.
"""

import binascii
import hashlib
import hmac
import re
from datetime import UTC, datetime
from email.utils import format_datetime
from uuid import UUID

from hub.kernel.errors import RefusedError
from hub.notify.letters import Letter
from hub.notify.plain_facts import UnsafeFactError, checked_address, checked_message_id

CRLF = b"\r\n"
ATTACHED_AS = "invite.ics"

_SUBJECT = re.compile("[ -~]{1,200}")
_METHOD = re.compile(rb"^METHOD:(REQUEST|CANCEL)\r$", re.MULTILINE)


class SealError(RefusedError):
    """The message cannot be sealed: its date is not an instant, or its calendar has no method."""


def message_id_for(row_id: UUID, *, key: bytes, sender: str) -> str:
    """Return the Message-ID of an outbox row, angle brackets included: a keyed hash at our domain.

    It tells nobody the row's id, the order of messages or the name of a machine.
    """
    digest = hmac.new(key, row_id.bytes, hashlib.sha256).hexdigest()[:32]
    return checked_message_id(f"<{digest}@{checked_address(sender).rpartition('@')[2]}>")


def seal(
    *,
    letter: Letter,
    sender: str,
    recipient: str,
    message_id: str,
    date: datetime,
    calendar: bytes | None = None,
) -> bytes:
    """Return the whole message with CRLF line ends, from one address to one address.

    With a calendar it is a multipart/mixed of the multipart/alternative (plain, HTML, calendar with
    the calendar's own method) and the same calendar attached for programs that look only there;
    without one it is the multipart/alternative alone. ``message_id`` has its angle brackets.

    Raises UnsafeFactError for an address, subject or id that could break out of its header, and
    SealError.
    """
    if date.tzinfo is None:
        raise SealError("the date of a message must be an instant", field="date")
    if not _SUBJECT.fullmatch(letter.subject):
        raise UnsafeFactError("subject")
    boundary = "=_" + hashlib.sha256(checked_message_id(message_id).encode()).hexdigest()[:40]
    headers = [
        f"From: {checked_address(sender)}",
        f"To: {checked_address(recipient)}",
        f"Subject: {letter.subject}",
        f"Date: {format_datetime(date.astimezone(UTC))}",
        f"Message-ID: {message_id}",
        "Auto-Submitted: auto-generated",
        "MIME-Version: 1.0",
    ]
    parts = [
        _part(['Content-Type: text/plain; charset="utf-8"'], letter.text.encode()),
        _part(['Content-Type: text/html; charset="utf-8"'], letter.html.encode()),
    ]
    if calendar is not None:
        method = _method(calendar)
        inline = f'Content-Type: text/calendar; charset="utf-8"; method="{method}"'
        parts.append(_part([inline], calendar))
    body = _multipart("alternative", f"{boundary}a", parts)
    if calendar is not None:
        attached = [
            f'Content-Type: application/ics; name="{ATTACHED_AS}"',
            f'Content-Disposition: attachment; filename="{ATTACHED_AS}"',
        ]
        body = _multipart("mixed", f"{boundary}m", [body, _part(attached, calendar)])
    return CRLF.join(line.encode("ascii") for line in headers) + CRLF + body


def _method(calendar: bytes) -> str:
    found = _METHOD.search(calendar)
    if found is None:
        raise SealError("the calendar names no method", field="calendar")
    return found.group(1).decode("ascii")


def _multipart(subtype: str, boundary: str, parts: list[bytes]) -> bytes:
    """Return a multipart body with its own header.

    The boundary holds ``=_``, which cannot occur in quoted-printable text (RFC 2045 section 6.7).
    """
    head = f'Content-Type: multipart/{subtype}; boundary="{boundary}"'.encode("ascii")
    line = b"--" + boundary.encode("ascii")
    inner = b"".join(line + CRLF + part for part in parts)
    return head + CRLF + CRLF + inner + line + b"--" + CRLF


def _part(headers: list[str], content: bytes) -> bytes:
    head = [*headers, "Content-Transfer-Encoding: quoted-printable", "", ""]
    lines = content.replace(CRLF, b"\n").replace(b"\r", b"\n").replace(b"\n", CRLF)
    coded = binascii.b2a_qp(lines, istext=True)
    return CRLF.join(line.encode("ascii") for line in head) + coded + CRLF
