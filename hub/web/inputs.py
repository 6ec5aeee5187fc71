"""Fields of the long journeys: whole numbers, NHS numbers, lines of text, days of birth."""

from typing import Any, Unpack

from marshmallow import ValidationError, fields
from stdnum.gb import nhs
from typing_extensions import override

from hub.kernel.days import age_on
from hub.web.dates import PARTS, TODAY, DateParts
from hub.web.fields import SHORT_TEXT, Asked, LongText, PlainText, Wording
from hub.web.values import Typed

NHS_DIGITS = 10
OLDEST = 120
"""An age in years that nobody reaches: an earlier date of birth is a slip of the finger."""

MOST_LINES = 20


class WholeNumber(Asked, fields.Integer):
    """A whole number between two bounds, from digits as typed or from a JSON number."""

    inputmode = "numeric"

    def __init__(
        self, label: str, *, lowest: int = 0, highest: int = 999, **wording: Unpack[Wording]
    ) -> None:
        super().__init__(label, **wording)
        self.lowest = lowest
        self.highest = highest

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        number = self._number(value)
        if number is None or not self.lowest <= number <= self.highest:
            raise self.wrong(f"must be a whole number from {self.lowest} to {self.highest}")
        return number

    @staticmethod
    def _number(value: object) -> int | None:
        if isinstance(value, int) and not isinstance(value, bool):
            return value
        text = value.strip() if isinstance(value, str) else ""
        return int(text) if text.isascii() and text.isdigit() and len(text) <= SHORT_TEXT else None


class NhsNumber(PlainText):
    """An NHS number whose check digit is right, kept as ten digits."""

    inputmode = "numeric"

    @override
    def understood(self, text: str) -> str:
        if not nhs.is_valid(text):
            raise ValidationError(
                f"Check {self.called}: it has 10 digits, like 999 000 0018, and this one has a slip"
            )
        return str(nhs.compact(text))

    @override
    def show(self, value: object) -> Typed:
        text = str(value or "")
        if len(text) != NHS_DIGITS:
            return super().show(value)
        return (f"{text[:3]} {text[3:6]} {text[6:]}",)


class Lines(LongText):
    """Several short texts, one on each line, or a JSON list; loads to a list without repeats."""

    @override
    def show(self, value: object) -> Typed:
        return ("\n".join(value),) if isinstance(value, list | tuple) else super().show(value)

    @override
    def _deserialize(self, value: object, attr: str | None, data: Any, **kwargs: Any) -> Any:
        if isinstance(value, list):
            value = "\n".join(value) if all(isinstance(each, str) for each in value) else None
        text = super()._deserialize(value, attr, data, **kwargs)
        found = [line.strip() for line in (text or "").split("\n") if line.strip()]
        if len(found) > MOST_LINES or any(len(line) > SHORT_TEXT for line in found):
            raise self.wrong(
                f"must be {MOST_LINES} lines or fewer, each {SHORT_TEXT} characters or fewer"
            )
        return list(dict.fromkeys(found))


class BirthDate(DateParts):
    """A day of birth: today or earlier, and no further back than anybody can have lived."""

    @override
    def check_side(self, day: Any) -> None:
        super().check_side(day)
        if age_on(day, TODAY.get()) > OLDEST:
            raise self.bad(f"must be less than {OLDEST} years ago. Check the year", PARTS)
