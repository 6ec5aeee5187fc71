"""Where a case that is to go, or went, stands on the agendas of the area that it goes from."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.access import find_transfer
from hub.marac.models import AgendaIssue, Hearing
from hub.meetings.models import Item, Meeting
from hub.meetings.queries import AHEAD


@dataclass(frozen=True)
class StandsHere:
    """One meeting of the case: it was heard there, or is to be."""

    meeting_id: UUID
    on: date
    is_heard: bool
    is_out: bool
    """Whether its agenda was issued with the case on it."""


def stands_here(uow: UnitOfWork, concern_id: UUID) -> tuple[StandsHere, ...]:
    """Return where a case was heard and where it still stands; open the concern first."""
    issued = (
        select(func.count())
        .where(AgendaIssue.meeting_id == Meeting.id, AgendaIssue.issued_at >= Item.listed_at)
        .correlate(Meeting, Item)
        .scalar_subquery()
    )
    rows = uow.session.execute(
        select(Meeting.id, Meeting.starts_at, Meeting.state, Hearing.heard_on, issued)
        .join(Item, Item.meeting_id == Meeting.id)
        .outerjoin(Hearing, Hearing.item_id == Item.id)
        .where(Item.concern_id == concern_id, Item.state == "listed")
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(
        StandsHere(
            meeting_id, heard_on or london_day(starts_at), heard_on is not None, bool(issues)
        )
        for meeting_id, starts_at, state, heard_on, issues in rows
        if heard_on or (state in AHEAD and starts_at > uow.now)
    )


def to_issue_again(uow: UnitOfWork, transfer_id: UUID) -> tuple[StandsHere, ...]:
    """Return the agendas that are out and still hold a case which the other area has taken over.

    Raises NotFoundError.
    """
    transfer = find_transfer(uow, transfer_id)
    if transfer.acknowledged_at is None:
        return ()
    last = (
        select(func.max(AgendaIssue.issued_at))
        .where(AgendaIssue.meeting_id == Meeting.id)
        .correlate(Meeting)
        .scalar_subquery()
    )
    rows = uow.session.execute(
        select(Meeting.id, Meeting.starts_at)
        .join(Item, Item.meeting_id == Meeting.id)
        .where(
            Item.concern_id == transfer.concern_id,
            Item.state == "withdrawn",
            Meeting.state.in_(AHEAD),
            Meeting.starts_at > uow.now,
            last >= Item.listed_at,
            last <= transfer.acknowledged_at,
        )
        .order_by(Meeting.starts_at, Meeting.id)
    )
    return tuple(StandsHere(one, london_day(at), is_heard=False, is_out=True) for one, at in rows)
