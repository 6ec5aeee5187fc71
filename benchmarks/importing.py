"""Import: how many lines a second come in, beside the same cells by the database's own way."""

import statistics

from benchmarks.county import county
from benchmarks.databases import empty_database
from benchmarks.imports import Taken, sheet_of, write_plainly
from benchmarks.measures import Bar, Row, cost_of

RATE = Bar(must=0.03, goal=0.07, at_least=True)
SECONDS = Bar(goal=40)
MEMORY = Bar(goal=300)
"""From performance.md, section 8, with match keys and audit; megabytes in the last."""


def import_rows(kind: str, lines: int, rounds: int) -> list[Row]:
    """Return the row of importing so many lines into an empty register."""
    taken, plain = [], []
    for _ in range(rounds):
        with county(kind, lines) as one, empty_database(kind) as url:
            content = sheet_of(one.sample.register)
            taken.append(one.taken)
            plain.append(cost_of(lambda: write_plainly(url, content)).passed)  # noqa: B023 - called here
    ratio = statistics.median(
        beside / ours.passed for ours, beside in zip(taken, plain, strict=True)
    )
    ours = statistics.median(each.rows / each.passed for each in taken)
    reference = lines / statistics.median(plain)
    beside = f"{reference:,.0f} rows/s raw"
    return [Row(f"import of {lines:,}", kind, f"{ours:,.0f} rows/s", ratio, beside, RATE)]


def fill_rows(kind: str, taken: Taken) -> list[Row]:
    """Return the rows of filling the greater register: time and memory."""
    what, pace = f"import of {taken.rows:,}", f"{taken.rows / taken.passed:,.0f} rows/s"
    took = f"{taken.passed:.1f} s, {pace}"
    memory = f"{taken.megabytes:.0f} MB, {taken.before:.0f} before"
    return [
        Row(f"{what}, s", kind, took, taken.passed, bar=SECONDS),
        Row(f"{what}, MB", kind, memory, taken.megabytes, bar=MEMORY),
    ]
