"""Look-up: who on the register may be meant, through its index, beside a scan of everybody.

Ours goes the way of the product: blind keys, the candidates who share them, their sealed records,
the comparison with reasons. The reference is one line of text a person and a fuzzy comparison of
the question with every line, in C, in memory.
"""

from itertools import cycle
from uuid import UUID

from rapidfuzz import fuzz, process

from benchmarks.county import County
from benchmarks.measures import JUDGED_FROM, Bar, Row, Turns, in_turns, ms
from hub.kernel.actor import system
from hub.people.matching.engine import rank
from hub.people.matching.subjects import Entry, Query
from hub.people.queries.entries import likely

SHOWN = 5
FASTER = {
    "sqlite": Bar(must=5, goal=12, at_least=True),
    "postgresql": Bar(must=4, goal=8, at_least=True),
}
HALF = {"sqlite": Bar(goal=5), "postgresql": Bar(goal=8)}
LATE = {"sqlite": Bar(must=30, goal=12), "postgresql": Bar(must=30, goal=15)}
"""Milliseconds. All from performance.md, section 8: for a register of 100,000."""


def look_ups(county: County, rounds: int) -> Turns:
    """Return what look-ups cost on the county's register, and scans; a question each round."""
    queries = [asked.query for asked in county.sample.asked]
    lines = [_line(entry) for entry in county.sample.register]
    ours, theirs = cycle(queries), cycle(queries)

    def find() -> None:
        query = next(ours)
        with county.units.read(system("benchmark")) as uow:
            (shared, *_), people = likely(uow, [[query]])
            rank(query, [people[one].entry for one in shared], limit=SHOWN)

    def scan() -> None:
        line = _line(next(theirs))
        process.extract(line, lines, scorer=fuzz.token_sort_ratio, limit=SHOWN)

    for _ in queries:
        find()  # as in a process that has served for a while
    return in_turns({"look-up": find, "scan": scan}, rounds=rounds)


def beside_scan(county: County, turns: Turns) -> list[Row]:
    """Return the rows; only a register of the size that the bars are for is judged."""
    kind, people = county.kind, len(county.sample.register)
    is_judged = people >= JUDGED_FROM
    what = f"look-up among {people:,}"
    ours, scan = turns.passed("look-up"), turns.passed("scan")
    late = turns.late("look-up")
    faster = turns.rate_ratio("look-up", "scan")
    return [
        Row(what, kind, ms(ours), faster, f"{ms(scan)} scan", FASTER[kind] if is_judged else Bar()),
        Row(f"{what}, p50 ms", kind, ms(ours), ours * 1000, bar=HALF[kind] if is_judged else Bar()),
        Row(f"{what}, p95 ms", kind, ms(late), late * 1000, bar=LATE[kind] if is_judged else Bar()),
    ]


def recall(county: County) -> float:
    """Return the share of the questions about members whose person is among those looked at.

    A look-up that finds nobody is fast, so this is printed beside the speed.
    """
    by_source = {entry.person_id: entry for entry in county.sample.register}
    found = members = 0
    with county.units.read(system("benchmark")) as uow:
        for asked in county.sample.asked:
            if asked.person_id is not None:
                members += 1
                (shared, *_), people = likely(uow, [[asked.query]])
                best = rank(asked.query, [people[one].entry for one in shared], limit=SHOWN)
                meant = _facts(by_source[asked.person_id])
                found += any(_facts(people[UUID(each.person_id)].entry) == meant for each in best)
    return found / max(1, members)


def _facts(entry: Entry) -> tuple[object, ...]:
    return entry.given_name, entry.family_name, entry.date_of_birth


def _line(subject: Entry | Query) -> str:
    parts = (
        subject.given_name,
        subject.family_name,
        subject.date_of_birth or "",
        *subject.postcodes,
    )
    return " ".join(str(part) for part in parts).lower()
