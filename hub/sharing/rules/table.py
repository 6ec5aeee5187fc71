"""The decision table: 33 rows, read from top to bottom; the first that fires decides.

It is asked once for each direction. Default is no: the last row has no condition. The table is the
hub's public interface, section 3; a change to it is a new version of that.
"""

from hub.sharing.rules.case import Question
from hub.sharing.rules.decision import Decision
from hub.sharing.rules.row import Row
from hub.sharing.rules.rows import agreement, asker, consent, override, special
from hub.sharing.states import AgreementState

TABLE: tuple[Row, ...] = (
    *asker.ROWS,
    *special.ROWS,
    *agreement.ROWS,
    *consent.ROWS,
    *override.ROWS,
)
TABLE_VERSION = 1

REVIEW_OVERDUE = "review_overdue"
"""The flag on every answer given under an agreement whose review is some days overdue."""

OVERDUE = "The review of the agreement is overdue: this goes on for a short time only."


def row_for(question: Question) -> Row:
    """Return the row that decides."""
    return next(row for row in TABLE if row.fires(question))


def decide(question: Question) -> Decision:
    """Return what may be done, by which rule, who must say yes, and what to write down.

    The question is about one direction; it holds no name, and the answer depends on nothing else.
    """
    row = row_for(question)
    effect = row.effect(question)
    further = [one for one in row.further if one.only_if(question)]
    is_overdue = question.agreement_state is AgreementState.REVIEW_OVERDUE
    words = (row.why, effect.why, *(one.why for one in further), OVERDUE * is_overdue)
    return Decision(
        rule=row.rule,
        outcome=effect.outcome,
        scope=effect.scope,
        approvers=(*row.approvers, *(one.approver for one in further)),
        reviewers=row.reviewers,
        advice=row.advice,
        record=row.record,
        gaps=row.gaps(question) if row.gaps else (),
        flags=(REVIEW_OVERDUE,) if is_overdue else (),
        reasons=tuple(text for text in words if text),
    )
