"""The only module that knows flask-login: who is signed in on this request.

flask-login keeps a session's token in the signed cookie; everything else about the session is a row
of the database, so that ending it there ends it on the next request.
"""

from dataclasses import dataclass
from datetime import timedelta
from functools import partial
from typing import cast

import flask
import flask_login
from flask import Flask, Response, g, make_response, request

from hub.access.permissions import Permission, could
from hub.access.queries import OpenSession, open_session
from hub.access.rules import SessionLimits
from hub.access.sign_in import note_seen, sign_out
from hub.config import Settings
from hub.kernel.actor import PUBLIC, Actor
from hub.web import current
from hub.web.guard import NEXT, Policy, Visitor, next_address
from hub.web.render import Page, page, task

NOTE_SEEN_EVERY = timedelta(minutes=1)
TOKEN = "_user_id"  # noqa: S105 - the key under which flask-login keeps it
TRANSIENT = (NEXT,)
"""What of the anonymous session outlives a sign-in."""


ON = task("Continue")


@dataclass(frozen=True, kw_only=True)
class ArrivingPage(Page):
    """The page between another site and ours."""

    address: str


class SignedInUser(flask_login.UserMixin):  # type: ignore[misc]  # flask-login has no types
    """A session as flask-login wants it: its id is the session's token."""

    def __init__(self, token: str, opened: OpenSession) -> None:
        self.id = token
        self.opened = opened


def install_sessions(app: Flask) -> None:
    """Teach flask-login where sessions are."""
    # Its context processor would ask the database while a page about its absence is made.
    manager = flask_login.LoginManager(app, add_context_processor=False)
    # Sessions are bound to the cookie alone: a worker's phone changes its address between visits.
    manager.session_protection = None
    manager.user_loader(_load)

    @app.before_request
    def _remember_the_app() -> None:
        g.next_address = partial(next_address, app)


def limits(settings: Settings) -> SessionLimits:
    """Return for how long a session lasts by the settings."""
    web = settings.web
    return SessionLimits(
        timedelta(minutes=web.session_idle_minutes), timedelta(hours=web.session_hours)
    )


def _load(token: str) -> SignedInUser | None:
    """Return the user of a token while the session is open and not over."""
    units = current.units()
    now = units.clock.now()
    with units.engine.connect() as connection:
        opened = open_session(connection, token)
    if opened is None or limits(current.settings()).is_over(
        started_at=opened.started_at, seen_at=opened.seen_at, now=now
    ):
        return None
    if now - opened.seen_at >= NOTE_SEEN_EVERY:
        with units.write(opened.actor) as uow:
            note_seen(opened.session_id, uow=uow)
    return SignedInUser(token, opened)


def signed_in() -> OpenSession | None:
    """Return the session of this request, looked up once."""
    if "signed_in" not in g:
        user = flask_login.current_user
        g.signed_in = user.opened if user.is_authenticated else None
    return cast("OpenSession | None", g.signed_in)


def signed_in_actor() -> Actor:
    """Return who acts by the cookie of this request; the public when nobody is signed in."""
    opened = signed_in()
    return PUBLIC if opened is None else opened.actor


def visitor() -> Visitor | None:
    """Answer the page kit's question who is there."""
    opened = signed_in()
    if opened is None:
        return None
    return Visitor(name=opened.name, sign_out="/sign-out", password="/account/password")  # noqa: S106 - an address


def may(policy: Policy, _: Visitor) -> bool:
    """Answer the page kit's question whether some role of the visitor could do this at all."""
    return could(signed_in_actor(), Permission(policy.name))


def is_arrival() -> bool:
    """Return whether somebody follows a link from another site, such as their webmail.

    The browser then keeps our strict cookie back. Answered like a stranger, they would be given a
    new one in place of it and so be signed out.
    """
    return (
        request.method == "GET"
        and request.endpoint is not None
        and request.headers.get("Sec-Fetch-Site") == "cross-site"
        and request.headers.get("Sec-Fetch-Mode") == "navigate"
    )


def arrive() -> Response:
    """Answer an arrival with a page that goes on to the same address by itself, now from here.

    It says nothing, asks nothing and sets no cookie. Source: security note, section 7.4.
    """
    address = "/" + request.full_path.rstrip("?").lstrip("/\\")
    response = make_response(page("access/arriving.html", ArrivingPage(title=ON, address=address)))
    response.headers["Refresh"] = f"0; url={address}"
    return response


def start(token: str) -> None:
    """Make this browser's session that of the token; of the old cookie only its aim stays."""
    kept = {name: flask.session[name] for name in TRANSIENT if name in flask.session}
    flask.session.clear()
    flask.session.update(kept)
    flask.session[TOKEN] = token
    g.pop("signed_in", None)


def end() -> None:
    """End this browser's session, in the database and in the cookie."""
    token = flask.session.get(TOKEN)
    flask.session.clear()
    if token is not None:
        units = current.units()
        with units.write(signed_in_actor()) as uow:
            sign_out(str(token), uow=uow)
    g.signed_in = None
    g.actor = PUBLIC


def where_to() -> str:
    """Return the address that was asked for before the sign-in, or that of the home page."""
    return str(g.next_address(g.home))
