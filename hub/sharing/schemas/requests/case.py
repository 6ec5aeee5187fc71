"""The first half of the forms: whom, about whom, what, what for, how soon, and what is feared."""

from collections.abc import Mapping
from types import MappingProxyType

from hub.sharing.register import CATEGORIES, PURPOSES
from hub.sharing.rules.clocks import Priority
from hub.sharing.rules.coded import Category, ConsentState, RequestPattern, SubjectRole
from hub.web.dates import DateParts
from hub.web.fields import Choice, Choices, LongText, Phone, PlainText, Postcode
from hub.web.forms import ValuesForm
from hub.web.inputs import BirthDate, Lines, NhsNumber
from hub.web.moments import LondonDateTime
from hub.web.values import Option

YES_NO = {"yes": "Yes", "no": "No"}
ASK_ROLE = "Select what the person is in the case"

HIGH = frozenset(
    {Category.SAFE_ADDRESS, Category.FULL_FILE, Category.IMMIGRATION, Category.SEXUAL_LIFE}
)
TWO_PEOPLE = "Two people must agree to each item of this, each with a reason"


class HolderForm(ValuesForm):
    """Who holds the information: looked for in the directory, then picked."""

    q = PlainText(
        "Who holds the information?",
        called="whom you look for",
        hint="A place, an agency, a role or a name, such as: leaving care in Louth",
    )
    chosen = Choice("Whom do you ask?", called="whom you ask", ask="Select whom you ask")


ROLES: dict[str, str] = {
    SubjectRole.VICTIM: "The {w.victim}",
    SubjectRole.ALLEGED_PERPETRATOR: "The {w.alleged_perpetrator}",
    SubjectRole.CHILD: "A child",
    SubjectRole.WITNESS: "A witness",
    SubjectRole.FAMILY: "Somebody of the family",
    SubjectRole.WORKER: "A professional",
}


class SubjectForm(ValuesForm):
    """About whom, so that the holder can tell who is meant."""

    given_name = PlainText("First names", width="20")
    family_name = PlainText("Last name", width="20")
    date_of_birth = BirthDate("Date of birth", not_future=True, hint="For example, 27 3 2007")
    postcode = Postcode("Postcode", width="10", hint="Of any address they lived at")
    subject_role = Choice(
        "What is the person in the case?",
        ROLES,
        ask=ASK_ROLE,
    )
    aliases = Lines("Other names or spellings", hint="One on each line", rows=2)
    nhs_number = NhsNumber("NHS number", hint="10 digits, if you have it", width="10")
    phone = Phone("A phone number of the person", called="the phone number", width="20")


def _categories() -> tuple[Option, ...]:
    return tuple(
        Option(code, label, TWO_PEOPLE if code in HIGH else "")
        for code, label in CATEGORIES.items()
    )


WHAT: Mapping[str, object] = MappingProxyType(
    {
        "__doc__": "Which categories, and of each exactly what.",
        "__module__": __name__,
        "categories": Choices("What do you ask for?", _categories(), called="what you ask for"),
        **{
            f"wanted_{code}": LongText(
                f"Exactly what: {label[:1].lower()}{label[1:]}",
                called="exactly what you ask for",
                hint="The least that you need",
                rows=2,
            )
            for code, label in CATEGORIES.items()
        },
        "period": PlainText("Of which time?", hint="Such as: since March 2026"),
    }
)
WhatForm: type[ValuesForm] = type("WhatForm", (ValuesForm,), dict(WHAT))
"""A box for each category, and for each box a text of its own."""


PATTERNS: dict[str, str] = {
    RequestPattern.ONE_OFF: "This once",
    RequestPattern.REPEAT: "Again and again, about this or other people",
}


