"""Who hears what: reactions to one event, reconcilers of a batch, the trail of all.

A table is read downwards. To add a room, add its lines.
"""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

from sqlalchemy import select

from hub.access.events import AccountInvited, SignedIn
from hub.agencies.commands.contacts import contact_is_live, doubt_address
from hub.agencies.events import AgencyResumed, AgencySuspended
from hub.audit.recorder import recorder
from hub.config import Settings
from hub.db.keyring import Keyring
from hub.db.looks import Looked
from hub.db.units import Recorder, Settler, UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.kernel.events import Event
from hub.marac.commands.asking import ask_agencies, follow_meeting
from hub.marac.commands.emergency import end_calls, ring_again, ring_invited, stop_ringing
from hub.marac.commands.flags import follow_hearing, follow_subjects, follow_transfer
from hub.marac.commands.idva import tell_idva
from hub.marac.commands.late import keep_late_out
from hub.marac.commands.presence import keep_minuted
from hub.marac.commands.subjects import note_subjects
from hub.marac.events import (
    ActionChased,
    ActionEscalated,
    ActionMoved,
    ActionProposed,
    AgendaIssued,
    HearingMoved,
    IdvaTold,
    MinutesApproved,
    MinutesChased,
    MinutesCorrected,
    ResearchAsked,
    ResearchChased,
    SubjectSaid,
    TellerChased,
    TellerChosen,
    TransferAcknowledged,
    TransferChased,
    TransferPaperAnswered,
    TransferPaperAsked,
    TransferPaperChased,
    TransferReturned,
    TransferSent,
)
from hub.marac.queries.areas import waits_of
from hub.meetings.affected import affected
from hub.meetings.answers import note_opened
from hub.meetings.concern_facts import facts_of
from hub.meetings.events import (
    AttendanceRecorded,
    CaseListed,
    CaseUnlisted,
    InvitationAnswered,
    InvitationCancelled,
    InvitationChanged,
    InvitationIssued,
    MeetingCancelled,
    MeetingHeld,
    MeetingMoved,
    MeetingPlaceChanged,
    TaskOpened,
    TaskReminded,
)
from hub.meetings.item_people import follow_identity, follow_screening
from hub.meetings.models import Invitation, Meeting
from hub.meetings.reconcile import CHOSEN, Reconciler
from hub.meetings.requirement import Step
from hub.meetings.rules import InvitationPolicy, climbs_at, policy_of
from hub.meetings.waiting_questions import end_telephoning, telephone
from hub.meetings.withdrawn import tell_invited
from hub.notify.access_notices import AccessNotices
from hub.notify.agreement_notices import AgreementNotices
from hub.notify.correction_notices import CorrectionNotices
from hub.notify.events import MessageRefused
from hub.notify.look_up_notices import LookUpNotices
from hub.notify.marac_notices import MaracNotices
from hub.notify.meeting_notices import MeetingNotices
from hub.notify.models import Message
from hub.notify.notices import Notices
from hub.notify.outbox import Outbox
from hub.notify.request_notices import RequestNotices
from hub.people.commands import hasten, look_again
from hub.people.events import (
    IdentityAsked,
    IdentityAskedBack,
    IdentityClimbed,
    IdentityConfirmed,
    IdentityReopened,
    IdentityRuledOut,
    IdentityUndone,
    LookUpAlerted,
    PersonSaved,
)
from hub.people.rules.look_ups import policy_of as look_up_policy_of
from hub.referrals.commands.asking import hear_concern, pass_on_answer
from hub.referrals.events import ConcernAddedTo, ConcernScreened, ConcernSubmitted
from hub.sharing.commands.hearing import hear_consent
from hub.sharing.commands.holding import hear_identity
from hub.sharing.commands.suspensions import hear_suspension
from hub.sharing.events import (
    AdviceAsked,
    AdviceGiven,
    AgreementApprovalAsked,
    AgreementDayNear,
    ApprovalAsked,
    ConsentRecorded,
    ConsentWithdrawn,
    CounterSignatureAsked,
    CounterSigned,
    MessageForWorker,
    RecipientTold,
    RequestAskedBack,
    RequestChanged,
    RequestClockReached,
    RequestRouted,
    RequestSettled,
)
from hub.sharing.rights_events import (
    AccessDayNear,
    CorrectionChased,
    CorrectionTold,
)
from hub.sharing.rules.policy import policy_of as request_policy_of


@dataclass(frozen=True)
class Hears:
    """A function that is called, in the same transaction, for each event of a kind."""

    event: type[Event]
    react: Callable[[UnitOfWork, Any], None]


