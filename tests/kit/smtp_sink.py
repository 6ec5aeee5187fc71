"""A real SMTP server on the loopback that keeps what it is given and can be told to misbehave."""

import asyncio
import contextlib
import socket
import ssl
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from enum import StrEnum
from typing import Any, AnyStr

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session
from typing_extensions import override

HOST = "127.0.0.1"
HANG, DROP, DRIP, SLOW = "hang", "drop", "drip", "slow"
DRIP_SECONDS = 0.15
SLOW_SECONDS = 0.4


class Stage(StrEnum):
    """The point of the talk at which the sink misbehaves; DOT is the answer after the message."""

    BANNER = "banner"
    EHLO = "ehlo"
    MAIL = "mail"
    RCPT = "rcpt"
    DATA = "data"
    DOT = "dot"
    EVERY = "every"


@dataclass(frozen=True)
class Fault:
    """What to do at a stage: hang, drop the connection, drip bytes, be slow, or give this reply."""

    stage: Stage
    action: str


@dataclass(frozen=True)
class Taken:
    """One message as it came over the wire, CRLF and all."""

    sender: str
    recipients: tuple[str, ...]
    content: bytes

    def parsed(self) -> EmailMessage:
        """Return the message as the standard library reads it."""
        message = message_from_bytes(self.content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        return message


@dataclass
class Sink:
    """What a running server has seen; ``fault`` and ``per_connection`` may be changed at any time.

    ``per_connection`` is how many messages it takes before it ends a connection with 421.
    """

    port: int
    host: str = HOST
    fault: Fault | None = None
    per_connection: int | None = None
    taken: list[Taken] = field(default_factory=list)
    connections: int = 0
    greetings: list[str] = field(default_factory=list)
    encrypted: list[bool] = field(default_factory=list)

    def action(self, stage: Stage | None) -> str | None:
        """Return how to misbehave at this stage (None: any that has no name), if at all."""
        here = self.fault is not None and self.fault.stage in {stage, Stage.EVERY}
        return self.fault.action if self.fault and here else None


class _Server(SMTP):
    """The library's server with one gate for all that it says."""

    def __init__(self, handler: "_Handler", **options: Any) -> None:
        super().__init__(handler, **options)
        self.sink = handler.sink
        self.stage: Stage | None = Stage.BANNER
        self.count = 0
        self.sink.connections += 1
        handler.servers.append(self)

    async def end(self) -> None:
        """Let go of the connection, whatever was going on."""
        if self._handler_coroutine is not None:
            self._handler_coroutine.cancel()
            await asyncio.gather(self._handler_coroutine, return_exceptions=True)
        if isinstance(self.transport, asyncio.Transport):
            self.transport.abort()

    @override
    async def push(self, status: AnyStr) -> None:
        text = _text(status)
        stage, self.stage = self.stage, None
        if text.startswith("354"):
            stage = Stage.DATA
        action = self.sink.action(stage)
        if action == HANG:
            await asyncio.sleep(3600)
        elif action == DROP:
            assert isinstance(self.transport, asyncio.Transport)
            self.transport.abort()
        elif action == DRIP:
            for byte in f"{text}\r\n".encode():
                self._writer.write(bytes([byte]))
                await asyncio.sleep(DRIP_SECONDS)
        else:
            if action == SLOW:
                await asyncio.sleep(SLOW_SECONDS)
                action = None
            said = action or text
            await super().push(said)
            if said.startswith("421"):
                self._writer.close()


def _text(status: str | bytes) -> str:
    return status.decode() if isinstance(status, bytes) else status


class _Handler:
    def __init__(self, sink: Sink) -> None:
        self.sink = sink
        self.servers: list[_Server] = []

    async def end(self) -> None:
        """Let go of every connection, and give the loop the turns in which it closes them."""
        for server in self.servers:
            await server.end()
        await asyncio.sleep(0.01)

    async def handle_EHLO(  # noqa: N802 - aiosmtpd's name for it
        self, server: _Server, session: Session, _: Envelope, hostname: str, said: list[str]
    ) -> list[str]:
        session.host_name = hostname
        self.sink.greetings.append(hostname)
        server.stage = Stage.EHLO
        if self.sink.action(Stage.EHLO):
            return ["250 sink.example.org"]
        return said

    async def handle_MAIL(  # noqa: N802 - aiosmtpd's name for it
        self, server: _Server, _: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        server.stage = Stage.MAIL
        if self.sink.per_connection is not None and server.count >= self.sink.per_connection:
            return "421 4.7.0 enough for one connection"
        envelope.mail_from = address
        return "250 ok"

    async def handle_RCPT(  # noqa: N802 - aiosmtpd's name for it
        self, server: _Server, _: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        server.stage = Stage.RCPT
        envelope.rcpt_tos.append(address)
        return "250 ok"

    async def handle_DATA(  # noqa: N802 - aiosmtpd's name for it
        self, server: _Server, _: Session, envelope: Envelope
    ) -> str:
        server.stage = Stage.DOT
        server.count += 1
        action = self.sink.action(Stage.DOT)
        if action in {None, HANG, DROP, DRIP, SLOW}:
            assert isinstance(envelope.original_content, bytes)
            taken = Taken(
                sender=str(envelope.mail_from),
                recipients=tuple(envelope.rcpt_tos),
                content=envelope.original_content,
            )
            self.sink.taken.append(taken)
            assert server.transport is not None
            self.sink.encrypted.append(server.transport.get_extra_info("sslcontext") is not None)
        return "250 ok"


class _Controller(Controller):
    @override
    def factory(self) -> _Server:
        return _Server(self.handler, **self.SMTP_kwargs)


def free_port() -> int:
    """Return a port on which nobody listens; aiosmtpd cannot be asked for any port (0)."""
    with socket.socket() as probe:
        probe.bind((HOST, 0))
        port: int = probe.getsockname()[1]
        return port


@contextlib.contextmanager
def smtp_sink(
    *,
    fault: Fault | None = None,
    tls: ssl.SSLContext | None = None,
    starttls: ssl.SSLContext | None = None,
    per_connection: int | None = None,
) -> Iterator[Sink]:
    """Run a sink: plain, encrypted from the first byte (``tls``), or offering ``starttls``."""
    sink = Sink(port=free_port())
    handler = _Handler(sink)
    controller = _Controller(
        handler,
        hostname=HOST,
        port=sink.port,
        ssl_context=tls,
        tls_context=starttls,
        server_hostname=None,
        ident="sink",
    )
    controller.start()
    # The library has just talked to itself to see that it listens.
    sink.connections = 0
    sink.fault, sink.per_connection = fault, per_connection
    try:
        yield sink
    finally:
        asyncio.run_coroutine_threadsafe(handler.end(), controller.loop).result(timeout=5)
        controller.stop()
