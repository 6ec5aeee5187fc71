"""Who hears of a question of identity: its desk, then the managers, then whoever telephones.

A question waits for nobody: it goes at once past a rung on which there is nobody who can answer it
in the hub, and up one more for as long as it has no answer.
"""

from datetime import datetime

from sqlalchemy import select, update

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.people.events import IdentityClimbed
from hub.people.models import IdentityCheck
from hub.people.queries.desks import who_can_answer
from hub.people.rules.identity import climbs_at
from hub.people.states import WAITING, Rung


def put_before_desk(uow: UnitOfWork, check: IdentityCheck) -> None:
    """Let a question begin at its desk, or as far up as there is somebody who can answer it."""
    uow.session.flush()
    _put_on(uow, check, Rung.DESK, check.due_at)
    if not who_can_answer(uow, check, Role.DUTY_DESK):
        climb(uow, check)


def climb(uow: UnitOfWork, check: IdentityCheck) -> None:
    """Let a question go one rung up, past managers who are not there; the last rung is repeated."""
    rung = Rung.COORDINATOR
    if check.rung == Rung.DESK and who_can_answer(uow, check, Role.TEAM_MANAGER):
        rung = Rung.MANAGERS
    _put_on(uow, check, rung, climbs_at(uow.now, rung))
    uow.emit(IdentityClimbed(check_id=check.id, concern_id=check.concern_id, to=rung))


def _put_on(uow: UnitOfWork, check: IdentityCheck, rung: Rung, climb_at: datetime) -> None:
    """Keep where a question stands; its version stays, so that it can be answered meanwhile."""
    here = update(IdentityCheck).where(IdentityCheck.id == check.id)
    uow.session.execute(here.values(rung=rung, climb_at=climb_at))


def climb_late(uow: UnitOfWork, *, limit: int) -> int:
    """Let every question that has waited for too long climb; return how many did."""
    late = uow.session.scalars(
        select(IdentityCheck)
        .where(IdentityCheck.state.in_(WAITING), IdentityCheck.climb_at <= uow.now)
        .order_by(IdentityCheck.climb_at, IdentityCheck.id)
        .limit(limit)
    ).all()
    for check in late:
        climb(uow, check)
    return len(late)
