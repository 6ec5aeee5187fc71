"""The small county in which something was shared, seen by those who look after rights."""

import pytest

from kit.asking import Asking
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World
from parts.rights import shared_about


@pytest.fixture
def asking(units):
    return Asking(World(units).settle()).settle()


@pytest.fixture
def told(asking):
    return shared_about(asking)


@pytest.fixture
def at(app, units):
    """Return the function that opens a browser of somebody's own."""

    def opened(actor):
        browser = PageClient(app)
        sign_in_as(browser.client, actor, units)
        return browser

    return opened
