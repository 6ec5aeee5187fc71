"""On what lawful basis a party shares: what is offered to which kind of agency, and what lacks.

Source: sharing notes 3.3 (UK GDPR Arts 6 and 9, Data Protection Act 2018 Part 3 and Schs 1 and 8;
recognised legitimate interests since the Data (Use and Access) Act 2025). The day on which those
came into force is the notes' own; whether a public authority can use them is not settled there, so
they are offered to other bodies only.
"""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date

from hub.agencies.rules.kinds import AgencyKind

ADULT = 18
RECOGNISED_SINCE = date(2026, 2, 5)
RECOGNISED = "art6_ea"
AT_RISK = "sch1_para_18"

ARTICLE_6 = {
    "art6_a": "Article 6(1)(a): the person's consent",
    "art6_c": "Article 6(1)(c): a legal obligation",
    "art6_d": "Article 6(1)(d): vital interests",
    "art6_e": "Article 6(1)(e): a public task",
    RECOGNISED: "Article 6(1)(ea): a recognised legitimate interest, such as safeguarding",
    "art6_f": "Article 6(1)(f): legitimate interests",
}
ARTICLE_9 = {
    "art9_a": "Article 9(2)(a): the person's explicit consent",
    "art9_c": "Article 9(2)(c): vital interests of somebody who cannot consent",
    "art9_g": "Article 9(2)(g): substantial public interest",
    "art9_h": "Article 9(2)(h): health or social care",
}
SCHEDULE_1 = {
    "sch1_para_2": "Schedule 1 paragraph 2: health or social care",
    "sch1_para_6": "Schedule 1 paragraph 6: a purpose set by statute or government",
    "sch1_para_10": "Schedule 1 paragraph 10: preventing or detecting unlawful acts",
    "sch1_para_11": "Schedule 1 paragraph 11: protecting the public",
    AT_RISK: "Schedule 1 paragraph 18: safeguarding a child or an individual at risk",
}
SUBSTANTIAL = frozenset({"sch1_para_6", "sch1_para_10", "sch1_para_11", AT_RISK})
"""The conditions among Sch 1 paras 6 to 28, which need an appropriate policy document."""

PART_3 = {
    "part3_s35": "Part 3 section 35: necessary for a law enforcement task of a competent authority"
}
SCHEDULE_8 = {
    "sch8_para_1": "Schedule 8 paragraph 1: a function set by statute",
    "sch8_para_2": "Schedule 8 paragraph 2: administration of justice",
    "sch8_para_3": "Schedule 8 paragraph 3: vital interests",
    "sch8_para_4": "Schedule 8 paragraph 4: safeguarding a child or an individual at risk",
}
BASES = ARTICLE_6 | ARTICLE_9 | SCHEDULE_1 | PART_3 | SCHEDULE_8
"""Every basis that can be recorded, in the order in which they are shown."""

_PUBLIC = frozenset(
    {
        "art6_e",
        "art6_c",
        "art6_d",
        "art9_g",
        "art9_h",
        "art9_c",
        "sch1_para_2",
        "sch1_para_6",
        "sch1_para_10",
        AT_RISK,
    }
)
_POLICE = frozenset(PART_3) | frozenset(SCHEDULE_8)
_HEALTH = _PUBLIC - {"art6_d", "art9_c"}
_OTHERS = frozenset(
    {"art6_f", RECOGNISED, "art6_a", "art9_g", "art9_a", "sch1_para_10", "sch1_para_11", AT_RISK}
)
_OF_KIND = {
    AgencyKind.LOCAL_AUTHORITY: _PUBLIC,
    AgencyKind.YOUTH_JUSTICE: _PUBLIC,
    AgencyKind.EDUCATION: _PUBLIC,
    AgencyKind.JOBCENTRE: _PUBLIC,
    AgencyKind.PROBATION: _PUBLIC | _POLICE,
    AgencyKind.POLICE: _POLICE,
    AgencyKind.HEALTH: _HEALTH,
    AgencyKind.MENTAL_HEALTH: _HEALTH,
}


@dataclass(frozen=True, kw_only=True)
class Shares:
    """What an agreement lets a party share, as far as its basis must answer for it."""

    special: bool
    offences: bool


def offered(
    agency_kind: str, day: date, *, age: int | None = None, has_needs: bool | None = None
) -> tuple[str, ...]:
    """Return the bases that are offered to an agency of this kind on a day in London, in order.

    ``age`` and ``has_needs`` (care and support needs) are of the person asked about, None where
    several are meant, as in an agreement: Sch 1 para 18 is not offered for an adult without needs.
    """
    kind = AgencyKind(agency_kind) if agency_kind in set(AgencyKind) else AgencyKind.OTHER
    found = set(_OF_KIND.get(kind, _OTHERS))
    if day < RECOGNISED_SINCE:
        found.discard(RECOGNISED)
    if age is not None and age >= ADULT and has_needs is False:
        found.discard(AT_RISK)
    return tuple(code for code in BASES if code in found)


def basis_gaps(codes: Collection[str], shares: Shares) -> tuple[str, ...]:
    """Return what a party's basis lacks, in words that end in the cure; empty when it is whole.

    Either Article 6 or Part 3 carries the sharing. Special category data need Article 9 with the
    condition of Schedule 1 that it refers to, or Schedule 8 under Part 3; data about offences need
    a condition of Schedule 1 outside Part 3.
    """
    held = set(codes)
    part_3 = bool(held & PART_3.keys())
    article_6 = bool(held & ARTICLE_6.keys())
    if not part_3 and not article_6:
        return ("select a basis under Article 6 or Part 3",)
    lacking = []
    if part_3 and shares.special and not held & SCHEDULE_8.keys():
        lacking.append("select a condition of Schedule 8 for the special category data")
    if article_6:
        lacking += _under_article_6(held, shares)
    return tuple(lacking)


def _under_article_6(held: set[str], shares: Shares) -> list[str]:
    lacking = []
    if shares.special and not held & ARTICLE_9.keys():
        lacking.append("select a condition of Article 9 for the special category data")
    if "art9_g" in held and not held & SUBSTANTIAL:
        lacking.append("select the paragraph of Schedule 1 for the substantial public interest")
    if "art9_h" in held and "sch1_para_2" not in held:
        lacking.append("select Schedule 1 paragraph 2 for health or social care")
    if shares.offences and not held & SCHEDULE_1.keys():
        lacking.append("select a paragraph of Schedule 1 for data about offences")
    return lacking


def needs_policy_document(codes: Collection[str], shares: Shares) -> bool:
    """Tell whether these bases need an appropriate policy document.

    They do with a substantial public interest condition and with sensitive processing under
    Part 3 (sharing notes 3.1; M v Chief Constable of Sussex Police [2021] EWCA Civ 42: an
    agreement itself can serve if it is specific and has safeguards).
    """
    held = set(codes)
    return bool(held & SUBSTANTIAL) or (shares.special and bool(held & PART_3.keys()))
