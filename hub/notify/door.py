"""The one door through which mail leaves, and the only file that knows Flask-Mail.

Flask-Mail as it comes waits without end, checks no certificate when it upgrades a connection and
prints this machine's name; its connection is kept and its opening is replaced.
"""

import contextlib
import ssl
from pathlib import Path
from types import TracebackType
from typing import Protocol, Self

import flask_mail
from flask import Flask
from typing_extensions import override

from hub.config import MailSettings, is_loopback
from hub.kernel.errors import RefusedError
from hub.notify.maildir import deliver, make_maildir
from hub.notify.outcomes import MAILBOX, Deferred, Outcome, Relayed, of_connecting, of_sending
from hub.notify.plain_facts import checked_address
from hub.notify.relay import LeftBehindError, Patience, Relay, open_relay, verifying_context


class UnsafeMailSettingsError(RefusedError):
    """With these settings mail would leave unprotected or could not leave; ``field`` names one."""


class Session(Protocol):
    """A batch of messages on at most one connection at a time; leave it when the batch is done."""

    def send(self, sealed: bytes, sender: str, recipient: str) -> Outcome:
        """Hand over one message and say what became of it.

        Raises UnsafeAddressError, and nothing else, for what it is given.
        """
        ...

    def __enter__(self) -> Self:
        """Begin the batch; nothing is opened before the first message."""
        ...

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """End the batch and let go of the relay."""
        ...


class Door(Protocol):
    """A way out for mail."""

    def session(self) -> Session:
        """Return a new session; sessions are not shared between threads."""
        ...


def open_door(settings: MailSettings) -> Door:
    """Return the door that the settings describe; no connection is made yet.

    Raises UnsafeMailSettingsError, UnsafeAddressError for the sender, and OSError when the mailbox
    cannot be made or the extra authority cannot be read.
    """
    checked_address(settings.sender)
    if settings.transport == "mailbox":
        if settings.mailbox is None:
            raise UnsafeMailSettingsError("a mailbox needs its folder", field="mailbox")
        make_maildir(settings.mailbox)
        return MailboxDoor(settings.mailbox)
    if settings.security == "none" and not is_loopback(settings.host):
        why = "mail may go unencrypted to this machine only"
        raise UnsafeMailSettingsError(why, field="security")
    try:
        settings.host.encode("idna")
    except UnicodeError as error:
        raise UnsafeMailSettingsError("this is no host's name", field="host") from error
    return RelayDoor(settings)


class MailboxDoor:
    """Into a local Maildir."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def session(self) -> Session:
        """Return a new session."""
        return _MailboxSession(self._folder)


class _MailboxSession:
    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def send(self, sealed: bytes, sender: str, recipient: str) -> Outcome:
        checked_address(sender)
        checked_address(recipient)
        try:
            deliver(self._folder, sealed, sender=sender, recipient=recipient)
        except OSError:
            return Deferred(MAILBOX)
        return Relayed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Do nothing: each message is on the disk already."""


class RelayDoor:
    """To a mail relay by SMTP."""

    def __init__(self, settings: MailSettings) -> None:
        self._settings = settings
        self._context = verifying_context(settings)
        # Flask-Mail keeps its state in an application; this one is its own and serves no page.
        self._app = Flask(__name__, static_folder=None)
        self._app.config.update(MAIL_DEBUG=0, MAIL_SUPPRESS_SEND=False)
        flask_mail.Mail(self._app)

    def session(self) -> Session:
        """Return a new session."""
        return _RelaySession(_Connection(self._app, self._settings, self._context))


class _SealedMessage(flask_mail.Message):
    """Bytes sealed earlier, in the form that Flask-Mail's connection takes."""

    def __init__(self, sealed: bytes, sender: str, recipient: str) -> None:
        # Not the parent's: it invents a Message-ID, for which it asks the network who we are.
        self.sealed = sealed
        self.subject = ""
        self.sender = sender
        self.recipients = [recipient]
        self.cc = []
        self.bcc = []
        self.reply_to = None
        self.date = 0.0
        self.mail_options = []
        self.rcpt_options = []

    @override
    def as_bytes(self) -> bytes:
        return self.sealed


class _Connection(flask_mail.Connection):
    """Flask-Mail's connection, opened our way and again when it has ended."""

    host: Relay | None

    def __init__(self, app: Flask, settings: MailSettings, context: ssl.SSLContext) -> None:
        super().__init__(app.extensions["mail"])
        self.patience = Patience(settings.timeout_seconds)
        self._app = app
        self._settings = settings
        self._context = context

    @override
    def configure_host(self) -> Relay:
        return open_relay(self._settings, self._context, self.patience)

    @override
    def send(
        self,
        message: flask_mail.Message,
        envelope_from: str | tuple[str, str] | None = None,
    ) -> None:
        with self._app.app_context():
            super().send(message, envelope_from)

    def be_open(self) -> None:
        """Keep the open connection, or open one. Raises OSError."""
        if self.host is not None and self.host.sock is not None:
            self.host.is_reused = True
            return
        self.host = None
        self.host = self.configure_host()

    def let_go(self) -> None:
        """Take leave of the relay if it still listens, and close."""
        relay, self.host = self.host, None
        if relay is None or relay.sock is None:
            return
        self.patience.begin_message()
        with contextlib.suppress(OSError):
            relay.quit()
        relay.close()


class _RelaySession:
    def __init__(self, connection: _Connection) -> None:
        self._connection = connection
        self._shut: Deferred | None = None

    def send(self, sealed: bytes, sender: str, recipient: str) -> Outcome:
        message = _SealedMessage(sealed, checked_address(sender), checked_address(recipient))
        self._connection.patience.begin_message()
        try:
            return self._hand_over(message)
        except LeftBehindError:
            # A relay may take only so many messages on one connection: greet it afresh, once.
            self._connection.let_go()
            return self._hand_over(message)

    def _hand_over(self, message: _SealedMessage) -> Outcome:
        if self._shut is not None:
            # The rest of the batch does not wait, each in turn, for a relay that cannot be used.
            return self._shut
        try:
            self._connection.be_open()
        except OSError as error:
            self._shut = of_connecting(error)
            return self._shut
        try:
            self._connection.send(message)
        except LeftBehindError:
            raise
        except OSError as error:
            return of_sending(error)
        return Relayed()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._connection.let_go()
