"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime
from typing import TypeVar

from cryptography.exceptions import InvalidTag
from sqlalchemy import ColumnElement, DateTime, Label, LargeBinary, TypeDecorator, type_coerce
from sqlalchemy.engine import Dialect
from typing_extensions import override

from hub.db.keyring import Keyring
from hub.db.rows import KEY, parted, row_of, with_row

Value = TypeVar("Value")


class UtcInstant(TypeDecorator[datetime]):
    """An instant, given and taken with its zone, kept in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    @override
    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        if value.tzinfo is None:
            raise ValueError("an instant needs its zone")
        utc = value.astimezone(UTC)
        return utc.replace(tzinfo=None) if dialect.name == "sqlite" else utc

    @override
    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        if value is None:
            return None
        return value.replace(tzinfo=UTC) if value.tzinfo is None else value.astimezone(UTC)


class _Sealed(TypeDecorator[Value]):
    """A value that is encrypted at rest; ``place`` (``table.column``) and row are in the seal.

    It cannot be searched or sorted by the database: what must be found has a blind index.
    """

    impl = LargeBinary
    cache_ok = True
    is_sealed = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    @override
    def column_expression(self, column: ColumnElement[Value]) -> ColumnElement[Value]:
        """Let the database send the row's id before the value, wherever the column is read."""
        read = column.element if isinstance(column, Label) else column
        table = getattr(read, "table", None)
        if table is None or KEY not in table.c:
            raise TypeError(f"{self.place} is read without its row")
        wanted = with_row(table.c[KEY], type_coerce(read, LargeBinary))
        wanted.type = self
        return wanted

    def sealed(self, text: str, value: object, dialect: Dialect) -> bytes:
        """Return the text encrypted for its place and, as far as the value knows it, its row."""
        return keyring_of(dialect).seal(text, _place(self.place, row_of(value)))

    def opened(self, value: bytes, dialect: Dialect) -> str:
        """Return the text. Raises cryptography's InvalidTag if it was moved or changed.

        What was written before rows were in the seal, or by a statement that names no row, opens
        by its place alone.
        """
        row, sealed = parted(bytes(value), dialect.name)
        keyring = keyring_of(dialect)
        try:
            return keyring.unseal(sealed, _place(self.place, row))
        except InvalidTag:
            return keyring.unseal(sealed, self.place)


class SealedText(_Sealed[str]):
    """Text that is encrypted at rest."""

    cache_ok = True

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else self.sealed(value, value, dialect)

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else self.opened(value, dialect)


class SealedDate(_Sealed[date]):
    """A day that is encrypted at rest, such as a date of birth."""

    cache_ok = True

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> bytes | None:
        return None if value is None else self.sealed(value.isoformat(), value, dialect)

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> date | None:
        return None if value is None else date.fromisoformat(self.opened(value, dialect))


def _place(place: str, row: str) -> str:
    return f"{place}#{row}" if row else place


def keyring_of(dialect: Dialect) -> Keyring:
    """Return the keys that were given to this engine. Raises TypeError when there are none."""
    try:  # every sealed value asks: to ask for forgiveness takes half the time
        keyring: Keyring = dialect.hub_keyring  # type: ignore[attr-defined]  # of make_engine
    except AttributeError:
        raise TypeError("this engine was made without keys") from None
    return keyring
