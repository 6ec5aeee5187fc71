"""Writing situations and requirements: the JSON of the public interfaces, section 6.

The fields of the dataclasses are the fields of the file, in the same order, so that what is
written is exactly what is promised and what ``hub invitations required`` reads.
"""

import json
from collections.abc import Iterable
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from typing import TYPE_CHECKING

from hub.cli.json_files import FORM_VERSION
from hub.kernel.days import format_day, format_instant
from hub.meetings.requirement import Requirement
from hub.meetings.situation import Situation

if TYPE_CHECKING:
    from _typeshed import DataclassInstance

ATTRIBUTES = {"from": "from_on", "until": "until_on"}
"""Fields of the file whose attribute has another name (``from`` is a word of the language)."""

_FIELDS = {attribute: field for field, attribute in ATTRIBUTES.items()}


def situation_to_json(situation: Situation) -> dict[str, object]:
    """Return the situation as an entry of ``situations``, every field written out."""
    return _object(situation)


def requirement_to_json(situation_id: str, requirement: Requirement) -> dict[str, object]:
    """Return the requirement of the situation with this id as an entry of ``results``."""
    return {"id": situation_id, **_object(requirement)}


def situations_text(situations: Iterable[Situation]) -> str:
    """Return the file of situations that ``hub invitations required`` takes as it is."""
    return _text("situations", [situation_to_json(situation) for situation in situations])


def requirements_text(answers: Iterable[tuple[str, Requirement]]) -> str:
    """Return the file of results for pairs of a situation's id and its requirement."""
    return _text("results", [requirement_to_json(*answer) for answer in answers])


def _text(name: str, entries: list[dict[str, object]]) -> str:
    document = {"version": FORM_VERSION, name: entries}
    return json.dumps(document, ensure_ascii=False) + "\n"


def _object(value: "DataclassInstance") -> dict[str, object]:
    return {
        _FIELDS.get(field.name, field.name): _plain(getattr(value, field.name))
        for field in fields(value)
    }


def _plain(value: object) -> object:
    """Return the value as JSON has it; ids, numbers, words and None stay what they are."""
    if isinstance(value, datetime):
        return format_instant(value)
    if isinstance(value, date):
        return format_day(value)
    if isinstance(value, tuple):
        return [_plain(one) for one in value]
    if is_dataclass(value) and not isinstance(value, type):
        return _object(value)
    return value
