"""How every change of an agreement begins and ends, and what each of them is given."""

from dataclasses import dataclass
from uuid import UUID

from sqlalchemy.orm.attributes import flag_modified

from hub.access.permissions import Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.sharing.access import open_agreement
from hub.sharing.events import AgreementChanged, AgreementWritten
from hub.sharing.models import Agreement, AgreementMove, AgreementParty, AgreementWriter
from hub.sharing.register.gaps import Gap
from hub.sharing.register.life import AGREEMENT, AgreementAction
from hub.sharing.states.agreements import AgreementStatus, status_on


class NotReadyError(RefusedError):
    """A version lacks something; ``gaps`` says what and in which section, each with its cure."""

    def __init__(self, gaps: tuple[Gap, ...]) -> None:
        super().__init__(" ".join(gap.cure for gap in gaps))
        self.gaps = gaps


@dataclass(frozen=True, kw_only=True)
class Touch:
    """A version of an agreement as it was read: its id, and how often it had been changed."""

    agreement_id: UUID
    version: int


def begin(
    uow: UnitOfWork,
    cmd: Touch,
    action: AgreementAction,
    *,
    need: Permission = Permission.AGREEMENT_EDIT,
) -> Agreement:
    """Open a version to do something to it, as it was read and in a state that allows it.

    Raises NotFoundError, NotAllowedError, ConflictError, IllegalMoveError.
    """
    row = open_agreement(uow, cmd.agreement_id)
    permit(uow.actor, need)
    if row.version != cmd.version:
        raise ConflictError("agreement", {"title": row.title})
    AGREEMENT.step(status_now(uow, row), action)
    return row


def begin_edit(uow: UnitOfWork, cmd: Touch) -> Agreement:
    """Open a draft to change what it says; whoever does has written it. Raises as ``begin``."""
    row = begin(uow, cmd, AgreementAction.EDIT)
    wrote(uow, row)
    return row


def wrote(uow: UnitOfWork, row: Agreement) -> None:
    """Remember who wrote a version, so that somebody else approves it."""
    account_id = uow.actor.account_id
    if account_id is not None:
        uow.session.merge(AgreementWriter(agreement_id=row.id, account_id=account_id))


def moved(
    uow: UnitOfWork, row: Agreement, action: AgreementAction, *, of: AgreementMove | None = None
) -> None:
    """Step a version by the table, remember who did it, and say so.

    ``of`` carries what else is remembered: why, about which party, until when.
    """
    row.status = AGREEMENT.step(status_now(uow, row), action).value
    entry = of or AgreementMove(why="")
    entry.id, entry.agreement_id, entry.action = uow.new_id(), row.id, action.value
    entry.by_id, entry.at = uow.actor.account_id, uow.now
    uow.session.add(entry)
    if action in MATTERS:
        counts_otherwise(uow, row)
    else:
        said(uow, row)


MATTERS = frozenset(
    {
        AgreementAction.BRING_INTO_FORCE,
        AgreementAction.REVIEW,
        AgreementAction.WITHDRAW_PARTY,
        AgreementAction.SUSPEND,
        AgreementAction.END,
    }
)
"""What changes what may be shared, so that every meeting to come is looked at anew."""


def said(uow: UnitOfWork, row: Agreement) -> None:
    """Say that something was written, and count the change also when only parts of it did."""
    flag_modified(row, "title")
    uow.emit(AgreementWritten(agreement_id=row.id))


def counts_otherwise(uow: UnitOfWork, row: Agreement) -> None:
    """Say that what may be shared under the agreement changed, and count the change."""
    flag_modified(row, "title")
    uow.emit(AgreementChanged(agreement_id=row.id))


def status_now(uow: UnitOfWork, row: Agreement) -> AgreementStatus:
    """Return what people have made of a version by today."""
    return status_on(AgreementStatus(row.status), row.superseded_on, uow.today)


def party_of(uow: UnitOfWork, row: Agreement, agency_id: UUID) -> AgreementParty:
    """Return a party of the version. Raises NotFoundError."""
    party = uow.session.get(AgreementParty, (row.id, agency_id))
    if party is None:
        raise NotFoundError("no such party")
    return party
