"""May this be shared, with whom, on what basis, and who must approve it? The decision table."""

from hub.sharing.rules.case import CareActLimbs, Case, Question, VictimRequest
from hub.sharing.rules.coded import (
    SAFETY,
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    Direction,
    OverrideBasis,
    PoliceForm,
    Purpose,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    Weighing,
)
from hub.sharing.rules.consent_state import ConsentUsed, consent_used
from hub.sharing.rules.decision import TELLS, Approver, Decision, Outcome, Scope
from hub.sharing.rules.explain import Explanation, PassedOver, explain
from hub.sharing.rules.grounds import Ground, open_grounds, weighed, weighed_likewise
from hub.sharing.rules.inputs import coded, question_of
from hub.sharing.rules.table import TABLE, TABLE_VERSION, decide

__all__ = [
    "SAFETY", "TABLE", "TABLE_VERSION", "TELLS",
    "Approver", "CareActLimbs", "Case", "Category", "CategoryRule", "Competence",
    "ConsentOverlap", "ConsentState", "ConsentUsed", "Decision", "Direction", "Explanation",
    "Ground", "Outcome", "OverrideBasis", "PassedOver", "PoliceForm", "Purpose", "Question",
    "RequestPattern", "RequesterKind", "RequesterRelation", "Scope", "SubjectRole",
    "VictimNotice", "VictimRequest", "Weighing",
    "coded", "consent_used", "decide", "explain", "open_grounds", "question_of", "weighed",
    "weighed_likewise",
]  # fmt: skip
