"""How long what the hub holds is kept, as rows of a table that an agency may set for itself.

Sources are named in each row; none of them is the law itself unless it says so. Days are in London.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from enum import StrEnum

from hub.kernel.days import age_on, birthday


class RecordKind(StrEnum):
    """What is kept and disposed of as one."""

    PERSON = "person"
    CONCERN = "concern"
    REQUEST = "request"
    AGREEMENT = "agreement"
    SEARCHES = "searches"
    TRAIL = "trail"


class CountsFrom(StrEnum):
    """The day from which the years count."""

    BIRTH = "birth"
    EIGHTEENTH_BIRTHDAY = "eighteenth_birthday"
    DEATH = "death"
    LAST_CASE = "last_case"
    SETTLED = "settled"
    END = "end"
    MADE = "made"


@dataclass(frozen=True, kw_only=True)
class RetentionRule:
    """Records of a kind are kept for so many years from a day; ``source`` says who says so."""

    code: str
    kind: RecordKind
    counts_from: CountsFrom
    years: int
    source: str
    number: int = 0
    """The how-manieth text of the rule at an agency; 0 is the hub's own."""


@dataclass(frozen=True, kw_only=True)
class Facts:
    """The days from which a record's years can count; None is a day that is not known."""

    born_on: date | None = None
    died_on: date | None = None
    ended_on: date | None = None
    """When the last case, the request, the agreement or the look-up came to its end."""
    area_years: int | None = None
    """How long the area of a case keeps its cases; None where it has set nothing."""


LEAVING_CARE, DIED_YOUNG = "leaving_care", "died_before_18"
ADULT = 18
DEFAULTS = (
    RetentionRule(
        code=LEAVING_CARE,
        kind=RecordKind.PERSON,
        counts_from=CountsFrom.BIRTH,
        years=75,
        source="Case records regulations for looked after children; some authorities count from "
        "the 18th birthday",
    ),
    RetentionRule(
        code=DIED_YOUNG,
        kind=RecordKind.PERSON,
        counts_from=CountsFrom.DEATH,
        years=15,
        source="The same, for somebody who died before 18",
    ),
    RetentionRule(
        code="marac_case",
        kind=RecordKind.CONCERN,
        counts_from=CountsFrom.LAST_CASE,
        years=7,
        source="Product choice: areas differ, and the regulator sets no limit",
    ),
    RetentionRule(
        code="request_about_nobody_here",
        kind=RecordKind.REQUEST,
        counts_from=CountsFrom.SETTLED,
        years=7,
        source="Product choice; a request about somebody on the register is kept with their record",
    ),
    RetentionRule(
        code="agreement",
        kind=RecordKind.AGREEMENT,
        counts_from=CountsFrom.END,
        years=6,
        source="Product choice: six years after its end",
    ),
    RetentionRule(
        code="look_ups",
        kind=RecordKind.SEARCHES,
        counts_from=CountsFrom.MADE,
        years=2,
        source="Product choice",
    ),
    RetentionRule(
        code="trail",
        kind=RecordKind.TRAIL,
        counts_from=CountsFrom.MADE,
        years=7,
        source="Product choice: at least; the hub never deletes an entry of the trail",
    ),
)
"""What counts at an agency that has set nothing of its own."""

FROM_WORDS = {
    CountsFrom.BIRTH: "the date of birth",
    CountsFrom.EIGHTEENTH_BIRTHDAY: "the 18th birthday",
    CountsFrom.DEATH: "the day of death",
    CountsFrom.LAST_CASE: "the last case",
    CountsFrom.SETTLED: "the answer",
    CountsFrom.END: "the end of the agreement",
    CountsFrom.MADE: "the day it was made",
}
CHOICES = {
    RecordKind.PERSON: (CountsFrom.BIRTH, CountsFrom.EIGHTEENTH_BIRTHDAY),
}
"""The kinds for which an agency chooses from which day the years count."""

AREA_KEEPS = "The area of the case keeps its cases for longer"

RECOVERABLE = timedelta(days=30)
"""How long an approved disposal can still be stopped (security note, T62)."""


def rule_for(rules: Mapping[str, RetentionRule], kind: RecordKind, facts: Facts) -> RetentionRule:
    """Return the rule that counts for a record; somebody who died before 18 has one of their own.

    Of a case the longer counts of what its agency and its area have set. Source: sharing notes,
    section 3.9; domain notes, section 6, line 58.
    """
    if kind is RecordKind.PERSON:
        died, born = facts.died_on, facts.born_on
        young = died is not None and born is not None and age_on(born, died) < ADULT
        return rules[DIED_YOUNG if young else LEAVING_CARE]
    rule = next(rule for rule in rules.values() if rule.kind is kind)
    if facts.area_years is not None and facts.area_years > rule.years:
        return replace(rule, years=facts.area_years, source=AREA_KEEPS)
    return rule


def retain_until(rule: RetentionRule, facts: Facts) -> date | None:
    """Return the last day on which a record is kept, or None: not known, so it is kept.

    Years are counted as birthdays are: from 29 February they end on 1 March in common years.
    """
    start = _start(rule.counts_from, facts)
    return None if start is None else birthday(start, rule.years)


def _start(counts_from: CountsFrom, facts: Facts) -> date | None:
    if counts_from is CountsFrom.BIRTH:
        return facts.born_on
    if counts_from is CountsFrom.EIGHTEENTH_BIRTHDAY:
        return None if facts.born_on is None else birthday(facts.born_on, ADULT)
    return facts.died_on if counts_from is CountsFrom.DEATH else facts.ended_on


def is_due(until: date | None, today: date) -> bool:
    """Return whether a record may go: not on the last day on which it is kept, but after it."""
    return until is not None and today > until


def can_be_stopped(approved_at: datetime, now: datetime) -> bool:
    """Return whether an approved disposal can be stopped: for thirty days, to the instant."""
    return now <= approved_at + RECOVERABLE


def of_agency(own: Iterable[RetentionRule]) -> dict[str, RetentionRule]:
    """Return the rules that count at an agency by code, its own latest texts over the hub's."""
    found = {rule.code: rule for rule in DEFAULTS}
    for rule in sorted(own, key=lambda one: one.number):
        found[rule.code] = rule
    return found
