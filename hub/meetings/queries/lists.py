"""Lists: meetings a page at a time, and the choices that planning and listing offer."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, and_, exists, func, or_, select, true

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea, Area, Contact, Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.meetings.access import is_open_meeting, may_be_shown
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.meetings.wording import kind_in_words
from hub.referrals.models import Concern

AnySelect = Select[*tuple[Any, ...]]
PAGE_SIZE = 25
AHEAD = ("planned", "issued")
RECENT = timedelta(weeks=12)
"""How long a concern is offered for a safety planning or other meeting: a product choice."""


@dataclass(frozen=True)
class MeetingLine:
    """A meeting in a list."""

    id: UUID
    reference: str
    kind: str
    shape: str
    state: str
    area: str
    starts_at: datetime
    ends_at: datetime
    cases: int

    @property
    def said_kind(self) -> str:
        """What sort of meeting it is, in words."""
        return kind_in_words(self.kind, self.shape)


@dataclass(frozen=True)
class Meetings:
    """One page of meetings and the meeting after which the next page begins, None at the end."""

    lines: tuple[MeetingLine, ...]
    next_after: UUID | None


def upcoming(uow: UnitOfWork, after: UUID | None = None) -> Meetings:
    """Return one page of the meetings not over yet, the soonest first."""
    wanted = _lines(uow).where(Meeting.ends_at > uow.now, Meeting.state.in_(AHEAD))
    wanted = wanted.where(is_open_meeting(uow))
    starts_at = _start_of(uow, after)
    if starts_at is not None:
        later = and_(Meeting.starts_at == starts_at, Meeting.id > after)
        wanted = wanted.where(or_(Meeting.starts_at > starts_at, later))
    return _page(uow, wanted.order_by(Meeting.starts_at, Meeting.id))


def past(uow: UnitOfWork, after: UUID | None = None) -> Meetings:
    """Return one page of the meetings that are over or were cancelled, the latest first."""
    over = or_(Meeting.ends_at <= uow.now, Meeting.state.not_in(AHEAD))
    wanted = _lines(uow).where(over, is_open_meeting(uow))
    starts_at = _start_of(uow, after)
    if starts_at is not None:
        earlier = and_(Meeting.starts_at == starts_at, Meeting.id < after)
        wanted = wanted.where(or_(Meeting.starts_at < starts_at, earlier))
    return _page(uow, wanted.order_by(Meeting.starts_at.desc(), Meeting.id.desc()))


@dataclass(frozen=True)
class Named:
    """Something that can be chosen: its id, its name and what tells it from another."""

    id: UUID
    name: str
    about: str = ""


def areas(uow: UnitOfWork) -> tuple[Named, ...]:
    """Return the areas that the actor's agency works in."""
    mine = select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)
    rows = uow.session.execute(
        select(Area.id, Area.name, Area.id.in_(mine)).order_by(Area.name, Area.id)
    ).all()
    own = [row for row in rows if row[2]]
    return tuple(Named(row[0], row[1]) for row in (own if uow.actor.agency_id else rows))


def chairs(uow: UnitOfWork) -> tuple[Named, ...]:
    """Return the accounts that can chair in an area of the actor's agency, by name."""
    mine = select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)
    near = select(AgencyArea.agency_id).where(AgencyArea.area_id.in_(mine))
    is_near = or_(Account.agency_id.is_(None), Account.agency_id.in_(near))
    rows = uow.session.execute(
        select(Account.id, Account.name, Agency.name)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(
            AccountRole.role == Role.CHAIR.value,
            Account.is_active,
            true() if uow.actor.agency_id is None else is_near,
        )
        .order_by(Account.name, Account.id)
    )
    return tuple(Named(row[0], row[1], row[2] or "") for row in rows)


def can_be_listed(uow: UnitOfWork, meeting_id: UUID, kind: str) -> ColumnElement[bool]:
    """Return the condition under which an accepted concern is offered for a meeting.

    A MARAC hears a case once, an emergency one besides. Every other meeting may be about a case
    whatever agendas it is on, if it is a recent one or one that a meeting to come is about.
    """
    listed = exists().where(
        Item.concern_id == Concern.id, Item.state == "listed", Item.meeting_id == Meeting.id
    )
    here = listed.where(Meeting.id == meeting_id)
    if kind == MeetingKind.MARAC:
        heard = listed.where(
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.shape != MeetingShape.EMERGENCY.value,
            Meeting.state != "cancelled",
        )
        return and_(~here, ~heard)
    to_come = listed.where(Meeting.state.in_(AHEAD), Meeting.starts_at > uow.now)
    return and_(~here, or_(Concern.submitted_at >= uow.now - RECENT, to_come))


def workers_of(uow: UnitOfWork, service_ids: set[UUID]) -> tuple[Named, ...]:
    """Return who of the services can be written to today, by name, with their service."""
    rows = uow.session.execute(
        select(Contact.id, Contact.name, Service.name)
        .join(Service, Service.id == Contact.service_id)
        .where(
            Contact.service_id.in_(service_ids),
            Contact.email.is_not(None),
            or_(Contact.works_until.is_(None), Contact.works_until > uow.today),
        )
        .order_by(Contact.name, Contact.id)
    )
    return tuple(Named(row[0], row[1], row[2]) for row in rows)


def _lines(uow: UnitOfWork) -> AnySelect:
    cases = (
        select(func.count())
        .where(Item.meeting_id == Meeting.id, Item.state == "listed", may_be_shown(uow))
        .scalar_subquery()
    )
    return select(
        Meeting.id,
        Meeting.reference,
        Meeting.kind,
        Meeting.shape,
        Meeting.state,
        Area.name,
        Meeting.starts_at,
        Meeting.ends_at,
        cases,
    ).join(Area, Area.id == Meeting.area_id)


def _start_of(uow: UnitOfWork, meeting_id: UUID | None) -> datetime | None:
    if meeting_id is None:
        return None
    return uow.session.scalar(select(Meeting.starts_at).where(Meeting.id == meeting_id))


def _page(uow: UnitOfWork, wanted: AnySelect) -> Meetings:
    rows = [MeetingLine(*row) for row in uow.session.execute(wanted.limit(PAGE_SIZE + 1))]
    shown = tuple(rows[:PAGE_SIZE])
    return Meetings(shown, shown[-1].id if len(rows) > PAGE_SIZE else None)
