"""``hub register import``: a whole register from a file, for sizes that a page is too slow for."""

from pathlib import Path
from typing import TYPE_CHECKING

import click

from hub.cli.files import BadInputError, Fault
from hub.kernel.actor import system

if TYPE_CHECKING:
    from collections.abc import Iterable
    from uuid import UUID

    from hub.agencies.rules.sheet import CellFault
    from hub.db.units import UnitOfWork


@click.group()
def register() -> None:
    """Bring the register of care-experienced people in."""


@register.command("import")
@click.argument("file", type=click.Path(path_type=Path, dir_okay=False))
@click.option("--service", required=True, help="Name of the leaving care service responsible.")
@click.option("--dry-run", is_flag=True, help="Say what the file would do, and do nothing.")
def take_in(file: Path, service: str, *, dry_run: bool) -> None:
    """Take in people from FILE (CSV): all or nothing, known people changed and not doubled."""
    from hub.cli.opening import opened
    from hub.people.commands.importing import import_register, plan_import
    from hub.people.rules.sheet import read_register

    content = file.read_bytes()
    hub = opened()
    with hub.units.read(system("command line")) as uow:
        service_id = _service(uow, service)
        sheet = read_register(content, uow.today)
        _refuse(sheet.faults)
        done = plan_import(sheet.lines, uow=uow, service_id=service_id)
        _refuse(done.faults)
    if not dry_run:
        with (
            click.progressbar(length=len(sheet.lines), label="People") as bar,
            hub.units.write(system("command line")) as uow,
        ):
            done = import_register(
                sheet.lines,
                uow=uow,
                service_id=service_id,
                progress=lambda so_far, _: bar.update(so_far - bar.pos),
            )
    click.echo(f"{done.added} added, {done.changed} changed, {done.same} unchanged")


def _service(uow: "UnitOfWork", name: str) -> "UUID":
    """Return the leaving care service of that name. Raises BadInputError."""
    from hub.agencies.queries import services

    found = [row for row in services(uow, kind="leaving_care") if row.name == name]
    if len(found) != 1:
        why = "no leaving care service of the directory has this name"
        raise BadInputError([Fault("-", "--service", why)])
    return found[0].id


def _refuse(faults: "Iterable[CellFault]") -> None:
    """Go on only without faults. Raises BadInputError with a line per fault."""
    lines = [Fault(f"line {fault.line}", fault.column, fault.why) for fault in faults]
    if lines:
        raise BadInputError(lines)
