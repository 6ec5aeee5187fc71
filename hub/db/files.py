"""Files that people put in: what is let in, and where the sealed bytes lie.

Let in are pdf, docx, png and jpg to 10 MB, and only when the content is what the name says
(security note, T42). On disk a file has its random id for a name and is sealed for that id.
"""

import io
import os
import zipfile
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path, PurePath
from types import MappingProxyType
from uuid import UUID

import puremagic

from hub.db.keyring import Keyring
from hub.kernel.errors import RefusedError

LARGEST = 10 * 1024 * 1024
MOST_FILES = 10
LONGEST_NAME = 120
LARGEST_UNPACKED = 200 * 1024 * 1024
MEDIA_TYPES = MappingProxyType(
    {
        "pdf": "application/pdf",
        "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
        "png": "image/png",
        "jpg": "image/jpeg",
    }
)
"""What a file may be, by its extension."""

SAME = {"jpeg": "jpg", "jfif": "jpg"}
FIELD = "file"
CONCERN_FILE = "concern_file"
ORPHANED_AFTER = timedelta(days=1)


@dataclass(frozen=True)
class Accepted:
    """A file that was let in: its extension and its media type."""

    extension: str
    media_type: str


def kept_name(name: str) -> str:
    """Return what is kept of the name that a browser sent: what can be printed, the end of it."""
    return "".join(letter for letter in name if letter.isprintable())[-LONGEST_NAME:]


def extension_of(media_type: str) -> str:
    """Return the extension under which a file that was let in is handed out again."""
    return next(extension for extension, each in MEDIA_TYPES.items() if each == media_type)


def accept(name: str, content: bytes) -> Accepted:
    """Return what the file is. Raises RefusedError saying what to do instead."""
    if not content:
        raise RefusedError("The file is empty. Choose another", field=FIELD)
    if len(content) > LARGEST:
        raise RefusedError("The file must be 10 MB or smaller", field=FIELD)
    suffix = PurePath(name).suffix.lower().removeprefix(".")
    extension = SAME.get(suffix, suffix)
    if extension not in MEDIA_TYPES:
        raise RefusedError("The file must be a PDF, DOCX, PNG or JPG", field=FIELD)
    if not _begins_as(extension, content) or not _is_really(extension, content):
        why = f"The file is not a {extension.upper()} inside. Save it again as one and retry"
        raise RefusedError(why, field=FIELD)
    return Accepted(extension, MEDIA_TYPES[extension])


_BEGINNINGS = {
    "pdf": b"%PDF-",
    "docx": b"PK\x03\x04",
    "png": b"\x89PNG\r\n\x1a\n",
    "jpg": b"\xff\xd8\xff",
}


def _begins_as(extension: str, content: bytes) -> bool:
    """Return whether the first bytes are the format's own, so that nothing stands before them."""
    return content.startswith(_BEGINNINGS[extension])


def _is_really(extension: str, content: bytes) -> bool:
    try:
        found = puremagic.from_string(content).lower().removeprefix(".")
    except (puremagic.PureError, ValueError):
        return False
    if extension == "docx":
        return _is_plain_docx(content)
    return SAME.get(found, found) == extension


def _is_plain_docx(content: bytes) -> bool:
    """Return whether it is a document of modest size without macros or embedded programs."""
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as parts:
            names = [part.filename for part in parts.infolist()]
            unpacked = sum(part.file_size for part in parts.infolist())
    except (zipfile.BadZipFile, ValueError, NotImplementedError):
        return False
    unsafe = any(
        name.lower().endswith(("vbaproject.bin", ".exe", ".js", ".vbs")) or ".." in name
        for name in names
    )
    whole = {"[Content_Types].xml", "word/document.xml"} <= set(names)
    return whole and not unsafe and unpacked <= LARGEST_UNPACKED


class FileStore:
    """The folder of one kind of sealed files. Rows say which of them count.

    ``kind`` names the table of those rows; it is bound into the seal, so that a file cannot be
    passed off as one of another table. Every kind but the first has a folder of its own, because
    a sweep deletes what the rows of its kind do not want.
    """

    def __init__(self, data_dir: Path, keyring: Keyring, kind: str = CONCERN_FILE) -> None:
        files = data_dir / "files"
        self.folder = files if kind == CONCERN_FILE else files / kind
        self.kind = kind
        self.keyring = keyring

    def put(self, file_id: UUID, content: bytes) -> None:
        """Write the content sealed, to the disk. Raises OSError when that fails.

        It happens before the row is committed: a file without a row is swept away later, a row
        without a file would be a loss.
        """
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        sealed = self.keyring.seal_bytes(content, self._place(file_id))
        handle = os.open(self._path(file_id), os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(sealed)
            file.flush()
            os.fsync(file.fileno())

    def get(self, file_id: UUID) -> bytes:
        """Return the content. Raises OSError when it is gone, InvalidTag when it was changed."""
        return self.keyring.unseal_bytes(self._path(file_id).read_bytes(), self._place(file_id))

    def forget(self, file_ids: Iterable[UUID]) -> None:
        """Delete files whose rows are gone for good; one that is missing already is no fault."""
        for file_id in file_ids:
            self._path(file_id).unlink(missing_ok=True)

    def sweep(self, wanted: set[UUID], now: datetime) -> int:
        """Delete files that are older than a day and that no row wants; return how many."""
        deleted = 0
        present = self.folder.glob("*") if self.folder.exists() else ()
        for path in (path for path in present if path.is_file()):
            written = datetime.fromtimestamp(path.stat().st_mtime, UTC)
            if path.name not in {each.hex for each in wanted} and now - written > ORPHANED_AFTER:
                path.unlink()
                deleted += 1
        return deleted

    def _path(self, file_id: UUID) -> Path:
        return self.folder / file_id.hex

    def _place(self, file_id: UUID) -> str:
        return f"{self.kind}.{file_id.hex}"
