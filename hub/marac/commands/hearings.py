"""What is done and written down while a case is heard: signing, opening, notes, ending.

Notes are saved as they are typed, each field by itself with a version of its own: two people who
write in different fields never meet, and in the same field the second is shown the first's words.
"""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, permit
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import find_meeting, find_telling, open_hearing
from hub.marac.events import HearingMoved, NoteSaved, TellerChosen, UndertakingGiven
from hub.marac.models import Hearing, HearingNote, Undertaking
from hub.marac.queries.actions import is_away_from
from hub.marac.queries.areas import area_rules
from hub.marac.queries.minutes import is_in_approved
from hub.marac.rules.actions import may_confirm
from hub.marac.rules.areas import heard_day
from hub.marac.rules.record import CAPACITIES, FIELDS, TELLERS
from hub.marac.states import HEARING, HearingMove, HearingState
from hub.meetings.models import Item, Meeting

LONGEST_NOTE = 20_000


@dataclass(frozen=True, kw_only=True)
class SaveNote:
    """A field of a case's record as it was typed; ``version`` is the one it was typed over."""

    item_id: UUID
    field: str
    text: str
    version: int


@dataclass(frozen=True, kw_only=True)
class SetTeller:
    """Who tells the victim what was agreed; for nobody the note says why."""

    item_id: UUID
    version: int
    teller: str
    account_id: UUID | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class MoveHearing:
    """Open, end, note or put back a case; ``why`` for what is put back."""

    item_id: UUID
    version: int
    move: HearingMove
    why: str = ""


@dataclass(frozen=True, kw_only=True)
class ReportTelling:
    """When and how the victim was told, or why not."""

    item_id: UUID
    version: int
    told_on: date | None
    told_how: str = ""
    not_told_why: str = ""


def sign_statement(meeting_id: UUID, capacity: str, *, uow: UnitOfWork) -> None:
    """Accept the confidentiality statement of a meeting; twice changes nothing.

    Raises NotFoundError for a meeting that is not there for the actor, RefusedError for an unknown
    capacity.
    """
    meeting = find_meeting(uow, meeting_id)
    account_id = _account(uow)
    if capacity not in CAPACITIES:
        raise RefusedError("Select in which capacity you take part", field="capacity")
    if uow.session.get(Undertaking, (meeting.id, account_id)) is not None:
        return

    uow.session.add(
        Undertaking(
            meeting_id=meeting.id,
            account_id=account_id,
            capacity=capacity,
            statement=area_rules(uow, meeting.area_id).statement,
            accepted_at=uow.now,
        )
    )
    uow.emit(UndertakingGiven(meeting_id=meeting.id, account_id=account_id))


def move_hearing(cmd: MoveHearing, *, uow: UnitOfWork) -> UUID:
    """Open, end, note or put back a case and return its id.

    It cannot be ended without a risk summary and somebody who tells the victim. Raises
    NotFoundError, NotSignedError, NotAllowedError, ConflictError, IllegalMoveError, RefusedError.
    """
    item = open_hearing(uow, cmd.item_id)
    _permit(uow)
    _refuse_approved(uow, item)
    hearing = hearing_of(uow, item.id)
    _refuse_stale(hearing, cmd.version)
    if cmd.move is HearingMove.PUT_BACK and not cmd.why.strip():
        raise RefusedError("Write why it is put back to the next meeting", field="why")
    if cmd.move is HearingMove.END:
        decision = may_confirm(notes_of(uow, item.id), hearing.teller)
        if not decision.allowed:
            raise RefusedError(" ".join(decision.reasons))

    hearing.state = HEARING.step(HearingState(hearing.state), cmd.move)
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    if cmd.move is HearingMove.OPEN:
        hearing.opened_at = hearing.opened_at or uow.now
    if cmd.move in {HearingMove.END, HearingMove.NOTE}:
        hearing.ended_at, hearing.heard_on = uow.now, heard_day(meeting.starts_at)
    if cmd.move in {HearingMove.PUT_BACK, HearingMove.REOPEN}:
        hearing.heard_on = None
    hearing.put_back_why = cmd.why.strip() if cmd.move is HearingMove.PUT_BACK else None
    uow.emit(HearingMoved(item_id=item.id, state=hearing.state))
    return item.id


def save_note(cmd: SaveNote, *, uow: UnitOfWork) -> int:
    """Save a field as it was typed and return its new version.

    The words that stand there already are no conflict, whatever version they were typed over: the
    button and the script that saves as somebody types may send the same ones. Raises NotFoundError,
    NotSignedError, NotAllowedError, RefusedError for an unknown field or a text that is too long,
    and ConflictError with the other's words when somebody saved meanwhile.
    """
    item = open_hearing(uow, cmd.item_id)
    _permit(uow)
    _refuse_approved(uow, item)
    if cmd.field not in FIELDS:
        raise RefusedError("There is no such field.", field="field")
    if len(cmd.text) > LONGEST_NOTE:
        raise RefusedError(f"This must be {LONGEST_NOTE:,} letters or fewer", field=cmd.field)
    uow.alone(f"note {item.id} {cmd.field}")
    note = uow.session.scalar(
        select(HearingNote).where(HearingNote.item_id == item.id, HearingNote.field == cmd.field)
    )
    if note is not None and note.text == cmd.text:
        return note.version
    if (note.version if note else 0) != cmd.version:
        raise ConflictError("the note", {cmd.field: note.text if note else ""})
    if note is None:
        note = HearingNote(id=uow.new_id(), item_id=item.id, field=cmd.field)
        uow.session.add(note)

    note.text, note.saved_by, note.saved_at = cmd.text, _account(uow), uow.now
    uow.session.flush()
    uow.emit(NoteSaved(item_id=item.id, field=cmd.field))
    return note.version


