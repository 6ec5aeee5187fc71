"""Who is told that research or an action waits for them."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.queries import account_row, accounts_with_role
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.marac.events import ActionChased, ActionProposed, ResearchAsked, ResearchChased
from hub.marac.models import Action, Research
from hub.notify.outbox import Outbox, Recipient


@dataclass(frozen=True, kw_only=True)
class MaracNotices:
    """Writes the notices of the MARAC cycle; each method hears one kind of event."""

    outbox: Outbox

    def research_asked(self, uow: UnitOfWork, happened: ResearchAsked | ResearchChased) -> None:
        """Tell the agency's representatives that research waits for them."""
        uow.session.flush()  # the row may be of this very transaction
        research = uow.session.get_one(Research, happened.research_id)
        due_on = london_day(research.due_at)
        role = Role.AGENCY_REPRESENTATIVE
        for row in accounts_with_role(uow, role, agency_ids=[happened.agency_id]):
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, path="/research", due_on=due_on)

    def action_waits(self, uow: UnitOfWork, happened: ActionProposed | ActionChased) -> None:
        """Tell the owner of an action that it is theirs, or still is."""
        uow.session.flush()
        action = uow.session.get_one(Action, happened.action_id)
        self._owner(uow, happened.owner_id, f"/actions/{action.id}", action.due_on)

    def _owner(self, uow: UnitOfWork, account_id: UUID, path: str, due_on: date) -> None:
        row = account_row(uow, account_id)
        if row is not None and row.is_active and row.id != uow.actor.account_id:
            to = Recipient(id=row.id, address=row.email, name=row.name)
            self.outbox.notice(uow, to, path=path, due_on=due_on)
