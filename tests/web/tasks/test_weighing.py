"""A governance lead weighs what holds an invitation; nobody else can, and nothing typed is lost."""

import json

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Role, system
from hub.meetings.gaps import SHARING_HELD
from hub.meetings.models import Invitation, Task
from hub.referrals.models import Concern
from hub.sharing.models import AgreementCategory
from kit.world import World

RISKS = {
    "ground": "serious_harm",
    "risk_of_sharing": "She may trust the service less for some weeks.",
    "risk_of_not_sharing": "Nobody whom she trusts would help to plan.",
}


def held_task(units, consent, *, bases=(), agreement=None):
    """Return the task of an invitation that is held for what was said or agreed."""
    world = World(units).settle()
    concern = world.concern(world.person())
    said = json.dumps({"consent": {"consent": consent}, "lawful_basis": {"bases": list(bases)}})
    with world.write() as uow:
        uow.session.execute(update(Concern).where(Concern.id == concern).values(answers=said))
        if agreement is not None:
            uow.session.execute(agreement)
    world.list(world.meeting(), concern)
    with units.read(system("test")) as uow:
        return uow.session.scalars(select(Task).where(Task.kind == SHARING_HELD)).one()


@pytest.fixture
def held(units):
    """Return the task of an invitation that a refusal holds back."""
    return held_task(units, "not_given")


def test_the_lead_comes_from_the_task_writes_both_risks_and_the_invitation_goes(
    held, units, signed_in, as_role
) -> None:
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    task = browser.get("tasks.show", task_id=held.id)
    assert f"/tasks/{held.id}/weigh" in task.response.get_data(as_text=True)
    assert "The person said no, and nothing that is stated overrides it." in task.text
    asked = browser.get("weighing.weigh", task_id=held.id)
    assert "The person said no, and nothing that is stated overrides it." in asked.text
    assert "Serious harm to the person is likely" in asked.text
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


def test_what_it_rests_on_must_be_selected_and_what_was_typed_is_kept(
    held, units, signed_in, as_role
) -> None:
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    without = {name: text for name, text in RISKS.items() if name != "ground"}
    answer = browser.post("weighing.weigh", data=without, task_id=held.id, status=422)
    assert "Select what makes it right to tell the service" in answer.text
    assert RISKS["risk_of_sharing"] in answer.text
    with units.read(system("test")) as uow:
        assert uow.session.scalar(select(Invitation)) is None


def test_all_that_is_left_empty_is_named_at_once(held, signed_in, as_role) -> None:
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    answer = browser.post("weighing.weigh", data={}, task_id=held.id, status=422)
    for text in (
        "Select what makes it right to tell the service",
        "Enter what could go wrong if the service is told",
        "Enter what could go wrong if the service is not told",
    ):
        assert text in answer.text


def test_nothing_is_asked_that_is_recorded_already(units, signed_in, as_role) -> None:
    task = held_task(units, "not_given", bases=["crime", "serious_harm"])
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    page = browser.get("weighing.weigh", task_id=task.id)
    assert "What makes it right to tell the service?" not in page.text
    risks = {name: text for name, text in RISKS.items() if name != "ground"}
    told = browser.send("weighing.weigh", data=risks, task_id=task.id)
    assert "the invitation is on its way" in told.text


def test_what_only_an_agreement_can_mend_cannot_be_weighed(units, signed_in, as_role) -> None:
    task = held_task(
        units, "given", agreement=update(AgreementCategory).values(to_service="excluded")
    )
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    page = browser.get("tasks.show", task_id=task.id)
    assert "does not let this category be shared" in page.text
    assert f"/tasks/{task.id}/weigh" not in page.response.get_data(as_text=True)
    browser.get("weighing.weigh", task_id=task.id, status=404)


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.CHAIR, Role.LEAVING_CARE_WORKER])
def test_to_anybody_else_the_question_does_not_exist(held, signed_in, as_role, role) -> None:
    signed_in(as_role(role)).get("weighing.weigh", task_id=held.id, status=404)
