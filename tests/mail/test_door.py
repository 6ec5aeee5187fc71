"""Whatever the relay does, the outcome is right, in time, and nothing leaves in plain."""

import time
from dataclasses import replace
from pathlib import Path

import pytest

from hub.config import MailSettings
from hub.kernel.errors import RefusedError
from hub.notify.door import UnsafeMailSettingsError, open_door
from hub.notify.outcomes import Deferred, Outcome, Refused, Relayed
from hub.notify.plain_facts import UnsafeAddressError
from hub.notify.relay import Patience
from kit.certificates import Certified, certified
from kit.smtp_sink import DRIP, DROP, HANG, SLOW, Fault, Sink, Stage, free_port, smtp_sink

SENDER = "hub@mail.example.org"
TO = "ann.worker@example.org"
SEALED = b"Subject: one\r\nMessage-ID: <1@mail.example.org>\r\n\r\nline\r\n.dot\r\nlast\r\n"
PATIENCE = 0.5
"""Seconds for one answer in these tests; a whole message may take four times that."""

SLACK = 0.7
"""Seconds that a busy machine may add."""


@pytest.fixture(scope="module")
def trusted(tmp_path_factory: pytest.TempPathFactory) -> Certified:
    return certified(tmp_path_factory.mktemp("trusted"))


def settings_for(sink: Sink, **changed: object) -> MailSettings:
    plain = MailSettings(
        sender=SENDER,
        transport="smtp",
        host=sink.host,
        port=sink.port,
        security="none",
        timeout_seconds=PATIENCE,
    )
    return replace(plain, **changed)


def send_one(settings: MailSettings, sealed: bytes = SEALED) -> Outcome:
    with open_door(settings).session() as session:
        return session.send(sealed, SENDER, TO)


def test_the_bytes_arrive_as_they_were_sealed() -> None:
    with smtp_sink() as sink:
        assert send_one(settings_for(sink)) == Relayed()

    (taken,) = sink.taken
    assert (taken.sender, taken.recipients, taken.content) == (SENDER, (TO,), SEALED)


def test_the_greeting_is_the_mail_domain_and_not_this_machine() -> None:
    with smtp_sink() as sink:
        send_one(settings_for(sink))

    assert set(sink.greetings) == {"mail.example.org"}


def test_a_batch_goes_over_one_connection() -> None:
    with smtp_sink() as sink, open_door(settings_for(sink)).session() as session:
        outcomes = [session.send(SEALED, SENDER, f"worker{n}@example.org") for n in range(5)]

    assert outcomes == [Relayed()] * 5
    assert sink.connections == 1
    assert [taken.recipients for taken in sink.taken] == [
        (f"worker{n}@example.org",) for n in range(5)
    ]


def test_a_relay_that_takes_two_messages_on_a_connection_gets_them_all() -> None:
    with (
        smtp_sink(per_connection=2) as sink,
        open_door(settings_for(sink)).session() as session,
    ):
        outcomes = [session.send(SEALED, SENDER, TO) for _ in range(5)]

    assert outcomes == [Relayed()] * 5
    assert sink.connections == 3


FAULTS = [
    # a word from the relay that it may be better later
    (Stage.BANNER, "421 4.3.2 down", Deferred("421")),
    (Stage.MAIL, "451 4.3.0 later", Deferred("451")),
    (Stage.RCPT, "421 4.3.2 closing", Deferred("421")),
    (Stage.RCPT, "450 4.2.1 mailbox busy", Deferred("450")),
    (Stage.DATA, "451 4.3.0 later", Deferred("451")),
    (Stage.DOT, "421 4.3.2 closing", Deferred("421")),
    (Stage.DOT, "451 4.3.0 later", Deferred("451")),
    # a refusal of this message for good
    (Stage.MAIL, "552 5.3.4 too big", Refused(552)),
    (Stage.RCPT, "550 5.1.1 nobody of that name", Refused(550)),
    (Stage.DATA, "554 5.7.1 no", Refused(554)),
    (Stage.DOT, "550 5.7.1 no", Refused(550)),
    (Stage.DOT, "552 5.2.2 full", Refused(552)),
    # a refusal of us, which says nothing about the message
    (Stage.BANNER, "554 5.7.1 not you", Deferred("554")),
    (Stage.MAIL, "530 5.7.0 sign in first", Deferred("auth")),
    # no sensible word at all
    (Stage.BANNER, "hello", Deferred("protocol")),
    (Stage.RCPT, "what", Deferred("protocol")),
    (Stage.RCPT, "250 " + "x" * 9000, Deferred("protocol")),
    (Stage.BANNER, DROP, Deferred("disconnected")),
    (Stage.EHLO, DROP, Deferred("disconnected")),
    (Stage.RCPT, DROP, Deferred("disconnected")),
    (Stage.DATA, DROP, Deferred("disconnected")),
    # it may have the message: unknown counts as not sent
    (Stage.DOT, DROP, Deferred("disconnected")),
    (Stage.BANNER, HANG, Deferred("timeout")),
    (Stage.EHLO, HANG, Deferred("timeout")),
    (Stage.RCPT, HANG, Deferred("timeout")),
    (Stage.DATA, HANG, Deferred("timeout")),
    (Stage.DOT, HANG, Deferred("timeout")),
    # a byte now and then must not keep us waiting
    (Stage.BANNER, DRIP, Deferred("timeout")),
    (Stage.RCPT, DRIP, Deferred("timeout")),
    (Stage.DOT, DRIP, Deferred("timeout")),
]


