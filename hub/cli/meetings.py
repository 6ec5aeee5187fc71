"""``hub meetings``: asks whether anything at the meetings to come is not as it must be."""

import click

from hub.cli.files import EXIT_FOUND


@click.group()
def meetings() -> None:
    """Check the meetings still to come."""


@meetings.command()
@click.pass_context
def check(context: click.Context) -> None:
    """Print every gap, tab-separated: meeting, item, person, problem, owner's role.

    Exits 1 when there is one, 0 when there is none.
    """
    from hub.cli.opening import opened
    from hub.kernel.actor import system
    from hub.reporting.assurance import all_gaps
    from hub.wiring.reactions import invitation_policy

    hub = opened()
    with hub.units.read(system("command line")) as uow:
        found = all_gaps(uow, invitation_policy(hub.settings))
    for each in found:
        click.echo(each.line())
    context.exit(EXIT_FOUND if found else 0)
