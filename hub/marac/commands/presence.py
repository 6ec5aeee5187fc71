"""Writing down which agencies came: a whole meeting in one press, and what was otherwise at a case.

Two note-takers who send the same list lose nothing: a line that one of them left alone never
undoes the other's, and a line that both changed is shown to the second with what the first wrote.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import exists, select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, permit
from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import find_meeting, open_hearing
from hub.marac.events import ApologySent, CasePresenceRecorded, ObserverNamed, PresenceRecorded
from hub.marac.models import AgencyPresence, CasePresence, Minutes, Observer
from hub.marac.queries.minutes import is_in_approved
from hub.marac.queries.presence import agency_lines, case_lines, presence_row
from hub.marac.rules.presence import (
    BEFORE,
    OF_A_MEETING,
    Came,
    Presence,
    Saved,
    Settled,
    Typed,
    settle,
)
from hub.marac.states import MinutesState
from hub.meetings.access import open_meeting
from hub.meetings.events import AttendanceRecorded
from hub.meetings.models import Item, Meeting
from hub.meetings.states import MeetingShape, MeetingState

Lines = tuple[tuple[UUID, Typed], ...]


@dataclass(frozen=True, kw_only=True)
class RecordPresence:
    """The list of a meeting's agencies as it was sent, each line by its agency."""

    meeting_id: UUID
    lines: Lines


@dataclass(frozen=True, kw_only=True)
class RecordCasePresence:
    """The same list at one case: only what is otherwise there is kept."""

    item_id: UUID
    lines: Lines


@dataclass(frozen=True, kw_only=True)
class SendApology:
    """An agency's representative says before a meeting that it cannot come, or that it can."""

    meeting_id: UUID
    version: int
    comes: bool


@dataclass(frozen=True, kw_only=True)
class NameObserver:
    """Somebody who observes without an account here, and whether they accepted the statement."""

    meeting_id: UUID
    name: str
    agency: str
    has_accepted: bool


def record_presence(cmd: RecordPresence, *, uow: UnitOfWork) -> int:
    """Write down which agencies came to a meeting and return how many lines were changed.

    Raises NotFoundError, also for an agency that is not the meeting's, NotAllowedError,
    RefusedError for what cannot be said yet or any more, and ConflictError, with nothing written,
    for the agencies, by id, of which somebody has saved something else meanwhile.
    """
    meeting = _open(uow, cmd.meeting_id)
    has_begun = meeting.starts_at <= uow.now
    allowed = OF_A_MEETING if has_begun else BEFORE
    known = {line.id: line for line in agency_lines(uow, meeting)}
    now = {
        agency_id: Saved(presence=line.saved, version=line.version)
        for agency_id, line in known.items()
    }
    if has_begun and any(typed.presence is None for _, typed in cmd.lines):
        raise RefusedError("Say of each agency whether it came.")
    to_write = _to_write(uow, cmd.lines, now, allowed, writes_usual=True)
    for agency_id, presence in to_write.items():
        row = presence_row(uow, meeting.id, agency_id)
        if presence is None:
            uow.session.delete(row)
            continue
        if row is None:
            row = AgencyPresence(id=uow.new_id(), meeting_id=meeting.id, agency_id=agency_id)
            uow.session.add(row)
        _fill(uow, row, presence)
    if to_write:
        uow.emit(PresenceRecorded(meeting_id=meeting.id, lines=len(to_write)))
    return len(to_write)


def record_case_presence(cmd: RecordCasePresence, *, uow: UnitOfWork) -> int:
    """Write down what was otherwise at one case and return how many lines were changed.

    A line that says what counts for the whole meeting keeps nothing of its own. Raises as
    ``record_presence``, and NotSignedError.
    """
    item = open_hearing(uow, cmd.item_id)
    meeting = _open(uow, item.meeting_id, is_whole=False)
    _refuse_minuted(uow, item)
    if meeting.starts_at > uow.now:
        raise RefusedError("The meeting has not begun yet.")
    known = {line.agency.id: line for line in case_lines(uow, item)}
    now = {
        agency_id: Saved(presence=line.shown, version=line.version)
        for agency_id, line in known.items()
    }
    to_write = _to_write(uow, cmd.lines, now, tuple(Came), writes_usual=False)
    for agency_id, presence in to_write.items():
        row = uow.session.scalar(
            select(CasePresence).where(
                CasePresence.item_id == item.id, CasePresence.agency_id == agency_id
            )
        )
        if presence in {None, known[agency_id].agency.shown}:
            if row is not None:
                uow.session.delete(row)
            continue
        if row is None:
            row = CasePresence(id=uow.new_id(), item_id=item.id, agency_id=agency_id)
            uow.session.add(row)
        _fill(uow, row, presence)
    if to_write:
        uow.emit(CasePresenceRecorded(item_id=item.id, lines=len(to_write)))
    return len(to_write)


def keep_minuted(uow: UnitOfWork, happened: AttendanceRecorded) -> None:
    """Undo what is written of a worker's coming to a case whose minutes are approved.

    Raises RefusedError.
    """
    _refuse_minuted(uow, uow.session.get_one(Item, happened.item_id))


