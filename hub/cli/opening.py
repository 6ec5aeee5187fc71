"""Opening the hub that ``HUB_CONFIG`` names, for the commands that work on its own data."""

import os

import click

from hub.config import load_settings
from hub.db.release import require_newest
from hub.wiring.opening import Hub, open_hub


def own_files_only() -> None:
    """Let nobody else read what this process makes from here on."""
    os.umask(0o077)


def opened(*, newest: bool = True) -> Hub:
    """Return the hub; its database must be of this release unless ``newest`` is False.

    Its connections are closed when the command ends. What the command writes (a new database, its
    output, messages) only this user may read.

    Raises SettingsError, UnsafeKeysError, NotThisReleaseError, and what a database that is away
    raises; ``hub.cli.main`` knows the exit status of each.
    """
    own_files_only()
    hub = open_hub(load_settings())
    click.get_current_context().call_on_close(hub.units.engine.dispose)
    if newest:
        require_newest(hub.units.engine)
    return hub
