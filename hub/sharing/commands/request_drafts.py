"""A request while it is typed, page by page; a draft is its asker's alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from hub.access.permissions import Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.drafts import Draft, Typed, kept
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.access import open_request_draft
from hub.sharing.events import RequestDraftDeleted, RequestDraftSaved, RequestDraftStarted
from hub.sharing.models import RequestDraft, RequestFile

MOST_DRAFTS = 20


@dataclass(frozen=True, kw_only=True)
class StartAsking:
    """Begin a request; ``pages`` are filled in already."""

    pages: Mapping[str, Typed] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True)
class SaveAskPage:
    """Keep what was typed on a page; ``is_done`` when nothing on it was wrong."""

    draft_id: UUID
    page: str
    typed: Typed
    is_done: bool


def start_asking(cmd: StartAsking, *, uow: UnitOfWork) -> UUID:
    """Begin a draft and return its id. Raises NotAllowedError, or RefusedError at 20 drafts."""
    permit(uow.actor, Permission.REQUEST_ASK)
    account_id = uow.actor.account_id
    if account_id is None or uow.actor.agency_id is None:
        raise NotFoundError("a draft belongs to a member of an agency")

    own = select(RequestDraft.id).where(RequestDraft.account_id == account_id)
    if len(uow.session.scalars(own.limit(MOST_DRAFTS)).all()) == MOST_DRAFTS:
        raise RefusedError(f"You have {MOST_DRAFTS} drafts. Send or delete one first")

    row = RequestDraft(
        id=uow.new_id(),
        account_id=account_id,
        answers=_dumped(Draft(pages=cmd.pages)),
        started_at=uow.now,
        saved_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(RequestDraftStarted(request_draft_id=row.id))
    return row.id


def save_ask_page(cmd: SaveAskPage, *, uow: UnitOfWork) -> UUID:
    """Keep a page's answers. Raises NotFoundError."""
    row = open_request_draft(uow, cmd.draft_id, lock=True)

    draft = kept(json.loads(row.answers))
    row.answers = _dumped(draft.with_page(cmd.page, cmd.typed, is_done=cmd.is_done))
    row.saved_at = uow.now
    uow.emit(RequestDraftSaved(request_draft_id=row.id, page=cmd.page))
    return row.id


def delete_asking(draft_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Throw a draft and the rows of its files away. Raises NotFoundError."""
    row = open_request_draft(uow, draft_id, lock=True)
    _discard(row, uow)
    return row.id


def purge_request_drafts(saved_before: datetime, *, uow: UnitOfWork) -> int:
    """Throw away all drafts that were last saved before the instant (UTC); return how many."""
    old = uow.session.scalars(
        select(RequestDraft).where(RequestDraft.saved_at < saved_before).with_for_update()
    ).all()
    for row in old:
        _discard(row, uow)
    return len(old)


def _discard(row: RequestDraft, uow: UnitOfWork) -> None:
    """Delete a draft with its file rows; the bytes on disk are swept later."""
    uow.session.execute(delete(RequestFile).where(RequestFile.draft_id == row.id))
    uow.session.delete(row)
    uow.emit(RequestDraftDeleted(request_draft_id=row.id))


def _dumped(draft: Draft) -> str:
    return json.dumps(draft.plain())
