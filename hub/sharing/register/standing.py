"""What agreements say of one disclosure on a day, as the decision table wants to know it."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.sharing.register.codes import APPROVAL, EXCLUDED, PERMITTED
from hub.sharing.register.contents import Category, category_rule, shut_out
from hub.sharing.states.agreements import BEST_FIRST, AgreementState, Terms, agreement_state

_MOST_FIRST = (PERMITTED, APPROVAL, EXCLUDED)
OVERDUE = "review_overdue"


@dataclass(frozen=True, kw_only=True)
class Asked:
    """The disclosure that is asked about; ``subject`` None asks for any of the people it is about.

    Codes are those of the hub's public interface, section 3.
    """

    purpose: str
    category: str
    direction: str
    subject: str | None = None


@dataclass(frozen=True, kw_only=True)
class Version:
    """One version as far as one category matters; ``terms`` say whether both agencies are bound.

    ``purposes`` holds the consent approach by purpose; ``category`` is None where it is not listed.
    """

    agreement_id: UUID
    terms: Terms
    purposes: Mapping[str, str | None]
    exclusions: tuple[str, ...]
    category: Category | None


@dataclass(frozen=True, kw_only=True)
class Standing:
    """What the agreements are worth for one disclosure, and which version says so.

    ``category_rule`` is excluded also when nothing is listed. ``consent_approach`` and
    ``retention`` are the version's own words on them; ``exclusions`` are the coded clauses that
    whoever releases something must check by eye.
    """

    state: AgreementState
    agreement_id: UUID | None = None
    purpose_permitted: bool = False
    category_rule: str = EXCLUDED
    consent_approach: str | None = None
    retention: str | None = None
    exclusions: tuple[str, ...] = ()
    flags: tuple[str, ...] = ()


NOBODY_BOUND = Standing(state=AgreementState.NOT_PARTY)
"""Without any agreement nobody is a party."""


def standing(
    versions: Collection[Version], asked: Asked, day: date, *, grace_days: int
) -> Standing:
    """Return what the best of the versions is worth for a disclosure on a day in London.

    Those that name the purpose come first, then those worth most on the day. Among equals an
    exclusion that is written down beats everything, because it was meant; what is merely not
    listed loses to what is. The first by reference settles what is left.
    """
    named = [one for one in versions if asked.purpose in one.purposes]
    states = [(agreement_state(one.terms, day, grace_days), one) for one in named or versions]
    bound = [pair for pair in states if pair[0] is not AgreementState.NOT_PARTY]
    if not bound:
        return NOBODY_BOUND
    best = min((state for state, _ in bound), key=BEST_FIRST.index)
    equals = [one for state, one in bound if state is best]
    chosen = min(equals, key=lambda one: _place(one, asked))
    return Standing(
        state=best,
        agreement_id=chosen.agreement_id,
        purpose_permitted=asked.purpose in chosen.purposes,
        category_rule=_rule(chosen, asked),
        consent_approach=chosen.purposes.get(asked.purpose),
        retention=chosen.category.retention if chosen.category else None,
        exclusions=chosen.exclusions,
        flags=(OVERDUE,) if best is AgreementState.REVIEW_OVERDUE else (),
    )


def _place(one: Version, asked: Asked) -> int:
    """Return a smaller number for the version that decides before another."""
    rule = _rule(one, asked)
    written = rule == EXCLUDED and (
        asked.category in shut_out(one.exclusions)
        or (one.category is not None and one.category.rule(asked.direction) == EXCLUDED)
    )
    return -1 if written else _MOST_FIRST.index(rule)


def _rule(one: Version, asked: Asked) -> str:
    return category_rule(one.exclusions, one.category, asked.direction, asked.subject)
