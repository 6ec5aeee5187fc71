"""``hub audit``: proof that the trail is whole."""

import click

from hub.cli.files import EXIT_FOUND


@click.group()
def audit() -> None:
    """Check the trail of changes and looks."""


@audit.command()
@click.pass_context
def verify(context: click.Context) -> None:
    """Check every entry against the one before it, and the end against the last anchor.

    Prints ``ok ENTRIES HEAD``; or ``bad ENTRY: why`` for the first entry that is altered, missing
    or out of order, and exits 1.
    """
    from hub.audit.anchor import drop_anchor, read_anchor
    from hub.audit.verify import verify as check
    from hub.cli.opening import opened

    hub = opened()
    found = check(
        hub.units.engine, hub.keyring.audit, read_anchor(hub.settings.data_dir, hub.keyring.audit)
    )
    if found.bad is not None:
        click.echo(f"bad {found.bad}: {found.why}")
        context.exit(EXIT_FOUND)
    drop_anchor(hub.settings.data_dir, hub.keyring.audit, found.number, found.head)
    click.echo(f"ok {found.number} {found.head}")
