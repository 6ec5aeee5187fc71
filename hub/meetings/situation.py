"""What must be known of a meeting to say who must be invited to it, and nothing else.

A situation holds opaque ids, days and states; it names nobody and says nothing of what happened.
Its words are those of the hub's public interface, section 6. ``from_on`` to ``until_on`` is
half-open: ``until_on`` is the first day that no longer counts, None leaves the end open. All days
are days in Europe/London; ``starts_at`` is an instant.
"""

from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hub.sharing.states import AgreementState


class MeetingKind(StrEnum):
    """What kind of meeting it is; the same people are required at each."""

    MARAC = "marac"
    SAFETY_PLANNING = "safety_planning"
    PROFESSIONALS = "professionals"
    SUPPORT = "support"
    STRATEGY = "strategy"


class AllocationRole(StrEnum):
    """In which role a worker is a person's own."""

    LEAVING_CARE_WORKER = "leaving_care_worker"
    SOCIAL_WORKER = "social_worker"


class CareStatus(StrEnum):
    """Whether somebody has confirmed that the person is care-experienced."""

    CARE_EXPERIENCED = "care_experienced"
    NOT_KNOWN = "not_known"
    NOT_CARE_EXPERIENCED = "not_care_experienced"


class SupportStatus(StrEnum):
    """How the leaving care service supports the person now."""

    ALLOCATED = "allocated"
    DUTY = "duty"
    STEPPED_DOWN = "stepped_down"
    DECLINED = "declined"
    OUT_OF_AREA = "out_of_area"
    TRANSFERRED = "transferred"
    DIED = "died"


class ItemRole(StrEnum):
    """Why a person is on an agenda item."""

    VICTIM = "victim"
    ALLEGED_PERPETRATOR = "alleged_perpetrator"
    CHILD = "child"
    OTHER_ADULT = "other_adult"


@dataclass(frozen=True, kw_only=True)
class Meeting:
    """The meeting: its kind, and the instant at which it starts."""

    kind: MeetingKind
    starts_at: datetime


@dataclass(frozen=True, kw_only=True)
class Service:
    """A leaving care or social work service and the state of its agreement."""

    id: str
    agreement: AgreementState


@dataclass(frozen=True, kw_only=True)
class Desk:
    """A duty desk of a service; ``verified_on`` is when its contact was last known to be right."""

    id: str
    service: str
    team: str | None = None
    verified_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Team:
    """A team; ``manager`` is a worker."""

    id: str
    manager: str | None = None


@dataclass(frozen=True, kw_only=True)
class Worker:
    """A worker of a service; ``deputy`` is a worker, ``from_on`` None means always."""

    id: str
    service: str
    team: str | None = None
    deputy: str | None = None
    from_on: date | None = None
    until_on: date | None = None
    verified_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Allocation:
    """A worker is a person's own in a role for a time."""

    person: str
    worker: str
    role: AllocationRole
    from_on: date
    until_on: date | None = None


@dataclass(frozen=True, kw_only=True)
class Absence:
    """A worker is away for a time; ``cover`` is a worker."""

    worker: str
    from_on: date
    until_on: date
    cover: str | None = None


@dataclass(frozen=True, kw_only=True)
class Conflict:
    """A recipient (worker or desk) must have nothing to do with a person."""

    recipient: str
    person: str


@dataclass(frozen=True, kw_only=True)
class Bar:
    """A recipient (worker or desk) is kept from an item."""

    recipient: str
    item: str


@dataclass(frozen=True, kw_only=True)
class Person:
    """A person whom items are about; ``service`` is the responsible authority's."""

    id: str
    care_status: CareStatus
    date_of_birth: date | None = None
    support_status: SupportStatus | None = None
    service: str | None = None


@dataclass(frozen=True, kw_only=True)
class PersonOnItem:
    """A person's place on an item."""

    person: str
    role: ItemRole


@dataclass(frozen=True, kw_only=True)
class Item:
    """An agenda item; without ``starts_at`` it starts when the meeting does."""

    id: str
    people: tuple[PersonOnItem, ...]
    starts_at: datetime | None = None


@dataclass(frozen=True, kw_only=True)
class Situation:
    """A meeting and all that decides who must be invited to it, as known on ``as_of``.

    ``desks`` stand in order of preference; the order of the other lists means nothing. Ids are
    unique within each list, and between workers and desks; a person has at most one allocation in
    a role at a time and a worker at most one absence.
    """

    id: str
    as_of: date
    meeting: Meeting
    services: tuple[Service, ...]
    persons: tuple[Person, ...]
    items: tuple[Item, ...]
    desks: tuple[Desk, ...] = ()
    teams: tuple[Team, ...] = ()
    workers: tuple[Worker, ...] = ()
    allocations: tuple[Allocation, ...] = ()
    absences: tuple[Absence, ...] = ()
    conflicts: tuple[Conflict, ...] = ()
    bars: tuple[Bar, ...] = ()
    stale_after_days: int = 90
