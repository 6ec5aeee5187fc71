"""What the hub knows of whoever looks somebody up, to tell whether it is somebody close."""

from sqlalchemy import or_, select

from hub.access.models import Account
from hub.agencies.models import Contact, Office
from hub.agencies.rules.kinds import ContactRole
from hub.db.units import UnitOfWork
from hub.kernel.actor import Actor
from hub.people.rules.look_ups import Seeker


def seeker_of(uow: UnitOfWork, actor: Actor) -> Seeker:
    """Return an account's own names and work numbers, those it works with, and where they sit."""
    accounts = uow.session.execute(
        select(Account.id, Account.name).where(
            or_(Account.id == actor.account_id, Account.agency_id == actor.agency_id),
            Account.is_active,
        )
    ).all()
    contacts = uow.session.execute(
        select(Contact.id, Contact.name, Contact.phone).where(
            or_(Contact.id == actor.contact_id, Contact.agency_id == actor.agency_id),
            Contact.role != ContactRole.DUTY_DESK,
        )
    ).all()
    offices = select(Office.postcode).where(
        Office.agency_id == actor.agency_id, Office.postcode.is_not(None)
    )
    own = [row.name for row in accounts if row.id == actor.account_id]
    own += [row.name for row in contacts if row.id == actor.contact_id]
    return Seeker(
        names=tuple(own),
        phones=tuple(
            row.phone for row in contacts if row.id == actor.contact_id and row.phone is not None
        ),
        colleagues=tuple(row.name for row in (*accounts, *contacts) if row.name not in own),
        postcodes=tuple(one for one in uow.session.scalars(offices) if one),
    )
