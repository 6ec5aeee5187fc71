"""Questions who is meant that nobody answers: somebody telephones, again and again until one does.

The task is the co-ordinator's of the concern's area, for no service answers for another's register.
"""

from collections.abc import Callable
from datetime import timedelta
from uuid import UUID

from sqlalchemy import func, or_, select

from hub.access.models import Account, AccountRole
from hub.agencies.models import AgencyArea, Area, Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.meetings.events import TaskLapsed, TaskReminded
from hub.meetings.models import Task
from hub.meetings.rules import InvitationPolicy
from hub.meetings.tasks import Needed, open_task
from hub.people.events import (
    IdentityAsked,
    IdentityClimbed,
    IdentityConfirmed,
    IdentityReopened,
    IdentityRuledOut,
)
from hub.people.models import IdentityCheck
from hub.people.states import Rung
from hub.referrals.models import Concern

QUESTION_WAITS = "question_waits"

Settling = IdentityAsked | IdentityReopened | IdentityConfirmed | IdentityRuledOut


def telephone(
    policy: Callable[[], InvitationPolicy],
) -> Callable[[UnitOfWork, IdentityClimbed], None]:
    """Return the reaction to a question that has climbed as far as the co-ordinator.

    One task is open at a time: whose it is are reminded of it, and when it was done and the
    question waits all the same, the next one is opened.
    """

    def react(uow: UnitOfWork, happened: IdentityClimbed) -> None:
        if happened.to != Rung.COORDINATOR:
            return
        uow.session.flush()
        mine = Task.check_id == happened.check_id
        waits = uow.session.scalar(select(Task.id).where(mine, Task.state == "open"))
        if waits is not None:
            uow.emit(TaskReminded(task_id=waits))
            return
        before = uow.session.scalar(select(func.count()).select_from(Task).where(mine))
        open_task(
            uow,
            Needed(
                cause=f"question:{happened.check_id}:{before}",
                kind=QUESTION_WAITS,
                owner_role=Role.COORDINATOR.value,
                check_id=happened.check_id,
                area_id=_area_of(uow, happened),
                due_at=uow.now + timedelta(hours=policy().phone_task_hours),
            ),
        )

    return react


def end_telephoning(uow: UnitOfWork, happened: Settling) -> None:
    """React to an answer, or to a desk that is asked anew: nobody need ring any more."""
    uow.session.flush()
    open_ones = select(Task).where(Task.check_id == happened.check_id, Task.state == "open")
    for task in uow.session.scalars(open_ones):
        task.state = "lapsed"
        uow.emit(TaskLapsed(task_id=task.id))


def _area_of(uow: UnitOfWork, happened: IdentityClimbed) -> UUID | None:
    """Return the area of the concern, else one of the service's, first one with a co-ordinator."""
    of_concern = select(Concern.area_id).where(Concern.id == happened.concern_id)
    area_id = uow.session.scalar(of_concern)
    if area_id is not None:
        return area_id
    has_coordinator = (
        select(AgencyArea.area_id)
        .join(Account, Account.agency_id == AgencyArea.agency_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(AccountRole.role == Role.COORDINATOR.value, Account.is_active)
    )
    return uow.session.scalar(
        select(Area.id)
        .join(AgencyArea, AgencyArea.area_id == Area.id)
        .join(
            Service,
            or_(
                Service.agency_id == AgencyArea.agency_id,
                Service.authority_id == AgencyArea.agency_id,
            ),
        )
        .join(IdentityCheck, IdentityCheck.service_id == Service.id)
        .where(IdentityCheck.id == happened.check_id)
        .order_by(Area.id.in_(has_coordinator).desc(), Area.name, Area.id)
        .limit(1)
    )
