"""The worker is killed between any two steps of sending, and nothing is lost or doubled.

A message may reach the relay twice, because nobody can know whether a relay that was cut off had
taken it: then the second is the first, byte for byte, and every calendar knows it again. The same
rig must find the losses of a worker that marks before it sends, or it proves nothing.
Source: the security note, F1 and F2.
"""

import time
from collections import defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import timedelta
from email.utils import getaddresses
from random import Random

import pytest
from sqlalchemy import func, select, text

from hub.access.models import AccountRole
from hub.access.queries import actor_of
from hub.db.units import Units
from hub.kernel.actor import Actor, Role, system
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.models import Meeting
from hub.meetings.situations import upcoming_ids
from hub.notify.models import Message
from kit.mailbox import calendar_of
from kit.nursery import Birth, Nursery, Worker, nursery
from kit.running import Running, county
from kit.smtp_sink import HOST, Fault, Sink, Stage, Taken, smtp_sink

KILLS = {"sqlite": 50, "postgresql": 16}
FEWEST = 60
"""Messages that a county of this size has to send at the start, at least."""
BORDERS = 24
"""A worker that dies by itself does so at one of so many borders between two steps."""
LEASE = 1
UNSENT = ("queued", "claimed", "deferred")
HERE = system("test")
MOVER = replace(HERE, roles=frozenset({Role.COORDINATOR}))
NOT_NOW = "451 4.3.0 not now"


@dataclass
class Rig:
    """A county with work to do, a relay, and workers who do not live long."""

    running: Running
    units: Units
    sink: Sink
    nursery: Nursery
    rng: Random
    is_careless: bool = False
    deaths: dict[str, int] = field(default_factory=lambda: defaultdict(int))
    """How many workers died while a message was in hand, and how many at other moments."""

    def count(self, *states: str) -> int:
        with self.units.read(HERE) as uow:
            found = uow.session.scalar(
                select(func.count()).select_from(Message).where(Message.state.in_(states))
            )
            return found or 0

    def coordinator(self) -> Actor:
        with self.units.read(HERE) as uow:
            found = select(AccountRole.account_id).where(AccountRole.role == Role.COORDINATOR)
            return actor_of(uow, uow.session.scalars(found).one())

    def keep_busy(self) -> None:
        """Move a meeting, when little is left to send, so that everybody at it must be told."""
        if self.count(*UNSENT) >= 15:
            return
        with self.units.write(MOVER) as uow:
            row = uow.session.get_one(Meeting, self.rng.choice(upcoming_ids(uow)))
            by = timedelta(minutes=self.rng.choice((-20, -10, 10, 20)))
            moved = MoveMeeting(
                meeting_id=row.id,
                version=row.version,
                starts_at=row.starts_at + by,
                ends_at=row.ends_at + by,
                place=row.place,
                video_link=row.video_link,
                chair_id=row.chair_id,
            )
            move_meeting(moved, uow=uow)

    def live_and_die(self, turn: int) -> None:
        """Let one worker work for a while, then kill it: every other one at a border of steps."""
        self.keep_busy()
        self.sink.fault = Fault(Stage.DOT, NOT_NOW) if self.rng.random() < 0.15 else None
        worker = self.nursery.start(
            Birth(
                config=str(self.running.config),
                now=self.running.now().isoformat(),
                log=str(self.running.folder / "worker.log"),
                dies_at=turn // 2 % BORDERS if turn % 2 else None,
                is_careless=self.is_careless,
            )
        )
        if turn % 2 == 0:
            wait_until(lambda: self.count("claimed") > 0 or not worker.is_alive(), seconds=10)
            time.sleep(self.rng.uniform(0.0, 0.35))
            worker.kill()
        died(worker)
        self.deaths["in hand" if self.count("claimed") else "between"] += 1

    def drain(self) -> None:
        """Let one worker that nobody kills finish, as ``hub worker --once`` does."""
        self.sink.fault = None
        gives_up = time.monotonic() + 60
        while time.monotonic() < gives_up:
            ended = self.running.run("worker", "--once")
            assert ended.returncode in {0, 3}, ended.stderr
            if not self.count(*UNSENT):
                return
            time.sleep(LEASE)
        raise AssertionError(f"{self.count(*UNSENT)} messages are still waiting")


def wait_until(is_so, *, seconds: float) -> None:
    gives_up = time.monotonic() + seconds
    while not is_so() and time.monotonic() < gives_up:
        time.sleep(0.01)


def died(worker: Worker) -> None:
    wait_until(lambda: not worker.is_alive(), seconds=20)
    worker.kill()
    wait_until(lambda: not worker.is_alive(), seconds=5)
    assert not worker.is_alive()


