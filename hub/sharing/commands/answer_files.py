"""Files that go with an answer: put to a line before it leaves, and gone again if it does not."""

import hashlib
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import delete, func, select

from hub.db.files import FIELD, MOST_FILES, FileStore, accept, kept_name
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.access import open_line
from hub.sharing.events import RequestFileAdded, RequestFileRemoved
from hub.sharing.models import RequestFile
from hub.sharing.states import LINE_ENDS, LineState


@dataclass(frozen=True, kw_only=True)
class PutAnswerFile:
    """A file as a browser sent it, to go with the answer of a line."""

    line_id: UUID
    name: str
    content: bytes


@dataclass(frozen=True, kw_only=True)
class TakeOutAnswerFile:
    """Take a file out of an answer that has not left."""

    line_id: UUID
    file_id: UUID


def put_answer_file(cmd: PutAnswerFile, *, uow: UnitOfWork, store: FileStore) -> UUID:
    """Keep a file beside a line and return its id; the asker sees it once the line is shared.

    Raises NotFoundError, RefusedError for a file that is not what it says, for one too many and for
    a line that has its end, OSError.
    """
    request, line = open_line(uow, cmd.line_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("a person puts in a file, never the hub")
    if LineState(line.state) in LINE_ENDS:
        raise RefusedError("This line has its answer already.")
    accepted = accept(cmd.name, cmd.content)
    present = select(func.count()).where(RequestFile.line_id == line.id)
    if (uow.session.scalar(present) or 0) >= MOST_FILES:
        raise RefusedError(f"There are {MOST_FILES} files already. Take one out first", field=FIELD)

    row = RequestFile(
        id=uow.new_id(),
        request_id=request.id,
        line_id=line.id,
        name=kept_name(cmd.name),
        media_type=accepted.media_type,
        size=len(cmd.content),
        sha256=hashlib.sha256(cmd.content).hexdigest(),
        added_by=uow.actor.account_id,
        added_at=uow.now,
    )
    store.put(row.id, cmd.content)
    uow.session.add(row)
    uow.emit(RequestFileAdded(request_file_id=row.id))
    return row.id


def take_out_answer_file(cmd: TakeOutAnswerFile, *, uow: UnitOfWork) -> UUID:
    """Take a file out; its bytes are swept later. Raises NotFoundError, RefusedError."""
    _, line = open_line(uow, cmd.line_id)
    row = uow.session.scalar(
        select(RequestFile).where(RequestFile.id == cmd.file_id, RequestFile.line_id == line.id)
    )
    if row is None:
        raise NotFoundError("no such file")
    if LineState(line.state) in LINE_ENDS:
        raise RefusedError("This line has its answer already.")

    uow.session.delete(row)
    uow.emit(RequestFileRemoved(request_file_id=row.id))
    return row.id


def answer_files(uow: UnitOfWork, line_id: UUID) -> tuple[RequestFile, ...]:
    """Return the files that would go with a line, in the order in which they were added."""
    wanted = select(RequestFile).where(RequestFile.line_id == line_id)
    return tuple(uow.session.scalars(wanted.order_by(RequestFile.added_at, RequestFile.id)))


def drop_answer_files(uow: UnitOfWork, line_id: UUID) -> None:
    """Let go of the files of a line that is not shared; their bytes are swept later."""
    uow.session.execute(delete(RequestFile).where(RequestFile.line_id == line_id))
