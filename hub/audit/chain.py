"""The arithmetic of the trail: canonical text of an entry, and the keyed hash that chains it."""

import hashlib
import hmac
import json

BEFORE_THE_FIRST = "0" * 64
"""What the first entry takes for the mark of the one before it."""

_encode = json.JSONEncoder(separators=(",", ":")).encode
_encode_facts = json.JSONEncoder(separators=(",", ":"), sort_keys=True).encode


def facts_text(facts: dict[str, str | int | bool | None]) -> str:
    """Return the one form in which the facts of an event are written."""
    return _encode_facts(facts)


def mark_of(key: bytes, fields: tuple[str | int | None, ...]) -> str:
    """Return an entry's mark: HMAC-SHA256 over all its other columns, in their order.

    The columns are number, at, account_id (32 hexadecimal digits or None), actor, verb,
    subject_kind, subject_id, facts, previous.
    """
    return hmac.digest(key, _encode(fields).encode(), hashlib.sha256).hex()


def seal_of(key: bytes, number: int, mark: str) -> str:
    """Return the seal by which a head is known to have been written by the hub."""
    return hmac.digest(key, _encode(("head", number, mark)).encode(), hashlib.sha256).hex()
