"""Correcting what was told: beside the original, to all who received it, until they read it."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from hub.access.models import Account
from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.people.access import find_person
from hub.people.models import Conflict
from hub.sharing.models import Correction, CorrectionNotice, Disclosure
from hub.sharing.queries.corrections import Invited, InvitedSource
from hub.sharing.rights_doors import open_correction_notice
from hub.sharing.rights_events import (
    CorrectionChased,
    CorrectionMade,
    CorrectionTold,
    CorrectionUnderstood,
)
from hub.sharing.rules.coded import Category
from hub.sharing.rules.corrections import chase_at


@dataclass(frozen=True, kw_only=True)
class MakeCorrection:
    """Something that was told about a person is wrong; ``right`` is what is so, if it is known."""

    person_id: UUID
    category: Category
    wrong: str
    right: str = ""


def make_correction(cmd: MakeCorrection, *, uow: UnitOfWork, invited: InvitedSource) -> UUID:
    """Write the correction down, tell everybody who was told that category, and return its id.

    Told were those who had it in answer to a request, and those ``invited`` whose invitation said
    so much. Raises NotFoundError, NotAllowedError, RefusedError without words or when nobody was
    ever told.
    """
    find_person(uow, cmd.person_id, Permission.CORRECTION_MAKE)
    if uow.actor.account_id is None:
        raise NotAllowedError("only people correct something")
    if not cmd.wrong.strip():
        raise RefusedError("Enter what was wrong", field="wrong")
    received = uow.session.scalars(
        select(Disclosure)
        .where(Disclosure.person_id == cmd.person_id, Disclosure.category == cmd.category)
        .order_by(Disclosure.shared_at, Disclosure.id)
    ).all()
    asked = [one for one in invited(uow, cmd.person_id) if cmd.category in one.categories]
    if not received and not asked:
        raise RefusedError("Nobody was told this. Change it on the register", field="category")

    row = Correction(
        id=uow.new_id(),
        person_id=cmd.person_id,
        category=cmd.category,
        wrong=cmd.wrong.strip(),
        right=cmd.right.strip() or None,
        made_by=uow.actor.account_id,
        made_at=uow.now,
    )
    uow.session.add(row)
    uow.session.flush()
    uow.emit(CorrectionMade(correction_id=row.id, person_id=cmd.person_id))
    _tell(uow, row, received, asked)
    return row.id


def _tell(
    uow: UnitOfWork, row: Correction, received: Iterable[Disclosure], invited: Iterable[Invited]
) -> None:
    notices = [
        CorrectionNotice(
            id=uow.new_id(),
            correction_id=row.id,
            disclosure_id=one.id,
            agency_id=one.to_agency_id,
            account_id=one.to_account_id,
            told_at=uow.now,
            chase_at=chase_at(uow.now),
        )
        for one in received
    ]
    notices += [
        CorrectionNotice(
            id=uow.new_id(),
            correction_id=row.id,
            invitation_id=one.id,
            invited_at=one.at,
            agency_id=one.agency_id,
            account_id=one.account_id,
            told_at=uow.now,
            chase_at=chase_at(uow.now),
        )
        for one in invited
    ]
    able = _able(uow, row.person_id, [one.account_id for one in notices])
    for notice in notices:
        if notice.account_id not in able:
            notice.account_id = None
        uow.session.add(notice)
        uow.emit(CorrectionTold(notice_id=notice.id))
    uow.session.flush()


def _able(uow: UnitOfWork, person_id: UUID, received: Collection[UUID | None]) -> set[UUID]:
    """Return the accounts that received it, still sign in, and have no conflict with the person."""
    in_conflict = exists().where(
        Conflict.person_id == person_id, Conflict.contact_id == Account.contact_id
    )
    ids = [one for one in received if one is not None]
    wanted = select(Account.id).where(Account.id.in_(ids), Account.is_active, ~in_conflict)
    return set(uow.session.scalars(wanted))


def understand_correction(notice_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Write down that a recipient has put right what they hold; return the notice's id.

    Raises NotFoundError for a notice to somebody else. Said again, it changes nothing.
    """
    notice = open_correction_notice(uow, notice_id)
    if notice.understood_at is None:
        notice.understood_at, notice.understood_by = uow.now, uow.actor.account_id
        uow.emit(CorrectionUnderstood(notice_id=notice.id))
    return notice.id


def chase_corrections(uow: UnitOfWork, *, limit: int) -> int:
    """Remind the recipients whose time has come, ``limit`` at most, and return how many.

    One whose account ended, or who has a conflict by now, is replaced by the desks of the agency.
    """
    due = uow.session.scalars(
        select(CorrectionNotice)
        .where(CorrectionNotice.understood_at.is_(None), CorrectionNotice.chase_at <= uow.now)
        .order_by(CorrectionNotice.chase_at, CorrectionNotice.id)
        .limit(limit)
        .with_for_update(skip_locked=True)
    ).all()
    for notice in due:
        correction = uow.session.get_one(Correction, notice.correction_id)
        if notice.account_id not in _able(uow, correction.person_id, [notice.account_id]):
            notice.account_id = None
        notice.chased += 1
        notice.chase_at = chase_at(uow.now)
        uow.emit(CorrectionChased(notice_id=notice.id, times=notice.chased))
    return len(due)
