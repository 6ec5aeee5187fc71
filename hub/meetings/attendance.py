"""Who came to a case: written down by whoever runs the meeting, from the start of the case on."""

from uuid import UUID

from sqlalchemy import select

from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, RefusedError
from hub.meetings.access import open_item
from hub.meetings.events import AttendanceRecorded
from hub.meetings.models import Attendance, Meeting
from hub.meetings.states import MeetingShape

APOLOGY = "apology"
ATTENDANCE = ("attended", "part", APOLOGY, "no_response", "not_identified")
BEFORE = (APOLOGY,)
"""What can be known before the meeting begins."""


def record_attendance(
    item_id: UUID, contact_id: UUID, status: str, *, sent_information: bool, uow: UnitOfWork
) -> None:
    """Write down whether somebody came to an item; what was written before is replaced.

    Raises NotFoundError, NotAllowedError, and RefusedError for a word that is none of the five, for
    anything but an apology before the meeting has begun, or where nobody meets.
    """
    item = open_item(uow, item_id)
    if uow.actor.account_id is None:
        raise NotAllowedError("Only a named person can record attendance.")
    if status not in ATTENDANCE:
        raise RefusedError("Say whether the person came.", field="status")
    meeting = uow.session.get_one(Meeting, item.meeting_id)
    if meeting.shape == MeetingShape.CLOSING:
        raise RefusedError("Nobody meets, so nobody's attendance is recorded.")
    if status not in BEFORE and meeting.starts_at > uow.now:
        raise RefusedError("The meeting has not begun yet. Before it only an apology is recorded.")
    row = uow.session.scalar(
        select(Attendance).where(Attendance.item_id == item.id, Attendance.contact_id == contact_id)
    )
    if row is None:
        row = Attendance(id=uow.new_id(), item_id=item.id, contact_id=contact_id)
        uow.session.add(row)
    row.status, row.sent_information = status, sent_information
    row.recorded_by, row.recorded_at = uow.actor.account_id, uow.now
    uow.emit(AttendanceRecorded(item_id=item.id, contact_id=contact_id, status=status))
