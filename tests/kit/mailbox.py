"""Reads the local mailbox as whoever opens it would."""

from dataclasses import dataclass
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path


@dataclass(frozen=True)
class Delivered:
    """One message in ``new``; ``sealed`` is what SMTP would have carried, with LF line ends."""

    name: str
    return_path: str
    delivered_to: str
    sealed: bytes

    def parsed(self) -> EmailMessage:
        """Return the message as the standard library reads it."""
        message = message_from_bytes(self.sealed, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message

    def calendar(self) -> bytes | None:
        """Return the calendar of the message, if it has one."""
        return calendar_of(self.parsed())


def read_mailbox(folder: Path) -> list[Delivered]:
    """Return the messages in ``new`` in the order of their arrival."""
    return [_delivered(path) for path in sorted((folder / "new").iterdir())]


def calendar_of(message: EmailMessage) -> bytes | None:
    """Return the decoded text/calendar part of the message, if there is one."""
    for part in message.walk():
        if part.get_content_type() == "text/calendar":
            return decoded(part)
    return None


def decoded(part: EmailMessage) -> bytes:
    """Return the part's content without its transfer encoding."""
    content = part.get_payload(decode=True)
    assert isinstance(content, bytes)
    return content


def _delivered(path: Path) -> Delivered:
    first, second, sealed = path.read_bytes().split(b"\n", 2)
    return Delivered(
        name=path.name,
        return_path=_value(first, b"Return-Path: "),
        delivered_to=_value(second, b"Delivered-To: "),
        sealed=sealed,
    )


def _value(line: bytes, header: bytes) -> str:
    assert line.startswith(header), line
    return line.removeprefix(header).decode("ascii")
