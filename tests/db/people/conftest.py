"""A county with a register, and short ways to put people on it and to ask about them."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, Role, system
from hub.people.commands import SavePerson, open_checks, save_person
from hub.people.models import IdentityCandidate, IdentityCheck
from hub.people.rules.identity import Asked
from hub.people.rules.persons import Address
from kit.hub import *  # noqa: F403 - its fixtures
from kit.world import World

HUB = system("test")


class County(World):
    """The small county with a desk that acts, people on the register, and questions."""

    @property
    def desk_actor(self):
        return self.actor(Role.DUTY_DESK)

    def actor(self, *roles, contact_id=None, agency_id=None):
        return Actor(
            account_id=uuid4(),
            agency_id=agency_id or self.agency,
            contact_id=contact_id,
            roles=frozenset(roles),
            label="account",
        )

    def registered(self, **changes):
        values = {
            "given_name": "Elizabeth",
            "family_name": "O'Neill",
            "known_as": "Beth",
            "date_of_birth": date(2006, 3, 9),
            "service_id": self.service,
            "addresses": (Address(postcode="LN2 4ZZ"),),
        }
        with self.units.write(HUB) as uow:
            return save_person(SavePerson(**(values | changes)), uow=uow)

    def asked(self, **changes):
        values = {
            "party_id": uuid4(),
            "concern_id": uuid4(),
            "given_name": "Beth",
            "family_name": "ONeill",
            "date_of_birth": date(2006, 3, 9),
            "postcodes": ("LN2 4ZZ",),
            "area_id": self.area,
        }
        return Asked(**(values | changes))

    def ask(self, **changes):
        """Ask the desks about somebody; return the question's id, or None."""
        with self.units.write(HUB) as uow:
            opened = open_checks(uow, [self.asked(**changes)])
        return opened[0] if opened else None

    def check(self, check_id):
        with self.units.read(HUB) as uow:
            return uow.session.get_one(IdentityCheck, check_id)

    def candidates(self, check_id):
        """Return person and band of each candidate, the likeliest first."""
        with self.units.read(HUB) as uow:
            rows = uow.session.execute(
                select(IdentityCandidate.person_id, IdentityCandidate.band)
                .where(IdentityCandidate.check_id == check_id)
                .order_by(IdentityCandidate.score.desc())
            )
            return [(row.person_id, row.band) for row in rows]


@pytest.fixture
def county(units):
    return County(units).settle()


@pytest.fixture
def heard(units):
    """Return the list of all events that units say from now on."""
    said = []
    inner = units.sinks.recorders
    units.sinks = type(units.sinks)(
        reactions=units.sinks.reactions,
        settlers=units.sinks.settlers,
        recorders=(*inner, lambda _, events: said.extend(events)),
    )
    return said
