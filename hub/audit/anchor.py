"""The end of the trail, written down outside the database.

Somebody who can cut the end of the table and put back an older head would leave a whole, shorter
chain. The anchor says how long it was.
"""

import hmac
import json
import os
import tempfile
from dataclasses import dataclass
from pathlib import Path

from sqlalchemy import select

from hub.audit.chain import seal_of
from hub.audit.recorder import HEAD, HEADS
from hub.db.units import Units

FILE_NAME = "audit.anchor"


class AnchorError(Exception):
    """The anchor's file is there but cannot be believed; the text says why."""


@dataclass(frozen=True)
class Anchor:
    """Number and mark of an entry that was the last one."""

    number: int
    mark: str


def read_anchor(folder: Path, key: bytes) -> Anchor | None:
    """Return the anchor in the data folder; None where none has been dropped yet.

    Raises AnchorError for a file that the hub did not write.
    """
    path = folder / FILE_NAME
    try:
        stored = json.loads(path.read_text(encoding="utf-8"))
        anchor = Anchor(int(stored["number"]), str(stored["mark"]))
        seal = str(stored["seal"])
    except FileNotFoundError:
        return None
    except (ValueError, KeyError, TypeError) as error:
        raise AnchorError(f"{path} is not an anchor") from error
    if not hmac.compare_digest(seal, seal_of(key, anchor.number, anchor.mark)):
        raise AnchorError(f"{path} was altered")
    return anchor


def drop_anchor(folder: Path, key: bytes, number: int, mark: str) -> None:
    """Write the anchor, unless the one that is there is of a later entry: that is evidence."""
    kept = read_anchor(folder, key)
    if kept is not None and kept.number >= number:
        return
    text = json.dumps({"number": number, "mark": mark, "seal": seal_of(key, number, mark)})
    handle, name = tempfile.mkstemp(dir=folder, prefix=f".{FILE_NAME}-")
    with os.fdopen(handle, "w", encoding="utf-8") as file:
        file.write(text)
        file.flush()
        os.fsync(file.fileno())
    Path(name).replace(folder / FILE_NAME)


def anchor(units: Units, folder: Path, key: bytes) -> None:
    """Write down where the trail ends now; a timed job."""
    with units.engine.connect() as connection:
        head = connection.execute(
            select(HEADS.c.number, HEADS.c.mark).where(HEADS.c.id == HEAD)
        ).one_or_none()
    if head is not None:
        drop_anchor(folder, key, head.number, head.mark)
