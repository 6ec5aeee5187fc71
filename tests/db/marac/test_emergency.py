"""An emergency MARAC: called within hours, everybody invited and rung, off every other agenda."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea, Contact
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.commands.emergency import CallEmergency, call_emergency, note_call
from hub.marac.models import Research
from hub.marac.queries.ring import calls_of
from hub.marac.rules.emergency import Said
from hub.meetings.commands import cancel_meeting
from hub.meetings.models import Invitation, Item, Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.models import Concern, ScreeningDecision
from kit.world import HUB, World

POLICY = InvitationPolicy()


@pytest.fixture
def world(units):
    made = World(units).settle()
    with made.write() as uow:
        for contact_id, phone in ((made.worker, "01522 496 001"), (made.deputy, "01522 496 002")):
            uow.session.get_one(Contact, contact_id).phone = phone
    return made


@pytest.fixture
def chair(as_role, world):
    return as_role(Role.CHAIR, agency_id=world.agency)


@pytest.fixture
def raised(world, as_role):
    """Return the maker of a concern that somebody with an account has raised."""
    officer = as_role(Role.REFERRER)

    def make(person_id=None):
        concern_id = world.concern(person_id)
        with world.write() as uow:
            uow.session.get_one(Concern, concern_id).referrer_id = officer.account_id
        return concern_id

    return make


@pytest.fixture
def case(world, raised):
    return raised(world.person())


def emergency(world, by, concern_id, hours=2.0, **changes):
    with world.write(by) as uow:
        said = {"joining": "01522 496 000", "reason": "He has found the refuge", **changes}
        starts = uow.now + timedelta(hours=hours)
        cmd = CallEmergency(concern_id=concern_id, starts_at=starts, **said)
        return call_emergency(cmd, uow=uow, policy=POLICY)


def rows(world, wanted):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(wanted).all()


def ringing(world, by, meeting_id):
    with world.units.read(by) as uow:
        meeting = uow.session.get_one(Meeting, meeting_id)
        return {call.who: call for call in calls_of(uow, meeting, POLICY) if call.state == "open"}


def test_the_worker_is_invited_and_everybody_is_rung_at_once(world, chair, case):
    meeting_id = emergency(world, chair, case)

    (item,) = rows(world, select(Item).where(Item.meeting_id == meeting_id))
    (invitation,) = rows(world, select(Invitation).where(Invitation.item_id == item.id))
    assert (invitation.recipient_id, invitation.state) == (world.worker, "held")
    assert item.starts_at == invitation.starts_at
    (concern,) = rows(world, select(Concern))
    assert (concern.state, concern.is_urgent) == ("urgent", True)
    assert rows(world, select(ScreeningDecision.decided_by)) == [chair.account_id]
    (asked,) = rows(world, select(Research))
    assert asked.due_at == item.starts_at
    calls = ringing(world, chair, meeting_id)
    assert set(calls) == {"worker", "desk", "police", "idva", "childrens_services", "referrer"}
    assert [one.phone for one in calls["worker"].numbers] == ["01522 496 001"]
    assert [one.name for one in calls["worker"].further][:2] == ["Dep Uty", "Man Ager"]
    due = rows(world, select(Task.due_at).where(Task.kind == "emergency_call"))
    assert all(at < item.starts_at for at in due)


def test_who_does_not_come_is_followed_by_the_next_on_the_ladder(world, chair, case):
    meeting_id = emergency(world, chair, case)
    first = ringing(world, chair, meeting_id)["worker"]

    with world.write(chair) as uow:
        note_call(first.task_id, Said.NO_ANSWER, uow=uow, policy=POLICY)

    held = select(Invitation.recipient_id).where(Invitation.state == "held")
    assert set(rows(world, held)) == {world.worker, world.deputy}
    following = ringing(world, chair, meeting_id)["worker"]
    assert [one.name for one in following.numbers] == ["Dep Uty"]
    with pytest.raises(RefusedError, match="already"), world.write(chair) as uow:
        note_call(first.task_id, Said.COMING, uow=uow, policy=POLICY)


def test_an_agency_that_nobody_reaches_stays_to_be_rung(world, chair, case):
    meeting_id = emergency(world, chair, case)
    police = ringing(world, chair, meeting_id)["police"].task_id
    with world.write(chair) as uow:
        note_call(police, Said.NO_ANSWER, uow=uow, policy=POLICY)
    assert "police" in ringing(world, chair, meeting_id)
    with world.write(chair) as uow:
        note_call(police, Said.COMING, uow=uow, policy=POLICY)
    assert "police" not in ringing(world, chair, meeting_id)


def test_the_case_comes_off_the_other_agenda_and_one_is_called_once(world, chair, case):
    other = world.list(world.meeting(), case)
    emergency(world, chair, case)
    assert rows(world, select(Item.state).where(Item.id == other)) == ["withdrawn"]
    with pytest.raises(RefusedError, match="called about this already"):
        emergency(world, chair, case, hours=3, joining="Another number")


def test_called_off_nobody_is_rung_for_an_invitation_any_more(world, chair, case, as_role):
    meeting_id = emergency(world, chair, case)
    with world.write(as_role(Role.COORDINATOR, agency_id=world.agency)) as uow:
        cancel_meeting(meeting_id, uow=uow)
    assert set(rows(world, select(Task.state))) == {"lapsed"}


@pytest.mark.parametrize(
    ("changes", "field"),
    [({"hours": 27}, "start"), ({"joining": " "}, "joining"), ({"reason": " "}, "reason")],
)
def test_what_lacks_is_named_and_nothing_is_called(world, chair, case, changes, field):
    with pytest.raises(RefusedError) as refused:
        emergency(world, chair, case, **changes)
    assert refused.value.field == field
    assert rows(world, select(Meeting)) == []


def test_a_question_who_is_meant_is_rung_about_and_the_answer_ends_it(world, chair, raised):
    meeting_id = emergency(world, chair, raised())
    call = ringing(world, chair, meeting_id)["question"]
    assert call.question
    assert [one.name for one in call.numbers] == ["Duty desk"]


def test_members_are_told_without_data_and_who_is_kept_away_finds_nothing(
    world, chair, case, as_role
):
    homes = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=homes, name="Testshire Homes", kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=homes, area_id=world.area))
    told, kept = (as_role(Role.AGENCY_REPRESENTATIVE, agency_id=homes) for _ in range(2))
    other_chair = as_role(Role.CHAIR, agency_id=world.agency)
    for who in (kept, other_chair):
        with world.write(chair) as uow:
            link = Link(case_id=case, kind=LinkKind.ALLEGED_PERPETRATOR, account_id=who.account_id)
            link_to_case(link, uow=uow)

    meeting_id = emergency(world, chair, case)

    messages = rows(world, select(Message).where(Message.facts.contains("/called")))
    assert {row.recipient_id for row in messages} == {told.account_id}
    assert all(str(case) not in row.facts for row in messages)
    with pytest.raises(NotFoundError), world.write(other_chair) as uow:
        call_emergency(
            CallEmergency(
                concern_id=case, starts_at=uow.now + timedelta(hours=1), joining="x", reason="y"
            ),
            uow=uow,
            policy=POLICY,
        )
    (police,) = (
        one.id
        for one in rows(world, select(Task).where(Task.meeting_id == meeting_id))
        if one.cause.endswith("police")
    )
    with pytest.raises(NotFoundError), world.write(other_chair) as uow:
        note_call(police, Said.COMING, uow=uow, policy=POLICY)
