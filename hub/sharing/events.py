"""What happens to agreements, consent and decisions."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class AgreementChanged(Event):
    """What may be shared under an agreement changed: in force, suspended, reviewed, left, ended."""

    agreement_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentRecorded(Event):
    """Something was written down about what a person agrees to."""

    consent_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentWithdrawn(Event):
    """A person takes back what they agreed to: from now on nothing rests on it."""

    consent_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class ConsentDraftSaved(Event):
    """A page of a record that is being written was kept."""

    draft_id: UUID
    person_id: UUID
    step: str


@dataclass(frozen=True, kw_only=True)
class ConsentDraftDeleted(Event):
    """A record that was being written was thrown away, or written down."""

    draft_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RecipientTold(Event):
    """Somebody who had received something is to hear that consent was taken back."""

    notice_id: UUID
    consent_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class WithdrawalUnderstood(Event):
    """Somebody who had received something said that they use nothing of it any more."""

    notice_id: UUID
    consent_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisclosureDecided(Event):
    """It was decided by rule whether something may be told."""

    decision_id: UUID
    item_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class RisksWeighed(Event):
    """A named person weighed both risks and decided that the service is told."""

    decision_id: UUID
    item_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementWritten(Event):
    """Something was written that lets nobody share more or less: a draft, a signature, a paper."""

    agreement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementApprovalAsked(Event):
    """Whoever wrote a draft asks somebody else to approve it."""

    agreement_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgreementDayNear(Event):
    """The review or the end of an agreement is so many days off; 0: it has passed."""

    agreement_id: UUID
    due_on: date
    days: int


@dataclass(frozen=True, kw_only=True)
class RequestSent(Event):
    """An information request was sent off; it may still lack something."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestChanged(Event):
    """The asker gave what lacked, or answered the holder's question."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class CounterSignatureAsked(Event):
    """An officer must counter-sign a request before it goes to its holder."""

    request_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class CounterSigned(Event):
    """An officer counter-signed a request, or would not."""

    request_id: UUID
    is_signed: bool


@dataclass(frozen=True, kw_only=True)
class RequestRouted(Event):
    """A request that is whole went to its holder, to this contact where there is one."""

    request_id: UUID
    contact_id: UUID | None


@dataclass(frozen=True, kw_only=True)
class MessageForWorker(Event):
    """A message waits for the worker of whoever is meant: to be read, and once it may, answered."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestAcknowledged(Event):
    """Somebody at the holder took a request on."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestAskedBack(Event):
    """The holder needs to know more before it can answer."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubjectSaid(Event):
    """A worker at the holder said whether the person is known there."""

    request_id: UUID
    is_known: bool


@dataclass(frozen=True, kw_only=True)
class LineDecided(Event):
    """The table decided about a line of a request anew."""

    line_id: UUID
    decision_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApprovalAsked(Event):
    """Somebody in a role must say yes or no to a line."""

    approval_id: UUID


@dataclass(frozen=True, kw_only=True)
class ApprovalAnswered(Event):
    """Somebody said yes or no to a line."""

    approval_id: UUID
    is_approved: bool


@dataclass(frozen=True, kw_only=True)
class RelationDeclared(Event):
    """Somebody at the holder knows a person in the request and has no more to do with it."""

    request_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class LineTold(Event):
    """A line was told by telephone in a danger; it is still to be written down."""

    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class AdviceAsked(Event):
    """A data protection officer is asked for advice on a request."""

    advice_id: UUID


@dataclass(frozen=True, kw_only=True)
class AdviceGiven(Event):
    """A data protection officer wrote advice down."""

    advice_id: UUID


@dataclass(frozen=True, kw_only=True)
class OutcomeReviewed(Event):
    """Somebody looked at what came of something that was shared."""

    disclosure_id: UUID


@dataclass(frozen=True, kw_only=True)
class LineShared(Event):
    """A line was answered: something left."""

    line_id: UUID
    disclosure_id: UUID


@dataclass(frozen=True, kw_only=True)
class LineWithheld(Event):
    """A line was not answered, with a reason for the record."""

    line_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestSettled(Event):
    """A request has its end; how is for its asker to read in the hub."""

    request_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestClockReached(Event):
    """A request waits for longer than it should; ``to`` is the letter of who hears of it.

    Without ``to`` the desk that has it is reminded.
    """

    request_id: UUID
    to: str | None


@dataclass(frozen=True, kw_only=True)
class RequestDraftStarted(Event):
    """Somebody began to ask for information; nobody else can see it yet."""

    request_draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestDraftSaved(Event):
    """An asker saved a page of a draft."""

    request_draft_id: UUID
    page: str


@dataclass(frozen=True, kw_only=True)
class RequestDraftDeleted(Event):
    """A draft of a request was thrown away, by its asker or because it was old."""

    request_draft_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestFileAdded(Event):
    """A file was put to a draft of a request, or to one that is held."""

    request_file_id: UUID


@dataclass(frozen=True, kw_only=True)
class RequestFileRemoved(Event):
    """A file was taken out again before it went to anybody."""

    request_file_id: UUID
