"""Is it a repeat, is the flag still current, by when is what due: the clocks of the MARAC cycle.

Two twelve months run apart. A repeat is counted from the last referral of the same victim and
alleged perpetrator, by the day of the incident; a flag from the last day on which the case was
heard. Nothing is ever merged: a reversed pair is only named. Source: SafeLives' definition of a
repeat and suggested agenda, as made exact by the hub's public interface, section 5.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from hub.kernel.days import london_day, months_after
from hub.kernel.working_days import working_days_after, working_days_before


class RepeatDefinition(StrEnum):
    """What makes a further incident a repeat."""

    ANY_ABUSE = "any_abuse"
    """SafeLives today: any instance of abuse."""
    CRIMINAL = "criminal"
    """The older text: conduct that would be a crime."""


class IncidentKind(StrEnum):
    """What the latest incident was."""

    VIOLENCE_OR_THREATS = "violence_or_threats"
    STALKING = "stalking"
    SEXUAL = "sexual"
    OTHER_ABUSE = "other_abuse"


class ReferralOutcome(StrEnum):
    """What became of a referral at screening."""

    PENDING = "pending"
    ACCEPTED = "accepted"
    ALERT_ONLY = "alert_only"
    EMERGENCY = "emergency"
    TRANSFERRED = "transferred"
    RETURNED = "returned"
    NOT_MET = "not_met"
    DUPLICATE = "duplicate"
    WITHDRAWN = "withdrawn"


NEVER_COUNTED = frozenset(
    {
        ReferralOutcome.RETURNED,
        ReferralOutcome.NOT_MET,
        ReferralOutcome.DUPLICATE,
        ReferralOutcome.WITHDRAWN,
    }
)
"""Outcomes of a referral that no later one is measured against."""


class Label(StrEnum):
    """What a referral is to those before it; of several pairs the first of these counts."""

    REPEAT = "repeat"
    CHECK = "check"
    """It may be the very incident that was referred before: a person must look."""
    NEW = "new"
    NEW_CASE = "new_case"
    """The victim is known, with another alleged perpetrator."""


class Flag(StrEnum):
    """Whether agencies still mark the case in their records."""

    NONE = "none"
    CURRENT = "current"
    LAPSED = "lapsed"


@dataclass(frozen=True, kw_only=True, slots=True)
class AreaClocks:
    """What an area has set; months and working days, with the usual values as defaults."""

    id: str
    repeat_months: int = 12
    flag_months: int = 12
    repeat_definition: RepeatDefinition = RepeatDefinition.ANY_ABUSE
    repeat_across_areas: bool = True
    cutoff_days: int = 8
    agenda_days: int = 5
    research_days: int = 3
    minutes_days: int = 3
    extra_closed_days: frozenset[date] = frozenset()


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralFacts:
    """A referral as the clocks see it; days in Europe/London."""

    id: str
    area: str
    victim: str
    alleged_perpetrators: tuple[str, ...]
    referral_on: date
    incident_kind: IncidentKind
    outcome: ReferralOutcome
    incident_on: date | None = None
    heard_on: tuple[date, ...] = ()


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingFacts:
    """A meeting of an area; ``starts_at`` is an instant."""

    id: str
    area: str
    starts_at: datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class PairLabel:
    """What a referral is to those before it with one alleged perpetrator."""

    alleged_perpetrator: str
    label: Label
    last_referral: str | None
    repeat_until: date | None


@dataclass(frozen=True, kw_only=True, slots=True)
class ReferralLabel:
    """What a referral is to those before it, and where its pair stands reversed."""

    id: str
    label: Label
    pairs: tuple[PairLabel, ...]
    mirror_of: frozenset[str]


@dataclass(frozen=True, kw_only=True, slots=True)
class CaseClock:
    """A case: one victim with one alleged perpetrator, when last referred and heard, its flag."""

    victim: str
    alleged_perpetrator: str
    last_referral_on: date | None
    last_heard_on: date | None
    flag_until: date | None
    flag: Flag


@dataclass(frozen=True, kw_only=True, slots=True)
class PersonFlag:
    """Until when somebody is flagged, in whichever of their cases longest."""

    person: str
    flag_until: date
    flag: Flag


@dataclass(frozen=True, kw_only=True, slots=True)
class MeetingClock:
    """The day of a meeting and the working days on which its steps are due."""

    id: str
    held_on: date
    cutoff_on: date
    agenda_on: date
    research_on: date
    minutes_on: date


@dataclass(frozen=True, kw_only=True, slots=True)
class Clocks:
    """Everything that the clocks say on a day."""

    referrals: tuple[ReferralLabel, ...]
    cases: tuple[CaseClock, ...]
    people: tuple[PersonFlag, ...]
    meetings: tuple[MeetingClock, ...]


def clocks(
    areas: Mapping[str, AreaClocks],
    referrals: Sequence[ReferralFacts],
    meetings: Iterable[MeetingFacts],
    on: date,
) -> Clocks:
    """Return what the clocks say on a day in Europe/London.

    ``referrals`` come in the order in which they were taken down, which decides between two of one
    day. Those made after the day are left out altogether, and later hearings are not counted.
    Raises KeyError for an area that is not there.
    """
    made = [one for one in referrals if one.referral_on <= on]
    cases = case_clocks(areas, made, on)
    return Clocks(
        referrals=labels(areas, made),
        cases=cases,
        people=person_flags(cases),
        meetings=tuple(meeting_clock(areas[one.area], one.id, one.starts_at) for one in meetings),
    )


def labels(
    areas: Mapping[str, AreaClocks], referrals: Sequence[ReferralFacts]
) -> tuple[ReferralLabel, ...]:
    """Return what each referral is to those before it, in the order given."""
    before: dict[str, list[ReferralFacts]] = defaultdict(list)
    found: dict[str, tuple[PairLabel, ...]] = {}
    in_time = sorted(referrals, key=lambda one: one.referral_on)  # stable: places decide ties
    for referral in in_time:
        area = areas[referral.area]
        earlier = [
            one
            for one in before[referral.victim]
            if area.repeat_across_areas or one.area == referral.area
        ]
        found[referral.id] = tuple(
            pair_label(referral, one, earlier, area) for one in referral.alleged_perpetrators
        )
        if referral.outcome not in NEVER_COUNTED:
            before[referral.victim].append(referral)
    reversed_in = _reversed_pairs(referrals)
    return tuple(
        ReferralLabel(
            id=one.id,
            label=next(label for label in Label if label in {p.label for p in found[one.id]}),
            pairs=found[one.id],
            mirror_of=reversed_in[one.id],
        )
        for one in referrals
    )


def pair_label(
    referral: ReferralFacts,
    alleged_perpetrator: str,
    earlier: Sequence[ReferralFacts],
    area: AreaClocks,
) -> PairLabel:
    """Return what a referral is, with one alleged perpetrator, to the earlier ones of its victim.

    ``earlier`` come in time order. The incident must fall within so many months of the last
    referral, that very day included; heard or not does not matter.
    """
    last = next(
        (one for one in reversed(earlier) if alleged_perpetrator in one.alleged_perpetrators), None
    )
    until = _months_on(last.referral_on, area.repeat_months) if last else None
    return PairLabel(
        alleged_perpetrator=alleged_perpetrator,
        label=_label(referral, last, until, area) if earlier else Label.NEW,
        last_referral=last.id if last else None,
        repeat_until=until,
    )


def _label(
    referral: ReferralFacts, last: ReferralFacts | None, until: date | None, area: AreaClocks
) -> Label:
    if last is None or until is None:
        return Label.NEW_CASE
    incident_on = referral.incident_on
    if incident_on is None or incident_on < last.referral_on:
        return Label.CHECK
    if incident_on > until:
        return Label.NEW
    needs_crime = area.repeat_definition is RepeatDefinition.CRIMINAL
    if needs_crime and referral.incident_kind is IncidentKind.OTHER_ABUSE:
        return Label.NEW
    return Label.REPEAT


def _reversed_pairs(referrals: Sequence[ReferralFacts]) -> dict[str, frozenset[str]]:
    """Return for each referral those in which a pair of it stands the other way round."""
    by_pair: dict[tuple[str, str], set[str]] = defaultdict(set)
    for one in referrals:
        for alleged in one.alleged_perpetrators:
            by_pair[one.victim, alleged].add(one.id)
    return {
        one.id: frozenset().union(
            *(by_pair.get((alleged, one.victim), ()) for alleged in one.alleged_perpetrators)
        )
        for one in referrals
    }


def case_clocks(
    areas: Mapping[str, AreaClocks], referrals: Sequence[ReferralFacts], on: date
) -> tuple[CaseClock, ...]:
    """Return each pair of victim and alleged perpetrator once, by victim and then the other."""
    of_pair: dict[tuple[str, str], list[ReferralFacts]] = defaultdict(list)
    for one in referrals:
        for alleged in one.alleged_perpetrators:
            of_pair[one.victim, alleged].append(one)
    return tuple(_case(pair, of_pair[pair], areas, on) for pair in sorted(of_pair))


def _case(
    pair: tuple[str, str],
    referrals: Sequence[ReferralFacts],
    areas: Mapping[str, AreaClocks],
    on: date,
) -> CaseClock:
    counted = [one.referral_on for one in referrals if one.outcome not in NEVER_COUNTED]
    heard = [(day, areas[one.area]) for one in referrals for day in one.heard_on if day <= on]
    until = max((_months_on(day, area.flag_months) for day, area in heard), default=None)
    return CaseClock(
        victim=pair[0],
        alleged_perpetrator=pair[1],
        last_referral_on=max(counted, default=None),
        last_heard_on=max((day for day, _ in heard), default=None),
        flag_until=until,
        flag=flag_on(until, on),
    )


def _months_on(day: date, months: int) -> date:
    """Return the day so many months later, or the calendar's last one beyond its end."""
    try:
        return months_after(day, months)
    except ValueError:
        return date.max


