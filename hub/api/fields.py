"""How days and instants stand in JSON: the same forms as in the hub's files."""

from datetime import date, datetime
from typing import Any

from marshmallow import ValidationError, fields
from typing_extensions import override

from hub.kernel.days import (
    NotADayError,
    NotAnInstantError,
    format_day,
    format_instant,
    parse_day,
    parse_instant,
)


class Instant(fields.AwareDateTime):
    """An instant: taken with ``Z`` or an offset, given out in UTC with ``Z``."""

    @override
    def _serialize(
        self, value: datetime | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> str | None:
        return None if value is None else format_instant(value)

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> datetime:
        try:
            return parse_instant(value if isinstance(value, str) else "")
        except NotAnInstantError as error:
            raise ValidationError(f"Must be an instant: {error}.") from error


class Day(fields.Date):
    """A day in Europe/London as ``YYYY-MM-DD``."""

    @override
    def _serialize(
        self, value: date | None, attr: str | None, obj: Any, **kwargs: Any
    ) -> str | None:
        return None if value is None else format_day(value)

    @override
    def _deserialize(self, value: Any, attr: str | None, data: Any, **kwargs: Any) -> date:
        try:
            return parse_day(value if isinstance(value, str) else "")
        except NotADayError as error:
            raise ValidationError(f"Must be a day: {error}.") from error
