"""Lists of the directory, a page at a time: agencies, their people, and what wants checking."""

from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlalchemy import ColumnElement, select, true, tuple_

from hub.agencies.models import Agency, Contact, Service
from hub.agencies.queries.contacts import ContactRow, contacts_select, contacts_where
from hub.agencies.queries.services import ServiceRow, services_select, services_where
from hub.agencies.rules.kinds import AgencyKind
from hub.db.units import UnitOfWork

PAGE = 50


@dataclass(frozen=True, slots=True)
class AgencyLine:
    """An agency in a list."""

    id: UUID
    name: str
    kind: str


@dataclass(frozen=True, slots=True)
class Stale:
    """One page of entries that nobody has checked for too long, the oldest first.

    ``next`` is where the next page begins: the day (None: never checked) and id of the last row.
    """

    contacts: tuple[ContactRow, ...]
    next: tuple[date | None, UUID] | None


def agencies_page(
    uow: UnitOfWork, *, after: UUID | None = None, limit: int = PAGE
) -> tuple[tuple[AgencyLine, ...], UUID | None]:
    """Return agencies by name after the one of the id, and the id where the next page begins."""
    query = select(Agency.id, Agency.name, Agency.kind).order_by(Agency.name, Agency.id)
    if after is not None:
        last = uow.session.get(Agency, after)
        query = query.where(tuple_(Agency.name, Agency.id) > (last.name if last else "", after))
    rows = [AgencyLine(*row) for row in uow.session.execute(query.limit(limit + 1))]
    more = rows[limit - 1].id if len(rows) > limit else None
    return tuple(rows[:limit]), more


def contacts_page(
    uow: UnitOfWork,
    *,
    agency_id: UUID | None = None,
    service_id: UUID | None = None,
    after: UUID | None = None,
    limit: int = PAGE,
) -> tuple[tuple[ContactRow, ...], UUID | None]:
    """Return the people at work in an agency or a service by name, a page at a time.

    ``after`` and the second value are ids, because an address must hold nobody's name.
    """
    query = contacts_select().where(_at_work(uow.today)).order_by(Contact.name, Contact.id)
    if agency_id is not None:
        query = query.where(Contact.agency_id == agency_id)
    if service_id is not None:
        query = query.where(Contact.service_id == service_id)
    if after is not None:
        last = uow.session.get(Contact, after)
        query = query.where(tuple_(Contact.name, Contact.id) > (last.name if last else "", after))
    rows = contacts_where(uow, query.limit(limit + 1))
    more = rows[limit - 1].id if len(rows) > limit else None
    return rows[:limit], more


def colleagues(uow: UnitOfWork, service_id: UUID, *, most: int = 500) -> tuple[ContactRow, ...]:
    """Return the people at work in a service by name, to choose a deputy or cover from."""
    rows, _ = contacts_page(uow, service_id=service_id, limit=most)
    return rows


def stale_contacts(
    uow: UnitOfWork,
    *,
    stale_after_days: int,
    agency_id: UUID | None = None,
    after: tuple[date | None, UUID] | None = None,
    limit: int = PAGE,
) -> Stale:
    """Return the contacts at work that nobody checked for longer than the days, the oldest first.

    Those never checked come first of all. With an agency only its own.
    """
    scope = (Contact.agency_id == agency_id) if agency_id else true()
    rows: list[ContactRow] = []
    base = contacts_select().where(_at_work(uow.today), scope)
    if after is None or after[0] is None:
        query = base.where(Contact.checked_on.is_(None)).order_by(Contact.id)
        if after is not None:
            query = query.where(Contact.id > after[1])
        rows.extend(contacts_where(uow, query.limit(limit + 1)))
    if len(rows) <= limit:
        oldest = uow.today - timedelta(days=stale_after_days)
        query = base.where(Contact.checked_on < oldest)
        query = query.order_by(Contact.checked_on, Contact.id)
        if after is not None and after[0] is not None:
            query = query.where(tuple_(Contact.checked_on, Contact.id) > after)
        rows.extend(contacts_where(uow, query.limit(limit + 1 - len(rows))))
    last = rows[limit - 1] if len(rows) > limit else None
    return Stale(tuple(rows[:limit]), (last.checked_on, last.id) if last else None)


def stale_services(
    uow: UnitOfWork,
    *,
    stale_after_days: int,
    agency_id: UUID | None = None,
    limit: int = PAGE,
) -> tuple[ServiceRow, ...]:
    """Return services that nobody checked for longer than the days: never checked, then oldest."""
    oldest = uow.today - timedelta(days=stale_after_days)
    stale = Service.checked_on.is_(None) | (Service.checked_on < oldest)
    query = services_select().where(stale)
    if agency_id is not None:
        query = query.where(Service.agency_id == agency_id)
    query = query.order_by(Service.checked_on.is_not(None), Service.checked_on, Service.id)
    return services_where(uow, query.limit(limit))


def _at_work(today: date) -> ColumnElement[bool]:
    return Contact.works_until.is_(None) | (Contact.works_until > today)


def authorities(uow: UnitOfWork, *, most: int = 500) -> tuple[AgencyLine, ...]:
    """Return the local authorities by name, to choose the one responsible from."""
    query = select(Agency.id, Agency.name, Agency.kind).where(
        Agency.kind == AgencyKind.LOCAL_AUTHORITY
    )
    rows = uow.session.execute(query.order_by(Agency.name, Agency.id).limit(most))
    return tuple(AgencyLine(*row) for row in rows)
