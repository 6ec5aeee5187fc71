"""What the record of a case is made of: its fields, who can tell the victim, in what capacity."""

from datetime import timedelta

FIELDS = (
    "reason",
    "idva_view",
    "plan_before",
    "discussion",
    "who_else",
    "risk_who",
    "risk_from",
    "risk_of",
    "risk_when",
    "factors_for",
    "factors_against",
    "dissent",
    "quorum",
)
"""In the order of the work: why she is here, what is known, what it amounts to, who disagrees."""

TELLERS = ("idva", "leaving_care_worker", "referrer", "other", "nobody")
"""Who can tell the victim what was agreed. Source: the issue, item 6."""

CAPACITIES = ("member", "one_slot", "observer")
"""In which capacity somebody takes part in a meeting and signs its statement."""

TELL_WITHIN = timedelta(days=1)
"""How soon after a case was heard its victim is told what was agreed: a product choice."""

CONTACT_WITHIN = timedelta(days=1)
"""How soon an Idva makes contact about an accepted concern: a product choice (notes 1.1)."""

TELL_EVERY = timedelta(days=3)
"""How often whoever was to tell is asked again."""

TELLING_WANTED = timedelta(days=56)
"""For how long after a case was heard they are asked: a product choice."""
