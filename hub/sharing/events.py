"""What happens to agreements and decisions."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    """An agreement was made, signed, brought into force, suspended or changed."""

    agreement_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisclosureDecided(Event):
    """It was decided by rule whether something may be told."""

    decision_id: UUID
    item_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RefusalOutweighed(Event):
    """A named person weighed both risks and decided to share against a refusal."""

    decision_id: UUID
    item_id: UUID
    person_id: UUID
