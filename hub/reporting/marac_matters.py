"""What the MARAC cycle has waiting for somebody: each as a count with its soonest deadline."""

from typing import Any

from sqlalchemy import ColumnElement, Select, func, select

from hub.db.units import UnitOfWork
from hub.marac.access import comes_to_own, goes_from_own, own_flags
from hub.marac.models import (
    Action,
    FlagNotice,
    Hearing,
    IdvaNotice,
    Research,
    Transfer,
    TransferAsk,
)
from hub.marac.queries.idva import own_idva_notices
from hub.marac.queries.research import waits_for_own
from hub.marac.queries.telling import waits_to_be_told
from hub.marac.states import ActionState
from hub.meetings.access import in_own_area, may_be_shown
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern
from hub.reporting.models import ReturnRelease

Counted = Select[*tuple[Any, ...]]


def research_to_answer(uow: UnitOfWork, _: object) -> Counted:
    """Count the cases about which the actor's agency has not answered."""
    return (
        select(func.count(), func.min(Research.due_at))
        .join(Item, Item.id == Research.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(waits_for_own(uow))
    )


def flags_to_keep(uow: UnitOfWork, _: object) -> Counted:
    """Count the flags that the actor's agency has still to set, renew or take off."""
    return (
        select(func.count(), func.min(FlagNotice.due_on))
        .join(Item, Item.id == FlagNotice.item_id)
        .where(own_flags(uow), FlagNotice.done_at.is_(None))
    )


def to_contact(uow: UnitOfWork, _: object) -> Counted:
    """Count the accepted concerns that nobody of the actor's Idva service has taken on."""
    return (
        select(func.count(), func.min(IdvaNotice.told_at))
        .join(Concern, Concern.id == IdvaNotice.concern_id)
        .where(own_idva_notices(uow), IdvaNotice.taken_at.is_(None))
    )


def to_accept(uow: UnitOfWork, _: object) -> Counted:
    """Count the actions that the actor has not accepted yet, by when they were asked."""
    return _own(uow, func.min(Action.proposed_at), Action.state == ActionState.PROPOSED)


def to_do(uow: UnitOfWork, _: object) -> Counted:
    """Count the actor's actions that are not overdue, by their days."""
    return _own(
        uow,
        func.min(Action.due_on),
        Action.state == ActionState.OPEN,
        Action.due_on >= uow.today,
    )


def overdue(uow: UnitOfWork, _: object) -> Counted:
    """Count the actor's actions that should have been done."""
    return _own(
        uow,
        func.min(Action.due_on),
        Action.state == ActionState.OPEN,
        Action.due_on < uow.today,
    )


def to_pass_on(uow: UnitOfWork, _: object) -> Counted:
    """Count the cases of which the actor has to tell, by when they were heard."""
    return (
        select(func.count(), func.min(Hearing.ended_at))
        .join(Item, Item.id == Hearing.item_id)
        .where(waits_to_be_told(uow))
    )


def exact_returns(uow: UnitOfWork, _: object) -> Counted:
    """Count the exact returns of the actor's areas that wait for a second person."""
    return select(func.count(), func.min(ReturnRelease.asked_at)).where(
        in_own_area(uow, ReturnRelease.area_id),
        ReturnRelease.approved_at.is_(None),
        ReturnRelease.refused_at.is_(None),
        ReturnRelease.asked_by != uow.actor.account_id,
    )


def _own(uow: UnitOfWork, soonest: Any, *conditions: ColumnElement[bool]) -> Counted:  # noqa: ANN401 - the least of a column
    return (
        select(func.count(), soonest)
        .select_from(Action)
        .join(Item, Item.id == Action.item_id)
        .where(
            Action.owner_id == uow.actor.account_id,
            may_be_shown(uow, is_asked=True),
            *conditions,
        )
    )


def transfers_to_answer(uow: UnitOfWork, _: object) -> Counted:
    """Count the cases that other areas sent and nobody here has taken over or returned."""
    return select(func.count(), func.min(Transfer.due_on)).where(
        comes_to_own(uow), Transfer.acknowledged_at.is_(None), Transfer.returned_at.is_(None)
    )


def papers_to_send(uow: UnitOfWork, _: object) -> Counted:
    """Count the papers that other areas asked for and nobody here has sent or refused."""
    return (
        select(func.count(), func.min(TransferAsk.due_on))
        .join(Transfer, Transfer.id == TransferAsk.transfer_id)
        .where(goes_from_own(uow), ~comes_to_own(uow), TransferAsk.answered_at.is_(None))
    )
