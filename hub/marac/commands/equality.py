"""A co-ordinator records who a victim is for the return, where the referral does not say it."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import func, select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.events import EqualityRecorded
from hub.marac.models import EqualityAnswer
from hub.marac.queries.equality import answers_of
from hub.marac.rules.equality import COUNTED, Source
from hub.referrals.access import open_concern


@dataclass(frozen=True, kw_only=True)
class RecordEquality:
    """The answers by their names; ``number`` is that of the record read, 0 for none."""

    concern_id: UUID
    answers: Mapping[str, str]
    source: Source
    note: str
    number: int


def record_equality(cmd: RecordEquality, *, uow: UnitOfWork) -> UUID:
    """Set a record behind those before it and return its id; none is edited.

    Raises NotFoundError unless a co-ordinator of the area acts, ConflictError when somebody has
    recorded meanwhile, RefusedError where nothing would change.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CONCERN_SCREEN)
    account_id = uow.actor.account_id
    if account_id is None:
        raise NotFoundError("a person records who somebody is")
    uow.alone(f"equality {concern.id}")
    standing, recorded = answers_of(uow, concern.id)
    if cmd.number != (recorded.number if recorded else 0):
        raise ConflictError("the answers", standing)
    answers = {name: cmd.answers[name] for name in COUNTED}
    if answers == standing:
        raise RefusedError("Change an answer, or go back: this is what counts already")

    row = EqualityAnswer(
        id=uow.new_id(),
        concern_id=concern.id,
        number=cmd.number + 1,
        answers=json.dumps(answers),
        source=cmd.source,
        note=cmd.note.strip() or None,
        recorded_by=account_id,
        recorded_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(EqualityRecorded(concern_id=concern.id, number=row.number))
    return row.id


def carry_equality(uow: UnitOfWork, old_id: UUID, new_id: UUID, account_id: UUID) -> None:
    """Set what was recorded last for a concern also on the one that another area made of it."""
    latest = select(func.max(EqualityAnswer.number)).where(EqualityAnswer.concern_id == old_id)
    row = uow.session.scalar(
        select(EqualityAnswer).where(
            EqualityAnswer.concern_id == old_id,
            EqualityAnswer.number == latest.scalar_subquery(),
        )
    )
    if row is None:
        return
    uow.session.add(
        EqualityAnswer(
            id=uow.new_id(),
            concern_id=new_id,
            number=1,
            answers=row.answers,
            source=Source.OTHER_AREA,
            note=None,
            recorded_by=account_id,
            recorded_at=uow.now,
        )
    )
    uow.emit(EqualityRecorded(concern_id=new_id, number=1))
