"""What the pages about keeping have in common: the blueprint, the sources, the words."""

from typing import cast

from flask import Blueprint, g

from hub.sharing.queries.keeping import KeptSource
from hub.sharing.rules.retention import FROM_WORDS, RecordKind, RetentionRule

keeping = Blueprint("keeping", __name__, template_folder="../../templates")

KINDS = {
    RecordKind.PERSON: "Leaving care record",
    RecordKind.CONCERN: "Concern with its cases",
    RecordKind.REQUEST: "Request about nobody on the register",
    RecordKind.AGREEMENT: "Agreement",
    RecordKind.SEARCHES: "Look-ups on the register",
    RecordKind.TRAIL: "Audit trail",
}
RULES = {
    "leaving_care": "Leaving care record",
    "died_before_18": "Leaving care record of somebody who died before 18",
    "marac_case": "Concern with its cases",
    "request_about_nobody_here": "Request about nobody on the register",
    "agreement": "Agreement",
    "look_ups": "Look-ups of people",
    "trail": "Audit trail",
}


def sources() -> tuple[KeptSource, ...]:
    """Return what is kept as one, of all rooms, as ``wiring`` names it."""
    return cast("tuple[KeptSource, ...]", g.kept_sources)


def said_rule(rule: RetentionRule) -> str:
    """Return a rule in words, such as: 75 years from the date of birth."""
    years = "1 year" if rule.years == 1 else f"{rule.years} years"
    return f"{years} from {FROM_WORDS[rule.counts_from]}"
