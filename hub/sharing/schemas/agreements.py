"""The shapes of the forms in which a draft is written, a section each."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from marshmallow import ValidationError, validates_schema
from typing_extensions import override

from hub.sharing.commands import Opening
from hub.sharing.register.codes import (
    EXCLUSIONS,
    METHODS,
    ONWARD,
    PURPOSES,
    RIGHTS,
    SUBJECTS,
)
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Hidden, LongText, PlainText
from hub.web.forms import Form
from hub.web.inputs import WholeNumber

Values = dict[str, Any]

FRAMEWORK, UNDER, ALONE = "framework", "under", "alone"
KINDS = {
    FRAMEWORK: "A framework: other agreements are made under it",
    UNDER: "For particular purposes, under a framework",
    ALONE: "For particular purposes, standing alone",
}
LONGEST_MONTHS = 60
LONGEST_BREACH = 72
WORDS = 2000
NO_PURPOSE = "no"
PURPOSE_OPTIONS = {
    NO_PURPOSE: "Not a purpose",
    "required": "With consent only",
    "sought_not_basis": "Consent sought, not relied on",
    "not_sought": "Consent not sought",
}
"""The consent approaches in few words, because a phone cuts the words of a select short."""


@dataclass(frozen=True, kw_only=True)
class Said:
    """What a form says by field of its command, with the count of changes that was read."""

    value: Values
    version: int


class Section(Form[Said]):
    """A form of one section of a draft."""

    version = Hidden("Version")

    @override
    def build(self, values: Values) -> Said:
        """Return what was said; empty answers of texts are empty, not missing."""
        return Said(value=self.said(values), version=version_of(values))

    def said(self, values: Values) -> Values:
        """Return the value of the section; a form that says more than its fields overrides it."""
        return {
            name: _plain(self.fields[name], value)
            for name, value in values.items()
            if name != "version"
        }


class OpeningForm(Section):
    """Title, kind and dates."""

    reference = PlainText("Reference", required=True, max_length=40, width="20")
    title = PlainText("Title", required=True, max_length=150)
    kind = Choice("What kind of agreement is it?", KINDS, required=True, called="the kind")
    framework = PlainText(
        "Framework that it is made under", max_length=150, hint="Its reference and title."
    )
    starts_on = DateParts("Start", called="the start", required=True)
    ends_on = DateParts(
        "End", called="the end", hint="The first day on which it no longer counts. May be empty."
    )
    first_review_months = WholeNumber(
        "First review, in months after the start",
        called="the months until the first review",
        required=True,
        lowest=1,
        highest=LONGEST_MONTHS,
        width="2",
    )
    review_months = WholeNumber(
        "Later reviews, every so many months",
        called="the months between reviews",
        required=True,
        lowest=1,
        highest=LONGEST_MONTHS,
        width="2",
    )
    review_on = DateParts(
        "Day of the first review",
        called="the first review",
        hint="Leave it empty for the months above. An earlier or later day can be agreed.",
    )

    @validates_schema
    def _named(self, values: Values, **_: object) -> None:
        if values.get("kind") == UNDER and not values.get("framework"):
            raise ValidationError("Enter the framework that it is made under", "framework")

    @override
    def said(self, values: Values) -> Values:
        """Return title, kind and dates."""
        kind = values["kind"]
        opening = Opening(
            reference=values["reference"],
            title=values["title"],
            tier="framework" if kind == FRAMEWORK else "purpose_specific",
            framework=values["framework"] if kind == UNDER else "",
            starts_on=values["starts_on"],
            ends_on=values["ends_on"],
            review_on=values["review_on"],
            first_review_months=values["first_review_months"],
            review_months=values["review_months"],
        )
        return {"opening": opening}


def _purpose(code: str) -> Choice:
    return Choice(PURPOSES[code], PURPOSE_OPTIONS, as_select=True)


class PurposesForm(Section):
    """For each purpose whether it is one, and how consent is handled; and about whom."""

    marac_risk = _purpose("marac_risk")
    safety_planning = _purpose("safety_planning")
    child_safeguarding = _purpose("child_safeguarding")
    adult_safeguarding = _purpose("adult_safeguarding")
    keep_in_touch = _purpose("keep_in_touch")
    meeting_invite = _purpose("meeting_invite")
    crime_prevention = _purpose("crime_prevention")
    statutory_review = _purpose("statutory_review")
    support = _purpose("support")
    subjects = Choices("Who is it about?", SUBJECTS, required=True, called="the people")

    @override
    def said(self, values: Values) -> Values:
        """Return the purposes with their consent approach, and the people."""
        chosen = tuple(
            (code, values[code]) for code in PURPOSES if values[code] and values[code] != NO_PURPOSE
        )
        return {"purposes": chosen, "subjects": tuple(values["subjects"])}


class ExclusionsForm(Section):
    """What is never shared."""

    exclusions = Choices(
        "Never shared, whatever else is allowed", EXCLUSIONS, called="the exclusions"
    )
    other_exclusions = LongText(
        "Other exclusions",
        max_length=WORDS,
        hint="For whoever decides to read. The hub cannot apply words by itself.",
    )


class HandlingForm(Section):
    """How information travels, and what follows when that goes wrong."""

    methods = Choices("How does information travel?", METHODS, called="the ways")
    marking = PlainText("How is it marked?", called="the marking", hint="OFFICIAL-SENSITIVE")
    encryption = PlainText(
        "Encryption", called="the encryption", max_length=200, hint="On the way and where it lies."
    )
    verbal = LongText(
        "Rule for what is said aloud",
        max_length=WORDS,
        rows=3,
        hint="The hub keeps a record of what is shared by word of mouth too.",
    )
    onward = Choice("May it be passed on?", ONWARD, required=True, called="whether it may")
    onward_to = PlainText("Passed on to", called="to whom it is passed on", max_length=300)
    breach_hours = WholeNumber(
        "Hours within which a breach is told to the agency it came from",
        called="the hours",
        required=True,
        lowest=1,
        highest=LONGEST_BREACH,
        width="2",
        hint="The ICO is told within 72 hours where the law asks for it.",
    )

    @validates_schema
    def _named(self, values: Values, **_: object) -> None:
        if values.get("onward") == "named" and not values.get("onward_to"):
            raise ValidationError("Enter to whom it may be passed on", "onward_to")


class AssessmentForm(Section):
    """The impact assessment and the policy document."""

    dpia_reference = PlainText(
        "Data protection impact assessment",
        called="the impact assessment",
        hint="Its reference or where it lies.",
    )
    dpia_on = DateParts("Made on", called="the day of the assessment", not_future=True)
    dpia_outcome = LongText("Outcome", called="the outcome", max_length=WORDS, rows=3)
    dpia_review_on = DateParts("Its next review", called="the review of the assessment")
    policy_reference = PlainText(
        "Appropriate policy document",
        called="the policy document",
        hint="Needed with a condition of substantial public interest, and for sensitive data under"
        " Part 3. This agreement can serve if it is specific and has safeguards.",
    )
    policy_on = DateParts("Its date", called="the date of the policy document", not_future=True)


class EndingForm(Section):
    """Who is liable and what follows at the end."""

    liability = LongText("Liability", max_length=WORDS, hint="Who answers for which mistake.")
    termination = LongText(
        "Ending, and a party that leaves",
        called="what follows at the end",
        required=True,
        max_length=WORDS,
        hint="What becomes of the information that was shared.",
    )


def _right(code: str) -> Choice:
    return Choice(RIGHTS[code], as_select=True, required=True, called="a controller")


class RightsForm(Section):
    """Which controller leads on which right; the options are the controllers of the agreement."""

    access = _right("access")
    rectification = _right("rectification")
    objection = _right("objection")
    complaint = _right("complaint")

    @override
    def said(self, values: Values) -> Values:
        """Return the leads by code."""
        return {"rights": tuple((code, UUID(values[code])) for code in RIGHTS)}


def version_of(values: Values) -> int:
    """Return the count of changes that the page carried; 0, which no row has, for another."""
    text = values.get("version") or ""
    return int(text) if text.isdecimal() else 0


def _plain(field: object, value: object) -> object:
    """Return lists as tuples, and an empty text as an empty text."""
    if isinstance(field, Choices):
        return tuple(value) if isinstance(value, list) else ()
    return "" if value is None and isinstance(field, PlainText) else value
