"""Takes from the public what has become a refuge or a MARAC, all that belongs to it."""

from sqlalchemy import ColumnElement, select, update

from hub.agencies.models import Contact, Office, Service
from hub.db.units import UnitOfWork


def hide(uow: UnitOfWork, services: ColumnElement[bool], offices: ColumnElement[bool]) -> None:
    """Hide these services with their desks, and these offices."""
    session = uow.session
    desks = Contact.service_id.in_(select(Service.id).where(services))
    for table, condition in ((Contact, desks), (Office, offices), (Service, services)):
        session.execute(update(table).where(condition, table.is_public).values(is_public=False))
    session.flush()
