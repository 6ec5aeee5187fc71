"""What waits for the one person who was chosen to tell the victim what was agreed."""

from dataclasses import dataclass
from datetime import date, datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, and_, select

from hub.db.units import UnitOfWork
from hub.marac.access import is_own_telling
from hub.marac.models import Action, Hearing
from hub.marac.states import ActionState, HearingState
from hub.meetings.models import Item
from hub.referrals.models import Concern

TOLD_OF = (ActionState.OPEN, ActionState.DONE)


@dataclass(frozen=True)
class ToPassOn:
    """A case whose victim is still to be told, by its reference."""

    item_id: UUID
    case: str
    ended_at: datetime | None


@dataclass(frozen=True)
class TellableAction:
    """An action that the victim may be told of."""

    text: str
    due_on: date


def waits_to_be_told(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a hearing, joined with its item, waits for the actor to tell."""
    return and_(
        is_own_telling(uow),
        Hearing.state.in_((HearingState.HEARD, HearingState.NOTED)),
        Hearing.told_on.is_(None),
        Hearing.not_told_why.is_(None),
    )


def to_pass_on(uow: UnitOfWork) -> tuple[ToPassOn, ...]:
    """Return the cases of which the actor has still to tell, the first heard first."""
    rows: Any = uow.session.execute(
        select(Item.id, Concern.reference, Hearing.ended_at)
        .join(Hearing, Hearing.item_id == Item.id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .where(waits_to_be_told(uow))
        .order_by(Hearing.ended_at, Item.id)
    )
    return tuple(ToPassOn(row[0], row[1] or "", row[2]) for row in rows)


def tellable(uow: UnitOfWork, item_id: UUID) -> tuple[TellableAction, ...]:
    """Return the actions of a case that the victim may be told of; open the case first."""
    rows = uow.session.execute(
        select(Action.text, Action.due_on)
        .where(Action.item_id == item_id, Action.may_tell_victim, Action.state.in_(TOLD_OF))
        .order_by(Action.due_on, Action.id)
    )
    return tuple(TellableAction(*row) for row in rows)
