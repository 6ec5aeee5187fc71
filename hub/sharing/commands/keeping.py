"""Setting the rules of an agency, holding a record, and writing down that somebody died."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import func, select

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError, RefusedError
from hub.sharing.commands.disposal import Sources, open_kept, permit_keeping
from hub.sharing.models import DeathRecord, LegalHold, RetentionText
from hub.sharing.queries.keeping import rules_of
from hub.sharing.rights_events import (
    DeathRecorded,
    HoldLifted,
    HoldSet,
    RetentionSet,
)
from hub.sharing.rules.retention import CHOICES, CountsFrom, RecordKind

DEATH_REVIEW = "death_review"
GROUNDS = (DEATH_REVIEW, "inquiry", "litigation", "other")
MOST_YEARS = 150


@dataclass(frozen=True, kw_only=True)
class SetRetention:
    """For how long an agency keeps something, and who says so."""

    code: str
    counts_from: CountsFrom
    years: int
    source: str


@dataclass(frozen=True, kw_only=True)
class SetHold:
    """A record must be kept whatever the rules say."""

    kind: RecordKind
    record_id: UUID
    ground: str
    reason: str


def set_retention(cmd: SetRetention, *, uow: UnitOfWork) -> UUID:
    """Set a new text of a rule behind those there were, and return its id.

    Raises NotFoundError for no such rule, NotAllowedError, RefusedError.
    """
    agency_id = permit_keeping(uow, Permission.RETENTION_EDIT)
    rule = rules_of(uow, agency_id).get(cmd.code)
    if rule is None:
        raise NotFoundError("no such rule")
    if not 1 <= cmd.years <= MOST_YEARS:
        raise RefusedError("Enter a number of years from 1 to 150", field="years")
    if not cmd.source.strip():
        raise RefusedError("Enter who says so", field="source")
    if cmd.counts_from not in {rule.counts_from, *CHOICES.get(rule.kind, ())}:
        raise RefusedError("Choose from which day the years count", field="counts_from")
    uow.alone(f"retention {agency_id}")
    latest = uow.session.scalar(
        select(func.max(RetentionText.number)).where(
            RetentionText.agency_id == agency_id, RetentionText.code == cmd.code
        )
    )
    row = RetentionText(
        id=uow.new_id(),
        agency_id=agency_id,
        code=cmd.code,
        number=(latest or 0) + 1,
        counts_from=cmd.counts_from,
        years=cmd.years,
        source=cmd.source.strip(),
        set_by=uow.actor.account_id,
        set_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(RetentionSet(text_id=row.id, code=cmd.code, years=cmd.years))
    return row.id


def set_hold(cmd: SetHold, *, uow: UnitOfWork, sources: Sources) -> UUID:
    """Hold a record; on a person it holds all that is about them. Returns the hold's id.

    Raises NotFoundError, NotAllowedError, RefusedError.
    """
    open_kept(uow, sources, cmd.kind, cmd.record_id)
    if cmd.ground not in GROUNDS:
        raise RefusedError("Choose why it is held", field="ground")
    if not cmd.reason.strip():
        raise RefusedError("Enter what it is held for", field="reason")
    return hold_record(uow, cmd.kind, cmd.record_id, ground=cmd.ground, reason=cmd.reason.strip())


def hold_record(
    uow: UnitOfWork, kind: RecordKind, record_id: UUID, *, ground: str, reason: str
) -> UUID:
    """Hold a record that the caller has opened, and may hold, and return the hold's id."""
    row = LegalHold(
        id=uow.new_id(),
        kind=kind,
        record_id=record_id,
        ground=ground,
        reason=reason,
        set_by=uow.actor.account_id,
        set_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(HoldSet(hold_id=row.id, kind=kind, record_id=record_id))
    return row.id


def lift_hold(hold_id: UUID, why: str, *, uow: UnitOfWork, sources: Sources) -> UUID:
    """Let the rules count again, with a reason; return the hold's id.

    Raises NotFoundError, NotAllowedError, RefusedError.
    """
    row = uow.session.scalar(select(LegalHold).where(LegalHold.id == hold_id).with_for_update())
    if row is None:
        raise NotFoundError("no such hold")
    open_kept(uow, sources, RecordKind(row.kind), row.record_id)
    if not why.strip():
        raise RefusedError("Enter why it is held no more", field="why")
    if row.lifted_at is not None:
        raise RefusedError("This is held no more.")
    row.lifted_by, row.lifted_at, row.lifted_why = uow.actor.account_id, uow.now, why.strip()
    uow.emit(HoldLifted(hold_id=row.id))
    return row.id


def record_death(person_id: UUID, died_on: date, *, uow: UnitOfWork, sources: Sources) -> UUID:
    """Write down on which day somebody died; said again, the later word counts.

    Raises NotFoundError, NotAllowedError, RefusedError for a day to come or before the birth.
    """
    row = open_kept(uow, sources, RecordKind.PERSON, person_id)
    born = row.kept.facts.born_on
    if died_on > uow.today or (born is not None and died_on < born):
        raise RefusedError("The day must be in the past and after they were born", field="died_on")
    record = uow.session.scalar(select(DeathRecord).where(DeathRecord.person_id == person_id))
    if record is None:
        record = DeathRecord(id=uow.new_id(), person_id=person_id)
        uow.session.add(record)
    record.died_on, record.recorded_at = died_on, uow.now
    record.recorded_by = _account(uow)
    uow.emit(DeathRecorded(person_id=person_id))
    return person_id


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:  # pragma: no cover - the door let people through only
        raise NotFoundError("no such record")
    return uow.actor.account_id
