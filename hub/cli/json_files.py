"""How the commands that take a JSON file read it strictly and name every fault at once.

The contract is section 1 of the public interfaces: one object with ``"version": 1`` and the named
lists; unknown and missing fields, wrong types (true is not 1, an integer has no fraction), values
outside their list, impossible dates and duplicate ids are faults. A command describes its lists
as tables of fields; what comes back holds every value that could be read, so that the command can
go on to check what only it knows before it refuses. How single values are read is ``json_values``.
"""

import json
import re
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from hub.cli.files import BadInputError, Fault

FORM_VERSION = 1

ID = re.compile(r"[A-Za-z0-9._:-]{1,64}")
_NO_DEFAULT: Any = object()


class NotUsableError(Exception):
    """A value does not fit its field; the message says why and how to mend it."""


@dataclass(frozen=True)
class Place:
    """Where in the file a value stands; faults noted here go to the file's one list."""

    entry: str
    path: str
    faults: list[Fault]

    def field(self, name: str) -> "Place":
        """Return the place of a field of the object that stands here."""
        shown = name if ID.fullmatch(name) else json.dumps(name)
        return Place(self.entry, f"{self.path}.{shown}" if self.path else shown, self.faults)

    def at(self, index: int) -> "Place":
        """Return the place of the index-th value (from 0) of the list that stands here."""
        return Place(self.entry, f"{self.path}[{index}]", self.faults)

    def fault(self, why: str) -> None:
        """Note that what stands here is wrong."""
        self.faults.append(Fault(self.entry, self.path or "-", why))


Reader = Callable[[object, Place], Any]
"""Turns a JSON value into what it stands for, or raises NotUsableError."""


@dataclass(frozen=True)
class Field:
    """How one field of an object is read.

    An ``optional`` field may be null or left out and is then None; one with a ``default`` may be
    left out and is then that; every other field must be there.
    """

    read: Reader
    optional: bool = False
    default: Any = _NO_DEFAULT


Fields = Mapping[str, Field]


@dataclass(frozen=True)
class Record:
    """An object as far as it could be read: a field that is not in ``values`` was faulty."""

    place: Place
    values: dict[str, Any] = field(default_factory=dict)

    def get(self, name: str) -> Any:  # noqa: ANN401 (each field has its own type)
        """Return the field's value, None if it is null or was faulty."""
        return self.values.get(name)

    def rows(self, name: str) -> Sequence["Record"]:
        """Return the records of a list field, none if the list as a whole was faulty."""
        found: Sequence[Record] = self.values.get(name, ())
        return found


class _Repeated(dict[str, object]):
    """A JSON object with a field that stands in it twice: which one was meant nobody can say."""

    def __init__(self, pairs: list[tuple[str, object]]) -> None:
        super().__init__(pairs)
        counts = Counter(name for name, _ in pairs)
        self.repeated = [name for name, times in counts.items() if times > 1]


def read_lists(
    text: str, lists: Mapping[str, Fields]
) -> tuple[dict[str, list[Record]], list[Fault]]:
    """Return the top-level lists as records, and every fault found in the shape of the file.

    ``lists`` names them with the fields of their entries. The caller adds its own faults to the
    same list (through each record's ``place``) and hands it to ``refuse``. Raises BadInputError
    when the text is no JSON object at all.
    """
    faults: list[Fault] = []
    whole = Place("-", "", faults)
    document = _object_of(text, whole)
    found: dict[str, list[Record]] = {name: [] for name in lists}
    for name in document:
        if name != "version" and name not in lists:
            whole.field(name).fault("is not a field of this file")
    version = document.get("version")
    if isinstance(version, bool) or not isinstance(version, int) or version != FORM_VERSION:
        whole.field("version").fault(f"must be there and be {FORM_VERSION}")
    for name, fields in lists.items():
        entries = document.get(name)
        if isinstance(entries, list):
            found[name] = _entries(entries, fields, faults)
        else:
            whole.field(name).fault("must be there and be a list")
    return found, faults


def refuse(faults: list[Fault]) -> None:
    """Raise BadInputError if there is any fault."""
    if faults:
        raise BadInputError(list(dict.fromkeys(faults)))


def record(fields: Fields) -> Reader:
    """Return a reader of one object."""

    def read(value: object, place: Place) -> Record:
        if not isinstance(value, dict):
            msg = "must be an object"
            raise NotUsableError(msg)
        return _record(value, fields, place)

    return read


def rows(fields: Fields) -> Reader:
    """Return a reader of a list of objects; a row that is no object is left out after its fault."""

    def read(value: object, place: Place) -> list[Record]:
        if not isinstance(value, list):
            msg = "must be a list"
            raise NotUsableError(msg)
        return [_row(one, fields, place.at(index)) for index, one in enumerate(value)]

    return read


def _entries(entries: list[object], fields: Fields, faults: list[Fault]) -> list[Record]:
    """Read the top-level entries, each under its own id or, without a usable one, its number."""
    found = []
    for number, entry in enumerate(entries, start=1):
        own = entry.get("id") if isinstance(entry, dict) else None
        usable = isinstance(own, str) and ID.fullmatch(own) is not None
        found.append(_row(entry, fields, Place(str(own) if usable else f"#{number}", "", faults)))
    return found


def _row(value: object, fields: Fields, place: Place) -> Record:
    if isinstance(value, dict):
        return _record(value, fields, place)
    place.fault("must be an object")
    return Record(place)


def _record(value: dict[str, object], fields: Fields, place: Place) -> Record:
    """Read the object's fields one by one, noting a fault for each that is unknown or unusable."""
    _note_repeated(value, place)
    for name in value:
        if name not in fields:
            place.field(name).fault("is not a field here")
    found = Record(place)
    for name, field_ in fields.items():
        if name not in value:
            _left_out(found, name, field_)
        elif value[name] is None and field_.optional:
            found.values[name] = None
        else:
            inside = place.field(name)
            try:
                found.values[name] = field_.read(value[name], inside)
            except NotUsableError as error:
                inside.fault(str(error))
    return found


def _note_repeated(value: dict[str, object], place: Place) -> None:
    if isinstance(value, _Repeated):
        for name in value.repeated:
            place.field(name).fault("stands here twice")


def _left_out(found: Record, name: str, field_: Field) -> None:
    if field_.optional:
        found.values[name] = None
    elif field_.default is not _NO_DEFAULT:
        found.values[name] = field_.default
    else:
        found.place.field(name).fault("must be there")


def _object_of(text: str, whole: Place) -> dict[str, object]:
    """Return the file's one object. Raises BadInputError when the text is no JSON object."""
    try:
        document = json.loads(text, object_pairs_hook=_pairs, parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        place = f" (line {error.lineno})" if isinstance(error, json.JSONDecodeError) else ""
        raise BadInputError([Fault("-", "-", f"is not JSON{place}")]) from error
    if not isinstance(document, dict):
        raise BadInputError([Fault("-", "-", "must be one JSON object")])
    _note_repeated(document, whole)
    return document


def _pairs(pairs: list[tuple[str, object]]) -> dict[str, object]:
    values = dict(pairs)
    return values if len(values) == len(pairs) else _Repeated(pairs)


def _no_number(_text: str) -> float:
    msg = "NaN and Infinity are no JSON"
    raise ValueError(msg)