def flag_on(flag_until: date | None, on: date) -> Flag:
    """Return whether a flag is current on a day; on its last day it still is."""
    if flag_until is None:
        return Flag.NONE
    return Flag.CURRENT if on <= flag_until else Flag.LAPSED


def person_flags(cases: Iterable[CaseClock]) -> tuple[PersonFlag, ...]:
    """Return everybody who is or was flagged, by id, each with the latest of their cases."""
    latest: dict[str, tuple[date, Flag]] = {}
    for one in cases:
        if one.flag_until is None:
            continue
        for person in (one.victim, one.alleged_perpetrator):
            if person not in latest or latest[person][0] < one.flag_until:
                latest[person] = (one.flag_until, one.flag)
    return tuple(
        PersonFlag(person=person, flag_until=latest[person][0], flag=latest[person][1])
        for person in sorted(latest)
    )


def meeting_clock(area: AreaClocks, meeting_id: str, starts_at: datetime) -> MeetingClock:
    """Return the working days on which a meeting's steps are due, before it and for minutes after.

    The area's own closed days are no working days there.
    """
    held_on = london_day(starts_at)
    closed = area.extra_closed_days
    return MeetingClock(
        id=meeting_id,
        held_on=held_on,
        cutoff_on=working_days_before(held_on, area.cutoff_days, closed),
        agenda_on=working_days_before(held_on, area.agenda_days, closed),
        research_on=working_days_before(held_on, area.research_days, closed),
        minutes_on=working_days_after(held_on, area.minutes_days, closed),
    )
