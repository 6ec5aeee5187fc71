"""Keeping a case about staff to a few, naming them, and showing it again.

These ask for no permission: the room of the case does, and knows who may mark it.
"""

from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.people.commands.linking import LEAST_REASON
from hub.people.conflicts import kept_away
from hub.people.events import CaseHidden, CaseNamed, CaseShownAgain
from hub.people.models import StaffCase, StaffCaseName


def hide_case(case_id: UUID, why: str, *, uow: UnitOfWork) -> UUID:
    """Let a case be there for the few alone from this moment; said again it changes nothing.

    Returns the mark's id. Raises NotAllowedError for the hub itself.
    """
    known = _live(uow, case_id)
    if known is not None:
        return known.id
    mark = StaffCase(
        id=uow.new_id(),
        case_id=case_id,
        why=why.strip() or None,
        marked_by=_account(uow),
        marked_at=uow.now,
    )
    uow.session.add(mark)
    uow.emit(CaseHidden(case_id=case_id))
    return mark.id


def show_case(case_id: UUID, reason: str, *, uow: UnitOfWork) -> UUID:
    """Let a case be there again for all whose part it is, and return the mark's id.

    Raises NotFoundError where it is not marked, RefusedError without a reason.
    """
    mark = _live(uow, case_id)
    if mark is None:
        raise NotFoundError("the case is not for the few")
    if len(reason.strip()) < LEAST_REASON:
        raise RefusedError("Say in a sentence why this is over, or was wrong", field="reason")
    mark.lifted_by, mark.lifted_at = _account(uow), uow.now
    mark.lift_reason = reason.strip()
    uow.emit(CaseShownAgain(case_id=case_id))
    return mark.id


def name_for_case(case_id: UUID, account_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Name somebody as one of the few, and return the name's id; twice changes nothing.

    Raises NotFoundError where the case is not marked, RefusedError for somebody without a live
    account, or who is kept away from the case.
    """
    if _live(uow, case_id) is None:
        raise NotFoundError("the case is not for the few")
    account = uow.session.get(Account, account_id)
    if account is None or not account.is_active:
        raise RefusedError("This choice is no longer there. Choose again", field="who")
    away = kept_away(uow, cases=[case_id])
    if away.has(account_id=account.id, contact_id=account.contact_id):
        raise RefusedError("This person is kept away from the case", field="who")
    known = uow.session.scalar(
        select(StaffCaseName.id).where(
            StaffCaseName.case_id == case_id,
            StaffCaseName.account_id == account_id,
            StaffCaseName.ended_at.is_(None),
        )
    )
    if known is not None:
        return known
    row = StaffCaseName(
        id=uow.new_id(),
        case_id=case_id,
        account_id=account_id,
        named_by=_account(uow),
        named_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(CaseNamed(name_id=row.id, case_id=case_id, is_named=True))
    return row.id


def end_name(name_id: UUID, case_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Let somebody not be one of the few any more. Raises NotFoundError."""
    row = uow.session.scalar(
        select(StaffCaseName).where(
            StaffCaseName.id == name_id,
            StaffCaseName.case_id == case_id,
            StaffCaseName.ended_at.is_(None),
        )
    )
    if row is None:
        raise NotFoundError("nobody is named by this")
    row.ended_by, row.ended_at = _account(uow), uow.now
    uow.emit(CaseNamed(name_id=row.id, case_id=case_id, is_named=False))
    return row.id


def _live(uow: UnitOfWork, case_id: UUID) -> StaffCase | None:
    uow.alone(f"staff case {case_id}")
    wanted = select(StaffCase).where(StaffCase.case_id == case_id, StaffCase.lifted_at.is_(None))
    return uow.session.scalar(wanted)


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("a person does this")
    return uow.actor.account_id
