"""Import: how many lines a second come in, beside the same cells by the database's own way."""

import statistics
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory

from benchmarks.county import County
from benchmarks.databases import empty_database
from benchmarks.imports import make_plain_table, plain_sheet_of, write_plainly
from benchmarks.measures import JUDGED_FROM, NO_BAR, Bar, Row, cost_of

RATE = Bar(must=0.03, goal=0.07, at_least=True)
SECONDS = Bar(goal=40)
MEMORY = Bar(goal=300)
"""From performance.md, section 8, with match keys and audit; megabytes in the last."""


def import_rows(one: County, rounds: int) -> list[Row]:
    """Return the rows of filling a county's register: pace, time and memory.

    The hub has taken the file in once; the reference does so each round, into a database as empty.
    """
    kind, taken = one.kind, one.taken
    plain = []
    with TemporaryDirectory(prefix="hub-bench-") as folder:
        file = Path(folder) / "plain.csv"
        file.write_bytes(plain_sheet_of(one.sample.register))
        for _ in range(rounds):
            with empty_database(kind) as url:
                make_plain_table(url)
                plain.append(cost_of(partial(write_plainly, url, file)).passed)
    seconds = statistics.median(plain)
    what = f"import of {taken.rows:,}"
    pace = f"{taken.rows / taken.passed:,.0f} rows/s"
    beside = f"{taken.rows / seconds:,.0f} rows/s raw"
    memory = f"{taken.megabytes:.0f}, {taken.before:.0f} before"
    is_judged = taken.rows >= JUDGED_FROM
    return [
        Row(what, kind, pace, seconds / taken.passed, beside, RATE if is_judged else NO_BAR),
        Row(f"{what}, CPU s", kind, f"{taken.cpu:.1f}", taken.cpu),
        Row(f"{what}, s", kind, f"{taken.passed:.1f}", taken.passed, bar=SECONDS),
        Row(f"{what}, MB", kind, memory, taken.megabytes, bar=MEMORY),
    ]
