"""A meeting with its cases and, per case, where everybody stands: a fixed number of queries.

No name of anybody whom a case is about is read here. Cases from which the actor's own entry in the
directory is kept by a conflict of interest are left out as if they were not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.agencies.models import Area, Contact
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.meetings.access import is_open_item, may_be_shown
from hub.meetings.models import Attendance, Excuse, Invitation, Item, ItemPerson, Meeting, Task
from hub.meetings.wording import SAID, Held, Said, state_in_words, state_without
from hub.referrals.models import Concern

CHOSEN = "chosen"
UNCONFIRMED = "care_status_unconfirmed"
AnySelect = Select[*tuple[Any, ...]]
ROLE_ORDER = {"victim": 0, "alleged_perpetrator": 1, "child": 2, "other_adult": 3}


@dataclass(frozen=True)
class MeetingRow:
    """A meeting."""

    id: UUID
    reference: str
    kind: str
    state: str
    area_id: UUID
    area: str
    series_id: UUID | None
    starts_at: datetime
    ends_at: datetime
    place: str | None
    video_link: str | None
    chair_id: UUID | None
    chair: str | None
    coordinator: str | None
    issued_at: datetime | None
    version: int


@dataclass(frozen=True)
class Invited:
    """Somebody who holds an invitation, and where they stand."""

    invitation_id: UUID
    recipient_id: UUID
    subject_id: UUID
    name: str
    phone: str | None
    route: str
    step: str
    """The rung of the ladder, or ``chosen`` where a person named them."""
    said: Said
    answer: str | None
    stand_in: str | None
    came: str | None
    """What was written down about whether they came."""
    sent_information: bool


@dataclass(frozen=True)
class OnItem:
    """Somebody whom a case is about, without a name, and where their worker stands."""

    id: UUID
    party_id: UUID
    person_id: UUID | None
    role: str
    care_status: str
    invited: tuple[Invited, ...]
    said: Said | None
    """What stands there when nobody holds an invitation; None when somebody does."""

    @property
    def subject_id(self) -> UUID:
        """The id by which gaps and reasons speak of the person."""
        return self.person_id or self.id


@dataclass(frozen=True)
class Open:
    """One thing that stands between the co-ordinator and issuing the agenda."""

    item_id: UUID
    subject_id: UUID | None
    problem: str
    owner_role: str
    recipient_id: UUID | None
    recipient: str | None
    due_at: datetime | None


@dataclass(frozen=True)
class Recorded:
    """A reason that a named person wrote down."""

    item_id: UUID
    subject_id: UUID | None
    problem: str
    reason: str
    by: str
    at: datetime


@dataclass(frozen=True)
class CaseLine:
    """One case of an agenda."""

    id: UUID
    concern_id: UUID | None
    reference: str
    is_urgent: bool
    is_alert_only: bool
    has_children: bool
    starts_at: datetime | None
    ends_at: datetime | None
    listed_at: datetime
    people: tuple[OnItem, ...]
    open: tuple[Open, ...]
    recorded: tuple[Recorded, ...]

    def role_of(self, subject_id: UUID | None) -> str:
        """Return in which role somebody is on the case; empty for the case as a whole."""
        return next((one.role for one in self.people if one.subject_id == subject_id), "")


def meeting_row(uow: UnitOfWork, meeting_id: UUID) -> MeetingRow:
    """Return a meeting; open it through ``access`` first. Raises NotFoundError."""
    return _meeting(uow, _meetings().where(Meeting.id == meeting_id))


def meeting_of(uow: UnitOfWork, item_id: UUID) -> MeetingRow:
    """Return the meeting of an item by the item's own door. Raises NotFoundError."""
    wanted = _meetings().join(Item, Item.meeting_id == Meeting.id)
    return _meeting(uow, wanted.where(Item.id == item_id, is_open_item(uow)))


def _meetings() -> AnySelect:
    chair, coordinator = aliased(Account), aliased(Account)
    return (
        select(
            Meeting.id,
            Meeting.reference,
            Meeting.kind,
            Meeting.state,
            Meeting.area_id,
            Area.name,
            Meeting.series_id,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Meeting.video_link,
            Meeting.chair_id,
            chair.name,
            coordinator.name,
            Meeting.issued_at,
            Meeting.version,
        )
        .join(Area, Area.id == Meeting.area_id)
        .outerjoin(chair, chair.id == Meeting.chair_id)
        .outerjoin(coordinator, coordinator.id == Meeting.coordinator_id)
    )


