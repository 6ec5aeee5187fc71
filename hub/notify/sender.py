"""Claims what is due, seals it, hands it over and marks it; killed anywhere, nothing is lost.

Claiming and marking are transactions of their own; between them, while the network is used, none
is open. A worker that dies leaves rows whose lease ends, and another sends the same bytes again.
"""

import json
import logging
import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, and_, or_, select
from sqlalchemy.orm import aliased

from hub.access.queries import invitation_path
from hub.config import Settings
from hub.db.units import UnitOfWork, Units
from hub.kernel.actor import system
from hub.kernel.errors import RefusedError
from hub.meetings.models import Invitation
from hub.meetings.tasks import Needed, open_task
from hub.notify.calendar import Entry, Method, calendar_bytes
from hub.notify.door import Door
from hub.notify.envelope import seal
from hub.notify.events import MessageRefused, MessageRelayed
from hub.notify.letters import WITH_SLOT, Facts, Kind, letter
from hub.notify.models import Message
from hub.notify.outbox import ONE_TIME_LINK
from hub.notify.outcomes import Deferred, Outcome, Refused, Relayed

LOG = logging.getLogger("hub.notify")
BATCH = 20
PHONE_AFTER = timedelta(minutes=30)
"""How long an invitation may wait for the relay before somebody is asked to telephone."""
GIVE_UP_AFTER = timedelta(days=3)
JITTER = 0.2


@dataclass(frozen=True, kw_only=True)
class Claimed:
    """A message in hand: what is sent, and to whom."""

    id: UUID
    sealed: bytes
    address: str


class Sender:
    """One worker's sending."""

    def __init__(self, units: Units, door: Door, settings: Settings, name: str) -> None:
        self.units = units
        self.door = door
        self.settings = settings
        self.name = name
        self.actor = system("worker")

    def send_due(self, *, stopping: Callable[[], bool] = lambda: False) -> bool:
        """Try everything due once; return whether the relay took all of it.

        Stops after the message in hand when ``stopping`` says so. A message that is put off waits
        for the next call, however long this one takes.
        """
        took_all = True
        since = self.units.clock.now()
        with self.door.session() as session:
            while not stopping() and (batch := self._claim(since)) is not None:
                half_over = time.monotonic() + self.settings.mail.lease_seconds / 2
                for message in batch:
                    if message is None:
                        took_all = False
                        continue
                    if stopping():
                        self._release(message.id)
                        continue
                    if time.monotonic() > half_over and not self._renew(message.id):
                        continue  # a slow relay used up the lease, and another worker has the row
                    outcome = session.send(
                        message.sealed, self.settings.mail.sender, message.address
                    )
                    took_all = isinstance(outcome, Relayed) and took_all
                    self._mark(message.id, outcome)
        return took_all and not stopping()

    def _renew(self, message_id: UUID) -> bool:
        """Lengthen the lease of a message in hand; return whether it is still ours."""
        with self.units.write(self.actor) as uow:
            row = self._own(uow, message_id)
            if row is None:
                return False
            row.claimed_until = uow.now + timedelta(seconds=self.settings.mail.lease_seconds)
            return True

    def _claim(self, since: datetime | None = None) -> list[Claimed | None] | None:
        """Take some of what is due, and was at ``since``; None when nothing is.

        There is a None in the list for each message that can never be one.
        """
        with self.units.write(self.actor) as uow:
            waiting = due(since or uow.now).limit(BATCH).with_for_update(skip_locked=True)
            rows = list(uow.session.scalars(waiting))
            return [self._take(uow, row) for row in rows] or None

    def _take(self, uow: UnitOfWork, row: Message) -> Claimed | None:
        """Claim one row, sealing it if this is its first time; None for one that cannot be sealed.

        A row whose address or times can never make a message must not hold up the others: it
        counts as refused, and what follows a refusal follows.
        """
        row.attempts += 1
        try:
            row.sealed = row.sealed or self._seal(uow, row)
        except RefusedError as error:
            row.state, row.outcome = "refused", f"cannot_seal_{error.field or 'it'}"
            uow.emit(MessageRefused(message_id=row.id, recipient_id=row.recipient_id))
            return None
        row.state, row.claimed_by = "claimed", self.name
        row.claimed_until = uow.now + timedelta(seconds=self.settings.mail.lease_seconds)
        return Claimed(id=row.id, sealed=row.sealed, address=row.address)

    def _seal(self, uow: UnitOfWork, row: Message) -> bytes:
        """Return the message's bytes, made once: a repeat is the same bytes, Date and all."""
        facts = json.loads(row.facts)
        kind = Kind(row.kind)
        at = uow.now.replace(microsecond=0)
        if ONE_TIME_LINK in facts:
            path = invitation_path(uow, UUID(facts[ONE_TIME_LINK]))
        else:
            path = facts["path"]
        link = self.settings.public_base_url + path
        slot = {
            name: datetime.fromisoformat(facts[name])
            for name in ("starts_at", "ends_at")
            if kind in WITH_SLOT
        }
        due_on = date.fromisoformat(facts["due_on"]) if "due_on" in facts else None
        words = letter(
            kind,
            Facts(
                link=link,
                reference=facts["reference"],
                recipient_name=row.recipient_name,
                due_on=due_on,
                closes="closes" in facts,
                **slot,
            ),
        )
        calendar = None
        if row.uid and row.method and row.sequence is not None:
            calendar = calendar_bytes(
                Entry(
                    uid=row.uid,
                    sequence=row.sequence,
                    method=Method(row.method),
                    dtstamp=at,
                    organizer=self.settings.mail.sender,
                    attendee=row.address,
                    attendee_name=row.recipient_name,
                    url=link,
                    **slot,
                )
            )
        return seal(
            letter=words,
            sender=self.settings.mail.sender,
            recipient=row.address,
            message_id=row.message_id,
            date=at,
            calendar=calendar,
        )

    def _release(self, message_id: UUID) -> None:
        """Put back a message that was claimed and not tried."""
        with self.units.write(self.actor) as uow:
            row = self._own(uow, message_id)
            if row is not None:
                row.state, row.claimed_by, row.claimed_until = "queued", None, None
                row.attempts -= 1

    def _mark(self, message_id: UUID, outcome: Outcome) -> None:
        with self.units.write(self.actor) as uow:
            row = self._own(uow, message_id)
            if row is None:
                return  # the lease ran out and another worker has it: its mark counts
            row.claimed_by = row.claimed_until = None
            match outcome:
                case Relayed():
                    row.state, row.relayed_at, row.outcome = "relayed", uow.now, None
                    if row.kind == Kind.ACCOUNT_INVITATION:
                        row.sealed = None  # it holds a secret link, and will not be sent again
                    uow.emit(MessageRelayed(message_id=row.id))
                case Refused(code):
                    row.state, row.outcome = "refused", str(code)
                    uow.emit(MessageRefused(message_id=row.id, recipient_id=row.recipient_id))
                case Deferred(reason_code):
                    self._defer(uow, row, reason_code)
            level = logging.DEBUG if row.state == "relayed" else logging.WARNING
            LOG.log(level, "message %s %s %s", row.id, row.state, row.outcome or "")

    def _own(self, uow: UnitOfWork, message_id: UUID) -> Message | None:
        return uow.session.scalar(
            select(Message)
            .where(
                Message.id == message_id,
                Message.state == "claimed",
                Message.claimed_by == self.name,
            )
            .with_for_update()
        )

    def _defer(self, uow: UnitOfWork, row: Message, reason_code: str) -> None:
        """Try again later; tell somebody when an invitation has waited too long."""
        ladder = self.settings.mail.retry_seconds
        wait = ladder[min(row.attempts, len(ladder)) - 1]
        spread = 1 + JITTER * random.random()  # noqa: S311 - spreads load, hides nothing
        row.state, row.outcome = "deferred", reason_code
        row.due_at = uow.now + timedelta(seconds=wait * spread)
        waited = uow.now - row.written_at
        if row.invitation_id is not None and waited >= PHONE_AFTER:
            open_phone_task(uow, row)
        is_pointless = row.invitation_id is None and waited >= GIVE_UP_AFTER
        if is_pointless or _has_begun(uow, row):
            row.state, row.outcome = "refused", "gave_up"


