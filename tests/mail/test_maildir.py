"""The local mailbox holds what a relay would have been given, and nothing leaves the machine."""

import os
import platform
from pathlib import Path

import pytest

from hub.config import MailSettings
from hub.notify.door import UnsafeMailSettingsError, open_door
from hub.notify.outcomes import Deferred, Outcome, Relayed
from kit.mailbox import read_mailbox

SENDER = "hub@mail.example.org"
TO = "ann.worker@example.org"
SEALED = b"Subject: one\r\nMessage-ID: <1@mail.example.org>\r\n\r\nline\r\n.dot\r\nlast\r\n"


def mailbox_settings(folder: Path) -> MailSettings:
    return MailSettings(sender=SENDER, mailbox=folder)


def send_one(settings: MailSettings) -> Outcome:
    with open_door(settings).session() as session:
        return session.send(SEALED, SENDER, TO)


def test_the_mailbox_gets_what_smtp_would_carry_after_two_lines(tmp_path: Path) -> None:
    assert send_one(mailbox_settings(tmp_path / "mail")) == Relayed()

    (path,) = (tmp_path / "mail" / "new").iterdir()
    added = f"Return-Path: <{SENDER}>\nDelivered-To: {TO}\n".encode()
    assert path.read_bytes() == added + SEALED.replace(b"\r\n", b"\n")
    assert b"\r" not in path.read_bytes()
    assert list((tmp_path / "mail" / "tmp").iterdir()) == []


def test_the_mailbox_holds_each_sending_in_order_under_names_that_tell_nothing(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "mail"
    with open_door(mailbox_settings(folder)).session() as session:
        for n in range(20):
            assert session.send(SEALED, SENDER, f"worker{n}@example.org") == Relayed()
        assert session.send(SEALED, SENDER, "worker0@example.org") == Relayed()

    delivered = read_mailbox(folder)
    assert [one.delivered_to for one in delivered] == [
        *(f"worker{n}@example.org" for n in range(20)),
        "worker0@example.org",
    ]
    assert delivered[0].sealed == delivered[-1].sealed
    assert not any("worker" in one.name or platform.node() in one.name for one in delivered)


def test_the_mailbox_is_for_its_owner_only(tmp_path: Path) -> None:
    send_one(mailbox_settings(tmp_path / "mail"))

    (path,) = (tmp_path / "mail" / "new").iterdir()
    assert path.stat().st_mode & 0o077 == 0
    assert (tmp_path / "mail" / "new").stat().st_mode & 0o077 == 0


def test_a_mailbox_that_cannot_be_written_defers_and_leaves_nothing_behind(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    door = open_door(mailbox_settings(tmp_path / "mail"))

    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with door.session() as session:
        assert session.send(SEALED, SENDER, TO) == Deferred("mailbox")

    assert not any(path.is_file() for path in (tmp_path / "mail").rglob("*"))


def test_a_mailbox_needs_its_folder() -> None:
    with pytest.raises(UnsafeMailSettingsError) as refused:
        open_door(MailSettings(sender=SENDER))

    assert refused.value.field == "mailbox"
