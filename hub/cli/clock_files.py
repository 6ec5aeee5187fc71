"""Reading a file of areas, referrals and meetings for the clocks: public interfaces, section 5."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from hub.cli.json_checks import check_reference, check_unique, ids_of
from hub.cli.json_files import Field, NotUsableError, Place, Record, read_lists, refuse
from hub.cli.json_values import (
    day,
    identifier,
    instant,
    integer,
    list_of,
    one_of,
    yes_or_no,
)
from hub.marac.clocks import (
    AreaClocks,
    IncidentKind,
    MeetingFacts,
    ReferralFacts,
    ReferralOutcome,
    RepeatDefinition,
)

MOST = 60
"""No number of months or working days is above this."""

FIRST_YEAR, LAST_YEAR = 2, 9998
"""Between these all working days of a meeting lie within the calendar."""


@dataclass(frozen=True)
class ClockFile:
    """What the file holds, without faults."""

    areas: dict[str, AreaClocks]
    referrals: tuple[ReferralFacts, ...]
    meetings: tuple[MeetingFacts, ...]


def _instant(value: object, place: Place) -> datetime:
    """Read an instant from which working days can be counted. Raises NotUsableError."""
    found = instant(value, place)
    if not FIRST_YEAR <= found.year <= LAST_YEAR:
        msg = "is too near the end of the calendar to count working days"
        raise NotUsableError(msg)
    return found


def _count(default: int) -> Field:
    return Field(integer(0, MOST), default=default)


def _word(words: type[StrEnum], default: StrEnum) -> Field:
    return Field(one_of(words), default=default)


_AREA = {
    "id": Field(identifier),
    "repeat_months": _count(12),
    "flag_months": _count(12),
    "repeat_definition": _word(RepeatDefinition, RepeatDefinition.ANY_ABUSE),
    "repeat_across_areas": Field(yes_or_no, default=True),
    "cutoff_days": _count(8),
    "agenda_days": _count(5),
    "research_days": _count(3),
    "minutes_days": _count(3),
    "extra_closed_days": Field(list_of(day), default=()),
}
_REFERRAL = {
    "id": Field(identifier),
    "area": Field(identifier),
    "victim": Field(identifier),
    "alleged_perpetrators": Field(list_of(identifier, least=1, is_set=True)),
    "referral_on": Field(day),
    "incident_on": Field(day, optional=True),
    "incident_kind": Field(one_of(IncidentKind)),
    "outcome": Field(one_of(ReferralOutcome)),
    "heard_on": Field(list_of(day), default=()),
}
_MEETING = {"id": Field(identifier), "area": Field(identifier), "starts_at": Field(_instant)}


def read_clock_file(text: str) -> ClockFile:
    """Return what the file holds, in its order. Raises BadInputError with every fault."""
    lists, faults = read_lists(text, {"areas": _AREA, "referrals": _REFERRAL, "meetings": _MEETING})
    for records in lists.values():
        check_unique(records)
    areas = ids_of(Record(Place("-", "", faults), dict(lists)), "areas")
    for record in (*lists["referrals"], *lists["meetings"]):
        check_reference(record, "area", areas)
    for referral in lists["referrals"]:
        _check_referral(referral)
    refuse(faults)
    return ClockFile(
        areas={one.get("id"): _area(one) for one in lists["areas"]},
        referrals=tuple(ReferralFacts(**one.values) for one in lists["referrals"]),
        meetings=tuple(MeetingFacts(**one.values) for one in lists["meetings"]),
    )


def _area(record: Record) -> AreaClocks:
    values: dict[str, Any] = dict(record.values)
    values["extra_closed_days"] = frozenset(values["extra_closed_days"])
    return AreaClocks(**values)


def _check_referral(record: Record) -> None:
    """Note what its fields say against one another."""
    referral_on, incident_on = record.get("referral_on"), record.get("incident_on")
    if referral_on and incident_on and incident_on > referral_on:
        record.place.field("incident_on").fault("is after referral_on")
    victim, alleged = record.get("victim"), record.get("alleged_perpetrators") or ()
    for index, one in enumerate(alleged):
        if victim is not None and one == victim:
            record.place.field("alleged_perpetrators").at(index).fault("is the victim")
    for index, heard_on in enumerate(record.get("heard_on") or ()):
        if referral_on and heard_on < referral_on:
            record.place.field("heard_on").at(index).fault("is before referral_on")
