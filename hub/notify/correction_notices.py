"""Who is told that something which they had received was corrected, and reminded until they say so.

The notices say nothing but that there is something, with a link that needs a sign-in.
"""

from dataclasses import dataclass

from hub.access.permissions import HOLDERS
from hub.access.queries import AccountRow, account_row, accounts_with_role
from hub.db.units import UnitOfWork
from hub.notify.about import About
from hub.notify.outbox import Outbox, Recipient
from hub.sharing.models import Correction, CorrectionNotice
from hub.sharing.rights_events import (
    CorrectionChased,
    CorrectionTold,
)
from hub.sharing.rules.corrections import ABOVE_FROM


@dataclass(frozen=True, kw_only=True)
class CorrectionNotices:
    """Writes the notices about corrections; each method hears one kind of event."""

    outbox: Outbox

    def told(self, uow: UnitOfWork, happened: CorrectionTold) -> None:
        """Tell whoever received it, or the desks of their agency."""
        uow.session.flush()  # the notice is of this very transaction
        self._recipients(uow, uow.session.get_one(CorrectionNotice, happened.notice_id))

    def chased(self, uow: UnitOfWork, happened: CorrectionChased) -> None:
        """Remind them, and from the third time on the desks of their agency, who can answer too."""
        notice = uow.session.get_one(CorrectionNotice, happened.notice_id)
        self._recipients(uow, notice)
        if happened.times >= ABOVE_FROM and notice.account_id is not None:
            self._desks(uow, notice)

    def _recipients(self, uow: UnitOfWork, notice: CorrectionNotice) -> None:
        if notice.account_id is None:
            self._desks(uow, notice)
            return
        account = account_row(uow, notice.account_id)
        if account is not None and account.is_active:
            self._write(uow, account, notice)

    def _desks(self, uow: UnitOfWork, notice: CorrectionNotice) -> None:
        found = {
            row.id: row
            for role in sorted(HOLDERS)
            for row in accounts_with_role(uow, role, agency_ids=[notice.agency_id])
        }
        for row in found.values():
            self._write(uow, row, notice)

    def _write(self, uow: UnitOfWork, row: AccountRow, notice: CorrectionNotice) -> None:
        to = Recipient(id=row.id, address=row.email, name=row.name)
        correction = uow.session.get_one(Correction, notice.correction_id)
        about = About(people=(correction.person_id,))
        self.outbox.notice(uow, to, about=about, path=f"/corrections/{notice.id}")
