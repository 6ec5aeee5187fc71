"""Who is told that a subject access request must be answered within days.

The notices say nothing but that there is something, with a link that needs a sign-in.
"""

from dataclasses import dataclass

from sqlalchemy import select

from hub.access.queries import accounts_with_role
from hub.agencies.models import Service
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.notify.about import About
from hub.notify.outbox import Outbox, Recipient
from hub.people.models import Person
from hub.sharing.models import SubjectAccess
from hub.sharing.rights_events import AccessDayNear


@dataclass(frozen=True, kw_only=True)
class AccessNotices:
    """Writes the notices about subject access requests; each method hears one kind of event."""

    outbox: Outbox

    def day_near(self, uow: UnitOfWork, happened: AccessDayNear) -> None:
        """Tell the governance leads of the agency that provides the person's service."""
        row = uow.session.get_one(SubjectAccess, happened.access_id)
        agency = uow.session.scalar(
            select(Service.agency_id)
            .join(Person, Person.service_id == Service.id)
            .where(Person.id == row.person_id)
        )
        if agency is None:
            return
        due_on = happened.due_on if happened.due_on >= uow.today else None
        for lead in accounts_with_role(uow, Role.GOVERNANCE_LEAD, agency_ids=[agency]):
            self.outbox.notice(
                uow,
                Recipient(id=lead.id, address=lead.email, name=lead.name),
                about=About(people=(row.person_id,)),
                path=f"/access/{row.id}/pack",
                due_on=due_on,
            )
