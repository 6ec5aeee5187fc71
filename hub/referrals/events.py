"""What happens to concerns."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class DraftStarted(Event):
    """A referrer began a concern; nobody else can see it yet."""

    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class DraftSaved(Event):
    """A referrer saved a page of a draft."""

    draft_id: UUID
    page: str


@dataclass(frozen=True, kw_only=True)
class DraftDeleted(Event):
    """A draft was thrown away, by its referrer or because it was old."""

    draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class FileAdded(Event):
    """A file was put to a draft or a concern."""

    file_id: UUID


@dataclass(frozen=True, kw_only=True)
class FileRemoved(Event):
    """A file was taken out of a draft."""

    file_id: UUID


@dataclass(frozen=True, kw_only=True)
class FileTermsSaid(Event):
    """A referrer said whether a file may go to another area's MARAC."""

    file_id: UUID
    stays_here: bool


@dataclass(frozen=True, kw_only=True)
class ConcernSubmitted(Event):
    """A referrer submitted a concern."""

    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConcernAddedTo(Event):
    """A referrer sent more information; one without a decision waits for it again."""

    concern_id: UUID
    addition_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConcernScreened(Event):
    """A co-ordinator decided what becomes of a concern, or its referrer withdrew it.

    ``outcome`` is a value of ``hub.referrals.states.Screening``.
    """

    concern_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class ContactRevealed(Event):
    """Somebody was shown the addresses and telephone numbers of a concern, and said what for."""

    concern_id: UUID
    why: str


@dataclass(frozen=True, kw_only=True)
class ThresholdsSet(Event):
    """An area changed how it reads risk."""

    area_id: UUID
