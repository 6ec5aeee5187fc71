"""Errors as problem documents (RFC 9457), in the one shape that the public interfaces promise."""

import json
import logging
import secrets
import traceback
from collections.abc import Iterator
from http import HTTPStatus
from typing import Any

from flask import Response, request
from werkzeug.exceptions import HTTPException

from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 5
WHOLE = "-"
"""The field of an error that belongs to the request as a whole."""

DETAILS = {
    HTTPStatus.BAD_REQUEST: "The request could not be read.",
    HTTPStatus.UNAUTHORIZED: "Send a valid key: Authorization: Bearer KEY.",
    HTTPStatus.NOT_FOUND: "There is nothing here, or it is not yours to see.",
    HTTPStatus.METHOD_NOT_ALLOWED: "This address does not understand that method.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Send the body as application/json.",
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "The request is too large.",
    HTTPStatus.TOO_MANY_REQUESTS: "There were too many requests. Try again later.",
    HTTPStatus.SERVICE_UNAVAILABLE: "The hub is busy. Nothing was changed. Try again.",
}
LOG = logging.getLogger("hub.api")

FieldError = tuple[str, str]


def problem(
    status: int,
    detail: str = "",
    *,
    errors: tuple[FieldError, ...] | None = None,
    headers: dict[str, str] | None = None,
) -> Response:
    """Return a problem document. ``errors`` are pairs of field and message, for 422."""
    known = HTTPStatus(status)
    # Python calls 422 by its older name; the interfaces use RFC 9110's.
    title = "Unprocessable Content" if known == HTTPStatus.UNPROCESSABLE_ENTITY else known.phrase
    document: dict[str, Any] = {
        "type": "about:blank",
        "title": title,
        "status": status,
        "detail": detail or DETAILS.get(known, f"{title}."),
    }
    if errors is not None:
        document["errors"] = [{"field": field, "message": message} for field, message in errors]
    response = Response(json.dumps(document), status, content_type=MEDIA_TYPE)
    response.headers.update(headers or {})
    if known in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
        response.headers.setdefault("Retry-After", str(RETRY_AFTER_SECONDS))
    return response


def wrong_fields(errors: tuple[FieldError, ...]) -> Response:
    """Return the 422 for these fields."""
    count = len(errors)
    detail = "1 field is wrong" if count == 1 else f"{count} fields are wrong"
    return problem(HTTPStatus.UNPROCESSABLE_ENTITY, detail, errors=errors)


def unauthorized() -> Response:
    """Return the 401 for no key or one that is not live."""
    return problem(HTTPStatus.UNAUTHORIZED, headers={"WWW-Authenticate": "Bearer"})


def answer(error: Exception, busy: tuple[type[Exception], ...]) -> Response:
    """Return the problem document for whatever was raised; ``busy`` kinds mean "not now"."""
    match error:
        case NotFoundError() | NotAllowedError():
            return problem(HTTPStatus.NOT_FOUND)
        case RefusedError():
            return wrong_fields(((error.field or WHOLE, error.why),))
        case ConflictError():
            return problem(HTTPStatus.CONFLICT, f"{error}. Read it again, then send your change.")
        case HTTPException():
            return _http(error)
        case _ if isinstance(error, busy):
            return problem(HTTPStatus.SERVICE_UNAVAILABLE)
        case _:
            return _unexpected(error)


def _http(error: HTTPException) -> Response:
    code = error.code or HTTPStatus.INTERNAL_SERVER_ERROR
    messages = (getattr(error, "data", None) or {}).get("messages")
    if code == HTTPStatus.UNPROCESSABLE_ENTITY and isinstance(messages, dict):
        # webargs puts the place that it looked in (json, query) above the field names
        return wrong_fields(tuple(pair for place in messages.values() for pair in _flat(place, "")))
    if code == HTTPStatus.FORBIDDEN:
        code = HTTPStatus.NOT_FOUND  # what may not be seen does not exist
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    return problem(code, headers=headers)


def _flat(messages: object, path: str) -> Iterator[FieldError]:
    """Yield (path, message) from marshmallow's nested messages; positions count from 0."""
    if isinstance(messages, dict):
        for name, inner in messages.items():
            if isinstance(name, int):
                yield from _flat(inner, f"{path}[{name}]")
            elif name == "_schema":
                yield from _flat(inner, path)
            else:
                yield from _flat(inner, f"{path}.{name}" if path else str(name))
    elif isinstance(messages, list):
        for message in messages:
            yield path or WHOLE, str(message)
    else:
        yield path or WHOLE, str(messages)


def _unexpected(error: Exception) -> Response:
    """Log kind and places, never a message or a value, under a reference that is given back."""
    reference = secrets.token_hex(4).upper()
    where = " < ".join(
        f"{frame.name}:{frame.lineno}"
        for frame in reversed(traceback.extract_tb(error.__traceback__)[-8:])
    )
    LOG.error(
        "unexpected %s, reference %s, endpoint %s: %s",
        type(error).__name__,
        reference,
        request.endpoint,
        where,
    )
    detail = f"Something went wrong and nothing was changed. Reference {reference}."
    return problem(HTTPStatus.INTERNAL_SERVER_ERROR, detail)
