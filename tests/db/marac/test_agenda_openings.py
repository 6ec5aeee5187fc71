"""One action makes an agenda; what comes before its cases, and what is marked about them."""

from datetime import date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Area
from hub.kernel.actor import Role
from hub.kernel.errors import RefusedError
from hub.marac import queries
from hub.marac.commands import issue_agenda, make_agenda, place_case
from hub.marac.models import (
    Action,
    Hearing,
    RepeatDecision,
    Subject,
    SubjectParty,
    Transfer,
)
from hub.meetings.access import open_meeting
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.people.models import Conflict
from hub.referrals.models import Concern, Party
from kit.world import COORDINATOR, HUB, NOW, TODAY, World

POLICY = InvitationPolicy()
KEEP = timedelta(days=14)
TEN = 10


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def people(world):
    """Three persons; the last one's worker is the deputy."""
    return world.person(), world.person(), world.person(worker=world.deputy)


@pytest.fixture
def items(world, meeting, clock, people):
    found = []
    for person in people:
        found.append(world.list(meeting, world.concern(person)))
        clock.advance(minutes=1)
    make(world, meeting)
    return tuple(found)


@pytest.fixture
def co_ordinator(as_role, world):
    return as_role(Role.COORDINATOR, agency_id=world.agency)


@pytest.fixture
def member(as_role, world):
    """Represents an agency of the area and has an entry in the directory."""
    with world.write() as uow:
        contact = world.contact(uow, uuid4(), "Rep Resentative")
    return as_role(Role.AGENCY_REPRESENTATIVE, agency_id=world.agency, contact_id=contact)


@pytest.fixture
def worker(as_role, world):
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)


def make(world, meeting):
    with world.write(COORDINATOR) as uow:
        return make_agenda(meeting, usual_minutes=TEN, uow=uow)


def issue(world, meeting, actor=COORDINATOR):
    with world.write(actor) as uow:
        return issue_agenda(meeting, uow=uow, policy=POLICY)


def copy_of(world, actor, meeting):
    with world.units.read(actor) as uow:
        return queries.copy_of(uow, meeting, keep=KEEP)


def held(found):
    return [one.line.item for one in found.copy.lines]


def conflict(world, actor, person):
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=actor.contact_id, person_id=person, declared_at=uow.now)
        )


# --- One action, and another order ---


def test_one_action_takes_the_minutes_in_use_and_keeps_accepted_times(world, meeting, items):
    with world.write() as uow:
        uow.session.execute(
            update(Invitation).where(Invitation.item_id == items[2]).values(answer="accepted")
        )
    new = world.list(meeting, world.concern_about([(None, "victim"), (None, "child")]))

    packing = make(world, meeting)

    starts = {one: slot.starts_at - NOW for one, slot in packing.slots.items()}
    assert starts[items[2]] == timedelta(days=28, minutes=20)
    assert starts[new] == timedelta(days=28)
    assert len(packing.slots) == 4


def test_a_case_is_put_in_the_place_of_another(world, meeting, items):
    with world.write(COORDINATOR) as uow:
        place_case(items[2], items[0], uow=uow)
    assert order(world) == [items[2], items[0], items[1]]

    with world.write(COORDINATOR) as uow, pytest.raises(RefusedError):
        place_case(items[2], uuid4(), uow=uow)


def order(world):
    with world.units.read(HUB) as uow:
        return list(uow.session.scalars(select(Item.id).order_by(Item.starts_at)))


# --- What comes first, and marks ---


def heard(uow, item, on):
    uow.session.add(Hearing(id=uuid4(), item_id=item, state="heard", heard_on=on))


def draft(world, meeting):
    with world.units.read(COORDINATOR) as uow:
        return queries.draft_of(uow, open_meeting(uow, meeting))


def action(uow, world, item, due_on, state="open"):
    uow.session.add(
        Action(
            id=uuid4(),
            reference=uow.ids.reference(),
            item_id=item,
            text="Do it.",
            risk="Harm.",
            agency_id=world.agency,
            owner_id=uuid4(),
            due_on=due_on,
            may_tell_victim=True,
            state=state,
            proposed_by=uuid4(),
            proposed_at=uow.now,
        )
    )


