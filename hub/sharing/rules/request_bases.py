"""Which lawful bases are put before an asker: by kind of agency, the person's age and needs.

What does not fit is not offered, and held where it is given all the same: above all the ground for
an adult at risk, which is not there for an adult without needs for care and support. The codes are
those of the register of agreements. Source: sharing notes, sections 3.2, 3.3 and 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from hub.sharing.register.bases import (
    ARTICLE_6,
    ARTICLE_9,
    AT_RISK,
    PART_3,
    RECOGNISED,
    RECOGNISED_SINCE,
    SCHEDULE_1,
    SCHEDULE_8,
    SUBSTANTIAL,
)
from hub.sharing.register.codes import COMMON_LAW
from hub.sharing.register.gateways import KNOWN
from hub.sharing.rules.coded import (
    Category,
    ConsentState,
    OverrideBasis,
    Purpose,
    RequesterKind,
    SubjectRole,
)
from hub.sharing.rules.request_answers import AskAnswers, AskPage

OTHER_POWER = "other"
CHILDREN = ("ca1989_s17", "ca1989_s27", "ca1989_s47", "ca2004_s10", "ca2004_s11", "ca2004_s16la")
ASKED_UNDER = (
    "cda_s115", *CHILDREN, "care_s42", "cja_s325", "dpa_sch2_2", "pcsc_s44a", "confidence",
)  # fmt: skip
"""The gateways under which somebody can ask; the others limit or define."""

POWERS: Mapping[str, str] = MappingProxyType(
    {code: f"{KNOWN[code].statute}, {KNOWN[code].section}" for code in ASKED_UNDER}
    | {OTHER_POWER: "Another power or duty"}
)
CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "article_6": ARTICLE_6,
        "article_9": ARTICLE_9,
        "schedule_1": SCHEDULE_1,
        "part_3": PART_3,
        "schedule_8": SCHEDULE_8,
        "legal_power": POWERS,
    }
)
"""The codes of each field of the page, with their words."""

_K = RequesterKind
POLICING = frozenset({_K.POLICE, _K.PROBATION})
SOCIAL_CARE = frozenset({_K.CHILDRENS_SERVICES, _K.ADULT_SERVICES, _K.LEAVING_CARE, _K.HEALTH})
PUBLIC = frozenset(
    {*POLICING, *SOCIAL_CARE, _K.EDUCATION, _K.HOUSING_ALLOCATION, _K.JOBCENTRE, _K.OTHER}
)
"""Bodies with tasks of their own in law; what kind a body is that the directory does not say may be
one of them."""

PRIVATE = frozenset({_K.CHARITY, _K.IDVA, _K.HOUSING_PROVIDER, _K.EMPLOYER, _K.OTHER})
MAJORITY, CAPACITY_AGE = 18, 16


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Who asks on which day in London, and what is known of the person.

    ``age`` is in whole years, None when unknown.
    """

    kind: RequesterKind
    day: date
    age: int | None
    has_care_needs: bool
    lacks_capacity: bool = False
    is_crime: bool = False
    is_victim: bool = False

    @property
    def is_minor(self) -> bool:
        """Whether the person is known to be under 18."""
        return self.age is not None and self.age < MAJORITY


def whose(answers: AskAnswers, kind: RequesterKind, day: date, age: int | None) -> Whose:
    """Return what the answers say of the person whom a basis must fit."""
    return Whose(
        kind=kind,
        day=day,
        age=age,
        has_care_needs="care_and_support_needs" in answers.listed(AskPage.RISK, "s42"),
        lacks_capacity=answers.of(AskPage.CONSENT, "consent_state") == ConsentState.LACKS_CAPACITY,
        is_crime=answers.of(AskPage.WHY, "purpose") == Purpose.CRIME_PREVENTION,
        is_victim=answers.subject_role is SubjectRole.VICTIM,
    )


