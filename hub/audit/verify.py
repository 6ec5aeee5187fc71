"""Reading the trail from first entry to last and finding the first that is not as written."""

import sqlite3
from collections.abc import Generator, Iterable
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import chain
from typing import Any

from sqlalchemy import Connection, Engine, Row, String, cast, select
from sqlalchemy.exc import OperationalError

from hub.audit.anchor import Anchor
from hub.audit.chain import BEFORE_THE_FIRST, mark_of, seal_of
from hub.audit.recorder import ENTRIES, HEAD, HEADS
from hub.db.engine import of_one_state

ROWS_AT_ONCE = 5000

_ROWS = select(
    ENTRIES.c.number,
    ENTRIES.c.at,
    cast(ENTRIES.c.account_id, String),
    ENTRIES.c.actor,
    ENTRIES.c.verb,
    ENTRIES.c.subject_kind,
    ENTRIES.c.subject_id,
    ENTRIES.c.facts,
    ENTRIES.c.previous,
    ENTRIES.c.mark,
).order_by(ENTRIES.c.number)
_HEAD = select(HEADS.c.number, HEADS.c.mark, HEADS.c.seal).where(HEADS.c.id == HEAD)


@dataclass(frozen=True)
class Verdict:
    """What verification found: the last good entry and its mark, or the first bad one and why."""

    number: int
    head: str
    bad: int | None = None
    why: str = ""


def verify(engine: Engine, key: bytes, anchor: Anchor | None) -> Verdict:
    """Check every entry, the head, and the end against an anchor kept outside the database.

    It reads one state of the database and holds nobody up.
    """
    with of_one_state(engine).connect() as connection:
        head = connection.execute(_HEAD).one_or_none()
        try:
            found = _walk(connection, key, anchor)
        except OperationalError:
            if engine.dialect.name != "sqlite":
                raise
            # SQLite keeps whatever bytes are put into it, and Python reads none that are not UTF-8.
            with _reading_any_text(connection):
                found = _walk(connection, key, anchor)
    if found.bad is not None:
        return found
    if anchor is not None and anchor.number > found.number:
        return Verdict(found.number, found.head, found.number + 1, "missing: it was anchored")
    return _against_head(found, key, head)


def _walk(connection: Connection, key: bytes, anchor: Anchor | None) -> Verdict:
    streamed = connection.execution_options(stream_results=True, max_row_buffer=ROWS_AT_ONCE)
    with streamed.execute(_ROWS) as rows:
        return _follow(chain.from_iterable(rows.partitions(ROWS_AT_ONCE)), key, anchor)


@contextmanager
def _reading_any_text(connection: Connection) -> Generator[None]:
    """Read bytes that are no text, in SQLite, as a text that nobody has written."""
    held: sqlite3.Connection = connection.connection.driver_connection  # type: ignore[assignment]  # SQLite's
    held.text_factory = lambda raw: raw.decode("utf-8", "surrogateescape")
    try:
        yield
    finally:
        held.text_factory = str


def _follow(rows: Iterable[Any], key: bytes, anchor: Anchor | None) -> Verdict:
    """Go from row to row for as long as each is the one that must come next."""
    expected, previous = 1, BEFORE_THE_FIRST
    anchored = Anchor(0, "") if anchor is None else anchor
    for number, at, account_id, *others, mark in rows:
        fields = (number, at, account_id and account_id.replace("-", ""), *others)
        if number != expected:
            return Verdict(expected - 1, previous, _earlier(number, expected), "missing")
        if not all(isinstance(each, str) for each in (at, *others, mark)):
            why = "altered"
        elif others[-1] != previous:
            why = "does not follow the entry before it"
        elif mark_of(key, fields) != mark:
            why = "altered"
        elif number == anchored.number and mark != anchored.mark:
            why = "is not the entry that was anchored"
        else:
            expected, previous = number + 1, mark
            continue
        return Verdict(expected - 1, previous, min(number, expected), why)
    return Verdict(expected - 1, previous)


def _earlier(number: object, expected: int) -> int:
    """Return the entry to name where another one was expected; one with no number has no name."""
    return min(number, expected) if isinstance(number, int) else expected


def _against_head(found: Verdict, key: bytes, head: Row[int, str, str] | None) -> Verdict:
    """Hold the last entry against the head, which says how many there are."""
    number, mark = found.number, found.head
    if head is None:
        return found if number == 0 else Verdict(number, mark, number, "the chain has no head")
    if head.seal != seal_of(key, head.number, head.mark):
        return Verdict(number, mark, head.number, "the head was altered")
    if head.number > number:
        return Verdict(number, mark, number + 1, "missing")
    if head.number < number:
        return Verdict(number, mark, head.number + 1, "comes after the head")
    if head.mark != mark:
        return Verdict(number, mark, number, "is not the entry that the head names")
    return found
