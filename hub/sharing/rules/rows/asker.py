"""Rules 1 to 6: who asks, danger to life, and orders that leave no choice."""

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import RequesterRelation
from hub.sharing.rules.decision import Approver, Outcome, Scope
from hub.sharing.rules.row import HOLD, REFUSE, Condition, Effect, Row


def _identity_open(question: Question) -> bool:
    return not question.requester_identity_verified


def _knows_somebody(question: Question) -> bool:
    is_related = question.requester_relation is RequesterRelation.KNOWS_OR_RELATED
    return is_related or question.approver_related


def _on_the_other_side(question: Question) -> bool:
    return question.requester_relation is not RequesterRelation.NONE


def _danger_now(question: Question) -> bool:
    return question.immediate_danger


def _court_order(question: Question) -> bool:
    return question.court_order


def _board_request(question: Question) -> bool:
    return question.sab_s45


IDENTITY_OPEN = Condition(
    _identity_open, "nobody has verified who asks", "somebody has verified who asks"
)
KNOWS_SOMEBODY = Condition(
    _knows_somebody,
    "the asker or the approver knows or is related to somebody in the case",
    "neither the asker nor the approver knows or is related to anybody in the case",
)
ON_THE_OTHER_SIDE = Condition(
    _on_the_other_side,
    "the asker is the alleged perpetrator, represents them or lives with them",
    "the asker is not the alleged perpetrator, nor their representative, nor living with them",
)
DANGER_NOW = Condition(
    _danger_now, "a life is in danger now", "no life is recorded as being in danger now"
)
COURT_ORDER = Condition(_court_order, "a court has ordered it", "no court has ordered it")
BOARD_REQUEST = Condition(
    _board_request,
    "a safeguarding adults board demands it",
    "no safeguarding adults board demands it",
)

ROWS = (
    Row(
        rule=1,
        title="The asker's identity is not verified",
        when=(IDENTITY_OPEN,),
        effects=HOLD,
        record=("failed_check", "attempts"),
        why="Nobody has verified who asks. Call back on the number in the directory, never on the "
        "one in the request.",
        source="Councils' practice on police requests: call back through the switchboard",
    ),
    Row(
        rule=2,
        title="The asker or the approver knows a party",
        when=(KNOWS_SOMEBODY,),
        effects=HOLD,
        approvers=(Approver.MANAGER,),
        record=("declaration",),
        why="The asker or the approver knows or is related to somebody in the case. Another "
        "manager must take it over.",
        source="Caldicott principle 4, need to know",
    ),
    Row(
        rule=3,
        title="The asker is on the alleged perpetrator's side",
        when=(ON_THE_OTHER_SIDE,),
        effects=REFUSE,
        record=("attempt_as_risk_event",),
        why="The asker is the alleged perpetrator, represents them or lives with them. Answer as "
        "if nobody were known, and tell the case lead: the attempt may be a risk.",
        source="Information sharing guidance for safeguarding (DfE 2024): protect the identity of "
        "anyone whom an abuser could harm",
    ),
    Row(
        rule=4,
        title="A life is in danger now",
        when=(DANGER_NOW,),
        effects=(Effect(outcome=Outcome.ROUTE_NOW, scope=Scope.MINIMUM),),
        approvers=(Approver.DUTY_WORKER,),
        reviewers=(Approver.MANAGER,),
        record=("full_record_within_1_working_day",),
        why="A life is in danger. Tell the least that is needed by phone now, and write it down "
        "within one working day.",
        source="UK GDPR Article 6(1)(d), vital interests; Human Rights Act 1998 Articles 2 and 3",
    ),
    Row(
        rule=5,
        title="A court has ordered it",
        when=(COURT_ORDER,),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.EXACT_ORDER),),
        approvers=(Approver.LEGAL,),
        record=("order_copy", "order_date"),
        why="A court has ordered it. Give exactly what the order names.",
        source="UK GDPR Article 6(1)(c), legal obligation",
    ),
    Row(
        rule=6,
        title="A safeguarding adults board demands it",
        when=(BOARD_REQUEST,),
        effects=(Effect(outcome=Outcome.ROUTE, scope=Scope.AS_ASKED),),
        approvers=(Approver.MANAGER,),
        advice=(Approver.DATA_PROTECTION_OFFICER,),
        record=("request_id",),
        why="A safeguarding adults board demands it, which is a duty. Give what bears on the "
        "demand; the data protection officer advises.",
        source="Care Act 2014 section 45",
    ),
)
