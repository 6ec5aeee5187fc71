"""Putting to an action what shows what became of it."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from hub.db.files import FIELD, MOST_FILES, FileStore, accept, kept_name
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.marac.access import open_action
from hub.marac.events import EvidenceAdded
from hub.marac.models import ActionEvidence

KIND = "action_evidence"
"""The kind of sealed files that these are, for ``FileStore``."""

LONGEST_TEXT = 4000


@dataclass(frozen=True, kw_only=True)
class Sent:
    """A file as a browser sent it."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class AddEvidence:
    """What shows what became of an action: words, a file, or both."""

    action_id: UUID
    text: str = ""
    file: Sent | None = None


def add_evidence(cmd: AddEvidence, *, uow: UnitOfWork, store: FileStore) -> UUID:
    """Keep evidence with an action for good and return its id.

    Whoever may report on the action may add to it. Raises NotFoundError, NotAllowedError,
    RefusedError for neither words nor file, a file that is not what it says, or one too many,
    OSError when the disk does.
    """
    action = open_action(uow, cmd.action_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("a person adds evidence, never the hub")
    text = cmd.text.strip()
    if not text and cmd.file is None:
        raise RefusedError("Write what shows it, or choose a file", field="text")
    if len(text) > LONGEST_TEXT:
        raise RefusedError(f"This must be {LONGEST_TEXT:,} letters or fewer", field="text")

    row = ActionEvidence(
        id=uow.new_id(),
        action_id=action.id,
        text=text or None,
        added_by=uow.actor.account_id,
        added_at=uow.now,
    )
    if cmd.file is not None:
        _put(uow, row, cmd.file, store)
    uow.session.add(row)
    uow.emit(EvidenceAdded(evidence_id=row.id, action_id=action.id))
    return row.id


def sweep_evidence(now: datetime, *, uow: UnitOfWork, store: FileStore) -> int:
    """Delete stored bytes that no row wants any more; return how many files."""
    wanted = select(ActionEvidence.id).where(ActionEvidence.media_type.is_not(None))
    return store.sweep(set(uow.session.scalars(wanted)), now)


def _put(uow: UnitOfWork, row: ActionEvidence, sent: Sent, store: FileStore) -> None:
    accepted = accept(sent.name, sent.content)
    beside = select(func.count()).where(
        ActionEvidence.action_id == row.action_id, ActionEvidence.media_type.is_not(None)
    )
    if (uow.session.scalar(beside) or 0) >= MOST_FILES:
        raise RefusedError(f"There are {MOST_FILES} files already. Write it instead", field=FIELD)
    row.name = kept_name(sent.name)
    row.media_type, row.size = accepted.media_type, len(sent.content)
    row.sha256 = hashlib.sha256(sent.content).hexdigest()
    store.put(row.id, sent.content)
