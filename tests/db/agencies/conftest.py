"""The directory that ships with the hub, and who acts on it."""

from contextlib import contextmanager

import pytest
from sqlalchemy import event, select

from hub.agencies.commands.importing import load_example_directory
from hub.agencies.models import Agency, Contact, Office, Service, Team
from hub.kernel.actor import Actor, Role, system

HUB = system("test")


@pytest.fixture
def directory(units):
    with units.write(HUB) as uow:
        load_example_directory(uow)
    return Directory(units)


class Directory:
    """Ids by name, and what is in the tables."""

    def __init__(self, units):
        self.units = units
        self.agencies = self._ids(Agency)
        self.services = self._ids(Service)
        self.contacts = self._ids(Contact)
        self.council = self.agencies["Examplefield Council (invented)"]
        self.service = self.services["Examplefield Leaving Care Service"]
        self.coordinator = Actor(account_id=self.council, roles=frozenset({Role.COORDINATOR}))

    def _ids(self, kind):
        with self.units.read(HUB) as uow:
            return dict(uow.session.execute(select(kind.name, kind.id)).all())

    def row(self, kind, row_id):
        with self.units.read(HUB) as uow:
            return uow.session.get(kind, row_id)

    def everything(self):
        """Every entry as plain values, for comparing before and after."""
        with self.units.read(HUB) as uow:
            return {
                kind.__tablename__: sorted(
                    map(str, uow.session.execute(select(*kind.__table__.columns)).all())
                )
                for kind in (Agency, Service, Office, Team, Contact)
            }


@pytest.fixture
def counted(engine):
    """Count the statements that a block sends to the database."""

    @contextmanager
    def count():
        sent = []

        def note(conn, cursor, statement, *rest):
            if statement != "BEGIN":  # PostgreSQL's driver says it unseen
                sent.append(statement)

        event.listen(engine, "before_cursor_execute", note)
        yield sent
        event.remove(engine, "before_cursor_execute", note)

    return count
