"""Many rows at once, in the shortest way that each database has.

SQLite takes an INSERT with many rows of values. PostgreSQL's COPY takes rows in a tenth of the time
of that, and its server takes them in while we make the next.
"""

from collections.abc import Callable, Generator, Sequence
from contextlib import contextmanager
from typing import Any

from sqlalchemy import Connection, Table, insert
from sqlalchemy.exc import DBAPIError

from hub.db.rows import bound_rows

Make = Callable[[Any], Any]


def insert_many(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write new rows, each of which names the same columns; those left out may be empty.

    Values are those that the columns take anywhere; sealed ones are bound to their rows. Raises
    sqlalchemy.exc.DBAPIError as any statement does.
    """
    if not rows:
        return
    bound = bound_rows(table, rows)
    if connection.dialect.name != "postgresql":
        connection.execute(insert(table), bound)
        return
    makers = [(name, _maker(connection, table, name)) for name in rows[0]]
    with copying(connection, table.name, list(rows[0])) as copy:
        for row in bound:
            copy.write_row([make(row[name]) for name, make in makers])


@contextmanager
def copying(connection: Connection, table: str, columns: Sequence[str]) -> Generator[Any]:
    """Give the driver's COPY into PostgreSQL's table, as text, to write rows or lines to.

    Raises sqlalchemy.exc.DBAPIError where the driver raises an error of its own.
    """
    quoted = connection.dialect.identifier_preparer.quote
    names = ", ".join(quoted(name) for name in columns)
    statement = f"COPY {quoted(table)} ({names}) FROM STDIN"
    driver: Any = connection.connection.driver_connection
    errors = connection.dialect.loaded_dbapi.Error
    try:
        with driver.cursor() as cursor, cursor.copy(statement) as copy:
            yield copy
    except errors as error:
        raise DBAPIError.instance(
            statement, None, error, errors, hide_parameters=True, dialect=connection.dialect
        ) from error


def _maker(connection: Connection, table: Table, name: str) -> Make:
    """Return what makes the driver's value of the column's."""
    kind, dialect = table.c[name].type, connection.dialect
    if getattr(kind, "is_sealed", False):
        sealed: Any = kind
        return lambda value: sealed.process_bind_param(value, dialect)
    return kind.dialect_impl(dialect).bind_processor(dialect) or _as_it_is


def _as_it_is(value: object) -> object:
    return value
