"""The words that no message may hold outside e-mail addresses, by section 8 of the interface."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage

WORDS = (
    "MARAC", "abus", "victim", "survivor", "perpetrator", "offender", "safeguard", "police",
    "domestic", "violen", "stalk", "refuge", "Idva", "care.?experienc", "care.?lea",
    "leaving.?care", "social.?work",
)  # fmt: skip
"""Stems, because a word counts in any ending."""

_BANNED = re.compile("|".join(WORDS), re.IGNORECASE)
_ADDRESS = re.compile(r"[\w.+'-]+@[\w.-]+")


def banned_words_in(sealed: bytes) -> list[str]:
    """Return every banned word in the message: its headers, its parts decoded, its file names."""
    message = message_from_bytes(sealed, policy=policy.default)
    assert isinstance(message, EmailMessage)
    found: list[str] = []
    for part in message.walk():
        texts = [f"{name}: {value}" for name, value in part.items()]
        if not part.is_multipart():
            content = part.get_payload(decode=True)
            assert isinstance(content, bytes)
            text = content.decode("utf-8", "replace")
            texts += [text, re.sub(r"\r?\n[ \t]", "", text)]
        for text in texts:
            found += _BANNED.findall(_ADDRESS.sub(" ", text))
    return found
