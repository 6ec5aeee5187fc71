"""How single values of a JSON file are read: ids, words, numbers, days, yes or no, and sets."""

from datetime import date, datetime
from enum import StrEnum
from typing import Any

from hub.cli.json_files import ID, NotUsableError, Place, Reader
from hub.kernel.days import NotADayError, NotAnInstantError, parse_day, parse_instant


def identifier(value: object, _place: Place) -> str:
    """Read an id. Raises NotUsableError."""
    if not isinstance(value, str) or ID.fullmatch(value) is None:
        msg = "must be an id: 1 to 64 of A-Z a-z 0-9 . _ : -"
        raise NotUsableError(msg)
    return value


def day(value: object, _place: Place) -> date:
    """Read a day in Europe/London. Raises NotUsableError."""
    try:
        return parse_day(_string(value, "a date as YYYY-MM-DD"))
    except NotADayError as error:
        raise NotUsableError(str(error)) from error


def instant(value: object, _place: Place) -> datetime:
    """Read an instant (UTC). Raises NotUsableError."""
    try:
        return parse_instant(_string(value, "an instant as YYYY-MM-DDTHH:MM:SSZ"))
    except NotAnInstantError as error:
        raise NotUsableError(str(error)) from error


def yes_or_no(value: object, _place: Place) -> bool:
    """Read true or false. Raises NotUsableError."""
    if not isinstance(value, bool):
        msg = "must be true or false"
        raise NotUsableError(msg)
    return value


def one_of(words: type[StrEnum]) -> Reader:
    """Return a reader of one of the words."""

    def read(value: object, _place: Place) -> StrEnum:
        if not isinstance(value, str) or value not in set(words):
            raise NotUsableError("must be one of " + ", ".join(words))
        return words(value)

    return read


def set_of(words: type[StrEnum], *, least: int = 0) -> Reader:
    """Return a reader of a set of the words: a list in any order, none of them twice."""
    word = one_of(words)

    def read(value: object, place: Place) -> frozenset[StrEnum]:
        if not isinstance(value, list):
            msg = "must be a list"
            raise NotUsableError(msg)
        if len(value) < least:
            raise NotUsableError(f"must hold {least} or more of " + ", ".join(words))
        found: set[StrEnum] = set()
        for index, one in enumerate(value):
            _add(found, one, word, place.at(index))
        return frozenset(found)

    return read


def list_of(read_one: Reader, *, least: int = 0, is_set: bool = False) -> Reader:
    """Return a reader of a list, in its order; of a set none may stand in it twice."""

    def read(value: object, place: Place) -> tuple[Any, ...]:
        if not isinstance(value, list):
            msg = "must be a list"
            raise NotUsableError(msg)
        if len(value) < least:
            msg = f"must hold {least} or more"
            raise NotUsableError(msg)
        found: list[Any] = []
        for index, one in enumerate(value):
            inside = place.at(index)
            try:
                usable = read_one(one, inside)
            except NotUsableError as error:
                inside.fault(str(error))
                continue
            if is_set and usable in found:
                inside.fault("stands here twice")
            found.append(usable)
        return tuple(found)

    return read


def integer(least: int, most: int) -> Reader:
    """Return a reader of a whole number in the range, both ends included."""

    def read(value: object, _place: Place) -> int:
        if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
            msg = f"must be a whole number from {least} to {most}, without a fraction"
            raise NotUsableError(msg)
        return value

    return read


def _add(found: set[StrEnum], value: object, word: Reader, place: Place) -> None:
    """Add the word that the value is, or note at its place why it cannot be."""
    try:
        one = word(value, place)
    except NotUsableError as error:
        place.fault(str(error))
        return
    if one in found:
        place.fault("stands here twice")
    found.add(one)


def _string(value: object, what: str) -> str:
    if not isinstance(value, str):
        msg = f"must be {what}"
        raise NotUsableError(msg)
    return value
