"""What was agreed for the same victim and alleged perpetrator before, and what came of it.

Open the case through ``access`` first. What another area agreed is not the meeting's to read.
"""

from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Select, or_, select
from sqlalchemy.orm import aliased

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.models import Action, SubjectParty
from hub.marac.rules.actions import is_same_action, was_tried
from hub.marac.states import ActionState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Party
from hub.referrals.states import PartyRole


@dataclass(frozen=True)
class EarlierAction:
    """An action of an earlier meeting about the same people, or agreed before at this one."""

    id: UUID
    reference: str
    met_on: date
    text: str
    state: str
    outcome: str


def earlier_actions(uow: UnitOfWork, item_id: UUID) -> tuple[EarlierAction, ...]:
    """Return the actions of the earlier meetings of a case in its area, the latest meeting first.

    That two referrals are about the same people is what a co-ordinator said.
    """
    return _read(uow, _of_case(uow, item_id).where(Item.id != item_id))


def tried_before(uow: UnitOfWork, item_id: UUID, text: str) -> tuple[EarlierAction, ...]:
    """Return the actions that said the same as a text and of which something came.

    Those count too that were agreed at this very meeting; the latest meeting comes first.
    """
    return tuple(
        one
        for one in _read(uow, _of_case(uow, item_id))
        if was_tried(ActionState(one.state)) and is_same_action(one.text, text)
    )


def _of_case(uow: UnitOfWork, item_id: UUID) -> Select[*tuple[Any, ...]]:
    own = uow.session.get_one(Item, item_id)
    here = uow.session.get_one(Meeting, own.meeting_id)
    same = _with_same(PartyRole.VICTIM, own).intersect(
        _with_same(PartyRole.ALLEGED_PERPETRATOR, own)
    )
    return (
        select(
            Action.id,
            Action.reference,
            Meeting.starts_at,
            Action.text,
            Action.state,
            Action.outcome,
        )
        .join(Item, Item.id == Action.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(
            or_(Item.id == item_id, Item.concern_id == own.concern_id, Item.concern_id.in_(same)),
            Meeting.area_id == here.area_id,
            Meeting.starts_at <= here.starts_at,
            may_be_shown(uow),
        )
        .order_by(Meeting.starts_at.desc(), Action.due_on, Action.id)
    )


def _with_same(role: PartyRole, own: Item) -> Select[*tuple[Any, ...]]:
    """Return the concerns that have somebody of an item's concern in the same role."""
    said, party = aliased(SubjectParty), aliased(Party)
    mine = (
        select(said.subject_id)
        .join(party, party.id == said.party_id)
        .where(party.concern_id == own.concern_id, party.role == role)
    )
    return (
        select(Party.concern_id)
        .join(SubjectParty, SubjectParty.party_id == Party.id)
        .where(Party.role == role, SubjectParty.subject_id.in_(mine))
    )


def _read(uow: UnitOfWork, wanted: Select[*tuple[Any, ...]]) -> tuple[EarlierAction, ...]:
    return tuple(
        EarlierAction(row[0], row[1], london_day(row[2]), row[3], row[4], row[5] or "")
        for row in uow.session.execute(wanted)
    )
