"""What the table said, in words: the rule, why, why no rule above it, and what would change it."""

from dataclasses import dataclass, replace
from uuid import UUID

from hub.sharing.queries.decided import DecisionView
from hub.sharing.rules.decision import Outcome
from hub.sharing.rules.explain import Explanation
from hub.sharing.rules.lines import ITEM_BY_ITEM
from hub.sharing.rules.plain_words import RECORDS, SCOPES, WAYS, said_outcome, said_people
from hub.sharing.rules.rows.special import NOTICE
from hub.sharing.rules.table import REVIEW_OVERDUE
from hub.sharing.states import LineState
from hub.web.fields import upper_first
from hub.web.phrases import said_moment

FLAGS = {REVIEW_OVERDUE: "The review of the agreement is overdue"}
LACKS = {
    "reason_to_believe_held": "why they believe that you hold it",
    "reasonable_line_of_enquiry": "why it is a reasonable line of enquiry",
    "necessary_and_proportionate": "why it is necessary and proportionate",
    NOTICE: "the written notice to the person, or why it is delayed",
}
"""What a request of the police lacks, in words."""


@dataclass(frozen=True, kw_only=True)
class PassedSaid:
    """A row of the table that did not decide, and why not."""

    rule: int
    title: str
    lacked: str


@dataclass(frozen=True, kw_only=True)
class DecisionSaid:
    """What was decided of a line, in words."""

    rule: int
    title: str
    outcome: str
    scope: str
    reasons: tuple[str, ...]
    because: str
    source: str
    passed_over: tuple[PassedSaid, ...]
    record: tuple[str, ...]
    gaps: tuple[str, ...]
    way: str
    is_shut: bool
    """Whether nothing may leave as the facts are."""
    approvers: str
    besides: str
    """Who looks at it afterwards, or advises."""
    flags: tuple[str, ...]
    """What else is so, such as that the agreement's review is overdue."""
    agreement: str = ""
    agreement_id: UUID | None = None
    consent_id: UUID | None = None
    decided: str = ""
    """When it was decided; empty where a case is only tried."""


def said_explanation(why: Explanation) -> DecisionSaid:
    """Return what the table says of a question, in words."""
    decision = why.decision
    is_item_by_item = decision.outcome is Outcome.HOLD and decision.rule in ITEM_BY_ITEM
    advised = (*decision.reviewers, *decision.advice)
    return DecisionSaid(
        rule=decision.rule,
        title=why.title,
        outcome=said_outcome(decision.outcome, is_item_by_item=is_item_by_item),
        scope=SCOPES[decision.scope],
        reasons=decision.reasons,
        because=_sentence(why.because) or "No other rule fits.",
        source=why.source,
        passed_over=tuple(
            PassedSaid(rule=one.rule, title=one.title, lacked=_sentence(one.lacked))
            for one in why.passed_over
        ),
        record=tuple(RECORDS[code] for code in decision.record),
        gaps=tuple(LACKS[code] for code in decision.gaps),
        way=WAYS[decision.rule],
        is_shut=decision.outcome in {Outcome.HOLD, Outcome.REFUSE} and not is_item_by_item,
        approvers=said_people(decision.approvers),
        besides=said_people(advised) if advised else "",
        flags=tuple(FLAGS[flag] for flag in decision.flags),
    )


def said_decision(view: DecisionView, state: LineState) -> DecisionSaid:
    """Return a decision that was kept, in words, with what it cites."""
    said = said_explanation(view.explanation)
    return replace(
        said,
        is_shut=said.is_shut or state is LineState.REFUSING,
        agreement=view.agreement or "",
        agreement_id=view.agreement_id,
        consent_id=view.consent_id,
        decided=f"{said_moment(view.decided_at)}, by version {view.table_version} of the table",
    )


def _sentence(clauses: tuple[str, ...]) -> str:
    """Return clauses as one sentence."""
    return f"{upper_first('; '.join(clauses))}." if clauses else ""
