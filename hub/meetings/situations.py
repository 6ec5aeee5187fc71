"""Reads meetings from the database as situations, in a number of queries that does not grow.

First everything that a batch of meetings needs is gathered, then each meeting is dealt its part:
its people, their allocated workers (the inner ring), and the deputies, covers and managers of
those (the outer ring), of whom nothing further matters.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Executable, Row, or_, select

from hub.agencies import models as directory
from hub.db.units import UnitOfWork
from hub.meetings import models, situation
from hub.meetings.rules import InvitationPolicy, purpose_of
from hub.people import models as register
from hub.people.conflicts import contacts_kept_from
from hub.sharing.queries import Standing, standings

DUTY_DESK = "duty_desk"
UPCOMING = ("planned", "issued")

AnyRow = Row[Any]


def upcoming_ids(uow: UnitOfWork) -> list[UUID]:
    """Return the meetings still to come, soonest first."""
    return list(
        uow.session.scalars(
            select(models.Meeting.id)
            .where(models.Meeting.starts_at > uow.now, models.Meeting.state.in_(UPCOMING))
            .order_by(models.Meeting.starts_at, models.Meeting.id)
        )
    )


def situations_of(
    uow: UnitOfWork, meeting_ids: Collection[UUID], policy: InvitationPolicy
) -> dict[UUID, situation.Situation]:
    """Return each meeting as a situation of today, by meeting id, in order of their start.

    The situation's id is the meeting's reference; all other ids are the rows' own.
    """
    gathered = _Gathered(uow, meeting_ids, policy)
    return {row.id: gathered.deal(row) for row in gathered.meetings}


class _Gathered:
    """Everything that a batch of meetings needs."""

    def __init__(
        self, uow: UnitOfWork, meeting_ids: Collection[UUID], policy: InvitationPolicy
    ) -> None:
        self.uow = uow
        self.policy = policy
        self.today = uow.today
        meeting, item = models.Meeting, models.Item
        self.meetings = self._rows(
            select(meeting.id, meeting.reference, meeting.kind, meeting.starts_at)
            .where(meeting.id.in_(meeting_ids))
            .order_by(meeting.starts_at, meeting.id)
        )
        self.items = _by(
            "meeting_id",
            self._rows(
                select(item.id, item.meeting_id, item.starts_at)
                .where(item.meeting_id.in_(meeting_ids), item.state == "listed")
                .order_by(item.position, item.id)
            ),
        )
        item_ids = [row.id for rows in self.items.values() for row in rows]
        on_item = models.ItemPerson
        self.people = _by(
            "item_id",
            self._rows(
                select(
                    on_item.id,
                    on_item.item_id,
                    on_item.role,
                    on_item.care_status,
                    on_item.person_id,
                    on_item.date_of_birth,
                )
                .where(on_item.item_id.in_(item_ids))
                .order_by(on_item.id)
            ),
        )
        self.bars = _by(
            "item_id",
            self._rows(select(models.Bar).where(models.Bar.item_id.in_(item_ids)), whole=True),
        )
        self._gather_register()
        self._gather_directory()
        self._gather_agreements()

    def _rows(self, query: Executable, *, whole: bool = False) -> Sequence[Any]:
        result = self.uow.session.execute(query)
        return result.scalars().all() if whole else result.all()

    def _gather_register(self) -> None:
        person, allocation = register.Person, register.Allocation
        ids = {row.person_id for rows in self.people.values() for row in rows if row.person_id}
        self.register = {
            row.id: row
            for row in self._rows(
                select(
                    person.id, person.date_of_birth, person.support_status, person.service_id
                ).where(person.id.in_(ids))
            )
        }
        self.allocations = _by(
            "person_id",
            self._rows(
                select(
                    allocation.person_id,
                    allocation.worker_id,
                    allocation.role,
                    allocation.from_on,
                    allocation.until_on,
                )
                .where(allocation.person_id.in_(ids))
                .order_by(allocation.from_on, allocation.id)
            ),
        )
        self.kept: dict[UUID, list[UUID]] = defaultdict(list)
        for contact_id, person_id in sorted(contacts_kept_from(self.uow, ids)):
            self.kept[person_id].append(contact_id)

    def _gather_directory(self) -> None:
        inner = {row.worker_id for rows in self.allocations.values() for row in rows}
        contact = directory.Contact
        is_person = (
            contact.role != DUTY_DESK
        )  # a desk is a rung of its own, never somebody's deputy
        self.contacts = self._contacts(contact.id.in_(inner) & is_person)
        self.teams = self._teams(row.team_id for row in self.contacts.values())
        self.absences = self._absences(inner)
        outer = {row.deputy_id for row in self.contacts.values()}
        outer |= {row.cover_id for rows in self.absences.values() for row in rows}
        outer |= {row.manager_id for row in self.teams.values()}
        outer -= inner | {None}
        self.contacts |= self._contacts(contact.id.in_(outer) & is_person)
        self.absences |= self._absences(outer)
        self.services = {row.service_id for row in self.contacts.values()}
        self.services |= {row.service_id for row in self.register.values()}
        self.services -= {None}
        desks = self._contacts(
            contact.service_id.in_(self.services)
            & (contact.role == DUTY_DESK)
            & or_(contact.works_until.is_(None), contact.works_until > self.today)
        )
        self.desks = _by("service_id", desks.values())
        self.teams |= self._teams(row.team_id for row in desks.values())

    def _contacts(self, condition: Any) -> dict[UUID, Any]:  # noqa: ANN401 - any SQL condition
        contact = directory.Contact
        rows = self._rows(
            select(
                contact.id,
                contact.service_id,
                contact.team_id,
                contact.deputy_id,
                contact.works_from,
                contact.works_until,
                contact.checked_on,
                contact.address_doubted_at,
                contact.email,
            )
            .where(condition)
            .order_by(contact.preference, contact.name, contact.id)
        )
        return {row.id: row for row in rows}

    def _teams(self, ids: Iterable[UUID | None]) -> dict[UUID, Any]:
        team = directory.Team
        rows = self._rows(
            select(team.id, team.manager_id).where(team.id.in_({one for one in ids if one}))
        )
        return {row.id: row for row in rows}

    def _absences(self, ids: Collection[UUID | None]) -> dict[UUID, list[Any]]:
        absence = directory.Absence
        return _by(
            "contact_id",
            self._rows(
                select(absence.contact_id, absence.from_on, absence.until_on, absence.cover_id)
                .where(absence.contact_id.in_(ids))
                .order_by(absence.from_on)
            ),
        )

    def _gather_agreements(self) -> None:
        purposes = {purpose_of(situation.MeetingKind(row.kind)) for row in self.meetings}
        self.standings: dict[str, dict[UUID, Standing]] = {
            purpose: standings(
                self.uow,
                self.services,
                purpose,
                day=self.today,
                grace_days=self.policy.review_grace_days,
            )
            for purpose in purposes
        }

    def deal(self, meeting: AnyRow) -> situation.Situation:
        """Deal one meeting its part."""
        items = self.items.get(meeting.id, [])
        on_items = [row for item in items for row in self.people.get(item.id, [])]
        known = {row.person_id for row in on_items if row.person_id}
        allocations = [row for one in sorted(known) for row in self.allocations.get(one, [])]
        allocations = [row for row in allocations if self._serves(row.worker_id)]
        inner = {row.worker_id for row in allocations}
        workers = [self._worker(self.contacts[one], inner) for one in self._rings(inner)]
        services = {worker.service for worker in workers}
        services |= {str(self.register[one].service_id) for one in known}
        services -= {"None"}
        desks = [desk for one in sorted(services) for desk in map(self._desk, self._desk_rows(one))]
        recipients = {worker.id for worker in workers} | {desk.id for desk in desks}
        kind = situation.MeetingKind(meeting.kind)
        return situation.Situation(
            id=meeting.reference,
            as_of=self.today,
            stale_after_days=self.policy.stale_after_days,
            meeting=situation.Meeting(kind=kind, starts_at=meeting.starts_at),
            services=tuple(self._service(one, purpose_of(kind)) for one in sorted(services)),
            desks=tuple(desks),
            teams=self._teams_of([*workers, *desks], {worker.id for worker in workers}),
            workers=tuple(workers),
            allocations=tuple(map(_allocation, allocations)),
            absences=tuple(self._absences_of(workers, inner)),
            conflicts=tuple(
                situation.Conflict(recipient=str(contact_id), person=str(one))
                for one in sorted(known)
                for contact_id in self.kept[one]
                if str(contact_id) in recipients
            ),
            bars=tuple(
                situation.Bar(recipient=str(row.recipient_id), item=str(row.item_id))
                for item in items
                for row in self.bars.get(item.id, [])
                if str(row.recipient_id) in recipients
            ),
            persons=tuple({subject(row): self._person(row) for row in on_items}.values()),
            items=tuple(self._item(item) for item in items),
        )

    def _rings(self, inner: set[UUID]) -> list[UUID]:
        """Return the allocated workers, then whoever could stand in for one of them."""
        outer: set[UUID | None] = set()
        for one in inner:
            row = self.contacts[one]
            outer |= {row.deputy_id} | {away.cover_id for away in self.absences.get(one, [])}
            if row.team_id:
                outer.add(self.teams[row.team_id].manager_id)
        return sorted(inner) + sorted(one for one in outer - inner if one and one in self.contacts)

    def _serves(self, worker_id: UUID) -> bool:
        """Tell whether somebody allocated is a person in a service: no route starts without."""
        return worker_id in self.contacts and self.contacts[worker_id].service_id is not None

    def _worker(self, row: AnyRow, inner: set[UUID]) -> situation.Worker:
        is_inner = row.id in inner
        service = row.service_id or min(self.contacts[one].service_id for one in inner)
        return situation.Worker(
            id=str(row.id),
            service=str(service),
            team=_text(row.team_id) if is_inner else None,
            deputy=self._reference(row.deputy_id) if is_inner else None,
            from_on=row.works_from,
            until_on=row.works_until,
            verified_on=self._verified_on(row),
        )

    def _reference(self, one: UUID | None) -> str | None:
        return str(one) if one in self.contacts else None

    def _desk_rows(self, service: str) -> list[Any]:
        return self.desks.get(UUID(service), [])

    def _desk(self, row: AnyRow) -> situation.Desk:
        return situation.Desk(
            id=str(row.id),
            service=str(row.service_id),
            team=_text(row.team_id),
            verified_on=self._verified_on(row),
        )

    def _verified_on(self, row: AnyRow) -> date | None:
        """Return when the entry was last known to be right.

        An address in doubt, or none at all, is as good as unchecked: nobody can be reached by it.
        """
        if row.address_doubted_at is not None or not row.email or row.checked_on is None:
            return None
        return min(row.checked_on, self.today)  # type: ignore[no-any-return]  # rows are untyped

    def _teams_of(
        self, members: Sequence[situation.Worker | situation.Desk], workers: set[str]
    ) -> tuple[situation.Team, ...]:
        ids = sorted({member.team for member in members if member.team})
        managers = {one: _text(self.teams[UUID(one)].manager_id) for one in ids}
        return tuple(
            situation.Team(id=one, manager=manager if manager in workers else None)
            for one, manager in managers.items()
        )

    def _absences_of(
        self, workers: Sequence[situation.Worker], inner: set[UUID]
    ) -> Iterable[situation.Absence]:
        for worker in workers:
            for row in self.absences.get(UUID(worker.id), []):
                yield situation.Absence(
                    worker=worker.id,
                    from_on=row.from_on,
                    until_on=row.until_on,
                    cover=self._reference(row.cover_id) if row.contact_id in inner else None,
                )

    def _service(self, one: str, purpose: str) -> situation.Service:
        return situation.Service(id=one, agreement=self.standings[purpose][UUID(one)].state)

    def _person(self, row: AnyRow) -> situation.Person:
        """Return the person as the register knows them, else as the concern gave them."""
        if row.person_id is None:
            return situation.Person(
                id=subject(row),
                care_status=situation.CareStatus(row.care_status),
                date_of_birth=row.date_of_birth,
            )
        known = self.register[row.person_id]
        return situation.Person(
            id=subject(row),
            care_status=situation.CareStatus.CARE_EXPERIENCED,
            date_of_birth=known.date_of_birth,
            support_status=situation.SupportStatus(known.support_status),
            service=_text(known.service_id),
        )

    def _item(self, row: AnyRow) -> situation.Item:
        return situation.Item(
            id=str(row.id),
            starts_at=row.starts_at,
            people=tuple(
                situation.PersonOnItem(person=subject(one), role=situation.ItemRole(one.role))
                for one in self.people.get(row.id, [])
            ),
        )


def subject(row: AnyRow) -> str:
    """Return the id by which a person on an item is known: the register's once confirmed."""
    return str(row.person_id or row.id)


def _allocation(row: AnyRow) -> situation.Allocation:
    return situation.Allocation(
        person=str(row.person_id),
        worker=str(row.worker_id),
        role=situation.AllocationRole(row.role),
        from_on=row.from_on,
        until_on=row.until_on,
    )


def _text(one: UUID | None) -> str | None:
    return None if one is None else str(one)


def _by(key: str, rows: Iterable[Any]) -> dict[UUID, list[Any]]:
    """Return the rows grouped by one of their columns, in their order."""
    grouped: dict[UUID, list[Any]] = defaultdict(list)
    for row in rows:
        grouped[getattr(row, key)].append(row)
    return dict(grouped)
