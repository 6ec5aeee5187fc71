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


def read_text(path: Path) -> str:
    """Return the file's text (UTF-8, a byte order mark is dropped).

    Raises BadInputError when the bytes are not UTF-8 and OSError when the file cannot be read.
    """
    try:
        return path.read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        why = f"byte {error.start} is not UTF-8; save the file as UTF-8"
        raise BadInputError([Fault("-", "-", why)]) from error


def write_whole(path: Path, text: str) -> None:
    """Write the text to the path whole or not at all: an existing file stays until the last moment.

    Raises OSError when the folder cannot be written.
    """
    handle, name = tempfile.mkstemp(dir=path.parent, prefix=".writing-")
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(text.encode("utf-8"))
            file.flush()
            os.fsync(file.fileno())
        Path(name).chmod(0o666 & ~_umask())
        Path(name).replace(path)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise


def _umask() -> int:
    """Return the process's umask (it can only be read by setting it)."""
    mask = os.umask(0)
    os.umask(mask)
    return mask
