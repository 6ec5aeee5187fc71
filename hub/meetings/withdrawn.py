"""Who had been invited when a person takes consent back: they are told that they must stop."""

from collections.abc import Iterable
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
    contacts, desks = set(), set()
    for row in rows:
        is_within = purpose_of(MeetingKind(row.kind)) in scope.purposes
        if not is_within or (scope.agencies is not None and row.agency_id not in scope.agencies):
            continue
        if row.role == DUTY_DESK:
            desks.add(row.agency_id)
        contacts.add(row.id)
    tell_recipients(uow, happened.consent_id, _accounts(uow, contacts, desks))


def _accounts(uow: UnitOfWork, contacts: Iterable[UUID], desks: Iterable[UUID]) -> set[UUID]:
    of_contacts = select(Account.id).where(
        Account.contact_id.in_(list(contacts)), Account.is_active
    )
    agencies = list(desks)
    at_desks = accounts_with_role(uow, Role.DUTY_DESK, agency_ids=agencies) if agencies else []
    return {*uow.session.scalars(of_contacts), *(row.id for row in at_desks)}
