"""What pages read of series and of the agendas that were issued."""

import json
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, select

from hub.access.models import Account
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.marac.access import open_series
from hub.marac.models import AgendaIssue, Series
from hub.meetings.access import in_own_area

AnySelect = Select[*tuple[Any, ...]]


@dataclass(frozen=True)
class SeriesRow:
    """A series; ``starts`` is the usual London wall time, such as 09:30."""

    id: UUID
    area_id: UUID
    area: str
    name: str
    place: str | None
    video_link: str | None
    starts: str
    minutes: int
    slot_minutes: int
    version: int


@dataclass(frozen=True)
class IssueLine:
    """One issue of an agenda."""

    id: UUID
    number: int
    issued_at: datetime
    issued_by: str


def all_series(uow: UnitOfWork) -> tuple[SeriesRow, ...]:
    """Return the series of the actor's areas by name."""
    own = in_own_area(uow, Series.area_id)
    rows = uow.session.execute(_series().where(own).order_by(Series.name, Series.id))
    return tuple(SeriesRow(*row) for row in rows)


def series_row(uow: UnitOfWork, series_id: UUID) -> SeriesRow:
    """Return a series of the actor's areas. Raises NotFoundError."""
    open_series(uow, series_id)
    return SeriesRow(*uow.session.execute(_series().where(Series.id == series_id)).one())


def slot_minutes_of(uow: UnitOfWork, series_id: UUID | None) -> int | None:
    """Return the minutes that a case has in the series; None for a meeting outside any."""
    if series_id is None:
        return None
    return uow.session.scalar(select(Series.slot_minutes).where(Series.id == series_id))


def issues_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[IssueLine, ...]:
    """Return the issues of a meeting's agenda, the latest first."""
    rows = uow.session.execute(
        select(AgendaIssue.id, AgendaIssue.number, AgendaIssue.issued_at, Account.name)
        .outerjoin(Account, Account.id == AgendaIssue.issued_by)
        .where(AgendaIssue.meeting_id == meeting_id)
        .order_by(AgendaIssue.number.desc())
    )
    return tuple(IssueLine(row[0], row[1], row[2], row[3] or "somebody") for row in rows)


def issue_contents(uow: UnitOfWork, meeting_id: UUID, number: int) -> dict[str, Any]:
    """Return an agenda as it was issued. Raises NotFoundError."""
    contents = uow.session.scalar(
        select(AgendaIssue.contents).where(
            AgendaIssue.meeting_id == meeting_id, AgendaIssue.number == number
        )
    )
    if contents is None:
        raise NotFoundError("There is no such issue of the agenda.")
    found: dict[str, Any] = json.loads(contents)
    return found


def _series() -> AnySelect:
    return select(
        Series.id,
        Series.area_id,
        Area.name,
        Series.name,
        Series.place,
        Series.video_link,
        Series.starts,
        Series.minutes,
        Series.slot_minutes,
        Series.version,
    ).join(Area, Area.id == Series.area_id)
