"""Who hears of an information request, and that nobody hears who must not."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.kernel.actor import Role, system
from hub.notify.models import Message
from hub.sharing.commands.advising import AskAdvice, GiveAdvice, ask_advice, give_advice
from hub.sharing.commands.clocking import run_clocks
from hub.sharing.commands.holding import AskBack, ask_back, declare_relation
from hub.sharing.models import InformationRequest
from kit.asking import POLICY, Asking
from kit.world import World


@pytest.fixture
def asking(units):
    return Asking(World(units).settle()).settle()


@pytest.fixture
def heard(units):
    """Return the function that says who was written to, with the link's path."""

    def paths():
        with units.read(system("test")) as uow:
            rows = uow.session.scalars(select(Message).order_by(Message.number)).all()
        assert not any("Quillfeather" in row.facts for row in rows)
        return {row.address: json.loads(row.facts)["path"] for row in rows}

    return paths


def address(actor):
    return f"{actor.account_id}@example.org"


def test_a_request_goes_to_the_contact_that_the_directory_names(asking, heard):
    request_id = asking.send()
    desk = f"{asking.world.desk.hex[:8]}@example.org"
    assert heard()[desk] == f"/requests-to-us/{request_id}"
    assert address(asking.officer) not in heard()


def test_where_whom_it_goes_to_cannot_answer_the_desks_hear_as_well(asking, heard):
    with asking.world.write() as uow:
        point = asking.world.contact(uow, uuid4(), "Point", role="single_point_of_contact")
    own = f"{point.hex[:8]}@example.org"
    desk = address(asking.people[Role.DUTY_DESK])
    asking.send()
    assert {own, desk} <= set(heard())

    asking.account(asking.world.agency, Role.AGENCY_REPRESENTATIVE, contact_id=point)
    with asking.world.write() as uow:
        uow.session.execute(delete(Message))
    request_id = asking.send(asking.answers(subject={"given_name": "Ann"}))
    assert heard()[own] == f"/requests-to-us/{request_id}"
    assert desk not in heard()


def test_where_the_directory_has_no_address_the_agencys_desks_hear(asking, heard):
    with asking.world.write() as uow:
        uow.session.execute(
            update(Contact).where(Contact.id == asking.world.desk).values(email=None)
        )
    request_id = asking.send()
    assert heard() == {
        address(asking.people[role]): f"/requests-to-us/{request_id}"
        for role in (Role.DUTY_DESK, Role.AGENCY_REPRESENTATIVE)
    }


def test_where_nobody_is_left_the_governance_leads_hear_and_see_nothing(asking, heard):
    lead = asking.account(asking.force, Role.GOVERNANCE_LEAD)
    with asking.world.write() as uow:
        uow.session.execute(update(Contact).values(email=None))
        uow.session.execute(
            update(Account).where(Account.agency_id == asking.world.agency).values(is_active=False)
        )
    asking.send()
    assert heard() == {address(lead): "/requests-to-us/stuck"}


def test_the_officer_who_signs_hears_and_so_does_the_asker_of_a_question(asking, heard):
    request_id = asking.send()
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_back(AskBack(request_id=request_id, text="Which?"), uow=uow, policy=POLICY)
    assert heard()[address(asking.officer)] == f"/requests/{request_id}"


def test_what_waits_too_long_is_heard_by_the_desk_and_then_by_the_manager(asking, heard, clock):
    asking.send()
    manager = address(asking.people[Role.TEAM_MANAGER])
    clock.advance(days=2.5)
    run(asking)
    assert address(asking.people[Role.AGENCY_REPRESENTATIVE]) in heard()
    assert manager not in heard()
    clock.advance(days=1)
    run(asking)
    assert manager in heard()


def test_whoever_stands_above_them_is_led_to_a_list_that_they_may_read(asking, heard, clock):
    asking.send(asking.answers(urgency={"priority": "red"}))
    lead = address(asking.people[Role.SAFEGUARDING_LEAD])
    clock.advance(hours=3)
    run(asking)
    assert lead not in heard()
    clock.advance(hours=1)
    run(asking)
    assert heard()[lead] == "/requests-to-us/stuck"


def test_a_data_protection_officer_hears_when_asked_and_whoever_asked_of_the_advice(asking, heard):
    request_id = asking.send()
    officer = asking.account(asking.world.agency, Role.DATA_PROTECTION_OFFICER)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        advice_id = ask_advice(AskAdvice(request_id=request_id, question="Too much?"), uow=uow)
    assert heard()[address(officer)] == f"/advice/{advice_id}"

    with asking.world.write(officer) as uow:
        give_advice(GiveAdvice(advice_id=advice_id, version=1, text="No"), uow=uow)
    assert heard()[address(asking.people[Role.DUTY_DESK])] == f"/requests-to-us/{request_id}"


def test_who_declared_a_relation_hears_nothing_more(asking, heard, clock):
    request_id = asking.send()
    with asking.world.write(asking.people[Role.AGENCY_REPRESENTATIVE]) as uow:
        declare_relation(request_id, uow=uow, policy=POLICY)
    clock.advance(days=2.5)
    run(asking)
    assert address(asking.people[Role.AGENCY_REPRESENTATIVE]) not in heard()
    assert address(asking.people[Role.DUTY_DESK]) in heard()


def run(asking):
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)
        assert uow.session.scalar(select(InformationRequest.id)) is not None
