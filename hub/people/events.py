"""What happens on the register and to questions of identity."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from hub.kernel.events import Event
from hub.people.states import Rung


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
class ConflictWithdrawn(Event):
    """A contact may have to do with a person again."""

    person_id: UUID
    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseLinked(Event):
    """Somebody at work is kept away from a case; who that is stands on the link alone."""

    link_id: UUID
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseUnlinked(Event):
    """Somebody at work may have to do with a case again."""

    link_id: UUID
    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class RegisterImported(Event):
    """A file of people was taken in whole."""

    import_id: UUID
    service_id: UUID
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class RegisterExported(Event):
    """Somebody took a service's part of the register out as a file."""

    service_id: UUID
    people: int


@dataclass(frozen=True, kw_only=True)
class RegisterSearched(Event):
    """Somebody searched the register; how many were found, never what was typed."""

    search_id: UUID
    purpose: str
    found: int


@dataclass(frozen=True, kw_only=True)
class AddressRevealed(Event):
    """Somebody was shown where a person lives and lived, and said what for."""

    person_id: UUID
    why: str


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
class IdentityCarried(Event):
    """What a duty desk answered in one concern holds in another concern of the same people."""

    check_id: UUID
    from_check_id: UUID
    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityUndone(Event):
    """An answer was taken back and the question is open again; ``person_id`` was confirmed."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID
    person_id: UUID | None


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


@dataclass(frozen=True, kw_only=True)
class IdentityReopened(Event):
    """A question that waited for the referrer, or had no candidate, is before the desk again."""

    check_id: UUID
    concern_id: UUID
    party_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityClimbed(Event):
    """A question waits for too long, or nobody below can answer it; ``to`` is who hears of it."""

    check_id: UUID
    concern_id: UUID
    to: Rung


@dataclass(frozen=True, kw_only=True)
class CandidatePutForward(Event):
    """Somebody on the register was put beside a question, by the engine later or by a person."""

    check_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CandidateRejected(Event):
    """A duty desk said that a candidate is not the person who is meant."""

    check_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdentityHastened(Event):
    """A question must be answered sooner than it was asked for."""

    check_id: UUID
    due_at: datetime


@dataclass(frozen=True, kw_only=True)
class LookUpAlerted(Event):
    """A look-up is put before a governance lead at once; whom it was about nobody is told."""

    look_up_id: UUID


@dataclass(frozen=True, kw_only=True)
class LookUpReviewed(Event):
    """Somebody other than who looked said what a look-up was."""

    look_up_id: UUID
    outcome: str


@dataclass(frozen=True, kw_only=True)
class CaseHidden(Event):
    """A case is about staff: from now on it is there for a few alone."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseShownAgain(Event):
    """A case is there again for all whose part it is."""

    case_id: UUID


@dataclass(frozen=True, kw_only=True)
class CaseNamed(Event):
    """Somebody is one of the few for whom a case about staff is there, or is no more."""

    name_id: UUID
    case_id: UUID
    is_named: bool
