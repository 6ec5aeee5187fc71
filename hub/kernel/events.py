"""What happened: frozen facts in the past tense that carry ids and never content."""

from dataclasses import asdict, dataclass
from datetime import date, datetime
from enum import Enum
from uuid import UUID


@dataclass(frozen=True, kw_only=True)
class Event:
    """Something that a command did. Rooms say it; ``wiring`` decides who reacts."""

    def subject(self) -> tuple[str, str]:
        """Return (field name without ``_id``, id) of the first id: what the event is about."""
        for name, value in asdict(self).items():
            if isinstance(value, UUID):
                return name.removesuffix("_id"), str(value)
        return "hub", "-"

    def facts(self) -> dict[str, str | int | bool | None]:
        """Return the event's fields as plain values, for the audit trail."""
        return {name: _plain(value) for name, value in asdict(self).items()}


def _plain(value: object) -> str | int | bool | None:
    if isinstance(value, Enum):
        return str(value.value)
    if value is None or isinstance(value, bool | int | str):
        return value
    if isinstance(value, datetime | date):
        return value.isoformat()
    return str(value)
