"""Keeping somebody at work away from a case, and letting them near it again.

These ask for no permission: the room of the case does, and knows who may set a link there.
"""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.conflicts import forget_kept, is_live, is_of
from hub.people.events import CaseLinked, CaseUnlinked
from hub.people.models import CaseLink
from hub.people.states import LinkKind

LEAST_REASON = 10


@dataclass(frozen=True, kw_only=True)
class Link:
    """Who has to do with a case, and in which way: an account, an entry of the directory, or both.

    ``is_declared`` when it is said by the person, of themselves.
    """

    case_id: UUID
    kind: LinkKind
    account_id: UUID | None = None
    contact_id: UUID | None = None
    note: str = ""
    is_declared: bool = False


def link_to_case(link: Link, *, uow: UnitOfWork) -> UUID:
    """Keep somebody away from a case from this moment, and return the link's id.

    Where the account has an entry in the directory, or the entry an account, both are kept away.
    Said again it changes nothing. Raises RefusedError when neither is there.
    """
    account_id, contact_id = _both(uow, link)
    known = uow.session.scalar(
        select(CaseLink.id).where(
            CaseLink.case_id == link.case_id, is_live(), is_of(account_id, contact_id)
        )
    )
    if known is not None:
        return known
    row = CaseLink(
        id=uow.new_id(),
        case_id=link.case_id,
        account_id=account_id,
        contact_id=contact_id,
        kind=link.kind,
        note=link.note.strip() or None,
        is_declared=link.is_declared,
        linked_at=uow.now,
        linked_by=uow.actor.account_id,
    )
    uow.session.add(row)
    forget_kept(uow)
    uow.emit(CaseLinked(link_id=row.id, case_id=row.case_id))
    return row.id


def lift_link(link_id: UUID, case_id: UUID, reason: str, *, uow: UnitOfWork) -> UUID:
    """Let somebody near a case again, and return the link's id.

    Nobody lifts a link of their own. Raises NotFoundError for no such link of the case, also for
    one's own, and RefusedError without a reason.
    """
    row = uow.session.scalar(
        select(CaseLink).where(CaseLink.id == link_id, CaseLink.case_id == case_id, is_live())
    )
    own = uow.actor.account_id, uow.actor.contact_id
    if row is None or row.account_id == own[0] or (row.contact_id and row.contact_id == own[1]):
        raise NotFoundError("no such link")
    if len(reason.strip()) < LEAST_REASON:
        raise RefusedError("Say in a sentence why this is over, or was wrong", field="reason")

    row.lifted_at, row.lifted_by = uow.now, uow.actor.account_id
    row.lift_reason = reason.strip()
    forget_kept(uow)
    uow.emit(CaseUnlinked(link_id=row.id, case_id=row.case_id))
    return row.id


def _both(uow: UnitOfWork, link: Link) -> tuple[UUID | None, UUID | None]:
    """Return the account and the entry of the directory of whoever is meant."""
    account = uow.session.get(Account, link.account_id) if link.account_id else None
    contact_id = link.contact_id or (account.contact_id if account else None)
    contact = uow.session.get(Contact, contact_id) if contact_id else None
    if account is None and contact is None:
        raise RefusedError("This choice is no longer there. Choose again", field="who")
    if account is None and contact is not None:
        account = uow.session.scalar(select(Account).where(Account.contact_id == contact.id))
    return (account.id if account else None), (contact.id if contact else None)
