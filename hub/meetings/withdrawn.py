"""Who had been invited when a person takes consent back: they are told that they must stop."""

from collections import defaultdict
from collections.abc import Mapping
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.access.queries import accounts_with_role
from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.meetings.models import Invitation, Meeting
from hub.meetings.rules import purpose_of
from hub.meetings.situation import MeetingKind
from hub.meetings.situations import DUTY_DESK
from hub.sharing.commands import tell_recipients
from hub.sharing.events import ConsentWithdrawn
from hub.sharing.queries.consents import records_of
from hub.sharing.rules import Category, Purpose

Pair = tuple[Purpose, Category]
TOLD = frozenset({Category.EXISTENCE, Category.WORKER_CONTACT})
"""What an invitation tells: that the person is in a case, and whose worker is asked to it."""


def tell_invited(uow: UnitOfWork, happened: ConsentWithdrawn) -> None:
    """Tell the accounts of everybody who was ever invited about the person, within the scope.

    An invitation tells that the person is in a case of the meeting's purpose. A desk is told
    through the accounts of its agency's desks.
    """
    records = records_of(uow, [happened.person_id])[happened.person_id]
    scope = next(one.scope for one in records if one.id == happened.consent_id)
    rows = uow.session.execute(
        select(Contact.id, Contact.agency_id, Contact.role, Meeting.kind)
        .join(Invitation, Invitation.recipient_id == Contact.id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.subject_id == happened.person_id)
        .distinct()
    )
    contacts: dict[UUID, set[Pair]] = defaultdict(set)
    desks: dict[UUID, set[Pair]] = defaultdict(set)
    for row in rows:
        purpose = purpose_of(MeetingKind(row.kind))
        is_to = scope.agencies is None or row.agency_id in scope.agencies
        if purpose not in scope.purposes or not is_to:
            continue
        pairs = {(purpose, category) for category in TOLD & scope.categories}
        if pairs:
            contacts[row.id] |= pairs
        if pairs and row.role == DUTY_DESK:
            desks[row.agency_id] |= pairs
    tell_recipients(uow, happened.consent_id, _accounts(uow, contacts, desks))


def _accounts(
    uow: UnitOfWork, contacts: Mapping[UUID, set[Pair]], desks: Mapping[UUID, set[Pair]]
) -> dict[UUID, set[Pair]]:
    found: dict[UUID, set[Pair]] = defaultdict(set)
    of_contacts = select(Account.id, Account.contact_id).where(
        Account.contact_id.in_(list(contacts)), Account.is_active
    )
    for row in uow.session.execute(of_contacts):
        found[row.id] |= contacts[row.contact_id]
    at_desks = accounts_with_role(uow, Role.DUTY_DESK, agency_ids=list(desks)) if desks else []
    for account in at_desks:
        found[account.id] |= desks[account.agency_id]
    return found
