"""Which recorded consent counts for one question on one day: nothing is edited, later words win.

What the states do to a disclosure is the decision table's; here is told which of them a person's
records amount to. Source: sharing notes, section 3.4.
"""

from collections.abc import Collection, Iterable
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from enum import StrEnum
from itertools import product
from uuid import UUID

from hub.sharing.rules.coded import Category, Competence, ConsentOverlap, ConsentState, Purpose

GIVING = frozenset(
    {ConsentState.GIVEN_EXPLICIT, ConsentState.GIVEN_LIMITED, ConsentState.GIVEN_BY_PR}
)
"""The states that let something be shared, and that end."""

SAID_NO = frozenset({ConsentState.REFUSED, ConsentState.WITHDRAWN})
WITHOUT_ANSWER = frozenset(
    {
        ConsentState.NOT_SOUGHT_UNSAFE,
        ConsentState.UNABLE_TO_REACH,
        ConsentState.NOT_REQUIRED_STATUTORY,
    }
)
"""The states that say why nobody was asked. They never outdo what the person has answered."""

RECORDED = frozenset(ConsentState) - {ConsentState.NOT_ASKED, ConsentState.EXPIRED}
"""The states that are written down; the other two follow from there being nothing, or a date."""


@dataclass(frozen=True, kw_only=True, slots=True)
class ConsentScope:
    """What a record is about.

    Without ``agencies`` a yes reaches every agency that has signed an agreement, and a no reaches
    everybody. With ``about`` it is for that one request, an opaque id, and for nothing else.
    """

    purposes: frozenset[Purpose]
    categories: frozenset[Category]
    agencies: frozenset[UUID] | None = None
    about: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class LeftOut:
    """What a limited yes leaves out; ``in_words`` when the person also put something in words."""

    purposes: frozenset[Purpose] = frozenset()
    categories: frozenset[Category] = frozenset()
    agencies: frozenset[UUID] = frozenset()
    in_words: bool = False

    @property
    def is_nothing(self) -> bool:
        """Whether nothing is left out, so that the yes is not a limited one."""
        return not (self.purposes or self.categories or self.agencies or self.in_words)


@dataclass(frozen=True, kw_only=True, slots=True)
class Record:
    """One record as it was written, without a word of what anybody said.

    ``said_on`` is the day in London on which it was said or was so, ``expires_on`` the first day on
    which a yes no longer counts.
    """

    id: UUID
    number: int
    state: ConsentState
    said_on: date
    recorded_at: datetime
    scope: ConsentScope
    expires_on: date | None = None
    left_out: LeftOut = field(default_factory=LeftOut)
    giver_is_alleged_perpetrator: bool = False
    competence: Competence = Competence.NOT_ASSESSED


@dataclass(frozen=True, kw_only=True, slots=True)
class Asked:
    """What somebody wants to share: one category, for one purpose, with one agency.

    ``is_signed``: the agency has signed an agreement. ``about`` is the request that it is for.
    """

    purpose: Purpose
    category: Category
    agency_id: UUID | None
    is_signed: bool = False
    about: UUID | None = None


@dataclass(frozen=True, kw_only=True, slots=True)
class InEffect:
    """What the records amount to; ``why`` is a sentence that repeats nobody's words.

    ``state`` and ``overlap`` are those of the decision table, as are the two facts about a parent's
    consent. ``record`` is the one that counts, None where nobody has asked.
    """

    state: ConsentState
    why: str
    overlap: ConsentOverlap = ConsentOverlap.NONE
    record: Record | None = None

    @property
    def consent_id(self) -> UUID | None:
        """The record to cite."""
        return self.record.id if self.record else None

    @property
    def pr_is_alleged_perpetrator(self) -> bool:
        """Whether it was a parent who answered and who is alleged to have done the harm."""
        return self.record is not None and self.record.giver_is_alleged_perpetrator

    @property
    def competence(self) -> Competence:
        """What was found about the person's ability to decide when it was recorded."""
        return self.record.competence if self.record else Competence.NOT_ASSESSED


def consent_in_effect(records: Iterable[Record], asked: Asked, day: date) -> InEffect:
    """Return what the person's records amount to for a question on a day in London.

    Of the records about the question the latest said counts, of two said on one day the one with
    the higher number. There are two exceptions, both against sharing. That nobody could be asked
    says nothing against an answer that stands. And a capacity that comes and goes ends a yes, but
    neither a no nor the suspicion of pressure. A yes ends on its day, and what a limited yes left
    out stays left out, for only a new record turns a no into a yes.
    """
    counts: Record | None = None
    for one in sorted(records, key=_place):
        if one.said_on <= day and _is_about(one, asked) and _outdoes(one, counts, asked, day):
            counts = one
    if counts is None:
        return InEffect(state=ConsentState.NOT_ASKED, why="Nobody has asked them about this.")
    return _amounts_to(counts, asked, day)


def and_said_elsewhere(records: Iterable[Record], other: Record) -> tuple[Record, ...]:
    """Return a person's records with one that was written elsewhere, such as in a concern.

    Where both were said on one day, what was recorded later counts; the numbers follow that.
    """
    both = sorted((*records, other), key=lambda each: (each.said_on, each.recorded_at, each.number))
    return tuple(replace(one, number=number) for number, one in enumerate(both, start=1))


class Standing(StrEnum):
    """What a record is worth today among the person's others."""

    COUNTS = "counts"
    """For something at least it is the one that decides."""
    ENDED = "ended"
    """A yes whose day has come; nobody has asked since."""
    BESIDE = "beside"
    """It says why nobody was asked again, and what was answered before it still counts."""
    REPLACED = "replaced"


