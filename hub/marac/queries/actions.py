"""Actions as rows: those of a case, one's own, those of one's agency, and what happened to each."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, false, func, or_, select

from hub.access.models import Account, AccountRole
from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency, AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.marac.models import Action, ActionStep, Undertaking
from hub.marac.queries.room import room_of
from hub.marac.states import UNSETTLED, ActionState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item, ItemPerson, Meeting
from hub.people.conflicts import Away, kept_away
from hub.referrals.models import Concern

DOERS = (
    Role.AGENCY_REPRESENTATIVE,
    Role.LEAVING_CARE_WORKER,
    Role.TEAM_MANAGER,
    Role.DUTY_DESK,
)
AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class ActionRow:
    """One action; ``case`` is the concern's reference."""

    id: UUID
    item_id: UUID
    reference: str
    case: str
    text: str
    risk: str
    agency: str
    owner_id: UUID
    owner: str
    due_on: date
    may_tell_victim: bool
    state: str
    outcome: str
    version: int

    def is_overdue(self, today: date) -> bool:
        """Tell whether it should have been done by now."""
        return self.state in UNSETTLED and self.due_on < today


@dataclass(frozen=True)
class StepRow:
    """Something that happened to an action."""

    what: str
    note: str
    by: str
    done_at: datetime


def actions_of(uow: UnitOfWork, item_id: UUID) -> tuple[ActionRow, ...]:
    """Return the actions of a case in the order of their days."""
    return _read(uow, _rows().where(Action.item_id == item_id))


def actions_of_items(uow: UnitOfWork, item_ids: Iterable[UUID]) -> tuple[ActionRow, ...]:
    """Return the actions of several cases in the order of their days."""
    return _read(uow, _rows().where(Action.item_id.in_(tuple(item_ids))))


def action_row(uow: UnitOfWork, action_id: UUID) -> ActionRow:
    """Return one action; open it through ``access`` first. Raises NotFoundError."""
    found = _read(uow, _rows().where(Action.id == action_id))
    if not found:
        raise NotFoundError("There is no such action.")
    return found[0]


def own_actions(uow: UnitOfWork) -> tuple[ActionRow, ...]:
    """Return the unsettled actions that are the actor's, or of the agency that they represent."""
    wanted = _rows().where(is_own_action(uow), Action.state.in_(UNSETTLED))
    return _read(uow, wanted)


def without_owner(uow: UnitOfWork, meeting_id: UUID) -> int:
    """Return how many actions of a meeting nobody has accepted, for whoever runs the meeting."""
    wanted = (
        select(func.count(Action.id))
        .join(Item, Item.id == Action.item_id)
        .where(
            Item.meeting_id == meeting_id,
            Action.state.in_((ActionState.PROPOSED, ActionState.DECLINED)),
            may_be_shown(uow),
        )
    )
    return uow.session.scalar(wanted) or 0


def is_own_action(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that an action, joined with its item, is the actor's or their agency's.

    The agency's are for those who may report on them, its representatives; a conflict of interest
    hides both.
    """
    mine = (Action.owner_id == uow.actor.account_id) & may_be_shown(uow, is_asked=True)
    if uow.actor.agency_id and may(uow.actor, Permission.ACTION_REPORT, {Fact.SAME_AGENCY}):
        return mine | ((Action.agency_id == uow.actor.agency_id) & may_be_shown(uow))
    return mine


def steps_of(uow: UnitOfWork, action_id: UUID) -> tuple[StepRow, ...]:
    """Return what happened to an action, in order."""
    rows = uow.session.execute(
        select(ActionStep.what, ActionStep.note, Account.name, ActionStep.done_at)
        .outerjoin(Account, Account.id == ActionStep.done_by)
        .where(ActionStep.action_id == action_id)
        .order_by(ActionStep.number)
    )
    return tuple(StepRow(row[0], row[1] or "", row[2] or "the hub", row[3]) for row in rows)


def _rows() -> AnySelect:
    return (
        select(
            Action.id,
            Action.item_id,
            Action.reference,
            Concern.reference,
            Action.text,
            Action.risk,
            Agency.name,
            Action.owner_id,
            Account.name,
            Action.due_on,
            Action.may_tell_victim,
            Action.state,
            Action.outcome,
            Action.version,
        )
        .join(Item, Item.id == Action.item_id)
        .join(Agency, Agency.id == Action.agency_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .outerjoin(Account, Account.id == Action.owner_id)
        .order_by(Action.due_on, Action.id)
    )


def _read(uow: UnitOfWork, wanted: AnySelect) -> tuple[ActionRow, ...]:
    return tuple(
        ActionRow(
            id=row[0],
            item_id=row[1],
            reference=row[2],
            case=row[3] or "",
            text=row[4],
            risk=row[5],
            agency=row[6],
            owner_id=row[7],
            owner=row[8] or "",
            due_on=row[9],
            may_tell_victim=row[10],
            state=row[11],
            outcome=row[12] or "",
            version=row[13],
        )
        for row in uow.session.execute(wanted)
    )


@dataclass(frozen=True)
class Owner:
    """Somebody who could do an action."""

    id: UUID
    name: str
    agency: str
    is_here: bool
    """Whether they heard the case, so that the action is theirs at once: see ``Room``."""


def owners(uow: UnitOfWork, item_id: UUID) -> tuple[Owner, ...]:
    """Return who of the area's agencies could do an action of a case, by agency and name.

    They are representatives, leaving care workers and their managers and desks, and whoever has
    accepted the statement of the meeting; nobody who is kept away from the case.
    """
    return _people(uow, uow.session.get_one(Item, item_id), false())


def tellers(uow: UnitOfWork, item_id: UUID) -> tuple[Owner, ...]:
    """Return who could tell the victim of a case: who could do an action, and its referrer."""
    item = uow.session.get_one(Item, item_id)
    referrer = select(Concern.referrer_id).where(Concern.id == item.concern_id)
    return _people(uow, item, Account.id.in_(referrer))


def is_away_from(uow: UnitOfWork, item: Item, account: Account) -> bool:
    """Tell whether somebody is kept away from a case, so that it is not there for them."""
    away = _away(uow, item)
    return away.has(account_id=account.id, contact_id=account.contact_id)


def _away(uow: UnitOfWork, item: Item) -> Away:
    people = select(ItemPerson.person_id).where(ItemPerson.item_id == item.id)
    return kept_away(uow, cases=[item.concern_id], people=uow.session.scalars(people))


def _people(uow: UnitOfWork, item: Item, also: ColumnElement[bool]) -> tuple[Owner, ...]:
    meeting_id, away = item.meeting_id, _away(uow, item)
    area = select(Meeting.area_id).where(Meeting.id == meeting_id).scalar_subquery()
    here = select(AgencyArea.agency_id).where(AgencyArea.area_id == area)
    could = select(AccountRole.account_id).where(AccountRole.role.in_(DOERS))
    signed = select(Undertaking.account_id).where(Undertaking.meeting_id == meeting_id)
    room = room_of(uow, item)
    rows = uow.session.execute(
        select(Account.id, Account.name, Agency.name, Account.contact_id, Account.agency_id)
        .join(Agency, Agency.id == Account.agency_id)
        .where(
            Account.is_active,
            or_(
                Account.id.in_(signed),
                Account.agency_id.in_(here) & Account.id.in_(could),
                also,
            ),
        )
        .order_by(Agency.name, Account.name, Account.id)
    )
    return tuple(
        Owner(row[0], row[1], row[2], room.had(row[0], row[3], row[4]))
        for row in rows
        if not away.has(account_id=row[0], contact_id=row[3])
    )
