"""The keys that seal personal fields, index them blindly, chain the audit trail and sign cookies.

They live in one file of the data folder, readable by its owner only, never in the database. A dump
of the database alone therefore gives away no name, date of birth or address.
"""

import hashlib
import hmac
import json
import os
import secrets
import stat
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from cryptography.hazmat.primitives.ciphers.aead import AESGCM

FILE_NAME = "hub.keys"
NONCE = 12
KEY_BYTES = 32


class UnsafeKeysError(Exception):
    """The key file cannot be trusted: wrong form, or readable by others."""


@dataclass(frozen=True)
class Keyring:
    """Every key of one hub; each use has a key of its own."""

    fields: bytes
    index: bytes
    audit: bytes
    web: bytes
    mail: bytes

    @cached_property
    def _aead(self) -> AESGCM:
        """The cipher of the fields, made once: to make it takes longer than to unseal a name."""
        return AESGCM(self.fields)

    @cached_property
    def _mac_of_index(self) -> hmac.HMAC:
        """A keyed hash of nothing yet: to copy it takes half the time of making another."""
        return hmac.new(self.index, digestmod=hashlib.sha256)

    def seal(self, plain: str, place: str) -> bytes:
        """Return the text encrypted (AES-256-GCM) for one place (``table.column``)."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._aead.encrypt(nonce, plain.encode(), place.encode())

    def unseal(self, sealed: bytes, place: str) -> str:
        """Return the text again. Raises cryptography's InvalidTag if it was moved or changed."""
        return self._aead.decrypt(sealed[:NONCE], sealed[NONCE:], place.encode()).decode()

    def seal_bytes(self, plain: bytes, place: str) -> bytes:
        """Return the bytes of a file encrypted (AES-256-GCM) for one place (``table.id``)."""
        nonce = secrets.token_bytes(NONCE)
        return nonce + self._aead.encrypt(nonce, plain, place.encode())

    def unseal_bytes(self, sealed: bytes, place: str) -> bytes:
        """Return the bytes again. Raises cryptography's InvalidTag if moved or changed."""
        return self._aead.decrypt(sealed[:NONCE], sealed[NONCE:], place.encode())

    def blind(self, use: str, value: str) -> int:
        """Return a signed 64-bit number that stands for the value in an index."""
        mac = self._mac_of_index.copy()
        mac.update(f"{use}\x00{value}".encode())
        return int.from_bytes(mac.digest()[:8], "big", signed=True)

    def mark(self, use: str, value: str) -> str:
        """Return a 40-digit keyed hash of the value, for ids that must not be guessed."""
        return hmac.new(self.mail, f"{use}\x00{value}".encode(), hashlib.sha256).hexdigest()[:40]


def open_keyring(data_dir: Path) -> Keyring:
    """Return the keys of the data folder, made now if there are none yet.

    Raises UnsafeKeysError when others may read the file or put another in its place, or it is not
    whole; OSError when the folder cannot be written.
    """
    data_dir.mkdir(parents=True, exist_ok=True, mode=0o700)
    rights = data_dir.stat().st_mode
    if rights & stat.S_IWOTH and not rights & stat.S_ISVTX:
        raise UnsafeKeysError(f"{data_dir} can be written by everybody: chmod 700 it")
    path = data_dir / FILE_NAME
    if not path.exists():
        _create(path)
    if path.stat().st_mode & 0o077:
        raise UnsafeKeysError(f"{path} can be read by others: chmod 600 it")
    try:
        stored = json.loads(path.read_text())
        return Keyring(**{name: bytes.fromhex(stored[name]) for name in Keyring.__annotations__})
    except (ValueError, KeyError, TypeError) as error:
        raise UnsafeKeysError(
            f"{path} is not a whole key file: restore it from its copy"
        ) from error


def _create(path: Path) -> None:
    """Write new keys so that two processes starting at once end with the same file."""
    text = json.dumps({n: secrets.token_hex(KEY_BYTES) for n in Keyring.__annotations__})
    partial = path.with_name(f".{FILE_NAME}-{secrets.token_hex(4)}")
    handle = os.open(partial, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(handle, "w") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    try:
        os.link(partial, path)
    except FileExistsError:
        pass  # the other process was first, and its keys are the ones
    finally:
        partial.unlink()
