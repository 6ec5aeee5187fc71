"""Watching the last day of subject access requests: whoever answers for it is told once."""

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.sharing.commands.subject_access import count_days
from hub.sharing.models import SubjectAccess
from hub.sharing.rights_events import AccessDayNear
from hub.sharing.rules.subject_access import NEAR


def warn_of_access_days(uow: UnitOfWork, *, limit: int) -> int:
    """Say which open requests are due within seven days, or were; return how many, ``limit`` most.

    Each is said once, and once more when its day has moved.
    """
    count_days(uow)
    uow.session.flush()
    near = uow.session.scalars(
        select(SubjectAccess)
        .where(
            SubjectAccess.due_on <= uow.today + NEAR,
            SubjectAccess.released_at.is_(None),
            SubjectAccess.warned_at.is_(None),
        )
        .order_by(SubjectAccess.due_on, SubjectAccess.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for row in near:
        row.warned_at = uow.now
        if row.due_on is not None:
            uow.emit(AccessDayNear(access_id=row.id, due_on=row.due_on))
    return len(near)
