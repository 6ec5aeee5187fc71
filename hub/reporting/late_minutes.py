"""Minutes that wait to be drafted or approved, each by what its own area has set."""

from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Select, and_, exists, func, select

from hub.db.units import UnitOfWork
from hub.marac.models import Minutes
from hub.marac.queries.areas import days_of
from hub.marac.states import MinutesState
from hub.meetings.access import in_own_area, may_be_shown
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.reporting.deadlines import minutes_by

Counted = Select[*tuple[Any, ...]]


def to_draft(uow: UnitOfWork, _: object) -> Counted:
    """Count the MARACs without minutes, however long they are over."""
    return select(func.count(), func.min(Meeting.starts_at)).where(_wait(uow, is_drafted=False))


def to_approve(uow: UnitOfWork, _: object) -> Counted:
    """Count the MARACs whose minutes are drafted and wait for a chair."""
    return select(func.count(), func.min(Meeting.starts_at)).where(_wait(uow, is_drafted=True))


def first_to_draft(uow: UnitOfWork) -> datetime | None:
    """Return by when the first of those without minutes must be out (UTC)."""
    return _first_due(uow, is_drafted=False)


def first_to_approve(uow: UnitOfWork) -> datetime | None:
    """Return by when the first of those that wait for a chair must be out (UTC)."""
    return _first_due(uow, is_drafted=True)


def _first_due(uow: UnitOfWork, *, is_drafted: bool) -> datetime | None:
    rows = uow.session.execute(
        select(Meeting.area_id, func.min(Meeting.starts_at))
        .where(_wait(uow, is_drafted=is_drafted))
        .group_by(Meeting.area_id)
    )
    due = [minutes_by(starts_at, days_of(uow, area_id)) for area_id, starts_at in rows.all()]
    return min(due, default=None)


def _wait(uow: UnitOfWork, *, is_drafted: bool) -> ColumnElement[bool]:
    listed = select(Item.meeting_id).where(Item.state == "listed", may_be_shown(uow))
    drafted = _has(MinutesState.DRAFT)
    return and_(
        Meeting.kind == MeetingKind.MARAC.value,
        Meeting.state != "cancelled",
        Meeting.ends_at < uow.now,
        Meeting.id.in_(listed),
        in_own_area(uow),
        ~_has(MinutesState.APPROVED),
        drafted if is_drafted else ~drafted,
    )


def _has(state: MinutesState) -> ColumnElement[bool]:
    return exists().where(Minutes.meeting_id == Meeting.id, Minutes.state == state)
