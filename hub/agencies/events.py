"""What happens in the contact directory."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgencySaved(Event):
    """An agency was added or changed."""

    agency_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class AgencySuspended(Event):
    """An agency does not take part for a while: nothing is shared with it."""

    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgencyResumed(Event):
    """An agency takes part again."""

    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class ServiceSaved(Event):
    """A service was added or changed."""

    service_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class OfficeSaved(Event):
    """An office was added or changed."""

    office_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class TeamSaved(Event):
    """A team was added or changed."""

    team_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class ContactSaved(Event):
    """A contact was added or changed (role, team, deputy, channels, last day)."""

    contact_id: UUID
    is_new: bool


@dataclass(frozen=True, kw_only=True)
class ContactChecked(Event):
    """A contact's entry is known to be right again.

    ``how`` is ``directory`` (somebody looked and confirmed it, which also ends a doubt about the
    address), ``signed_in`` or ``answered`` (the person showed that they are at work).
    """

    contact_id: UUID
    how: str = "directory"


@dataclass(frozen=True, kw_only=True)
class ServiceChecked(Event):
    """Somebody confirmed that a service's entry is right."""

    service_id: UUID


@dataclass(frozen=True, kw_only=True)
class ContactAddressDoubted(Event):
    """A message to the contact was refused or came back."""

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class AbsenceSaved(Event):
    """A contact's absence was added, changed or removed."""

    contact_id: UUID


@dataclass(frozen=True, kw_only=True)
class DirectoryImported(Event):
    """A file of contacts was taken in whole."""

    import_id: UUID
    added: int
    changed: int


@dataclass(frozen=True, kw_only=True)
class DirectoryExported(Event):
    """The directory was taken out as a file."""

    export_id: UUID
