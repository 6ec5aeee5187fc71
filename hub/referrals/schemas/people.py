"""What is asked about each person of a concern: one shape for the page and for the JSON body."""

from datetime import date, timedelta

from marshmallow import ValidationError, validates_schema

from hub.web.dates import TODAY, DateParts
from hub.web.fields import Choice, LongText, PlainText, Postcode, Tick
from hub.web.forms import Values, ValuesForm
from hub.web.inputs import BirthDate, Lines, NhsNumber, WholeNumber

YES_NO_UNKNOWN = {"yes": "Yes", "no": "No", "not_known": "Not known"}
GENDERS = {"female": "Female", "male": "Male", "other": "Other", "not_known": "Not known"}
PREGNANCY = timedelta(days=310)
"""The furthest away that a birth can be expected: ten months."""

NO_NAME = "Enter the name, or tick that it is not known"
CARE_LABEL = "Is this person care-experienced?"


class PersonForm(ValuesForm):
    """Who somebody is, as far as the referrer knows."""

    given_name = PlainText("First names", width="20")
    family_name = PlainText("Last name", width="20")
    is_name_unknown = Tick("I do not know their name")
    aliases = Lines(
        "Other names or spellings",
        hint="Former names, nicknames, other spellings. One on each line.",
        rows=2,
    )
    date_of_birth = BirthDate("Date of birth", not_future=True, hint="For example, 27 3 2007")
    is_date_approximate = Tick("The date of birth is approximate")
    other_date_of_birth = BirthDate(
        "Another possible date of birth", not_future=True, hint="If records disagree"
    )
    about_age = WholeNumber(
        "Age, if you do not know the date of birth",
        called="age",
        hint="A guess in years is fine",
        highest=120,
        width="3",
    )
    gender = Choice("Sex or gender", GENDERS)
    nhs_number = NhsNumber("NHS number", hint="10 digits, if you have it", width="10")


class VictimForm(PersonForm):
    """The person at risk."""

    relationship_status = PlainText("Relationship status", hint="Such as married or separated")
    workplace = PlainText("Work or study, and where", width="two-thirds")
    due_on = DateParts("If they are pregnant, when is the baby due?", called="due date")

    @validates_schema
    def _near(self, values: Values, **_: object) -> None:
        check_due(values.get("due_on"))

    @validates_schema
    def _named(self, values: Values, **_: object) -> None:
        if not any(values.get(name) for name in ("given_name", "family_name", "is_name_unknown")):
            raise ValidationError(NO_NAME, "given_name")


class PerpetratorForm(PersonForm):
    """A person alleged to cause harm."""

    relationship = PlainText("Relationship to the {w.victim}", width="20")
    lives_with_victim = Choice("Do they live with the {w.victim}?", YES_NO_UNKNOWN)
    address = LongText("Address", rows=3)
    postcode = Postcode("Postcode", width="10")
    occupation = PlainText(
        "Work",
        hint="Say if they work for, or are close to somebody in, an agency that takes part",
        width="two-thirds",
    )
    ethnicity = PlainText("Ethnicity", width="20")
    needs = LongText("Mental health, alcohol or drugs, disability", rows=2)
    risk_to_staff = LongText("Risk to professionals, weapons, warning markers", rows=2)
    orders = LongText("Court orders, bail, custody or release, probation, MAPPA", rows=2)


class ChildForm(PersonForm):
    """A child, born or not."""

    is_unborn = Tick("This child is not born yet")
    due_on = DateParts("When is the baby due?", called="due date")
    relationship_to_victim = PlainText("Relationship to the {w.victim}", width="20")
    relationship_to_perpetrator = PlainText(
        "Relationship to the {w.alleged_perpetrator}", width="20"
    )
    lives_with = PlainText("Who they live with", width="20")
    address = LongText("Address, if they do not live with the {w.victim}", rows=3)
    postcode = Postcode("Postcode", width="10")
    in_care_of = PlainText("In whose care they are, if not of a parent", width="two-thirds")
    school = PlainText("School or nursery", width="two-thirds")
    was_present = Choice("Were they there when it happened?", YES_NO_UNKNOWN)
    social_worker = PlainText("Social worker, or their status with social care")

    @validates_schema
    def _unborn(self, values: Values, **_: object) -> None:
        if values.get("is_unborn") and values.get("date_of_birth"):
            raise ValidationError(
                "Delete the date of birth, or untick that this child is not born yet",
                "date_of_birth",
            )
        check_due(values.get("due_on"))


class OtherAdultForm(PersonForm):
    """Another adult who is linked or at risk."""

    relationship = PlainText("How they are linked to the {w.victim}", width="two-thirds")
    address = LongText("Address", rows=3)
    postcode = Postcode("Postcode", width="10")
    risk = LongText("Why they may be at risk, or matter to the plan", rows=2)


class ProfessionalForm(ValuesForm):
    """A professional who is already involved."""

    agency = PlainText("Agency", required=True, width="two-thirds")
    name = PlainText("Name", width="20")
    role = PlainText("Role", width="20")
    contact = PlainText("Work phone or e-mail", width="two-thirds")


class CareForm(ValuesForm):
    """The question that cannot be skipped, on its own page."""

    care_experienced = Choice(
        CARE_LABEL,
        YES_NO_UNKNOWN,
        required=True,
        ask="Select yes, no or not known for care experience",
    )
    responsible_authority = PlainText(
        "Which authority is responsible for their care support?",
        called="responsible authority",
        hint="If you know it",
        width="two-thirds",
    )
    worker_name = PlainText("Name of their {w.worker}", hint="If you know it", width="two-thirds")


class CareBody(ValuesForm):
    """The same answers inside a JSON person, where the rules decide whether they are needed."""

    care_experienced = Choice(
        CARE_LABEL, YES_NO_UNKNOWN, ask="Select yes, no or not_known for care experience"
    )
    responsible_authority = PlainText("Responsible authority")
    worker_name = PlainText("Name of their {w.worker}")


class VictimBody(VictimForm, CareBody):
    """The person at risk, in one JSON object."""


class PerpetratorBody(PerpetratorForm, CareBody):
    """A person alleged to cause harm, in one JSON object."""


class ChildBody(ChildForm, CareBody):
    """A child, in one JSON object."""


class OtherAdultBody(OtherAdultForm, CareBody):
    """Another adult, in one JSON object."""


def check_due(due: date | None) -> None:
    """Refuse a birth expected in the past or more than ten months ahead. Raises ValidationError."""
    if due is not None and not TODAY.get() <= due <= TODAY.get() + PREGNANCY:
        raise ValidationError("Due date must be within the next 10 months", "due_on")
