"""Keeping the keys by which people are found, in step with what is known of them."""

from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from typing import cast
from uuid import UUID

from sqlalchemy import Connection, Table, delete, exists, select
from sqlalchemy.schema import AddConstraint, DropConstraint

from hub.db.bulk import copying
from hub.db.turns import INVITATIONS
from hub.db.units import UnitOfWork
from hub.people.matching.keys import blocking_keys
from hub.people.matching.subjects import Entry
from hub.people.models import MatchKey
from hub.people.queries.entries import MATCH, held, keys_of_unit

_ROW_BY_ROW = "INSERT INTO {} (key, person_id) VALUES (?, ?)"
_MATCH_KEY = cast("Table", MatchKey.__table__)
_BY_PERSON = next(iter(_MATCH_KEY.indexes))
_ASIDE = "aside_match_key"
_LONG_MILLISECONDS = 600_000
"""Six million keys are one statement: it may take longer than a page's."""

KeyRow = tuple[int, str]
"""A blinded key and the person's id as 32 hexadecimal digits."""


class KeysAside:
    """Keys of new people, put aside in a temporary table until all are there.

    They fall all over their indexes, which is most of what it costs to write them: in one sorted
    lot neighbours are written together.
    """

    def __init__(self, uow: UnitOfWork) -> None:
        self._uow = uow
        self._connection = uow.session.connection()
        types = ", ".join(
            f"{column.name} {column.type.compile(self._connection.dialect)}"
            for column in _MATCH_KEY.columns
        )
        self._connection.exec_driver_sql(f"CREATE TEMPORARY TABLE {_ASIDE} ({types})")

    def add(self, rows: Sequence[KeyRow]) -> None:
        """Put some aside."""
        _put(self._connection, _ASIDE, rows)

    def write(self) -> None:
        """Write all of them where they are looked for.

        Into a register without any they go without indexes and constraints, which are made of them
        all afterwards, in a fifth of the time. Until this unit ends others wait, some seconds.
        """
        if self._connection.dialect.name == "postgresql":
            self._connection.exec_driver_sql(f"SET LOCAL statement_timeout = {_LONG_MILLISECONDS}")
        self._uow.alone(INVITATIONS)  # or its holder waits for people, and this unit for its holder
        is_first = not self._connection.scalar(select(exists(select(MatchKey.key))))
        with _without_indexes(self._connection) if is_first else nullcontext():
            self._connection.exec_driver_sql(
                f"INSERT INTO {_MATCH_KEY.name} (key, person_id)"  # noqa: S608 - our own names
                f" SELECT key, person_id FROM {_ASIDE} ORDER BY key, person_id"
            )
        self._connection.exec_driver_sql(f"DROP TABLE {_ASIDE}")


@contextmanager
def _without_indexes(connection: Connection) -> Generator[None]:
    """Take the indexes and constraints away, as far as the database can, and make them anew."""
    is_postgresql = connection.dialect.name == "postgresql"
    constraints = list(_MATCH_KEY.constraints) if is_postgresql else []
    for constraint in constraints:
        connection.execute(DropConstraint(constraint))
    _BY_PERSON.drop(connection)
    yield
    for constraint in constraints:
        connection.execute(AddConstraint(constraint, isolate_from_table=False))
    _BY_PERSON.create(connection)


def key_rows(uow: UnitOfWork, entries: Mapping[UUID, Entry]) -> list[KeyRow]:
    """Return the rows of people's keys, some thirty a person."""
    keyring = keys_of_unit(uow)
    return [
        (key, person_hex)
        for person_hex, entry in ((one.hex, entry) for one, entry in entries.items())
        for key in {keyring.blind(MATCH, text) for text in blocking_keys(entry)}
    ]


def write_keys(uow: UnitOfWork, rows: Sequence[KeyRow]) -> None:
    """Write the keys of people who have none yet, at once."""
    if rows:
        uow.session.flush()
        _put(uow.session.connection(), _MATCH_KEY.name, rows)


def _put(connection: Connection, table: str, rows: Sequence[KeyRow]) -> None:
    if connection.dialect.name == "postgresql":
        with copying(connection, table, ("key", "person_id")) as copy:
            copy.write("".join(f"{key}\t{person_hex}\n" for key, person_hex in rows))
    elif rows:
        connection.exec_driver_sql(_ROW_BY_ROW.format(table), list(rows))


def reindex(uow: UnitOfWork, person_id: UUID) -> None:
    """Write the keys of somebody whose record has changed, in place of those before."""
    uow.session.flush()
    uow.session.execute(delete(MatchKey).where(MatchKey.person_id == person_id))
    found = held(uow, [person_id])
    write_keys(uow, key_rows(uow, {person_id: found[person_id].entry}))
