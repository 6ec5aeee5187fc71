"""What matters most of what an asker said, in words for the people of the holder."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hub.kernel.days import parse_day
from hub.sharing.register import PURPOSES
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.web.phrases import said_day
from hub.web.render import SummaryRow

_P = AskPage
ROLES = {
    "victim": "Victim",
    "alleged_perpetrator": "Alleged perpetrator",
    "child": "Child",
    "witness": "Witness",
    "family": "Family",
    "worker": "Worker",
}
RISKS = {
    "risk_of_harm": "There is a risk of harm",
    "marac_high_risk": "High risk by a MARAC's criteria",
    "serious_harm_likely": "Serious harm is likely",
    "harm_to_other": "A child or another adult is at risk",
    "care_and_support_needs": "Needs for care and support",
    "abuse_or_neglect": "A risk of abuse or neglect",
    "cannot_protect_self": "Cannot protect themselves because of their needs",
}
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "subject_role": ROLES,
        "purpose": PURPOSES,
        "risks": RISKS,
        "s42": RISKS,
        "pattern": {"one_off": "Once", "repeat": "Again and again"},
    }
)
"""Codes of fields in words; what is not here was typed as words."""

ROWS: Mapping[AskPage, tuple[tuple[str, str], ...]] = MappingProxyType(
    {
        _P.SUBJECT: (
            ("First names", "given_name"),
            ("Last name", "family_name"),
            ("Other names", "aliases"),
            ("Date of birth", "date_of_birth"),
            ("Postcode", "postcode"),
            ("NHS number", "nhs_number"),
            ("Phone", "phone"),
            ("In the case", "subject_role"),
        ),
        _P.WHY: (
            ("What for", "purpose"),
            ("Why it is necessary", "necessity"),
            ("Less intrusive ways", "less_intrusive"),
            ("How often", "pattern"),
        ),
        _P.RISK: (
            ("What is happening", "danger"),
            ("Risk", "risks"),
            ("Needs", "s42"),
            ("Why they think so", "risk_reasons"),
        ),
    }
)
DAYS = frozenset({"date_of_birth"})


def asked_rows(answers: AskAnswers, *pages: AskPage) -> tuple[SummaryRow, ...]:
    """Return what was said on these pages, without what was left out."""
    rows = (
        SummaryRow(label, _said(field, answers.of(each, field)))
        for each in pages
        for label, field in ROWS[each]
        if answers.of(each, field)
    )
    return tuple(rows)


def _said(field: str, value: Any) -> str | tuple[str, ...]:  # noqa: ANN401 - a JSON value
    if field in DAYS:
        return said_day(parse_day(value))
    words = WORDS.get(field, {})
    if isinstance(value, list):
        return tuple(words.get(each, each) for each in value)
    return words.get(value, str(value))