def due(at: datetime) -> Select[Message]:
    """Return the query for messages to be sent at an instant, in the order of their writing.

    A row waits while an earlier one of the same UID has not left: a calendar must not hear of a
    change, or of a cancellation, before it has heard of the invitation.
    """
    earlier = aliased(Message)
    blocked = (
        select(earlier.number)
        .where(
            earlier.uid == Message.uid,
            earlier.number < Message.number,
            earlier.state.in_(("queued", "claimed", "deferred")),
        )
        .exists()
    )
    is_new = Message.state == "queued"  # at once, whatever the clock of the process that wrote it
    is_due_again = and_(Message.state == "deferred", Message.due_at <= at)
    is_orphaned = and_(Message.state == "claimed", Message.claimed_until <= at)
    return (
        select(Message)
        .where(or_(is_new, is_due_again, is_orphaned), ~blocked)
        .order_by(Message.number)
    )


def open_phone_task(uow: UnitOfWork, row: Message) -> None:
    """Ask the co-ordinator to telephone somebody whom an invitation does not reach."""
    invitation = uow.session.get_one(Invitation, row.invitation_id)
    open_task(
        uow,
        Needed(
            cause=f"message:{row.id}",
            kind="message_not_leaving",
            owner_role="co_ordinator",
            meeting_id=invitation.meeting_id,
            item_id=invitation.item_id,
            subject_id=invitation.subject_id,
            recipient_id=row.recipient_id,
            due_at=max(
                min(uow.now + timedelta(hours=4), invitation.starts_at),
                uow.now + timedelta(minutes=15),
            ),
        ),
    )


def _has_begun(uow: UnitOfWork, row: Message) -> bool:
    if row.invitation_id is None:
        return False
    return uow.session.get_one(Invitation, row.invitation_id).starts_at <= uow.now
