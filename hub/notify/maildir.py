"""Delivery into a local Maildir, for demonstrations and tests: no message leaves the machine."""

import os
import secrets
import time
from pathlib import Path

FOLDERS = ("tmp", "new", "cur")


def make_maildir(folder: Path) -> None:
    """Make the folder a Maildir that only this user may read. Raises OSError."""
    for name in FOLDERS:
        (folder / name).mkdir(mode=0o700, parents=True, exist_ok=True)


def deliver(folder: Path, sealed: bytes, *, sender: str, recipient: str) -> None:
    """Put the message into ``new``, whole or not at all, and on the disk before this returns.

    Two lines are added in front, as delivery does; line ends become LF. Raises OSError.
    """
    # Names sort by arrival and tell neither the host, nor the process, nor the time of day.
    name = f"{time.monotonic_ns():020d}.{secrets.token_hex(8)}.hub"
    draft = folder / "tmp" / name
    added = f"Return-Path: <{sender}>\nDelivered-To: {recipient}\n".encode("ascii")
    try:
        with os.fdopen(os.open(draft, os.O_CREAT | os.O_EXCL | os.O_WRONLY, 0o600), "wb") as file:
            file.write(added + sealed.replace(b"\r\n", b"\n"))
            file.flush()
            os.fsync(file.fileno())
        draft.rename(folder / "new" / name)
    except BaseException:
        draft.unlink(missing_ok=True)
        raise
    _sync_folder(folder / "new")


def _sync_folder(folder: Path) -> None:
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
