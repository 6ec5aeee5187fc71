"""Pages: a list of 25, a person, a meeting of 40 cases, beside the reference pages.

Each is served by the product's own server and asked for by one browser, one request at a time.
"""

from collections.abc import Iterator
from contextlib import contextmanager
from itertools import cycle

from benchmarks.browsing import Browser, served_seconds
from benchmarks.county import County
from benchmarks.databases import empty_database
from benchmarks.measures import Bar, Call, Row, Turns, in_turns, ms
from benchmarks.reference_pages import References, references
from benchmarks.reference_rows import fill, plain_engine
from hub.kernel.actor import Role

SPREAD = 200
"""How many different people's pages, and starts of lists, are asked for in turn."""

LIST_CPU = Bar(must=4.0, goal=2.5)
LIST_RATE = {
    "sqlite": Bar(must=0.25, goal=0.40, at_least=True),
    "postgresql": Bar(must=0.22, goal=0.33, at_least=True),
}
PERSON_RATE = Bar(must=0.5, goal=0.7, at_least=True)
MEETING_CPU = Bar(must=3.0, goal=2.0)
QUERIES = Bar(must=12, goal=6)
GROWTH = Bar(must=1.5, goal=1.3)
GROWTH_CPU = Bar(goal=1.2)
"""All from performance.md, section 8."""


@contextmanager
def plain_references(kind: str, people: int) -> Iterator[References]:
    """Open the reference pages on a database of their own."""
    with empty_database(kind) as url:
        engine = plain_engine(url)
        fill(engine, people)
        try:
            yield references(engine, url)
        finally:
            engine.dispose()


def pages_of(county: County) -> dict[str, Call]:
    """Return a call for each of our three pages."""
    desk = county.browser(Role.DUTY_DESK)
    known = county.people(SPREAD)
    coordinator = county.browser(Role.COORDINATOR)
    meeting = f"/meetings/{county.meeting()}"
    return {
        "list": _each(desk, [f"/people?after={reference}" for _, reference in known]),
        "person": _each(desk, [f"/people/{person_id}" for person_id, _ in known]),
        "meeting": lambda: coordinator.get(meeting),
    }


def _each(browser: Browser, paths: list[str]) -> Call:
    following = cycle(paths)
    return lambda: browser.get(next(following))


def beside_references(county: County, ours: dict[str, Call], rounds: int, times: int) -> list[Row]:
    """Return the rows of our pages beside the references on the same kind of database."""
    kind, people = county.kind, len(county.sample.register)
    with plain_references(kind, people) as plain:
        starts = [
            f"/list?after=CE{at * people // SPREAD:07d}" for at in range(SPREAD - SPREAD // 4)
        ]
        calls: dict[str, Call] = {
            "const": lambda: plain.const.get("/"),
            "raw": _each(plain.raw, starts),
            "core": _each(plain.core, starts),
            "plain meeting": lambda: plain.meeting.get("/meeting/1"),
        }
        turns = in_turns(calls | ours, rounds=rounds, times=times, clock=served_seconds)
    return [
        _cpu("list of 25", turns, "list", ("raw", kind, LIST_CPU)),
        _rate("list of 25", turns, "list", ("raw", kind, LIST_RATE[kind])),
        _cpu("the Core reference itself", turns, "core", ("raw", kind, Bar())),
        _cpu("a constant page itself", turns, "const", ("raw", kind, Bar())),
        _rate("person", turns, "person", ("core", kind, PERSON_RATE)),
        _cpu("meeting of 40", turns, "meeting", ("plain meeting", kind, MEETING_CPU)),
        *_queries(county, ours),
    ]


def growth(small: dict[str, Call], great: dict[str, Call], kind: str, rounds: int) -> list[Row]:
    """Return how much dearer our pages are on a great register than on a small one."""
    rows = []
    for name in ("list", "person"):
        turns = in_turns(
            {"small": small[name], "great": great[name]},
            rounds=rounds,
            times=5,
            clock=served_seconds,
        )
        ours, reference = ms(turns.passed("great")), ms(turns.passed("small"))
        ratio = 1 / turns.rate_ratio("great", "small")
        rows.append(Row(f"{name} page, growth", kind, ours, ratio, reference, GROWTH))
        cpu = turns.cpu_ratio("great", "small")
        ours, reference = ms(turns.cpu("great")), ms(turns.cpu("small"))
        rows.append(Row(f"{name} page, growth, CPU", kind, ours, cpu, reference, GROWTH_CPU))
    return rows


def _cpu(what: str, turns: Turns, name: str, against: tuple[str, str, Bar]) -> Row:
    reference, kind, bar = against
    ratio = turns.cpu_ratio(name, reference)
    beside = f"{ms(turns.cpu(reference))} {reference}"
    return Row(f"{what}, CPU", kind, ms(turns.cpu(name)), ratio, beside, bar)


def _rate(what: str, turns: Turns, name: str, against: tuple[str, str, Bar]) -> Row:
    reference, kind, bar = against
    ratio = turns.rate_ratio(name, reference)
    beside = f"{ms(turns.passed(reference))} {reference}"
    return Row(f"{what}, rate", kind, ms(turns.passed(name)), ratio, beside, bar)


def _queries(county: County, ours: dict[str, Call]) -> list[Row]:
    rows = []
    for name, call in ours.items():
        with county.counting() as sent:
            call()
        asked = [each for each in sent if not each.startswith("BEGIN")]
        row = Row(f"{name} page, queries", county.kind, str(len(asked)), len(asked), bar=QUERIES)
        rows.append(row)
    return rows
