"""Drafts of requests as their asker's pages read them, and whom they can choose from."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, true

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.agencies.rules.kinds import ROLE_WORDS, ContactRole
from hub.db.units import UnitOfWork
from hub.kernel.drafts import Draft, kept
from hub.sharing.access import open_request_draft
from hub.sharing.models import RequestDraft


@dataclass(frozen=True, slots=True)
class AskDraft:
    """A draft in the list of its asker."""

    id: UUID
    started_at: datetime
    saved_at: datetime


@dataclass(frozen=True, slots=True)
class Officer:
    """A colleague who can counter-sign."""

    id: UUID
    name: str
    email: str


def read_ask(uow: UnitOfWork, draft_id: UUID) -> Draft:
    """Return a draft of the actor's own. Raises NotFoundError."""
    return kept(json.loads(open_request_draft(uow, draft_id).answers))


def own_drafts(uow: UnitOfWork) -> tuple[AskDraft, ...]:
    """Return the actor's drafts, the one saved last first."""
    rows = uow.session.execute(
        select(RequestDraft.id, RequestDraft.started_at, RequestDraft.saved_at)
        .where(RequestDraft.account_id == uow.actor.account_id)
        .order_by(RequestDraft.saved_at.desc(), RequestDraft.id)
    )
    return tuple(AskDraft(*row) for row in rows)


def officers(uow: UnitOfWork, *, only: Collection[UUID] | None = None) -> tuple[Officer, ...]:
    """Return who else of the actor's agency has an account, by name; of these ids where given."""
    wanted = true() if only is None else Account.id.in_(only)
    rows = uow.session.execute(
        select(Account.id, Account.name, Account.email)
        .where(
            Account.agency_id == uow.actor.agency_id,
            Account.id != uow.actor.account_id,
            Account.is_active,
            wanted,
        )
        .order_by(Account.name, Account.id)
    )
    return tuple(Officer(*row) for row in rows)


def own_position(uow: UnitOfWork) -> str:
    """Return what the directory calls the actor's work, empty where it does not know."""
    role = uow.session.scalar(select(Contact.role).where(Contact.id == uow.actor.contact_id))
    if role is None or role == ContactRole.OTHER:
        return ""
    return ROLE_WORDS[ContactRole(role)]
