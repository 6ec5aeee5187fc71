"""The unit of work: the one path for writes, and the only commit in the house.

A command changes rows and says what happened. When the outermost caller leaves the unit, everybody
who must react does so inside the same transaction, and then there is one commit.
"""

from collections.abc import Callable, Generator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any, TypeVarTuple
from uuid import UUID

from sqlalchemy import CursorResult, Engine, Select, text
from sqlalchemy.orm import Session
from typing_extensions import override

from hub.db.engine import writing
from hub.kernel.actor import Actor
from hub.kernel.clock import Clock, london_today
from hub.kernel.errors import RefusedError
from hub.kernel.events import Event
from hub.kernel.ids import Ids

Shape = TypeVarTuple("Shape")


class GetMustNotWriteError(Exception):
    """A reading unit was asked to write: a fault in the hub, never in what was typed."""


class ReadingSession(Session):
    """The session of a reading unit; its connection cannot write either."""

    @override
    def flush(self, objects: Sequence[Any] | None = None) -> None:
        """Raise GetMustNotWriteError when a row was added, changed or taken away."""
        touched = [*self.new, *self.dirty, *self.deleted]
        if touched:
            raise GetMustNotWriteError(f"a reading unit was asked to write {touched!r}")


@dataclass
class UnitOfWork:
    """One transaction: the session, who acts, and the instant at which it all happens."""

    session: Session
    actor: Actor
    now: datetime
    ids: Ids
    pending: list[Event] = field(default_factory=list)

    @property
    def today(self) -> date:
        """The day in Europe/London on which the unit began."""
        return london_today(self.now)

    def rows(
        self, query: Select[*Shape], given: Mapping[str, object] | None = None
    ) -> CursorResult[*Shape]:
        """Ask for columns, past the mapper: for what every page asks, and whole lists.

        ``given`` are the query's bound parameters by name.
        """
        self.session.flush()  # what this unit changed is seen
        return self.session.connection().execute(query, given)

    def emit(self, happened: Event) -> None:
        """Say what happened; reactions follow in this same transaction."""
        self.pending.append(happened)

    def new_id(self) -> UUID:
        """Return a fresh id."""
        return self.ids.new()

    def alone(self, what: str) -> None:
        """Wait until no other transaction is between here and its commit for the same ``what``.

        SQLite has one writer at a time anyway; PostgreSQL takes an advisory lock that ends with
        the transaction, so that of two concurrent units the later one sees the earlier's rows.
        """
        if self.session.get_bind().dialect.name == "postgresql":
            lock = text("SELECT pg_advisory_xact_lock(hashtext(:what))")
            self.session.flush()  # our rows must be in the database before we wait
            self.session.execute(lock, {"what": what})


class TracedRefusalError(RefusedError):
    """A rule says no, and that somebody tried is written down though all else is undone.

    ``trace`` writes it, in a unit of its own that follows the one that was refused.
    """

    def __init__(
        self, why: str, trace: Callable[[UnitOfWork], None], *, field: str | None = None
    ) -> None:
        super().__init__(why, field=field)
        self.trace = trace


Reaction = Callable[[UnitOfWork, Event], None]
Settler = Callable[[UnitOfWork, Sequence[Event]], None]
Recorder = Callable[[UnitOfWork, Sequence[Event]], None]


@dataclass(frozen=True)
class Sinks:
    """Who hears what happened: reactions to one event, settlers of a batch, recorders of all."""

    reactions: Sequence[Reaction] = ()
    settlers: Sequence[Settler] = ()
    recorders: Sequence[Recorder] = ()


class Units:
    """Opens units of work on one database."""

    def __init__(self, engine: Engine, clock: Clock, sinks: Sinks, ids: Ids | None = None) -> None:
        self.engine = engine
        self.clock = clock
        self.sinks = sinks
        self.ids = ids or Ids()
        self._writing = writing(engine)

    @contextmanager
    def write(self, actor: Actor) -> Generator[UnitOfWork]:
        """Open a writing unit: committed whole when the block ends, undone when it raises.

        Of a TracedRefusalError its trace is left, in a unit of its own.
        """
        try:
            with self._unit(actor) as uow:
                yield uow
        except TracedRefusalError as no:
            with self._unit(actor) as uow:
                no.trace(uow)
            raise

    @contextmanager
    def _unit(self, actor: Actor) -> Generator[UnitOfWork]:
        with Session(self._writing, expire_on_commit=False) as session, session.begin():
            session.connection()  # take SQLite's writer's lock before anything is read
            uow = UnitOfWork(session, actor, self.clock.now(), self.ids)
            yield uow
            self._conclude(uow)

    @contextmanager
    def read(self, actor: Actor) -> Generator[UnitOfWork]:
        """Open a reading unit; it refuses to write."""
        with ReadingSession(self.engine, autoflush=False) as session:
            yield UnitOfWork(session, actor, self.clock.now(), self.ids)
            session.flush()  # and so refuse

    def _conclude(self, uow: UnitOfWork) -> None:
        """Let everybody react until nobody has anything more to say, then record it all."""
        heard: list[Event] = []
        unsettled: list[Event] = []
        while uow.pending or unsettled:
            while uow.pending:
                happened = uow.pending.pop(0)
                heard.append(happened)
                unsettled.append(happened)
                for react in self.sinks.reactions:
                    react(uow, happened)
            batch, unsettled = tuple(unsettled), []
            for settle in self.sinks.settlers:
                settle(uow, batch)
        uow.session.flush()  # recorders write by Core and must come after the rows they speak of
        for record in self.sinks.recorders:
            record(uow, heard)
