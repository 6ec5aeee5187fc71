"""What counts of who victims are, by their concerns; open a concern first."""

import json
from collections.abc import Collection, Iterable
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
    return standing_of(uow, [concern_id])[concern_id]


def standing_of(
    uow: UnitOfWork, concern_ids: Collection[UUID]
) -> dict[UUID, tuple[dict[str, str], Recorded | None]]:
    """Return the same for several concerns."""
    victims = uow.session.execute(
        select(Party.concern_id, Party.details)
        .where(Party.concern_id.in_(concern_ids), Party.role == PartyRole.VICTIM)
        .order_by(Party.position.desc())
    )
    details = {row.concern_id: json.loads(row.details) for row in victims}  # the first stays
    recorded = recorded_of(uow, concern_ids)
    concerns = uow.session.execute(
        select(Concern.id, Concern.answers).where(Concern.id.in_(concern_ids))
    )
    found = {}
    for row in concerns:
        known = recorded.get(row.id)
        needs = json.loads(row.answers).get("needs", {})
        gender = details.get(row.id, {}).get(GENDER)
        found[row.id] = (counted_answers(needs, gender, known.answers if known else {}), known)
    return found
