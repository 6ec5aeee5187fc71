"""What an invited worker is shown: the own invitations, and of one its slot, place and people."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, Select, select, tuple_
from sqlalchemy.orm import aliased

from hub.access.models import Account
from hub.agencies.models import AgencyArea, Contact, Service
from hub.agencies.queries import contact
from hub.db.units import UnitOfWork
from hub.meetings.access import answers_for, is_own_invitation, open_invitation
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting
from hub.meetings.rules import InvitationPolicy, hides_where
from hub.meetings.stand_ins import not_to_be_sent
from hub.meetings.states import MeetingShape
from hub.people.models import Person
from hub.referrals.models import Concern

PAGE_SIZE = 25
COORDINATORS = "marac_coordinator"
DESK = "duty_desk"

Colleague = aliased(Contact)
Place = tuple[datetime, UUID]
"""Where a page of a list begins: the slot's start and the id of the last line of the one before."""


@dataclass(frozen=True, slots=True)
class InvitationLine:
    """An invitation in a list, without a word on whom it is about; instants in UTC.

    ``answer_by`` is when silence sends the question on to somebody else.
    """

    id: UUID
    kind: str
    state: str
    starts_at: datetime
    ends_at: datetime
    sequence: int
    answer: str | None
    answered_at: datetime | None
    answer_by: datetime | None
    place: str | None
    video_link: str | None
    closes: bool
    """Nobody meets: what the worker knows is asked for until the start."""
    is_desk: bool


@dataclass(frozen=True, slots=True)
class Reach:
    """Whom to ring about a meeting."""

    name: str
    phone: str


@dataclass(frozen=True, slots=True, kw_only=True)
class InvitationSheet:
    """One invitation as whoever answers it sees it; instants in UTC.

    ``role`` is in what way the person is named in the case, ``is_slot`` whether the times are a
    slot of their own and not yet the whole meeting, ``closes`` whether nobody meets and what the
    worker knows is asked for until the start. Of one that was taken back there are no people
    and no place.
    """

    id: UUID
    item_id: UUID
    subject_id: UUID
    kind: str
    role: str
    state: str
    sequence: int
    starts_at: datetime
    ends_at: datetime
    is_slot: bool
    closes: bool
    meeting_starts_at: datetime
    meeting_ends_at: datetime
    place: str
    hides_where: bool
    """Whether place and co-ordinator are left out, for they would tell where somebody lives now."""
    video_link: str
    opened: bool
    answer: str | None
    note: str
    stand_in_id: UUID | None
    stand_in: str
    answer_by: datetime | None
    desk: str
    recipient_id: UUID
    sender: str
    """The colleague whose invitation it is, where the actor only stands in; else empty."""
    service_id: UUID | None
    coordinator: Reach | None
    is_held: bool
    has_begun: bool
    is_over: bool

    @property
    def join_href(self) -> str:
        """The video link, if it is an address that a browser may be sent to."""
        return self.video_link if self.video_link.startswith(("https://", "http://")) else ""

    @property
    def can_answer(self) -> bool:
        """Whether an answer can still be given or changed."""
        return self.is_held and not self.has_begun and not self.sender


def my_invitations(
    uow: UnitOfWork,
    policy: InvitationPolicy,
    *,
    after: Place | None = None,
    limit: int = PAGE_SIZE,
    past: bool = False,
) -> tuple[InvitationLine, ...]:
    """Return a page of the actor's invitations: those to come, soonest first; or ``past`` ones.

    Past ones come latest first, and only while they can still be opened.
    """
    query = _own_lines(uow)
    at = tuple_(Invitation.starts_at, Invitation.id)
    if past:
        opens = uow.now - timedelta(days=policy.access_days_after_meeting)
        query = query.where(Invitation.ends_at <= uow.now, Meeting.ends_at >= opens)
        query = query.where(at < after) if after else query
        query = query.order_by(Invitation.starts_at.desc(), Invitation.id.desc())
    else:
        query = query.where(Invitation.ends_at > uow.now)
        query = query.where(at > after) if after else query
        query = query.order_by(Invitation.starts_at, Invitation.id)
    return _read(uow, query, limit)


