"""What happened to the returns of an area; what somebody looks at or takes is a look."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class EditionMade(Event):
    """The copy of a quarter was made; from now on it stays as it is."""

    edition_id: UUID
    area_id: UUID
    quarter: str


@dataclass(frozen=True, kw_only=True)
class ExactReturnAsked(Event):
    """Somebody asked to pass an exact return on."""

    release_id: UUID
    area_id: UUID
    quarter: str


@dataclass(frozen=True, kw_only=True)
class ExactReturnSettled(Event):
    """A second person approved that an exact return is passed on, or refused it."""

    release_id: UUID
    is_approved: bool