def test_actions_not_done_come_first_the_oldest_before(world, meeting, people, member):
    old = world.list(world.meeting(), world.concern(people[0]))
    with world.write() as uow:
        for days, state in ((1, "open"), (9, "proposed"), (0, "open"), (5, "done")):
            action(uow, world, old, TODAY - timedelta(days=days), state)

    assert [one.due_on for one in draft(world, meeting).overdue] == [
        date(2026, 5, 23),
        date(2026, 5, 31),
    ]
    world.list(meeting, world.concern(people[1]))
    make(world, meeting)
    issue(world, meeting)
    assert len(copy_of(world, member, meeting).copy.overdue) == 2
    conflict(world, member, people[0])
    assert copy_of(world, member, meeting).copy.overdue == ()


@pytest.mark.parametrize(
    ("heard_on", "is_named"),
    [
        (date(2025, 6, 29), True),  # the flag ends on the very day
        (date(2025, 6, 30), False),  # the next day
        (date(2025, 6, 1), False),  # it ended on the day of the MARAC before, which named it
        (date(2025, 6, 2), True),
    ],
)
def test_flags_that_end_between_the_last_marac_and_this_one(world, meeting, heard_on, is_named):
    old = world.list(world.meeting(days=1), world.concern())
    with world.write() as uow:
        heard(uow, old, heard_on)
        row = uow.session.get_one(Meeting, uow.session.get_one(Item, old).meeting_id)
        row.starts_at = datetime(2026, 6, 1, 8, tzinfo=NOW.tzinfo)
        row.ends_at = row.starts_at + timedelta(hours=1)

    assert [one.flag_until for one in draft(world, meeting).lapsing] == (
        [heard_on.replace(year=2026)] if is_named else []
    )


def test_a_case_that_was_heard_again_does_not_lapse(world, meeting):
    first = world.concern_about([(None, "victim"), (None, "alleged_perpetrator")])
    again = world.concern_about([(None, "victim"), (None, "alleged_perpetrator")])
    items = [world.list(world.meeting(days=days), one) for days, one in ((2, first), (3, again))]
    with world.write() as uow:
        heard(uow, items[0], date(2025, 6, 20))
        heard(uow, items[1], date(2025, 12, 1))
    assert len(draft(world, meeting).lapsing) == 1
    with world.write() as uow:
        for role in ("victim", "alleged_perpetrator"):
            subject = uuid4()
            uow.session.add(Subject(id=subject, created_at=uow.now))
            uow.session.flush()
            for party in uow.session.scalars(select(Party.id).where(Party.role == role)):
                uow.session.add(
                    SubjectParty(
                        party_id=party, subject_id=subject, said_by=uuid4(), said_at=uow.now
                    )
                )

    assert draft(world, meeting).lapsing == ()


def test_what_is_marked(world, meeting, clock):
    plain, late, repeat, moved = (world.concern() for _ in range(4))
    other = uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=other, name="Southmere"))
        uow.session.flush()
        for number, label in ((1, "check"), (2, "repeat")):
            uow.session.add(
                RepeatDecision(
                    id=uuid4(),
                    concern_id=repeat,
                    number=number,
                    label=label,
                    incident_kind="",
                    decided_at=uow.now,
                )
            )
        uow.session.add(
            Transfer(
                id=uuid4(),
                reference=uow.ids.reference(),
                concern_id=plain,
                received_id=moved,
                from_area_id=other,
                to_area_id=world.area,
                is_temporary=False,
                told_on=TODAY,
                sent_at=uow.now,
                sent_by=uuid4(),
                due_on=TODAY,
            )
        )
    items = [world.list(meeting, one) for one in (plain, late, repeat, moved)]
    with world.write() as uow:
        uow.session.get_one(Concern, late).submitted_at = NOW + timedelta(days=27)

    marks = draft(world, meeting).marks

    assert [marks[item] for item in items] == [(), ("late",), ("repeat",), ("from Southmere",)]


def test_a_case_that_was_put_back_says_so(world, meeting):
    concern = world.concern()
    before = world.list(world.meeting(days=2), concern)
    with world.write() as uow:
        uow.session.add(Hearing(id=uuid4(), item_id=before, state="put_back"))
        uow.session.get_one(Item, before).state = "withdrawn"
    item = world.list(meeting, concern)

    assert draft(world, meeting).marks[item] == ("put back from an earlier meeting",)