@pytest.mark.parametrize(("stage", "action", "outcome"), FAULTS)
def test_each_fault_has_its_outcome_in_time(stage: Stage, action: str, outcome: Outcome) -> None:
    with smtp_sink(fault=Fault(stage, action)) as sink:
        begun = time.monotonic()
        with open_door(settings_for(sink)).session() as session:
            assert session.send(SEALED, SENDER, TO) == outcome
            taken = time.monotonic() - begun

    assert taken < PATIENCE + SLACK


def test_a_message_that_was_perhaps_taken_is_sent_again_with_the_same_bytes() -> None:
    with (
        smtp_sink(fault=Fault(Stage.DOT, DROP)) as sink,
        open_door(settings_for(sink)).session() as session,
    ):
        assert session.send(SEALED, SENDER, TO) == Deferred("disconnected")
        sink.fault = None
        assert session.send(SEALED, SENDER, TO) == Relayed()

    assert [taken.content for taken in sink.taken] == [SEALED, SEALED]


@pytest.mark.parametrize("action", ["550 5.1.1 nobody", "450 4.2.1 busy", DROP, HANG])
def test_one_bad_recipient_does_not_hold_up_the_next(action: str) -> None:
    with (
        smtp_sink(fault=Fault(Stage.RCPT, action)) as sink,
        open_door(settings_for(sink)).session() as session,
    ):
        assert session.send(SEALED, SENDER, TO) != Relayed()
        sink.fault = None
        assert session.send(SEALED, SENDER, TO) == Relayed()


def test_a_relay_that_is_slow_at_every_answer_has_four_times_the_patience_in_all() -> None:
    with smtp_sink(fault=Fault(Stage.EVERY, SLOW)) as sink:
        begun = time.monotonic()
        with open_door(settings_for(sink)).session() as session:
            assert session.send(SEALED, SENDER, TO) == Deferred("timeout")
            taken = time.monotonic() - begun

    assert taken < 4 * PATIENCE + SLACK
    assert sink.taken == []


def test_a_batch_waits_only_once_for_a_relay_that_cannot_be_reached() -> None:
    with smtp_sink(fault=Fault(Stage.BANNER, HANG)) as sink:
        begun = time.monotonic()
        with open_door(settings_for(sink)).session() as session:
            outcomes = [session.send(SEALED, SENDER, TO) for _ in range(20)]
        taken = time.monotonic() - begun

    assert outcomes == [Deferred("timeout")] * 20
    assert taken < PATIENCE + SLACK


def test_a_relay_that_is_not_there_defers() -> None:
    settings = settings_for(Sink(port=free_port()))

    assert send_one(settings) == Deferred("connect")


def test_the_next_session_tries_again() -> None:
    with smtp_sink(fault=Fault(Stage.BANNER, "421 4.3.2 down")) as sink:
        door = open_door(settings_for(sink))
        with door.session() as session:
            assert session.send(SEALED, SENDER, TO) == Deferred("421")
        sink.fault = None
        with door.session() as session:
            assert session.send(SEALED, SENDER, TO) == Relayed()


@pytest.mark.parametrize("action", [DROP, HANG, "500 what"])
def test_a_bad_farewell_changes_nothing_and_ends_in_time(action: str) -> None:
    with smtp_sink() as sink:
        with open_door(settings_for(sink)).session() as session:
            assert session.send(SEALED, SENDER, TO) == Relayed()
            sink.fault = Fault(Stage.EVERY, action)
            begun = time.monotonic()
        taken = time.monotonic() - begun

    assert taken < PATIENCE + SLACK
    assert len(sink.taken) == 1


# --- Encryption ---


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_an_encrypted_message_arrives(security: str, trusted: Certified) -> None:
    with smtp_sink(**{security: trusted.context}) as sink:
        settings = settings_for(sink, security=security, ca_file=trusted.ca_file)
        assert send_one(settings) == Relayed()

    assert sink.encrypted == [True]
    assert sink.taken[0].content == SEALED
    assert set(sink.greetings) == {"mail.example.org"}


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_of_an_unknown_authority_is_refused(
    security: str, trusted: Certified
) -> None:
    with smtp_sink(**{security: trusted.context}) as sink:
        assert send_one(settings_for(sink, security=security)) == Deferred("tls")

    assert sink.taken == []


