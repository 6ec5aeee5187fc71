"""What happens on the register and to questions of identity."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class PersonSaved(Event):
    """A person was added or changed (day of birth, support status, service)."""

    person_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class AllocationChanged(Event):
    """A person's worker in some role changed, from whichever day."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConflictDeclared(Event):
    """A contact must have nothing to do with a person."""

    person_id: UUID
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class RegisterImported(Event):
    """A file of people was taken in whole."""

    import_id: UUID
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class IdentityAsked(Event):
    """A duty desk is asked whether somebody in a concern is on the register."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    service_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class IdentityConfirmed(Event):
    """A duty desk confirmed by two facts who is meant."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityUndone(Event):
    """A confirmation was taken back; the question is open again."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityRuledOut(Event):
    """A duty desk answered that the person is not care-experienced, as far as its register goes."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityAskedBack(Event):
    """A duty desk cannot tell and asks the referrer for more."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
