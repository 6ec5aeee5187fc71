"""How a row of the table is written: conditions with their words, and what follows from them."""

from collections.abc import Callable
from dataclasses import dataclass

from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Weighing
from hub.sharing.rules.decision import Approver, Outcome, Scope

Predicate = Callable[[Question], bool]


@dataclass(frozen=True, slots=True)
class Condition:
    """Something that a row needs, asked of a question and said in words from one declaration.

    ``is_so`` and ``is_not`` are clauses without capital and full stop.
    """

    holds: Predicate
    is_so: str
    is_not: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Effect:
    """What follows when a row fires, and further words on why."""

    outcome: Outcome
    scope: Scope = Scope.NONE
    only_if: Predicate | None = None
    why: str = ""


@dataclass(frozen=True, kw_only=True, slots=True)
class Further:
    """One approver more in some cases, and why."""

    approver: Approver
    only_if: Predicate
    why: str


@dataclass(frozen=True, kw_only=True, slots=True)
class Row:
    """One row of the table.

    It fires when all of ``when`` hold. Of ``effects`` the first counts that has no condition of its
    own or whose condition holds; the last has none. ``source`` names the law, the guidance or the
    practice that the row comes from.
    """

    rule: int
    title: str
    when: tuple[Condition, ...]
    effects: tuple[Effect, ...]
    record: tuple[str, ...]
    why: str
    source: str
    approvers: tuple[Approver, ...] = ()
    further: tuple[Further, ...] = ()
    reviewers: tuple[Approver, ...] = ()
    advice: tuple[Approver, ...] = ()
    gaps: Callable[[Question], tuple[str, ...]] | None = None

    def fires(self, question: Question) -> bool:
        """Tell whether every condition of the row holds."""
        return all(condition.holds(question) for condition in self.when)

    def effect(self, question: Question) -> Effect:
        """Return what follows for a question on which the row fires."""
        return next(one for one in self.effects if one.only_if is None or one.only_if(question))


def _weighed_for(question: Question) -> bool:
    return question.weighing is Weighing.SHARE


def _weighed_against(question: Question) -> bool:
    return question.weighing is Weighing.DO_NOT_SHARE


HOLD = (Effect(outcome=Outcome.HOLD),)
REFUSE = (Effect(outcome=Outcome.REFUSE),)
WEIGH = (
    Effect(
        outcome=Outcome.ROUTE,
        scope=Scope.MINIMUM,
        only_if=_weighed_for,
        why="Both risks were weighed: not sharing would do more harm.",
    ),
    Effect(
        outcome=Outcome.REFUSE,
        only_if=_weighed_against,
        why="Both risks were weighed: sharing would do more harm.",
    ),
    Effect(
        outcome=Outcome.DECIDE,
        why="The approvers choose, and write down the risk of sharing and that of not sharing.",
    ),
)
"""By what a named person decided who wrote both risks down, or to be decided so."""
