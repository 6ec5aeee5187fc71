"""The coded lists of an agreement: what the rows hold, and what a page says of it."""

PURPOSES = {
    "marac_risk": "MARAC: risk of serious harm",
    "safety_planning": "Safety planning",
    "child_safeguarding": "Keeping children safe",
    "adult_safeguarding": "Keeping adults safe",
    "keep_in_touch": "Keeping in touch with the person",
    "meeting_invite": "Inviting professionals to a meeting",
    "crime_prevention": "Preventing and detecting crime",
    "statutory_review": "Statutory reviews",
    "support": "Support for the person",
}
CATEGORIES = {
    "existence": "That the service knows the person",
    "worker_contact": "Who the worker is and how to reach them",
    "core_identity": "Names and date of birth",
    "safe_contact": "How to contact the person safely",
    "address": "Address",
    "safe_address": "An address kept secret for safety",
    "accommodation": "Kind of accommodation",
    "eet": "Education, employment and training",
    "health": "Health",
    "criminal": "Offences and allegations",
    "immigration": "Immigration status",
    "sexual_life": "Sexual life and orientation",
    "ethnicity_religion": "Ethnicity and religion",
    "finance": "Money",
    "pathway_plan_extract": "Part of the pathway plan",
    "full_file": "The whole file",
    "counselling": "Counselling notes",
}
SPECIAL = frozenset(
    {
        "health",
        "sexual_life",
        "ethnicity_religion",
        "pathway_plan_extract",
        "full_file",
        "counselling",
    }
)
"""Categories that are, or are likely to hold, special category data (UK GDPR Art 9(1))."""

OFFENCES = frozenset({"criminal", "full_file"})
"""Categories that hold data about offences and allegations (UK GDPR Art 10)."""

SUBJECTS = {
    "victim": "Victim",
    "alleged_perpetrator": "Alleged perpetrator",
    "child": "Child",
    "witness": "Witness",
    "family": "Family",
    "worker": "Worker",
}
PERMITTED, APPROVAL, EXCLUDED = "permitted", "approval", "excluded"
RULES = {
    PERMITTED: "May be shared",
    APPROVAL: "Once an approver has said yes",
    EXCLUDED: "Never shared",
}
TO_SERVICE, TO_ASKER, BOTH = "to_service", "to_asker", "both"
DIRECTIONS = {
    TO_SERVICE: "To the leaving care service",
    TO_ASKER: "From the leaving care service",
}
FLOWS = {BOTH: "Both ways"} | DIRECTIONS

TIERS = {
    "framework": "A framework: others are made under it",
    "purpose_specific": "For particular purposes",
}
CONTROLLER, JOINT_CONTROLLER, PROCESSOR = "controller", "joint_controller", "processor"
PARTY_ROLES = {
    CONTROLLER: "Controller",
    JOINT_CONTROLLER: "Joint controller",
    PROCESSOR: "Processor: acts on a controller's instructions",
}
CONTROLLERS = frozenset({CONTROLLER, JOINT_CONTROLLER})

CONSENT = {
    "required": "The person must have agreed",
    "sought_not_basis": "The person is asked, but the sharing does not rest on the answer",
    "not_sought": "The person is not asked; they are told unless that is unsafe",
}
"""The consent approach of a purpose (sharing notes 3.1); told and not asked where it decides."""

COMMON_LAW = "common_law"
GATEWAY_KINDS = {"power": "Power", "duty": "Duty", COMMON_LAW: "Common law"}

EXCLUSIONS = {
    "perpetrator_copy": "No copy for an alleged perpetrator or who represents them",
    "safe_address": "No safe address for anybody who lives with the other party",
    "third_party": "Nothing about people other than the one asked about",
    "privileged": "Nothing that is legally privileged",
    "counselling": "No counselling notes",
}
EXCLUDES = {"counselling": "counselling"}
"""The exclusions that shut out a category whole; the others are for whoever releases to check."""

METHODS = {
    "hub": "This hub",
    "secure_email": "Secure e-mail",
    "in_person": "In person, to look at and not to keep",
}
RIGHTS = {
    "access": "Requests to see what is held",
    "rectification": "Requests to put something right",
    "objection": "Objections and requests to stop",
    "complaint": "Complaints",
}
ONWARD = {
    "none": "Never passed on",
    "named": "Passed on only to those named below",
    "with_permission": "Passed on only when the agency it came from says so",
}
RETENTION = {
    "born_75": "Until 75 years after the person's birth (leaving care record)",
    "aged_18_75": "Until 75 years after the person's 18th birthday",
    "aged_18_3": "Until 3 years after the person's 18th birthday (child in need)",
    "last_contact_35": "35 years after the last contact (child protection)",
    "last_case_7": "7 years after the last case (domestic abuse and MARAC)",
    "look_up_2": "2 years (look-ups)",
}
"""How long a category is kept (sharing notes 3.9); the authority's own schedule decides which."""
