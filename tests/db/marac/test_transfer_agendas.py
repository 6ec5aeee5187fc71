"""A case goes to another area: what becomes of its worker's invitation, and of the agendas here."""

import json
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea, Area
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import ConflictError
from hub.marac.commands import issue_agenda, make_agenda
from hub.marac.commands.transfers import (
    ReturnTransfer,
    SendTransfer,
    acknowledge_transfer,
    return_transfer,
    send_transfer,
)
from hub.marac.queries import changes_ahead
from hub.marac.queries.transfer_standing import stands_here, to_issue_again
from hub.marac.rules.copies import ChangeKind
from hub.meetings.commands import PlanMeeting, list_case, plan_meeting
from hub.meetings.models import Invitation, Item
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.people.models import IdentityCheck
from hub.referrals.commands import ScreenConcern, screen_concern
from hub.referrals.models import Concern, Party
from hub.referrals.states import Move
from kit.world import HUB, World
from migrations.metadata import METADATA

NEW_HOME = {"address": "9 Secret Street", "postcode": "YO1 1AA"}


@pytest.fixture
def world(units):
    return World(units).settle()


def test_the_named_worker_is_required_at_the_new_areas_meeting_too(world, as_role):
    """Responsibility does not move: the worker of the old authority is invited out of area."""
    here, there, far = neighbours(world, as_role)
    person = world.person()
    concern = world.concern(person)
    old_item = world.list(world.meeting(), concern)
    with world.write(here) as uow:
        cmd = SendTransfer(
            concern_id=concern,
            to_area_id=far,
            told_on=uow.today,
            is_temporary=True,
            note="She is safe with family.",
        )
        sent = send_transfer(cmd, uow=uow)
    with world.write(there) as uow:
        received = acknowledge_transfer(sent, uow=uow)

    with world.units.read(HUB) as uow:
        assert uow.session.get_one(Item, old_item).state == "withdrawn"
        checks = uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == received)
        ).all()
        assert [(one.state, one.person_id) for one in checks] == [("confirmed", person)]
        version = uow.session.get_one(Concern, received).version
    with world.write(there) as uow:
        cmd = ScreenConcern(concern_id=received, outcome=Move.ACCEPT, reason="", version=version)
        screen_concern(cmd, uow=uow)
        starts = uow.now + timedelta(days=20)
        meeting = plan_meeting(
            PlanMeeting(
                kind=MeetingKind.MARAC,
                area_id=far,
                starts_at=starts,
                ends_at=starts + timedelta(hours=2),
            ),
            uow=uow,
        )
    with world.write(there) as uow:
        item = list_case(meeting, received, uow=uow)
    with world.units.read(HUB) as uow:
        held = uow.session.scalars(
            select(Invitation.recipient_id).where(
                Invitation.item_id == item, Invitation.state == "held"
            )
        ).all()
    assert held == [world.worker]


def test_a_desk_that_is_asked_anew_looks_by_the_postcode_that_she_left(world, as_role):
    """The desk may be of the old area: the new postcode is not in its question."""
    here, there, far = neighbours(world, as_role)
    concern = world.concern_about([(None, "victim")])
    with world.write() as uow:
        victim = uow.session.scalars(select(Party)).one()
        victim.details = json.dumps({"postcode": "LN2 2BB"})
    with world.write(here) as uow:
        sent = send_transfer(
            SendTransfer(
                concern_id=concern,
                to_area_id=far,
                told_on=uow.today,
                is_temporary=False,
                note="She is safe with family.",
                **NEW_HOME,
            ),
            uow=uow,
        )
    with world.write(there) as uow:
        received = acknowledge_transfer(sent, uow=uow)
    with world.units.read(HUB) as uow:
        asked = uow.session.scalars(
            select(IdentityCheck.asked).where(IdentityCheck.concern_id == received)
        ).one()
    assert "LN2 2BB" in asked
    assert "YO1 1AA" not in asked


def neighbours(world, as_role):
    """Return the co-ordinators of the world's own area and of Farshire, and Farshire."""
    council, far = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=far, name="Farshire"))
        uow.session.add(Agency(id=council, name="Farshire Council", kind="authority"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=council, area_id=far))
    here = as_role(Role.COORDINATOR, agency_id=world.agency)
    return here, as_role(Role.COORDINATOR, agency_id=council), far


@dataclass
class Listed:
    """A case on an agenda of the old area, its worker invited, that is to go to Farshire."""

    world: World
    here: Actor
    there: Actor
    far: UUID
    concern: UUID
    item: UUID
    meeting: UUID

    def sent(self, **address):
        with self.world.write(self.here) as uow:
            cmd = SendTransfer(
                concern_id=self.concern,
                to_area_id=self.far,
                told_on=uow.today,
                is_temporary=False,
                note="She is safe with family.",
                **address,
            )
            return send_transfer(cmd, uow=uow)

    def state(self):
        """Return where the item stands, and to whom its invitations are held."""
        with self.world.units.read(HUB) as uow:
            held = uow.session.scalars(
                select(Invitation.recipient_id).where(
                    Invitation.item_id == self.item, Invitation.state == "held"
                )
            ).all()
            return uow.session.get_one(Item, self.item).state, held


@pytest.fixture
def listed(world, as_role):
    here, there, far = neighbours(world, as_role)
    concern, meeting = world.concern(world.person()), world.meeting()
    item = world.list(meeting, concern)
    return Listed(world, here, there, far, concern, item, meeting)


