"""A task: what to do, whom to ring, what to say, and how it ended."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Agency, AgencyArea, Area, Contact
from hub.kernel.actor import Actor, Role, system
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.events import SlotsChanged
from hub.meetings.gaps import DOUBLE_BOOKED, NOBODY_ANSWERED, SHARING_HELD
from hub.meetings.models import Invitation, Task
from hub.meetings.requirement import ProblemKind
from hub.meetings.rules import InvitationPolicy
from hub.meetings.task_wording import EMERGENCY_CALL, GUIDES, NOT_LEAVING, NOT_MINE
from hub.meetings.waiting_questions import QUESTION_WAITS
from hub.people.models import Conflict
from hub.sharing.events import AgreementChanged
from hub.sharing.models import Agreement
from kit.world import World


@pytest.fixture
def world(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.execute(update(Contact).values(phone="01632 960001"))
    return made


@pytest.fixture
def stuck(world):
    """Return a task to telephone: everybody on the ladder was asked in vain."""
    world.list(world.meeting(), world.concern(world.person()))
    for _ in range(5):
        with world.write() as uow:
            rows = list(uow.session.scalars(select(Invitation)))
            for row in rows:
                row.climb_at, row.climbed_at = None, uow.now
        with world.write() as uow:
            uow.emit(SlotsChanged(meeting_id=rows[0].meeting_id))
    return only_task(world, NOBODY_ANSWERED)


def only_task(world, kind):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(select(Task).where(Task.kind == kind)).one()


def held_back(world):
    """Return a task of the governance lead."""
    with world.write() as uow:
        uow.session.execute(update(Agreement).values(status="suspended"))
    world.list(world.meeting(), world.concern(world.person()))
    return only_task(world, ProblemKind.AGREEMENT_NOT_IN_FORCE)


def test_there_is_a_guide_for_every_kind_of_task():
    kinds = set(ProblemKind) - {ProblemKind.CARE_STATUS_UNCONFIRMED}

    own = {
        NOBODY_ANSWERED,
        SHARING_HELD,
        NOT_MINE,
        NOT_LEAVING,
        DOUBLE_BOOKED,
        QUESTION_WAITS,
        EMERGENCY_CALL,
    }
    assert set(GUIDES) == kinds | own


def test_a_task_to_ring_has_numbers_a_script_and_nothing_of_the_case(
    world, stuck, as_role, signed_in
):
    browser = signed_in(as_role(Role.COORDINATOR, agency_id=world.agency))

    listed = browser.get("tasks.mine")
    shown = browser.get("tasks.show", task_id=stuck.id)

    assert "Ring the service: nobody has answered" in listed.text
    assert shown.h1 == "Ring the service: nobody has answered"
    for part in ("Wor Ker", "Dep Uty", "Man Ager", "Duty desk", "01632 960001", "message"):
        assert part in shown.text
    for secret in ("Zebedee", "Quillfeather", "MARAC", "victim"):
        assert secret not in shown.text
        assert secret not in listed.text
    assert shown.links["Go to the case"] == f"/meetings/cases/{stuck.item_id}"


def agency_of_another_area(world):
    agency, area = uuid4(), uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=area, name="Othershire"))
        uow.session.add(Agency(id=agency, name="Other Council", kind="council"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency, area_id=area))
    return agency


def test_a_task_is_that_of_its_meetings_area(world, stuck, as_role, signed_in):
    far = as_role(Role.COORDINATOR, agency_id=agency_of_another_area(world))
    browser = signed_in(far)
    assert stuck.reference in browser.get("tasks.mine").text  # nobody else could do it

    browser = signed_in(as_role(Role.COORDINATOR, agency_id=world.agency))
    assert stuck.reference in browser.get("tasks.mine").text

    browser = signed_in(far)
    assert stuck.reference not in browser.get("tasks.mine").text
    assert "task" not in browser.get("home.show").text
    browser.get("tasks.show", task_id=stuck.id, status=404)


def test_how_a_call_ended_is_written_down_with_whether_a_message_was_left(
    world, stuck, as_role, signed_in, units
):
    browser = signed_in(as_role(Role.COORDINATOR, agency_id=world.agency))
    shown = browser.get("tasks.show", task_id=stuck.id)

    empty = browser.fill(shown, {})
    unsaid = browser.fill(shown, {"outcome": "The manager comes herself"})
    short = browser.fill(shown, {"outcome": "ok", "message": "none"})
    done = browser.fill(shown, {"outcome": "The manager comes herself", "message": "left"})

    assert set(empty.errors) == {"message", "outcome"}
    assert set(unsaid.errors) == {"message"}
    assert set(short.errors) == {"outcome"}
    assert done.h1 == "Tasks"
    with units.read(system("test")) as uow:
        task = uow.session.get_one(Task, stuck.id)
    assert task.outcome == "The manager comes herself\nA message was left."
    assert browser.get("tasks.show", task_id=stuck.id).text.count("This task is done") == 1
    assert "nothing to do" in browser.get("tasks.mine").text


@pytest.mark.parametrize("role", [Role.REFERRER, Role.CHAIR, Role.LEAVING_CARE_WORKER])
def test_a_task_of_another_role_does_not_exist(world, stuck, as_role, signed_in, role):
    browser = signed_in(as_role(role, agency_id=world.agency))

    browser.get("tasks.show", task_id=stuck.id, status=404)
    done = {"outcome": "I did it myself", "message": "none"}
    browser.post("tasks.finish", done, task_id=stuck.id, status=404)
    assert "nothing to do" in browser.get("tasks.mine").text


def not_mine(world, names=None):
    """Return a task of the team manager: the worker says that the person is not hers."""

    world.list(world.meeting(), world.concern(world.person()))
    with world.write(Actor(contact_id=world.worker)) as uow:
        asked = uow.session.scalars(select(Invitation.id)).one()
        cmd = AnswerInvitation(
            invitation_id=asked,
            answer=Answer.NOT_MINE,
            note="Handed over in May",
            stand_in_id=names,
        )
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())
    return only_task(world, NOT_MINE)


def test_a_manager_is_told_who_it_is_about_after_the_look_is_written_down(
    world, as_role, signed_in
):
    task = not_mine(world)
    manager = as_role(Role.TEAM_MANAGER, agency_id=world.agency, contact_id=world.manager)

    shown = signed_in(manager).get("tasks.show", task_id=task.id)

    assert "Zebedee Quillfeather" in shown.text
    assert "Wor Ker says: Handed over in May" in shown.text
    assert "They name" not in shown.text


def test_a_manager_is_told_whom_the_worker_names(world, as_role, signed_in):
    task = not_mine(world, names=world.deputy)
    manager = as_role(Role.TEAM_MANAGER, agency_id=world.agency, contact_id=world.manager)

    shown = signed_in(manager).get("tasks.show", task_id=task.id)

    assert "They name Dep Uty as the worker now." in shown.text


def test_a_manager_of_another_agency_or_with_a_conflict_sees_no_task(world, as_role, signed_in):
    task = not_mine(world)
    elsewhere = as_role(Role.TEAM_MANAGER)
    signed_in(elsewhere).get("tasks.show", task_id=task.id, status=404)

    related = as_role(Role.TEAM_MANAGER, agency_id=world.agency, contact_id=world.manager)
    with world.write() as uow:
        uow.session.add(
            Conflict(contact_id=world.manager, person_id=task.subject_id, declared_at=uow.now)
        )
    browser = signed_in(related)
    browser.get("tasks.show", task_id=task.id, status=404)
    assert "nothing to do" in browser.get("tasks.mine").text


def test_a_governance_lead_is_led_to_the_agreements(world, as_role, signed_in):
    task = held_back(world)

    shown = signed_in(as_role(Role.GOVERNANCE_LEAD)).get("tasks.show", task_id=task.id)

    assert shown.links["Go to the agreements"] == "/agreements"
    assert "What to say" not in shown.text
    assert "Zebedee" not in shown.text


def test_a_task_that_settled_itself_says_so(world, as_role, signed_in):
    task = held_back(world)
    with world.write() as uow:
        uow.session.execute(update(Agreement).values(status="in_force"))

    with world.write() as uow:
        uow.emit(AgreementChanged(agreement_id=world.agreement))

    shown = signed_in(as_role(Role.GOVERNANCE_LEAD)).get("tasks.show", task_id=task.id)

    assert "settled itself" in shown.text
    assert not shown.root.all("main")[0].all("form")
