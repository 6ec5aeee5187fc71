"""What a concern must say before it can be submitted, and what its risk answers amount to.

All of it is pure: frozen answers and a London day go in, a decision with its reasons comes out.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from hub.kernel.days import age_on
from hub.referrals.states import (
    SCORED,
    Basis,
    CareAnswer,
    Consent,
    Criterion,
    Grading,
    Move,
    PartyRole,
    RiskTool,
)

CARE_AGES = range(16, 26)
"""The ages at which care experience is asked for: 16 to 25 inclusive (domain notes, 6 item 51)."""

APPROXIMATE_YEARS = 5
"""How far an approximate age or date of birth may be out: our own margin, on the asking side."""


@dataclass(frozen=True, kw_only=True)
class PersonSaid:
    """A person as the referrer described them. ``details`` is everything else, as plain values."""

    role: PartyRole
    position: int
    given_name: str | None = None
    family_name: str | None = None
    is_name_unknown: bool = False
    date_of_birth: date | None = None
    other_date_of_birth: date | None = None
    is_date_approximate: bool = False
    about_age: int | None = None
    is_unborn: bool = False
    care_answer: CareAnswer | None = None
    details: Mapping[str, Any] = field(default_factory=dict)

    @property
    def has_name(self) -> bool:
        """Whether any part of a name is known."""
        return bool(self.given_name or self.family_name)


@dataclass(frozen=True, kw_only=True)
class Answers:
    """A whole concern: what the rules look at, and all that was said by page of the journey."""

    area_id: UUID | None
    people: tuple[PersonSaid, ...]
    what_happened: str | None
    consent: Consent | None
    bases: frozenset[Basis] = frozenset()
    necessity: str | None = None
    criteria: frozenset[Criterion] = frozenset()
    judgement_reasons: str | None = None
    tool: RiskTool | None = None
    score: int | None = None
    incidents: int | None = None
    reported: int | None = None
    """How many of the incidents were reported to the police."""
    is_worsening: bool = False
    graded: Grading | None = None
    unsigned: frozenset[str] = frozenset()
    """What is lacking of a manager's sign-off, by the names of its fields."""
    is_urgent: bool = False
    pages: Mapping[str, Any] = field(default_factory=dict)

    def of(self, role: PartyRole) -> tuple[PersonSaid, ...]:
        """Return the people in this role, in the order in which they were named."""
        return tuple(person for person in self.people if person.role is role)


@dataclass(frozen=True, order=True)
class Missing:
    """One thing that must be answered before the concern can be submitted."""

    page: str
    field: str
    cure: str
    position: int = 0
    """Which of several people on such a page; 0 where the page is there once."""


@dataclass(frozen=True)
class CareQuestion:
    """Whether care experience must be asked of somebody, and by which rule."""

    allowed: bool
    rule: str
    reasons: tuple[str, ...]


def care_question(person: PersonSaid, today: date) -> CareQuestion:
    """Return whether the referrer must be asked about this person's care experience.

    Asked of everybody who is, or may be, 16 to 25 inclusive on the London day ``today``: any of the
    dates of birth counts, and an approximate age or date counts with five years on either side.
    Source: the issue, section 4; domain notes, section 6, items 1 and 51.
    """
    if person.is_unborn:
        return CareQuestion(allowed=False, rule="unborn", reasons=("Not born yet.",))
    ages = possible_ages(person, today)
    if not ages:
        return CareQuestion(allowed=True, rule="age_unknown", reasons=("Their age is not known.",))
    if any(age in CARE_AGES for age in ages):
        return CareQuestion(
            allowed=True, rule="age_16_to_25", reasons=("They are, or may be, 16 to 25.",)
        )
    return CareQuestion(allowed=False, rule="other_age", reasons=("They are not 16 to 25.",))


def possible_ages(person: PersonSaid, today: date) -> tuple[range, ...] | tuple[int, ...]:
    """Return every age in whole years that the person may have today; empty when unknown."""
    dates = (person.date_of_birth, person.other_date_of_birth)
    exact = [age_on(born, today) for born in dates if born]
    ages = exact or [age for age in (person.about_age,) if age is not None]
    margin = APPROXIMATE_YEARS if person.is_date_approximate or not exact else 0
    return tuple(sorted({age for near in ages for age in range(near - margin, near + margin + 1)}))


