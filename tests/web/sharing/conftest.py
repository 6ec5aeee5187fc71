"""Browsers of those who read and write the register of agreements."""

import pytest

from hub.kernel.actor import Role
from kit.agreements import Register
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def register(world):
    return Register(world).settle()


@pytest.fixture
def at_own_desk(app, units, as_role):
    """Return a browser of their own for somebody of a role."""

    def sit_down(role):
        browser = PageClient(app)
        sign_in_as(browser.client, as_role(role), units)
        return browser

    return sit_down


@pytest.fixture
def lead(register, at_own_desk):
    return at_own_desk(Role.GOVERNANCE_LEAD)


@pytest.fixture
def siro(register, at_own_desk):
    return at_own_desk(Role.SIRO)
