"""Who of a service's people can answer a question of identity in the hub."""

from uuid import UUID

from sqlalchemy import ColumnElement, and_, exists, or_, select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Contact, Service
from hub.agencies.rules.kinds import ServiceKind
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.people.access import DESKS
from hub.people.conflicts import kept_away
from hub.people.models import IdentityCandidate, IdentityCheck


def who_can_answer(uow: UnitOfWork, check: IdentityCheck, role: Role) -> tuple[UUID, ...]:
    """Return the accounts with the role that can sign in and would find the question there."""
    beside = select(IdentityCandidate.person_id).where(IdentityCandidate.check_id == check.id)
    away = kept_away(uow, cases=[check.concern_id], people=uow.session.scalars(beside))
    wanted = (
        select(Account.id, Account.contact_id)
        .join(AccountRole, AccountRole.account_id == Account.id)
        .join(Service, Service.id == check.service_id)
        .where(AccountRole.role == role.value, can_sign_in(), works_there())
        .order_by(Account.name, Account.id)
    )
    return tuple(
        account_id
        for account_id, contact_id in uow.session.execute(wanted)
        if not away.has(account_id=account_id, contact_id=contact_id)
    )


def is_staffed() -> ColumnElement[bool]:
    """Return the condition, for a query of services, that somebody there can answer at all."""
    return exists().where(
        AccountRole.account_id == Account.id,
        AccountRole.role.in_([role.value for role in DESKS]),
        can_sign_in(),
        works_there(),
    )


def can_sign_in() -> ColumnElement[bool]:
    """Return the condition that an account is in use: whoever was only invited is not here yet."""
    return and_(Account.is_active, Account.password_hash.is_not(None))


def works_there() -> ColumnElement[bool]:
    """Return the condition that an account works for a service, as ``access.own_services`` says."""
    own = exists().where(Contact.id == Account.contact_id, Contact.service_id == Service.id)
    other = exists().where(Contact.id == Account.contact_id, Contact.service_id.is_not(None))
    whole_agency = and_(
        ~other, Account.agency_id == Service.agency_id, Service.kind == ServiceKind.LEAVING_CARE
    )
    return or_(own, whole_agency)