@pytest.mark.parametrize("security", ["starttls", "tls"])
def test_a_certificate_for_another_host_is_refused(security: str, tmp_path: Path) -> None:
    other = certified(tmp_path / "other", host="other.example.org")
    with smtp_sink(**{security: other.context}) as sink:
        settings = settings_for(sink, security=security, ca_file=other.ca_file)
        assert send_one(settings) == Deferred("tls")

    assert sink.taken == []


def test_a_relay_without_starttls_is_never_spoken_to_in_plain() -> None:
    with smtp_sink() as sink:
        assert send_one(settings_for(sink, security="starttls")) == Deferred("tls")

    assert sink.taken == []


def test_a_plain_relay_is_not_taken_for_an_encrypted_one() -> None:
    with smtp_sink() as sink:
        assert send_one(settings_for(sink, security="tls")) == Deferred("tls")

    assert sink.taken == []


def test_a_relay_that_does_not_let_us_sign_in_gets_nothing() -> None:
    with smtp_sink() as sink:
        settings = settings_for(sink, username="hub", password="made-up")
        assert send_one(settings) == Deferred("auth")

    assert sink.taken == []


@pytest.mark.parametrize("host", ["relay.example.org", "192.0.2.1", "::", "0.0.0.0"])  # noqa: S104 - refused
def test_unencrypted_mail_goes_to_this_machine_only(host: str) -> None:
    settings = MailSettings(sender=SENDER, transport="smtp", host=host, security="none")

    with pytest.raises(UnsafeMailSettingsError) as refused:
        open_door(settings)

    assert refused.value.field == "security"


def test_a_host_that_cannot_be_a_name_is_refused_at_once() -> None:
    settings = MailSettings(sender=SENDER, transport="smtp", host="relay..example.org")

    with pytest.raises(UnsafeMailSettingsError) as refused:
        open_door(settings)

    assert refused.value.field == "host"


def test_an_authority_that_cannot_be_read_stops_the_start(tmp_path: Path) -> None:
    settings = MailSettings(sender=SENDER, transport="smtp", ca_file=tmp_path / "none.pem")

    with pytest.raises(OSError, match="No such file") as missing:
        open_door(settings)
    assert missing.value.filename == str(tmp_path / "none.pem")


def test_an_authority_that_is_none_stops_the_start(tmp_path: Path) -> None:
    (tmp_path / "none.pem").write_text("not a certificate")
    settings = MailSettings(sender=SENDER, transport="smtp", ca_file=tmp_path / "none.pem")

    with pytest.raises(RefusedError, match="holds no certificate"):
        open_door(settings)


# --- Addresses ---

BAD_ADDRESSES = [
    "ann@example.org\r\nRCPT TO:<eve@example.org>",
    "ann@example.org\n",
    "ann@example.org, eve@example.org",
    "Ann <ann@example.org>",
    "ann@example.org\x00",
    "ann@@example.org",
    "ann",
    "",
    "ann@exam ple.org",
    "änn@example.org",
    "a" * 250 + "@example.org",
]


@pytest.mark.parametrize("address", BAD_ADDRESSES)
@pytest.mark.parametrize("transport", ["smtp", "mailbox"])
def test_an_address_that_is_not_one_plain_address_is_refused(
    address: str, transport: str, tmp_path: Path
) -> None:
    settings = MailSettings(
        sender=SENDER, transport=transport, mailbox=tmp_path / "mail", port=1, security="none"
    )

    with open_door(settings).session() as session:
        with pytest.raises(UnsafeAddressError, match=r"^this address cannot stand in a message$"):
            session.send(SEALED, SENDER, address)
        with pytest.raises(UnsafeAddressError):
            session.send(SEALED, address, TO)


def test_nothing_is_printed_or_logged_about_a_message(
    capfd: pytest.CaptureFixture[str], caplog: pytest.LogCaptureFixture
) -> None:
    with smtp_sink(fault=Fault(Stage.RCPT, f"550 5.1.1 {TO} is nobody")) as sink:
        caplog.set_level("DEBUG", logger="hub")
        outcome = send_one(settings_for(sink))

    said = "".join(capfd.readouterr()) + repr(outcome)
    said += "".join(record.getMessage() for record in caplog.records if "hub" in record.name)
    assert TO not in said
    assert "nobody" not in said


@pytest.mark.parametrize(
    ("action", "outcome", "connections"),
    # an ended connection is opened again once; a silent one has had its time
    [(DROP, Deferred("disconnected"), 2), (HANG, Deferred("timeout"), 1)],
)
def test_a_used_connection_that_fails_at_the_next_message(
    action: str, outcome: Outcome, connections: int
) -> None:
    with smtp_sink() as sink, open_door(settings_for(sink)).session() as session:
        assert session.send(SEALED, SENDER, TO) == Relayed()
        sink.fault = Fault(Stage.MAIL, action)
        assert session.send(SEALED, SENDER, TO) == outcome

    assert sink.connections == connections


def test_patience_that_has_run_out_is_not_waited_for() -> None:
    with pytest.raises(TimeoutError):
        Patience(0).left()
