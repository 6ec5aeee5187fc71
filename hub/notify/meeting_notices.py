"""Who is told that a meeting is somewhere else, which no calendar entry says."""

from dataclasses import dataclass

from sqlalchemy import or_, select

from hub.agencies.models import Contact
from hub.db.units import UnitOfWork
from hub.meetings.events import MeetingPlaceChanged
from hub.meetings.models import Invitation
from hub.notify.about import about_item
from hub.notify.outbox import Outbox, Recipient

STAYS_AWAY = ("declined", "stand_in", "not_mine", "information_only")
"""Answers of whoever does not come: a stand-in has an invitation of their own."""


@dataclass(frozen=True, kw_only=True)
class MeetingNotices:
    """Writes the notices of meetings; each method hears one kind of event."""

    outbox: Outbox

    def place_changed(self, uow: UnitOfWork, happened: MeetingPlaceChanged) -> None:
        """Ask everybody who may come to look at their invitation again; a link, no words."""
        uow.session.flush()
        rows = uow.session.execute(
            select(Invitation, Contact.name)
            .join(Contact, Contact.id == Invitation.recipient_id)
            .where(
                Invitation.meeting_id == happened.meeting_id,
                Invitation.state == "held",
                or_(Invitation.answer.is_(None), Invitation.answer.not_in(STAYS_AWAY)),
            )
            .order_by(Invitation.starts_at, Invitation.id)
        )
        for invitation, name in rows:
            to = Recipient(id=invitation.recipient_id, address=invitation.address, name=name)
            about = about_item(uow, invitation.item_id)
            self.outbox.notice(uow, to, about=about, path=f"/invitations/{invitation.id}")
