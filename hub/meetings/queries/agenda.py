"""A meeting with its cases and, per case, where everybody stands: a fixed number of queries.

No name of anybody whom a case is about is read here. Cases from which a conflict of interest keeps
the actor are left out as if they were not there.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.meetings.access import is_open_item, is_shown_meeting, may_be_shown
from hub.meetings.models import Item
from hub.meetings.queries import statements
from hub.meetings.queries.statements import AnySelect, By
from hub.meetings.wording import SAID, Held, Said, state_in_words, state_without
from hub.people.conflicts import kept_from
from hub.people.staff_cases import is_always_of_the_few

CHOSEN = "chosen"
UNCONFIRMED = "care_status_unconfirmed"
ROLE_ORDER = {"victim": 0, "alleged_perpetrator": 1, "child": 2, "other_adult": 3}


@dataclass(frozen=True)
class MeetingRow:
    """A meeting."""

    id: UUID
    reference: str
    kind: str
    shape: str
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
    note: str
    """What was written with the answer. It may speak of people, so it is read for one case only."""
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
    return _meeting(uow, statements.meetings("meeting"), meeting_id)


def open_meeting_row(uow: UnitOfWork, meeting_id: UUID) -> MeetingRow:
    """Return a meeting through the door that is ``access.open_meeting``, in the same question.

    Raises NotFoundError.
    """
    return _meeting(uow, statements.meetings("meeting").where(is_shown_meeting(uow)), meeting_id)


def meeting_of(uow: UnitOfWork, item_id: UUID) -> MeetingRow:
    """Return the meeting of an item by the item's own door. Raises NotFoundError."""
    return _meeting(uow, statements.meetings("item").where(is_open_item(uow)), item_id)


def _meeting(uow: UnitOfWork, wanted: AnySelect, key: UUID) -> MeetingRow:
    row = uow.rows(wanted, {"key": key}).one_or_none()
    if row is None:
        raise NotFoundError("There is no such meeting.")
    return MeetingRow(*row)


def cases_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[CaseLine, ...]:
    """Return the listed cases in the order of the agenda; those without a slot come last."""
    return _cases(uow, "meeting", meeting_id)


def case_line(uow: UnitOfWork, item_id: UUID) -> CaseLine:
    """Return one case, listed or withdrawn. Raises NotFoundError, also for one kept back."""
    found = _cases(uow, "item", item_id)
    if not found:
        raise NotFoundError("There is no such item.")
    return found[0]


def shown_items(uow: UnitOfWork, meeting_id: UUID) -> frozenset[UUID]:
    """Return the items that were ever on the meeting and that the actor may see."""
    wanted = select(Item.id).where(Item.meeting_id == meeting_id, may_be_shown(uow))
    return frozenset(uow.session.scalars(wanted))


def _cases(uow: UnitOfWork, by: By, key: UUID) -> tuple[CaseLine, ...]:
    wanted = statements.items(by)
    if by == "meeting":
        wanted = wanted.where(Item.state == "listed")
    if kept_from(uow) or not is_always_of_the_few(uow):
        wanted = wanted.where(may_be_shown(uow))
    people: dict[UUID, list[Any]] = defaultdict(list)
    items: dict[UUID, Any] = {}
    for row in uow.rows(wanted, {"key": key}):
        items[row.id] = row
        if row.place_id is not None:
            people[row.id].append(row)
    if not items:
        return ()
    parts = _Parts(uow, by, key, people)
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
        self, uow: UnitOfWork, by: By, key: UUID, people: Mapping[UUID, Sequence[Any]]
    ) -> None:
        self.now = uow.now
        self._people = people
        self._invited: defaultdict[UUID, list[Any]] = defaultdict(list)
        for row in uow.rows(statements.invitations(by), {"key": key}):
            self._invited[row.item_id].append(row)
        self.recorded = self._reasons(uow.rows(statements.reasons(by), {"key": key}))
        self.open = self._standing(uow.rows(statements.tasks(by), {"key": key}))

    def _reasons(self, rows: Iterable[Any]) -> defaultdict[UUID, list[Recorded]]:
        found: defaultdict[UUID, list[Recorded]] = defaultdict(list)
        for row in rows:
            item_id, subject_id, problem, reason, by, at = row
            by = by or "somebody"
            found[item_id].append(Recorded(item_id, subject_id, problem, reason, by, at))
        return found

    def _standing(self, rows: Iterable[Any]) -> defaultdict[UUID, list[Open]]:
        """Return what stands in the way: the tasks that the gaps made, and the desks' questions.

        Whether somebody is care-experienced is asked in a desk's own queue and makes no task here.
        """
        found: defaultdict[UUID, list[Open]] = defaultdict(list)
        for row in rows:
            found[row[0]].append(Open(*row))
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
            getattr(row, statements.NOTE, None) or "",
            row.stand_in,
            row.status,
            bool(row.sent_information),
        )


def open_of(cases: Iterable[CaseLine]) -> tuple[tuple[CaseLine, Open], ...]:
    """Return what stands in the way over all cases, each with its case, in agenda order."""
    return tuple((case, one) for case in cases for one in case.open)
