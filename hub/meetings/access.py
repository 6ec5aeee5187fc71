"""The doors to meetings, items, invitations and tasks: absent and hidden are the same answer."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, false, func, or_, select, true
from sqlalchemy.orm import InstrumentedAttribute, aliased

from hub.access.models import Account, AccountRole
from hub.agencies.models import AgencyArea, Area, Contact
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting, Task
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.meetings.states import MeetingShape
from hub.people.conflicts import case_is_open, is_live, kept_from, person_is_open
from hub.people.models import CaseLink, Conflict, IdentityCheck
from hub.people.staff_cases import is_always_of_the_few, is_for_actor

ALL_MEETINGS = (Role.COORDINATOR, Role.CHAIR)
ON_DUTY = (Role.DUTY_DESK, Role.TEAM_MANAGER)


def open_meeting(uow: UnitOfWork, meeting_id: UUID) -> Meeting:
    """Return the meeting to a co-ordinator or a chair of its area.

    Raises NotFoundError to anybody else.
    """
    wanted = select(Meeting).where(Meeting.id == meeting_id, is_shown_meeting(uow))
    meeting = uow.session.scalar(wanted)
    if meeting is None:
        raise NotFoundError("There is no such meeting.")
    return meeting


def is_shown_meeting(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition under which ``open_meeting`` opens, for a query that asks for more."""
    return is_open_meeting(uow) if uow.actor.has(*ALL_MEETINGS) else false()


def open_item(uow: UnitOfWork, item_id: UUID) -> Item:
    """Return the item to a co-ordinator or a chair of its area, else raise NotFoundError.

    To one of them whom a conflict of interest keeps from it, the item is not there either.
    """
    item = uow.session.scalar(select(Item).where(Item.id == item_id, is_open_item(uow)))
    if item is None:
        raise NotFoundError("There is no such item.")
    return item


