"""Claiming, sealing, sending, marking: nothing lost, nothing sent differently twice."""

from dataclasses import replace
from datetime import timedelta
from email import message_from_bytes
from uuid import UUID

import pytest
from sqlalchemy import select, update

from hub.access.commands import InviteAccount, invite_account
from hub.kernel.actor import Role
from hub.meetings.commands import MoveMeeting, move_meeting, unlist_case
from hub.meetings.models import Invitation, Meeting, Task
from hub.notify.models import Message
from hub.notify.outcomes import Deferred, Refused, Relayed
from hub.notify.sender import Sender
from hub.wiring.opening import build_units
from kit.world import COORDINATOR, HUB, World


class Relay:
    """A door that does as it is told and remembers what went through."""

    def __init__(self) -> None:
        self.outcome = Relayed()
        self.seen: list[tuple[str, bytes]] = []
        self.meanwhile = lambda: None
        self.refuses: set[str] = set()

    def session(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def send(self, sealed, _sender, recipient):
        self.seen.append((recipient, sealed))
        self.meanwhile()
        return Refused(550) if recipient in self.refuses else self.outcome


@pytest.fixture
def relay() -> Relay:
    return Relay()


@pytest.fixture
def sender(units, settings, relay) -> Sender:
    return Sender(units, relay, settings, "first worker")


@pytest.fixture
def listed(units):
    """Return a world with one case on one meeting: (world, meeting, item)."""
    world = World(units).settle()
    meeting = world.meeting()
    return world, meeting, world.list(meeting, world.concern(world.person()))


def _messages(units) -> list[Message]:
    with units.read(HUB) as uow:
        wanted = select(Message).where(Message.uid.is_not(None)).order_by(Message.number)
        return list(uow.session.scalars(wanted))


def _move(units, meeting: UUID, **by) -> None:
    with units.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        shift = timedelta(**by)
        cmd = MoveMeeting(
            meeting_id=meeting,
            version=row.version,
            starts_at=row.starts_at + shift,
            ends_at=row.ends_at + shift,
            place=None,
            video_link=None,
            chair_id=None,
        )
        move_meeting(cmd, uow=uow)


def test_what_is_due_is_sent_once_and_marked(units, sender, relay, listed) -> None:
    assert sender.send_due()
    assert sender.send_due()
    assert len(relay.seen) == 1
    (row,) = _messages(units)
    assert (row.state, row.attempts, row.method) == ("relayed", 1, "REQUEST")


def test_a_repeat_is_the_same_bytes_though_time_has_passed(
    units, sender, relay, listed, clock
) -> None:
    relay.outcome = Deferred("451")
    assert not sender.send_due()
    clock.advance(hours=3)
    relay.outcome = Relayed()
    assert sender.send_due()
    assert len(relay.seen) == 2
    assert relay.seen[0] == relay.seen[1]


def test_a_deferred_message_waits_for_its_time(units, sender, relay, listed, clock) -> None:
    relay.outcome = Deferred("connect")
    sender.send_due()
    sender.send_due()
    assert len(relay.seen) == 1
    clock.advance(seconds=90)
    sender.send_due()
    assert len(relay.seen) == 2


def test_one_call_tries_each_message_once_however_long_it_takes(
    units, sender, relay, listed, clock
) -> None:
    world, meeting, _ = listed
    world.list(meeting, world.concern(world.person(worker=world.deputy)))
    relay.outcome = Deferred("451")
    relay.meanwhile = lambda: clock.advance(hours=1)
    assert not sender.send_due()
    assert len(relay.seen) == 2
    relay.meanwhile = lambda: None
    clock.advance(hours=1)
    assert not sender.send_due()
    assert len(relay.seen) == 4


def test_the_uid_outlives_the_domain_of_the_sender(
    units, sender, settings, listed, keyring
) -> None:
    _, meeting, _ = listed
    sender.send_due()
    moved = replace(settings, mail=replace(settings.mail, sender="meetings@elsewhere.example"))
    _move(build_units(moved, keyring, engine=units.engine, clock=units.clock), meeting, hours=1)
    request, change = _messages(units)
    assert change.sequence > request.sequence
    assert change.uid == request.uid


def test_waiting_half_an_hour_makes_a_telephone_task(units, sender, relay, listed, clock) -> None:
    relay.outcome = Deferred("connect")
    sender.send_due()
    clock.advance(minutes=40)
    sender.send_due()
    clock.advance(minutes=10)
    sender.send_due()
    with units.read(HUB) as uow:
        tasks = list(uow.session.scalars(select(Task).where(Task.kind == "message_not_leaving")))
    assert len(tasks) == 1
    assert tasks[0].owner_role == "co_ordinator"


def test_a_refusal_doubts_the_address_and_asks_the_next(units, sender, relay, listed) -> None:
    relay.refuses = {_messages(units)[0].address}
    sender.send_due()
    with units.read(HUB) as uow:
        held = select(Invitation.step).where(Invitation.state == "held")
        assert list(uow.session.scalars(held)) == ["deputy"]
        task = uow.session.scalar(select(Task).where(Task.kind == "stale_contact"))
    assert task.owner_role == "team_manager"


def test_a_worker_that_died_leaves_its_rows_to_another(
    units, sender, relay, listed, settings, clock
) -> None:
    claimed = sender._claim()
    assert len(claimed) == 1
    other = Sender(units, relay, settings, "second worker")
    other.send_due()
    assert relay.seen == [], "the lease still runs"
    clock.advance(seconds=settings.mail.lease_seconds + 1)
    other.send_due()
    assert relay.seen == [(claimed[0].address, claimed[0].sealed)]


def test_the_mark_of_a_worker_that_lost_its_lease_does_not_count(
    units, sender, relay, listed, settings, clock
) -> None:
    (claimed,) = sender._claim()
    clock.advance(seconds=settings.mail.lease_seconds + 1)
    Sender(units, relay, settings, "second worker").send_due()
    sender._mark(claimed.id, Refused(550))
    (row,) = _messages(units)
    assert row.state == "relayed"


def test_a_row_that_cannot_be_sealed_holds_up_nobody(units, sender, relay, listed) -> None:
    world, meeting, _ = listed
    world.list(meeting, world.concern(world.person(worker=world.deputy)))
    with units.write(HUB) as uow:
        first = select(Message.number).order_by(Message.number).limit(1).scalar_subquery()
        broken = "broken address\n@example.org"
        uow.session.execute(update(Message).where(Message.number == first).values(address=broken))
    assert not sender.send_due(), "the relay did not take it"
    states = [row.state for row in _messages(units)]
    assert states[0] == "refused"
    assert "relayed" in states


def test_a_change_waits_until_the_invitation_has_left(units, sender, relay, listed) -> None:
    _, meeting, _ = listed
    claimed = sender._claim()
    _move(units, meeting, hours=1)
    other = Sender(units, relay, sender.settings, "second worker")
    other.send_due()
    assert relay.seen == []
    sender._mark(claimed[0].id, Relayed())
    other.send_due()
    (row, change) = _messages(units)
    assert (row.uid, change.uid) == (row.uid, row.uid)
    assert change.sequence > row.sequence
    assert change.state == "relayed"


def test_a_change_before_anything_left_replaces_it(units, sender, relay, listed) -> None:
    _, meeting, _ = listed
    _move(units, meeting, hours=1)
    sender.send_due()
    assert [row.state for row in _messages(units)] == ["superseded", "relayed"]
    assert len(relay.seen) == 1
    assert b"please reply" in relay.seen[0][1]


def test_a_cancellation_follows_what_left_and_only_that(units, sender, relay, listed) -> None:
    world, meeting, item = listed
    sender.send_due()
    with units.write(COORDINATOR) as uow:
        unlist_case(item, uow=uow)
    sender.send_due()
    request, cancel = _messages(units)
    assert (cancel.method, cancel.state) == ("CANCEL", "relayed")
    assert cancel.sequence > request.sequence
    unheard = world.list(meeting, world.concern(world.person()))
    with units.write(COORDINATOR) as uow:
        unlist_case(unheard, uow=uow)
    sender.send_due()
    assert [row.state for row in _messages(units)][2:] == ["superseded", "superseded"]


def test_told_to_stop_it_ends_after_the_message_in_hand(units, sender, relay, listed) -> None:
    world, meeting, _ = listed
    world.list(meeting, world.concern(world.person(worker=world.deputy)))
    stop = []
    relay.meanwhile = lambda: stop.append(True)
    assert not sender.send_due(stopping=lambda: bool(stop)), "the relay did not get all"
    states = sorted(row.state for row in _messages(units))
    assert states == ["queued", "relayed"]


def test_a_slow_batch_renews_its_lease_or_lets_go(
    units, relay, settings, listed, monkeypatch
) -> None:
    world, meeting, _ = listed
    world.list(meeting, world.concern(world.person(worker=world.deputy)))
    short = replace(settings, mail=replace(settings.mail, lease_seconds=1))
    ticks = iter(range(0, 1000, 10))
    monkeypatch.setattr("hub.notify.sender.time.monotonic", lambda: next(ticks))
    assert Sender(units, relay, short, "slow worker").send_due()
    assert len(relay.seen) == 2


def test_a_one_time_link_is_in_the_message_and_nowhere_in_the_database(
    units, sender, relay, as_role
) -> None:
    admin = as_role(Role.ADMINISTRATOR)
    cmd = InviteAccount(
        name="New Person",
        email="new@agency.example.org",
        agency_id=admin.agency_id,
        roles=frozenset({Role.REFERRER}),
    )
    with units.write(admin) as uow:
        invite_account(cmd, uow=uow)
    assert sender.send_due()
    ((address, sealed),) = relay.seen
    assert address == "new@agency.example.org"
    text = message_from_bytes(sealed).get_payload(0).get_payload(decode=True).decode()
    assert "/account/invitation/" in text
    with units.read(HUB) as uow:
        row = uow.session.scalar(select(Message))
    assert row.sealed is None
    assert "/account/" not in row.facts
