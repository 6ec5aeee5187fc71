"""Who is told that a look-up waits for a second look: that there is one, and nothing else."""

from dataclasses import dataclass

from hub.access.queries import AccountRow, accounts_with_role
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.notify.about import About, may_hear
from hub.notify.outbox import Outbox, Recipient
from hub.people.events import LookUpAlerted
from hub.people.look_up_doors import REVIEWERS
from hub.people.models import LookUp

LOOK_UPS = "/look-ups"


@dataclass(frozen=True, kw_only=True)
class LookUpNotices:
    """Writes the notices about look-ups."""

    outbox: Outbox

    def alerted(self, uow: UnitOfWork, happened: LookUpAlerted) -> None:
        """Tell the governance leads of the agency; where there is none, whoever reviews instead.

        Whoever looked is not told, nor whoever a conflict keeps from the case.
        """
        row = uow.session.get_one(LookUp, happened.look_up_id)
        about = About(cases=(row.case_id, row.about_id))
        for lead in _leads(uow, row, about):
            to = Recipient(id=lead.id, address=lead.email, name=lead.name)
            self.outbox.notice(uow, to, about=about, path=LOOK_UPS)


def _leads(uow: UnitOfWork, row: LookUp, about: About) -> list[AccountRow]:
    for role in REVIEWERS:
        found = _others(uow, row, accounts_with_role(uow, role, agency_ids=[row.agency_id]), about)
        if found:
            return found
    return _others(uow, row, accounts_with_role(uow, Role.GOVERNANCE_LEAD), about)


def _others(
    uow: UnitOfWork, row: LookUp, found: list[AccountRow], about: About
) -> list[AccountRow]:
    return [one for one in may_hear(uow, found, about) if one.id != row.account_id]