def is_open_item(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition under which ``open_item`` opens, for a query that joins more to it."""
    if not uow.actor.has(*ALL_MEETINGS):
        return false()
    where = aliased(Meeting)  # the query that this joins may speak of meetings itself
    here = exists().where(where.id == Item.meeting_id, in_own_area(uow, where.area_id))
    return and_(may_be_shown(uow), here)


def in_own_area(
    uow: UnitOfWork, area_id: InstrumentedAttribute[UUID] = Meeting.area_id
) -> ColumnElement[bool]:
    """Return the condition that the actor's agency works in a meeting's area.

    The hub itself belongs to no agency and is kept from no area.
    """
    if uow.actor.agency_id is None:
        return true()
    areas = select(AgencyArea.area_id).where(AgencyArea.agency_id == uow.actor.agency_id)
    return area_id.in_(areas)


def is_open_meeting(uow: UnitOfWork, meeting: type[Meeting] = Meeting) -> ColumnElement[bool]:
    """Return the condition that a meeting is in the actor's area and not hidden with its cases.

    A MARAC is there whoever is on it, but for one that was called for its case. That one and any
    other meeting is about its cases alone: where a conflict of interest keeps the actor from all
    of them there is no meeting either.
    """
    here = in_own_area(uow, meeting.area_id)
    if not kept_from(uow) and is_always_of_the_few(uow):
        return here
    case = aliased(Item)  # the query that this joins may speak of items itself
    return and_(
        here,
        or_(
            and_(
                meeting.kind == MeetingKind.MARAC.value,
                meeting.shape != MeetingShape.EMERGENCY.value,
            ),
            meeting.id.in_(select(case.meeting_id).where(may_be_shown(uow, case))),
            meeting.id.not_in(select(case.meeting_id)),
        ),
    )


def demand_area(uow: UnitOfWork, area_id: UUID) -> None:
    """Go on only if the actor's agency works in the area. Raises NotFoundError."""
    wanted = select(Area.id).where(Area.id == area_id, in_own_area(uow, Area.id))
    if uow.session.scalar(wanted) is None:
        raise NotFoundError("There is no such area.")


def may_chair(uow: UnitOfWork, account_id: UUID, area_id: UUID) -> bool:
    """Return whether an account is that of a chair who could open a meeting of the area."""
    works_there = select(AgencyArea.agency_id).where(AgencyArea.area_id == area_id)
    found = (
        select(Account.id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .where(
            Account.id == account_id,
            Account.is_active,
            AccountRole.role == Role.CHAIR.value,
            or_(Account.agency_id.is_(None), Account.agency_id.in_(works_there)),
        )
    )
    return uow.session.scalar(found) is not None


def may_be_shown(
    uow: UnitOfWork, item: type[Item] = Item, *, is_asked: bool = False
) -> ColumnElement[bool]:
    """Return the condition that no conflict of interest keeps the actor from an item.

    Neither is it a case about staff of whose few the actor is not one; but with ``is_asked``, which
    is for what the hub asks of them themselves, that counts for nothing.
    """
    people = kept_from(uow).people
    on = aliased(ItemPerson)  # as are those of an agenda, which speaks of its people itself
    on_it = exists().where(on.item_id == item.id, on.person_id.in_(people))
    apart = ~on_it if people else true()
    few = true() if is_asked else is_for_actor(uow, item.concern_id)
    return and_(apart, case_is_open(uow, item.concern_id), few)


def answers_for(uow: UnitOfWork) -> frozenset[UUID]:
    """Return the contacts whose invitations are the actor's to see and answer.

    They are the actor's own entry and, for whoever is on duty, the desks of their service; of their
    agency where the directory does not say in which service they work.
    """
    actor = uow.actor
    own = {actor.contact_id} if actor.contact_id else set()
    if not actor.has(*ON_DUTY) or actor.agency_id is None:
        return frozenset(own)
    desks = select(Contact.id).where(
        Contact.role == "duty_desk", Contact.agency_id == actor.agency_id
    )
    service = select(Contact.service_id).where(Contact.id == actor.contact_id)
    service_id = uow.session.scalar(service)
    if service_id is not None:
        desks = desks.where(Contact.service_id == service_id)
    return frozenset(own | set(uow.session.scalars(desks)))


def is_own_invitation(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from what an invitation is about.

    Somebody with a conflict of interest sees nothing and cannot tell that there is something.
    """
    return and_(person_is_open(uow, Invitation.subject_id), _of_open_item(uow, Invitation.item_id))


def _of_open_item(
    uow: UnitOfWork,
    item_id: InstrumentedAttribute[UUID] | InstrumentedAttribute[UUID | None],
) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from the item of a row, if it has one."""
    if not kept_from(uow):
        return true()
    case = aliased(Item)
    shown = select(case.id).where(may_be_shown(uow, case, is_asked=True))
    return or_(item_id.is_(None), item_id.in_(shown))


def open_invitation(uow: UnitOfWork, invitation_id: UUID, policy: InvitationPolicy) -> Invitation:
    """Return an invitation to whoever may answer it, until some days after the meeting.

    A stand-in may see what the colleague was asked to. One that was taken back can still be opened:
    what it may show is for the page to say. Raises NotFoundError to anybody else, and afterwards.
    """
    found = uow.session.execute(
        select(Invitation, Meeting.ends_at)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .where(Invitation.id == invitation_id, is_own_invitation(uow))
    ).one_or_none()
    if found is None or not answers_for(uow) & {found[0].recipient_id, found[0].stand_in_id}:
        raise NotFoundError("There is no such invitation.")
    if uow.now > found[1] + timedelta(days=policy.access_days_after_meeting):
        raise NotFoundError("There is no such invitation.")
    return found[0]


def own_tasks(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a task is that of a role of the actor's, and for the actor's part.

    That is the agency that it names; where it names none, its area or that of its meeting, or any
    area in which nobody else has the role.
    """
    roles = [role.value for role in uow.actor.roles]
    no_agency = and_(Task.owner_agency_id.is_(None), _in_own_part(uow))
    here = or_(no_agency, Task.owner_agency_id == uow.actor.agency_id)
    return and_(Task.owner_role.in_(roles), here, *_task_is_open(uow))


def _task_is_open(uow: UnitOfWork) -> tuple[ColumnElement[bool], ...]:
    """Return the conditions that nothing keeps the actor from what a task is about."""
    kept = kept_from(uow).cases
    apart = select(IdentityCheck.id).where(IdentityCheck.concern_id.in_(kept))
    about_check = or_(Task.check_id.is_(None), Task.check_id.not_in(apart))
    return (
        person_is_open(uow, Task.subject_id),
        _of_open_item(uow, Task.item_id),
        about_check if kept else true(),
    )


def _in_own_part(uow: UnitOfWork) -> ColumnElement[bool]:
    if uow.actor.agency_id is None:
        return true()
    of_meeting = select(Meeting.area_id).where(Meeting.id == Task.meeting_id)
    # correlated by hand: a list of tasks may hold meetings of its own
    area = func.coalesce(Task.area_id, of_meeting.correlate(Task).scalar_subquery())
    works_there = AgencyArea.area_id == area
    mine = exists().where(works_there, AgencyArea.agency_id == uow.actor.agency_id)
    somebodys = exists().where(
        works_there,
        AgencyArea.agency_id == Account.agency_id,
        Account.is_active,
        AccountRole.account_id == Account.id,
        AccountRole.role == Task.owner_role,
        ~_is_kept_from_task(),
    )
    return or_(area.is_(None), mine, ~somebodys)


def _is_kept_from_task() -> ColumnElement[bool]:
    """Return the condition that an account, which has the role, cannot see the task all the same.

    Then the task waits for somebody else.
    """
    case, check = aliased(Item), aliased(IdentityCheck)  # a list of tasks may join its own
    of_item = select(case.concern_id).where(case.id == Task.item_id)
    of_check = select(check.concern_id).where(check.id == Task.check_id)
    meant = select(check.concern_id).where(check.person_id == Task.subject_id)
    linked = exists().where(
        is_live(),
        or_(CaseLink.account_id == Account.id, CaseLink.contact_id == Account.contact_id),
        or_(*(CaseLink.case_id.in_(cases) for cases in (of_item, of_check, meant))),
    )
    declared = exists().where(
        Conflict.contact_id == Account.contact_id, Conflict.person_id == Task.subject_id
    )
    return or_(linked, declared)


def open_own_task(uow: UnitOfWork, task_id: UUID) -> Task:
    """Return a task to whoever has its role, in its agency. Raises NotFoundError else."""
    task = uow.session.scalar(select(Task).where(Task.id == task_id, own_tasks(uow)))
    if task is None:
        raise NotFoundError("There is no such task.")
    return task
