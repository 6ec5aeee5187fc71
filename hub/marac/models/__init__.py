"""The rows of this room: series and agendas, cases over time, research, and what is minuted."""

from hub.marac.models.afterwards import FlagNotice, Transfer, TransferAsk, TransferPaper
from hub.marac.models.areas import AreaSetting
from hub.marac.models.cases import (
    MaracCase,
    RepeatDecision,
    Subject,
    SubjectKey,
    SubjectParty,
    SubjectVerdict,
)
from hub.marac.models.equality import EqualityAnswer
from hub.marac.models.papers import ActionEvidence, DiscussionLetter, LateChase, ReviewPack
from hub.marac.models.presence import AgencyPresence, CasePresence, Observer
from hub.marac.models.record import (
    Action,
    ActionStep,
    Addendum,
    Hearing,
    HearingNote,
    Minutes,
    Undertaking,
)
from hub.marac.models.research import Research, ResearchLine
from hub.marac.models.series import AgendaCopy, AgendaIssue, Series
from hub.marac.models.triage import IdvaNotice, LateDecision

__all__ = [
    "Action",
    "ActionEvidence",
    "ActionStep",
    "Addendum",
    "AgencyPresence",
    "AgendaCopy",
    "AgendaIssue",
    "AreaSetting",
    "CasePresence",
    "DiscussionLetter",
    "EqualityAnswer",
    "FlagNotice",
    "Hearing",
    "HearingNote",
    "IdvaNotice",
    "LateChase",
    "LateDecision",
    "MaracCase",
    "Minutes",
    "Observer",
    "RepeatDecision",
    "Research",
    "ResearchLine",
    "ReviewPack",
    "Series",
    "Subject",
    "SubjectKey",
    "SubjectParty",
    "SubjectVerdict",
    "Transfer",
    "TransferAsk",
    "TransferPaper",
    "Undertaking",
]
