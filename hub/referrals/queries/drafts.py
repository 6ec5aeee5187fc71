"""A draft as its referrer's pages read it, and what can be filled in for them."""

from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.drafts import Typed
from hub.referrals import journey
from hub.referrals.access import open_draft
from hub.referrals.journey import Draft


def read_draft(uow: UnitOfWork, draft_id: UUID) -> Draft:
    """Return a draft of the actor's own. Raises NotFoundError."""
    return journey.load(open_draft(uow, draft_id).answers)


def own_details(uow: UnitOfWork) -> Typed:
    """Return what the hub knows of the actor, as they would type it on the first page."""
    row = uow.session.execute(
        select(Account.name, Account.email, Contact.phone)
        .join(Contact, Contact.id == Account.contact_id, isouter=True)
        .where(Account.id == uow.actor.account_id)
    ).one_or_none()
    if row is None:
        return {}
    known = {"name": row.name, "email": row.email, "phone": row.phone}
    return {name: [value] for name, value in known.items() if value}
