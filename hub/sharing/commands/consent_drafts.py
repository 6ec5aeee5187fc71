"""A record of consent while it is typed, step by step; a draft is its writer's alone."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.access import find_person
from hub.sharing.consent_doors import open_consent_draft
from hub.sharing.events import ConsentDraftDeleted, ConsentDraftSaved
from hub.sharing.models import ConsentDraft
from hub.sharing.rules.consent_journey import Step

Typed = Mapping[str, list[str]]


@dataclass(frozen=True, kw_only=True)
class SaveStep:
    """Keep what was typed on one page, right or wrong."""

    draft_id: UUID
    step: Step
    typed: Typed


def start_draft(person_id: UUID, about: UUID | None, *, uow: UnitOfWork) -> UUID:
    """Begin a draft about somebody and return its id; ``about`` is the request that it is for.

    Raises NotFoundError and NotAllowedError.
    """
    find_person(uow, person_id, Permission.CONSENT_RECORD)
    if uow.actor.account_id is None:
        raise NotFoundError("a draft belongs to an account")

    row = ConsentDraft(
        id=uow.new_id(),
        person_id=person_id,
        account_id=uow.actor.account_id,
        about=about,
        typed="{}",
        saved_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(ConsentDraftSaved(draft_id=row.id, person_id=person_id, step="begun"))
    return row.id


def save_step(cmd: SaveStep, *, uow: UnitOfWork) -> UUID:
    """Keep a page of a draft and return its id. Raises NotFoundError."""
    row = open_consent_draft(uow, cmd.draft_id, lock=True)

    typed = json.loads(row.typed) | {cmd.step: dict(cmd.typed)}
    row.typed, row.saved_at = json.dumps(typed), uow.now
    uow.emit(ConsentDraftSaved(draft_id=row.id, person_id=row.person_id, step=cmd.step))
    return row.id


def delete_draft(draft_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Throw a draft away and return whose it was about. Raises NotFoundError."""
    row = open_consent_draft(uow, draft_id, lock=True)
    person_id = row.person_id

    uow.session.delete(row)
    uow.emit(ConsentDraftDeleted(draft_id=draft_id, person_id=person_id))
    return person_id


def purge_consent_drafts(saved_before: datetime, *, uow: UnitOfWork) -> None:
    """Throw away all drafts that were last saved before the instant (UTC)."""
    uow.session.execute(delete(ConsentDraft).where(ConsentDraft.saved_at < saved_before))
