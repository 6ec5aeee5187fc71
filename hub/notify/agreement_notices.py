"""Who is told that the review or the end of an agreement comes near."""

from dataclasses import dataclass
from datetime import date

from hub.access.queries import AccountRow, account_row, accounts_with_role
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.notify.outbox import Outbox, Recipient
from hub.sharing.events import AgreementDayNear
from hub.sharing.models import Agreement


@dataclass(frozen=True, kw_only=True)
class AgreementNotices:
    """Writes the notices about agreements of one hub."""

    outbox: Outbox

    def day_near(self, uow: UnitOfWork, happened: AgreementDayNear) -> None:
        """Tell whoever answers for the agreement; without anybody, every governance lead."""
        row = uow.session.get_one(Agreement, happened.agreement_id)
        owner = account_row(uow, row.owner_id) if row.owner_id else None
        if owner is not None and owner.is_active:
            self._write(uow, owner, happened)
            return
        for lead in accounts_with_role(uow, Role.GOVERNANCE_LEAD):
            self._write(uow, lead, happened)

    def _write(self, uow: UnitOfWork, to: AccountRow, happened: AgreementDayNear) -> None:
        due_on: date | None = happened.due_on if happened.due_on >= uow.today else None
        self.outbox.notice(
            uow,
            Recipient(id=to.id, address=to.email, name=to.name),
            path=f"/agreements/{happened.agreement_id}",
            due_on=due_on,
        )
