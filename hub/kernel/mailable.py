"""What may stand in a message: the shapes of an address and of a link, and the words that may not.

Settings are held against these when the hub starts, and every fact when a message is sealed, so
that no setting can make each message one that can never leave.
"""

import re

LONGEST_ADDRESS = 254
"""Characters, from RFC 5321 section 4.5.3.1.3 (a path of 256 with its two brackets)."""

_LABEL = "[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?"
DOMAIN = rf"{_LABEL}(?:\.{_LABEL})*"
_ATOM = r"[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]+"
_ADDRESS = re.compile(rf"{_ATOM}(?:\.{_ATOM})*@{DOMAIN}")
_LINK = re.compile(
    rf"https?://(?:{DOMAIN}|\[[0-9a-f:]+\])(?::\d{{1,5}})?(?:[/?#][A-Za-z0-9._~/?#=&-]*)?"
)
_LOADED = re.compile(
    r"marac|abus|victim|survivor|perpetrat|offend|safeguard|polic|domestic|violen|stalk|refuge|idva"
    r"|care.?experienc|care.?lea[vf]|leaving.?care|social.?work",
    re.IGNORECASE,
)
"""Stems of the words of section 8 of the public interface, so that every ending is found."""


def is_address(text: str) -> bool:
    """Return whether the text is one plain ASCII mail address without a display name.

    Control characters, blanks, lists, quoted and non-ASCII local parts are not.
    """
    return len(text) <= LONGEST_ADDRESS and _ADDRESS.fullmatch(text) is not None


def is_link(text: str) -> bool:
    """Return whether the text is an absolute web link that needs no escaping anywhere."""
    return _LINK.fullmatch(text) is not None


def loaded_word(text: str) -> str | None:
    """Return the first word in the text that would tell whoever sees it what the hub is about."""
    found = _LOADED.search(text)
    return found and found.group().lower()
