"""A county behind pages: somebody on the desk, and people on the register."""

from datetime import date
from uuid import uuid4

import pytest

from hub.kernel.actor import Role, system
from hub.people.commands import Allocate, SavePerson, allocate, open_checks, save_person
from hub.people.rules.identity import Asked
from hub.people.rules.persons import Address
from hub.people.states import WorkerRole
from kit.hub import *  # noqa: F403 - its fixtures
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World

HUB = system("test")


class County(World):
    """The small county, with short ways to put people on the register and to ask about them."""

    def registered(self, **changes):
        values = {
            "given_name": "Elizabeth",
            "family_name": "O'Neill",
            "known_as": "Beth",
            "date_of_birth": date(2006, 3, 9),
            "service_id": self.service,
            "addresses": (Address("1 Example Road", "LN2 4ZZ"),),
            "nhs_number": "9990000018",
        }
        with self.units.write(HUB) as uow:
            return save_person(SavePerson(**(values | changes)), uow=uow)

    def give(self, person_id, role=WorkerRole.LEAVING_CARE_WORKER, worker_id=None):
        with self.units.write(HUB) as uow:
            cmd = Allocate(
                person_id=person_id,
                worker_id=worker_id or self.worker,
                role=role,
                from_on=date(2026, 1, 1),
            )
            return allocate(cmd, uow=uow)

    def social_worker(self):
        with self.units.write(HUB) as uow:
            return self.contact(uow, uuid4(), "So Cial", role="social_worker")

    def ask(self, **changes):
        values = {
            "party_id": uuid4(),
            "concern_id": uuid4(),
            "given_name": "Beth",
            "family_name": "ONeill",
            "date_of_birth": date(2006, 9, 3),
            "postcodes": ("LN2 4ZZ",),
            "area_id": self.area,
        }
        with self.units.write(HUB) as uow:
            opened = open_checks(uow, [Asked(**(values | changes))])
        return opened[0] if opened else None


@pytest.fixture
def county(units):
    return County(units).settle()


@pytest.fixture
def desk(county, as_role):
    return as_role(Role.DUTY_DESK, agency_id=county.agency)


@pytest.fixture
def browser(app, sign_in_browser, desk):
    return PageClient(app, sign_in_browser(desk))


@pytest.fixture
def as_worker(app, county, as_role, units):
    """Return the browser of the named worker."""

    worker = as_role(Role.LEAVING_CARE_WORKER, agency_id=county.agency, contact_id=county.worker)
    client = app.test_client()
    sign_in_as(client, worker, units)
    return PageClient(app, client)