def send_apology(cmd: SendApology, *, uow: UnitOfWork) -> UUID:
    """Keep an apology of the actor's own agency, or take it back; return the meeting's id.

    Raises NotFoundError unless the agency works in the meeting's area, NotAllowedError,
    ConflictError when a colleague or the co-ordinator was faster, and RefusedError once the
    meeting has begun.
    """
    meeting, agency_id = find_own(uow, cmd.meeting_id)
    _refuse_nobody_meets(meeting)
    if meeting.starts_at <= uow.now:
        raise RefusedError("The meeting has begun. Ring the co-ordinator.")
    uow.alone(f"minutes {meeting.id}")
    row = presence_row(uow, meeting.id, agency_id)
    if cmd.version != (row.version if row else 0):
        raise ConflictError("the apology", {"status": row.status if row else ""})
    if cmd.comes:
        if row is not None:
            uow.session.delete(row)
    else:
        name = uow.session.get_one(Account, _account(uow)).name
        if row is None:
            row = AgencyPresence(id=uow.new_id(), meeting_id=meeting.id, agency_id=agency_id)
            uow.session.add(row)
        _fill(uow, row, Presence(status=Came.APOLOGY, people=name, sent_on=row.sent_on))
    uow.emit(ApologySent(meeting_id=meeting.id, agency_id=agency_id, comes=cmd.comes))
    return meeting.id


def find_own(uow: UnitOfWork, meeting_id: UUID) -> tuple[Meeting, UUID]:
    """Return a meeting and the actor's agency, where they represent one of the meeting's area.

    Raises NotFoundError, NotAllowedError.
    """
    meeting = find_meeting(uow, meeting_id)
    permit(uow.actor, Permission.APOLOGY_SEND, {Fact.SAME_AREA})
    own = exists().where(
        AgencyArea.agency_id == uow.actor.agency_id, AgencyArea.area_id == meeting.area_id
    )
    if uow.actor.agency_id is None or not uow.session.scalar(select(own)):
        raise NotFoundError("There is no such meeting.")
    return meeting, uow.actor.agency_id


def name_observer(cmd: NameObserver, *, uow: UnitOfWork) -> UUID:
    """Name somebody who observes a meeting and return the id of their line.

    Raises NotFoundError, NotAllowedError, RefusedError without a name, or when it is too late.
    """
    meeting = _open(uow, cmd.meeting_id)
    if not cmd.name.strip():
        raise RefusedError("Enter the observer's name", field="name")
    row = Observer(
        id=uow.new_id(),
        meeting_id=meeting.id,
        name=cmd.name.strip(),
        agency=cmd.agency.strip() or None,
        has_accepted=cmd.has_accepted,
        recorded_by=_account(uow),
        recorded_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(ObserverNamed(meeting_id=meeting.id, observer_id=row.id, is_named=True))
    return row.id


def remove_observer(meeting_id: UUID, observer_id: UUID, *, uow: UnitOfWork) -> None:
    """Take somebody off the list of observers. Raises as ``name_observer``."""
    meeting = _open(uow, meeting_id)
    row = uow.session.get(Observer, observer_id)
    if row is None or row.meeting_id != meeting.id:
        raise NotFoundError("There is no such observer.")
    uow.session.delete(row)
    uow.emit(ObserverNamed(meeting_id=meeting.id, observer_id=row.id, is_named=False))


def _open(uow: UnitOfWork, meeting_id: UUID, *, is_whole: bool = True) -> Meeting:
    """Return a meeting whose attendance can be written, one at a time."""
    meeting = open_meeting(uow, meeting_id)
    permit(uow.actor, Permission.ATTENDANCE_RECORD, {Fact.SAME_AREA})
    _account(uow)
    _refuse_nobody_meets(meeting)
    uow.alone(f"minutes {meeting_id}")  # so that nothing is written while they are approved
    approved = exists().where(
        Minutes.meeting_id == meeting_id, Minutes.state == MinutesState.APPROVED
    )
    if is_whole and uow.session.scalar(select(approved)):
        raise RefusedError("The minutes are approved. Put them right by an addendum.")
    return meeting


def _refuse_minuted(uow: UnitOfWork, item: Item) -> None:
    if is_in_approved(uow, item):
        raise RefusedError("The minutes of this case are approved. Put them right by an addendum.")


def _refuse_nobody_meets(meeting: Meeting) -> None:
    if meeting.shape == MeetingShape.CLOSING:
        raise RefusedError("Nobody meets, so nobody's attendance is recorded.")
    if meeting.state == MeetingState.CANCELLED:
        raise RefusedError("The meeting is called off.")


def _to_write(
    uow: UnitOfWork,
    lines: Lines,
    now: dict[UUID, Saved],
    allowed: tuple[Came, ...],
    *,
    writes_usual: bool,
) -> dict[UUID, Presence | None]:
    """Return what is to be written by agency, once it is sure that nobody's words are lost."""
    found, clash = {}, {}
    for agency_id, typed in lines:
        if agency_id not in now:
            raise NotFoundError("There is no such agency.")
        settled = settle(typed, now[agency_id], writes_usual=writes_usual)
        if settled is Settled.CLASH:
            theirs = now[agency_id].presence
            clash[str(agency_id)] = theirs.status if theirs else ""
        elif settled is Settled.WRITE:
            _refuse_impossible(typed.presence, allowed, uow.today)
            found[agency_id] = typed.presence
    if clash:
        raise ConflictError("the attendance", clash)
    return found


def _refuse_impossible(presence: Presence | None, allowed: tuple[Came, ...], today: date) -> None:
    if presence is None:
        return
    if presence.status not in allowed:
        raise RefusedError("Before the meeting begins only an apology is recorded.")
    if presence.sent_on is not None and presence.sent_on > today:
        raise RefusedError("The day on which information was sent must be today or earlier.")


def _fill(uow: UnitOfWork, row: AgencyPresence | CasePresence, presence: Presence) -> None:
    row.status, row.people = presence.status, presence.people or None
    row.sent_on = presence.sent_on
    row.recorded_by, row.recorded_at = _account(uow), uow.now


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("a person does this")
    return uow.actor.account_id
