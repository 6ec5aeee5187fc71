"""``hub database``: the schema of the hub's own database."""

import click


@click.group()
def database() -> None:
    """Create the database, or bring it to this release."""


@database.command()
def upgrade() -> None:
    """Create the database or bring it to this release; run again, it changes nothing."""
    from hub.cli.opening import opened
    from hub.db.upgrade import upgrade as climb

    hub = opened(newest=False)
    before, after = climb(hub.units.engine)
    if before == after:
        click.echo(f"already at {after}")
    else:
        click.echo(f"from {before or 'empty'} to {after}")