def test_while_nobody_has_taken_it_over_everything_here_stays(listed):
    sent = listed.sent()
    assert listed.state() == ("listed", [listed.world.worker])
    with listed.world.write(listed.there) as uow:
        return_transfer(ReturnTransfer(transfer_id=sent, reason="Not here."), uow=uow)
    assert listed.state() == ("listed", [listed.world.worker])


def test_taken_over_it_comes_off_an_agenda_that_is_out_which_waits_to_be_issued_again(
    listed, clock
):
    with listed.world.write(listed.here) as uow:
        make_agenda(listed.meeting, usual_minutes=10, uow=uow)
    with listed.world.write(listed.here) as uow:
        issue_agenda(listed.meeting, uow=uow, policy=InvitationPolicy())
    with listed.world.units.read(listed.here) as uow:
        (stands,) = stands_here(uow, listed.concern)
    assert (stands.meeting_id, stands.is_heard, stands.is_out) == (listed.meeting, False, True)
    clock.advance(minutes=1)
    sent = listed.sent()
    with listed.world.units.read(listed.here) as uow:
        assert to_issue_again(uow, sent) == ()
    with listed.world.write(listed.there) as uow:
        acknowledge_transfer(sent, uow=uow)
    assert listed.state() == ("withdrawn", [])
    with listed.world.units.read(listed.here) as uow:
        assert [one.meeting_id for one in to_issue_again(uow, sent)] == [listed.meeting]
        assert ChangeKind.REMOVED in {one.kind for one in changes_ahead(uow, listed.meeting)}
        assert stands_here(uow, listed.concern) == ()
    clock.advance(minutes=1)
    listed.world.list(listed.meeting, listed.world.concern(listed.world.person()))
    with listed.world.write(listed.here) as uow:
        make_agenda(listed.meeting, usual_minutes=10, uow=uow)
    with listed.world.write(listed.here) as uow:
        issue_agenda(listed.meeting, uow=uow, policy=InvitationPolicy())
    with listed.world.units.read(listed.here) as uow:
        assert to_issue_again(uow, sent) == ()


def test_a_meeting_that_has_begun_hears_it_with_its_worker_whoever_takes_it_over(listed, clock):
    sent = listed.sent()
    clock.advance(days=28, minutes=5)
    with listed.world.write(listed.there) as uow:
        acknowledge_transfer(sent, uow=uow)
    assert listed.state() == ("listed", [listed.world.worker])


def test_two_co_ordinators_at_once_are_told_apart(listed, as_role):
    sent = listed.sent()
    other = as_role(Role.COORDINATOR, agency_id=listed.there.agency_id)
    with listed.world.write(listed.there) as uow:
        received = acknowledge_transfer(sent, uow=uow)
    with listed.world.write(other) as uow, pytest.raises(ConflictError):
        acknowledge_transfer(sent, uow=uow)
    with listed.world.write(other) as uow, pytest.raises(ConflictError):
        return_transfer(ReturnTransfer(transfer_id=sent, reason="Not here."), uow=uow)
    with listed.world.units.read(HUB) as uow:
        made = uow.session.scalars(select(Concern.id).where(Concern.area_id == listed.far)).all()
    assert made == [received]


def test_the_new_address_lies_in_four_places_and_in_none_of_the_old_areas_rows(listed, clock):
    """Whatever the new area does with the case: every column of every table is opened and read."""
    with listed.world.write(listed.here) as uow:
        make_agenda(listed.meeting, usual_minutes=10, uow=uow)
    with listed.world.write(listed.here) as uow:
        issue_agenda(listed.meeting, uow=uow, policy=InvitationPolicy())
    sent = listed.sent(**NEW_HOME)
    with listed.world.write(listed.there) as uow:
        received = acknowledge_transfer(sent, uow=uow)
    with listed.world.units.read(HUB) as uow:
        version = uow.session.get_one(Concern, received).version
    with listed.world.write(listed.there) as uow:
        cmd = ScreenConcern(concern_id=received, outcome=Move.ACCEPT, reason="", version=version)
        screen_concern(cmd, uow=uow)
        starts = uow.now + timedelta(days=20)
        plan = PlanMeeting(
            kind=MeetingKind.MARAC,
            area_id=listed.far,
            starts_at=starts,
            ends_at=starts + timedelta(hours=2),
        )
        meeting = plan_meeting(plan, uow=uow)
    with listed.world.write(listed.there) as uow:
        list_case(meeting, received, uow=uow)
    with listed.world.write(listed.there) as uow:
        make_agenda(meeting, usual_minutes=10, uow=uow)
    with listed.world.write(listed.there) as uow:
        issue_agenda(meeting, uow=uow, policy=InvitationPolicy())
    with listed.world.units.read(HUB) as uow:
        victim = uow.session.scalars(select(Party.id).where(Party.concern_id == received)).one()
        found = {
            (table.name, name, row.get("id"))
            for table in METADATA.sorted_tables
            for row in uow.session.execute(select(table)).mappings()
            for name, value in row.items()
            if any(each in str(value) for each in NEW_HOME.values())
        }
    assert found == {
        ("transfer", "new_address", sent),
        ("transfer", "new_postcode", sent),
        ("concern", "answers", received),
        ("party", "details", victim),
    }
