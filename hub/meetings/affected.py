"""Which meetings an event could matter to: too many is slow, too few is a lost worker."""

from collections.abc import Collection, Sequence
from uuid import UUID

from sqlalchemy import Executable, select

from hub.agencies.events import (
    AbsenceSaved,
    AgencyResumed,
    AgencySuspended,
    ContactAddressDoubted,
    ContactChecked,
    ContactSaved,
    DirectoryImported,
    ServiceSaved,
    TeamSaved,
)
from hub.agencies.models import Absence, Contact, Team
from hub.db.units import UnitOfWork
from hub.kernel.events import Event
from hub.meetings.events import (
    CaseListed,
    CaseUnlisted,
    GapExcused,
    InvitationAnswered,
    InvitationClimbed,
    ItemPeopleChanged,
    MeetingCancelled,
    MeetingMoved,
    MeetingPlanned,
    RecipientBarred,
    SlotsChanged,
)
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.situations import DUTY_DESK, UPCOMING, upcoming_ids
from hub.people.events import (
    AllocationChanged,
    CaseLinked,
    CaseUnlinked,
    ConflictDeclared,
    ConflictWithdrawn,
    PersonSaved,
    RegisterImported,
)
from hub.people.models import Allocation, IdentityCheck, Person
from hub.sharing.events import (
    AgreementChanged,
    ConsentRecorded,
    ConsentWithdrawn,
    RisksWeighed,
)

OF_MEETING = (
    MeetingPlanned,
    MeetingMoved,
    MeetingCancelled,
    CaseListed,
    CaseUnlisted,
    SlotsChanged,
    ItemPeopleChanged,
)
OF_ITEM = (RecipientBarred, GapExcused, RisksWeighed)
OF_INVITATION = (InvitationAnswered, InvitationClimbed)
OF_PERSON = (
    PersonSaved,
    AllocationChanged,
    ConflictDeclared,
    ConflictWithdrawn,
    ConsentRecorded,
    ConsentWithdrawn,
)
OF_CASE = (CaseLinked, CaseUnlinked)
OF_CONTACT = (ContactSaved, ContactChecked, ContactAddressDoubted, AbsenceSaved)
OF_ALL = (
    ServiceSaved,
    TeamSaved,
    AgencySuspended,
    AgencyResumed,
    AgreementChanged,
    DirectoryImported,
    RegisterImported,
)


def affected(uow: UnitOfWork, events: Sequence[Event]) -> set[UUID]:
    """Return the meetings to reconcile after the events: exactly named, or all still to come."""
    if any(isinstance(event, OF_ALL) for event in events):
        return set(upcoming_ids(uow))
    found = {event.meeting_id for event in events if isinstance(event, OF_MEETING)}
    items = {event.item_id for event in events if isinstance(event, OF_ITEM)}
    invitations = {event.invitation_id for event in events if isinstance(event, OF_INVITATION)}
    people = {event.person_id for event in events if isinstance(event, OF_PERSON)}
    cases = {event.case_id for event in events if isinstance(event, OF_CASE)}
    contacts = {event.contact_id for event in events if isinstance(event, OF_CONTACT)}
    if items:
        found |= _scalars(uow, select(Item.meeting_id).where(Item.id.in_(items)))
    if invitations:
        wanted = select(Invitation.meeting_id).where(Invitation.id.in_(invitations))
        found |= _scalars(uow, wanted)
    if cases:
        meant = select(IdentityCheck.person_id).where(IdentityCheck.concern_id.in_(cases))
        people |= _scalars(uow, meant.where(IdentityCheck.person_id.is_not(None)))
    if contacts:
        people |= _people_of(uow, contacts)
        found |= _invited_to(uow, contacts)
    return found | _meetings_of(uow, people)


def _people_of(uow: UnitOfWork, contacts: Collection[UUID]) -> set[UUID]:
    """Return the people for whom any of the contacts could be a rung of the ladder."""
    workers = set(contacts)
    workers |= _scalars(uow, select(Contact.id).where(Contact.deputy_id.in_(contacts)))
    workers |= _scalars(uow, select(Absence.contact_id).where(Absence.cover_id.in_(contacts)))
    managed = select(Team.id).where(Team.manager_id.in_(contacts))
    workers |= _scalars(uow, select(Contact.id).where(Contact.team_id.in_(managed)))
    desks = select(Contact.service_id).where(Contact.id.in_(contacts), Contact.role == DUTY_DESK)
    served = _scalars(uow, desks.where(Contact.service_id.is_not(None)))
    if served:
        workers |= _scalars(uow, select(Contact.id).where(Contact.service_id.in_(served)))
    people = _scalars(uow, select(Allocation.person_id).where(Allocation.worker_id.in_(workers)))
    return people | _scalars(uow, select(Person.id).where(Person.service_id.in_(served)))


def _invited_to(uow: UnitOfWork, contacts: Collection[UUID]) -> set[UUID]:
    invited = Invitation.recipient_id.in_(contacts)
    return _scalars(uow, select(Invitation.meeting_id).where(invited, Invitation.state == "held"))


def _meetings_of(uow: UnitOfWork, people: Collection[UUID]) -> set[UUID]:
    if not people:
        return set()
    return _scalars(
        uow,
        select(Meeting.id)
        .join(Item, Item.meeting_id == Meeting.id)
        .join(ItemPerson, ItemPerson.item_id == Item.id)
        .where(
            ItemPerson.person_id.in_(people),
            Meeting.starts_at > uow.now,
            Meeting.state.in_(UPCOMING),
        ),
    )


def _scalars(uow: UnitOfWork, query: Executable) -> set[UUID]:
    return set(uow.session.scalars(query))
