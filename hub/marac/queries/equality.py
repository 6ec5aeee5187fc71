"""What counts of who victims are, by their concerns; open a concern first."""

import json
from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import func, select

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.marac.models import EqualityAnswer
from hub.marac.rules.equality import GENDER, Recorded, Source, counted_answers
from hub.referrals.models import Concern, Party
from hub.referrals.states import PartyRole


def recorded_of(uow: UnitOfWork, concern_ids: Iterable[UUID]) -> dict[UUID, Recorded]:
    """Return what was recorded last for each concern for which something was."""
    latest = (
        select(EqualityAnswer.concern_id, func.max(EqualityAnswer.number).label("number"))
        .where(EqualityAnswer.concern_id.in_(tuple(concern_ids)))
        .group_by(EqualityAnswer.concern_id)
        .subquery()
    )
    rows = uow.session.execute(
        select(EqualityAnswer, Account.name)
        .join(
            latest,
            (latest.c.concern_id == EqualityAnswer.concern_id)
            & (latest.c.number == EqualityAnswer.number),
        )
        .outerjoin(Account, Account.id == EqualityAnswer.recorded_by)
    )
    return {
        row.concern_id: Recorded(
            number=row.number,
            answers=json.loads(row.answers),
            source=Source(row.source),
            note=row.note or "",
            recorded_by=name or "",
            recorded_at=row.recorded_at,
        )
        for row, name in rows
    }


def answers_of(uow: UnitOfWork, concern_id: UUID) -> tuple[dict[str, str], Recorded | None]:
    """Return the answers that count for a concern's victim, and the record that they are of."""
    concern = uow.session.get_one(Concern, concern_id)
    details = uow.session.scalar(
        select(Party.details)
        .where(Party.concern_id == concern_id, Party.role == PartyRole.VICTIM)
        .order_by(Party.position)
        .limit(1)
    )
    recorded = recorded_of(uow, [concern_id]).get(concern_id)
    needs = json.loads(concern.answers).get("needs", {})
    gender = json.loads(details).get(GENDER) if details else None
    return counted_answers(needs, gender, recorded.answers if recorded else {}), recorded
