"""What happens to agendas."""

from dataclasses import dataclass
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class SeriesSaved(Event):
    """A series of meetings was added or changed."""

    series_id: UUID


@dataclass(frozen=True, kw_only=True)
class AgendaIssued(Event):
    """An agenda was issued."""

    meeting_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class IdvaTold(Event):
    """An Idva service of the area has a concern that was accepted."""

    notice_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class IdvaTakenOn(Event):
    """Somebody of the Idva service makes contact."""

    notice_id: UUID


@dataclass(frozen=True, kw_only=True)
class LateDecided(Event):
    """A chair decided whether a concern that came late is heard at a meeting all the same."""

    decision_id: UUID
    is_accepted: bool


@dataclass(frozen=True, kw_only=True)
class CallTried(Event):
    """Somebody was rung for an emergency MARAC and nobody answered; the call stays to be made."""

    task_id: UUID


@dataclass(frozen=True, kw_only=True)
class AreaRulesSaved(Event):
    """An area's own numbers and words were set."""

    area_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResearchAsked(Event):
    """An agency is asked what it holds about a case."""

    research_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResearchAnswered(Event):
    """An agency said what it holds, that it holds nothing, or that it would not answer."""

    research_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class ResearchWritten(Event):
    """Somebody wrote, changed or deleted a line of their agency's own paper."""

    research_id: UUID


@dataclass(frozen=True, kw_only=True)
class ResearchChased(Event):
    """An agency that was silent is asked again."""

    research_id: UUID
    agency_id: UUID


@dataclass(frozen=True, kw_only=True)
class UndertakingGiven(Event):
    """Somebody accepted the confidentiality statement of a meeting."""

    meeting_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class PresenceRecorded(Event):
    """Which agencies came to a meeting was written down; how many lines, never who."""

    meeting_id: UUID
    lines: int


@dataclass(frozen=True, kw_only=True)
class CasePresenceRecorded(Event):
    """What was otherwise at one case was written down."""

    item_id: UUID
    lines: int


@dataclass(frozen=True, kw_only=True)
class ApologySent(Event):
    """An agency's representative said before a meeting that it cannot come, or that it can."""

    meeting_id: UUID
    agency_id: UUID
    comes: bool


@dataclass(frozen=True, kw_only=True)
class ObserverNamed(Event):
    """Somebody who observes a meeting was named, or taken off its list."""

    meeting_id: UUID
    observer_id: UUID
    is_named: bool


@dataclass(frozen=True, kw_only=True)
class HearingMoved(Event):
    """A case was opened, ended, noted or put back at its meeting."""

    item_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class NoteSaved(Event):
    """A field of a case's record was saved; which, never what."""

    item_id: UUID
    field: str


@dataclass(frozen=True, kw_only=True)
class TellerChosen(Event):
    """A named person was chosen to tell the victim of a case what was agreed."""

    item_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class ActionProposed(Event):
    """An action was written down for a named person."""

    action_id: UUID
    owner_id: UUID
    is_theirs: bool
    """Whether it is theirs at once, because they were there."""


@dataclass(frozen=True, kw_only=True)
class ActionMoved(Event):
    """An action was accepted, declined, done, found impossible, left undone or superseded."""

    action_id: UUID
    state: str


@dataclass(frozen=True, kw_only=True)
class ActionChased(Event):
    """The owner of an overdue action is asked again."""

    action_id: UUID
    owner_id: UUID


@dataclass(frozen=True, kw_only=True)
class ActionEscalated(Event):
    """An action that is long overdue goes to the steering group, at each stage once."""

    action_id: UUID
    stage: int


@dataclass(frozen=True, kw_only=True)
class EvidenceAdded(Event):
    """Words or a file were put to an action."""

    evidence_id: UUID
    action_id: UUID


@dataclass(frozen=True, kw_only=True)
class TellerChased(Event):
    """Whoever was to tell a victim is asked again."""

    item_id: UUID
    account_id: UUID


@dataclass(frozen=True, kw_only=True)
class LetterGiven(Event):
    """Somebody was given a letter that says when a case was heard."""

    letter_id: UUID
    item_id: UUID


@dataclass(frozen=True, kw_only=True)
class PackAsked(Event):
    """Everything of a case is held, and a pack for a review is asked for."""

    pack_id: UUID
    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class PackReleased(Event):
    """A second person released a pack for a review."""

    pack_id: UUID
    concern_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesChased(Event):
    """Late minutes are asked for of those for whom they wait."""

    meeting_id: UUID
    role: str


@dataclass(frozen=True, kw_only=True)
class MinutesDrafted(Event):
    """The minutes of a meeting were drafted from its record."""

    meeting_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class MinutesApproved(Event):
    """The chair approved the minutes of a meeting."""

    meeting_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class MinutesCorrected(Event):
    """Something was put right behind approved minutes."""

    meeting_id: UUID
    minutes_id: UUID


@dataclass(frozen=True, kw_only=True)
class SubjectSaid(Event):
    """A co-ordinator said that two people of two concerns are one, are not, or left it open."""

    concern_id: UUID
    party_id: UUID
    other_id: UUID
    verdict: str


@dataclass(frozen=True, kw_only=True)
class RepeatDecided(Event):
    """A co-ordinator said what a referral is to those before it, or when its incident was."""

    concern_id: UUID
    number: int
    label: str


@dataclass(frozen=True, kw_only=True)
class EqualityRecorded(Event):
    """Who a victim is was recorded for the return; not what was said, for the trail is no file."""

    concern_id: UUID
    number: int


@dataclass(frozen=True, kw_only=True)
class FlagKept(Event):
    """An agency set, renewed or removed its flag on somebody."""

    flag_id: UUID
    kind: str


@dataclass(frozen=True, kw_only=True)
class FlagTakenBack(Event):
    """What an agency said of its flag on somebody was a mistake."""

    flag_id: UUID


@dataclass(frozen=True, kw_only=True)
class FlagListTaken(Event):
    """Somebody took their agency's flag list out as a file."""

    agency_id: UUID
    lines: int


@dataclass(frozen=True, kw_only=True)
class TransferSent(Event):
    """A case was sent to another area's MARAC; where the victim moved to is never said."""

    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferChased(Event):
    """The other area has not said that it has the case, and is asked again."""

    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferAcknowledged(Event):
    """The other area has taken the case over."""

    transfer_id: UUID
    received_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferReturned(Event):
    """The other area did not take the case."""

    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferPapersSent(Event):
    """Papers of a case were let go to another area, with the transfer or after it."""

    transfer_id: UUID
    papers: int


@dataclass(frozen=True, kw_only=True)
class TransferPaperAsked(Event):
    """The receiving area misses a paper."""

    ask_id: UUID
    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferPaperChased(Event):
    """The sending area has not answered for a paper that is missed, and is asked again."""

    ask_id: UUID
    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferPaperAnswered(Event):
    """The sending area has sent what is missed, or said why not."""

    ask_id: UUID
    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class TransferRiskSaid(Event):
    """The receiving area has said what came of assessing the risk again."""

    transfer_id: UUID


@dataclass(frozen=True, kw_only=True)
class OnwardTermsSaid(Event):
    """An agency said whether a line that it shared may go to another area's MARAC."""

    research_id: UUID
    line_id: UUID
    stays_here: bool
