"""Changing a draft: page by page, and throwing it away. A draft is its referrer's alone."""

from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select

from hub.access.permissions import Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.drafts import Typed
from hub.kernel.errors import NotFoundError, RefusedError
from hub.referrals import journey
from hub.referrals.access import open_draft
from hub.referrals.events import DraftDeleted, DraftSaved, DraftStarted
from hub.referrals.journey import Draft, Entry
from hub.referrals.models import ConcernDraft, ConcernFile

MOST_DRAFTS = 20
MOST_ENTRIES = 30
CARE = "care"
PERSON = "person"


@dataclass(frozen=True, kw_only=True)
class StartDraft:
    """Begin a concern; ``pages`` are filled in already, though not yet confirmed."""

    pages: dict[str, Typed]


@dataclass(frozen=True, kw_only=True)
class SavePage:
    """Keep what was typed on a page; ``is_done`` when nothing on it was wrong."""

    draft_id: UUID
    page: str
    typed: Typed
    is_done: bool


@dataclass(frozen=True, kw_only=True)
class SaveEntry:
    """Keep what was typed about somebody in a group; ``part`` is their page or their care page.

    A care page that is not ``is_done`` leaves the question unanswered.
    """

    draft_id: UUID
    group: str
    entry_id: UUID
    typed: Typed
    part: str = PERSON
    is_done: bool = True


@dataclass(frozen=True, kw_only=True)
class RemoveEntry:
    """Take somebody out of a group."""

    draft_id: UUID
    group: str
    entry_id: UUID


@dataclass(frozen=True, kw_only=True)
class FinishGroup:
    """Say that there is nobody more to add to a group."""

    draft_id: UUID
    group: str


@dataclass(frozen=True, kw_only=True)
class DeleteDraft:
    """Throw a draft away."""

    draft_id: UUID


def start_draft(cmd: StartDraft, *, uow: UnitOfWork) -> UUID:
    """Begin a draft and return its id. Raises NotAllowedError, or RefusedError at 20 drafts."""
    permit(uow.actor, Permission.CONCERN_RAISE)
    account_id = uow.actor.account_id
    if account_id is None:
        raise NotFoundError("a draft belongs to an account")

    own = select(ConcernDraft.id).where(ConcernDraft.account_id == account_id)
    if len(uow.session.scalars(own.limit(MOST_DRAFTS)).all()) == MOST_DRAFTS:
        raise RefusedError(f"You have {MOST_DRAFTS} drafts. Submit or delete one first")

    draft = ConcernDraft(
        id=uow.new_id(),
        account_id=account_id,
        answers=journey.dump(Draft(pages=cmd.pages)),
        started_at=uow.now,
        saved_at=uow.now,
    )
    uow.session.add(draft)
    uow.emit(DraftStarted(draft_id=draft.id))
    return draft.id


def save_page(cmd: SavePage, *, uow: UnitOfWork) -> UUID:
    """Keep a page's answers. Raises NotFoundError."""
    row = open_draft(uow, cmd.draft_id, lock=True)
    draft = journey.load(row.answers)
    return _keep(row, draft.with_page(cmd.page, cmd.typed, is_done=cmd.is_done), cmd.page, uow=uow)


def save_entry(cmd: SaveEntry, *, uow: UnitOfWork) -> UUID:
    """Keep what was typed about somebody in a group, who is added if they are new.

    Raises NotFoundError, and RefusedError when the group is full.
    """
    row = open_draft(uow, cmd.draft_id, lock=True)
    draft = journey.load(row.answers)
    before = draft.entry(cmd.group, cmd.entry_id)

    if before is None and cmd.part == CARE:
        raise NotFoundError("no such person in the draft")
    if before is None and len(draft.entries(cmd.group)) >= MOST_ENTRIES:
        raise RefusedError(f"You can add {MOST_ENTRIES} here. Put the others in the reason")

    entry = before or Entry(id=cmd.entry_id, typed=cmd.typed)
    if cmd.part == CARE:
        entry = replace(entry, care=cmd.typed if cmd.is_done else None)
    else:
        entry = replace(entry, typed=cmd.typed)
    return _keep(row, draft.with_entry(cmd.group, entry), cmd.group, uow=uow)


def remove_entry(cmd: RemoveEntry, *, uow: UnitOfWork) -> UUID:
    """Take somebody out of a group. Raises NotFoundError."""
    row = open_draft(uow, cmd.draft_id, lock=True)
    draft = journey.load(row.answers)
    if draft.entry(cmd.group, cmd.entry_id) is None:
        raise NotFoundError("no such person in the draft")
    return _keep(row, draft.without_entry(cmd.group, cmd.entry_id), cmd.group, uow=uow)


def finish_group(cmd: FinishGroup, *, uow: UnitOfWork) -> UUID:
    """Mark a group as complete. Raises NotFoundError."""
    row = open_draft(uow, cmd.draft_id, lock=True)
    return _keep(row, journey.load(row.answers).with_group_done(cmd.group), cmd.group, uow=uow)


def delete_draft(cmd: DeleteDraft, *, uow: UnitOfWork) -> UUID:
    """Throw a draft and the rows of its files away. Raises NotFoundError."""
    row = open_draft(uow, cmd.draft_id, lock=True)
    discard(row, uow=uow)
    return row.id


def purge_drafts(saved_before: datetime, *, uow: UnitOfWork) -> int:
    """Throw away all drafts that were last saved before the instant (UTC); return how many."""
    old = uow.session.scalars(
        select(ConcernDraft).where(ConcernDraft.saved_at < saved_before).with_for_update()
    ).all()
    for row in old:
        discard(row, uow=uow)
    return len(old)


def discard(row: ConcernDraft, *, uow: UnitOfWork) -> None:
    """Delete a draft with its file rows; the bytes on disk are swept later."""
    uow.session.execute(delete(ConcernFile).where(ConcernFile.draft_id == row.id))
    uow.session.delete(row)
    uow.emit(DraftDeleted(draft_id=row.id))


def _keep(row: ConcernDraft, draft: Draft, page: str, *, uow: UnitOfWork) -> UUID:
    row.answers = journey.dump(draft)
    row.saved_at = uow.now
    uow.emit(DraftSaved(draft_id=row.id, page=page))
    return row.id
