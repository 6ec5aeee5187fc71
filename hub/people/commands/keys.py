"""Keeping the keys by which people are found, in step with what is known of them."""

from collections.abc import Generator, Mapping
from contextlib import contextmanager
from typing import cast
from uuid import UUID

from sqlalchemy import Table, delete, exists, select, text

from hub.db.units import UnitOfWork
from hub.people.matching.subjects import Entry
from hub.people.models import MatchKey, Person
from hub.people.queries.entries import blind_keys, held, keys_of_unit

_FROM_ARRAYS = text(
    "INSERT INTO match_key (key, person_id)"
    " SELECT * FROM unnest(CAST(:keys AS bigint[]), CAST(:people AS uuid[]))"
)
_ROW_BY_ROW = "INSERT INTO match_key (key, person_id) VALUES (?, ?)"
KeyRow = tuple[int, str]
"""A blinded key and the person's id as 32 hexadecimal digits."""

_BY_PERSON = next(iter(cast("Table", MatchKey.__table__).indexes))
_ROOMY_KILOBYTES, _USUAL_KILOBYTES = 64_000, 2_000


@contextmanager
def roomy(uow: UnitOfWork) -> Generator[None]:
    """Let SQLite write many keys in the shortest way.

    They fall all over their index; with the 2 MB that it has usually, every page would be written
    out and read back many times. Into a register with nobody in it they go without the index by
    person, which is made of them all at the end: a third of an import's time. Nobody is looked up
    by it meanwhile, and when the import is undone so is this.
    """
    connection = uow.session.connection()
    if connection.dialect.name != "sqlite":
        yield
        return
    is_first = not connection.scalar(select(exists(select(Person.id))))
    connection.exec_driver_sql(f"PRAGMA cache_size=-{_ROOMY_KILOBYTES}")
    try:
        if is_first:
            _BY_PERSON.drop(connection)
        yield
        if is_first:
            _BY_PERSON.create(connection)
    finally:
        connection.exec_driver_sql(f"PRAGMA cache_size=-{_USUAL_KILOBYTES}")


def key_rows(uow: UnitOfWork, entries: Mapping[UUID, Entry]) -> list[KeyRow]:
    """Return the rows of people's keys, some thirty a person."""
    keyring = keys_of_unit(uow)
    return [
        (key, person_hex)
        for person_hex, entry in ((one.hex, entry) for one, entry in entries.items())
        for key in set(blind_keys(keyring, [entry]))
    ]


def write_keys(uow: UnitOfWork, rows: list[KeyRow]) -> None:
    """Write the keys of people who have none yet, in the shortest way that the database has.

    They are sorted first, because neighbours in an index are written together: the more at once,
    the fewer pages are touched again and again.
    """
    if not rows:
        return
    rows.sort()
    uow.session.flush()
    connection = uow.session.connection()
    if connection.dialect.name == "postgresql":
        keys, people = zip(*rows, strict=True)
        connection.execute(_FROM_ARRAYS, {"keys": list(keys), "people": list(people)})
    else:
        connection.exec_driver_sql(_ROW_BY_ROW, rows)


def reindex(uow: UnitOfWork, person_id: UUID) -> None:
    """Write the keys of somebody whose record has changed, in place of those before."""
    uow.session.flush()
    uow.session.execute(delete(MatchKey).where(MatchKey.person_id == person_id))
    found = held(uow, [person_id])
    write_keys(uow, key_rows(uow, {person_id: found[person_id].entry}))
