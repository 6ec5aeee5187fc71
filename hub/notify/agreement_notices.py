"""Who is told that an agreement waits to be approved, or that its review or end comes near."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import AccountRow, account_row, accounts_with_role
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.notify.about import NO_CASE
from hub.notify.outbox import Outbox, Recipient
from hub.sharing.events import AgreementApprovalAsked, AgreementDayNear
from hub.sharing.models import Agreement, AgreementWriter


@dataclass(frozen=True, kw_only=True)
class AgreementNotices:
    """Writes the notices about agreements of one hub."""

    outbox: Outbox

    def approval_asked(self, uow: UnitOfWork, happened: AgreementApprovalAsked) -> None:
        """Tell those who may approve and wrote none of it, of the writer's agency if there are."""
        wrote = select(AgreementWriter.account_id).where(
            AgreementWriter.agreement_id == happened.agreement_id
        )
        writers = set(uow.session.scalars(wrote))
        able = {
            row.id: row
            for role in (Role.SIRO, Role.GOVERNANCE_LEAD)
            for row in accounts_with_role(uow, role)
            if row.id not in writers
        }
        near = [row for row in able.values() if row.agency_id == uow.actor.agency_id]
        for row in near or able.values():
            self._write(uow, row, happened.agreement_id, path="/whole")

    def day_near(self, uow: UnitOfWork, happened: AgreementDayNear) -> None:
        """Tell whoever answers for the agreement; without anybody, every governance lead."""
        row = uow.session.get_one(Agreement, happened.agreement_id)
        owner = account_row(uow, row.owner_id) if row.owner_id else None
        due_on = happened.due_on if happened.due_on >= uow.today else None
        told = accounts_with_role(uow, Role.GOVERNANCE_LEAD)
        if owner is not None and owner.is_active:
            told = [owner]
        for lead in told:
            self._write(uow, lead, row.id, due_on=due_on)

    def _write(
        self,
        uow: UnitOfWork,
        to: AccountRow,
        agreement_id: UUID,
        *,
        path: str = "",
        due_on: date | None = None,
    ) -> None:
        self.outbox.notice(
            uow,
            Recipient(id=to.id, address=to.email, name=to.name),
            about=NO_CASE,
            path=f"/agreements/{agreement_id}{path}",
            due_on=due_on,
        )
