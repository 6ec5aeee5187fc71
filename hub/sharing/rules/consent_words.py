"""What is read to a person before they answer, and how a record is said in a few words.

The words to read are for the person: second person, no name of a form, no kind of case. A worker
may change them, and what was read is kept as it was read.
"""

from collections.abc import Collection, Sequence
from datetime import date

from hub.sharing.rules.asking import Ground
from hub.sharing.rules.coded import Category, ConsentState, Purpose
from hub.sharing.rules.consents import said_day

TO_YOU = {
    Category.EXISTENCE: "that we know you",
    Category.WORKER_CONTACT: "who your worker is and how to reach them",
    Category.CORE_IDENTITY: "your names and your date of birth",
    Category.SAFE_CONTACT: "how to contact you safely",
    Category.ADDRESS: "your address",
    Category.SAFE_ADDRESS: "an address of yours that is kept secret to keep you safe",
    Category.ACCOMMODATION: "what kind of place you live in",
    Category.EET: "your education, training and work",
    Category.HEALTH: "your health",
    Category.CRIMINAL: "offences, and what somebody is said to have done",
    Category.IMMIGRATION: "your immigration status",
    Category.SEXUAL_LIFE: "your sexual life and orientation",
    Category.ETHNICITY_RELIGION: "your ethnicity and your religion",
    Category.FINANCE: "your money",
    Category.PATHWAY_PLAN_EXTRACT: "part of your pathway plan",
    Category.FULL_FILE: "your whole file",
    Category.COUNSELLING: "notes of your counselling",
}
SO_THAT = {
    Purpose.MARAC_RISK: "so that people can plan together how to keep you safe",
    Purpose.SAFETY_PLANNING: "to plan for your safety",
    Purpose.CHILD_SAFEGUARDING: "to keep children safe",
    Purpose.ADULT_SAFEGUARDING: "to keep adults safe",
    Purpose.KEEP_IN_TOUCH: "to keep in touch with you",
    Purpose.MEETING_INVITE: "to ask the right people to a meeting about you",
    Purpose.CRIME_PREVENTION: "to prevent crime",
    Purpose.STATUTORY_REVIEW: "for a review that the law asks for",
    Purpose.SUPPORT: "to support you",
}
BECAUSE = {
    Ground.IMMEDIATE_DANGER: "somebody's life may be in danger",
    Ground.COURT_ORDER: "a court has ordered it",
    Ground.BOARD_DEMAND: "the board that keeps adults here safe has asked for it",
    Ground.CHILD_AT_RISK: "you are under 18 and we must keep you safe",
    Ground.OTHERS_AT_RISK: "somebody else may be in danger",
    Ground.ADULT_AT_RISK: "we must help to keep you safe",
    Ground.HIGH_RISK: "you may be in serious danger",
}
BECAUSE_YOUNG = "you are under 18 and may be in serious danger"
ROUTE = (
    "Tell your worker, or ring or write to our duty desk, at any time and without giving a reason."
)
KEEPS = (
    "You can say yes, no, or yes to some of it. Whatever you say, you keep the support that you "
    "have from us."
)
ANYWAY = (
    "If somebody's life were in danger, or a child were at risk, we might have to tell people "
    "without asking you. We would tell you, unless that were dangerous."
)

STATE_WORDS = {
    ConsentState.GIVEN_EXPLICIT: ("Agreed", "green"),
    ConsentState.GIVEN_LIMITED: ("Agreed in part", "green"),
    ConsentState.GIVEN_BY_PR: ("Agreed by a parent", "green"),
    ConsentState.REFUSED: ("Said no", "red"),
    ConsentState.WITHDRAWN: ("Taken back", "red"),
    ConsentState.NOT_SOUGHT_UNSAFE: ("Not safe to ask", "orange"),
    ConsentState.LACKS_CAPACITY: ("Cannot decide this", "orange"),
    ConsentState.FLUCTUATING: ("Cannot decide this now", "orange"),
    ConsentState.UNABLE_TO_REACH: ("Not reached", "yellow"),
    ConsentState.COERCED_SUSPECTED: ("Pressure suspected", "orange"),
    ConsentState.NOT_REQUIRED_STATUTORY: ("Not asked", "blue"),
}
"""What each state that is recorded is called on a screen, and its colour."""


def words_to_read(
    purposes: Collection[Purpose],
    categories: Collection[Category],
    agencies: Sequence[str] | None,
    ends_on: date,
) -> str:
    """Return what to read to a person, in paragraphs.

    ``agencies`` are names; None is every agency that has signed an agreement. ``ends_on`` is the
    first day on which a yes no longer counts.
    """
    whom = "the agencies that have signed an agreement with us" if agencies is None else ""
    whom = whom or listed(agencies or ())
    what = "\n".join(f"- {TO_YOU[one]}" for one in Category if one in categories)
    why = "\n".join(f"- {SO_THAT[one]}" for one in Purpose if one in purposes)
    return "\n\n".join(
        (
            f"We would like to tell {whom}:",
            what,
            "We would do this:",
            why,
            KEEPS,
            f"A yes ends on {said_day(ends_on)}. You can take it back before. {ROUTE}",
            ANYWAY,
        )
    )


def words_to_tell(
    categories: Collection[Category], agencies: Sequence[str] | None, grounds: Collection[Ground]
) -> str:
    """Return what to say to a person who is told and not asked, in paragraphs.

    Without a ground they are told of it because they are under 18.
    """
    whom = "the agencies that plan together" if agencies is None else listed(agencies)
    what = listed([TO_YOU[one] for one in Category if one in categories])
    why = listed([BECAUSE[one] for one in Ground if one in grounds]) or BECAUSE_YOUNG
    return "\n\n".join(
        (
            f"We have to tell {whom} {what}, because {why}.",
            "You cannot stop this, and we want you to hear it from us first.",
            "Tell us what worries you about it and what you want to happen. We pass that on, too.",
        )
    )


def listed(names: Sequence[str]) -> str:
    """Return names as they stand in a sentence: one, one and two, one, two and three."""
    if len(names) <= 1:
        return "".join(names)
    return f"{', '.join(names[:-1])} and {names[-1]}"
