"""Putting the page kit into an app: one call, in the order in which the parts must act."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from types import SimpleNamespace
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, g, get_flashed_messages, request, url_for
from jinja2 import StrictUndefined

from hub.config import Settings
from hub.web.assets import Assets
from hub.web.dates import TODAY
from hub.web.errors import ApiAnswer, install_errors, signed_out
from hub.web.fields import lower_first, upper_first
from hub.web.guard import Door, Visitor, install_guard, policy_of
from hub.web.head import HeadAsGet
from hub.web.headers import STATIC, install_headers
from hub.web.origin import install_origin
from hub.web.pages import EXIT_PATH, FOOTER, kit_pages
from hub.web.phrases import FILTERS, said_span
from hub.web.values import Link
from hub.web.words import LINCOLNSHIRE, PACKS, SPOKEN

PRODUCT = "Partner hub"
MEGABYTE = 1024 * 1024
LARGEST_REQUEST = 12 * MEGABYTE
LARGEST_FORM = MEGABYTE
LOOPBACK = ("127.0.0.1", "localhost", "[::1]")
BLANK_SECONDS = 600  # security note, threat T29: blank after 10 minutes, signed out after 15
KIT = ("kit/fields.html", "kit/parts.html")


@dataclass(frozen=True, kw_only=True)
class Site:
    """What every page says about the site as a whole."""

    is_production: bool
    has_design_system: bool
    exit_to: str
    session_seconds: int
    blank_seconds: int = BLANK_SECONDS
    name: str = PRODUCT
    exit_path: str = EXIT_PATH
    footer: tuple[Link, ...] = FOOTER


@dataclass(frozen=True, kw_only=True)
class Surroundings:
    """What the kit is told by those who know the rooms.

    ``navigation`` gives the links for a visitor; ``today`` the day in London; ``busy`` the
    exceptions that mean "not now"; ``api`` answers errors under ``/api/``.
    """

    today: Callable[[], date]
    door: Door
    navigation: Callable[[Visitor], tuple[Link, ...]] = lambda _visitor: ()
    busy: tuple[type[Exception], ...] = ()
    api: ApiAnswer | None = None


def install_web(app: Flask, settings: Settings, around: Surroundings) -> None:
    """Put the page kit into the app, which must have been made with ``static_folder=None``.

    Call it before any blueprint is registered: what is asked first is asked here.
    """
    app.wsgi_app = HeadAsGet(app.wsgi_app)  # type: ignore[method-assign]  # Flask's own way
    _configure(app, settings)
    assets = Assets()
    site = Site(
        is_production=settings.is_production,
        has_design_system=assets.has_design_system,
        exit_to=settings.web.quick_exit_url,
        session_seconds=settings.web.session_idle_minutes * 60,
    )
    pack = PACKS.get(settings.label_pack, LINCOLNSHIRE)

    @app.before_request
    def _begin() -> None:
        TODAY.set(around.today())

    install_headers(app, is_secure_origin=settings.is_secure_origin)
    install_guard(app, around.door, signed_out=lambda: signed_out(url_for(around.door.sign_in)))

    @app.before_request
    def _speak() -> None:
        visitor = None if request.path.startswith(STATIC) else around.door.visitor()
        SPOKEN.set(PACKS.get(visitor.label_pack, pack) if visitor else pack)

    protection = install_origin(app, public_base_url=settings.public_base_url)
    install_errors(app, busy=around.busy, api=around.api)
    assets.install(app)
    blueprint = kit_pages(exit_to=site.exit_to, end=around.door.end)
    app.register_blueprint(blueprint)
    for without_token in ("web.leave", "web.policy_report"):
        protection.exempt(app.view_functions[without_token])
    _install_templates(app, site, assets, around)


def _configure(app: Flask, settings: Settings) -> None:
    """Override the framework's defaults that are too open (security note, 7.3 and 7.4)."""
    secure = settings.is_secure_origin
    host = urlsplit(settings.public_base_url).hostname or ""
    hosts = {host} if settings.is_production else {host, *LOOPBACK}
    app.config.update(
        SESSION_COOKIE_NAME="__Host-session" if secure else "session",
        SESSION_COOKIE_SECURE=secure,
        SESSION_COOKIE_HTTPONLY=True,
        SESSION_COOKIE_SAMESITE="Strict",
        SESSION_COOKIE_PATH="/",
        TRUSTED_HOSTS=sorted(hosts),
        MAX_CONTENT_LENGTH=LARGEST_REQUEST,
        MAX_FORM_MEMORY_SIZE=LARGEST_FORM,
        HUB_EXIT_PATH=EXIT_PATH,
    )


def _install_templates(app: Flask, site: Site, assets: Assets, around: Surroundings) -> None:
    environment = app.jinja_env
    environment.undefined = StrictUndefined
    environment.trim_blocks = True
    environment.lstrip_blocks = True
    environment.filters.update(FILTERS, capitalize_first=upper_first, lower_first=lower_first)
    environment.globals.update(site=site, asset=assets.address, span=said_span)
    # Macros are compiled and gathered once: a page then calls them as plain functions.
    macros: dict[str, Any] = {}
    for name in KIT:
        module = environment.get_template(name).module
        macros |= {key: each for key, each in vars(module).items() if not key.startswith("_")}
    environment.globals["kit"] = SimpleNamespace(**macros)
    environment.get_template("layout.html")  # compiled now, so that nobody waits for it

    @app.context_processor
    def _layout() -> dict[str, Any]:
        bare = bool(g.get("hub_bare"))
        visitor = None if bare else around.door.visitor()
        declared = policy_of(app, request.endpoint)
        return {
            "words": SPOKEN.get(),
            "visitor": visitor,
            "navigation": around.navigation(visitor) if visitor else (),
            "quick_exit": visitor is None or bool(declared and declared.is_public),
            "flashes": (lambda: ()) if bare else _flashes,
        }


def _flashes() -> list[tuple[str, str]]:
    kept: list[Any] = get_flashed_messages(with_categories=True)
    return [(str(category), str(text)) for category, text in kept]
