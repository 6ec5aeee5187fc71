"""Everything that must leave the machine, written in the transaction of its cause.

A row holds ids, instants and an opaque path; its bytes are made when it is first claimed. A fact
that changes makes a new row and supersedes the one before, unless that one may have left already.
"""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.config import Settings
from hub.db.keyring import Keyring
from hub.db.units import UnitOfWork
from hub.kernel.events import Event
from hub.meetings.events import InvitationCancelled, InvitationChanged, InvitationIssued
from hub.meetings.models import Invitation, Meeting
from hub.meetings.states import MeetingShape
from hub.notify.about import About, about_item, is_kept
from hub.notify.calendar import Method
from hub.notify.envelope import message_id_for
from hub.notify.letters import Kind
from hub.notify.models import Message

UNSENT = ("queued", "deferred")
DUTY_DESK = "duty_desk"
ONE_TIME_LINK = "account_invitation"
"""The fact from which a path is made that must not stand in the database."""
INVITATIONS = (InvitationIssued, InvitationChanged, InvitationCancelled)


@dataclass(frozen=True, kw_only=True)
class Recipient:
    """Somebody the hub may write to: an entry of its own, never an address that was typed."""

    id: UUID
    address: str
    name: str


@dataclass(frozen=True, kw_only=True)
class Outbox:
    """Writes messages of one hub."""

    settings: Settings
    keyring: Keyring

    def hear(self, uow: UnitOfWork, happened: Event) -> None:
        """React to an invitation issued, changed or cancelled by writing its message."""
        if isinstance(happened, INVITATIONS):
            invitation = uow.session.get_one(Invitation, happened.invitation_id)
            self._invitation(
                uow, invitation, is_cancelled=isinstance(happened, InvitationCancelled)
            )

    def _invitation(self, uow: UnitOfWork, invitation: Invitation, *, is_cancelled: bool) -> None:
        earlier = list(
            uow.session.scalars(
                select(Message)
                .where(Message.invitation_id == invitation.id)
                .order_by(Message.number)
            )
        )
        for row in earlier:
            if row.state in UNSENT:
                row.state = "superseded"
        may_be_known = any(row.attempts > 0 for row in earlier)
        kind = Kind.INVITATION
        if is_cancelled:
            kind = Kind.CANCELLATION
        elif may_be_known and earlier[-1].method == Method.REQUEST:
            kind = Kind.CHANGE
        contact = uow.session.get_one(Contact, invitation.recipient_id)
        to_somebody_kept = not is_cancelled and is_kept(
            uow, contact.id, invitation.address, about_item(uow, invitation.item_id)
        )
        if to_somebody_kept:
            return
        meeting = uow.session.get_one(Meeting, invitation.meeting_id)
        closes = meeting.shape == MeetingShape.CLOSING
        row = self._row(
            uow,
            kind,
            Recipient(
                id=contact.id,
                address=invitation.address,
                # A desk's name says what it is for, which no message may.
                name="" if contact.role == DUTY_DESK else contact.name,
            ),
            {
                "path": f"/invitations/{invitation.id}",
                "starts_at": invitation.starts_at.isoformat(),
                "ends_at": invitation.ends_at.isoformat(),
                **({"closes": "yes"} if closes else {}),
            },
        )
        row.invitation_id, row.because = invitation.id, invitation.because
        row.route, row.step = invitation.route, invitation.step
        # For ever the same, also when the sender's domain is another one now.
        row.uid = earlier[-1].uid if earlier else f"{invitation.uid}@{self._domain}"
        row.sequence = invitation.sequence
        row.method = Method.CANCEL if is_cancelled else Method.REQUEST
        if is_cancelled and not may_be_known:
            row.state = "superseded"  # nobody has heard of it, so nobody need hear that it is off

    def notice(
        self,
        uow: UnitOfWork,
        to: Recipient,
        *,
        about: About,
        path: str = "/",
        due_on: date | None = None,
    ) -> None:
        """Write a neutral notice that something waits at the path.

        One that is still unsent to the same address says as much, so there is never a second. To
        somebody who must not hear of what it is about there is none.
        """
        if is_kept(uow, to.id, to.address, about):
            return
        waiting = select(Message.id).where(
            Message.address == to.address,
            Message.kind == Kind.NOTICE.value,
            Message.state.in_(UNSENT),
        )
        if uow.session.scalar(waiting.limit(1)) is None:
            facts = {"path": path} | ({"due_on": due_on.isoformat()} if due_on else {})
            self._row(uow, Kind.NOTICE, to, facts)

    def account_invitation(self, uow: UnitOfWork, to: Recipient, invitation_id: UUID) -> None:
        """Write the link by which somebody sets a password.

        The row holds the invitation's id only: the link is a secret, made when the message is
        sealed and forgotten once it has left.
        """
        self._row(uow, Kind.ACCOUNT_INVITATION, to, {ONE_TIME_LINK: str(invitation_id)})

    @property
    def _domain(self) -> str:
        return self.settings.mail.sender.rpartition("@")[2]

    def _row(self, uow: UnitOfWork, kind: Kind, to: Recipient, facts: dict[str, str]) -> Message:
        message_id = uow.new_id()
        row = Message(
            id=message_id,
            kind=kind.value,
            recipient_id=to.id,
            address=to.address,
            recipient_name=to.name,
            facts=json.dumps(facts | {"reference": uow.ids.reference()}, sort_keys=True),
            message_id=message_id_for(
                message_id, key=self.keyring.mail, sender=self.settings.mail.sender
            ),
            state="queued",
            written_at=uow.now,
            due_at=uow.now,
            attempts=0,
        )
        uow.session.add(row)
        return row
