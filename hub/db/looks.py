"""A look at a person's record is itself recorded, and recorded first.

The entry is committed before any of the data is read, so that nothing is shown that the trail does
not know of; when the trail cannot be written, nothing is shown.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from uuid import UUID

from typing_extensions import override

from hub.db.units import Units
from hub.kernel.actor import Actor
from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class Looked(Event):
    """Somebody was shown a record. ``kind`` says of which sort (person, check, concern, item)."""

    kind: str
    record_id: UUID

    @override
    def subject(self) -> tuple[str, str]:
        return self.kind, str(self.record_id)


def look(units: Units, actor: Actor, kind: str, record_ids: Iterable[UUID]) -> None:
    """Commit to the trail that the actor is about to be shown these records."""
    look_at(units, actor, ((kind, record_id) for record_id in record_ids))


def look_at(units: Units, actor: Actor, records: Iterable[tuple[str, UUID]]) -> None:
    """Commit to the trail that the actor is about to be shown records of several kinds."""
    with units.write(actor) as uow:
        for kind, record_id in records:
            uow.emit(Looked(kind=kind, record_id=record_id))
