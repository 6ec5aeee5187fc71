"""What happens to concerns."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class ConcernSubmitted(Event):
    """A referrer submitted a concern."""

    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConcernScreened(Event):
    """A co-ordinator decided what becomes of a concern."""

    concern_id: UUID
    outcome: str
