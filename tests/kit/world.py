"""A small county in rows: one leaving care service with its ladder, one young person, one MARAC.

Everything is invented. ``World`` writes rows the short way, for tests of what comes after them.
"""

from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from uuid import UUID, uuid4

from hub.agencies.models import Absence, Agency, AgencyArea, Area, Contact, Service, Team
from hub.db.units import UnitOfWork, Units
from hub.kernel.actor import Actor, Role
from hub.meetings.commands import PlanMeeting, list_case, plan_meeting
from hub.meetings.models import Meeting
from hub.meetings.situation import MeetingKind
from hub.people.models import Allocation, IdentityCheck, Person
from hub.referrals.models import Concern, Party
from hub.sharing.models import (
    Agreement,
    AgreementCategory,
    AgreementParty,
    AgreementPurpose,
)
from hub.sharing.register.codes import SUBJECTS

NOW = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
TODAY = date(2026, 6, 1)
SOON = timedelta(days=16)
"""Within which a meeting's cut-off has passed."""
COORDINATOR = Actor(account_id=UUID(int=1), roles=frozenset({Role.COORDINATOR}), label="co")
CHAIR = Actor(account_id=UUID(int=2), roles=frozenset({Role.CHAIR}), label="chair")
HUB = Actor(label="test")


@dataclass
class World:
    """The rows of the county, and short ways to make more of them."""

    units: Units
    area: UUID = field(default_factory=uuid4)
    agency: UUID = field(default_factory=uuid4)
    service: UUID = field(default_factory=uuid4)
    team: UUID = field(default_factory=uuid4)
    agreement: UUID = field(default_factory=uuid4)
    worker: UUID = field(default_factory=uuid4)
    deputy: UUID = field(default_factory=uuid4)
    manager: UUID = field(default_factory=uuid4)
    desk: UUID = field(default_factory=uuid4)

    @contextmanager
    def write(self, actor: Actor = HUB) -> Generator[UnitOfWork]:
        """Open a writing unit."""
        with self.units.write(actor) as uow:
            yield uow

    def settle(self) -> "World":
        """Write the service, its ladder and its agreement."""
        with self.write() as uow:
            add = uow.session.add
            add(Area(id=self.area, name="Testshire"))
            add(Agency(id=self.agency, name="Example Leaving Care", kind="charity"))
            uow.session.flush()
            add(AgencyArea(agency_id=self.agency, area_id=self.area))
            add(
                Service(
                    id=self.service,
                    agency_id=self.agency,
                    kind="leaving_care",
                    name="Example leaving care service",
                    checked_on=TODAY,
                )
            )
            uow.session.flush()
            add(Team(id=self.team, service_id=self.service, name="East", manager_id=self.manager))
            uow.session.flush()
            self.contact(uow, self.deputy, "Dep Uty")
            self.contact(uow, self.manager, "Man Ager", role="team_manager")
            self.contact(uow, self.desk, "Duty desk", role="duty_desk")
            uow.session.flush()
            self.contact(uow, self.worker, "Wor Ker", deputy=self.deputy)
            self._agree(uow)
        return self

    def _agree(self, uow: UnitOfWork) -> None:
        uow.session.add(
            Agreement(
                id=self.agreement,
                reference="AGR-1",
                title="Example agreement",
                status="in_force",
                starts_on=date(2026, 1, 1),
                ends_on=date(2027, 1, 1),
                review_on=date(2026, 12, 1),
                subjects=" ".join(SUBJECTS),
            )
        )
        uow.session.flush()
        uow.session.add(
            AgreementParty(
                agreement_id=self.agreement,
                agency_id=self.agency,
                role="processor",
                signed_on=date(2026, 1, 1),
            )
        )
        for purpose in ("marac_risk", "safety_planning", "meeting_invite", "child_safeguarding"):
            uow.session.add(AgreementPurpose(agreement_id=self.agreement, purpose=purpose))
        uow.session.add(
            AgreementCategory(
                agreement_id=self.agreement,
                category="existence",
                to_service="permitted",
                to_asker="permitted",
                subjects=" ".join(SUBJECTS),
                retention="look_up_2",
            )
        )

    def contact(
        self,
        uow: UnitOfWork,
        contact_id: UUID,
        name: str,
        *,
        role: str = "leaving_care_worker",
        deputy: UUID | None = None,
    ) -> UUID:
        """Write a contact of the service, checked today."""
        uow.session.add(
            Contact(
                id=contact_id,
                agency_id=self.agency,
                service_id=self.service,
                team_id=self.team,
                role=role,
                name=name,
                email=f"{contact_id.hex[:8]}@example.org",
                deputy_id=deputy,
                checked_on=TODAY,
            )
        )
        return contact_id

    def person(
        self,
        *,
        born: date | None = date(2006, 3, 9),
        worker: UUID | None = None,
        status: str = "allocated",
    ) -> UUID:
        """Write a person on the register with a named worker, and return the id."""
        person_id = uuid4()
        with self.write() as uow:
            uow.session.add(
                Person(
                    id=person_id,
                    reference=uow.ids.reference(),
                    given_name="Zebedee",
                    family_name="Quillfeather",
                    date_of_birth=born,
                    service_id=self.service,
                    support_status=status,
                    created_at=uow.now,
                )
            )
            uow.session.flush()
            uow.session.add(
                Allocation(
                    id=uuid4(),
                    person_id=person_id,
                    worker_id=worker or self.worker,
                    role="leaving_care_worker",
                    from_on=date(2025, 1, 1),
                )
            )
        return person_id

    def meeting(self, *, days: float = 28, kind: MeetingKind = MeetingKind.MARAC) -> UUID:
        """Plan a meeting so many days from now, three hours long."""
        with self.write(COORDINATOR) as uow:
            starts = uow.now + timedelta(days=days)
            return plan_meeting(
                PlanMeeting(
                    kind=kind,
                    area_id=self.area,
                    starts_at=starts,
                    ends_at=starts + timedelta(hours=3),
                ),
                uow=uow,
            )

    def concern(self, person_id: UUID | None = None, *, role: str = "victim") -> UUID:
        """Write an accepted concern about one person, confirmed to be on the register if given."""
        return self.concern_about([(person_id, role)])

    def concern_about(self, people: list[tuple[UUID | None, str]]) -> UUID:
        """Write an accepted concern about people; None is somebody not identified yet."""
        concern_id = uuid4()
        with self.write() as uow:
            uow.session.add(
                Concern(
                    id=concern_id,
                    reference=uow.ids.reference(),
                    state="accepted",
                    area_id=self.area,
                    referrer_id=uuid4(),
                    agency_id=self.agency,
                    answers="{}",
                    has_children=False,
                    submitted_at=uow.now,
                )
            )
            uow.session.flush()
            for position, (person_id, role) in enumerate(people):
                self._party(uow, concern_id, position, person_id, role)
        return concern_id

    def _party(
        self, uow: UnitOfWork, concern_id: UUID, position: int, person_id: UUID | None, role: str
    ) -> None:
        party_id = uuid4()
        uow.session.add(
            Party(
                id=party_id,
                concern_id=concern_id,
                role=role,
                position=position,
                given_name="Zebedee",
                family_name="Quillfeather",
                date_of_birth=date(2006, 3, 9),
                care_answer="not_known",
                details="{}",
            )
        )
        uow.session.add(
            IdentityCheck(
                id=uuid4(),
                reference=uow.ids.reference(),
                party_id=party_id,
                concern_id=concern_id,
                service_id=self.service,
                asked="{}",
                state="confirmed" if person_id else "open",
                person_id=person_id,
                opened_at=uow.now,
                due_at=uow.now + timedelta(days=1),
            )
        )

    def list(self, meeting_id: UUID, concern_id: UUID) -> UUID:
        """Put the concern on the meeting and return the item; it came in time for a soon one."""
        with self.write(COORDINATOR) as uow:
            starts_at = uow.session.get_one(Meeting, meeting_id).starts_at
            if starts_at < uow.now + SOON:
                concern = uow.session.get_one(Concern, concern_id)
                concern.submitted_at = starts_at - timedelta(days=40)
        with self.write(COORDINATOR) as uow:
            return list_case(meeting_id, concern_id, uow=uow)

    def absence(self, contact_id: UUID, from_on: date, until_on: date) -> None:
        """Write an absence without cover, unheard by anybody."""
        with self.write() as uow:
            uow.session.add(
                Absence(id=uuid4(), contact_id=contact_id, from_on=from_on, until_on=until_on)
            )
