"""What the pages of an asker are called, which questions come first, and what opens where.

A title may be read over a shoulder, so it is a neutral phrase; the heading says what is meant.
"""

from collections.abc import Mapping
from types import MappingProxyType

from hub.sharing.register import CATEGORIES
from hub.sharing.rules.clocks import Priority, Times
from hub.sharing.rules.request_answers import AskPage
from hub.sharing.schemas.requests.case import PRIORITIES
from hub.web.phrases import counted
from hub.web.render import Task, task
from hub.web.values import Option

TITLES: Mapping[AskPage, Task] = MappingProxyType(
    {
        AskPage.HOLDER: task("Whom you ask"),
        AskPage.SUBJECT: task("About whom you ask"),
        AskPage.WHAT: task("What you ask for"),
        AskPage.WHY: task("What you need it for"),
        AskPage.URGENCY: task("How soon"),
        AskPage.RISK: task("What you know of the risk"),
        AskPage.CONSENT: task("What the person said"),
        AskPage.BASIS: task("Your basis in law"),
        AskPage.ORDER: task("Orders and demands"),
        AskPage.POLICE: task("Your form"),
        AskPage.VICTIM: task("Three tests and a notice"),
        AskPage.HANDLING: task("What you do with the answer"),
        AskPage.DECLARATION: task("Your declaration"),
    }
)
FILES = task("Files of a request")

HEADINGS: Mapping[AskPage, str] = MappingProxyType(
    {
        AskPage.HOLDER: "Whom do you ask?",
        AskPage.SUBJECT: "About whom do you ask?",
        AskPage.WHAT: "What do you ask for?",
        AskPage.WHY: "What do you need it for?",
        AskPage.URGENCY: "How soon do you need it?",
        AskPage.RISK: "What do you know of the risk?",
        AskPage.CONSENT: "What does the person say?",
        AskPage.BASIS: "On what do you act?",
        AskPage.ORDER: "Is there an order or a demand?",
        AskPage.POLICE: "The form of the police",
        AskPage.VICTIM: "The records of a {w.victim}: three tests and a notice",
        AskPage.HANDLING: "What will you do with the answer?",
        AskPage.DECLARATION: "Your declaration",
    }
)
SHORT: Mapping[AskPage, str] = MappingProxyType(
    {
        AskPage.HOLDER: "Whom you ask",
        AskPage.SUBJECT: "The person",
        AskPage.WHAT: "What you ask for",
        AskPage.WHY: "What you need it for",
        AskPage.URGENCY: "How soon",
        AskPage.RISK: "Risk",
        AskPage.CONSENT: "Consent",
        AskPage.BASIS: "Basis in law",
        AskPage.ORDER: "Order or demand",
        AskPage.POLICE: "Form of the police",
        AskPage.VICTIM: "Three tests and a notice",
        AskPage.HANDLING: "What you do with the answer",
        AskPage.DECLARATION: "Declaration",
    }
)
"""The pages as the list of questions and the check name them."""

SENT: Mapping[AskPage, str] = MappingProxyType(
    {
        **SHORT,
        AskPage.HOLDER: "Who is asked",
        AskPage.WHAT: "What is asked for",
        AskPage.WHY: "What it is needed for",
        AskPage.HANDLING: "What is done with the answer",
    }
)
"""The same for whoever reads a request that was sent."""

ABOUT: Mapping[AskPage, str] = MappingProxyType(
    {
        AskPage.SUBJECT: "Enough for them to tell who is meant: the date of birth, or the NHS "
        "number, or the first name and a postcode. Nobody is told here whether they know the "
        "person.",
        AskPage.WHAT: "Ask for the least that does. Each kind of information is decided by itself.",
        AskPage.RISK: "If somebody is in danger right now, say so first: you then ring them, and "
        "this form can wait.",
        AskPage.CONSENT: "Ask the person only where you would respect a no. If it must be shared "
        "whatever they say, do not ask: tell them, unless that would bring danger.",
        AskPage.ORDER: "If there is one, add a copy under Files at the end.",
        AskPage.POLICE: "It counts once an inspector or above has counter-signed it here.",
        AskPage.VICTIM: "Needed whenever the police ask about a {w.victim}, whatever it is for.",
    }
)
FIRST: Mapping[AskPage, tuple[str, ...]] = MappingProxyType(
    {
        AskPage.SUBJECT: (
            "given_name", "family_name", "date_of_birth", "postcode", "subject_role",
        ),
        AskPage.WHY: ("purpose", "necessity", "less_intrusive", "pattern"),
        AskPage.RISK: ("immediate_danger", "risks", "risk_reasons", "s42"),
        AskPage.CONSENT: ("consent_state", "consent_words", "is_told"),
        AskPage.BASIS: (
            "part_3", "schedule_8", "article_6", "legal_power", "article_9", "schedule_1",
            "override_basis",
        ),
        AskPage.HANDLING: ("security", "retention", "onward"),
    }
)  # fmt: skip
"""The questions that are open on a page; the others are behind "More". Other pages show all."""

Opens = Mapping[str, Mapping[str, tuple[str, ...]]]
NOTHING_OPENS: Opens = MappingProxyType({})
OPENS: Mapping[AskPage, Opens] = MappingProxyType(
    {
        AskPage.WHAT: {"categories": {code: (f"wanted_{code}",) for code in CATEGORIES}},
        AskPage.WHY: {"pattern": {"repeat": ("intervals",)}},
        AskPage.URGENCY: {"priority": {Priority.RESEARCH: ("meeting_at",)}},
        AskPage.RISK: {"immediate_danger": {"yes": ("danger",)}},
        AskPage.CONSENT: {"is_told": {"no": ("why_not_told",)}},
        AskPage.BASIS: {"legal_power": {"other": ("power",)}},
        AskPage.VICTIM: {
            "notice": {
                "given": ("notice_on", "notice_to"),
                "delayed_with_reason": ("notice_reason",),
            }
        },
        AskPage.HANDLING: {"dpia": {"made": ("dpia_outcome",)}},
    }
)
"""Which questions open under which answer."""


def priorities(times: Times) -> tuple[Option, ...]:
    """Return how soon an answer can be asked for, each with its times in words."""
    red = (
        f"Acknowledged within {counted(times.red_acknowledge_minutes, 'minute')}, answered within "
        f"{counted(times.red_answer_hours, 'hour')}. This clock runs at night and at weekends too"
    )
    amber = (
        f"Acknowledged within {counted(times.amber_acknowledge_hours, 'working hour')}, answered "
        f"within {times.amber_answer_hours} working hours{_in_days(times)}"
    )
    routine = (
        f"Acknowledged within {counted(times.routine_acknowledge_days, 'working day')}, answered "
        f"within {times.routine_answer_days}"
    )
    research = f"Answered {counted(times.research_days_before, 'working day')} before the meeting"
    return (
        Option(Priority.RED, PRIORITIES[Priority.RED], red),
        Option(Priority.AMBER, PRIORITIES[Priority.AMBER], amber),
        Option(Priority.ROUTINE, PRIORITIES[Priority.ROUTINE], routine),
        Option(Priority.RESEARCH, PRIORITIES[Priority.RESEARCH], research),
    )


def _in_days(times: Times) -> str:
    """Return how many whole working days the hours for an answer are; nothing for a broken one."""
    opens, closes = times.office.opens, times.office.closes
    minutes = (closes.hour - opens.hour) * 60 + closes.minute - opens.minute
    days, rest = divmod(times.amber_answer_hours * 60, minutes)
    return "" if rest or not days else f", which is {counted(days, 'working day')}"
