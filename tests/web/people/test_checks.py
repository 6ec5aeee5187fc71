"""The duty desk's queue and one question, as somebody on the desk sees and answers them."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role, system
from hub.people.commands import SavePerson, open_checks, save_person
from hub.people.models import IdentityCheck
from hub.people.rules.identity import Asked
from hub.people.rules.persons import Address
from hub.people.states import CheckState
from kit.pages import PageClient
from kit.world import World

FACTS = ["date_of_birth", "address"]


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def desk(world, as_role):
    return as_role(Role.DUTY_DESK, agency_id=world.agency)


@pytest.fixture
def browser(app, sign_in_browser, desk):
    return PageClient(app, sign_in_browser(desk))


def registered(world, **changes):
    values = {
        "given_name": "Elizabeth",
        "family_name": "O'Neill",
        "known_as": "Beth",
        "date_of_birth": date(2006, 3, 9),
        "service_id": world.service,
        "addresses": (Address(postcode="LN2 4ZZ"),),
        "nhs_number": "9990000018",
    }
    with world.units.write(system("test")) as uow:
        return save_person(SavePerson(**(values | changes)), uow=uow)


def asked(world, **changes):
    values = {
        "party_id": uuid4(),
        "concern_id": uuid4(),
        "given_name": "Beth",
        "family_name": "ONeill",
        "date_of_birth": date(2006, 9, 3),
        "postcodes": ("LN2 4ZZ",),
        "area_id": world.area,
    }
    with world.units.write(system("test")) as uow:
        opened = open_checks(uow, [Asked(**(values | changes))])
    return opened[0] if opened else None


def state_of(world, check_id):
    with world.units.read(system("test")) as uow:
        return uow.session.scalar(select(IdentityCheck.state).where(IdentityCheck.id == check_id))


def test_queue_leads_to_a_question_that_two_facts_answer(world, browser):
    person_id = registered(world)
    check_id = asked(world)

    queue = browser.get("people.checks")
    assert "1 candidate, best: probable" in queue.text
    assert "ONeill" not in queue.text  # the list is seen over shoulders

    question = browser.get("people.check", check_id=check_id)
    assert "Elizabeth O'Neill" in question.text
    assert "Agrees Day and month of birth swapped" in question.text
    confirm = browser.get("people.confirm", check_id=check_id, person_id=person_id)
    wrong = browser.fill(confirm, {"facts": ["date_of_birth"]})
    assert wrong.errors == {"facts": "Select two facts that agree"}

    answered = browser.fill(confirm, {"facts": FACTS})

    assert "Confirmed on 1 June 2026" in answered.text
    assert (
        "Facts that agreed: Date of birth, A current or former address or postcode" in answered.text
    )
    assert state_of(world, check_id) == CheckState.CONFIRMED
    assert "No question waits" in browser.get("people.checks").text
