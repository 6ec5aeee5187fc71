"""A connection to a relay that cannot be held up, downgraded or made to name this machine."""

import io
import smtplib
import socket
import ssl
import time
from collections.abc import Sequence

from typing_extensions import Buffer, override

from hub.config import MailSettings
from hub.kernel.errors import RefusedError
from hub.notify.outcomes import AUTH, TLS, NoPassageError

ANSWERS_PER_MESSAGE = 4
"""A whole message may take this many times the time allowed for one answer."""

SERVICE_ENDS = 421


class LeftBehindError(OSError):
    """The relay ended the connection between two messages; nothing of the next one was said."""


class Patience:
    """How long the relay may take, in seconds: for the answer at hand and for the whole message.

    Measured by the monotonic clock, which is no time of day: it only tells how long we have waited.
    """

    def __init__(self, answer_seconds: float) -> None:
        self._answer_seconds = answer_seconds
        self._message_ends = 0.0
        self._answer_ends = 0.0
        self.begin_message()

    def begin_message(self) -> None:
        """Start the time of a whole message, its connection included."""
        self._message_ends = time.monotonic() + self._answer_seconds * ANSWERS_PER_MESSAGE
        self.begin_answer()

    def begin_answer(self) -> None:
        """Start the time of one answer, within that of the message."""
        self._answer_ends = min(time.monotonic() + self._answer_seconds, self._message_ends)

    def left(self) -> float:
        """Return the seconds left for this answer. Raises TimeoutError when there are none."""
        remaining = self._answer_ends - time.monotonic()
        if remaining <= 0:
            raise TimeoutError
        return remaining


class _Answers(io.RawIOBase):
    """What the relay says, read with the time that is left.

    The socket's own time-out starts again with each byte, so a relay that drips would be waited for
    without end.
    """

    def __init__(self, sock: socket.socket, patience: Patience) -> None:
        super().__init__()
        self._sock = sock
        self._patience = patience

    @override
    def readable(self) -> bool:
        return True

    @override
    def readinto(self, buffer: Buffer, /) -> int:
        self._sock.settimeout(self._patience.left())
        return self._sock.recv_into(buffer)


class Relay(smtplib.SMTP):
    """The library's client, with hard limits of time."""

    is_reused = False
    """Whether a message has gone over this connection before."""

    def __init__(self, settings: MailSettings, patience: Patience) -> None:
        self.patience = patience
        super().__init__(settings.host, settings.port, _greeting(settings), timeout=patience.left())

    @override
    def send(self, s: Buffer | str) -> None:
        self.patience.begin_answer()
        if self.sock is not None:
            self.sock.settimeout(self.patience.left())
        super().send(s)

    @override
    def getreply(self) -> tuple[int, bytes]:
        self.patience.begin_answer()
        if self.file is None and self.sock is not None:
            self.file = io.BufferedReader(_Answers(self.sock, self.patience))
        return super().getreply()

    @override
    def mail(self, sender: str, options: Sequence[str] = ()) -> tuple[int, bytes]:
        """Begin a message. Raises LeftBehindError where a connection used before has ended.

        Many relays take only so many messages on one connection.
        """
        try:
            code, reply = super().mail(sender, options)
        except smtplib.SMTPServerDisconnected as error:
            if self.is_reused and not isinstance(error.__context__, TimeoutError):
                raise LeftBehindError from error
            raise
        if self.is_reused and code == SERVICE_ENDS:
            raise LeftBehindError
        return code, reply


class TlsRelay(Relay, smtplib.SMTP_SSL):
    """The same, encrypted from the first byte."""

    def __init__(self, settings: MailSettings, patience: Patience, context: ssl.SSLContext) -> None:
        # Not through Relay: the library's TLS client left without a context makes one of its own,
        # which checks nothing.
        self.patience = patience
        smtplib.SMTP_SSL.__init__(
            self,
            settings.host,
            settings.port,
            _greeting(settings),
            timeout=patience.left(),
            context=context,
        )


def verifying_context(settings: MailSettings) -> ssl.SSLContext:
    """Return a TLS context that checks certificate and name, by the extra authority too if set.

    Raises OSError when the authority's file cannot be read, RefusedError when it holds none.
    """
    context = ssl.create_default_context()
    if settings.ca_file is not None:
        try:
            context.load_verify_locations(settings.ca_file)
        except ssl.SSLError as error:
            why = f"mail.ca_file: {settings.ca_file} holds no certificate in PEM form"
            raise RefusedError(why, field="ca_file") from error
        except OSError as error:  # the library does not say which file
            raise OSError(error.errno, error.strerror, str(settings.ca_file)) from error
    return context


def open_relay(settings: MailSettings, context: ssl.SSLContext, patience: Patience) -> Relay:
    """Return a connection that is ready for a message: encrypted as set, signed in if asked for.

    Raises OSError (smtplib's errors are such) when the relay cannot be reached or used; a relay
    that does not offer the encryption asked for is never spoken to in plain.
    """
    if settings.security == "tls":
        relay: Relay = TlsRelay(settings, patience, context)
    else:
        relay = Relay(settings, patience)
    try:
        if settings.security == "starttls":
            _encrypt(relay, context)
        if settings.username and settings.password:
            _sign_in(relay, settings.username, settings.password)
        # Said here and not with the first message, where a refusal would look like one of that.
        relay.ehlo_or_helo_if_needed()
    except BaseException:
        relay.close()
        raise
    return relay


def _encrypt(relay: Relay, context: ssl.SSLContext) -> None:
    try:
        relay.starttls(context=context)
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPResponseException) as error:
        raise NoPassageError(TLS) from error


def _sign_in(relay: Relay, username: str, password: str) -> None:
    try:
        relay.login(username, password)
    except (smtplib.SMTPNotSupportedError, smtplib.SMTPAuthenticationError) as error:
        raise NoPassageError(AUTH) from error


def _greeting(settings: MailSettings) -> str:
    """Return the name we greet with: left to itself, the library says this machine's own."""
    return settings.sender.rpartition("@")[2]
