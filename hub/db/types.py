"""Column types that mean the same on SQLite and PostgreSQL."""

from datetime import UTC, date, datetime

from sqlalchemy import DateTime, LargeBinary, TypeDecorator
from sqlalchemy.engine import Dialect
from typing_extensions import override

from hub.db.keyring import Keyring


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


class SealedText(TypeDecorator[str]):
    """Text that is encrypted at rest; ``place`` (``table.column``) is bound into the seal.

    It cannot be searched or sorted by the database: what must be found has a blind index.
    """

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    @override
    def process_bind_param(self, value: str | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring_of(dialect).seal(value, self.place)

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> str | None:
        return None if value is None else keyring_of(dialect).unseal(value, self.place)


class SealedDate(TypeDecorator[date]):
    """A day that is encrypted at rest, such as a date of birth."""

    impl = LargeBinary
    cache_ok = True

    def __init__(self, place: str) -> None:
        super().__init__()
        self.place = place

    @override
    def process_bind_param(self, value: date | None, dialect: Dialect) -> bytes | None:
        return None if value is None else keyring_of(dialect).seal(value.isoformat(), self.place)

    @override
    def process_result_value(self, value: bytes | None, dialect: Dialect) -> date | None:
        if value is None:
            return None
        return date.fromisoformat(keyring_of(dialect).unseal(value, self.place))


def keyring_of(dialect: Dialect) -> Keyring:
    """Return the keys that were given to this engine. Raises TypeError when there are none."""
    try:  # every sealed value asks: to ask for forgiveness takes half the time
        keyring: Keyring = dialect.hub_keyring  # type: ignore[attr-defined]  # of make_engine
    except AttributeError:
        raise TypeError("this engine was made without keys") from None
    return keyring
