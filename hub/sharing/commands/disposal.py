"""Disposing of what need not be kept: two people, thirty days in which it can be stopped, a stub.

Holds win at every step. The audit trail is never touched; what remains is the disposal's own row,
with ids, days and the rule, and nothing of what the record said.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import exists, select

from hub.access.permissions import Fact, Permission, permit
from hub.db.base import Base
from hub.db.erase import Doomed, StillReferredError, doomed, erase
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.models import Disposal
from hub.sharing.queries.keeping import KeptRow, KeptSource, is_shown_disposal, kept_rows
from hub.sharing.rights_events import (
    DisposalApproved,
    DisposalDone,
    DisposalProposed,
    DisposalStopped,
)
from hub.sharing.rules.retention import RECOVERABLE, RecordKind, can_be_stopped

PROPOSED, APPROVED, STOPPED, DONE = "proposed", "approved", "stopped", "done"
OPEN = (PROPOSED, APPROVED)
Sources = Sequence[KeptSource]


@dataclass(frozen=True, slots=True)
class Gone:
    """A disposal that was carried out, with the files whose bytes go now, by table."""

    disposal_id: UUID
    files: dict[str, frozenset[UUID]]


def permit_keeping(uow: UnitOfWork, need: Permission = Permission.DISPOSAL_DO) -> UUID:
    """Return the actor's agency, for which they decide what is kept. Raises NotAllowedError."""
    if uow.actor.agency_id is None or uow.actor.account_id is None:
        raise NotAllowedError("only people of an agency decide what is kept")
    permit(uow.actor, need, {Fact.SAME_AGENCY})
    return uow.actor.agency_id


def open_kept(uow: UnitOfWork, sources: Sources, kind: RecordKind, record_id: UUID) -> KeptRow:
    """Return a record of the actor's agency. Raises NotFoundError, NotAllowedError."""
    agency_id = permit_keeping(uow)
    return _kept(uow, sources, kind, record_id, agency_id)


def propose_disposal(
    kind: RecordKind, record_id: UUID, *, uow: UnitOfWork, sources: Sources
) -> UUID:
    """Say that a record may go, and return the disposal's id.

    Raises NotFoundError, NotAllowedError, RefusedError when it is not due, held, or proposed.
    """
    agency_id = permit_keeping(uow)
    row = _kept(uow, sources, kind, record_id, agency_id)
    uow.alone(f"disposal {record_id}")
    _refuse_kept(uow, sources, row)
    waits = exists().where(Disposal.record_id == record_id, Disposal.state.in_(OPEN))
    if uow.session.scalar(select(waits)):
        raise RefusedError("Somebody has proposed this already.")
    disposal = Disposal(
        id=uow.new_id(),
        agency_id=agency_id,
        kind=kind,
        record_id=record_id,
        reference=row.kept.reference,
        rule_code=row.rule.code,
        rule_number=row.rule.number,
        kept_until=row.until,
        state=PROPOSED,
        proposed_by=uow.actor.account_id,
        proposed_at=uow.now,
    )
    uow.session.add(disposal)
    uow.emit(DisposalProposed(disposal_id=disposal.id, kind=kind, rule=row.rule.code))
    return disposal.id


def approve_disposal(disposal_id: UUID, version: int, *, uow: UnitOfWork, sources: Sources) -> UUID:
    """Agree as the second person; it goes thirty days later. Returns the disposal's id.

    Raises NotFoundError, NotAllowedError for whoever proposed it, RefusedError when
    somebody was quicker, or the record must be kept after all.
    """
    disposal = _open(uow, disposal_id)
    if (disposal.state, disposal.version) != (PROPOSED, version):
        raise RefusedError("Somebody has answered this meanwhile.")
    if disposal.proposed_by == uow.actor.account_id:
        raise NotAllowedError("You proposed this. A second person must agree.")
    kind = RecordKind(disposal.kind)
    _refuse_kept(uow, sources, _kept(uow, sources, kind, disposal.record_id, disposal.agency_id))
    disposal.state = APPROVED
    disposal.approved_by, disposal.approved_at = uow.actor.account_id, uow.now
    uow.emit(DisposalApproved(disposal_id=disposal.id))
    return disposal.id


