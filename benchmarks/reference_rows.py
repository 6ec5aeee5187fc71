"""The tables on which the reference pages stand: plain, unsealed, indexed, nothing of the hub's."""

from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from itertools import islice

from sqlalchemy import Engine, ForeignKey, create_engine, event, insert
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column, relationship

CASES = 40
INVITED = 30
WORKERS = 60
_BORN = date(2001, 3, 1)
_AT_ONCE = 5_000


class Plain(DeclarativeBase):
    """Tables of the references."""


class Worker(Plain):
    """Somebody who works with people, and may sign in."""

    __tablename__ = "ref_worker"

    id: Mapped[int] = mapped_column(primary_key=True)
    name: Mapped[str]
    email: Mapped[str]
    role: Mapped[str]


class Person(Plain):
    """Somebody on a list."""

    __tablename__ = "ref_person"

    id: Mapped[int] = mapped_column(primary_key=True)
    ref: Mapped[str] = mapped_column(unique=True)
    given_name: Mapped[str]
    family_name: Mapped[str]
    born: Mapped[str]
    postcode: Mapped[str]
    stage: Mapped[str]
    changed_on: Mapped[str]
    worker_id: Mapped[int] = mapped_column(ForeignKey("ref_worker.id"))
    worker: Mapped[Worker] = relationship()


class Trail(Plain):
    """One look at something."""

    __tablename__ = "ref_trail"

    id: Mapped[int] = mapped_column(primary_key=True)
    at: Mapped[str]
    worker_id: Mapped[int]
    verb: Mapped[str]
    kind: Mapped[str]
    subject_id: Mapped[int]
    mark: Mapped[str]


class Meeting(Plain):
    """A meeting."""

    __tablename__ = "ref_meeting"

    id: Mapped[int] = mapped_column(primary_key=True)
    starts_at: Mapped[str]
    place: Mapped[str]


class Case(Plain):
    """A case on a meeting's agenda."""

    __tablename__ = "ref_case"

    id: Mapped[int] = mapped_column(primary_key=True)
    meeting_id: Mapped[int] = mapped_column(ForeignKey("ref_meeting.id"), index=True)
    position: Mapped[int]
    ref: Mapped[str]
    risk: Mapped[str]
    person_id: Mapped[int] = mapped_column(ForeignKey("ref_person.id"))
    person: Mapped[Person] = relationship()


class Request(Plain):
    """A question to an agency about a case."""

    __tablename__ = "ref_request"

    id: Mapped[int] = mapped_column(primary_key=True)
    case_id: Mapped[int] = mapped_column(ForeignKey("ref_case.id"), index=True)
    state: Mapped[str]


class Invited(Plain):
    """Somebody asked to a meeting."""

    __tablename__ = "ref_invited"

    meeting_id: Mapped[int] = mapped_column(ForeignKey("ref_meeting.id"), primary_key=True)
    worker_id: Mapped[int] = mapped_column(ForeignKey("ref_worker.id"), primary_key=True)


def plain_engine(url: str) -> Engine:
    """Return an engine that commits as durably as the hub's own, and does nothing else."""
    engine = create_engine(url)
    if url.startswith("sqlite"):

        @event.listens_for(engine, "connect")
        def _set_up(connection: object, _: object) -> None:
            for pragma in ("journal_mode=WAL", "synchronous=FULL"):
                connection.execute(f"PRAGMA {pragma}")  # type: ignore[attr-defined]  # sqlite3's

    return engine


def fill(engine: Engine, people: int) -> None:
    """Make the tables with so many people in them, and a meeting of 40 cases, 30 invited."""
    Plain.metadata.create_all(engine)
    with engine.begin() as connection:
        for model, rows in (
            (Worker, _workers()),
            (Person, _people(people)),
            (Meeting, [{"id": 1, "starts_at": "8 June 2026, 10am", "place": "County Hall"}]),
            (Case, _cases(people)),
            (Request, _requests()),
            (Invited, [{"meeting_id": 1, "worker_id": one + 1} for one in range(INVITED)]),
        ):
            waiting = iter(rows)
            while some := list(islice(waiting, _AT_ONCE)):
                connection.execute(insert(model), some)


def _workers() -> Iterator[dict[str, object]]:
    for number in range(1, WORKERS + 1):
        email = f"worker{number:02d}@agency.example.org"
        yield {"id": number, "name": f"Sam Taylor {number}", "email": email, "role": "worker"}


def _people(number: int) -> Iterator[dict[str, object]]:
    for at in range(1, number + 1):
        yield {
            "id": at,
            "ref": f"CE{at:07d}",
            "given_name": "Olivia",
            "family_name": f"Thornley{at % 97}",
            "born": (_BORN + timedelta(days=at % 3000)).isoformat(),
            "postcode": f"LN{at % 9 + 1} {at % 10}AB",
            "stage": ("16 to 18", "18 to 21", "21 to 25")[at % 3],
            "changed_on": "1 June 2026",
            "worker_id": at % WORKERS + 1,
        }


def _cases(people: int) -> Iterable[dict[str, object]]:
    for at in range(1, CASES + 1):
        yield {
            "id": at,
            "meeting_id": 1,
            "position": at,
            "ref": f"RF{at:07d}",
            "risk": "high" if at % 3 else "medium",
            "person_id": at * 7 % people + 1,
        }


def _requests() -> Iterable[dict[str, object]]:
    for at in range(CASES * 4):
        yield {"id": at + 1, "case_id": at // 4 + 1, "state": ("answered", "pending")[at % 2]}