def set_teller(cmd: SetTeller, *, uow: UnitOfWork) -> UUID:
    """Say who tells the victim and return the case's id.

    Somebody named finds it among what waits for them. Raises NotFoundError, NotSignedError,
    NotAllowedError, ConflictError, RefusedError for an unknown choice, a name without a live
    account, or nobody without a reason.
    """
    item = open_hearing(uow, cmd.item_id)
    _permit(uow)
    _refuse_approved(uow, item)
    hearing = hearing_of(uow, item.id)
    _refuse_stale(hearing, cmd.version)
    if cmd.teller not in TELLERS:
        raise RefusedError("Choose who tells the victim", field="teller")
    if cmd.teller in {"nobody", "other"} and not cmd.note.strip():
        raise RefusedError("Write who, or why nobody does", field="note")
    named = None if cmd.teller == "nobody" else cmd.account_id
    if named is not None and not _can_tell(uow, item, named):
        raise RefusedError("Choose a named person whose account is live", field="account_id")

    is_new = named is not None and named != hearing.teller_account_id
    hearing.teller, hearing.teller_account_id = cmd.teller, named
    hearing.teller_note = cmd.note.strip() or None
    uow.emit(NoteSaved(item_id=item.id, field="teller"))
    if is_new and named is not None:
        uow.emit(TellerChosen(item_id=item.id, account_id=named))
    return item.id


def report_telling(cmd: ReportTelling, *, uow: UnitOfWork) -> UUID:
    """Write down that the victim was told, or why not: whoever was to tell, or runs the meeting.

    Raises NotFoundError, NotSignedError, ConflictError, RefusedError for neither of the two, or a
    day to come.
    """
    if not _is_teller(uow, cmd.item_id):
        open_hearing(uow, cmd.item_id)
    hearing = hearing_of(uow, cmd.item_id)
    _refuse_stale(hearing, cmd.version)
    if (cmd.told_on is None) == (not cmd.not_told_why.strip()):
        raise RefusedError("Enter when they were told, or why they were not", field="told_on")
    if cmd.told_on is not None and cmd.told_on > uow.today:
        raise RefusedError("This must be today or earlier", field="told_on")

    hearing.told_on, hearing.told_how = cmd.told_on, cmd.told_how.strip() or None
    hearing.not_told_why = cmd.not_told_why.strip() or None
    uow.emit(NoteSaved(item_id=cmd.item_id, field="told"))
    return cmd.item_id


def _is_teller(uow: UnitOfWork, item_id: UUID) -> bool:
    try:
        find_telling(uow, item_id)
    except NotFoundError:
        return False
    return True


def hearing_of(uow: UnitOfWork, item_id: UUID) -> Hearing:
    """Return the hearing of a case, begun now where there was none, locked."""
    uow.alone(f"hearing {item_id}")
    hearing = uow.session.scalar(select(Hearing).where(Hearing.item_id == item_id))
    if hearing is None:
        hearing = Hearing(id=uow.new_id(), item_id=item_id, state=HearingState.WAITING)
        uow.session.add(hearing)
        uow.session.flush()
    return hearing


def notes_of(uow: UnitOfWork, item_id: UUID) -> dict[str, str]:
    """Return the fields of a case's record that have been written."""
    rows = uow.session.execute(
        select(HearingNote.field, HearingNote.text).where(HearingNote.item_id == item_id)
    )
    return {row.field: row.text for row in rows}


def _can_tell(uow: UnitOfWork, item: Item, account_id: UUID) -> bool:
    account = uow.session.get(Account, account_id)
    return account is not None and account.is_active and not is_away_from(uow, item, account)


def _refuse_stale(hearing: Hearing, version: int) -> None:
    # A hearing that nobody had begun yet was shown as version 0.
    if hearing.version != version and (version, hearing.version) != (0, 1):
        raise ConflictError("the case", {"state": hearing.state, "teller": hearing.teller or ""})


def _refuse_approved(uow: UnitOfWork, item: Item) -> None:
    uow.alone(f"minutes {item.meeting_id}")  # so that nothing is written while they are approved
    if is_in_approved(uow, item):
        raise RefusedError("The minutes of this case are approved. Put them right by an addendum.")


def _permit(uow: UnitOfWork) -> None:
    permit(uow.actor, Permission.HEARING_RECORD, {Fact.SAME_AREA})


def _account(uow: UnitOfWork) -> UUID:
    if uow.actor.account_id is None:
        raise NotAllowedError("a person does this")
    return uow.actor.account_id