def standings(records: Collection[Record], day: date) -> dict[UUID, Standing]:
    """Return for each record of a person whether it still decides anything on a day in London.

    An agency that no record names stands for all such, as one that has signed.
    """
    named = {each for one in records for each in (one.scope.agencies or ())}
    named |= {each for one in records for each in one.left_out.agencies}
    recipients = [*sorted(named), None]
    requests = {one.scope.about for one in records} | {None}
    pairs = {pair for one in records for pair in product(one.scope.purposes, one.scope.categories)}
    found = dict.fromkeys((one.id for one in records), Standing.REPLACED)
    for (purpose, category), agency_id, about in product(pairs, recipients, requests):
        asked = Asked(
            purpose=purpose,
            category=category,
            agency_id=agency_id,
            is_signed=True,
            about=about,
        )
        decides = consent_in_effect(records, asked, day)
        if decides.record is None:
            continue
        is_over = decides.state is ConsentState.EXPIRED
        if found[decides.record.id] is not Standing.COUNTS:
            found[decides.record.id] = Standing.ENDED if is_over else Standing.COUNTS
        for one in records:
            is_later = _place(one) > _place(decides.record) and one.said_on <= day
            if is_later and found[one.id] is Standing.REPLACED and _is_about(one, asked):
                found[one.id] = Standing.BESIDE
    return found


def _place(record: Record) -> tuple[date, int]:
    return record.said_on, record.number


def _is_about(record: Record, asked: Asked) -> bool:
    scope = record.scope
    if scope.about is not None and scope.about != asked.about:
        return False
    if asked.purpose not in scope.purposes or asked.category not in scope.categories:
        return False
    if scope.agencies is not None:
        return asked.agency_id in scope.agencies
    return asked.is_signed or record.state not in GIVING or _is_left_out(record, asked)


def _is_left_out(record: Record, asked: Asked) -> bool:
    """Tell whether a limited yes says no to the question."""
    left = record.left_out
    return record.state is ConsentState.GIVEN_LIMITED and (
        asked.purpose in left.purposes
        or asked.category in left.categories
        or asked.agency_id in left.agencies
    )


def _outdoes(record: Record, before: Record | None, asked: Asked, day: date) -> bool:
    """Tell whether a later record takes the place of what counted before it."""
    if before is None:
        return True
    stands = not _has_ended(before, asked, day)
    if record.state in WITHOUT_ANSWER:
        return before.state in WITHOUT_ANSWER or not stands
    if record.state is ConsentState.FLUCTUATING:
        stays = SAID_NO | {ConsentState.COERCED_SUSPECTED}
        return before.state not in stays and not _is_left_out(before, asked)
    return True


def _has_ended(record: Record, asked: Asked, day: date) -> bool:
    is_over = record.expires_on is not None and record.expires_on <= day
    return record.state in GIVING and is_over and not _is_left_out(record, asked)


def _amounts_to(record: Record, asked: Asked, day: date) -> InEffect:
    if _has_ended(record, asked, day):
        return InEffect(
            state=ConsentState.EXPIRED,
            record=record,
            why=f"They agreed on {said_day(record.said_on)}, and that has ended. Ask again.",
        )
    overlap = _overlap(record, asked)
    is_limited = record.state is ConsentState.GIVEN_LIMITED
    why = (_LIMITED[overlap] if is_limited else _WHY[record.state]).format(
        day=said_day(record.said_on)
    )
    if overlap is not ConsentOverlap.NONE and record.expires_on is not None:
        why += f" It counts until {said_day(record.expires_on)}."
    return InEffect(state=record.state, overlap=overlap, record=record, why=why)


def _overlap(record: Record, asked: Asked) -> ConsentOverlap:
    """Return how much of the question lies within a yes, as the decision table wants to know it."""
    if record.state not in GIVING or _is_left_out(record, asked):
        return ConsentOverlap.NONE
    return ConsentOverlap.PART if record.left_out.in_words else ConsentOverlap.WHOLE


_LIMITED = {
    ConsentOverlap.WHOLE: "They agreed to this on {day}, and not to everything.",
    ConsentOverlap.PART: "They agreed to this on {day} but for something that they left out. "
    "Read their words first.",
    ConsentOverlap.NONE: "They agreed on {day} to other things, and said no to this.",
}
_WHY = {
    ConsentState.GIVEN_EXPLICIT: "They agreed to this on {day}.",
    ConsentState.GIVEN_BY_PR: "Somebody with parental responsibility agreed to this on {day}.",
    ConsentState.REFUSED: "They said no to this on {day}.",
    ConsentState.WITHDRAWN: "They took their consent back on {day}.",
    ConsentState.NOT_SOUGHT_UNSAFE: "It was not safe to ask them on {day}.",
    ConsentState.LACKS_CAPACITY: "On {day} they were found unable to decide this for themselves.",
    ConsentState.FLUCTUATING: "On {day} they could not decide this, and that comes and goes.",
    ConsentState.UNABLE_TO_REACH: "They could not be reached to be asked by {day}.",
    ConsentState.COERCED_SUSPECTED: "On {day} their answer seemed to be made under pressure, so it "
    "counts neither way.",
    ConsentState.NOT_REQUIRED_STATUTORY: "On {day} it was recorded that a duty applies, so they "
    "are told and not asked.",
}


def said_day(day: date) -> str:
    """Return a day in words, such as 3 May 2026."""
    return f"{day.day} {day:%B %Y}"
