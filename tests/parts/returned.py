"""Meetings that were held and the cases that they heard, in rows the short way; all is invented."""

import json
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from uuid import UUID, uuid4

from sqlalchemy import update

from hub.access.models import Account
from hub.agencies.models import Agency, AgencyArea
from hub.kernel.days import london_day
from hub.marac.models import Action, EqualityAnswer, Hearing, Research, Transfer
from hub.meetings.models import Attendance, Invitation, Item, ItemPerson, Meeting
from hub.referrals.models import Concern, Party
from kit.world import World

HELD = datetime(2026, 5, 20, 9, tzinfo=UTC)
REFERRED = datetime(2026, 5, 6, 9, tzinfo=UTC)


@dataclass
class Returned:
    """A world with a police force in it, and short ways to let cases be heard."""

    world: World
    police: UUID

    def meeting(self, at=HELD, area=None) -> UUID:
        """Write a MARAC that was held."""
        with self.world.write() as uow:
            meeting = Meeting(
                id=uuid4(),
                reference=uow.ids.reference(),
                kind="marac",
                area_id=area or self.world.area,
                state="held",
                starts_at=at,
                ends_at=at + timedelta(hours=3),
            )
            uow.session.add(meeting)
            return meeting.id

    def heard(self, meeting_id, *, state="heard", by=None, needs=None, people=(), at=REFERRED):
        """Write a case that a meeting dealt with; people are roles with details."""
        concern_id = self.world.concern_about([])
        with self.world.write() as uow:
            uow.session.execute(
                update(Concern)
                .where(Concern.id == concern_id)
                .values(
                    agency_id=by or self.police,
                    submitted_at=at,
                    answers=json.dumps({"needs": needs or {}}),
                )
            )
            for position, (role, born, details) in enumerate(people):
                uow.session.add(
                    Party(
                        id=uuid4(),
                        concern_id=concern_id,
                        role=role,
                        position=position,
                        date_of_birth=born,
                        details=json.dumps(details),
                    )
                )
            item = Item(id=uuid4(), meeting_id=meeting_id, concern_id=concern_id, listed_at=uow.now)
            uow.session.add(item)
            uow.session.flush()
            day = london_day(uow.session.get_one(Meeting, meeting_id).starts_at)
            uow.session.add(Hearing(id=uuid4(), item_id=item.id, state=state, heard_on=day))
            return item.id

    def known(self, item_id, **answers):
        """Record who the victim of a case is."""
        with self.world.write() as uow:
            uow.session.add(
                EqualityAnswer(
                    id=uuid4(),
                    concern_id=uow.session.get_one(Item, item_id).concern_id,
                    number=1,
                    answers=json.dumps(answers),
                    source="idva",
                    recorded_by=uuid4(),
                    recorded_at=uow.now,
                )
            )

    def person(self, item_id, person_id=None, status="care_experienced", role="victim"):
        """Put somebody on a case whose care status is as it says."""
        with self.world.write() as uow:
            uow.session.add(
                ItemPerson(
                    id=uuid4(),
                    item_id=item_id,
                    party_id=uuid4(),
                    role=role,
                    care_status=status,
                    person_id=person_id,
                )
            )

    def invited(
        self, item_id, person_id, recipient=None, *, state="held", answer=None, stand_in=None
    ):
        """Invite the person's worker to a case, or somebody else for them."""
        with self.world.write() as uow:
            item = uow.session.get_one(Item, item_id)
            uow.session.add(
                Invitation(
                    id=uuid4(),
                    meeting_id=item.meeting_id,
                    item_id=item_id,
                    subject_id=person_id,
                    recipient_id=recipient or self.world.worker,
                    state=state,
                    answer=answer,
                    stand_in_id=stand_in,
                    route="leaving_care",
                    step="named_worker",
                    because="required",
                    uid=uuid4().hex,
                    address="worker@example.org",
                    starts_at=HELD,
                    ends_at=HELD,
                    issued_at=REFERRED,
                )
            )

    def came(self, item_id, contact_id, status="attended", *, sent=False):
        """Write down who came to a case."""
        with self.world.write() as uow:
            uow.session.add(
                Attendance(
                    id=uuid4(),
                    item_id=item_id,
                    contact_id=contact_id,
                    status=status,
                    sent_information=sent,
                    recorded_by=uuid4(),
                    recorded_at=uow.now,
                )
            )

    def asked(self, item_id, agency_id, *, answered=None, state="nothing_held"):
        """Ask an agency for research, due two days before the meeting."""
        with self.world.write() as uow:
            uow.session.add(
                Research(
                    id=uuid4(),
                    item_id=item_id,
                    agency_id=agency_id,
                    state=state if answered else "asked",
                    asked_at=REFERRED,
                    due_at=HELD - timedelta(days=2),
                    answered_at=answered,
                )
            )

    def action(self, item_id, agency_id, due_on, *, state="open", settled_at=None):
        """Give an agency an action."""
        with self.world.write() as uow:
            owner = Account(
                id=uuid4(),
                email=f"{uuid4()}@example.org",
                name="Own Er",
                agency_id=agency_id,
                created_at=uow.now,
            )
            uow.session.add(owner)
            uow.session.add(
                Action(
                    id=uuid4(),
                    reference=uow.ids.reference(),
                    item_id=item_id,
                    text="Fit new locks",
                    risk="He has a key",
                    agency_id=agency_id,
                    owner_id=owner.id,
                    due_on=due_on,
                    may_tell_victim=True,
                    state=state,
                    proposed_by=owner.id,
                    proposed_at=uow.now,
                    settled_at=settled_at,
                )
            )

    def passed_on(self, item_id, from_area):
        """Let another area have passed a case on."""
        with self.world.write() as uow:
            concern_id = uow.session.get_one(Item, item_id).concern_id
            uow.session.add(
                Transfer(
                    id=uuid4(),
                    reference=uow.ids.reference(),
                    concern_id=concern_id,
                    received_id=concern_id,
                    from_area_id=from_area,
                    to_area_id=self.world.area,
                    is_temporary=False,
                    told_on=london_day(REFERRED),
                    sent_at=REFERRED,
                    sent_by=uuid4(),
                    due_on=london_day(REFERRED),
                )
            )


def returned(world: World) -> Returned:
    """Return the world with a police force."""
    police = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=police, name="Testshire Police", kind="police"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=police, area_id=world.area))
    return Returned(world, police)