def offered(one: Whose) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that fit, by field of the page, in the order of the lists."""
    return {
        "article_6": _fit(ARTICLE_6, _article_6(one)),
        "article_9": _fit(ARTICLE_9, _article_9(one.kind)),
        "schedule_1": _fit(SCHEDULE_1, _schedule_1(one)),
        "part_3": tuple(PART_3) if one.kind in POLICING else (),
        "schedule_8": tuple(SCHEDULE_8) if one.kind in POLICING else (),
        "legal_power": _fit(POWERS, _powers(one)),
        "override_basis": _fit(dict.fromkeys(OverrideBasis, ""), _override(one)),
    }


def _fit(known: Mapping[str, str], wanted: set[str]) -> tuple[str, ...]:
    return tuple(code for code in known if code in wanted)


def _article_6(one: Whose) -> set[str]:
    fits = {"art6_d", "art6_a"}
    if one.kind in PUBLIC:
        fits |= {"art6_e", "art6_c"}
    if one.kind in PRIVATE:
        # Public bodies do not use these for their own tasks.
        fits |= {"art6_f"} | ({RECOGNISED} if one.day >= RECOGNISED_SINCE else set())
    return fits


def _article_9(kind: RequesterKind) -> set[str]:
    return set(ARTICLE_9) if kind in SOCIAL_CARE else set(ARTICLE_9) - {"art9_h"}


def _schedule_1(one: Whose) -> set[str]:
    fits = {"sch1_para_10", "sch1_para_11"}
    if one.kind in PUBLIC:
        fits |= {"sch1_para_6"}
    if one.kind in SOCIAL_CARE:
        fits |= {"sch1_para_2"}
    if one.is_minor or one.has_care_needs:
        fits |= {AT_RISK}
    return fits


def _powers(one: Whose) -> set[str]:
    may_be_child = one.age is None or one.is_minor
    fits = {
        "cda_s115": True,
        "confidence": True,
        **dict.fromkeys(CHILDREN, may_be_child and one.kind in PUBLIC),
        "care_s42": one.has_care_needs and not one.is_minor,
        "dpa_sch2_2": one.kind in POLICING and one.is_crime,
        "pcsc_s44a": one.kind is RequesterKind.POLICE and one.is_victim,
        "cja_s325": one.kind in POLICING,
    }
    return {OTHER_POWER} | {code for code, fit in fits.items() if fit and _in_force(code, one.day)}


def _in_force(code: str, day: date) -> bool:
    known = KNOWN[code]
    return known.kind == COMMON_LAW or (
        known.commences_on is not None and known.commences_on <= day
    )


def _override(one: Whose) -> set[str]:
    fits: set[str] = {OverrideBasis.SAFEGUARDING, OverrideBasis.S115, OverrideBasis.SCH1_PARA_10}
    if one.kind in PUBLIC:
        fits |= {OverrideBasis.SCH1_PARA_6}
    if one.lacks_capacity and (one.age is None or one.age >= CAPACITY_AGE):
        fits |= {OverrideBasis.BEST_INTERESTS}
    return fits


def misfits(answers: AskAnswers, one: Whose) -> tuple[str, ...]:
    """Return the fields whose answer is a code that does not fit; typed words are left alone."""
    fits = offered(one)
    found = [
        field
        for field, codes in CODES.items()
        if (said := answers.text(AskPage.BASIS, field)) in codes and said not in fits[field]
    ]
    stated = answers.listed(AskPage.BASIS, "override_basis")
    if not stated <= set(fits["override_basis"]):
        found.append("override_basis")
    return tuple(found)


SPECIAL = frozenset(
    {Category.HEALTH, Category.SEXUAL_LIFE, Category.ETHNICITY_RELIGION, Category.COUNSELLING}
)
"""Special category data: a condition of Article 9, or of Schedule 8, is needed besides."""

OFFENCES = frozenset({Category.CRIMINAL})
"""Data about offences and allegations: a condition of Schedule 1 or Part 3 is needed besides."""


def basis_lacks(answers: AskAnswers, one: Whose) -> tuple[tuple[str, str], ...]:
    """Return the questions about the basis that lack an answer, each with the cure.

    Either Article 6 or, for who enforces the law, Part 3 carries the asking; what is asked for
    decides what is needed besides.
    """
    asked = {code for code, _ in answers.lines}
    said = {field: answers.text(AskPage.BASIS, field) for field in (*CODES, "power")}
    by_part_3 = one.kind in POLICING and bool(said["part_3"])
    found = []
    if not (said["article_6"] or by_part_3):
        found.append(("article_6", "Select your lawful basis."))
    if not said["legal_power"]:
        found.append(("legal_power", "Select the power or duty in law that you act under."))
    if said["legal_power"] == OTHER_POWER and not said["power"]:
        found.append(("power", "Enter the power or duty in law that you act under."))
    if by_part_3:
        if asked & SPECIAL and not said["schedule_8"]:
            found.append(("schedule_8", "Select the condition of Schedule 8 for sensitive data."))
        return tuple(found)
    return (*found, *_conditions(asked, said))


def _conditions(asked: set[Category], said: Mapping[str, str]) -> list[tuple[str, str]]:
    if asked & SPECIAL and not said["article_9"]:
        return [("article_9", "Select the further condition for health and other special data.")]
    needs = {"art9_g": SUBSTANTIAL, "art9_h": frozenset({"sch1_para_2"})}.get(said["article_9"])
    if asked & SPECIAL and needs and not (said["schedule_1"] in needs or _is_typed(said)):
        return [("schedule_1", "Select the condition of Schedule 1 that goes with it.")]
    if asked & OFFENCES and not said["schedule_1"]:
        return [("schedule_1", "Select the further condition for data about offences.")]
    return []


def _is_typed(said: Mapping[str, str]) -> bool:
    """Tell whether a condition was given in words of its own and not by a code."""
    return bool(said["schedule_1"]) and said["schedule_1"] not in SCHEDULE_1
