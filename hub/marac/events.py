"""What happens to agendas."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SeriesSaved(Event):
    """A series of meetings was added or changed."""

    series_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgendaIssued(Event):
    """An agenda was issued."""

    meeting_id: UUID
    number: int
