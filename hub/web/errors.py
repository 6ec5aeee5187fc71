"""Error pages: what went wrong, that nothing typed is lost, and what to do next."""

import logging
import secrets
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from types import MappingProxyType
from typing import NamedTuple

from flask import Flask, g, make_response, request
from flask.typing import ResponseReturnValue
from flask_wtf.csrf import CSRFError, generate_csrf
from werkzeug.exceptions import HTTPException

from hub.kernel.errors import (
    ConflictError,
    HubError,
    RefusedError,
)
from hub.web.guard import API
from hub.web.origin import is_from_own_page
from hub.web.render import ConflictPage, Page, Task, Version, conflict, page, task

RETRY_AFTER = 5
MOST_FIELDS = 300
SECRET = ("password", "token", "code", "secret")
TOKEN = "csrf_token"  # noqa: S105 - the name of a form field
LOG = logging.getLogger("hub.web")
SERVER_FAULT = 500
NOT_FOUND = 404
UNPROCESSABLE = 422
BUSY = 503
RETRIABLE = frozenset({429, 503})

SIGNED_OUT = task("You have been signed out")
EXPIRED = task("Press the button again")
REFUSED = task("This cannot be done")


class Text(NamedTuple):
    """The title and the paragraphs of one kind of error page."""

    title: Task
    lines: tuple[str, ...]


TEXTS = MappingProxyType(
    {
        400: Text(
            task("This request could not be read"),
            ("Go back to the page you came from, load it again and try once more.",),
        ),
        404: Text(
            task("Page not found"),
            (
                "If you typed the address, check it is correct.",
                "If you followed a link, its page may have moved, or it may not be yours to see.",
            ),
        ),
        405: Text(
            task("This page cannot be used that way"),
            ("Go back to the page you came from and use its button.",),
        ),
        413: Text(
            task("What you sent is too large"),
            (
                "Nothing was saved.",
                "Go back, shorten the text or choose a smaller file, and press the button again.",
            ),
        ),
        429: Text(
            task("Too many tries"),
            ("Nothing you typed is lost. Wait a moment, then press the button again.",),
        ),
        500: Text(
            task("Sorry, there is a problem"),
            (
                "The change was not saved. Try again later.",
                "If it happens again, tell the hub administrator the reference below.",
            ),
        ),
        503: Text(
            task("Sorry, the service is busy"),
            ("Nothing you typed is lost. Wait a moment, then press the button again.",),
        ),
    }
)
"""What each status says; any other status says what 400 says, or 500 from 500 on."""


@dataclass(frozen=True, kw_only=True)
class ErrorPage(Page):
    """One error page; ``keep`` is what was typed, to be posted ``again`` by one button."""

    lines: tuple[str, ...]
    reference: str = ""
    again: str = ""
    keep: tuple[tuple[str, str], ...] = ()
    token: str = ""
    lost_files: bool = False
    sign_in: str = ""


ApiAnswer = Callable[[Exception], ResponseReturnValue]


def install_errors(
    app: Flask, *, busy: tuple[type[Exception], ...] = (), api: ApiAnswer | None = None
) -> None:
    """Answer every error outside ``/api/`` with a page, and inside it by ``api``.

    ``busy`` are the exceptions that mean "not now" (a locked database, an exhausted pool).
    """

    def handle(error: Exception) -> ResponseReturnValue:
        if api is not None and request.path.startswith(API):
            return api(error)
        if app.testing and not isinstance(error, (HTTPException, HubError, *busy)):
            raise error  # a test wants the fault itself, not the page about it
        return answer(error, busy)

    app.register_error_handler(Exception, handle)


def answer(error: Exception, busy: tuple[type[Exception], ...]) -> ResponseReturnValue:
    """Return the page for an error."""
    if isinstance(error, HubError):
        return _hub(error)
    if isinstance(error, busy):
        return _page(BUSY, {"Retry-After": str(RETRY_AFTER)})
    if isinstance(error, CSRFError):
        return _expired()
    if isinstance(error, HTTPException) and error.code is not None:
        return _http(error, error.code)
    return _unexpected(error)


def _hub(error: HubError) -> ResponseReturnValue:
    if isinstance(error, ConflictError):
        return _conflict(error)
    if isinstance(error, RefusedError):
        return _show(ErrorPage(title=REFUSED, lines=(error.why,)), UNPROCESSABLE)
    return _page(NOT_FOUND)  # not there, and not yours to see: the same answer


def signed_out(sign_in: str) -> ResponseReturnValue:
    """Answer somebody who posts after the session ended: sign in elsewhere, then press again.

    From anywhere but our own pages it is a page that does not exist.
    """
    if not is_from_own_page():
        return _page(NOT_FOUND)
    lines = (
        "Nothing you typed is lost while this page stays open.",
        "Sign in again in a new tab, come back to this one and press the button.",
    )
    return _show(_retry(SIGNED_OUT, lines, generate_csrf(), sign_in), 400)


def _http(error: HTTPException, code: int) -> ResponseReturnValue:
    if error.response is not None:
        return error.response
    headers = {name: value for name, value in error.get_headers() if name != "Content-Type"}
    if code in RETRIABLE:
        headers.setdefault("Retry-After", str(RETRY_AFTER))
    return _page(NOT_FOUND if code in (401, 403) else code, headers)


def _page(code: int, headers: dict[str, str] | None = None) -> ResponseReturnValue:
    text = TEXTS.get(code, TEXTS[400 if code < SERVER_FAULT else SERVER_FAULT])
    if code >= SERVER_FAULT:
        g.hub_bare = True  # the layout must not ask a database that may be the trouble
    shown = ErrorPage(title=text.title, lines=text.lines)
    if code in RETRIABLE and request.method == "POST":
        shown = _retry(text.title, text.lines, request.form.get(TOKEN, ""))
    return _show(shown, code, headers)


def _expired() -> ResponseReturnValue:
    """Give back everything typed with a fresh token: the one sent was missing or stale."""
    if not is_from_own_page():
        return _page(400)
    lines = (
        "For safety, a page can be sent only from the same sign-in that opened it.",
        "Nothing you typed is lost.",
    )
    return _show(_retry(EXPIRED, lines, generate_csrf()), 400)


def _retry(title: Task, lines: tuple[str, ...], token: str, sign_in: str = "") -> ErrorPage:
    typed = [
        (name, value)
        for name, value in request.form.items(multi=True)
        if name != TOKEN and not any(word in name for word in SECRET)
    ]
    complete = len(typed) <= MOST_FIELDS
    return ErrorPage(
        title=title,
        lines=lines,
        again=request.full_path.rstrip("?") if complete else "",
        keep=tuple(typed) if complete else (),
        token=token,
        lost_files=any(each.filename for each in request.files.values()),
        sign_in=sign_in,
    )


def _conflict(error: ConflictError) -> ResponseReturnValue:
    rows = tuple(
        Version(name.replace("_", " ").capitalize(), request.form.get(name, ""), saved)
        for name, saved in error.theirs.items()
    )
    return conflict(ConflictPage(what=error.what, versions=rows, reload=request.path))


def _unexpected(error: Exception) -> ResponseReturnValue:
    """Log what is safe (kind and places, never a message or a value) under a random reference."""
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
    g.hub_bare = True
    text = TEXTS[SERVER_FAULT]
    return _show(ErrorPage(title=text.title, lines=text.lines, reference=reference), SERVER_FAULT)


def _show(
    shown: ErrorPage, code: int, headers: dict[str, str] | None = None
) -> ResponseReturnValue:
    response = make_response(page("errors/error.html", shown, code))
    response.headers.update(headers or {})
    return response
