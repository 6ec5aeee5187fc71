"""What becomes of messages."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class MessageRelayed(Event):
    """The relay took a message; that is not to say that anybody has it."""

    message_id: UUID


@dataclass(frozen=True, kw_only=True)
class MessageRefused(Event):
    """The relay refused a message for good."""

    message_id: UUID
    recipient_id: UUID | None