def missing(
    answers: Answers, today: date, *, is_sign_off_asked: bool = False
) -> tuple[Missing, ...]:
    """Return all that stands between these answers and being submitted; empty when complete.

    Few things are required, so that an officer in a hurry can submit: who is at risk (or that the
    name is not known), the area, what happened, care experience wherever it must be asked, and
    consent or the lawful basis without it. Where the area asks for a manager's sign-off, that too,
    unless a decision is needed today: nobody in danger waits for a manager.
    """
    return (
        *_missing_sign_off(answers, is_asked=is_sign_off_asked),
        *_missing_of_people(answers),
        *_missing_care_answers(answers, today),
        *_missing_of_case(answers),
        *_missing_of_risk(answers),
        *_missing_of_consent(answers),
    )


def _missing_sign_off(answers: Answers, *, is_asked: bool) -> tuple[Missing, ...]:
    cures = {
        "manager": "Enter the name of the manager who has signed this off",
        "manager_signed_on": "Enter the date of the sign-off",
    }
    if not is_asked or answers.is_urgent:
        return ()
    return tuple(
        Missing("you", name, cure) for name, cure in cures.items() if name in answers.unsigned
    )


def _missing_of_people(answers: Answers) -> tuple[Missing, ...]:
    victims = answers.of(PartyRole.VICTIM)
    cure = "Enter the name, or tick that it is not known"
    if not victims:
        return (Missing(PartyRole.VICTIM, "given_name", cure),)
    if len(victims) > 1:
        return (Missing(PartyRole.VICTIM, "given_name", "Raise one concern for each victim"),)
    victim = victims[0]
    if victim.has_name or victim.is_name_unknown:
        return ()
    return (Missing(PartyRole.VICTIM, "given_name", cure),)


def _missing_care_answers(answers: Answers, today: date) -> tuple[Missing, ...]:
    cure = "Select yes, no or not known for care experience"
    return tuple(
        Missing(
            person.role,
            "care_experienced",
            cure,
            0 if person.role is PartyRole.VICTIM else person.position,
        )
        for person in answers.people
        if person.care_answer is None and care_question(person, today).allowed
    )


def _missing_of_case(answers: Answers) -> tuple[Missing, ...]:
    found = []
    if answers.area_id is None:
        found.append(Missing("home", "area", "Select the area where the victim lives now"))
    if not answers.what_happened:
        found.append(Missing("reason", "what_happened", "Enter what happened"))
    return tuple(found)


def _missing_of_risk(answers: Answers) -> tuple[Missing, ...]:
    found = []
    if Criterion.PROFESSIONAL_JUDGEMENT in answers.criteria and not answers.judgement_reasons:
        found.append(
            Missing("criteria", "judgement_reasons", "Enter the reasons for your judgement")
        )
    if answers.score is not None and (why := wrong_score(answers.tool, answers.score)):
        found.append(Missing("risk_tool", "score", why))
    return tuple(found)


def _missing_of_consent(answers: Answers) -> tuple[Missing, ...]:
    if answers.consent is None:
        return (
            Missing("consent", "consent", "Select whether the victim agreed to this being shared"),
        )
    found = []
    if answers.consent is not Consent.GIVEN:
        if not answers.bases:
            cure = "Select at least one reason why this may be shared without consent"
            found.append(Missing("lawful_basis", "bases", cure))
        if not answers.necessity:
            cure = "Enter why sharing is necessary and proportionate"
            found.append(Missing("lawful_basis", "necessity", cure))
    return tuple(found)


def wrong_score(tool: RiskTool | None, score: int) -> str:
    """Return why the tool cannot give this score, or an empty text.

    A tool of an unknown sort may have any score; one that ends without a count has none (domain
    notes, section 6, item 20).
    """
    if tool is None:
        return "Select the risk tool that gave this score"
    if tool is RiskTool.OTHER:
        return ""
    if tool not in SCORED:
        return "This risk tool has no score. Leave the score empty"
    if score > SCORED[tool]:
        return f"The score of this risk tool must be {SCORED[tool]} or less"
    return ""


def needs_reason(move: Move) -> bool:
    """Return whether a decision must be given with its reason: all but a plain acceptance."""
    return move is not Move.ACCEPT