def _meeting(uow: UnitOfWork, wanted: AnySelect) -> MeetingRow:
    row = uow.session.execute(wanted).one_or_none()
    if row is None:
        raise NotFoundError("There is no such meeting.")
    return MeetingRow(*row)


def cases_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[CaseLine, ...]:
    """Return the listed cases in the order of the agenda; those without a slot come last."""
    return _cases(uow, Item.meeting_id == meeting_id)


def case_line(uow: UnitOfWork, item_id: UUID) -> CaseLine:
    """Return one case, listed or withdrawn. Raises NotFoundError, also for one kept back."""
    found = _cases(uow, Item.id == item_id, any_state=True)
    if not found:
        raise NotFoundError("There is no such item.")
    return found[0]


def shown_items(uow: UnitOfWork, meeting_id: UUID) -> frozenset[UUID]:
    """Return the items that were ever on the meeting and that the actor may see."""
    wanted = select(Item.id).where(Item.meeting_id == meeting_id, may_be_shown(uow))
    return frozenset(uow.session.scalars(wanted))


def _cases(
    uow: UnitOfWork, which: ColumnElement[bool], *, any_state: bool = False
) -> tuple[CaseLine, ...]:
    wanted = (
        select(
            Item.id,
            Item.concern_id,
            Concern.reference,
            Concern.is_urgent,
            Concern.state,
            Item.has_children,
            Item.starts_at,
            Item.ends_at,
            Item.listed_at,
            Item.position,
            ItemPerson.id.label("place_id"),
            ItemPerson.party_id,
            ItemPerson.person_id,
            ItemPerson.role,
            ItemPerson.care_status,
        )
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(ItemPerson, ItemPerson.item_id == Item.id)
        .where(which, may_be_shown(uow))
    )
    if not any_state:
        wanted = wanted.where(Item.state == "listed")
    people: dict[UUID, list[Any]] = defaultdict(list)
    items: dict[UUID, Any] = {}
    for row in uow.session.execute(wanted):
        items[row.id] = row
        if row.place_id is not None:
            people[row.id].append(row)
    if not items:
        return ()
    parts = _Parts(uow, which, people)
    ordered = sorted(
        items.values(),
        key=lambda row: (row.starts_at is None, row.starts_at or row.listed_at, row.position),
    )
    return tuple(
        CaseLine(
            id=row.id,
            concern_id=row.concern_id,
            reference=row.reference or "",
            is_urgent=bool(row.is_urgent),
            is_alert_only=row.state == "accepted_alert_only",
            has_children=row.has_children,
            starts_at=row.starts_at,
            ends_at=row.ends_at,
            listed_at=row.listed_at,
            people=parts.people(row.id),
            open=tuple(parts.open[row.id]),
            recorded=tuple(parts.recorded[row.id]),
        )
        for row in ordered
    )


