"""What the counts of a return are called, and how a withheld or unknown one is said."""

from collections.abc import Mapping
from datetime import date
from types import MappingProxyType

from hub.agencies.rules.kinds import AGENCY_WORDS
from hub.reporting.rules.agencies import ON_TIME, Care
from hub.reporting.rules.counting import TRANSFER, Split
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.suppression import Shared

WITHHELD = "withheld"
NOT_KNOWN = "not known"
DASH = "\u2013"

SPLITS: Mapping[str, str] = MappingProxyType(
    {
        Split.REPEAT: "Repeat",
        Split.POLICE: "From the police",
        Split.MINORITISED: "Black, Asian or racially minoritised",
        Split.LGBT: "LGBT+",
        Split.DISABLED: "Disabled",
        Split.MALE: "Male",
        Split.AGED_16_17: "Aged 16 or 17",
        Split.HARM_BY_UNDER_18: "Harm by somebody under 18",
    }
)
HEADS: Mapping[str, str] = MappingProxyType(
    {
        **SPLITS,
        Split.POLICE: "Police",
        Split.MINORITISED: "Minoritised",
        Split.AGED_16_17: "16 or 17",
        Split.HARM_BY_UNDER_18: "By under 18",
    }
)
"""The same as narrow heads of a table; the page says below what they mean."""

CARE: Mapping[str, str] = MappingProxyType(
    {
        Care.WORKER_FOUND: "Worker found",
        Care.INVITED: "Invited",
        Care.ATTENDED: "Attended",
        Care.SENT_INFORMATION: "Sent information",
        Care.ACTION_GIVEN: "Action given",
    }
)
TIMELY: Mapping[str, str] = MappingProxyType({ON_TIME: "On time"})
SOURCES: Mapping[str, str] = MappingProxyType({**AGENCY_WORDS, TRANSFER: "Another area's MARAC"})


def said(count: float | None) -> str:
    """Return a count in words: its number, or that it is withheld."""
    return WITHHELD if count is None else f"{count:,}"


def said_part(shared: Shared, part: str) -> str:
    """Return how many are so, or that nobody knows of any; what is withheld comes first."""
    yes, unknown = shared.parts[part], shared.not_known[part]
    if shared.whole and unknown == shared.whole:
        return NOT_KNOWN
    return said(yes)


def unknown_of(shared: Shared, part: str) -> int:
    """Return of how many nobody knows, where it is said beside the others; else 0."""
    unknown = shared.not_known[part] or 0
    return 0 if unknown == shared.whole else unknown


def said_quarter(quarter: Quarter) -> str:
    """Return "July to September 2026"."""
    return f"{quarter.first:%B} to {quarter.last:%B} {quarter.year}"


def said_days(days: float | None, whole: int | None) -> str:
    """Return a number of days, a dash where no case waited, or that it is withheld."""
    if days is not None:
        return f"{days:g}"
    return DASH if whole == 0 else WITHHELD


def said_percent(value: float | None, whole: int | None) -> str:
    """Return "32.5%", a dash where there is nothing to say it of, or that it is withheld."""
    if value is not None:
        return f"{value:g}%"
    return DASH if whole == 0 else WITHHELD


def year_first(quarter: Quarter) -> date:
    """Return the first day of the 12 months that end with a quarter."""
    return quarter.year_to_it()[0].first