class WhyForm(ValuesForm):
    """What for, why it is needed, and what else was thought of."""

    purpose = Choice("What do you need it for?", PURPOSES, called="the purpose")
    necessity = LongText(
        "Why do you need it for that?",
        called="why you need it",
        hint="What you will do with it, and what you could not do without it",
        rows=4,
    )
    less_intrusive = LongText(
        "Which less intrusive ways did you think of?",
        called="the less intrusive ways",
        hint="Such as asking the person, or asking for less. Say why they are not enough",
        rows=3,
    )
    pattern = Choice(
        "How often do you ask for this?",
        PATTERNS,
    )
    intervals = PlainText("How often, and until when?", called="how often")
    relationship = Choice(
        "Who decides what is done with it?",
        {
            "separate": "Each agency for itself (separate controllers)",
            "joint": "Both together (joint controllers)",
        },
    )
    own_reference = PlainText(
        "Your own reference", hint="No name in it. The answer carries it", width="20"
    )


PRIORITIES: dict[str, str] = {
    Priority.RED: "Red: today",
    Priority.AMBER: "Amber: in a few days",
    Priority.ROUTINE: "Routine",
    Priority.RESEARCH: "Research for a MARAC or another meeting",
}


class UrgencyForm(ValuesForm):
    """How soon; the hints with the times are put in by the page, from the settings."""

    priority = Choice(
        "How soon do you need an answer?",
        PRIORITIES,
        called="how soon",
    )
    meeting_at = LondonDateTime("When is the meeting?", called="the meeting", future=True)
    why_soon = LongText("Why so soon?", rows=2)


class RiskForm(ValuesForm):
    """What is feared, the danger of the moment first."""

    immediate_danger = Choice(
        "Is somebody in danger right now?", YES_NO, called="whether somebody is in danger now"
    )
    danger = LongText("What is happening?", rows=3)
    risks = Choices(
        "What do you know of the risk?",
        {
            "risk_of_harm": "There is a risk of harm to the person",
            "marac_high_risk": "Assessed as high risk, or accepted for MARAC",
            "serious_harm_likely": "Serious harm is likely without this",
            "harm_to_other": "A child or another adult is at risk",
        },
    )
    risk_reasons = LongText("What makes you think so?", rows=4)
    s42 = Choices(
        "Does the person have needs for care and support?",
        {
            "care_and_support_needs": "Yes: needs for care and support",
            "abuse_or_neglect": "And they are, or may be, abused or neglected",
            "cannot_protect_self": "And because of those needs they cannot protect themselves",
        },
        hint="An adult has these because of illness, disability or age, not because of the "
        "danger itself",
    )


CONSENTS: dict[str, str] = {
    ConsentState.GIVEN_EXPLICIT: "Yes, to all of it",
    ConsentState.GIVEN_LIMITED: "Yes, to a part of it",
    ConsentState.GIVEN_BY_PR: "Somebody with parental responsibility said yes",
    ConsentState.REFUSED: "No",
    ConsentState.WITHDRAWN: "Yes at first, and then no",
    ConsentState.NOT_ASKED: "Nobody has asked them",
    ConsentState.NOT_SOUGHT_UNSAFE: "Asking would bring danger",
    ConsentState.UNABLE_TO_REACH: "They could not be reached",
    ConsentState.LACKS_CAPACITY: "They cannot decide this, by an assessment",
    ConsentState.FLUCTUATING: "They can decide at some times and not at others",
    ConsentState.COERCED_SUSPECTED: "Somebody may have put pressure on them",
    ConsentState.EXPIRED: "Yes, but that was for something that is over",
    ConsentState.NOT_REQUIRED_STATUTORY: "It is not asked for: the law demands this",
}


class ConsentForm(ValuesForm):
    """What the asker knows of what the person wants."""

    consent_state = Choice(
        "What did the person say to your asking for this?",
        CONSENTS,
        called="what the person said",
    )
    consent_on = DateParts("When was that?", called="the day", not_future=True)
    consent_words = LongText(
        "What exactly did they agree to, and what not?", hint="As they said it", rows=3
    )
    is_told = Choice("Does the person know that you ask?", YES_NO)
    why_not_told = LongText("If not, why not?", rows=2)
