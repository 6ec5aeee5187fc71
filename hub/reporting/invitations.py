"""Every outgoing invitation, change and cancellation, as the public interface lists them."""

from collections.abc import Iterator

from sqlalchemy import func, select

from hub.db.units import UnitOfWork
from hub.meetings.models import Invitation, Meeting
from hub.notify.models import Message

Listed = dict[str, str | int | bool | None]


def listed_invitations(uow: UnitOfWork) -> Iterator[Listed]:
    """Yield each message that carries a calendar entry, in the order written.

    Source of the fields: the hub's public interface, section 7. ``because`` is why the message was
    written, ``current`` whether it is the latest of its UID.
    """
    latest = (
        select(func.max(Message.number).label("number"))
        .where(Message.uid.is_not(None))
        .group_by(Message.uid)
        .subquery()
    )
    rows = uow.session.execute(
        select(Message, Invitation, Meeting.reference, latest.c.number)
        .join(Invitation, Invitation.id == Message.invitation_id)
        .join(Meeting, Meeting.id == Invitation.meeting_id)
        .outerjoin(latest, latest.c.number == Message.number)
        .order_by(Message.number)
    )
    for message, invitation, reference, newest in rows:
        is_current = newest is not None
        yield {
            "meeting": reference,
            "item": str(invitation.item_id),
            "person": str(invitation.subject_id),
            "recipient": str(invitation.recipient_id),
            "route": message.route,
            "step": message.step,
            "address": message.address,
            "uid": message.uid,
            "sequence": message.sequence,
            "method": message.method,
            "message_id": message.message_id,
            "state": message.state,
            "current": is_current,
            # The latest says why it stands now; an older one why it was written then.
            "because": invitation.because if is_current else message.because,
        }