def reactions(settings: Settings, keyring: Keyring) -> tuple[Hears, ...]:
    """Return who reacts to which event, in this order."""
    outbox = Outbox(settings=settings, keyring=keyring)
    notices = Notices(outbox=outbox)
    requests = RequestNotices(outbox=outbox)
    agreements = AgreementNotices(outbox=outbox)
    corrections = CorrectionNotices(outbox=outbox)
    accesses = AccessNotices(outbox=outbox)
    marac = MaracNotices(outbox=outbox)
    who_is_meant = hear_identity(lambda: request_policy_of(settings))
    suspension = hear_suspension(lambda: request_policy_of(settings))
    concern_raised = hear_concern(lambda: look_up_policy_of(settings))
    look_ups = LookUpNotices(outbox=outbox)
    consent_said = hear_consent(lambda: request_policy_of(settings))
    return (
        Hears(SignedIn, _directory_hears_of_sign_in),
        Hears(InvitationAnswered, _directory_hears_of_answer),
        Hears(Looked, note_opened),
        Hears(MessageRefused, _directory_hears_of_refusal),
        Hears(AccountInvited, notices.account_invited),
        Hears(IdentityAsked, notices.identity_asked),
        Hears(IdentityAskedBack, notices.asked_back),
        Hears(IdentityReopened, notices.answered_back),
        *(
            Hears(settling, end_telephoning)
            for settling in (IdentityAsked, IdentityReopened, IdentityConfirmed, IdentityRuledOut)
        ),
        Hears(IdentityClimbed, notices.question_climbed),
        Hears(IdentityClimbed, telephone(lambda: invitation_policy(settings))),
        Hears(ConcernScreened, notices.screened),
        Hears(ConcernScreened, follow_screening),
        Hears(ConcernScreened, tell_idva),
        Hears(IdvaTold, marac.idva_told),
        Hears(TaskOpened, notices.task_opened),
        Hears(TaskReminded, notices.task_opened),
        Hears(AgreementApprovalAsked, agreements.approval_asked),
        Hears(AgreementDayNear, agreements.day_near),
        Hears(ConcernSubmitted, concern_raised),
        Hears(LookUpAlerted, look_ups.alerted),
        Hears(ConcernSubmitted, note_subjects),
        Hears(ConcernSubmitted, notices.concern_submitted),
        Hears(HearingMoved, follow_hearing),
        Hears(SubjectSaid, follow_subjects),
        Hears(TransferSent, marac.transfer_waits),
        Hears(TransferChased, marac.transfer_waits),
        Hears(TransferAcknowledged, follow_transfer),
        Hears(TransferAcknowledged, marac.transfer_answered),
        Hears(TransferReturned, marac.transfer_answered),
        Hears(TransferPaperAsked, marac.paper_missed),
        Hears(TransferPaperChased, marac.paper_missed),
        Hears(TransferPaperAnswered, marac.paper_answered),
        Hears(ConcernAddedTo, pass_on_answer),
        Hears(InvitationIssued, wait_as_in_area(lambda: invitation_policy(settings))),
        Hears(CaseListed, keep_late_out),
        Hears(AttendanceRecorded, keep_minuted),
        Hears(CaseListed, _hasten_for_meeting),
        Hears(PersonSaved, look_again),
        Hears(IdentityConfirmed, follow_identity),
        Hears(IdentityUndone, follow_identity),
        Hears(IdentityRuledOut, follow_identity),
        Hears(IdentityReopened, follow_identity),
        *(
            Hears(answer, who_is_meant)
            for answer in (
                IdentityConfirmed,
                IdentityUndone,
                IdentityRuledOut,
                IdentityReopened,
                IdentityAskedBack,
            )
        ),
        Hears(ConsentRecorded, consent_said),
        Hears(ConsentWithdrawn, consent_said),
        Hears(ConsentWithdrawn, tell_invited),
        Hears(RecipientTold, notices.recipient_told),
        Hears(CorrectionTold, corrections.told),
        Hears(CorrectionChased, corrections.chased),
        Hears(AccessDayNear, accesses.day_near),
        *(Hears(event, suspension) for event in (AgencySuspended, AgencyResumed)),
        Hears(AgencySuspended, requests.agency_suspended),
        Hears(CaseListed, marac.emergency_called),  # before research: of two notices one is sent
        Hears(CaseListed, ask_agencies),
        Hears(ResearchAsked, marac.research_asked),
        Hears(ResearchChased, marac.research_asked),
        Hears(MinutesApproved, marac.minutes_out),
        Hears(MinutesCorrected, marac.minutes_out),
        Hears(ActionProposed, marac.action_waits),
        Hears(ActionChased, marac.action_waits),
        Hears(ActionEscalated, marac.steering_told),
        Hears(ActionMoved, marac.action_declined),
        *(Hears(asked, marac.teller_chosen) for asked in (TellerChosen, TellerChased)),
        Hears(MinutesChased, marac.minutes_wait),
        Hears(MeetingMoved, follow_meeting),
        Hears(MeetingPlaceChanged, MeetingNotices(outbox=outbox).place_changed),
        Hears(AgendaIssued, marac.agenda_issued),
        Hears(CounterSignatureAsked, requests.counter_signature_asked),
        Hears(CounterSigned, requests.counter_signed),
        Hears(RequestRouted, requests.routed),
        Hears(MessageForWorker, requests.message_waits),
        Hears(RequestChanged, requests.changed),
        Hears(RequestAskedBack, requests.asked_back),
        Hears(RequestSettled, requests.settled),
        Hears(ApprovalAsked, requests.approval_asked),
        Hears(AdviceAsked, requests.advice_asked),
        Hears(AdviceGiven, requests.advice_given),
        Hears(RequestClockReached, requests.clock_reached),
        Hears(InvitationIssued, ring_invited(lambda: invitation_policy(settings))),
        Hears(InvitationCancelled, stop_ringing),
        Hears(MeetingMoved, ring_again(lambda: invitation_policy(settings))),
        *(Hears(ended, end_calls) for ended in (MeetingCancelled, MeetingHeld, CaseUnlisted)),
        Hears(InvitationIssued, outbox.hear),
        Hears(InvitationChanged, outbox.hear),
        Hears(InvitationCancelled, outbox.hear),
    )


