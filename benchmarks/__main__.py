"""What the hub costs, as ratios to references of the same run: ``./run bench [--quick]``.

Prints a table: operation, database, ours, the reference, their ratio, what must hold, what is
aimed at, and which of the two does. Ends with status 1 when something that must hold does not;
``--quick`` tries everything on small registers in short turns and judges nothing by its status.
"""

import argparse
import gc
import sys
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from benchmarks.agendas import agendas
from benchmarks.county import County, county
from benchmarks.databases import KINDS, lasting_commits
from benchmarks.hits import telling
from benchmarks.importing import import_rows
from benchmarks.look_ups import beside_scan, look_ups, recall
from benchmarks.mail import sending
from benchmarks.measures import HEADINGS, Row, line
from benchmarks.processes import web_process
from benchmarks.sink import sink_apart
from benchmarks.trail import appending
from benchmarks.web_pages import beside_references, growth, pages_of


@dataclass(frozen=True)
class Size:
    """How great the registers are, and how long the turns."""

    small: int = 1_000
    great: int = 100_000
    rounds: int = 15
    times: int = 20
    look_ups: int = 150
    entries: int = 50
    imports: int = 3
    asked: int = 500
    """How many requests about somebody known, and about somebody unknown."""


QUICK = Size(small=200, great=1_000, rounds=3, times=3, look_ups=20, entries=5, imports=1, asked=10)


def measure(kind: str, size: Size) -> Iterator[list[Row]]:
    """Yield the rows of one kind of database, group by group."""
    say(f"{kind}: the web process")
    yield web_process(kind)
    with sink_apart() as port:
        say(f"{kind}: registers of {size.small:,} and {size.great:,}")
        with (
            county(kind, size.small, queries=size.look_ups) as small,
            county(kind, size.great, queries=size.look_ups, port=port) as great,
        ):
            yield from _on_registers(small, great, port, size)


def _on_registers(small: County, great: County, port: int, size: Size) -> Iterator[list[Row]]:
    kind = great.kind
    yield import_rows(great, size.imports)
    say(f"{kind}: pages")
    ours, theirs = pages_of(great), pages_of(small)
    _forget_set_up()
    yield beside_references(great, ours, size.rounds, size.times)
    yield growth(theirs, ours, kind, size.rounds)
    say(f"{kind}: agendas")
    yield agendas(small, size.rounds)
    say(f"{kind}: look-up")
    few, many = look_ups(small, size.look_ups), look_ups(great, size.look_ups)
    yield beside_scan(small, few)
    yield beside_scan(great, many)
    share = recall(great)
    yield [Row("look-up, among the five shown", kind, f"{share:.3f}", share)]
    say(f"{kind}: known beside unknown")
    yield telling(small, size.asked)
    say(f"{kind}: mail")
    yield sending(great, port, size.rounds)
    say(f"{kind}: the trail")
    yield appending(small, size.rounds, size.entries)


def _forget_set_up() -> None:
    """Keep the collector from going through what the set-up left, on everybody's account."""
    gc.collect()
    gc.freeze()


def say(what: str) -> None:
    """Show how far it is."""
    print(f"... {what}", file=sys.stderr, flush=True)


def main(arguments: Sequence[str] | None = None) -> int:
    """Measure what was asked for and print the table."""
    parser = argparse.ArgumentParser(prog="./run bench", description=__doc__)
    parser.add_argument("--quick", action="store_true", help="small registers, within a minute")
    parser.add_argument("--db", choices=KINDS, action="append", help="one kind only")
    parser.add_argument("--people", type=int, help="how many on the greater register")
    chosen = parser.parse_args(arguments)
    size = QUICK if chosen.quick else Size()
    if chosen.people:
        size = Size(**(vars(size) | {"great": chosen.people}))
    lasting_commits()
    rows = []
    print(line(HEADINGS))
    for kind in chosen.db or KINDS:
        for group in measure(kind, size):
            for row in group:
                rows.append(row)
                print(line(row.cells()), flush=True)
    failed = [row for row in rows if row.verdict == "NO"]
    print(f"\n{len(failed)} of {sum(bool(row.bar.must) for row in rows)} that must hold do not.")
    return 1 if failed and not chosen.quick else 0


if __name__ == "__main__":
    sys.exit(main())
