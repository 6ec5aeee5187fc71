"""One effect for one Idempotency-Key, however often the request is sent.

The answer is kept in the same transaction as the effect: either both are there or neither is.
"""

import hashlib
import json
from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol

from flask import Response, g, request

from hub.api.problems import wrong_fields
from hub.db.units import UnitOfWork

HEADER = "Idempotency-Key"
LONGEST = 200
FIELD_USED = "This key was used for another request."
FIELD_LONG = f"Must be 1 to {LONGEST} printable characters."


@dataclass(frozen=True)
class KeptAnswer:
    """What was answered the first time, and to which request."""

    request_hash: str
    status: int
    body: bytes


class Answers(Protocol):
    """Where answers are kept, by account."""

    def recall(self, uow: UnitOfWork, key: str) -> KeptAnswer | None:
        """Return the answer that the actor's request with this key got."""
        ...

    def keep(self, uow: UnitOfWork, key: str, answer: KeptAnswer) -> None:
        """Keep an answer."""
        ...


def once(uow: UnitOfWork, act: Callable[[], bytes], status: int) -> Response:
    """Act and answer, or give the answer that this key had before."""
    key = request.headers.get(HEADER)
    if key is None:
        return _response(act(), status)
    if not 1 <= len(key) <= LONGEST or not key.isprintable():
        return wrong_fields(((HEADER, FIELD_LONG),))
    answers: Answers = g.api.answers
    uow.alone(f"{HEADER} {uow.actor.account_id} {key}")
    request_hash = _hash()
    kept = answers.recall(uow, key)
    if kept is not None and kept.request_hash != request_hash:
        return wrong_fields(((HEADER, FIELD_USED),))
    if kept is None:
        kept = KeptAnswer(request_hash, status, act())
        answers.keep(uow, key, kept)
    return _response(kept.body, kept.status)


def _response(body: bytes, status: int) -> Response:
    return Response(body, status, content_type="application/json")


def _hash() -> str:
    """Return a digest of what is asked; the order of members and blanks do not matter."""
    body = json.dumps(request.get_json(), sort_keys=True)
    return hashlib.sha256(f"{request.method} {request.path} {body}".encode()).hexdigest()
