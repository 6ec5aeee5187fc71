"""What shows what became of an action; open the action through ``access`` first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.db.units import UnitOfWork
from hub.marac.models import ActionEvidence


@dataclass(frozen=True)
class EvidenceRow:
    """Words, a file, or both, and who put them there."""

    id: UUID
    text: str
    name: str
    """Of the file; empty where there is none."""
    media_type: str
    size: int
    by: str
    added_at: datetime


def evidence_of(uow: UnitOfWork, action_id: UUID) -> tuple[EvidenceRow, ...]:
    """Return the evidence of an action, in the order in which it was added."""
    rows = uow.session.execute(
        select(ActionEvidence, Account.name)
        .outerjoin(Account, Account.id == ActionEvidence.added_by)
        .where(ActionEvidence.action_id == action_id)
        .order_by(ActionEvidence.added_at, ActionEvidence.id)
    )
    return tuple(
        EvidenceRow(
            id=one.id,
            text=one.text or "",
            name=one.name or "",
            media_type=one.media_type or "",
            size=one.size or 0,
            by=name or "somebody",
            added_at=one.added_at,
        )
        for one, name in rows
    )
