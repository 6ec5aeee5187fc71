"""The doors to meetings, items, invitations and tasks: absent and hidden are the same answer."""

from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.meetings.models import Invitation, Item, Meeting, Task

ALL_MEETINGS = (Role.COORDINATOR, Role.CHAIR)


def open_meeting(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return the meeting to a co-ordinator or a chair. Raises NotFoundError to anybody else."""
    meeting = uow.session.get(Meeting, meeting_id) if uow.actor.has(*ALL_MEETINGS) else None
    if meeting is None:
        raise NotFoundError("There is no such meeting.")
    return meeting


def open_item(uow: UnitOfWork, item_id: UUID) -> Item:
    """Return the item to a co-ordinator or a chair. Raises NotFoundError to anybody else."""
    item = uow.session.get(Item, item_id) if uow.actor.has(*ALL_MEETINGS) else None
    if item is None:
        raise NotFoundError("There is no such item.")
    return item


def may_answer(uow: UnitOfWork, invitation: Invitation) -> bool:
    """Tell whether the invitation is the actor's to see and answer.

    It is the invited contact's own, the stand-in's, or, where a duty desk is invited, that of
    whoever is on duty in the desk's service.
    """
    actor = uow.actor
    if actor.contact_id is not None and actor.contact_id in {
        invitation.recipient_id,
        invitation.stand_in_id,
    }:
        return True
    return actor.has(Role.DUTY_DESK, Role.TEAM_MANAGER) and _is_own_desk(uow, invitation)


def _is_own_desk(uow: UnitOfWork, invitation: Invitation) -> bool:
    desk = uow.session.execute(
        select(Contact.role, Contact.agency_id).where(Contact.id == invitation.recipient_id)
    ).one()
    return bool(desk.role == "duty_desk" and desk.agency_id == uow.actor.agency_id)


def open_invitation(uow: UnitOfWork, invitation_id: UUID) -> Invitation:
    """Return an invitation to whoever may answer it. Raises NotFoundError to anybody else."""
    invitation = uow.session.get(Invitation, invitation_id)
    if invitation is None or not may_answer(uow, invitation):
        raise NotFoundError("There is no such invitation.")
    return invitation


def open_own_task(uow: UnitOfWork, task_id: UUID) -> Task:
    """Return a task to whoever has its role, in its agency. Raises NotFoundError else."""
    task = uow.session.get(Task, task_id)
    is_own = (
        task is not None
        and task.owner_role in {role.value for role in uow.actor.roles}
        and task.owner_agency_id in {None, uow.actor.agency_id}
    )
    if task is None or not is_own:
        raise NotFoundError("There is no such task.")
    return task
