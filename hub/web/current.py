"""What a page may ask of the request it serves: the units, who acts, and the settings."""

from typing import cast

from flask import g

from hub.config import Settings
from hub.db.keyring import Keyring
from hub.db.units import Units
from hub.kernel.actor import PUBLIC, Actor


def units() -> Units:
    """Return the opener of units of work for this request."""
    return cast("Units", g.units)


def actor() -> Actor:
    """Return who is acting; the public where nobody is signed in."""
    return cast("Actor", g.get("actor", PUBLIC))


def settings() -> Settings:
    """Return the hub's settings."""
    return cast("Settings", g.settings)


def keyring() -> Keyring:
    """Return the hub's keys."""
    return cast("Keyring", g.keyring)
