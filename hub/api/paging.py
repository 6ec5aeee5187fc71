"""Lists by the page: a limit, and a sealed cursor that says where the next page begins."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from flask import g, request
from itsdangerous import BadSignature, URLSafeSerializer
from marshmallow import Schema, ValidationError, fields, post_load, validate
from typing_extensions import override

from hub.kernel.days import format_instant

MOST = 100
USUAL = 50
LONGEST_CURSOR = 1000
LONGEST_LIMIT = 9
"""Digits: any number as long is too large, and a longer one need not be read to its end."""


@dataclass(frozen=True)
class Asked:
    """Which page was asked for. A query fetches ``fetch`` rows: one more than fit, to know of more.

    ``after`` holds the sort values of the last row of the page before, as text or numbers (an
    instant as RFC 3339, an id as text); None for the first page.
    """

    limit: int
    after: tuple[str | int, ...] | None

    @property
    def fetch(self) -> int:
        """How many rows the query is to fetch."""
        return self.limit + 1


class Cursor(fields.String):
    """A cursor that this very list gave out."""

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> Any:
        text = super()._deserialize(value, attr, data, **kwargs)
        try:
            return tuple(_serializer().loads(text[:LONGEST_CURSOR]))
        except BadSignature as error:
            raise ValidationError("Must be the next of a page of this list.") from error


class Limit(fields.Integer):
    """A whole number in plain digits; Python would also take ``+5``, ``5_0`` and other scripts'."""

    @override
    def _validated(self, value: Any) -> int:
        if not (isinstance(value, str) and value.isascii() and value.isdigit()):
            raise self.make_error("invalid", input=value)
        return super()._validated(value[:LONGEST_LIMIT])


class PageQuery(Schema):
    """The parameters of every list."""

    limit = Limit(
        load_default=USUAL,
        validate=validate.Range(1, MOST, error=f"Must be 1 to {MOST}."),
        metadata={"description": "How many items at most."},
    )
    cursor = Cursor(
        load_default=None, metadata={"description": "The next of the page before this one."}
    )

    @post_load
    def _build(self, values: dict[str, Any], **_: object) -> Asked:
        return Asked(values["limit"], values["cursor"])


def page_of(rows: Sequence[object], asked: Asked, at: Sequence[str]) -> dict[str, object]:
    """Return the page of fetched rows; ``at`` names the attributes that the list is sorted by."""
    shown = rows[: asked.limit]
    following = None
    if len(rows) > asked.limit:
        last = [_plain(getattr(shown[-1], name)) for name in at]
        following = _serializer().dumps(last)
    return {"items": shown, "next": following}


def _plain(value: object) -> str | int:
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, UUID):
        return str(value)
    return value if isinstance(value, int) else str(value)


def _serializer() -> URLSafeSerializer:
    """Return the signer of this list's cursors: a room never meets a made-up one."""
    return URLSafeSerializer(
        g.api.cursor_key,
        salt=str(request.endpoint),
        signer_kwargs={"digest_method": hashlib.sha256, "key_derivation": "hmac"},
    )
