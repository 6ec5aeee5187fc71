"""Who a victim is, as far as it is counted for equality: what was said, by whom, and what is open.

A referral's own answers count until a co-ordinator has recorded others for its case; the record set
last counts whole. What nobody has said is not known, and never a no. Source: domain notes, 2.1.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

NOT_KNOWN = "not_known"
GENDER = "gender"
ASKED = ("is_minoritised", "is_disabled", "is_lgbt")
"""The answers of a referral's page of needs that are counted."""
COUNTED = (*ASKED, GENDER)
SHORT: Mapping[str, str] = MappingProxyType(
    {
        "is_minoritised": "ethnic group",
        "is_disabled": "disability",
        "is_lgbt": "LGBT+",
        GENDER: "sex or gender",
    }
)
"""What each answer is about, inside a sentence."""
EMPTY: Mapping[str, str] = MappingProxyType({})


class Source(StrEnum):
    """From whom an answer is known."""

    REFERRER = "referrer"
    IDVA = "idva"
    AGENCY = "agency"
    MEETING = "meeting"
    OTHER_AREA = "other_area"


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """What was recorded for a case: the answers by their names, from whom, by whom, and when."""

    number: int
    answers: Mapping[str, str]
    source: Source
    note: str
    recorded_by: str
    recorded_at: datetime


def counted_answers(
    needs: Mapping[str, str | None], gender: str | None, recorded: Mapping[str, str] = EMPTY
) -> dict[str, str]:
    """Return the answers that count: those recorded last, else the referral's own.

    ``needs`` and ``gender`` are the referral's; an answer that is missing is not known.
    """
    own = {**{name: needs.get(name) for name in ASKED}, GENDER: gender}
    said = recorded or own
    return {name: said.get(name) or NOT_KNOWN for name in COUNTED}


def not_known(answers: Mapping[str, str]) -> tuple[str, ...]:
    """Return the names of the answers that nobody knows, in their order."""
    return tuple(name for name in COUNTED if answers.get(name, NOT_KNOWN) == NOT_KNOWN)


def in_words(answers: Mapping[str, str]) -> str:
    """Return the answers as a line for whoever reads a whole record."""
    said = (f"{SHORT[name]} {answers.get(name, NOT_KNOWN)}" for name in COUNTED)
    return ", ".join(said).replace("_", " ").replace("ethnic group", "racially minoritised")
