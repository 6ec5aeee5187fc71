"""What an asker said, in words, for the people of the holder."""

from collections.abc import Mapping
from types import MappingProxyType
from typing import Any

from hub.kernel.days import parse_day
from hub.sharing.register import PURPOSES
from hub.sharing.rules.coded import OverrideBasis
from hub.sharing.rules.consent_words import STATE_WORDS
from hub.sharing.rules.request_answers import AskAnswers, AskPage
from hub.sharing.rules.request_bases import CODES
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
OVERRIDES: Mapping[str, str] = {
    OverrideBasis.SAFEGUARDING: "Safeguarding",
    OverrideBasis.S115: "Crime and Disorder Act 1998, section 115",
    OverrideBasis.SCH1_PARA_6: "Data Protection Act 2018, Schedule 1 paragraph 6",
    OverrideBasis.SCH1_PARA_10: "Data Protection Act 2018, Schedule 1 paragraph 10",
    OverrideBasis.BEST_INTERESTS: "Best interests: Mental Capacity Act 2005",
}
WORDS: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        **CODES,
        "subject_role": ROLES,
        "purpose": PURPOSES,
        "risks": RISKS,
        "s42": RISKS,
        "override_basis": OVERRIDES,
        "consent_state": {state.value: words for state, (words, _) in STATE_WORDS.items()},
        "pattern": {"one_off": "Once", "repeat": "Again and again"},
        "kind": {"court_order": "A court order", "sab_s45": "A board's demand, section 45"},
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
        _P.CONSENT: (("What the person said to them", "consent_state"),),
        _P.BASIS: (
            ("Power or duty", "legal_power"),
            ("Which", "power"),
            ("Article 6", "article_6"),
            ("Article 9", "article_9"),
            ("Schedule 1", "schedule_1"),
            ("Part 3", "part_3"),
            ("Instead of consent", "override_basis"),
        ),
        _P.ORDER: (("Order", "kind"), ("Its reference", "reference"), ("Its date", "order_on")),
        _P.POLICE: (
            ("Rank", "rank"),
            ("Number", "collar_number"),
            ("Station", "station"),
            ("Force's reference", "force_reference"),
            ("Data and period", "data_and_period"),
            ("How not telling would harm that", "prejudice"),
            ("Why you would have it", "why_this_holder"),
            ("Whether the person was told", "subject_told"),
        ),
        _P.VICTIM: (
            ("Why they believe you hold it", "reason_to_believe_held"),
            ("Line of enquiry", "reasonable_line_of_enquiry"),
            ("Necessary and proportionate", "necessary_and_proportionate"),
            ("Notice given on", "notice_on"),
            ("Why notice is delayed", "notice_reason"),
            ("Senior approval", "senior_approval"),
        ),
        _P.HANDLING: (("How they keep it safe", "security"), ("How long", "retention")),
    }
)
DAYS = frozenset({"date_of_birth", "order_on", "notice_on"})


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
