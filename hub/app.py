"""The web app: assembly order and nothing else."""

import hashlib
import hmac
from collections.abc import Callable
from dataclasses import replace
from functools import cache

from flask import Flask, g, request
from flask.typing import ResponseReturnValue
from sqlalchemy.exc import OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from werkzeug.middleware.proxy_fix import ProxyFix

from hub.access import keys, sessions
from hub.access.permissions import Permission, could
from hub.api import problems
from hub.api.install import ApiSurroundings, install_api
from hub.config import Settings
from hub.db.keyring import Keyring, open_keyring
from hub.db.units import Units
from hub.kernel.actor import PUBLIC
from hub.kernel.clock import london_today
from hub.web import current
from hub.web.guard import API, Door, Policy, Visitor, check_policies, public_endpoint
from hub.web.headers import STATIC
from hub.web.install import Surroundings, install_web
from hub.web.values import Link
from hub.wiring import site
from hub.wiring.kept import KEPT_SOURCES
from hub.wiring.opening import build_units
from hub.wiring.packs import LOG_SOURCES, PACK_SOURCES, invited_about

BUSY = (OperationalError, PoolTimeoutError)


def create_app(
    settings: Settings, *, units: Units | None = None, keyring: Keyring | None = None
) -> Flask:
    """Return the app. It does not touch the database until it is asked something.

    Raises PolicyMissingError or ValueError when an endpoint's policy is missing or unknown.
    """
    keyring = keyring or open_keyring(settings.data_dir)
    units = units or build_units(settings, keyring)
    app = Flask("hub", static_folder=None)
    app.secret_key = hmac.digest(keyring.web, b"cookies", hashlib.sha256)
    if settings.web.trusted_proxies:
        hops = settings.web.trusted_proxies
        app.wsgi_app = ProxyFix(  # type: ignore[method-assign]  # Flask's own way to add a layer
            app.wsgi_app, x_for=hops, x_proto=hops, x_host=0
        )

    _attend(app, settings, units, keyring)
    sessions.install_sessions(app)
    install_web(
        app,
        settings,
        Surroundings(
            today=lambda: london_today(units.clock.now()),
            door=Door(visitor=sessions.visitor, may=sessions.may, end=sessions.end, api=keys.guard),
            navigation=_navigation(app),
            busy=BUSY,
            api=lambda error: problems.answer(error, BUSY),
        ),
    )
    install_api(
        app,
        site.API_BLUEPRINTS,
        ApiSurroundings(
            cursor_key=hmac.digest(keyring.web, b"cursors", hashlib.sha256),
            answers=keys.StoredAnswers(),
            public=public_endpoint("api:describe"),
        ),
    )
    for blueprint in site.BLUEPRINTS:
        app.register_blueprint(blueprint)
    _install_health(app)
    _check(app)
    return app


def _attend(app: Flask, settings: Settings, units: Units, keyring: Keyring) -> None:
    """Give every request what ``hub.web.current`` hands on."""
    directory = site.DirectoryChoices()

    @app.before_request
    def _give() -> ResponseReturnValue | None:
        g.settings, g.units, g.keyring = settings, units, keyring
        g.directory, g.home, g.find = directory, site.HOME, site.FIND
        g.lists_case = site.LISTS_CASE
        g.area_days, g.next_meetings = site.AREA_DAYS, site.NEXT_MEETINGS
        g.person_panels, g.log_sources = site.PERSON_PANELS, LOG_SOURCES
        g.pack_sources, g.invited = PACK_SOURCES, invited_about
        g.kept_sources = KEPT_SOURCES
        g.concern_panels, g.case_panels = site.CONCERN_PANELS, site.CASE_PANELS
        g.case_looks = site.CASE_LOOKS
        if request.path.startswith(API):
            return keys.refuse_bad_key()
        if request.path.startswith(STATIC):
            g.actor = PUBLIC
            return None
        if sessions.is_arrival():
            return sessions.arrive()
        g.actor = sessions.signed_in_actor()
        return None


def _navigation(app: Flask) -> Callable[[Visitor], tuple[Link, ...]]:
    """Return what tells the links of the menu; each page shows it, so they are made once."""

    @cache
    def links() -> tuple[tuple[site.MenuItem, Link, Link], ...]:
        address = app.url_map.bind("").build
        made = ((item, Link(item.text, address(item.endpoint))) for item in site.MENU)
        return tuple((item, link, replace(link, current=True)) for item, link in made)

    def shown(_: Visitor) -> tuple[Link, ...]:
        actor, here = current.actor(), request.endpoint
        return tuple(
            itself if item.endpoint == here else link
            for item, link, itself in links()
            if could(actor, item.needs)
        )

    return shown


def _install_health(app: Flask) -> None:
    @app.get("/health")
    @public_endpoint("health:read")
    def health() -> ResponseReturnValue:
        """Say that the process answers; nothing else is asked, least of all the database."""
        return "ok\n", 200, {"Content-Type": "text/plain; charset=utf-8"}


def _check(app: Flask) -> None:
    """Refuse to start with an endpoint whose policy is missing or is no permission."""
    declared: dict[str, Policy] = check_policies(app, public=site.PUBLIC_ENDPOINTS)
    for each in declared.values():
        if not each.is_public:
            Permission(each.name)
