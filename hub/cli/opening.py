"""Opening the hub that ``HUB_CONFIG`` names, for the commands that work on its own data."""

import click

from hub.config import load_settings
from hub.db.release import require_newest
from hub.wiring.opening import Hub, open_hub


def opened(*, newest: bool = True) -> Hub:
    """Return the hub; its database must be of this release unless ``newest`` is False.

    Its connections are closed when the command ends.

    Raises SettingsError, UnsafeKeysError, NotThisReleaseError, and what a database that is away
    raises; ``hub.cli.main`` knows the exit status of each.
    """
    hub = open_hub(load_settings())
    click.get_current_context().call_on_close(hub.units.engine.dispose)
    if newest:
        require_newest(hub.units.engine)
    return hub
