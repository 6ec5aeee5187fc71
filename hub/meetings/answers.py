"""What an invited worker says: I come, I cannot, somebody else comes, or it is not for me."""

from dataclasses import dataclass
from enum import StrEnum
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Contact
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.meetings.access import answers_for, open_invitation
from hub.meetings.events import InvitationAnswered, InvitationClimbed, InvitationIssued
from hub.meetings.models import Invitation, Meeting
from hub.meetings.reconcile import CHOSEN, cancel
from hub.meetings.rules import SHORTEST_WHY, InvitationPolicy, climbs_at, task_due_at
from hub.meetings.stand_ins import is_at_work, not_to_be_sent
from hub.meetings.states import MeetingShape
from hub.meetings.tasks import NOT_MINE, Needed, open_task

DECLINE, SILENCE = "decline", "silence"
INVITATION = "invitation"
"""The kind under which a look at an invitation stands in the trail."""


class Answer(StrEnum):
    """The five things that can be said to an invitation."""

    ACCEPTED = "accepted"
    DECLINED = "declined"
    STAND_IN = "stand_in"
    INFORMATION_ONLY = "information_only"
    NOT_MINE = "not_mine"


CLIMBING = frozenset({Answer.DECLINED, Answer.NOT_MINE})


@dataclass(frozen=True, kw_only=True)
class AnswerInvitation:
    """An answer; ``sequence`` is that of the invitation as it was read, None from a program."""

    invitation_id: UUID
    answer: Answer
    note: str = ""
    stand_in_id: UUID | None = None
    sequence: int | None = None


def note_opened(uow: UnitOfWork, happened: Looked) -> None:
    """React to the first look at an invitation: whoever runs the meeting sees that it was opened.

    The moment stands on the invitation and is written with the look, in its own small unit.
    """
    if happened.kind != INVITATION:
        return
    invitation = uow.session.get_one(Invitation, happened.record_id)
    invitation.opened_at = invitation.opened_at or uow.now


def answer_invitation(cmd: AnswerInvitation, *, uow: UnitOfWork, policy: InvitationPolicy) -> UUID:
    """Answer an invitation and return its id; an earlier answer is replaced.

    A decline climbs the ladder at once. A stand-in of the same service is invited in her own
    right, and no longer once somebody else comes. "No longer mine" asks the team manager to put
    the register right, and climbs. Raises NotFoundError, NotAllowedError for the stand-in, who may
    read it and has an invitation of her own to answer, ConflictError when the slot has changed
    since it was read, and RefusedError for an invitation taken back, a meeting that has begun, a
    missing reason, a stand-in who cannot be sent, or coming where nobody meets.
    """
    invitation = open_invitation(uow, cmd.invitation_id, policy)
    if invitation.recipient_id not in answers_for(uow):
        raise NotAllowedError("a colleague's invitation is answered by the colleague")
    _refuse_late(uow, invitation, cmd.sequence)
    meeting = uow.session.get_one(Meeting, invitation.meeting_id)
    if cmd.answer is Answer.ACCEPTED and meeting.shape == MeetingShape.CLOSING:
        raise RefusedError("Nobody meets. Send what you know instead.", field="answer")
    if cmd.answer in CLIMBING and len(cmd.note.strip()) < SHORTEST_WHY:
        raise RefusedError(
            "Say in a few words why, so that somebody else can be asked.", field="note"
        )

    sent = cmd.stand_in_id if cmd.answer in {Answer.STAND_IN, Answer.NOT_MINE} else None
    if invitation.stand_in_id is not None and invitation.stand_in_id != sent:
        _need_no_more(uow, invitation, invitation.stand_in_id)
    if cmd.answer is Answer.STAND_IN:
        _invite_stand_in(uow, invitation, cmd.stand_in_id, policy)
    if cmd.answer is Answer.NOT_MINE:
        _ask_manager(uow, invitation, cmd.stand_in_id, policy)

    invitation.answer, invitation.answer_note = cmd.answer.value, cmd.note.strip() or None
    invitation.answered_at, invitation.answered_by = uow.now, uow.actor.account_id
    invitation.opened_at = invitation.opened_at or uow.now
    invitation.stand_in_id = cmd.stand_in_id if cmd.answer is Answer.STAND_IN else None
    invitation.climb_at = None
    invitation.climbed_at = uow.now if cmd.answer in CLIMBING else None
    uow.emit(InvitationAnswered(invitation_id=invitation.id, answer=cmd.answer.value))
    if cmd.answer in CLIMBING:
        uow.emit(InvitationClimbed(invitation_id=invitation.id, why=DECLINE))
    return invitation.id


def _refuse_late(uow: UnitOfWork, invitation: Invitation, sequence: int | None) -> None:
    """Go on only while the invitation stands as it was read and the meeting is still to come."""
    meeting = uow.session.get_one(Meeting, invitation.meeting_id)
    if invitation.state != "held":
        raise RefusedError("This invitation was taken back. You need do nothing.")
    if meeting.starts_at <= uow.now:
        raise RefusedError("This meeting has already begun. Ring the co-ordinator instead.")
    if sequence is not None and sequence != invitation.sequence:
        theirs = {"slot": invitation.starts_at.isoformat(), "ends": invitation.ends_at.isoformat()}
        raise ConflictError("time of this invitation", theirs)


