"""Who in a concern may be on the register: what is asked, of whom, by when, how it is settled."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from types import MappingProxyType
from uuid import UUID

from hub.kernel.days import age_on, birthday, london_day
from hub.kernel.working_days import working_days_after
from hub.people.matching.bands import Band
from hub.people.matching.engine import Candidate, rank
from hub.people.matching.subjects import Entry, Query
from hub.people.rules.stages import FROM_AGE
from hub.people.states import Rung

LAST_AGE = 25
BEFORE_16 = timedelta(weeks=12)
"""So long before a 16th birthday the question is already asked: meetings are planned ahead."""

APPROXIMATE_YEARS = 5
"""How far an approximate age or date may be out: as wide as the form that asks the referrer."""

MOST_SHOWN = 5
"""How many candidates a desk is shown. Source: performance notes, section 3."""

MOST_ALIASES = 6
URGENT = timedelta(hours=2)
FACTS_NEEDED = 2
HIDDEN = "\N{BULLET}" * 3

FACTS = MappingProxyType(
    {
        "nhs_number": "NHS number",
        "date_of_birth": "Date of birth",
        "address": "A current or former address or postcode",
        "phone": "Telephone number",
        "worker": "The name of their worker",
        "carer_or_school": "The name of a carer, relative, school or college",
        "known_to_worker": "Their worker knows of what happened",
    }
)
"""By what an identity can be confirmed; a name is none of them, for names alone prove nobody."""


@dataclass(frozen=True, kw_only=True)
class Asked:
    """Somebody in a concern as the referrer described them, with what helps to route the question.

    ``aliases`` are whole names as typed; ``other_date_of_birth`` is a second possible one;
    ``about_year`` the year of birth that a guessed age amounts to; ``authority`` the responsible
    authority in the referrer's words; ``asker`` who asks and how to ring them, for the desk alone;
    ``deadline`` (UTC) a time by which an answer is needed.
    """

    party_id: UUID
    concern_id: UUID
    given_name: str = ""
    family_name: str = ""
    aliases: tuple[str, ...] = ()
    date_of_birth: date | None = None
    other_date_of_birth: date | None = None
    is_date_approximate: bool = False
    about_year: int | None = None
    postcodes: tuple[str, ...] = ()
    nhs_number: str = ""
    phones: tuple[str, ...] = ()
    care_answer: str = "not_known"
    authority: str = ""
    worker_name: str = ""
    asker: str = ""
    area_id: UUID | None = None
    is_urgent: bool = False
    deadline: datetime | None = None

    @property
    def name(self) -> str:
        """The name as far as it is known, or an empty text."""
        return " ".join(part for part in (self.given_name, self.family_name) if part)


def alias_pair(name: str) -> tuple[str, str]:
    """Return a name typed on one line as (given, family); one word alone is a given name."""
    *given, family = name.split() or [""]
    return (" ".join(given), family) if given else (family, "")


def queries_for(asked: Asked) -> tuple[Query, ...]:
    """Return what to look for: once per possible date of birth, once by year if it is a guess."""
    dates = tuple(
        dict.fromkeys(day for day in (asked.date_of_birth, asked.other_date_of_birth) if day)
    )
    years: tuple[int | None, ...] = ()
    if not dates:
        years = (asked.about_year,)
    elif asked.is_date_approximate:
        years = (dates[0].year,)
    births = [(day, None) for day in dates] + [(None, year) for year in years]
    return tuple(
        Query(
            query_id=str(asked.party_id),
            given_name=asked.given_name,
            family_name=asked.family_name,
            date_of_birth=day,
            approximate_year=year,
            postcodes=asked.postcodes,
            aliases=tuple(alias_pair(name) for name in asked.aliases[:MOST_ALIASES]),
            nhs_number=asked.nhs_number or None,
            phones=asked.phones,
        )
        for day, year in births
    )


def may_be_of_age(asked: Asked, today: date) -> bool:
    """Tell whether the person is, may be, or within 12 weeks will be 16 to 25; unknown age may.

    Source: domain notes, section 5.2; the 12 weeks are our own, so that nobody turns 16 between
    the question and the meeting.
    """
    dates = [day for day in (asked.date_of_birth, asked.other_date_of_birth) if day]
    if dates and not asked.is_date_approximate:
        return any(
            birthday(born, FROM_AGE) <= today + BEFORE_16 and age_on(born, today) <= LAST_AGE
            for born in dates
        )
    ages = [age_on(born, today) for born in dates]
    if not dates and asked.about_year is not None:
        ages = [today.year - asked.about_year]
    if not ages:
        return True
    soonest = FROM_AGE - 1
    return any(
        age + APPROXIMATE_YEARS >= soonest and age - APPROXIMATE_YEARS <= LAST_AGE for age in ages
    )


def best_candidates(asked: Asked, entries: Sequence[Entry], today: date) -> list[Candidate]:
    """Return who may be meant, likeliest first, at most five.

    Somebody whose age is known to be another is a candidate only on strong evidence: a father and
    son of one name at one address must not put the father's concern before a desk.
    """
    found: dict[str, Candidate] = {}
    for query in queries_for(asked):
        for candidate in rank(query, entries, limit=len(entries)):
            known = found.get(candidate.person_id)
            if known is None or candidate.comparison.score > known.comparison.score:
                found[candidate.person_id] = candidate
    strong = {Band.CERTAIN, Band.PROBABLE}
    of_age = may_be_of_age(asked, today)
    likely = [each for each in found.values() if of_age or each.comparison.band in strong]
    likely.sort(key=lambda each: (-each.comparison.score, each.person_id))
    return likely[:MOST_SHOWN]


def must_ask(asked: Asked, candidates: Sequence[Candidate], today: date) -> bool:
    """Tell whether a desk is asked about this person at all.

    With a candidate always, whatever the referrer answered, because many do not say. Without one,
    whoever may be 16 to 25 becomes a yes or no question unless the referrer said no. Source: the
    issue, section 3.
    """
    return bool(candidates) or (asked.care_answer != "no" and may_be_of_age(asked, today))


def due_at(now: datetime, *, is_urgent: bool, deadline: datetime | None = None) -> datetime:
    """Return by when a desk must answer (UTC): 2 hours if urgent, else the next working day.

    A meeting's earlier deadline goes before that, though never into the past.
    """
    today = london_day(now)
    usual = now + (URGENT if is_urgent else working_days_after(today, 1) - today)
    return usual if deadline is None else min(usual, max(deadline, now))


def climbs_at(now: datetime, rung: Rung) -> datetime:
    """Return when a question goes on from a rung above the desk that hears of it now (UTC).

    Managers have two hours; whoever telephones is asked again each working day. A product choice.
    """
    if rung is Rung.MANAGERS:
        return now + URGENT
    today = london_day(now)
    return now + (working_days_after(today, 1) - today)


@dataclass(frozen=True)
class Confirmation:
    """Whether an identity may be confirmed, by which rule, and why not."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...] = ()


def confirmation(facts: Iterable[str], *, is_taken: bool) -> Confirmation:
    """Decide whether these facts confirm somebody; ``is_taken``: confirmed for another person here.

    Two different facts besides the name. Source: domain notes, section 5.2, item 3, and the issue.
    """
    if is_taken:
        why = "This person is already confirmed as somebody else in the same concern"
        return Confirmation(allowed=False, rule="one_place_each", reasons=(why,))
    if len(set(facts) & set(FACTS)) < FACTS_NEEDED:
        why = "Select two facts that agree"
        return Confirmation(allowed=False, rule="two_facts", reasons=(why,))
    return Confirmation(allowed=True, rule="confirmed_by_person")


def masked(nhs_number: str | None) -> str:
    """Return an NHS number with all but its last four digits hidden."""
    return f"{HIDDEN} {HIDDEN} {nhs_number[-4:]}" if nhs_number else ""
