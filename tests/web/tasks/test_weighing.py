"""A governance lead weighs a refusal; nobody else can, and nothing typed is lost."""

import json

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Role, system
from hub.meetings.gaps import SHARING_HELD
from hub.meetings.models import Invitation, Task
from hub.referrals.models import Concern
from kit.world import World

RISKS = {
    "risk_of_sharing": "She may trust the service less for some weeks.",
    "risk_of_not_sharing": "Nobody whom she trusts would help to plan.",
}


@pytest.fixture
def held(units):
    """Return the task of an invitation that a refusal holds back."""
    world = World(units).settle()
    concern = world.concern(world.person())
    said = json.dumps({"consent": {"consent": "not_given"}})
    with world.write() as uow:
        uow.session.execute(update(Concern).where(Concern.id == concern).values(answers=said))
    world.list(world.meeting(), concern)
    with units.read(system("test")) as uow:
        return uow.session.scalars(select(Task).where(Task.kind == SHARING_HELD)).one()


def test_the_lead_comes_from_the_task_writes_both_risks_and_the_invitation_goes(
    held, units, signed_in, as_role
) -> None:
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    task = browser.get("tasks.show", task_id=held.id)
    assert f"/tasks/{held.id}/weigh" in task.response.get_data(as_text=True)
    browser.get("weighing.weigh", task_id=held.id)
    told = browser.send("weighing.weigh", data=RISKS, task_id=held.id)
    assert "the invitation is on its way" in told.text
    with units.read(system("test")) as uow:
        assert uow.session.scalar(select(Invitation)).state == "held"


def test_one_risk_is_not_enough_and_what_was_typed_is_kept(held, units, signed_in, as_role) -> None:
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    half = RISKS | {"risk_of_not_sharing": ""}
    answer = browser.post("weighing.weigh", data=half, task_id=held.id, status=422)
    assert "Enter what could go wrong if the service is not told" in answer.text
    assert RISKS["risk_of_sharing"] in answer.text
    with units.read(system("test")) as uow:
        assert uow.session.scalar(select(Invitation)) is None


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.LEAVING_CARE_WORKER])
def test_to_anybody_else_the_question_does_not_exist(held, signed_in, as_role, role) -> None:
    signed_in(as_role(role)).get("weighing.weigh", task_id=held.id, status=404)
