"""The ``hub`` command: where each family of commands lives, and what an exit status means.

Modules are imported only when one of their commands runs, so that a pure command such as
``hub match`` starts without Flask or a database.
"""

import gc
import importlib
import sys
import traceback

import click
from typing_extensions import override

from hub import VERSION
from hub.cli.files import EXIT_BAD_INPUT, EXIT_FAILED, EXIT_FOUND, BadInputError

FAMILIES = {
    "account": ("hub.cli.accounts", "account"),
    "api-key": ("hub.cli.accounts", "api_key"),
    "audit": ("hub.cli.audit", "audit"),
    "database": ("hub.cli.database", "database"),
    "demo": ("hub.cli.demo", "demo"),
    "invitations": ("hub.cli.invitations", "invitations"),
    "marac": ("hub.cli.marac", "marac"),
    "match": ("hub.cli.match", "match"),
    "meetings": ("hub.cli.meetings", "meetings"),
    "register": ("hub.cli.register", "register"),
    "serve": ("hub.cli.serve", "serve"),
    "sharing": ("hub.cli.sharing", "sharing"),
    "worker": ("hub.cli.serve", "worker"),
}
"""Command or group name: the module and the click object that holds it."""


REFUSALS = (
    ("hub.config", "SettingsError", EXIT_BAD_INPUT),
    ("hub.db.keyring", "UnsafeKeysError", EXIT_BAD_INPUT),
    ("hub.db.release", "NotThisReleaseError", EXIT_BAD_INPUT),
    ("hub.audit.anchor", "AnchorError", EXIT_FOUND),
    ("hub.kernel.errors", "RefusedError", EXIT_BAD_INPUT),
    ("sqlalchemy.exc", "OperationalError", EXIT_FAILED),
    ("sqlalchemy.exc", "TimeoutError", EXIT_FAILED),
    ("sqlalchemy.exc", "ArgumentError", EXIT_BAD_INPUT),
)
"""Where a refusal is defined, its name, and the exit status that it ends a command with."""


class Families(click.Group):
    """A group that imports a command's module when the command is asked for."""

    @override
    def list_commands(self, ctx: click.Context) -> list[str]:
        return sorted(FAMILIES)

    @override
    def get_command(self, ctx: click.Context, cmd_name: str) -> click.Command | None:
        if cmd_name not in FAMILIES:
            return None
        module, name = FAMILIES[cmd_name]
        gc.disable()  # what is loaded stays: to look through it for garbage is a fifth of the start
        try:
            command = getattr(importlib.import_module(module), name)
        finally:
            gc.enable()
        if not isinstance(command, click.Command):
            raise TypeError(f"{module}.{name} is no command")
        return command


@click.group(cls=Families)
@click.version_option(VERSION, prog_name="hub")
def hub() -> None:
    """Run the referral and MARAC co-ordination hub, or check what it decides."""


def main(arguments: list[str] | None = None) -> None:
    """Run one command and leave the process with the promised exit status.

    This will always raise SystemExit.
    """
    try:
        status = hub.main(args=arguments, prog_name="hub", standalone_mode=False)
    except click.exceptions.Exit as leaving:
        status = leaving.exit_code
    except click.ClickException as error:
        error.show()
        status = EXIT_BAD_INPUT
    except click.Abort:
        click.echo("Stopped.", err=True)
        status = EXIT_FAILED
    except Exception as error:  # noqa: BLE001 - whatever it is, the promised status is 3
        status, lines = _known(error) or (EXIT_FAILED, traceback.format_exc().splitlines())
        for line in lines:
            click.echo(line, err=True)
    sys.exit(status if isinstance(status, int) else 0)


def _known(error: Exception) -> tuple[int, list[str]] | None:
    """Return exit status and lines for what may go wrong, or None for a fault in the hub.

    Settings and databases are found by name among the modules that are loaded, because a pure
    command must not load them only to know how they fail.
    """
    if isinstance(error, BadInputError):
        return EXIT_BAD_INPUT, [fault.line() for fault in error.faults]
    if isinstance(error, OSError):
        return EXIT_FAILED, [f"error: -: -: {error.strerror or error}: {error.filename or ''}"]
    for module, name, status in REFUSALS:
        kind = getattr(sys.modules.get(module), name, None)
        if kind is not None and isinstance(error, kind):
            lines = getattr(error, "lines", None) or [_said(error)]
            return status, [f"error: -: -: {line}" for line in lines]
    return None


def _said(error: Exception) -> str:
    """Return the error in one line, without the statement that a database was asked."""
    return str(getattr(error, "orig", None) or error).strip().replace("\n", " ")
