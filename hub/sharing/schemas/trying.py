"""The coded facts of a case as a form: what the decision table is asked, in words.

The fields, their values and what holds where nothing is said are those of the hub's public
interface, section 3.
"""

from dataclasses import fields
from typing import Any

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules.case import CareActLimbs, Case, Question, VictimRequest
from hub.sharing.rules.coded import (
    Category,
    CategoryRule,
    Competence,
    ConsentOverlap,
    ConsentState,
    Direction,
    OverrideBasis,
    PoliceForm,
    Purpose,
    RequesterKind,
    RequesterRelation,
    RequestPattern,
    SubjectRole,
    VictimNotice,
    Weighing,
)
from hub.sharing.schemas.coded_words import (
    AGREEMENTS,
    BASES,
    COMPETENCE,
    FORMS,
    KINDS,
    LIMBS,
    NOTICES,
    OVERLAPS,
    PATTERNS,
    RELATIONS,
    ROLES,
    RULES,
    SO,
    STATES,
    TESTS,
    WAYS,
    WEIGHINGS,
)
from hub.sharing.states import AgreementState
from hub.web.fields import Choice, Choices
from hub.web.forms import Form
from hub.web.inputs import WholeNumber

Values = dict[str, Any]

YES_NO = {"yes": "Yes", "no": "No"}
NONE_OF_THEM = "none"
OWN = (
    "purpose", "purpose_permitted", "agreement_state", "request_pattern", "category",
    "category_rule", "consent_state", "consent_overlap", "override_basis", "weighing",
)  # fmt: skip
"""What the asker has values of their own for, where the service is told of the case."""

PRESET: Values = {
    "requester_kind": RequesterKind.OTHER,
    "requester_relation": RequesterRelation.NONE,
    "agreement_state": AgreementState.NOT_PARTY,
    "request_pattern": RequestPattern.ONE_OFF,
    "category_rule": CategoryRule.EXCLUDED,
    "subject_role": SubjectRole.VICTIM,
    "subject_competence": Competence.NOT_ASSESSED,
    "consent_state": ConsentState.NOT_ASKED,
    "consent_overlap": ConsentOverlap.NONE,
    "police_form": PoliceForm.NONE,
    "weighing": Weighing.NOT_DONE,
    "directions": [Direction.TO_ASKER],
}
"""What holds where a case says nothing."""


def _one(label: str, options: Any, **wording: Any) -> Choice:  # noqa: ANN401 - as the field has it
    return Choice(label, options, as_select=True, **wording)


class TryForm(Form[Case]):
    """A case of coded facts; nobody's name is asked for, and nothing is kept."""

    requester_kind = _one("What kind of agency asks?", KINDS)
    requester_relation = _one("What is the asker to the people in the case?", RELATIONS)
    purpose = _one(
        "What for?", PURPOSES, required=True, called="the purpose", ask="Select what it is for"
    )
    category = _one("What is asked for?", CATEGORIES, required=True, ask="Select what is asked for")
    request_pattern = _one("How often?", PATTERNS)
    agreement_state = _one("The agreement between the two agencies", AGREEMENTS)
    category_rule = _one("What the agreement says of this", RULES)
    so = Choices("What is so?", SO)
    subject_role = _one("What is the person in the case?", ROLES)
    subject_age = WholeNumber(
        "Age of the person", lowest=0, highest=120, width="3", hint="Empty if it is not known"
    )
    subject_competence = _one("If under 16: can they decide this?", COMPETENCE)
    consent_state = _one("What did the person say?", STATES)
    consent_overlap = _one("If they agreed in part: to how much?", OVERLAPS)
    override_basis = Choices("What is stated instead of consent?", BASES)
    s42 = Choices("Care Act, section 42: which limbs are met?", LIMBS)
    weighing = _one("Both risks", WEIGHINGS)
    police_form = _one("The form of the police", FORMS)
    victim_tests = Choices("If the police ask about a victim: which tests are met?", TESTS)
    victim_notice = _one("And the written notice to the victim", NOTICES)
    directions = Choices("Which way?", WAYS, required=True, ask="Select which way")
    own_purpose = _one("What for?", PURPOSES)
    own_category = _one("What is told?", CATEGORIES)
    own_request_pattern = _one("How often?", PATTERNS)
    own_agreement_state = _one("Agreement", AGREEMENTS)
    own_purpose_permitted = _one("Does it name this purpose?", YES_NO)
    own_category_rule = _one("What it says of this", RULES)
    own_consent_state = _one("What did the person say?", STATES)
    own_consent_overlap = _one("If they agreed in part: to how much?", OVERLAPS)
    own_override_basis = Choices(
        "What is stated instead of consent?", {**BASES, NONE_OF_THEM: "None of these"}
    )
    own_weighing = _one("Both risks", WEIGHINGS)

    @validates_schema(skip_on_field_errors=False)
    def _none_is_alone(self, values: Values, **_: object) -> None:
        said = values.get("own_override_basis") or ()
        if NONE_OF_THEM in said and len(said) > 1:
            raise ValidationError("Select bases, or none of them", "own_override_basis")

    @override
    def build(self, values: Values) -> Case:
        """Return the case."""
        said: Values = dict.fromkeys(values["so"] or (), True)
        for name in (field.name for field in fields(Question)):
            if name in PRESET:
                said[name] = type(PRESET[name])(values[name] or PRESET[name])
        limbs = dict.fromkeys(values["s42"] or (), True)
        asked = Question(
            **said,
            purpose=Purpose(values["purpose"]),
            category=Category(values["category"]),
            subject_age=values["subject_age"],
            override_basis=frozenset(map(OverrideBasis, values["override_basis"] or ())),
            s42=CareActLimbs(**limbs),
            police_victim_request=_victim_request(values),
        )
        return Case(
            id="tried",
            asked=asked,
            directions=frozenset(map(Direction, values["directions"])),
            to_service=_own(values),
        )


def _victim_request(values: Values) -> VictimRequest | None:
    tests, notice = values["victim_tests"] or (), values["victim_notice"]
    if not tests and not notice:
        return None
    return VictimRequest(
        notice=VictimNotice(notice or VictimNotice.MISSING), **dict.fromkeys(tests, True)
    )


def _own(values: Values) -> Values:
    """Return the asker's own values, as far as any were given."""
    said = {name: values[f"own_{name}"] for name in OWN if values[f"own_{name}"]}
    readers: dict[str, Any] = {
        "purpose": Purpose,
        "category": Category,
        "purpose_permitted": lambda word: word == "yes",
        "override_basis": lambda codes: frozenset(
            OverrideBasis(code) for code in codes if code != NONE_OF_THEM
        ),
        **{name: type(PRESET[name]) for name in OWN if name in PRESET},
    }
    return {name: readers[name](value) for name, value in said.items()}
