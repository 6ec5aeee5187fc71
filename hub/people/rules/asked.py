"""What was asked, as the text that is kept sealed with the question."""

import json
from collections.abc import Mapping
from dataclasses import asdict, fields
from datetime import date, datetime
from typing import Any
from uuid import UUID

from hub.people.rules.identity import Asked
from hub.people.rules.look_ups import Sought

_DAYS = ("date_of_birth", "other_date_of_birth")
_LISTS = ("aliases", "postcodes", "phones")
_IDS = ("party_id", "concern_id")


def asked_text(asked: Asked) -> str:
    """Return the question as text, all but its ids, which have columns of their own."""
    values = {name: value for name, value in asdict(asked).items() if name not in _IDS}
    return json.dumps({name: _plain(value) for name, value in values.items() if value})


def asked_from(text: str, *, party_id: UUID, concern_id: UUID) -> Asked:
    """Return the question again; what an earlier release did not keep has its default."""
    kept: Mapping[str, Any] = json.loads(text)
    known = {field.name for field in fields(Asked)} - set(_IDS)
    values: dict[str, Any] = {
        name: _read(name, value) for name, value in kept.items() if name in known
    }
    return Asked(party_id=party_id, concern_id=concern_id, **values)


def sought_of(asked: Asked) -> Sought:
    """Return whom a question is about, as somebody who is looked up."""
    return Sought(
        given_name=asked.given_name,
        family_name=asked.family_name,
        date_of_birth=asked.date_of_birth,
        postcodes=asked.postcodes,
        phones=asked.phones,
        nhs_number=asked.nhs_number,
    )


def _plain(value: object) -> object:
    if isinstance(value, date | datetime):
        return value.isoformat()
    return str(value) if isinstance(value, UUID) else value


def _read(name: str, value: Any) -> object:  # noqa: ANN401 - whatever JSON holds
    if name in _DAYS:
        return date.fromisoformat(value)
    if name == "deadline":
        return datetime.fromisoformat(value)
    if name == "area_id":
        return UUID(value)
    return tuple(value) if name in _LISTS else value
