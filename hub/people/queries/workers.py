"""Who in the directory can be chosen for a person, as value and label."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import Select, func, or_, select

from hub.agencies.models import Agency, Contact
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.people.access import own_services
from hub.people.states import WorkerRole


def workers_to_choose(uow: UnitOfWork, role: WorkerRole) -> list[tuple[UUID, str, str]]:
    """Return (id, name, agency) of those who may be allocated in the role, by name.

    A leaving care worker comes from the actor's own service, a social worker from any.
    """
    query = _at_work(uow).where(Contact.service_id.is_not(None))
    if role is WorkerRole.LEAVING_CARE_WORKER:
        query = query.where(
            Contact.service_id.in_(own_services(uow)), Contact.role != ContactRole.DUTY_DESK
        )
    else:
        query = query.where(Contact.role == ContactRole.SOCIAL_WORKER)
    return _rows(uow, query)


def staff_to_choose(uow: UnitOfWork) -> list[tuple[UUID, str, str]]:
    """Return (id, name, agency) of everybody in the directory who is a person, by name."""
    return _rows(uow, _at_work(uow).where(Contact.role != ContactRole.DUTY_DESK))


def worker_by_email(uow: UnitOfWork, emails: Iterable[str]) -> dict[str, UUID]:
    """Return the contacts with these work addresses, by address in small letters.

    Of several with one address, as of somebody who left and came back, it is who is at work today.
    """
    address = func.lower(Contact.email)
    rows = uow.session.execute(
        select(address.label("address"), Contact.id)
        .where(
            address.in_({email.lower() for email in emails}), Contact.role != ContactRole.DUTY_DESK
        )
        .order_by(or_(Contact.works_until.is_(None), Contact.works_until > uow.today), Contact.id)
    )
    return {row.address: row.id for row in rows}


def _at_work(uow: UnitOfWork) -> Select[*tuple[object, ...]]:
    ends = or_(Contact.works_until.is_(None), Contact.works_until > uow.today)
    return (
        select(Contact.id, Contact.name, Agency.name)
        .join(Agency, Agency.id == Contact.agency_id)
        .where(ends)
        .order_by(Contact.name, Contact.id)
    )


def _rows(uow: UnitOfWork, query: Select[*tuple[object, ...]]) -> list[tuple[UUID, str, str]]:
    return [(UUID(str(row[0])), str(row[1]), str(row[2])) for row in uow.session.execute(query)]
