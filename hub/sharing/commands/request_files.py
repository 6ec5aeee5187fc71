"""Files that an asker puts to a draft, or to a request that is held because a copy lacks."""

import hashlib
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select

from hub.db.files import FIELD, MOST_FILES, FileStore, accept, kept_name
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.access import open_asked, open_request_draft
from hub.sharing.commands.settling import settle_request
from hub.sharing.events import RequestChanged, RequestFileAdded, RequestFileRemoved
from hub.sharing.models import InformationRequest, RequestFile
from hub.sharing.rules.policy import RequestPolicy
from hub.sharing.states import REQUEST, RequestMove, RequestState

KIND = "request_file"
"""The kind of sealed files that these are, for ``FileStore``."""


@dataclass(frozen=True, kw_only=True)
class PutFile:
    """A file as a browser sent it, for a draft or (``request_id``) a request that is held."""

    name: str
    content: bytes
    draft_id: UUID | None = None
    request_id: UUID | None = None


@dataclass(frozen=True, kw_only=True)
class TakeOutFile:
    """Take a file out of a draft, or of a request that is held."""

    file_id: UUID
    draft_id: UUID | None = None
    request_id: UUID | None = None


def put_file(cmd: PutFile, *, uow: UnitOfWork, store: FileStore, policy: RequestPolicy) -> UUID:
    """Keep a file and return its id; a request that lacked it goes to its holder by itself.

    Raises NotFoundError, IllegalMoveError once it is with its holder, RefusedError, OSError.
    """
    request, beside = _where(uow, cmd)
    accepted = accept(cmd.name, cmd.content)
    if (uow.session.scalar(select(func.count()).where(beside)) or 0) >= MOST_FILES:
        raise RefusedError(f"There are {MOST_FILES} files already. Remove one first", field=FIELD)

    row = RequestFile(
        id=uow.new_id(),
        draft_id=cmd.draft_id,
        request_id=cmd.request_id,
        name=kept_name(cmd.name),
        media_type=accepted.media_type,
        size=len(cmd.content),
        sha256=hashlib.sha256(cmd.content).hexdigest(),
        added_by=_account(uow),
        added_at=uow.now,
    )
    store.put(row.id, cmd.content)
    uow.session.add(row)
    uow.emit(RequestFileAdded(request_file_id=row.id))
    _settle(uow, request, policy)
    return row.id


def take_out_file(cmd: TakeOutFile, *, uow: UnitOfWork, policy: RequestPolicy) -> UUID:
    """Take a file out; its bytes are swept later. Raises NotFoundError, IllegalMoveError."""
    request, beside = _where(uow, cmd)
    row = uow.session.scalar(select(RequestFile).where(RequestFile.id == cmd.file_id, beside))
    if row is None:
        raise NotFoundError("no such file")

    uow.session.delete(row)
    uow.emit(RequestFileRemoved(request_file_id=row.id))
    _settle(uow, request, policy)
    return row.id


def sweep_request_files(now: datetime, *, uow: UnitOfWork, store: FileStore) -> int:
    """Delete stored bytes that no row wants any more; return how many files."""
    return store.sweep(set(uow.session.scalars(select(RequestFile.id))), now)


def _where(
    uow: UnitOfWork, cmd: PutFile | TakeOutFile
) -> tuple[InformationRequest | None, ColumnElement[bool]]:
    """Return the held request, if it is one, and the condition that a file is beside others."""
    if cmd.draft_id is not None:
        draft = open_request_draft(uow, cmd.draft_id, lock=True)
        return None, RequestFile.draft_id == draft.id
    if cmd.request_id is None:
        raise NotFoundError("a file belongs to a draft or a request")
    request = open_asked(uow, cmd.request_id, lock=True)
    REQUEST.step(RequestState(request.state), RequestMove.COMPLETE)
    mine = (RequestFile.request_id == request.id) & RequestFile.line_id.is_(None)
    return request, mine


def _settle(uow: UnitOfWork, request: InformationRequest | None, policy: RequestPolicy) -> None:
    if request is not None:
        uow.emit(RequestChanged(request_id=request.id))
        settle_request(uow, request, policy)


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("a person puts in a file, never the hub")
    return uow.actor.account_id
