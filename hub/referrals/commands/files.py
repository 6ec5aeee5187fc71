"""Putting files to a draft or behind a concern of one's own, and taking them out of a draft."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from hub.access.permissions import Fact
from hub.db.files import FIELD, MOST_FILES, FileStore, accept, kept_name
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.referrals.access import facts_of, open_concern, open_draft
from hub.referrals.events import FileAdded, FileRemoved, FileTermsSaid
from hub.referrals.models import ConcernFile


@dataclass(frozen=True, kw_only=True)
class AddFile:
    """Put a file to a draft."""

    draft_id: UUID
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class AttachFile:
    """Put a file behind a submitted concern."""

    concern_id: UUID
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class RemoveFile:
    """Take a file out of a draft."""

    draft_id: UUID
    file_id: UUID


def add_file(cmd: AddFile, *, uow: UnitOfWork, store: FileStore) -> UUID:
    """Keep a file with a draft and return its id. Raises NotFoundError, RefusedError, OSError."""
    draft = open_draft(uow, cmd.draft_id, lock=True)
    row = _new(cmd.name, cmd.content, uow=uow)
    row.draft_id = draft.id
    return _keep(row, cmd.content, uow=uow, store=store)


def attach_file(cmd: AttachFile, *, uow: UnitOfWork, store: FileStore) -> UUID:
    """Keep a file behind one's own concern. Raises NotFoundError, RefusedError, OSError."""
    concern = open_concern(uow, cmd.concern_id)
    if Fact.OWN not in facts_of(uow, concern):
        raise NotFoundError("not a concern of one's own")
    row = _new(cmd.name, cmd.content, uow=uow)
    row.concern_id = concern.id
    return _keep(row, cmd.content, uow=uow, store=store)


def remove_file(cmd: RemoveFile, *, uow: UnitOfWork) -> UUID:
    """Take a file out of a draft; its bytes are swept later. Raises NotFoundError."""
    draft = open_draft(uow, cmd.draft_id, lock=True)
    row = uow.session.get(ConcernFile, cmd.file_id)
    if row is None or row.draft_id != draft.id:
        raise NotFoundError("no such file")
    uow.session.delete(row)
    uow.emit(FileRemoved(file_id=row.id))
    return row.id


def say_onward(file_id: UUID, *, stays_here: bool, uow: UnitOfWork) -> UUID:
    """Say whether a file of one's own concern may go to another area's MARAC.

    It holds from now on, also for a file that went already: nobody opens it there any more.
    Returns the concern's id. Raises NotFoundError.
    """
    row = uow.session.get(ConcernFile, file_id)
    concern = open_concern(uow, row.concern_id) if row and row.concern_id else None
    if row is None or concern is None or Fact.OWN not in facts_of(uow, concern):
        raise NotFoundError("not a file of one's own concern")
    row.stays_here = stays_here
    uow.emit(FileTermsSaid(file_id=row.id, stays_here=stays_here))
    return concern.id


def sweep_files(now: datetime, *, uow: UnitOfWork, store: FileStore) -> int:
    """Delete stored bytes that no row wants any more; return how many files."""
    return store.sweep(set(uow.session.scalars(select(ConcernFile.id))), now)


def _new(name: str, content: bytes, *, uow: UnitOfWork) -> ConcernFile:
    accepted = accept(name, content)
    return ConcernFile(
        id=uow.new_id(),
        name=kept_name(name),
        media_type=accepted.media_type,
        size=len(content),
        sha256=hashlib.sha256(content).hexdigest(),
        added_at=uow.now,
    )


def _keep(row: ConcernFile, content: bytes, *, uow: UnitOfWork, store: FileStore) -> UUID:
    beside = select(func.count()).where(
        ConcernFile.draft_id == row.draft_id
        if row.draft_id
        else ConcernFile.concern_id == row.concern_id
    )
    if (uow.session.scalar(beside) or 0) >= MOST_FILES:
        raise RefusedError(f"There are {MOST_FILES} files already. Remove one first", field=FIELD)
    store.put(row.id, content)
    uow.session.add(row)
    uow.emit(FileAdded(file_id=row.id))
    return row.id
