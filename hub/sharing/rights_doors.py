"""The doors to the rights of a person: hidden and absent are one answer.

The desk of a person's service has them, and the information governance lead of the agency that
provides the service. Somebody with a declared conflict sees nothing of the person, whatever their
role.
"""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, false, or_, select
from sqlalchemy.orm import aliased

from hub.access.permissions import Fact, Permission, is_the_hub, may, permit
from hub.agencies.models import Service
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.people.access import not_in_conflict, own_services, service_facts
from hub.people.conflicts import person_is_open
from hub.people.models import Person
from hub.sharing.models import Correction, CorrectionNotice, SubjectAccess
from hub.sharing.rules.corrections import ABOVE_FROM


def find_subject(uow: UnitOfWork, person_id: UUID, need: Permission = Permission.LOG_READ) -> None:
    """Go on only if there is such a person for the actor, who may do what is needed.

    Nothing of the person is read, so that a look can be recorded before one sees anything. Raises
    NotFoundError, and NotAllowedError for a person whose log the actor may read and no more.
    """
    row = uow.session.execute(
        select(Person.service_id, Service.agency_id)
        .outerjoin(Service, Service.id == Person.service_id)
        .where(Person.id == person_id, not_in_conflict(uow))
    ).one_or_none()
    if row is None:
        raise NotFoundError("no such person")
    if is_the_hub(uow.actor):
        return
    facts = set(service_facts(uow, row.service_id))
    if row.agency_id is not None and row.agency_id == uow.actor.agency_id:
        facts.add(Fact.SAME_AGENCY)
    if not may(uow.actor, Permission.LOG_READ, facts):
        raise NotFoundError("no such person")
    permit(uow.actor, need, facts)


def subject_by_reference(uow: UnitOfWork, reference: str) -> UUID:
    """Return the id of the person of a reference. Raises NotFoundError as ``find_subject``."""
    wanted = reference.strip().upper()
    person_id = uow.session.scalar(select(Person.id).where(Person.reference == wanted))
    if person_id is None:
        raise NotFoundError("no such person")
    find_subject(uow, person_id)
    return person_id


def is_own_access(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a request is about somebody whose requests the actor handles.

    A conflict with the person keeps everybody from it.
    """
    ours: ColumnElement[bool] = false()
    if may(uow.actor, Permission.ACCESS_HANDLE, {Fact.SAME_AGENCY}):  # holds all of its services
        services = select(Service.id).where(Service.agency_id == uow.actor.agency_id)
        ours = Person.service_id.in_(services)
    elif may(uow.actor, Permission.ACCESS_HANDLE, {Fact.SAME_SERVICE}):
        ours = Person.service_id.in_(own_services(uow))
    own = select(Person.id).where(ours, not_in_conflict(uow))
    return SubjectAccess.person_id.in_(own)


def open_access(uow: UnitOfWork, access_id: UUID) -> SubjectAccess:
    """Return a request, locked, to those who handle the person's. Raises NotFoundError."""
    row = uow.session.scalar(
        select(SubjectAccess).where(SubjectAccess.id == access_id).with_for_update()
    )
    if row is None:
        raise NotFoundError("no such request")
    find_subject(uow, row.person_id, Permission.ACCESS_HANDLE)
    return row


def is_corrected_to(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that a correction is for the actor to read.

    It is for whoever received what was wrong; where they cannot be told, or were reminded in vain,
    for the desks of their agency. A conflict with the person keeps everybody out.
    """
    mine: ColumnElement[bool] = CorrectionNotice.account_id == uow.actor.account_id
    if may(uow.actor, Permission.CORRECTION_READ, {Fact.SAME_AGENCY}):
        ours = and_(
            or_(CorrectionNotice.account_id.is_(None), CorrectionNotice.chased >= ABOVE_FROM),
            CorrectionNotice.agency_id == uow.actor.agency_id,
        )
        mine = or_(mine, ours)
    one = aliased(Correction)  # the query that this joins may speak of corrections itself
    is_open = CorrectionNotice.correction_id.in_(
        select(one.id).where(person_is_open(uow, one.person_id))
    )
    return and_(mine, is_open)


def open_correction_notice(uow: UnitOfWork, notice_id: UUID) -> CorrectionNotice:
    """Return a correction's notice to whoever it is for. Raises NotFoundError to others."""
    notice = uow.session.scalar(
        select(CorrectionNotice).where(CorrectionNotice.id == notice_id, is_corrected_to(uow))
    )
    if notice is None or uow.actor.account_id is None:
        raise NotFoundError("no such notice")
    return notice
