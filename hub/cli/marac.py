"""``hub marac``: what the clocks of the MARAC cycle say, and an area's quarterly return.

``clocks`` is pure and starts without Flask, a database or settings.
"""

import json
from dataclasses import asdict
from datetime import date
from pathlib import Path

import click
from typing_extensions import override

from hub.cli.clock_files import read_clock_file
from hub.cli.files import BadInputError, Fault, read_text, write_whole
from hub.cli.json_files import FORM_VERSION
from hub.kernel.actor import system
from hub.kernel.days import NotADayError, parse_day
from hub.marac.clocks import clocks


class Day(click.ParamType[date]):
    """A day on the command line, written YYYY-MM-DD."""

    name = "YYYY-MM-DD"

    @override
    def convert(
        self, value: object, param: click.Parameter | None, ctx: click.Context | None
    ) -> date:
        """Return the day. Raises BadParameter, which ends the command with status 2."""
        try:
            return parse_day(str(value))
        except NotADayError as error:
            self.fail(str(error), param, ctx)


@click.group()
def marac() -> None:
    """Say what the clocks of the MARAC cycle say, and what its meetings heard."""


@marac.command("clocks")
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--on", "on", required=True, type=Day(), help="The day for which they are read.")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def clocks_command(cases: Path, on: date, output: Path) -> None:
    """Say which referrals in CASES repeat, which flags are current, and what is due when."""
    read = read_clock_file(read_text(cases))
    found = clocks(read.areas, read.referrals, read.meetings, on)
    document = {"version": FORM_VERSION, "results": asdict(found)}
    write_whole(output, json.dumps(document, ensure_ascii=False, default=_plain) + "\n")


@marac.command("return")
@click.option("--area", required=True, help="Name of the area.")
@click.option("--quarter", "code", required=True, metavar="2026Q3", help="The quarter.")
@click.option("--output", required=True, type=click.Path(path_type=Path), help="CSV to write.")
@click.option(
    "--part",
    type=click.Choice(["return", "agencies"]),
    default="return",
    help="The counts by meeting (usual), or what agencies did.",
)
def return_command(area: str, code: str, output: Path, part: str) -> None:
    """Write the copy of an area's quarterly return that can be passed on, made once."""
    from hub.cli.opening import opened
    from hub.db.looks import look
    from hub.kernel.errors import NotFoundError, RefusedError
    from hub.reporting.return_commands import make_copy
    from hub.reporting.return_files import CSV, TABLES, written
    from hub.reporting.return_queries import area_named, copy_to_pass_on
    from hub.reporting.rules.quarters import NotAQuarterError, parse_quarter

    try:
        quarter = parse_quarter(code)
    except NotAQuarterError as error:
        raise BadInputError([Fault("-", "quarter", str(error))]) from error
    hub, actor = opened(), system("command line")
    with hub.units.read(actor) as uow:
        area_id = area_named(uow, area)
    if area_id is None:
        raise BadInputError([Fault("-", "area", "there is no area of this name")])
    try:
        with hub.units.write(actor) as uow:
            edition_id = make_copy(area_id, quarter, uow=uow)
    except RefusedError as no:
        raise BadInputError([Fault("-", "quarter", no.why)]) from no
    look(hub.units, actor, "return_file", [edition_id])
    with hub.units.read(actor) as uow:
        made = copy_to_pass_on(uow, area_id, quarter)
    if made is None:
        raise NotFoundError("the copy was just made")
    write_whole(output, written(TABLES[part](made.area, made.report), CSV).decode())


def _plain(value: object) -> object:
    """Return as JSON what JSON has no word for: a day, and a set in a fixed order."""
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, frozenset):
        return sorted(value)
    raise TypeError(f"{type(value).__name__} is no JSON")
