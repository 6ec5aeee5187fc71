"""How the commands that take a file read it, complain about it and write their answer whole.

The contract is section 1 of the public interfaces: exit status 0 done, 1 a check found something,
2 bad input, settings or usage, 3 anything else; and a line ``error: ID: FIELD: why`` per fault.
"""

import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

EXIT_FOUND = 1
EXIT_BAD_INPUT = 2
EXIT_FAILED = 3


@dataclass(frozen=True, order=True)
class Fault:
    """One thing wrong with an input file.

    ``entry`` is the id of the top-level entry (``#3`` for the third where it has none, ``-`` for
    the file as a whole, ``line 7`` in a CSV); ``field`` is the path inside it; ``why`` says what is
    wrong and how to mend it.
    """

    entry: str
    field: str
    why: str

    def line(self) -> str:
        """Return the one line that goes to standard error."""
        return f"error: {self.entry}: {self.field}: {self.why}"


class BadInputError(Exception):
    """The input does not fit its promised form; nothing has been written."""

    def __init__(self, faults: list[Fault]) -> None:
        super().__init__("; ".join(fault.line() for fault in faults))
        self.faults = tuple(faults)


class NotUtf8Error(BadInputError):
    """The file is not text in UTF-8; ``line`` is the first that is not, counted from 1."""

    def __init__(self, line: int) -> None:
        super().__init__([Fault("-", "-", f"line {line} is not UTF-8; save the file as UTF-8")])
        self.line = line


def read_text(path: Path) -> str:
    """Return the file's text (UTF-8, a byte order mark is dropped).

    Raises NotUtf8Error when the bytes are not UTF-8 and OSError when the file cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise NotUtf8Error(error.object.count(b"\n", 0, error.start) + 1) from error


def write_whole(path: Path, text: str) -> None:
    """Write the text to the path whole or not at all: an existing file stays until the last moment.

    A file that is there keeps who may read it, and a link to it stays a link. What is no file, a
    pipe or a terminal, is written to as it is. Raises OSError, with this path, when that fails.
    """
    try:
        if path.exists() and not path.is_file():
            path.write_bytes(text.encode())
        else:
            _replace(path.resolve(), text.encode())
    except OSError as error:
        raise OSError(error.errno, error.strerror, str(path)) from error


def _replace(path: Path, content: bytes) -> None:
    """Put a new file in the place of the path's."""
    mode = path.stat().st_mode if path.exists() else 0o666 & ~_umask()
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(mode)
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's umask (it can only be read by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
