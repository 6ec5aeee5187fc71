"""``hub sharing``: what the decision table says of a file of cases, and why.

``explain`` is pure and starts without Flask, a database or settings.
"""

import json
from dataclasses import fields
from pathlib import Path

import click

from hub.cli.case_files import read_cases
from hub.cli.files import read_text, write_whole
from hub.cli.json_files import FORM_VERSION
from hub.sharing.rules import Case, Decision, decide


@click.group()
def sharing() -> None:
    """Say what may be shared, with whom, and who must approve it."""


@sharing.command("explain")
@click.argument("cases", type=click.Path(path_type=Path))
@click.option("--output", required=True, type=click.Path(path_type=Path), help="File to write.")
def explain_command(cases: Path, output: Path) -> None:
    """Decide the cases in the file CASES, each in its directions, and say by which rule."""
    results = [result for case in read_cases(read_text(cases)) for result in results_of(case)]
    document = {"version": FORM_VERSION, "results": results}
    write_whole(output, json.dumps(document, ensure_ascii=False) + "\n")


def results_of(case: Case) -> list[dict[str, object]]:
    """Return the case's entries of ``results``: one for each direction, to the service first."""
    return [
        {"id": case.id, "direction": direction, **_plain(decide(question))}
        for direction, question in case.questions()
    ]


def _plain(decision: Decision) -> dict[str, object]:
    """Return the decision's fields, which are those of the file, in the same order."""
    return {field.name: getattr(decision, field.name) for field in fields(decision)}
