"""A directory for pages: the one that ships with the hub, and people who may do this or that."""

import pytest
from sqlalchemy import select

from hub.agencies.commands.importing import load_example_directory
from hub.agencies.models import Agency, Contact, Service
from hub.kernel.actor import Role, system
from kit.pages import PageClient


class Directory:
    """The example directory, with ids by name."""

    def __init__(self, units):
        with units.write(system("test")) as uow:
            load_example_directory(uow)
        with units.read(system("test")) as uow:
            self.agencies = dict(uow.session.execute(select(Agency.name, Agency.id)).all())
            self.services = dict(uow.session.execute(select(Service.name, Service.id)).all())
            self.contacts = dict(uow.session.execute(select(Contact.name, Contact.id)).all())


@pytest.fixture
def directory(units):
    return Directory(units)


@pytest.fixture
def council(directory):
    return directory.agencies["Examplefield Council (invented)"]


@pytest.fixture
def public(app, directory):
    return PageClient(app, app.test_client())


@pytest.fixture
def browse_as(as_role, signed_in):
    def browse(*roles, **who):
        return signed_in(as_role(*roles, **who))

    return browse


@pytest.fixture
def coordinator(browse_as, directory):
    return browse_as(Role.COORDINATOR, name="Co Ordinator")
