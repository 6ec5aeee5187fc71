"""The register's doors: a person and a question of identity; hidden and absent are one answer.

Somebody whom a conflict keeps away sees nothing of the person and cannot tell that there is
something, whatever their role.
"""

from datetime import date
from uuid import UUID

from sqlalchemy import ColumnElement, Uuid, and_, bindparam, exists, or_, select

from hub.access.permissions import Fact, Permission, is_the_hub, may, permit
from hub.agencies.models import Absence, Contact, Service
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.people.conflicts import (
    IS_FREE,
    case_is_open,
    kept_from,
    kept_from_nothing,
    person_is_open,
)
from hub.people.models import Allocation, IdentityCandidate, IdentityCheck, Person

DESKS = (Role.DUTY_DESK, Role.TEAM_MANAGER)


# Made once, with what is left open given when asked: to put a query together costs more than to
# ask it, and nearly every page of the register asks these.
_PERSON = bindparam("person_id", type_=Uuid())
_CONTACT = bindparam("contact_id", type_=Uuid())
_AGENCY = bindparam("agency_id", type_=Uuid())
_CONTACTS_SERVICE = select(Contact.service_id).where(Contact.id == _CONTACT).scalar_subquery()
_OWN_SERVICES = select(Service.id).where(
    or_(
        Service.id == _CONTACTS_SERVICE,
        and_(
            _CONTACTS_SERVICE.is_(None),
            Service.agency_id == _AGENCY,
            Service.kind == ServiceKind.LEAVING_CARE,
        ),
    )
)


def own_services(uow: UnitOfWork) -> frozenset[UUID]:
    """Return the leaving care services for which the actor works.

    The one of the actor's directory entry, else all that the actor's agency provides.
    """
    return frozenset(uow.rows(_OWN_SERVICES, _of_actor(uow)).scalars())


def _of_actor(uow: UnitOfWork) -> dict[str, UUID | None]:
    actor = uow.actor
    return {
        "account_id": actor.account_id,
        "contact_id": actor.contact_id,
        "agency_id": actor.agency_id,
    }


def service_facts(uow: UnitOfWork, service_id: UUID | None) -> frozenset[Fact]:
    """Return whether the actor works for the service."""
    same = service_id is not None and service_id in own_services(uow)
    return frozenset({Fact.SAME_SERVICE} if same else ())


def permit_in_service(uow: UnitOfWork, permission: Permission, service_id: UUID | None) -> None:
    """Go on only if the actor may do this for the service. Raises NotAllowedError."""
    permit(uow.actor, permission, service_facts(uow, service_id))


def is_on_desk(uow: UnitOfWork) -> bool:
    """Tell whether the actor is a duty desk or a team manager, who see their whole service."""
    return uow.actor.has(*DESKS)


def counts_on(day: date) -> tuple[ColumnElement[bool], ColumnElement[bool]]:
    """Return the conditions that an allocation counts on a day."""
    ends = or_(Allocation.until_on.is_(None), Allocation.until_on > day)
    return Allocation.from_on <= day, ends


def works_for(contact_id: UUID, day: date) -> ColumnElement[bool]:
    """Return the condition that an allocation is a contact's, or that of somebody they cover."""
    covered = select(Absence.contact_id).where(
        Absence.cover_id == contact_id, Absence.from_on <= day, Absence.until_on > day
    )
    return or_(Allocation.worker_id == contact_id, Allocation.worker_id.in_(covered))


def not_in_conflict(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from a person."""
    return person_is_open(uow, Person.id)


_WORKS = exists(
    select(Allocation.id).where(
        Allocation.person_id == _PERSON,
        *counts_on(bindparam("day")),  # type: ignore[arg-type]  # all three are given when asked
        works_for(_CONTACT, bindparam("day")),  # type: ignore[arg-type]  # as above
    )
)
_DOOR = select(
    Person.service_id.in_(_OWN_SERVICES).label("is_own"),
    _WORKS.label("is_worker"),
    IS_FREE.label("is_free"),
).where(Person.id == _PERSON)


def find_person(
    uow: UnitOfWork, person_id: UUID, need: Permission = Permission.REGISTER_READ
) -> None:
    """Go on only if there is such a person for the actor, who may do what is needed.

    Nothing of the person is read, so that a look can be recorded before one sees anything. Raises
    NotFoundError for somebody absent, of another service, not one's own, or in conflict;
    NotAllowedError for a person whom the actor may see but not change.
    """
    given = {"person_id": person_id, "day": uow.today}
    row = uow.rows(_DOOR, given | _of_actor(uow)).one_or_none()
    if row is None:
        raise NotFoundError("no such person")
    if is_the_hub(uow.actor):
        return
    true = {Fact.SAME_SERVICE: row.is_own, Fact.NAMED_WORKER: row.is_worker}
    facts = frozenset(fact for fact, is_true in true.items() if is_true)
    if row.is_free:
        kept_from_nothing(uow)
    is_kept = person_id in kept_from(uow).people
    if is_kept or not may(uow.actor, Permission.REGISTER_READ, facts):
        raise NotFoundError("no such person")
    permit(uow.actor, need, facts)


def open_person(
    uow: UnitOfWork, person_id: UUID, need: Permission = Permission.REGISTER_READ
) -> Person:
    """Return somebody on the register to those who may do what is needed.

    Raises what ``find_person`` raises.
    """
    find_person(uow, person_id, need)
    return uow.session.get_one(Person, person_id)


def find_check(uow: UnitOfWork, check_id: UUID) -> None:
    """Go on only if there is such a question for the actor's desk. Raises NotFoundError.

    Nothing of the question is read, so that a look can be recorded before one sees anything.
    """
    row = uow.session.execute(
        select(IdentityCheck.service_id, not_about_own_conflict(uow)).where(
            IdentityCheck.id == check_id
        )
    ).one_or_none()
    if row is None:
        raise NotFoundError("no such question")
    if is_the_hub(uow.actor):
        return
    facts = service_facts(uow, row.service_id)
    if not row[1] or not may(uow.actor, Permission.IDENTITY_DECIDE, facts):
        raise NotFoundError("no such question")


def open_check(uow: UnitOfWork, check_id: UUID) -> IdentityCheck:
    """Return a question of identity to the desk that is asked. Raises NotFoundError."""
    find_check(uow, check_id)
    return uow.session.get_one(IdentityCheck, check_id)


def not_about_own_conflict(uow: UnitOfWork) -> ColumnElement[bool]:
    """Return the condition that nothing keeps the actor from a question's case or candidates."""
    people = kept_from(uow).people
    if not people:
        return case_is_open(uow, IdentityCheck.concern_id)
    beside = select(IdentityCandidate.check_id).where(IdentityCandidate.person_id.in_(people))
    return and_(case_is_open(uow, IdentityCheck.concern_id), IdentityCheck.id.not_in(beside))