def _directory_hears_of_sign_in(uow: UnitOfWork, happened: SignedIn) -> None:
    """Whoever signs in is at work, so their directory entry is checked by that."""
    if happened.contact_id is not None:
        with suppress(NotFoundError):  # an entry that went must not keep its person out
            contact_is_live(uow, happened.contact_id, "signed_in")


def _directory_hears_of_answer(uow: UnitOfWork, happened: InvitationAnswered) -> None:
    """Whoever answers an invitation can be reached, so the entry written to is checked by that."""
    contact_is_live(
        uow, uow.session.get_one(Invitation, happened.invitation_id).recipient_id, "answered"
    )


def _directory_hears_of_refusal(uow: UnitOfWork, happened: MessageRefused) -> None:
    """Doubt the address at which an invitation was refused until somebody checks it."""
    refused = select(Message.invitation_id).where(Message.id == happened.message_id)
    if happened.recipient_id is not None and uow.session.scalar(refused) is not None:
        doubt_address(uow, happened.recipient_id)


BEFORE_THE_MEETING = timedelta(days=2)
"""How long before a meeting it must be known who is meant, so that the worker can still come."""


def _hasten_for_meeting(uow: UnitOfWork, happened: CaseListed) -> None:
    """Let the duty desk answer in time for the meeting at which the case is heard."""
    if happened.concern_id is not None:
        starts_at = uow.session.get_one(Meeting, happened.meeting_id).starts_at
        hasten(uow, happened.concern_id, starts_at - BEFORE_THE_MEETING)


def wait_as_in_area(
    policy: Callable[[], InvitationPolicy],
) -> Callable[[UnitOfWork, InvitationIssued], None]:
    """Return who lets silence last as long as the area has set, where somebody chose whom to ask.

    For those whom the rule asks the reconciler sees to it.
    """

    def wait(uow: UnitOfWork, happened: InvitationIssued) -> None:
        row = uow.session.get_one(Invitation, happened.invitation_id)
        if row.because != CHOSEN or row.climb_at is None:
            return
        meeting = uow.session.get_one(Meeting, row.meeting_id)
        own = policy().waiting(waits_of(uow, meeting.area_id)).within(meeting.ladder_hours)
        row.climb_at = climbs_at(row.issued_at, row.starts_at, own, Step(row.step))

    return wait


def settlers(settings: Settings, keyring: Keyring) -> tuple[Settler, ...]:
    """Return who brings the rows into order after a batch of events: the reconcilers."""
    del keyring
    reconciler = reconciler_of(settings)
    return (lambda uow, events: reconciler.run(uow, affected(uow, events)),)


def invitation_policy(settings: Settings) -> InvitationPolicy:
    """Return what is set about invitations."""
    return policy_of(settings)


def reconciler_of(settings: Settings) -> Reconciler:
    """Return the one who makes the invitations held be those due."""
    return Reconciler(policy=invitation_policy(settings), facts_of=facts_of, waits_of=waits_of)


def recorders(settings: Settings, keyring: Keyring) -> tuple[Recorder, ...]:
    """Return who writes down all that was said, once nobody has more to say."""
    del settings
    return (recorder(keyring.audit),)
