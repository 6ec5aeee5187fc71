"""A county, its co-ordinator and its chair, each with a browser that reviews pages."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event

from hub.kernel.actor import Role
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def browse(app, units):
    """Return the maker of browsers: ``browse(actor)`` is one in which the actor is signed in."""

    def browser(actor):
        client = app.test_client()
        sign_in_as(client, actor, units)
        return PageClient(app, client)

    return browser


@pytest.fixture
def coordinator(as_role, world):
    return as_role(Role.COORDINATOR, agency_id=world.agency, name="Coral Ordinator")


@pytest.fixture
def chair(as_role, world):
    return as_role(Role.CHAIR, agency_id=world.agency, name="Charlie Person")


@pytest.fixture
def browser(browse, coordinator):
    return browse(coordinator)


@pytest.fixture
def asked(engine):
    """Return the counter: ``with asked() as queries`` lists the statements sent meanwhile."""

    @contextmanager
    def listen():
        sent = []

        def note(_connection, _cursor, statement, *_):
            if not statement.startswith("BEGIN"):
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    return listen
