"""The words that would tell whoever sees a message what a meeting is about."""

import re
from email import message_from_bytes, policy
from email.message import EmailMessage
from urllib.parse import unquote

from kit.mailbox import decoded

STEMS = (
    "marac",
    "abus",  # abuse, abuser, abusive
    "victim",
    "survivor",
    "perpetrat",
    "offend",
    "safeguard",
    "police",
    "policing",
    "domestic",
    "violen",
    "stalk",
    "refuge",
    "idva",
    r"care[\s-]*experienc",
    r"care[\s-]*lea[vf]",
    r"leaving[\s-]*care",
    r"social[\s-]*work",
)
"""Section 8 of the public interfaces, cut so that every ending is found."""

_LOADED = re.compile("|".join(STEMS), re.IGNORECASE)
_ADDRESS = re.compile(r"[^\s<>:;,\"]+@[\w.-]+")


def loaded_words(text: str) -> list[str]:
    """Return the loaded words in the text, e-mail addresses left aside."""
    return _LOADED.findall(_ADDRESS.sub(" ", text))


def everything_said(sealed: bytes) -> str:
    """Return all that a message says to anybody: its raw text, headers and parts, decoded.

    Folded calendar lines are joined, and links are unescaped.
    """
    message = message_from_bytes(sealed, policy=policy.default)
    assert isinstance(message, EmailMessage)
    said = [sealed.decode("ascii")]
    for part in message.walk():
        assert isinstance(part, EmailMessage)
        said += [f"{name}: {value}" for name, value in part.items()]
        if not part.is_multipart():
            said.append(re.sub(r"\r?\n[ \t]", "", decoded(part).decode()))
    whole = "\n".join(said)
    return f"{whole}\n{unquote(whole)}"
