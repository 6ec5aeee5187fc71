"""Which row decides a question, and why none above it did: the table read aloud.

The words are those of the conditions by which the rows fire, so that what is explained is what
was decided.
"""

from dataclasses import dataclass

from hub.sharing.rules.case import Question
from hub.sharing.rules.decision import Decision
from hub.sharing.rules.row import Row
from hub.sharing.rules.table import TABLE, decide, row_for


@dataclass(frozen=True, kw_only=True, slots=True)
class PassedOver:
    """A row above the one that decides, and what it lacked, each as a clause."""

    rule: int
    title: str
    lacked: tuple[str, ...]


@dataclass(frozen=True, kw_only=True, slots=True)
class Explanation:
    """A decision with the row that made it; ``because`` are the row's conditions as clauses.

    ``source`` is the law, the guidance or the practice that the row comes from.
    """

    decision: Decision
    title: str
    source: str
    because: tuple[str, ...]
    passed_over: tuple[PassedOver, ...]


def explain(question: Question) -> Explanation:
    """Return the decision on a question, the conditions that made it, and why no row above did."""
    row = row_for(question)
    above = TABLE[: TABLE.index(row)]
    return Explanation(
        decision=decide(question),
        title=row.title,
        source=row.source,
        because=tuple(condition.is_so for condition in row.when),
        passed_over=tuple(_passed_over(one, question) for one in above),
    )


def _passed_over(row: Row, question: Question) -> PassedOver:
    lacked = (one.is_not for one in row.when if not one.holds(question))
    return PassedOver(rule=row.rule, title=row.title, lacked=tuple(lacked))
