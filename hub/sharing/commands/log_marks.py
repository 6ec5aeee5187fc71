"""Saying that a person must not be shown a line of their log, or may be, and confirming it.

What one person says waits for a second. While it waits the line is left out, whichever was said.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from hub.access.permissions import Permission
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.sharing.models import LogMark
from hub.sharing.queries.log import LogRow, LogSource, log_of
from hub.sharing.rights_doors import find_subject
from hub.sharing.rights_events import (
    LogLineAnswered,
    LogLineMarked,
    LogShown,
)
from hub.sharing.rules.told_log import LogKind, Verdict, may_be_marked

SAID_THEN = "Said by whoever shared it, when it was shared"


@dataclass(frozen=True, kw_only=True)
class MarkLine:
    """Say that showing a line would cause harm, or that it may be shown after all."""

    person_id: UUID
    kind: LogKind
    entry_id: UUID
    reason: str


@dataclass(frozen=True, kw_only=True)
class AnswerMark:
    """Agree, or not, with what somebody else said of a line."""

    person_id: UUID
    kind: LogKind
    entry_id: UUID
    is_confirmed: bool


def mark_line(cmd: MarkLine, *, uow: UnitOfWork, sources: Sequence[LogSource]) -> UUID:
    """Say that showing a line would cause harm, or that one left out may be shown.

    Which of the two follows from how the line stands. Returns the mark's id. Raises NotFoundError,
    RefusedError without a reason, while a second person is asked, or for a line of which no two
    people can say anything.
    """
    row = _row(uow, cmd.person_id, cmd.kind, cmd.entry_id, sources)
    verdict = may_be_marked(row.left_out)
    if row.waits:
        raise RefusedError("A second person is asked about this line already.")
    if verdict is None:
        raise RefusedError("This line is never shown to the person.")
    if not cmd.reason.strip():
        raise RefusedError("Enter why", field="reason")
    mark = _mark(uow, cmd.person_id, row, verdict)
    mark.reason, mark.marked_by = cmd.reason.strip(), _account(uow)
    uow.session.add(mark)
    uow.emit(LogLineMarked(mark_id=mark.id, person_id=cmd.person_id, verdict=verdict))
    return mark.id


def answer_mark(cmd: AnswerMark, *, uow: UnitOfWork, sources: Sequence[LogSource]) -> UUID:
    """Answer as the second person, and return the mark's id.

    Raises NotFoundError, RefusedError when nothing waits, NotAllowedError for whoever said it.
    """
    row = _row(uow, cmd.person_id, cmd.kind, cmd.entry_id, sources)
    if not row.waits:
        raise RefusedError("Nobody is asked about this line any more.")
    asked = next((mark for mark in row.marks if mark.is_confirmed is None), None)
    said_by = asked.by_id if asked else row.entry.said_harmful_by
    if said_by is None or said_by == _account(uow):
        raise NotAllowedError("You said this yourself. A second person must answer.")
    if asked is not None:
        mark = uow.session.get_one(LogMark, asked.id)
    else:
        mark = _mark(uow, cmd.person_id, row, Verdict.HIDE)
        mark.reason, mark.marked_by = SAID_THEN, said_by
        uow.session.add(mark)
    mark.is_confirmed = cmd.is_confirmed
    mark.answered_by, mark.answered_at = uow.actor.account_id, uow.now
    uow.emit(LogLineAnswered(mark_id=mark.id, person_id=cmd.person_id))
    return mark.id


def note_shown(person_id: UUID, *, uow: UnitOfWork) -> UUID:
    """Write to the trail that the person was shown, or given, their log in plain words.

    Raises NotFoundError, NotAllowedError.
    """
    find_subject(uow, person_id, Permission.LOG_MARK)
    uow.emit(LogShown(person_id=person_id))
    return person_id


def _row(
    uow: UnitOfWork, person_id: UUID, kind: LogKind, entry_id: UUID, sources: Sequence[LogSource]
) -> LogRow:
    find_subject(uow, person_id, Permission.LOG_MARK)
    uow.alone(f"log {person_id}")
    for row in log_of(uow, person_id, sources):
        if (row.entry.kind, row.entry.id) == (kind, entry_id):
            return row
    raise NotFoundError("no such line")


def _mark(uow: UnitOfWork, person_id: UUID, row: LogRow, verdict: Verdict) -> LogMark:
    return LogMark(
        id=uow.new_id(),
        person_id=person_id,
        kind=row.entry.kind,
        entry_id=row.entry.id,
        number=len(row.marks) + 1,
        verdict=verdict,
        marked_at=uow.now,
    )


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("only people say this")
    return uow.actor.account_id
