"""Binds each sealed value to its row, so that a value moved to another row does not open.

A column type sees a value and not its row. So the row's id goes along: on the way in with the value
itself, put there by ``bind_to_row`` before an object is written, or by ``bound_rows`` for a
statement; on the way out as the first bytes of what the database sends, put there by the expression
``with_row``. Every table with a sealed column has the one primary key ``id``.
"""

import gc
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, Self
from uuid import UUID

from sqlalchemy import ColumnElement, Connection, Table, inspect
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.orm import Mapper
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

KEY = "id"
TEXT_ID, BINARY_ID = 32, 16
"""Bytes of an id as SQLite keeps it, in hexadecimal digits, and as PostgreSQL sends it."""


class RowText(str):
    """A text that knows in which row it is to be written."""

    __slots__ = ("row",)
    row: UUID

    def __new__(cls, text: str, row: UUID) -> Self:
        """Return the text, on its way into the row."""
        made = super().__new__(cls, text)
        made.row = row
        return made


class RowDate(date):
    """A day that knows in which row it is to be written."""

    row: UUID

    @classmethod
    def of(cls, day: date, row: UUID) -> Self:
        """Return the day, on its way into the row."""
        made = cls(day.year, day.month, day.day)
        made.row = row
        return made


class with_row(FunctionElement[Any]):  # noqa: N801 - reads as the function of SQL that it is
    """A column's value with the id of its row before it."""

    inherit_cache = True
    name = "with_row"


@compiles(with_row, "sqlite")
def _on_sqlite(element: with_row, compiler: SQLCompiler, **kw: object) -> str:
    row, column = (compiler.process(each, **kw) for each in element.clauses)
    return f"CAST({row} || {column} AS BLOB)"


@compiles(with_row, "postgresql")
def _on_postgresql(element: with_row, compiler: SQLCompiler, **kw: object) -> str:
    row, column = (compiler.process(each, **kw) for each in element.clauses)
    return f"uuid_send({row}) || {column}"


def parted(value: bytes, dialect: str) -> tuple[str, bytes]:
    """Return the row's id in hexadecimal digits, and what is sealed."""
    if dialect == "sqlite":
        return value[:TEXT_ID].decode("ascii"), value[TEXT_ID:]
    return value[:BINARY_ID].hex(), value[BINARY_ID:]


def row_of(value: object) -> str:
    """Return the id of the row that a value is on its way into; empty where it does not know."""
    row = getattr(value, "row", None)
    return row.hex if isinstance(row, UUID) else ""


def bind_to_row(mapper: Mapper[Any], _: Connection, target: Any) -> None:  # noqa: ANN401 - any row
    """Let every sealed value of an object that is about to be written know its row."""
    state = inspect(target)
    for name, column in mapper.columns.items():
        if _is_sealed(column) and state.attrs[name].history.has_changes():
            setattr(target, name, _bound(getattr(target, name), getattr(target, KEY)))


def bound_rows(table: Table, rows: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Return rows for a statement that inserts many at once, each sealed value bound to its row."""
    names = [column.name for column in table.c if _is_sealed(column)]
    return [
        row | {name: _bound(row[name], row[KEY]) for name in names if name in row} for row in rows
    ]


def _is_sealed(column: ColumnElement[Any]) -> bool:
    return bool(getattr(column.type, "is_sealed", False))


def _bound(value: object, row: UUID) -> object:
    if isinstance(value, str):
        return RowText(value, row)
    return RowDate.of(value, row) if isinstance(value, date) else value


@contextmanager
def uncollected() -> Iterator[None]:
    """Let nobody look for cycles among many rows while they are gathered: there are none.

    The search costs a quarter of an import. Other threads' cycles wait for the end of it.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
