"""``hub invitations``: who must be invited, asked of a file or of the hub's own data.

``required`` is pure and starts without Flask or a database: a command here that needs them imports
them when it runs.
"""

import json
from pathlib import Path

import click

from hub.cli.files import read_text, write_whole
from hub.cli.situation_files import read_situations
from hub.cli.situation_json import requirements_text, situations_text
from hub.meetings.required import required


@click.group()
def invitations() -> None:
    """Say who must be invited to a meeting, and who has been."""


@invitations.command("required")
@click.argument("situation", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def required_command(situation: Path, output: Path) -> None:
    """Work out from the file SITUATION who must be invited to which item, and why."""
    situations = read_situations(read_text(situation))
    answers = [(one.id, required(one)) for one in situations]
    write_whole(output, requirements_text(answers))


@invitations.command("situations")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def situations_command(output: Path) -> None:
    """Write every meeting still to come as a situation, which ``required`` takes as it is."""
    from hub.cli.opening import opened
    from hub.kernel.actor import system
    from hub.meetings.situations import situations_of, upcoming_ids
    from hub.wiring.reactions import invitation_policy

    hub = opened()
    with hub.units.read(system("command line")) as uow:
        found = situations_of(uow, upcoming_ids(uow), invitation_policy(hub.settings))
    write_whole(output, situations_text(found.values()))


@invitations.command("list")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def list_command(output: Path) -> None:
    """Write every outgoing invitation, change and cancellation with what became of it."""
    from hub.cli.opening import opened
    from hub.kernel.actor import system
    from hub.reporting.invitations import listed_invitations

    hub = opened()
    with hub.units.read(system("command line")) as uow:
        listed = list(listed_invitations(uow))
    text = json.dumps({"version": 1, "invitations": listed}, ensure_ascii=False, indent=1)
    write_whole(output, text + "\n")