def open_invitations(
    uow: UnitOfWork, policy: InvitationPolicy, *, after: Place | None, limit: int
) -> tuple[InvitationLine, ...]:
    """Return a page of every invitation that the actor can open, the earliest slot first."""
    opens = uow.now - timedelta(days=policy.access_days_after_meeting)
    query = _own_lines(uow).where(Meeting.ends_at >= opens)
    if after is not None:
        query = query.where(tuple_(Invitation.starts_at, Invitation.id) > after)
    return _read(uow, query.order_by(Invitation.starts_at, Invitation.id), limit)


def line_of(uow: UnitOfWork, invitation_id: UUID) -> InvitationLine:
    """Return one invitation as it stands in this unit; whoever asks has come through its door."""
    uow.session.flush()  # the answer that was given in this very unit is part of the line
    return _read(uow, _lines().where(Invitation.id == invitation_id), 1)[0]


def _own_lines(uow: UnitOfWork) -> Select[*tuple[Any, ...]]:
    return _lines().where(Invitation.recipient_id.in_(answers_for(uow)), is_own_invitation(uow))


def _lines() -> Select[*tuple[Any, ...]]:
    return (
        select(
            Invitation.id,
            Meeting.kind,
            Invitation.state,
            Invitation.starts_at,
            Invitation.ends_at,
            Invitation.sequence,
            Invitation.answer,
            Invitation.answered_at,
            Invitation.climb_at,
            Meeting.place,
            Meeting.video_link,
            (Meeting.shape == MeetingShape.CLOSING.value).label("closes"),
            Contact.role.label("recipient_role"),
            ItemPerson.role.label("subject_role"),
            Concern.has_moved,
        )
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .join(Contact, Contact.id == Invitation.recipient_id)
        .join(Item, Item.id == Invitation.item_id)
        .outerjoin(
            ItemPerson,
            (ItemPerson.item_id == Item.id) & (ItemPerson.person_id == Invitation.subject_id),
        )
        .outerjoin(Concern, Concern.id == Item.concern_id)
    )


def _read(
    uow: UnitOfWork, query: Select[*tuple[Any, ...]], limit: int
) -> tuple[InvitationLine, ...]:
    rows = uow.session.execute(query.limit(limit))
    return tuple(map(_line, rows))


def _line(row: Row[*tuple[Any, ...]]) -> InvitationLine:
    is_hidden = hides_where(row.subject_role, has_moved=bool(row.has_moved))
    return InvitationLine(
        id=row.id,
        kind=row.kind,
        state=row.state,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        sequence=row.sequence,
        answer=row.answer,
        answered_at=row.answered_at,
        answer_by=row.climb_at,
        place=None if is_hidden else row.place,
        video_link=row.video_link,
        closes=row.closes,
        is_desk=row.recipient_role == DESK,
    )


