"""A co-ordinator says what a referral is to those before it, or when its incident was."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import ConflictError, RefusedError
from hub.marac.clocks import IncidentKind
from hub.marac.events import RepeatDecided
from hub.marac.models import RepeatDecision
from hub.marac.queries.repeats import rulings_of
from hub.marac.rules.repeats import Ruling
from hub.referrals.access import open_concern


@dataclass(frozen=True, kw_only=True)
class RuleRepeat:
    """What a referral is held to be; ``number`` is that of the ruling read, 0 for none."""

    concern_id: UUID
    ruling: Ruling
    incident_on: date | None
    incident_kind: IncidentKind | None
    reason: str
    number: int


def rule_repeat(cmd: RuleRepeat, *, uow: UnitOfWork) -> UUID:
    """Set a ruling behind those before it and return its id; none is edited.

    Raises NotFoundError unless a co-ordinator of the area acts, ConflictError when somebody ruled
    meanwhile, RefusedError without a reason or for an incident after the referral.
    """
    concern = open_concern(uow, cmd.concern_id, Permission.CONCERN_SCREEN)
    before = rulings_of(uow, [concern.id]).get(concern.id, ())
    if cmd.number != (before[0].number if before else 0):
        raise ConflictError("the label", {"ruling": before[0].ruling} if before else {})
    if not cmd.reason.strip():
        raise RefusedError("Enter the reason", field="reason")
    if cmd.incident_on and cmd.incident_on > london_day(concern.submitted_at):
        raise RefusedError(
            "Date of the incident must be on or before the day of the referral",
            field="incident_on",
        )

    row = RepeatDecision(
        id=uow.new_id(),
        concern_id=concern.id,
        number=cmd.number + 1,
        label=cmd.ruling,
        incident_on=cmd.incident_on,
        incident_kind=cmd.incident_kind or "",
        reason=cmd.reason.strip(),
        decided_by=uow.actor.account_id,
        decided_at=uow.now,
    )
    uow.session.add(row)

    uow.emit(RepeatDecided(concern_id=concern.id, number=row.number, label=row.label))
    return row.id
