"""Nothing leaks: personal data in every field, every message driven, every sink searched.

The sinks are what leaves the machine or stays where others read it: mail and calendar, names of
files, addresses and redirects, titles, headers and cookies, the log at its finest, the database and
its files. Source: product promise 3; security note 6.4 and T21 to T26; interface section 8.
"""

import logging
from contextlib import contextmanager

import pytest
from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.config import MailSettings
from hub.kernel.actor import system
from hub.notify.door import open_door
from hub.notify.letters import Kind
from hub.notify.models import Message
from hub.notify.outcomes import Relayed
from hub.notify.sender import Sender
from kit.banned import banned_words_in
from kit.leaks import Log, Wire, files_below, stored
from kit.mailbox import read_mailbox
from kit.smtp_sink import HOST, smtp_sink
from migrations.metadata import METADATA
from parts.leak_asking import AskingDrive

OPEN_IN = {"database": {"place", "video link"}}
"""Where a meeting is says nothing of a person, so it is not sealed; it is not for mail, though."""

SORTS = {kind.value for kind in Kind if kind is not Kind.TEST}
HERE = system("test")


class TwoDoors:
    """The mailbox and a relay at once, so that both are searched."""

    def __init__(self, *doors):
        self.doors = doors

    @contextmanager
    def session(self):
        with self.doors[0].session() as first, self.doors[1].session() as second:
            self.sessions = (first, second)
            yield self

    def send(self, sealed, sender, recipient):
        outcomes = [each.send(sealed, sender, recipient) for each in self.sessions]
        assert outcomes == [Relayed(), Relayed()]
        return outcomes[0]


@pytest.fixture(autouse=True)
def log():
    """Listen to every logger at its finest, from before the hub is built."""
    heard = Log()
    root = logging.getLogger()
    levels = {name: logging.getLogger(name).level for name in ("", "sqlalchemy.engine", "hub")}
    for name in levels:
        logging.getLogger(name).setLevel(logging.DEBUG)
    root.addHandler(heard)
    yield heard
    root.removeHandler(heard)
    for name, level in levels.items():
        logging.getLogger(name).setLevel(level)


@pytest.fixture
def driven(app, settings, units, as_role, log, tmp_path, monkeypatch):
    """Drive the whole story and return it with all of its sinks."""
    wire = Wire(app.wsgi_app)
    app.wsgi_app = wire
    with smtp_sink() as sink:
        relay = MailSettings(transport="smtp", host=HOST, port=sink.port, security="none")
        doors = TwoDoors(open_door(settings.mail), open_door(relay))
        drive = AskingDrive(app, units, as_role, Sender(units, doors, settings, "worker"))
        drive.register()
        drive.raise_concern()
        drive.ask()
        drive.identify()
        drive.screen_and_list()
        drive.send()
        drive.answer()
        drive.send()
        drive.change_and_cancel()
        drive.go_wrong(monkeypatch)
        drive.wire, drive.log, drive.sent = wire, log, list(sink.taken)
        drive.mailbox, drive.folder = settings.mail.mailbox, settings.data_dir
        drive.url = settings.database.url
        yield drive


@pytest.mark.timeout(300)
def test_no_canary_gets_out_anywhere(driven):
    canaries = driven.canaries
    assert len(canaries.values) >= 60
    messages = [one.content for one in driven.sent]
    assert messages
    found = []
    for message in messages:
        found += canaries.find_in_mail(message)
    for name, sink in (
        ("mailbox", files_below(driven.mailbox)),
        ("addresses and redirects", b"\n".join(driven.wire.addresses)),
        ("headers and cookies", b"\n".join(driven.wire.headers)),
        ("titles", b"\n".join(driven.wire.titles)),
        ("log", driven.log.content()),
        ("database", stored(driven.url, METADATA.tables)),
        ("files", files_below(driven.folder / "files")),
    ):
        assert sink, name
        found += [
            each for each in canaries.find(name, sink) if each.canary not in OPEN_IN.get(name, ())
        ]
    assert found == []
    for message in messages:
        assert banned_words_in(message) == []


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(300)
def test_the_drive_shows_its_canaries_and_sends_every_sort_of_message(driven, units):
    shown = b"\n".join(driven.wire.bodies)
    hidden = [name for name, value in driven.canaries.values.items() if value.encode() not in shown]
    assert len(hidden) < len(driven.canaries.values) / 2, hidden
    with units.read(HERE) as uow:
        assert set(uow.session.scalars(select(Message.kind))) == SORTS
        relayed = uow.session.scalars(select(Message).where(Message.state == "relayed")).all()
        entries = {*uow.session.scalars(select(Contact.email).union(select(Account.email)))}
        # to contacts and accounts alone: to no victim, no alleged perpetrator, nobody's kin
        assert set(uow.session.scalars(select(Message.address))) <= entries
    assert {one.kind for one in relayed} == SORTS
    assert len(relayed) == len(driven.sent) == len(read_mailbox(driven.mailbox))
    assert any(b"RuntimeError" in line for line in driven.log.content().splitlines())
