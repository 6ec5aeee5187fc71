"""The hub on a register of a given size: what is measured, beside the references.

It is opened as the product opens it, on a real database of either kind, with PostgreSQL's commits
durable; people come in by the hub's own import, and the meeting by its commands.
"""

from collections.abc import Generator, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import timedelta
from itertools import cycle
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

from flask import Flask
from sqlalchemy import Engine, event, select

from benchmarks.browsing import Browser
from benchmarks.imports import Taken, sheet_of, take_in
from benchmarks.register import Maker, Sample
from hub.app import create_app
from hub.config import Settings
from hub.db.engine import make_engine
from hub.db.keyring import Keyring
from hub.db.units import Units
from hub.kernel.actor import Role
from hub.kernel.ids import Ids
from hub.marac.commands import PackAgenda, pack_agenda
from hub.meetings.models import Meeting
from hub.people.models import Allocation, Person
from hub.wiring.opening import build_units
from kit.hub import FixedClock, RoleMaker, end_database, new_database, sign_in_as
from kit.running import Running
from kit.world import COORDINATOR, World

CASES = 40
INVITED = 30
SEED = 7
CASE_MINUTES = 10


@dataclass(frozen=True)
class County:
    """One hub with its people."""

    kind: str
    settings: Settings
    keyring: Keyring
    engine: Engine
    units: Units
    app: Flask
    world: World
    sample: Sample
    taken: Taken

    def browser(self, *roles: Role) -> Browser:
        """Return a browser in which somebody with the roles is signed in."""
        actor = RoleMaker(self.units)(*roles, agency_id=self.world.agency)
        client = self.app.test_client()
        sign_in_as(client, actor, self.units)
        cookie = client.get_cookie("session")
        assert cookie is not None
        return Browser(self.app, {"session": cookie.value})

    def people(self, number: int) -> list[tuple[UUID, str]]:
        """Return id and reference of so many people, from all over the register."""
        with self.world.write() as uow:
            rows = uow.session.execute(
                select(Person.id, Person.reference).order_by(Person.id).limit(number)
            )
            return [(row.id, row.reference) for row in rows]

    def meeting(self) -> UUID:
        """Plan a MARAC of 40 cases whose 30 workers hold their invitations, and return its id."""
        people = [person_id for person_id, _ in self.people(CASES)]
        self._allocate(people)
        meeting_id = self.world.meeting()
        with self.world.write(COORDINATOR) as uow:
            row = uow.session.get_one(Meeting, meeting_id)
            row.ends_at = row.starts_at + timedelta(minutes=CASES * CASE_MINUTES)
        for person_id in people:
            about = [(person_id, "victim"), (None, "alleged_perpetrator")]
            self.world.list(meeting_id, self.world.concern_about(about))
        with self.world.write(COORDINATOR) as uow:
            pack_agenda(PackAgenda(meeting_id=meeting_id, slot_minutes=CASE_MINUTES), uow=uow)
        return meeting_id

    def _allocate(self, people: Sequence[UUID]) -> None:
        """Give people workers, some of whom have two of them."""
        with self.world.write() as uow:
            workers = [uow.new_id() for _ in range(INVITED)]
            for number, worker_id in enumerate(workers):
                self.world.contact(uow, worker_id, f"Worker {number:02d}")
            uow.session.flush()
            for person_id, worker_id in zip(people, cycle(workers), strict=False):
                uow.session.add(
                    Allocation(
                        id=uow.new_id(),
                        person_id=person_id,
                        worker_id=worker_id,
                        role="leaving_care_worker",
                        from_on=uow.today - timedelta(days=200),
                    )
                )

    @contextmanager
    def counting(self) -> Iterator[list[str]]:
        """Gather the statements that the hub sends meanwhile."""
        sent: list[str] = []

        def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
            sent.append(statement)

        event.listen(self.engine, "before_cursor_execute", note)
        try:
            yield sent
        finally:
            event.remove(self.engine, "before_cursor_execute", note)


@contextmanager
def county(kind: str, people: int, *, queries: int = 0, port: int = 0) -> Generator[County]:
    """Open a hub with so many people; ``port`` is that of the mail server, if there is one."""
    with TemporaryDirectory(prefix="hub-bench-") as name:
        running = Running(Path(name), new_database(kind, Path(name)))
        if port:
            running.mail |= {"transport": "smtp", "port": port, "security": "none"}
        running.write_config()
        engine = make_engine(running.url, running.keyring())
        try:
            yield _opened(kind, running, engine, Maker(SEED).sample(people, queries))
        finally:
            engine.dispose()
            end_database(running.url)


def _opened(kind: str, running: Running, engine: Engine, sample: Sample) -> County:
    settings, keyring = running.settings(), running.keyring()
    units = build_units(settings, keyring, engine=engine, clock=FixedClock(), ids=Ids("benchmarks"))
    world = World(units).settle()
    content = sheet_of(sample.register)
    taken = take_in(running.config, world.agency, world.service, content)
    app = create_app(settings, units=units, keyring=keyring)
    return County(kind, settings, keyring, engine, units, app, world, sample, taken)
