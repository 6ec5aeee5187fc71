"""What the pages of the journey are called, and which of their questions come first.

A title may be read over a shoulder, so it is a neutral phrase; the heading says what is meant.
"""

from types import MappingProxyType

from hub.referrals.journey import FILES, LAWFUL_BASIS, PROFESSIONAL, RISK_ITEMS, VICTIM_CARE
from hub.web.render import Task, task

TITLES: MappingProxyType[str, Task] = MappingProxyType(
    {
        "you": task("Your details"),
        "victim": task("About the person"),
        VICTIM_CARE: task("One more question"),
        "home": task("Where the person lives"),
        "safe_contact": task("Ways to make contact"),
        "alleged_perpetrator": task("Other people involved"),
        "child": task("Younger people"),
        "other_adult": task("Other adults"),
        "reason": task("What happened"),
        "police": task("What is known already"),
        "criteria": task("Reasons"),
        "risk_tool": task("Checklist"),
        RISK_ITEMS: task("Checklist answers"),
        "consent": task("What the person wants"),
        LAWFUL_BASIS: task("Basis for sharing"),
        PROFESSIONAL: task("Other professionals"),
        "needs": task("Needs"),
        FILES: task("Files"),
    }
)

HEADINGS = MappingProxyType(
    {
        "you": "Your details",
        "victim": "Who is the {w.victim}?",
        VICTIM_CARE: "Is the {w.victim} {w.care_experienced}?",
        "home": "Where does the {w.victim} live now?",
        "safe_contact": "How can the {w.victim} be reached safely?",
        "alleged_perpetrator": "People alleged to cause harm",
        "child": "Children",
        "other_adult": "Other adults",
        "reason": "What happened, and what do you want to come of it?",
        "police": "What do the police know and do?",
        "criteria": "Why is this high risk?",
        "risk_tool": "Which risk tool was used?",
        RISK_ITEMS: "What did the risk tool show?",
        "consent": "What does the {w.victim} know and want?",
        LAWFUL_BASIS: "Sharing without consent",
        PROFESSIONAL: "Who else knows the {w.victim}?",
        "needs": "Needs and equality",
        FILES: "Files",
    }
)

SHORT = MappingProxyType(
    {
        "you": "Your details",
        "victim": "The {w.victim}",
        "home": "Home",
        "safe_contact": "Safe contact",
        "alleged_perpetrator": "People alleged to cause harm",
        "child": "Children",
        "other_adult": "Other adults",
        "reason": "What happened",
        "police": "Police",
        "criteria": "Why it is high risk",
        "risk_tool": "Risk tool",
        "consent": "Consent and wishes",
        PROFESSIONAL: "Other professionals",
        "needs": "Needs and equality",
        FILES: "Files",
    }
)
"""The sections as the list of questions names them."""

REQUIRED = frozenset({"victim", "home", "reason", "consent"})
"""The sections in which something must be answered; the others can be left."""

ABOUT = MappingProxyType({
    "you": "Filled in from your account. Change what is not right for this concern.",
    "home": "The address now decides in which area this is discussed.",
    "safe_contact": "Nothing in this service can send a message to the {w.victim}. This is for "
    "professionals who make contact themselves.",
    "alleged_perpetrator": "Add anybody alleged to cause harm. If nobody is known, go on.",
    "child": "Add children in the home or linked to anybody here, also a child not born yet.",
    "other_adult": "Add other adults who may be at risk or who matter to a safe plan.",
    "police": "Leave out what you do not know.",
    "criteria": "Tick all that apply. A low score never stops a concern.",
    RISK_ITEMS: "Leave out what you do not have. The form itself can be added as a file.",
    LAWFUL_BASIS: "Record why this may be shared although the {w.victim} has not agreed.",
    PROFESSIONAL: "Add anybody who works with the {w.victim} or the family: a school, a GP, a "
    "landlord, a social worker, a {w.worker}. Whoever is named here can be asked.",
    "needs": "All of this is optional, and some of it is counted for equality only.",
    FILES: "PDF, DOCX, PNG or JPG, 10 MB each at most. For example a risk assessment or a plan.",
})  # fmt: skip

ONE_REASON = "Tick the one that weighs most. A low score never stops a concern."

CARE_WHY = (
    "A person with a {w.worker} has somebody whom they know and trust. Your answer brings that "
    "worker into the planning. If you do not know, say so: that is a useful answer."
)
CARE_MEANS = (
    "Somebody is {w.care_experienced} if a local authority looks after them, or did: in foster "
    "care, in a residential home, with relatives under a care order, or in supported housing."
)

FIRST = MappingProxyType({
    "you": ("name", "role", "phone", "email"),
    "victim": (
        "given_name", "family_name", "is_name_unknown", "date_of_birth", "about_age", "gender",
    ),
    "alleged_perpetrator": (
        "given_name", "family_name", "is_name_unknown", "date_of_birth", "about_age",
        "relationship", "lives_with_victim",
    ),
    "child": (
        "given_name", "family_name", "date_of_birth", "about_age", "is_unborn", "due_on",
        "lives_with",
    ),
    "other_adult": (
        "given_name", "family_name", "date_of_birth", "about_age", "relationship", "risk",
    ),
    "home": ("area", "address", "postcode"),
    "safe_contact": ("phone", "may_call", "may_leave_message", "times", "unsafe_people"),
    "reason": ("what_happened", "incident_on", "incident_kind", "how_soon", "wanted"),
    "criteria": ("criteria", "judgement_reasons", "incidents", "reported", "is_worsening"),
    "risk_tool": ("tool", "score", "done_on", "done_by"),
    "consent": ("consent", "aware", "wishes"),
    "needs": (
        "language", "interpreter", "disability", "gp", "is_minoritised", "is_disabled", "is_lgbt",
    ),
})  # fmt: skip
"""The questions that are open on a page; the others are behind "More". Other pages show all."""

MORE = "More, if you know it"

ONE = MappingProxyType(
    {
        "alleged_perpetrator": "person alleged to cause harm",
        "child": "child",
        "other_adult": "other adult",
        PROFESSIONAL: "professional",
        "victim": "{w.victim}",
    }
)
"""One of a group, in lower case."""

ENTRY_TITLE = task("About one person")
CARE_TITLE = TITLES[VICTIM_CARE]

STATES = MappingProxyType(
    {
        "submitted": ("Waiting to be looked at", "yellow"),
        "accepted": ("Accepted for discussion", "green"),
        "accepted_alert_only": ("Accepted: researched and flagged, not discussed", "green"),
        "urgent": ("Accepted as urgent", "red"),
        "returned": ("Sent back for more information", "orange"),
        "not_met": ("Not accepted", "grey"),
        "transferred": ("Passed to another area", "blue"),
        "duplicate": ("Already being dealt with", "grey"),
        "withdrawn": ("Withdrawn", "grey"),
    }
)
"""Where a concern stands, in words, with the colour of its tag."""
