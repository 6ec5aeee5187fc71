"""The shapes of the forms about the parts of an agreement, and of those that move it on."""

from uuid import UUID

from marshmallow import ValidationError, validates, validates_schema
from typing_extensions import override

from hub.sharing.register.bases import (
    ARTICLE_6,
    ARTICLE_9,
    PART_3,
    SCHEDULE_1,
    SCHEDULE_8,
)
from hub.sharing.register.codes import (
    CATEGORIES,
    COMMON_LAW,
    FLOWS,
    GATEWAY_KINDS,
    PARTY_ROLES,
    RETENTION,
    RULES,
    SUBJECTS,
)
from hub.sharing.register.contents import Category
from hub.sharing.register.gateways import KNOWN
from hub.sharing.schemas.agreements import Section, Values
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, Hidden, LongText, PlainText
from hub.web.inputs import WholeNumber

OLDEST = 120
WORDS = 1000
BASES_BY_FIELD = {
    "article_6": ARTICLE_6,
    "article_9": ARTICLE_9,
    "schedule_1": SCHEDULE_1,
    "part_3": PART_3,
    "schedule_8": SCHEDULE_8,
}
"""The lists of bases by the field in which they are offered."""


class PartyForm(Section):
    """A party: which agency, in which role, and what the law wants to know of it."""

    agency = Choice("Agency", as_select=True, required=True, called="an agency")
    role = Choice("Role", PARTY_ROLES, required=True, called="the role")
    legal_name = PlainText(
        "Legal name", required=True, max_length=150, hint="As it stands on the agreement."
    )
    ico_number = PlainText(
        "ICO registration number", called="the registration number", width="10", max_length=12
    )
    dpo = PlainText(
        "Data protection officer",
        called="the data protection officer",
        max_length=200,
        hint="Post or name at work, and how to reach them.",
    )

    @validates("ico_number")
    def _is_one(self, value: str | None, data_key: str = "") -> None:
        """Refuse what cannot be a number of the ICO's register: Z, perhaps a letter, digits."""
        del data_key
        bare = (value or "").upper().replace(" ", "")
        if bare and not (bare[0] == "Z" and bare[1:].isalnum() and bare[2:].isdecimal()):
            raise ValidationError("Enter the registration number like Z1234567 or ZA123456")

    @override
    def said(self, values: Values) -> Values:
        """Return the party."""
        found = super().said(values)
        agency_id = UUID(found.pop("agency"))
        found["ico_number"] = found["ico_number"].upper().replace(" ", "")
        return {"agency_id": agency_id, **found}


class BasesForm(Section):
    """The lawful bases of a party; what is offered depends on the kind of agency."""

    article_6 = Choices("UK GDPR Article 6", hint="What carries the sharing as a whole.")
    article_9 = Choices("UK GDPR Article 9", hint="For special category data, such as health.")
    schedule_1 = Choices(
        "Data Protection Act 2018 Schedule 1",
        hint="What Article 9 refers to, and for data about offences. Paragraph 18 covers children,"
        " and adults only where they have care and support needs.",
    )
    part_3 = Choices("Data Protection Act 2018 Part 3", hint="For law enforcement.")
    schedule_8 = Choices("Data Protection Act 2018 Schedule 8", hint="For sensitive data, Part 3.")

    @override
    def said(self, values: Values) -> Values:
        """Return the bases in one list."""
        return {"bases": tuple(code for name in BASES_BY_FIELD for code in values[name] or ())}


class CategoryForm(Section):
    """What is said of one category, or of several at once."""

    to_service = Choice(
        "To the leaving care service", RULES, required=True, called="a rule for this direction"
    )
    to_asker = Choice(
        "From the leaving care service", RULES, required=True, called="a rule for this direction"
    )
    subjects = Choices("About whom?", SUBJECTS, required=True, called="the people")
    retention = Choice(
        "How long is it kept?", RETENTION, as_select=True, required=True, called="how long"
    )

    @override
    def said(self, values: Values) -> Values:
        """Return the rules."""
        return {**super().said(values)}


class CategoriesForm(CategoryForm):
    """Several categories with the same rules."""

    categories = Choices("Categories", CATEGORIES, required=True, called="the categories")

    class Meta(CategoryForm.Meta):
        """The categories come first on the page."""

        fields = ("version", "categories", "to_service", "to_asker", "subjects", "retention")


class GatewayForm(Section):
    """A power or duty in law, or common law, that the sharing rests on."""

    code = Hidden("Code")
    statute = PlainText("Statute", required=True, max_length=150)
    section = PlainText("Section", max_length=150, hint="For example, section 115")
    kind = Choice("Power or duty", GATEWAY_KINDS, required=True, called="power or duty")
    direction = Choice("Which way?", FLOWS, required=True, called="the direction")
    commences_on = DateParts(
        "In force from",
        called="the day of commencement",
        hint="Without a day it does not count yet. With a day to come it waits until then.",
    )
    from_age = WholeNumber(
        "From the age of", called="the lowest age", highest=OLDEST, width="3", hint="May be empty."
    )
    until_age = WholeNumber(
        "Until the age of",
        called="the first age that no longer counts",
        lowest=1,
        highest=OLDEST,
        width="3",
        hint="The first age at which it no longer applies. 18 for children only. May be empty.",
    )
    relies = PlainText("Who may rely on it?", called="who may rely on it", max_length=300)

    @validates_schema
    def _in_order(self, values: Values, **_: object) -> None:
        first, last = values.get("from_age"), values.get("until_age")
        if first is not None and last is not None and last <= first:
            raise ValidationError("The ages must be in order", "until_age")
        if values.get("kind") == COMMON_LAW and values.get("commences_on"):
            raise ValidationError("Common law has no day of commencement", "commences_on")

    @override
    def said(self, values: Values) -> Values:
        """Return the gateway; a code that the hub does not offer is none."""
        found = super().said(values)
        found["code"] = found["code"] if found["code"] in KNOWN else None
        return found


class SignForm(Section):
    """Who signed and when."""

    signatory = PlainText(
        "Who signed for it?",
        required=True,
        called="who signed",
        hint="Name and post at work.",
    )
    signed_on = DateParts("Signed on", required=True, called="the day of signing", not_future=True)


class ContactsForm(Section):
    """Whom one asks at a party."""

    contact = Choice("Single point of contact", as_select=True)
    deputy = Choice("Deputy", as_select=True, called="the deputy")

    @override
    def said(self, values: Values) -> Values:
        """Return the two, as ids of the directory."""
        return {
            f"{name}_id": UUID(values[name]) if values[name] else None
            for name in ("contact", "deputy")
        }


class ReviewForm(Section):
    """What a review found, and when the next one is."""

    finding = LongText(
        "What did the review find?", required=True, called="what the review found", max_length=WORDS
    )
    review_on = DateParts("Next review", called="the next review", future=True)


class WhyForm(Section):
    """Why something is done."""

    why = LongText("Why?", required=True, called="why", max_length=WORDS, rows=3)


class CopyForm(Section):
    """One file; the browser sends it apart from the fields."""

    file = PlainText("Choose a file")


def categories_of(said: Values) -> tuple[Category, ...]:
    """Return the categories that a form of several says, each with the same rules."""
    rules = {name: said[name] for name in ("to_service", "to_asker", "subjects", "retention")}
    return tuple(Category(code=code, **rules) for code in said["categories"])