def invitation_sheet(
    uow: UnitOfWork, invitation_id: UUID, policy: InvitationPolicy
) -> InvitationSheet:
    """Return one invitation to whoever may answer it. Raises NotFoundError."""
    row = open_invitation(uow, invitation_id, policy)
    meeting = uow.session.execute(
        select(
            Meeting.kind,
            Meeting.shape,
            Meeting.starts_at,
            Meeting.ends_at,
            Meeting.place,
            Meeting.video_link,
            Meeting.area_id,
            Meeting.coordinator_id,
            Item.starts_at.label("slot"),
            ItemPerson.role,
            Concern.has_moved,
            Colleague.name.label("stand_in"),
        )
        .select_from(Meeting)
        .join(Item, Item.id == row.item_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(
            ItemPerson,
            (ItemPerson.item_id == Item.id) & (ItemPerson.person_id == row.subject_id),
        )
        .outerjoin(Colleague, Colleague.id == row.stand_in_id)
        .where(Meeting.id == row.meeting_id)
    ).one()
    recipient = contact(uow, row.recipient_id)
    is_held = row.state == "held"
    is_hidden = hides_where(meeting.role, has_moved=bool(meeting.has_moved))
    reach = None if is_hidden else _reach(uow, meeting.coordinator_id, meeting.area_id)
    return InvitationSheet(
        id=row.id,
        item_id=row.item_id,
        subject_id=row.subject_id,
        kind=meeting.kind,
        role=(meeting.role or "") if is_held else "",
        state=row.state,
        sequence=row.sequence,
        starts_at=row.starts_at,
        ends_at=row.ends_at,
        is_slot=meeting.slot is not None,
        closes=meeting.shape == MeetingShape.CLOSING,
        meeting_starts_at=meeting.starts_at,
        meeting_ends_at=meeting.ends_at,
        place=(meeting.place or "") if is_held and not is_hidden else "",
        hides_where=is_hidden,
        video_link=(meeting.video_link or "") if is_held else "",
        opened=row.opened_at is not None,
        answer=row.answer,
        note=row.answer_note or "",
        stand_in_id=row.stand_in_id,
        stand_in=meeting.stand_in or "",
        answer_by=row.climb_at,
        desk=(recipient.service or recipient.agency) if recipient.role == DESK else "",
        recipient_id=row.recipient_id,
        sender="" if row.recipient_id in answers_for(uow) else recipient.name,
        service_id=recipient.service_id,
        coordinator=reach,
        is_held=is_held,
        has_begun=meeting.starts_at <= uow.now,
        is_over=meeting.ends_at <= uow.now,
    )


def subject_name(uow: UnitOfWork, sheet: InvitationSheet) -> str:
    """Return the name of the person whom the invitation is about; a look must stand already."""
    row = uow.session.execute(
        select(Person.given_name, Person.known_as, Person.family_name).where(
            Person.id == sheet.subject_id
        )
    ).one()
    called = f" (called {row.known_as})" if row.known_as else ""
    return f"{row.given_name} {row.family_name}{called}"


def colleagues(uow: UnitOfWork, sheet: InvitationSheet) -> tuple[tuple[UUID, str], ...]:
    """Return whom the recipient can send: the service's people at work with an address, by name.

    Whoever must have nothing to do with the case, or stands on its other side, is not among them.
    """
    if sheet.service_id is None:
        return ()
    unwelcome = not_to_be_sent(uow, sheet.item_id, sheet.subject_id)
    rows = uow.session.execute(
        select(Contact.id, Contact.name)
        .where(
            Contact.service_id == sheet.service_id,
            Contact.role != DESK,
            Contact.id != sheet.recipient_id,
            Contact.email.is_not(None),
            Contact.works_until.is_(None) | (Contact.works_until > uow.today),
        )
        .order_by(Contact.name, Contact.id)
    )
    return tuple((row.id, row.name) for row in rows if row.id not in unwelcome)


def _reach(uow: UnitOfWork, coordinator_id: UUID | None, area_id: UUID) -> Reach | None:
    """Return the meeting's co-ordinator, else the area's, else the desk of the area's MARAC."""
    own = (
        select(Contact.name, Contact.phone)
        .join(Account, Account.contact_id == Contact.id)
        .where(Account.id == coordinator_id, Contact.phone.is_not(None))
    )
    of_area = (
        select(Contact.name, Contact.phone)
        .join(AgencyArea, AgencyArea.agency_id == Contact.agency_id)
        .where(
            AgencyArea.area_id == area_id,
            Contact.role == COORDINATORS,
            Contact.phone.is_not(None),
            Contact.works_until.is_(None) | (Contact.works_until > uow.today),
        )
        .order_by(Contact.preference, Contact.name, Contact.id)
    )
    desk = (
        select(Service.name, Service.phone)
        .join(AgencyArea, AgencyArea.agency_id == Service.agency_id)
        .where(AgencyArea.area_id == area_id, Service.kind == "marac", Service.phone.is_not(None))
        .order_by(Service.name, Service.id)
    )
    for query in (own, of_area, desk):
        found = uow.session.execute(query.limit(1)).one_or_none()
        if found is not None:
            return Reach(name=found[0], phone=found[1] or "")
    return None
