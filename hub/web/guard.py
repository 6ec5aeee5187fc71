"""The door: every endpoint names its policy, and all but a short public list need a sign-in.

The kit knows no roles. It asks two questions that the access room answers: who is the visitor,
and may this visitor do what the policy names.
"""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import TypeVar
from uuid import UUID

from flask import Flask, abort, redirect, request, session, url_for
from flask.typing import ResponseReturnValue
from werkzeug.routing import BuildError

ViewType = TypeVar("ViewType", bound=Callable[..., object])
MARK = "__hub_policy__"
NEXT = "next"
READING = frozenset({"GET", "HEAD"})
API = "/api/"


class PolicyMissingError(Exception):
    """The app must not start: an endpoint has no policy, or the public list is not as declared."""


@dataclass(frozen=True, slots=True)
class Policy:
    """What an endpoint needs: a permission by name (noun:verb), or nothing when it is public."""

    name: str
    is_public: bool = False


@dataclass(frozen=True, slots=True)
class Visitor:
    """Who is signed in, as the layout shows it.

    ``sign_out`` is the address that ends it, ``password`` that of changing one's own password.
    """

    name: str
    agency: str = ""
    sign_out: str = ""
    password: str = ""
    label_pack: str = ""


def clear_session() -> None:
    """Empty the session at hand."""
    session.clear()


@dataclass(frozen=True, kw_only=True)
class Door:
    """The access room's answers.

    ``visitor`` returns None for somebody not signed in, and is asked up to three times a request,
    so it remembers its answer; ``may`` decides a policy for the visitor;
    ``api`` guards ``/api/`` in its own way and returns a refusal or None (without it, nothing
    under ``/api/`` opens but what is public); ``end`` ends the session.
    """

    visitor: Callable[[], Visitor | None] = lambda: None
    may: Callable[[Policy, Visitor], bool] = lambda _policy, _visitor: True
    api: Callable[[Policy], ResponseReturnValue | None] | None = None
    end: Callable[[], None] = clear_session
    sign_in: str = "access.sign_in"


def policy(name: str) -> Callable[[ViewType], ViewType]:
    """Declare the permission that a view (function or class) needs, such as ``referral:read``."""
    return _marked(Policy(name))


def public_endpoint(name: str) -> Callable[[ViewType], ViewType]:
    """Declare that a view is open to everybody; it must also stand in the app's public list."""
    return _marked(Policy(name, is_public=True))


def _marked(declared: Policy) -> Callable[[ViewType], ViewType]:
    def mark(view: ViewType) -> ViewType:
        setattr(view, MARK, declared)
        return view

    return mark


def policy_of(app: Flask, endpoint: str | None) -> Policy | None:
    """Return the policy of an endpoint; None when it has none or there is no such endpoint."""
    view = app.view_functions.get(endpoint or "")
    found = getattr(view, MARK, None) or getattr(getattr(view, "view_class", None), MARK, None)
    return found if isinstance(found, Policy) else None


def check_policies(app: Flask, *, public: Iterable[str]) -> dict[str, Policy]:
    """Return every endpoint's policy, when each has one and the public ones are just ``public``.

    Raises PolicyMissingError naming the endpoints, so that a forgotten guard stops the start.
    """
    endpoints = sorted({rule.endpoint for rule in app.url_map.iter_rules()})
    found = {endpoint: policy_of(app, endpoint) for endpoint in endpoints}
    faults = [f"{endpoint}: no policy" for endpoint, each in found.items() if each is None]
    declared = {name: each for name, each in found.items() if each is not None}
    listed, marked = set(public), {name for name, each in declared.items() if each.is_public}
    faults += [f"{name}: open, but not in the public list" for name in sorted(marked - listed)]
    faults += [f"{name}: in the public list, but not open" for name in sorted(listed - marked)]
    if faults:
        raise PolicyMissingError("; ".join(faults))
    return declared


def install_guard(app: Flask, door: Door, *, signed_out: Callable[[], ResponseReturnValue]) -> None:
    """Ask at the door before every request.

    ``signed_out`` answers somebody who posts from one of our own pages after the session ended.
    """

    @app.before_request
    def _ask() -> ResponseReturnValue | None:
        declared = policy_of(app, request.endpoint)
        if request.endpoint is None or (declared and declared.is_public):
            return None  # an unknown address finds its own 404 or 405
        if declared is None:
            abort(404)
        if request.path.startswith(API):
            return door.api(declared) if door.api else abort(404)
        visitor = door.visitor()
        if visitor is None:
            return _to_sign_in(door) if request.method in READING else signed_out()
        if not door.may(declared, visitor):
            abort(404)
        return None


def _to_sign_in(door: Door) -> ResponseReturnValue:
    remember_next()
    return redirect(url_for(door.sign_in), 303)


def remember_next() -> None:
    """Keep where the visitor wanted to go, as route name and ids in the session."""
    ids = {
        name: str(value)
        for name, value in (request.view_args or {}).items()
        if isinstance(value, str | int | UUID)
    }
    session[NEXT] = {"endpoint": request.endpoint, "ids": ids}


def next_address(app: Flask, default: str) -> str:
    """Return, once, the address remembered before the sign-in, else that of endpoint ``default``.

    It is built from a route of this app, so it cannot lead anywhere else.
    """
    kept = session.pop(NEXT, None)
    if isinstance(kept, dict):
        endpoint, ids = kept.get("endpoint"), kept.get("ids")
        declared = policy_of(app, endpoint if isinstance(endpoint, str) else None)
        if declared is not None and isinstance(ids, dict):
            try:
                return url_for(str(endpoint), **ids)
            except (BuildError, ValueError):
                return url_for(default)
    return url_for(default)
