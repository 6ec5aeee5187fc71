"""The one door to a series: the co-ordinators of its area; to others there is none."""

from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.marac.models import Series
from hub.meetings.access import in_own_area


def open_series(uow: UnitOfWork, series_id: UUID) -> Series:
    """Return a series to a co-ordinator of its area. Raises NotFoundError to others."""
    wanted = select(Series).where(Series.id == series_id, in_own_area(uow, Series.area_id))
    series = uow.session.scalar(wanted) if uow.actor.has(Role.COORDINATOR) else None
    if series is None:
        raise NotFoundError("There is no such series.")
    return series
