"""What an asker may see of a request, as frozen rows."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from uuid import UUID

from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import Purpose
from hub.sharing.rules.request_answers import AskAnswers
from hub.sharing.states import RequestState


class Seen(StrEnum):
    """What an asker sees of a line."""

    WAITS = "waits"
    SHARED = "shared"
    NOT_SHARED = "not_shared"


class Doer(StrEnum):
    """Who did a step, as the asker may know it."""

    ASKER = "asker"
    COLLEAGUE = "colleague"
    """Of the asker's own agency: whoever was asked to counter-sign."""
    HOLDER = "holder"
    HUB = "hub"


@dataclass(frozen=True, slots=True)
class AskedLine:
    """A request in its asker's list: its reference, never a name. Instants in UTC."""

    id: UUID
    reference: str
    agency: str
    service: str | None
    state: str
    priority: str
    sent_at: datetime
    received_at: datetime | None
    due_at: datetime | None
    acknowledged_at: datetime | None
    paused_at: datetime | None
    is_unread: bool


@dataclass(frozen=True, slots=True)
class CategoryLine:
    """One category that was asked for, and what its asker may know of it."""

    id: UUID
    category: str
    wanted: str
    seen: Seen
    settled_at: datetime | None


@dataclass(frozen=True, slots=True)
class StepLine:
    """Something that was done about a request and that both sides may read."""

    action: str
    note: str | None
    by: Doer
    done_at: datetime


@dataclass(frozen=True, slots=True)
class AskedFile:
    """A file of a request; ``line_id`` is the line that it answers, None for the asker's own."""

    id: UUID
    name: str
    media_type: str
    size: int
    line_id: UUID | None


@dataclass(frozen=True, slots=True)
class SharedText:
    """What left, in its exact words, and what may be done with it."""

    line_id: UUID
    words: str
    onward: str
    onward_named: str
    method: str
    shared_at: datetime


@dataclass(frozen=True, slots=True)
class Asker:
    """Who asks, as the hub knows them."""

    name: str
    email: str
    agency: str


@dataclass(frozen=True, slots=True)
class AskedSheet:
    """A whole request as its asker sees it."""

    line: AskedLine
    version: int
    asker: Asker
    holder_agency_id: UUID
    holder_service_id: UUID | None
    purpose: Purpose
    answers: AskAnswers
    counter_signed_at: datetime | None
    categories: tuple[CategoryLine, ...]
    steps: tuple[StepLine, ...]
    files: tuple[AskedFile, ...]

    @property
    def state(self) -> RequestState:
        """Where it stands."""
        return RequestState(self.line.state)

    @property
    def urgency(self) -> Priority:
        """How soon an answer is needed."""
        return Priority(self.line.priority)
