"""What became of handing over one message; codes only, never a relay's words or an address."""

import smtplib
import ssl
from dataclasses import dataclass

CONNECT = "connect"
TIMEOUT = "timeout"
TLS = "tls"
AUTH = "auth"
DISCONNECTED = "disconnected"
PROTOCOL = "protocol"
MAILBOX = "mailbox"

SIGN_IN_CODES = frozenset({530, 534, 535, 538})
"""Replies about our own sign-in (RFC 4954 section 6): they say nothing about the recipient."""


@dataclass(frozen=True)
class Relayed:
    """The relay has taken the message; that is not to say that anybody has it."""


@dataclass(frozen=True)
class Deferred:
    """Not taken, or not known to be taken: the same bytes are to be sent again later.

    ``reason_code`` is one of this module's words or a three-digit reply such as ``451``.
    """

    reason_code: str


@dataclass(frozen=True)
class Refused:
    """The relay refused this message for good, with a reply from 500 to 599."""

    code: int


Outcome = Relayed | Deferred | Refused


class NoPassageError(OSError):
    """The relay can be reached but not used; ``reason_code`` says why."""

    def __init__(self, reason_code: str) -> None:
        super().__init__(reason_code)
        self.reason_code = reason_code


def of_connecting(error: OSError) -> Deferred:
    """Return what a failure before the message began means.

    Always a delay: a relay that turns *us* away has not judged the message or its recipient.
    """
    code = _reply(error)
    if isinstance(error, NoPassageError):
        reason = error.reason_code
    elif _ran_out_of_time(error):
        reason = TIMEOUT
    elif isinstance(error, ssl.SSLError):
        reason = TLS
    elif code is not None:
        reason = str(code)
    elif isinstance(error, smtplib.SMTPServerDisconnected):
        reason = DISCONNECTED
    else:
        reason = PROTOCOL if isinstance(error, smtplib.SMTPException) else CONNECT
    return Deferred(reason)


def of_sending(error: OSError) -> Deferred | Refused:
    """Return what a failure while the message was being handed over means.

    A connection that ends after the data may or may not have delivered: it counts as not.
    """
    code = _reply(error)
    if code in SIGN_IN_CODES:
        return Deferred(AUTH)
    if code is not None and code >= 500:  # noqa: PLR2004 - RFC 5321 section 4.2.1: permanent
        return Refused(code)
    return of_connecting(error)


def _reply(error: OSError) -> int | None:
    """Return the relay's reply if it is a proper refusal (400 to 599)."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        code = next(iter(error.recipients.values()))[0]
    elif isinstance(error, smtplib.SMTPResponseException):
        # The library's own "line too long" borrows a 500 and comes as the bare class.
        code = 0 if type(error) is smtplib.SMTPResponseException else error.smtp_code
    else:
        return None
    return code if 400 <= code <= 599 else None  # noqa: PLR2004 - RFC 5321 section 4.2.1


def _ran_out_of_time(error: BaseException) -> bool:
    """Whether a time-out lies behind the error: smtplib reports it as a lost connection."""
    behind: BaseException | None = error
    while behind is not None:
        if isinstance(behind, TimeoutError):
            return True
        behind = behind.__context__
    return False
