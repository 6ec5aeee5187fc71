"""What happens to the rights of a person: the log, corrections, and what is kept."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.kernel.events import Event


@dataclass(frozen=True, kw_only=True)
class LogLineMarked(Event):
    """Somebody said that a person must not be shown a line of their log, or may be after all."""

    mark_id: UUID
    person_id: UUID
    verdict: str


@dataclass(frozen=True, kw_only=True)
class LogLineAnswered(Event):
    """A second person answered what somebody said of a line of a person's log."""

    mark_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class LogShown(Event):
    """A person was shown, or given, the log of who was told what about them."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionMade(Event):
    """Something that was told about a person is wrong."""

    correction_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionTold(Event):
    """Whoever had received something must be told that it was wrong."""

    notice_id: UUID


@dataclass(frozen=True, kw_only=True)
class CorrectionChased(Event):
    """Somebody has not said that they read a correction; it is the how-manieth reminder."""

    notice_id: UUID
    times: int


@dataclass(frozen=True, kw_only=True)
class CorrectionUnderstood(Event):
    """A recipient said that they put right what they hold."""

    notice_id: UUID


@dataclass(frozen=True, kw_only=True)
class RetentionSet(Event):
    """An agency set for how long it keeps something."""

    text_id: UUID
    code: str
    years: int


@dataclass(frozen=True, kw_only=True)
class HoldSet(Event):
    """A record must be kept whatever the rules say."""

    hold_id: UUID
    kind: str
    record_id: UUID


@dataclass(frozen=True, kw_only=True)
class HoldLifted(Event):
    """The rules count again for a record."""

    hold_id: UUID


@dataclass(frozen=True, kw_only=True)
class DeathRecorded(Event):
    """Somebody wrote down on which day a person died."""

    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisposalProposed(Event):
    """Somebody says that a record may go."""

    disposal_id: UUID
    kind: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class DisposalApproved(Event):
    """A second person agrees that a record may go; it can be stopped for thirty days."""

    disposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisposalStopped(Event):
    """A record stays after all: somebody said so, or a hold does."""

    disposal_id: UUID


@dataclass(frozen=True, kw_only=True)
class DisposalDone(Event):
    """A record is gone; its stub stays."""

    disposal_id: UUID
    kind: str
    rule: str


@dataclass(frozen=True, kw_only=True)
class AccessAsked(Event):
    """Somebody asks what is held about a person."""

    access_id: UUID
    person_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccessMoved(Event):
    """A subject access request came further: proved, longer, prepared or released."""

    access_id: UUID
    step: str


@dataclass(frozen=True, kw_only=True)
class PackDrawn(Event):
    """A pack was drawn up, with so many items that are new or changed."""

    access_id: UUID
    fresh: int


@dataclass(frozen=True, kw_only=True)
class PackItemJudged(Event):
    """Somebody said what becomes of an item of a pack."""

    item_id: UUID
    access_id: UUID
    verdict: str


@dataclass(frozen=True, kw_only=True)
class PackGivenOut(Event):
    """A pack was let out by a second person."""

    access_id: UUID
    given_id: UUID


@dataclass(frozen=True, kw_only=True)
class AccessDayNear(Event):
    """A subject access request must be answered within days, or should have been."""

    access_id: UUID
    due_on: date
