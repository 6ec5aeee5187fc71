"""The few values that a message may hold, each checked or cleaned before it meets a header.

Addresses, links and references are refused when they could break out of their line; a name is
cleaned instead, because nobody may go uninvited for a stray character in a staff list.
"""

import re
import unicodedata

from hub.kernel.errors import RefusedError
from hub.kernel.mailable import DOMAIN, is_address, is_link

LONGEST_NAME = 100

_REFERENCE = re.compile("[A-Za-z0-9-]{1,40}")
_UID = re.compile("[A-Za-z0-9.@_-]{1,200}")
_MESSAGE_ID = re.compile(rf"<[A-Za-z0-9._-]{{1,100}}@{DOMAIN}>")
_UNWANTED = str.maketrans({'"': "'", "\\": None, "^": None, "<": None, ">": None})


class UnsafeFactError(RefusedError):
    """A value may not stand in a message; ``field`` says which, and the value is not repeated."""

    def __init__(self, field: str) -> None:
        super().__init__(f"this {field} cannot stand in a message", field=field)


class UnsafeAddressError(UnsafeFactError):
    """Not one plain mail address: correct it in the directory, and ring meanwhile."""

    def __init__(self) -> None:
        super().__init__("address")


def checked_address(address: str) -> str:
    """Return the address if it is one plain ASCII address without a display name.

    Raises UnsafeAddressError for anything else: control characters, blanks, lists, quoted or
    non-ASCII local parts.
    """
    if not is_address(address):
        raise UnsafeAddressError
    return address


def checked_link(link: str) -> str:
    """Return the absolute web link if it needs no escaping anywhere. Raises UnsafeFactError."""
    if not is_link(link):
        raise UnsafeFactError("link")
    return link


def checked_reference(reference: str) -> str:
    """Return the message's own reference (letters, digits, hyphens). Raises UnsafeFactError."""
    return _checked(reference, _REFERENCE, "reference")


def checked_uid(uid: str) -> str:
    """Return the calendar UID if it is plain. Raises UnsafeFactError."""
    return _checked(uid, _UID, "uid")


def checked_message_id(message_id: str) -> str:
    """Return the Message-ID, angle brackets included, if it is plain. Raises UnsafeFactError."""
    return _checked(message_id, _MESSAGE_ID, "message id")


def display_name(name: str) -> str:
    """Return the name on one line, without characters that mean something to a parser.

    May be empty, when nothing sayable was in it.
    """
    letters = "".join(
        " " if unicodedata.category(letter) in {"Cc", "Zl", "Zp", "Zs"} else letter
        for letter in name.translate(_UNWANTED)
        if unicodedata.category(letter) not in {"Cf", "Cs", "Co", "Cn"}
    )
    return " ".join(letters.split())[:LONGEST_NAME].rstrip()


def _checked(value: str, shape: re.Pattern[str], field: str) -> str:
    if not shape.fullmatch(value):
        raise UnsafeFactError(field)
    return value