class _Parts:
    """What belongs to the cases, fetched for all of them at once and dealt by item."""

    def __init__(
        self, uow: UnitOfWork, which: ColumnElement[bool], people: Mapping[UUID, Sequence[Any]]
    ) -> None:
        self.now = uow.now
        self._people = people
        self._invited = _grouped(uow, _invitations().where(which))
        self.recorded = self._reasons(uow, which)
        self.open = self._standing(uow, which)

    def _reasons(
        self, uow: UnitOfWork, which: ColumnElement[bool]
    ) -> defaultdict[UUID, list[Recorded]]:
        found: defaultdict[UUID, list[Recorded]] = defaultdict(list)
        rows = uow.session.execute(
            select(
                Excuse.item_id,
                Excuse.subject_id,
                Excuse.problem,
                Excuse.reason,
                Account.name,
                Excuse.recorded_at,
            )
            .join(Item, Item.id == Excuse.item_id)
            .outerjoin(Account, Account.id == Excuse.recorded_by)
            .where(which)
            .order_by(Excuse.recorded_at, Excuse.id)
        )
        for row in rows:
            found[row.item_id].append(Recorded(*row[:4], row[4] or "somebody", row[5]))
        return found

    def _standing(
        self, uow: UnitOfWork, which: ColumnElement[bool]
    ) -> defaultdict[UUID, list[Open]]:
        """Return what stands in the way: the tasks that the gaps made, and the desks' questions.

        Whether somebody is care-experienced is asked in a desk's own queue and makes no task here.
        """
        found: defaultdict[UUID, list[Open]] = defaultdict(list)
        rows = uow.session.execute(
            select(
                Item.id,
                Task.subject_id,
                Task.kind,
                Task.owner_role,
                Task.recipient_id,
                Contact.name,
                Task.due_at,
            )
            .join(Item, Item.id == Task.item_id)
            .outerjoin(Contact, Contact.id == Task.recipient_id)
            .where(which, Task.state == "open", Task.cause.startswith("gap:"))
            .order_by(Task.due_at, Task.cause)
        ).all()
        for row in rows:
            fields: tuple[Any, ...] = tuple(row)
            found[row[0]].append(Open(*fields))
        for item_id, people in self._people.items():
            known = {(one.subject_id, one.problem) for one in self.recorded[item_id]}
            for one in people:
                if one.care_status == "not_known" and (one.place_id, UNCONFIRMED) not in known:
                    found[item_id].append(
                        Open(item_id, one.place_id, UNCONFIRMED, "duty_desk", None, None, None)
                    )
        return found

    def people(self, item_id: UUID) -> tuple[OnItem, ...]:
        """Return the people of an item, the victim first."""
        rows = sorted(
            self._people.get(item_id, ()),
            key=lambda row: (ROLE_ORDER.get(row.role, 9), row.place_id),
        )
        return tuple(self._person(item_id, row) for row in rows)

    def _person(self, item_id: UUID, row: Any) -> OnItem:  # noqa: ANN401 - a row of columns
        subject = row.person_id or row.place_id
        invited = tuple(
            self._one(one) for one in self._invited.get(item_id, ()) if one.subject_id == subject
        )
        said = None
        if not invited:
            about: list[Open | Recorded] = [*self.open[item_id], *self.recorded[item_id]]
            problems = frozenset(one.problem for one in about if one.subject_id in {subject, None})
            is_excused = any(one.subject_id == subject for one in self.recorded[item_id])
            said = SAID[state_without(problems, is_excused=is_excused)]
        return OnItem(
            row.place_id, row.party_id, row.person_id, row.role, row.care_status, invited, said
        )

    def _one(self, row: Any) -> Invited:  # noqa: ANN401 - a row of columns
        held = Held(
            answer=row.answer,
            was_opened=row.opened_at is not None,
            has_climbed=row.climbed_at is not None,
        )
        return Invited(
            row.id,
            row.recipient_id,
            row.subject_id,
            row.name,
            row.phone,
            row.route,
            CHOSEN if row.because == CHOSEN else row.step,
            state_in_words(held, has_begun=row.starts_at <= self.now),
            row.answer,
            row.stand_in,
            row.status,
            bool(row.sent_information),
        )


def _invitations() -> AnySelect:
    stand_in = aliased(Contact)
    return (
        select(
            Invitation.item_id,
            Invitation.id,
            Invitation.recipient_id,
            Invitation.subject_id,
            Contact.name,
            Contact.phone,
            Invitation.route,
            Invitation.step,
            Invitation.because,
            Invitation.answer,
            Invitation.opened_at,
            Invitation.climbed_at,
            Invitation.starts_at,
            stand_in.name.label("stand_in"),
            Attendance.status,
            Attendance.sent_information,
        )
        .join(Item, Item.id == Invitation.item_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .outerjoin(stand_in, stand_in.id == Invitation.stand_in_id)
        .outerjoin(
            Attendance,
            (Attendance.item_id == Invitation.item_id)
            & (Attendance.contact_id == Invitation.recipient_id),
        )
        .where(Invitation.state == "held")
        # required, escalated, chosen: whom the rule names stands first
        .order_by(Invitation.because.desc(), Invitation.issued_at, Invitation.id)
    )


def _grouped(uow: UnitOfWork, wanted: AnySelect) -> dict[UUID, Sequence[Any]]:
    found: dict[UUID, list[Any]] = defaultdict(list)
    for row in uow.session.execute(wanted):
        found[row.item_id].append(row)
    return dict(found)


def open_of(cases: Iterable[CaseLine]) -> tuple[tuple[CaseLine, Open], ...]:
    """Return what stands in the way over all cases, each with its case, in agenda order."""
    return tuple((case, one) for case in cases for one in case.open)