def _invite_stand_in(
    uow: UnitOfWork, invitation: Invitation, contact_id: UUID | None, policy: InvitationPolicy
) -> None:
    """Invite the colleague, who must be of the recipient's own service and at work that day."""
    own = uow.session.get_one(Contact, invitation.recipient_id)
    other = uow.session.get(Contact, contact_id) if contact_id else None
    if other is None or other.service_id is None or other.service_id != own.service_id:
        raise RefusedError("Choose a colleague of your own service.", field="stand_in_id")
    if other.id == own.id:
        raise RefusedError("Choose somebody other than yourself.", field="stand_in_id")
    if not other.email:
        raise RefusedError(
            "This colleague cannot be written to. Choose another.", field="stand_in_id"
        )
    if other.id in not_to_be_sent(uow, invitation.item_id, invitation.subject_id):
        raise RefusedError(
            "This colleague cannot be sent to this one. Choose another.", field="stand_in_id"
        )
    if not is_at_work(uow, other, london_day(invitation.starts_at)):
        raise RefusedError(
            "This colleague is not at work that day. Choose another.", field="stand_in_id"
        )
    if _sends_somebody(uow, invitation, other.id):
        raise RefusedError(
            "This colleague is sending somebody else instead. Choose another.", field="stand_in_id"
        )
    choose_recipient(uow, invitation, other, policy)


def _sends_somebody(uow: UnitOfWork, invitation: Invitation, contact_id: UUID) -> bool:
    """Tell whether a colleague, asked to the same, has sent somebody: perhaps whoever asks now."""
    found = select(Invitation.id).where(
        Invitation.item_id == invitation.item_id,
        Invitation.subject_id == invitation.subject_id,
        Invitation.recipient_id == contact_id,
        Invitation.state == "held",
        Invitation.answer == Answer.STAND_IN.value,
    )
    return uow.session.scalar(found) is not None


def _need_no_more(uow: UnitOfWork, invitation: Invitation, contact_id: UUID) -> None:
    """Take back the invitation of a colleague who is not sent any more, unless they said yes."""
    row = uow.session.scalar(
        select(Invitation).where(
            Invitation.item_id == invitation.item_id,
            Invitation.subject_id == invitation.subject_id,
            Invitation.recipient_id == contact_id,
            Invitation.state == "held",
            Invitation.because == CHOSEN,
        )
    )
    if row is not None and row.answer is None:
        cancel(uow, row)


def choose_recipient(
    uow: UnitOfWork, like: Invitation, contact: Contact, policy: InvitationPolicy
) -> UUID:
    """Invite somebody a named person chose, to the same item for the same person."""
    known = uow.session.scalar(
        select(Invitation).where(
            Invitation.item_id == like.item_id,
            Invitation.subject_id == like.subject_id,
            Invitation.recipient_id == contact.id,
        )
    )
    if known is not None and known.state == "held":
        return known.id
    row = known or Invitation(
        id=uow.new_id(),
        meeting_id=like.meeting_id,
        item_id=like.item_id,
        subject_id=like.subject_id,
        recipient_id=contact.id,
        route=like.route,
        step=like.step,
        uid=uow.ids.reference().lower().replace("-", ""),
        sequence=-1,
    )
    row.state, row.because, row.sequence = "held", CHOSEN, row.sequence + 1
    row.address, row.issued_at = contact.email or "", uow.now
    row.starts_at, row.ends_at = like.starts_at, like.ends_at
    row.answer = row.answered_at = row.answered_by = row.answer_note = row.climbed_at = None
    hours = uow.session.get_one(Meeting, like.meeting_id).ladder_hours
    row.climb_at = climbs_at(uow.now, like.starts_at, policy.within(hours), row.step)
    uow.session.add(row)
    uow.emit(InvitationIssued(invitation_id=row.id, sequence=row.sequence))
    return row.id


def _ask_manager(
    uow: UnitOfWork, invitation: Invitation, new_worker_id: UUID | None, policy: InvitationPolicy
) -> None:
    """Ask the team manager to confirm whose the person is now; the directory is theirs to mend."""
    own = uow.session.get_one(Contact, invitation.recipient_id)
    named = uow.session.get(Contact, new_worker_id) if new_worker_id else None
    is_colleague = named is not None and named.service_id == own.service_id and named.id != own.id
    unwelcome = not_to_be_sent(uow, invitation.item_id, invitation.subject_id)
    if named is not None and is_colleague and named.id not in unwelcome:
        choose_recipient(uow, invitation, named, policy)
    open_task(
        uow,
        Needed(
            cause=f"not-mine:{invitation.id}:{invitation.sequence}",
            kind=NOT_MINE,
            owner_role="team_manager",
            owner_agency_id=own.agency_id,
            meeting_id=invitation.meeting_id,
            item_id=invitation.item_id,
            subject_id=invitation.subject_id,
            recipient_id=new_worker_id or invitation.recipient_id,
            due_at=task_due_at(uow.now, invitation.starts_at, policy),
        ),
    )


def climb_silent(uow: UnitOfWork, *, limit: int = 200) -> int:
    """Send every question that has met silence for too long one step up; return how many."""
    rows = list(
        uow.session.scalars(
            select(Invitation)
            .where(
                Invitation.state == "held",
                Invitation.climb_at <= uow.now,
                Invitation.starts_at > uow.now,
            )
            .order_by(Invitation.climb_at, Invitation.id)
            .limit(limit)
        )
    )
    for row in rows:
        row.climb_at, row.climbed_at = None, uow.now
        uow.emit(InvitationClimbed(invitation_id=row.id, why=SILENCE))
    return len(rows)