def stop_disposal(disposal_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Let a record stay after all, up to thirty days after it was agreed; return the id.

    Raises NotFoundError, NotAllowedError, RefusedError when it is too late or nothing is to stop.
    """
    disposal = _open(uow, disposal_id)
    late = disposal.approved_at is not None and not can_be_stopped(disposal.approved_at, uow.now)
    if disposal.state not in OPEN or late:
        raise RefusedError("This cannot be stopped any more.")
    _stop(uow, disposal)
    return disposal.id


def run_disposals(uow: UnitOfWork, sources: Sources) -> Gone | None:
    """Carry out one disposal whose thirty days are over, if there is one.

    All of its rows go in this one transaction, or none. A hold that was set since stops it, and two
    people must agree anew. Returns what went: the caller deletes the bytes of the files once the
    transaction is committed; a file that is left by a crash is swept, because no row wants it.
    """
    before = uow.now - RECOVERABLE
    disposal = uow.session.scalar(
        select(Disposal)
        .where(Disposal.state == APPROVED, Disposal.approved_at < before)
        .order_by(Disposal.approved_at, Disposal.id)
        .limit(1)
        .with_for_update(skip_locked=True)
    )
    if disposal is None:
        return None
    kind = RecordKind(disposal.kind)
    source = _source(sources, kind)
    try:
        row = _kept(uow, sources, kind, disposal.record_id, disposal.agency_id)
        what = _refuse_kept(uow, sources, row)
    except (NotFoundError, RefusedError):
        _stop(uow, disposal)
        return Gone(disposal.id, {})
    counts = erase(uow.session, Base.metadata, what)
    disposal = uow.session.get_one(Disposal, disposal.id)
    disposal.state, disposal.done_at = DONE, uow.now
    disposal.counts = json.dumps(counts, sort_keys=True)
    uow.emit(DisposalDone(disposal_id=disposal.id, kind=kind, rule=disposal.rule_code))
    files = {table: frozenset(what.ids.get(table, ())) for table in source.files}
    return Gone(disposal.id, files)


def _kept(
    uow: UnitOfWork, sources: Sources, kind: RecordKind, record_id: UUID, agency_id: UUID
) -> KeptRow:
    rows = kept_rows(uow, [_source(sources, kind)], agency_id=agency_id, only=record_id)
    if not rows:
        raise NotFoundError("no such record")
    return rows[0]


def _source(sources: Sources, kind: RecordKind) -> KeptSource:
    for source in sources:
        if source.kind is kind:
            return source
    raise NotFoundError("no such record")


def _refuse_kept(uow: UnitOfWork, sources: Sources, row: KeptRow) -> Doomed:
    """Return what goes with a record that may go. Raises RefusedError."""
    if row.holds:
        raise RefusedError("This is held. Whoever holds it must lift that first.")
    if not row.is_due:
        raise RefusedError("This must be kept for longer.")
    if row.kept.block:
        raise RefusedError(f"{row.kept.block}. That comes first.")
    source = _source(sources, row.kept.kind)
    roots = source.roots(uow, row.kept.id)
    try:
        return doomed(uow.session, Base.metadata, roots, source.may, source.refers)
    except StillReferredError as still:
        what = STILL.get(str(still), "Another record still refers to it")
        raise RefusedError(f"{what}. That must go first.") from None


STILL = {"item_person": "Another record that is still kept is about them"}
"""What stands in the way, in words, by the table that still refers to a record.

That it is a case is not said: it can be one about staff, which is not there for whoever reads this.
"""


def _open(uow: UnitOfWork, disposal_id: UUID) -> Disposal:
    """Return a disposal of the actor's agency, locked. Raises NotFoundError, NotAllowedError."""
    agency_id = permit_keeping(uow)
    disposal = uow.session.scalar(
        select(Disposal).where(Disposal.id == disposal_id, is_shown_disposal(uow)).with_for_update()
    )
    if disposal is None or disposal.agency_id != agency_id:
        raise NotFoundError("no such disposal")
    return disposal


def _stop(uow: UnitOfWork, disposal: Disposal) -> None:
    disposal.state = STOPPED
    disposal.stopped_by, disposal.stopped_at = uow.actor.account_id, uow.now
    uow.emit(DisposalStopped(disposal_id=disposal.id))
