"""Keeping the keys by which people are found, in step with what is known of them."""

from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import delete, insert

from hub.db.units import UnitOfWork
from hub.people.matching.subjects import Entry
from hub.people.models import MatchKey
from hub.people.queries.entries import blind_keys, held, keys_of_unit


def index_people(uow: UnitOfWork, entries: Mapping[UUID, Entry]) -> None:
    """Write the keys of people who have none yet, in bulk."""
    keyring = keys_of_unit(uow)
    rows = [
        {"key": key, "person_id": person_id}
        for person_id, entry in entries.items()
        for key in set(blind_keys(keyring, [entry]))
    ]
    if rows:
        uow.session.execute(insert(MatchKey.__table__), rows)  # type: ignore[arg-type]  # a Table


def reindex(uow: UnitOfWork, person_id: UUID) -> None:
    """Write the keys of somebody whose record has changed, in place of those before."""
    uow.session.flush()
    uow.session.execute(delete(MatchKey).where(MatchKey.person_id == person_id))
    found = held(uow, [person_id])
    index_people(uow, {person_id: found[person_id].entry})
