"""Signed copies of agreements: putting one in, taking one out, sweeping what no row wants."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select

from hub.db.files import FIELD, MOST_FILES, FileStore, accept, kept_name
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands.agreement_gate import Touch, begin, moved
from hub.sharing.models import AgreementCopy, AgreementMove
from hub.sharing.register.life import AgreementAction

COPIES = "agreement_copy"
"""The kind of file, which names its folder and is bound into its seal."""


@dataclass(frozen=True, kw_only=True)
class AttachCopy(Touch):
    """A file to keep with a version."""

    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class RemoveCopy(Touch):
    """A file to take away from a version."""

    copy_id: UUID


def attach_copy(cmd: AttachCopy, *, uow: UnitOfWork, store: FileStore) -> UUID:
    """Keep a signed copy with a version and return its id.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError, OSError, and
    RefusedError for a file that is not what it says, too large, or one too many.
    """
    row = begin(uow, cmd, AgreementAction.ATTACH)
    accepted = accept(cmd.name, cmd.content)
    beside = select(func.count()).where(AgreementCopy.agreement_id == row.id)
    if (uow.session.scalar(beside) or 0) >= MOST_FILES:
        raise RefusedError(f"There are {MOST_FILES} copies already. Remove one first", field=FIELD)
    copy = AgreementCopy(
        id=uow.new_id(),
        agreement_id=row.id,
        name=kept_name(cmd.name),
        media_type=accepted.media_type,
        size=len(cmd.content),
        sha256=hashlib.sha256(cmd.content).hexdigest(),
        added_by=uow.actor.account_id,
        added_at=uow.now,
    )
    store.put(copy.id, cmd.content)
    uow.session.add(copy)
    moved(uow, row, AgreementAction.ATTACH, of=AgreementMove(why="Added a signed copy"))
    return copy.id


def remove_copy(cmd: RemoveCopy, *, uow: UnitOfWork) -> None:
    """Take a copy away that was put in by mistake; its bytes are swept later.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = begin(uow, cmd, AgreementAction.ATTACH)
    copy = uow.session.get(AgreementCopy, cmd.copy_id)
    if copy is None or copy.agreement_id != row.id:
        raise NotFoundError("no such copy")
    uow.session.delete(copy)
    moved(uow, row, AgreementAction.ATTACH, of=AgreementMove(why="Took a copy away"))


def sweep_copies(now: datetime, *, uow: UnitOfWork, store: FileStore) -> int:
    """Delete stored bytes that no row wants any more; return how many files."""
    return store.sweep(set(uow.session.scalars(select(AgreementCopy.id))), now)
