"""Which lawful bases are put before an asker: by kind of agency, the person's age and needs.

What does not fit is not offered, and held where it is given all the same: above all the ground for
an adult at risk, which is not there for an adult without needs for care and support. Source:
sharing notes, sections 3.2, 3.3 and 7.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from hub.sharing.rules.coded import (
    ConsentState,
    OverrideBasis,
    Purpose,
    RequesterKind,
    SubjectRole,
)
from hub.sharing.rules.request_answers import AskAnswers, AskPage

OTHER_POWER = "other"

ARTICLE_6: Mapping[str, str] = MappingProxyType(
    {
        "public_task": "Public task: Article 6(1)(e)",
        "legal_obligation": "Legal obligation: Article 6(1)(c)",
        "recognised_interest": "Recognised legitimate interest: Article 6(1)(ea)",
        "legitimate_interests": "Legitimate interests: Article 6(1)(f)",
        "vital_interests": "Vital interests: Article 6(1)(d)",
        "consent": "Consent: Article 6(1)(a)",
    }
)
ARTICLE_9: Mapping[str, str] = MappingProxyType(
    {
        "g": "Substantial public interest: Article 9(2)(g)",
        "h": "Health or social care: Article 9(2)(h)",
        "c": "Vital interests of somebody who cannot consent: Article 9(2)(c)",
        "a": "Explicit consent: Article 9(2)(a)",
    }
)
SCHEDULE_1: Mapping[str, str] = MappingProxyType(
    {
        "para_2": "Paragraph 2: health or social care",
        "para_6": "Paragraph 6: a function under a statute",
        "para_10": "Paragraph 10: preventing or detecting unlawful acts",
        "para_18": "Paragraph 18: safeguarding a child, or an adult at risk",
    }
)
PART_3: Mapping[str, str] = MappingProxyType(
    {
        "task": "Needed for a law enforcement task: section 35(2)(b)",
        "sensitive": "Sensitive and strictly needed, with a condition of Schedule 8: section 35(5)",
    }
)
POWERS: Mapping[str, str] = MappingProxyType(
    {
        "s115": "Crime and Disorder Act 1998, section 115",
        "children_act_1989": "Children Act 1989, sections 17, 27 and 47",
        "children_act_2004": "Children Act 2004, sections 10 and 11",
        "leaving_care": "Children Act 1989, sections 23A to 23E",
        "care_act": "Care Act 2014, section 42",
        "schedule_2": "Data Protection Act 2018, Schedule 2 paragraph 2",
        "s44a": "Police, Crime, Sentencing and Courts Act 2022, section 44A",
        "s325": "Criminal Justice Act 2003, section 325",
        "common_law": "Common law: the public interest in preventing harm",
        OTHER_POWER: "Another power or duty",
    }
)
"""Powers and duties that are in force; what may be given besides is typed."""

CODES: Mapping[str, Mapping[str, str]] = MappingProxyType(
    {
        "article_6": ARTICLE_6,
        "article_9": ARTICLE_9,
        "schedule_1": SCHEDULE_1,
        "part_3": PART_3,
        "legal_power": POWERS,
    }
)
"""The codes of each field of the page, with their words."""

_K = RequesterKind
POLICING = frozenset({_K.POLICE, _K.PROBATION})
SOCIAL_CARE = frozenset({_K.CHILDRENS_SERVICES, _K.ADULT_SERVICES, _K.LEAVING_CARE, _K.HEALTH})
PUBLIC = (
    POLICING
    | SOCIAL_CARE
    | frozenset({_K.EDUCATION, _K.HOUSING_ALLOCATION, _K.JOBCENTRE, _K.OTHER})
)
"""Bodies with tasks of their own in law; what kind a body is that the directory does not say may be
one of them."""

PRIVATE = frozenset({_K.CHARITY, _K.IDVA, _K.HOUSING_PROVIDER, _K.EMPLOYER, _K.OTHER})
MAJORITY, CAPACITY_AGE = 18, 16


@dataclass(frozen=True, kw_only=True)
class Whose:
    """Who asks, and what is known of the person: ``age`` in whole years, None when unknown."""

    kind: RequesterKind
    age: int | None
    has_care_needs: bool
    lacks_capacity: bool = False
    is_crime: bool = False
    is_victim: bool = False

    @property
    def is_minor(self) -> bool:
        """Whether the person is known to be under 18."""
        return self.age is not None and self.age < MAJORITY


def whose(answers: AskAnswers, kind: RequesterKind, age: int | None) -> Whose:
    """Return what the answers say of the person whom a basis must fit."""
    return Whose(
        kind=kind,
        age=age,
        has_care_needs="care_and_support_needs" in answers.listed(AskPage.RISK, "s42"),
        lacks_capacity=answers.of(AskPage.CONSENT, "consent_state") == ConsentState.LACKS_CAPACITY,
        is_crime=answers.of(AskPage.WHY, "purpose") == Purpose.CRIME_PREVENTION,
        is_victim=answers.subject_role is SubjectRole.VICTIM,
    )


def offered(one: Whose) -> Mapping[str, tuple[str, ...]]:
    """Return the codes that fit, by field of the page, in the order of the lists."""
    return {
        "article_6": _fit(ARTICLE_6, _article_6(one.kind)),
        "article_9": _fit(
            ARTICLE_9, {"g", "c", "a"} | ({"h"} if one.kind in SOCIAL_CARE else set())
        ),
        "schedule_1": _fit(SCHEDULE_1, _schedule_1(one)),
        "part_3": tuple(PART_3) if one.kind in POLICING else (),
        "legal_power": _fit(POWERS, _powers(one)),
        "override_basis": _fit(dict.fromkeys(OverrideBasis, ""), _override(one)),
    }


def _fit(known: Mapping[str, str], wanted: set[str]) -> tuple[str, ...]:
    return tuple(code for code in known if code in wanted)


def _article_6(kind: RequesterKind) -> set[str]:
    fits = {"vital_interests", "consent"}
    if kind in PUBLIC:
        fits |= {"public_task", "legal_obligation"}
    if kind in PRIVATE:
        # Public bodies do not use these for their own tasks.
        fits |= {"recognised_interest", "legitimate_interests"}
    return fits


def _article_9(kind: RequesterKind) -> set[str]:
    return {"g", "c", "a", "h"} if kind in SOCIAL_CARE else {"g", "c", "a"}


def _schedule_1(one: Whose) -> set[str]:
    fits = {"para_10"}
    if one.kind in PUBLIC:
        fits |= {"para_6"}
    if one.kind in SOCIAL_CARE:
        fits |= {"para_2"}
    if one.is_minor or one.has_care_needs:
        fits |= {"para_18"}
    return fits


def _powers(one: Whose) -> set[str]:
    is_adult = one.age is not None and not one.is_minor
    fits = {
        "s115": True,
        "common_law": True,
        OTHER_POWER: True,
        "children_act_1989": not is_adult,
        "children_act_2004": not is_adult,
        "leaving_care": one.kind is RequesterKind.LEAVING_CARE,
        "care_act": one.has_care_needs and not one.is_minor,
        "schedule_2": one.kind in POLICING and one.is_crime,
        "s44a": one.kind is RequesterKind.POLICE and one.is_victim,
        "s325": one.kind in POLICING,
    }
    return {code for code, fit in fits.items() if fit}


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
