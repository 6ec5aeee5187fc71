"""Areas by closing date: nobody meets, the worker is asked for information, the gate holds."""

from datetime import UTC, date, datetime, time

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, Role
from hub.kernel.errors import RefusedError
from hub.marac.commands import (
    PackAgenda,
    SaveSeries,
    issue_agenda,
    pack_agenda,
    plan_dates,
    plan_in_series,
    save_series,
)
from hub.marac.models import AgendaIssue, AreaSetting, Research
from hub.marac.rules.dates import Every, dates_of
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.attendance import record_attendance
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.overlaps import open_overlaps
from hub.meetings.rules import InvitationPolicy
from hub.meetings.states import CLOSING_ENTRY
from hub.notify.models import Message
from kit.world import COORDINATOR, HUB, World

POLICY = InvitationPolicy()
CLOSES = datetime(2026, 7, 1, 16, tzinfo=UTC)  # five in London


@pytest.fixture
def world(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.add(AreaSetting(area_id=made.area, shape="closing"))
    return made


@pytest.fixture
def series(world):
    with world.write(COORDINATOR) as uow:
        cmd = SaveSeries(
            area_id=world.area,
            name="East",
            starts=time(17),
            minutes=180,
            slot_minutes=10,
            place="Example House",
        )
        return save_series(cmd, uow=uow)


@pytest.fixture
def closing(world, series):
    with world.write(COORDINATOR) as uow:
        return plan_in_series(series, date(2026, 7, 1), uow=uow)


@pytest.fixture
def item(world, closing):
    return world.list(closing, world.concern(world.person()))


def one(world, wanted):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(wanted).one()


def answer(world, said, note=""):
    invitation = one(world, select(Invitation).where(Invitation.recipient_id == world.worker))
    worker = Actor(
        account_id=world.worker,
        contact_id=world.worker,
        roles=frozenset({Role.LEAVING_CARE_WORKER}),
    )
    with world.write(worker) as uow:
        cmd = AnswerInvitation(invitation_id=invitation.id, answer=said, note=note)
        answer_invitation(cmd, uow=uow, policy=POLICY)


def test_the_series_plans_a_closing_date_and_no_place(world, closing):
    row = one(world, select(Meeting).where(Meeting.id == closing))
    assert (row.shape, row.starts_at, row.ends_at) == ("closing", CLOSES, CLOSES + CLOSING_ENTRY)
    assert (row.place, row.video_link) == (None, None)


def test_research_is_asked_and_the_worker_is_invited_and_answers_with_what_they_know(world, item):
    assert one(world, select(Research)).due_at < CLOSES
    invitation = one(world, select(Invitation))
    assert (invitation.recipient_id, invitation.starts_at) == (world.worker, CLOSES)
    assert '"closes": "yes"' in one(world, select(Message).where(Message.uid.is_not(None))).facts

    with pytest.raises(RefusedError, match="Nobody meets"):
        answer(world, Answer.ACCEPTED)
    answer(world, Answer.INFORMATION_ONLY, "She moves on Friday")
    assert one(world, select(Invitation)).answer_note == "She moves on Friday"


def test_there_are_no_times_and_no_attendance_and_the_gate_holds(world, closing, item):
    with pytest.raises(RefusedError, match="no case has a time"), world.write(COORDINATOR) as uow:
        pack_agenda(PackAgenda(meeting_id=closing, slot_minutes=10), uow=uow)
    with pytest.raises(RefusedError, match="attendance"), world.write(COORDINATOR) as uow:
        record_attendance(item, world.worker, "apology", sent_information=True, uow=uow)
    unknown = world.list(closing, world.concern())
    with pytest.raises(RefusedError, match="duty desk"), world.write(COORDINATOR) as uow:
        issue_agenda(closing, uow=uow, policy=POLICY)
    with world.write(COORDINATOR) as uow:
        uow.session.get_one(Item, unknown).state = "withdrawn"
        uow.session.flush()
        assert issue_agenda(closing, uow=uow, policy=POLICY) == 1
    assert one(world, select(AgendaIssue)).meeting_id == closing
    assert one(world, select(Item).where(Item.id == item)).starts_at is None


def test_a_closing_date_takes_up_nobodys_time_and_moves_with_its_invitation(world, closing, item):
    with world.write(COORDINATOR) as uow:
        meeting = uow.session.get_one(Meeting, closing)
        later = CLOSES.replace(day=2)
        cmd = MoveMeeting(
            meeting_id=closing,
            version=meeting.version,
            starts_at=later,
            ends_at=later + CLOSING_ENTRY,
            place=None,
            video_link=None,
            chair_id=None,
        )
        move_meeting(cmd, uow=uow)
    assert one(world, select(Invitation)).starts_at == later
    with world.units.read(HUB) as uow:
        assert open_overlaps(uow, [closing]) == ()


def test_daily_meetings_are_a_series_that_leaves_out_what_is_not_worked(world, series):
    found = dates_of(date(2026, 12, 23), date(2026, 12, 31), Every.DAY)
    with world.write(COORDINATOR) as uow:
        uow.session.get_one(AreaSetting, world.area).shape = "daily"
        uow.session.flush()
        assert plan_dates(series, [each.day for each in found], uow=uow) == 5
    with world.units.read(HUB) as uow:
        rows = uow.session.scalars(select(Meeting).order_by(Meeting.starts_at)).all()
        assert [row.starts_at.day for row in rows] == [23, 24, 29, 30, 31]
        assert {row.shape for row in rows} == {"meeting"}