@contextmanager
def rig(kind: str, *, is_careless: bool = False) -> Iterator[Rig]:
    with smtp_sink() as sink, county(kind, seed="kill", people=60, meetings=9) as running:
        running.mail = {
            "transport": "smtp",
            "host": HOST,
            "port": sink.port,
            "security": "none",
            "timeout_seconds": 5,
            "lease_seconds": LEASE,
            "retry_seconds": [1],
        }
        running.write_config()
        with running.units() as units, nursery() as workers:
            yield Rig(running, units, sink, workers, Random(kind), is_careless)


def lost(units: Units, taken: list[Taken]) -> list[str]:
    """Return the Message-ID of each message that the hub believes sent and nobody has."""
    with units.read(HERE) as uow:
        believed = uow.session.scalars(
            select(Message.message_id).where(Message.state == "relayed").order_by(Message.number)
        ).all()
    arrived = {str(one.parsed()["Message-ID"]) for one in taken}
    return [each for each in believed if each not in arrived]


def by_message(taken: list[Taken]) -> dict[str, list[Taken]]:
    found: dict[str, list[Taken]] = defaultdict(list)
    for one in taken:
        found[str(one.parsed()["Message-ID"])].append(one)
    return found


def entry(one: Taken) -> tuple[str, int] | None:
    """Return the UID and the SEQUENCE of the message's calendar, if it has one."""
    calendar = calendar_of(one.parsed())
    if calendar is None:
        return None
    lines = calendar.replace(b"\r\n ", b"").decode().splitlines()
    values = dict(line.split(":", 1) for line in lines if line.startswith(("UID:", "SEQUENCE:")))
    return values["UID"], int(values["SEQUENCE"])


def check_mail(taken: list[Taken]) -> None:
    """Assert that each message has one recipient, repeats are the same and order is kept."""
    for one in taken:
        assert len(one.recipients) == 1
        message = one.parsed()
        assert [address for _, address in getaddresses(message.get_all("To"))] == [*one.recipients]
        assert message["Cc"] is None
        assert message["Bcc"] is None
    for message_id, repeats in by_message(taken).items():
        assert {each.content for each in repeats} == {repeats[0].content}, message_id
        assert {each.recipients for each in repeats} == {repeats[0].recipients}, message_id
    said: dict[tuple[str, int], bytes] = {}
    newest: dict[str, int] = {}
    for one in taken:
        found = entry(one)
        if found is None:
            continue
        uid, sequence = found
        assert said.setdefault(found, one.content) == one.content, found
        is_repeat = sequence <= newest.get(uid, -1)
        assert not is_repeat or found in said
        newest[uid] = max(sequence, newest.get(uid, -1))


def first_arrivals(taken: list[Taken]) -> dict[str, list[int]]:
    """Return for each UID its sequences in the order in which they first arrived."""
    found: dict[str, list[int]] = defaultdict(list)
    for one in taken:
        mark = entry(one)
        if mark is not None and mark[1] not in found[mark[0]]:
            found[mark[0]].append(mark[1])
    return found


@pytest.mark.timeout(400)
def test_no_message_is_lost_or_doubled_however_often_the_worker_is_killed(database_kind):
    with rig(database_kind) as one:
        assert one.count(*UNSENT) >= FEWEST
        for turn in range(KILLS[database_kind]):
            one.live_and_die(turn)
        one.drain()

        assert lost(one.units, one.sink.taken) == []
        check_mail(one.sink.taken)
        for uid, sequences in first_arrivals(one.sink.taken).items():
            assert sequences == sorted(sequences), uid
        arrived = {entry(each) for each in one.sink.taken}
        outgoing = one.running.outgoing()
        assert {each["state"] for each in outgoing} <= {"relayed", "superseded"}
        for each in outgoing:
            if each["current"] and each["state"] != "superseded":
                assert (each["uid"], each["sequence"]) in arrived

        # The rig did its work: workers died with messages in hand, and some came twice.
        assert one.deaths["in hand"] >= KILLS[database_kind] // 3, dict(one.deaths)
        assert len(one.sink.taken) > len(by_message(one.sink.taken))
        with one.units.read(HERE) as uow:
            if database_kind == "sqlite":
                assert uow.session.scalar(text("PRAGMA integrity_check")) == "ok"
        trail = one.running.run("audit", "verify")
        assert trail.returncode == 0, trail.stdout
        checked = one.running.run("meetings", "check")
        assert (checked.returncode, checked.stdout) == (0, "")


@pytest.mark.databases("sqlite")
def test_the_same_rig_finds_what_a_careless_worker_loses():
    with rig("sqlite", is_careless=True) as one:
        for turn in range(12):
            one.live_and_die(turn)
        one.drain()

        assert len(lost(one.units, one.sink.taken)) >= 1
