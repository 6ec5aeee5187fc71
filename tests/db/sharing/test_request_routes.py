"""Whom a request reaches: the contact that the agreement names, whoever follows, never nobody."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import update

from hub.agencies.models import Contact
from hub.kernel.actor import Role
from hub.sharing.models import AgreementParty
from hub.sharing.register.spoc import Rung
from kit.world import TODAY
from parts.asked import read


@pytest.fixture
def named(asking):
    """Let the agreement name a single point of contact for the holder; return who it is."""
    contact_id = uuid4()
    with asking.world.write() as uow:
        asking.world.contact(uow, contact_id, "Point", role="single_point_of_contact")
        uow.session.flush()
        uow.session.execute(
            update(AgreementParty)
            .where(AgreementParty.agency_id == asking.world.agency)
            .values(contact_id=contact_id, deputy_id=asking.world.deputy)
        )
    return contact_id


def reached(asking, request_id):
    request = read(asking, request_id)
    return request.routed_to_id, request.route_step


def test_the_contact_that_the_agreement_names_comes_first(asking, named):
    assert reached(asking, asking.send()) == (named, Rung.CONTACT)


def test_while_they_are_away_it_goes_to_the_deputy(asking, named):
    asking.world.absence(named, TODAY - timedelta(days=1), TODAY + timedelta(days=7))
    assert reached(asking, asking.send()) == (asking.world.deputy, Rung.DEPUTY)


def test_an_entry_that_nobody_checked_is_passed_over(asking, named):
    with asking.world.write() as uow:
        for contact_id in (named, asking.world.deputy):
            uow.session.get_one(Contact, contact_id).checked_on = date(2025, 1, 1)
    assert reached(asking, asking.send()) == (asking.world.desk, Rung.DESK)


@pytest.mark.parametrize(
    ("has_lead", "rung"), [(True, Rung.GOVERNANCE), (False, Rung.HUB_GOVERNANCE)]
)
def test_with_nobody_in_the_directory_it_is_still_the_agencys(asking, has_lead, rung):
    if has_lead:
        asking.account(asking.world.agency, Role.GOVERNANCE_LEAD)
    with asking.world.write() as uow:
        uow.session.execute(update(Contact).values(works_until=TODAY))
    assert reached(asking, asking.send()) == (None, rung)
