"""Answers as lines of a summary: the question, and what was said, in words."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hub.referrals.schemas.whole import ENTRY_SHAPES, SHAPES
from hub.web.forms import blank
from hub.web.render import SummaryRow
from hub.web.said import revived, said

HIDDEN = "Hidden"
ALL = frozenset({"*"})
LABELS = MappingProxyType(
    {
        "about_age": "Age, about",
        "area": "Area",
        "bases": "Shared without consent because",
        "care_experienced": "Care-experienced",
        "consent": "Agreed to this being shared",
        "criteria": "Criteria",
        "due_on": "Baby due",
        "incidents": "Incidents in the months that the area counts",
        "is_name_unknown": "Name not known",
        "is_unborn": "Not born yet",
        "is_worsening": "More frequent or worse",
        "manager": "Signed off by",
        "reported": "Of them reported to the police",
        "necessity": "Necessary and proportionate because",
        "responsible_authority": "Responsible authority",
        "tool": "Risk tool",
    }
)
"""How an answer is headed where the question as it was asked would be long."""

PERSON_CONTACT = frozenset(
    {"address", "postcode", "workplace", "school", "lives_with", "in_care_of"}
)
CONTACT: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "home": frozenset({"address", "postcode", "usual_address"}),
        "safe_contact": ALL,
        "needs": frozenset({"gp"}),
        "victim": PERSON_CONTACT,
        "alleged_perpetrator": PERSON_CONTACT,
        "child": PERSON_CONTACT,
        "other_adult": PERSON_CONTACT,
    }
)
"""The answers by which somebody can be found or reached: shown only when asked for (X20)."""


def stored_rows(
    page: str, values: Mapping[str, Any], *, hide: bool = True
) -> tuple[SummaryRow, ...]:
    """Return what was submitted on a page, with what could lead to somebody hidden."""
    shape = SHAPES[page] if page in SHAPES else ENTRY_SHAPES[page]
    form = blank(shape, revived(shape, values))
    secret = CONTACT.get(page, frozenset()) if hide else frozenset()
    rows = []
    for each in form:
        value = said(each)
        if value:
            is_secret = secret == ALL or each.name in secret
            label = LABELS.get(each.name, each.label)
            rows.append(SummaryRow(label, HIDDEN if is_secret else value))
    return tuple(rows)
