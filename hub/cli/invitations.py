"""``hub invitations``: who must be invited, asked of a file or of the hub's own data.

``required`` is pure and starts without Flask or a database: a command here that needs them imports
them when it runs.
"""

from pathlib import Path

import click

from hub.cli.files import read_text, write_whole
from hub.cli.situation_files import read_situations
from hub.cli.situation_json import requirements_text
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
