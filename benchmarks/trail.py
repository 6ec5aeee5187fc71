"""The audit trail: an entry that is chained to the one before, beside a plain insert.

Both are a unit of the hub with one commit, on the same table definition; the plain one neither
locks the head nor hashes. A third row says what the same insert costs by the bare driver.
"""

import sqlite3
from collections.abc import Callable
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import make_url, text

from benchmarks.county import County
from benchmarks.measures import Bar, Row, cost_of, in_turns, ms
from hub.audit.recorder import ENTRIES
from hub.audit.verify import verify
from hub.db.engine import writing
from hub.db.looks import look
from hub.db.units import Sinks, Units
from hub.kernel.actor import system

APPEND = Bar(must=0.35, goal=0.5, at_least=True)
VERIFY = Bar(must=20_000, goal=60_000, at_least=True)
"""Entries a second in the second. Both from performance.md, section 8."""

BATCH = 20
_PLAIN = "plain_audit"
_ACTOR = system("benchmark")
_VALUES = (
    "2026-06-01T09:00:00Z",
    None,
    "benchmark",
    "Looked",
    "person",
    "",
    "{}",
    "0" * 64,
    "0" * 64,
)
_COLUMNS = "at, account_id, actor, verb, subject_kind, subject_id, facts, previous, mark"


def appending(county: County, rounds: int, times: int) -> list[Row]:
    """Return the rows of the trail; it is verified at the end, so what was measured was real."""
    subjects = [uuid4() for _ in range(BATCH)]
    _make_plain(county)
    bare, let_go = _bare(county)
    calls = {
        "chained": lambda: look(county.units, _ACTOR, "person", subjects[:1]),
        "plain": lambda: _insert_plainly(county, subjects[:1]),
        "chained 20": lambda: look(county.units, _ACTOR, "person", subjects),
        "plain 20": lambda: _insert_plainly(county, subjects),
        "driver": bare,
    }
    turns = in_turns(calls, rounds=rounds, times=times)
    let_go()
    kind = county.kind
    rows = []
    for name, reference, bar in (
        ("chained", "plain", APPEND),
        ("chained 20", "plain 20", APPEND),
        ("chained", "driver", Bar()),
    ):
        ours, beside = ms(turns.passed(name)), f"{ms(turns.passed(reference))} {reference}"
        ratio = turns.rate_ratio(name, reference)
        rows.append(Row(f"audit append, {name}", kind, ours, ratio, beside, bar))
    return [*rows, _verifying(county)]


def _verifying(county: County) -> Row:
    found = []
    cost = cost_of(lambda: found.append(verify(county.engine, county.keyring.audit, None)))
    assert found[0].bad is None, found[0]
    rate = found[0].number / cost.cpu
    what = f"audit verify, entries a CPU second, of {found[0].number:,}"
    return Row(what, county.kind, f"{rate:,.0f}", rate, bar=VERIFY)


def _make_plain(county: County) -> None:
    """Make a table like the trail's own, with its keys and index."""
    plain = ENTRIES.to_metadata(type(ENTRIES.metadata)(), name=_PLAIN)
    plain.primary_key.name = f"pk_{_PLAIN}"
    for index in plain.indexes:
        index.name = f"plain_{index.name}"
    plain.create(writing(county.engine))


_INSERT = text(
    f"INSERT INTO {_PLAIN} (number, {_COLUMNS})"  # noqa: S608 - our own names
    f" SELECT COALESCE(MAX(number), 0) + 1, :at, NULL, :actor, :verb, :kind, :subject, :facts,"
    f" :previous, :mark FROM {_PLAIN}"
)


def _insert_plainly(county: County, subjects: list[UUID]) -> None:
    """Write entries in a unit in which nobody listens."""
    at, _, actor, verb, kind, _, facts, previous, mark = _VALUES
    quiet = Units(county.engine, county.units.clock, Sinks(), county.units.ids)
    entry = {"at": at, "actor": actor, "verb": verb, "kind": kind, "facts": facts}
    marks = {"previous": previous, "mark": mark}
    with quiet.write(_ACTOR) as uow:
        rows = [entry | marks | {"subject": str(subject)} for subject in subjects]
        uow.session.connection().execute(_INSERT, rows)


def _bare(county: County) -> tuple[Callable[[], None], Callable[[], None]]:
    """Return an insert with a commit by the database's own driver, and what closes it."""
    url = county.settings.database.url
    marks = "{0}, " * 8 + "{0}"
    insert = (
        f"INSERT INTO {_PLAIN} (number, {_COLUMNS})"  # noqa: S608 - our own names
        f" SELECT COALESCE(MAX(number), 0) + 1, {marks} FROM {_PLAIN}"
    )
    if county.kind == "sqlite":
        file = sqlite3.connect(str(make_url(url).database), isolation_level=None)
        file.execute("PRAGMA synchronous=FULL")
        query = insert.format("?")
        return (lambda: _done(file.execute(query, _VALUES)), file.close)
    address = make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    server = psycopg.connect(address, autocommit=True)
    asked = insert.format("%s").encode()
    return (lambda: _done(server.execute(asked, _VALUES)), server.close)


def _done(_: object) -> None:
    """Take no notice of an answer."""
