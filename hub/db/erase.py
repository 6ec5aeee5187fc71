"""Deleting a record with everything that refers to it, and nothing that nobody named.

What refers to it is read from the schema. A row of a table that may not go stops it all, so that a
table which joins the house later is never emptied by surprise.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Column, CursorResult, MetaData, Table, delete, select
from sqlalchemy.orm import Session

ID = "id"
BATCH = 500


class StillReferredError(Exception):
    """Something that may not be deleted refers to the record; the text is the table's name."""


@dataclass(frozen=True, slots=True)
class Refers:
    """A column that holds the id of a row of another table, without a foreign key."""

    table: str
    column: str
    to: str


@dataclass
class Doomed:
    """What goes: rows by table and column; ``ids`` are those of tables with an id."""

    ids: dict[str, set[UUID]]
    by: dict[str, dict[str, set[UUID]]]


def doomed(
    session: Session,
    metadata: MetaData,
    roots: Mapping[str, Iterable[UUID]],
    may: AbstractSet[str],
    opaque: Iterable[Refers] = (),
) -> Doomed:
    """Return the rows of ``roots`` with all that refer to them; nothing is deleted yet.

    Raises StillReferredError when a row refers to one of them whose table is not in ``may``.
    """
    found = Doomed(defaultdict(set), defaultdict(lambda: defaultdict(set)))
    todo = [(name, set(ids)) for name, ids in roots.items()]
    into = _into(metadata, opaque)
    while todo:
        name, ids = todo.pop()
        fresh = ids - found.ids[name]
        found.ids[name] |= fresh
        if not fresh:
            continue
        for column in into[name]:
            table = column.table
            rows = _matching(session, table, column, fresh)
            if not rows:
                continue
            if table.name not in may:
                raise StillReferredError(table.name)
            found.by[table.name][column.name] |= fresh
            if ID in table.c:
                todo.append((table.name, rows))
    return found


def erase(session: Session, metadata: MetaData, what: Doomed) -> dict[str, int]:
    """Delete the rows, those first that refer to others; return how many by table."""
    session.flush()
    counts: dict[str, int] = {}
    for table in reversed(metadata.sorted_tables):
        columns = {name: set(ids) for name, ids in what.by.get(table.name, {}).items()}
        if ID in table.c:
            columns = {ID: what.ids.get(table.name, set())}
        gone = sum(_delete(session, table, columns))
        if gone:
            counts[table.name] = gone
    session.expire_all()
    return counts


def _into(metadata: MetaData, opaque: Iterable[Refers]) -> dict[str, list[Column[Any]]]:
    """Return by table the columns that refer to it."""
    found: dict[str, list[Column[Any]]] = defaultdict(list)
    for table in metadata.sorted_tables:
        for key in table.foreign_keys:
            found[key.column.table.name].append(key.parent)
    for one in opaque:
        found[one.to].append(metadata.tables[one.table].c[one.column])
    return found


def _matching(
    session: Session, table: Table, column: Column[Any], ids: AbstractSet[UUID]
) -> set[UUID]:
    """Return the ids of the rows that refer; of a table without an id, what they refer to."""
    wanted = table.c.get(ID, column)
    return {
        row
        for some in _batches(ids)
        for row in session.scalars(select(wanted).where(column.in_(some)))
    }


def _delete(
    session: Session, table: Table, columns: Mapping[str, AbstractSet[UUID]]
) -> Iterable[int]:
    for name, ids in columns.items():
        for some in _batches(ids):
            gone = delete(table).where(table.c[name].in_(some))
            yield cast("CursorResult[Any]", session.execute(gone)).rowcount


def _batches(ids: AbstractSet[UUID]) -> Iterable[list[UUID]]:
    ordered = sorted(ids)
    for at in range(0, len(ordered), BATCH):
        yield ordered[at : at + BATCH]
