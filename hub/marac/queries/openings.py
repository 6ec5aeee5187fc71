"""What stands before the first case of an agenda: actions not done yet, and flags that end.

SafeLives' suggested agenda has both (domain notes 1.7); here they come first, so that they are not
what a meeting runs out of time for.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, exists, select
from sqlalchemy.orm import aliased

from hub.agencies.models import Agency
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, months_after
from hub.marac.models import Action, Hearing, SubjectParty
from hub.marac.rules.areas import AreaRules
from hub.marac.states import ActionState
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern, Party
from hub.referrals.states import PartyRole

NOT_DONE = (ActionState.PROPOSED, ActionState.OPEN)
SLACK = timedelta(days=3)
"""How far apart two days can fall when both are counted from the end of a month."""

LONGEST_BETWEEN = timedelta(days=92)
"""Where no MARAC was held before, a case that lapsed up to so long ago is still named."""


@dataclass(frozen=True, slots=True)
class Overdue:
    """An action that should have been done, by the references of it and of its case."""

    item_id: UUID
    reference: str
    case: str
    agency: str
    due_on: date


@dataclass(frozen=True, slots=True)
class Lapsing:
    """A case whose flag ends; ``flag_until`` is the last day on which agencies keep it."""

    item_id: UUID
    case: str
    heard_on: date
    flag_until: date


def overdue_at(uow: UnitOfWork, area_id: UUID, on: date) -> tuple[Overdue, ...]:
    """Return the area's actions that are overdue on a day and may be shown, the oldest first."""
    rows = uow.session.execute(
        select(Item.id, Action.reference, Concern.reference, Agency.name, Action.due_on)
        .join(Item, Item.id == Action.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Concern, Concern.id == Item.concern_id)
        .join(Agency, Agency.id == Action.agency_id)
        .where(
            Meeting.area_id == area_id,
            Action.state.in_([state.value for state in NOT_DONE]),
            Action.due_on < on,
            may_be_shown(uow),
        )
        .order_by(Action.due_on, Action.reference)
    )
    return tuple(Overdue(*row) for row in rows)


def lapsing_at(
    uow: UnitOfWork, meeting: Meeting, rules: AreaRules, last: date | None
) -> tuple[Lapsing, ...]:
    """Return the cases whose flag ends between the MARAC before (``last``) and this one.

    The flag is counted from the last day on which the case was heard in the area; a case that was
    heard again here since lapses later. What was heard in another area since, after a transfer, is
    not told here. Source: SafeLives' suggested agenda, "notification of cases 12 months on".
    """
    on = london_day(meeting.starts_at)
    since = last or on - LONGEST_BETWEEN
    months = rules.clocks.flag_months
    found = []
    for item_id, case, heard_on in uow.session.execute(_heard(uow, meeting, since, on, months)):
        until = months_after(heard_on, months)
        if since < until <= on:
            found.append(Lapsing(item_id, case, heard_on, until))
    return tuple(found)


def _heard(
    uow: UnitOfWork, meeting: Meeting, since: date, until: date, months: int
) -> Select[*tuple[Any, ...]]:
    return (
        select(Item.id, Concern.reference, Hearing.heard_on)
        .join(Item, Item.id == Hearing.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Concern, Concern.id == Item.concern_id)
        .where(
            Meeting.area_id == meeting.area_id,
            Hearing.heard_on >= months_after(since, -months) - SLACK,
            Hearing.heard_on <= months_after(until, -months) + SLACK,
            ~_heard_again(),
            may_be_shown(uow),
        )
        .order_by(Hearing.heard_on, Concern.reference)
    )


def _heard_again() -> ColumnElement[bool]:
    """Return the condition that the victim was heard later with each of the alleged perpetrators.

    Where one of two was heard again, the case with the other lapses. That two concerns speak of the
    same people is what a co-ordinator said; a concern that was listed again speaks of its own.
    """
    alleged, left = aliased(Party), aliased(Party)
    with_all = exists(
        select(alleged.id)
        .where(alleged.concern_id == Item.concern_id, alleged.role == PartyRole.ALLEGED_PERPETRATOR)
        .correlate(Item)
    ) & ~exists(
        select(left.id)
        .where(
            left.concern_id == Item.concern_id,
            left.role == PartyRole.ALLEGED_PERPETRATOR,
            ~_later(lambda item: _names_victim(item) & _names(left, item)),
        )
        .correlate(Hearing, Item, Meeting)
    )
    return _later(lambda item: item.concern_id == Item.concern_id) | with_all


def _later(which: Callable[[type[Item]], ColumnElement[bool]]) -> ColumnElement[bool]:
    """Return the condition that such an item was heard later in the same area."""
    later, item, meeting = aliased(Hearing), aliased(Item), aliased(Meeting)
    return exists(
        select(later.item_id)
        .join(item, item.id == later.item_id)
        .join(meeting, meeting.id == item.meeting_id)
        .where(later.heard_on > Hearing.heard_on, meeting.area_id == Meeting.area_id, which(item))
        .correlate_except(later, item, meeting)
    )


def _names(party: type[Party], item: type[Item]) -> ColumnElement[bool]:
    """Return the condition that an item's concern names the same person in the same role."""
    one, two, other = aliased(SubjectParty), aliased(SubjectParty), aliased(Party)
    return exists(
        select(one.party_id)
        .join(two, two.subject_id == one.subject_id)
        .join(other, other.id == two.party_id)
        .where(
            one.party_id == party.id,
            other.concern_id == item.concern_id,
            other.role == party.role,
        )
        .correlate_except(one, two, other)
    )


def _names_victim(item: type[Item]) -> ColumnElement[bool]:
    """Return the condition that an item is about the same victim."""
    victim = aliased(Party)
    return exists(
        select(victim.id)
        .where(
            victim.concern_id == Item.concern_id,
            victim.role == PartyRole.VICTIM,
            _names(victim, item),
        )
        .correlate_except(victim)
    )
