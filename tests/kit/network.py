"""No test reaches beyond this machine: a mistake in an address fails instead of sending."""

import ipaddress
import socket
from collections.abc import Callable
from typing import Any

import pytest


class ReachedOutError(AssertionError):
    """A test tried to open a connection to another machine."""


def stay_at_home(patch: pytest.MonkeyPatch) -> None:
    """Make every connection of Python's own sockets to anything but the loopback an error."""
    for name in ("connect", "connect_ex"):
        patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name)))


def _guarded(connect: Callable[..., Any]) -> Callable[..., Any]:
    def connect_at_home(self: socket.socket, address: Any) -> Any:
        if self.family in {socket.AF_INET, socket.AF_INET6} and not _is_loopback(address[0]):
            raise ReachedOutError(f"a test tried to reach {address[0]}")
        return connect(self, address)

    return connect_at_home


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
