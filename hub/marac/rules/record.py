"""What the record of a case is made of: its fields, who can tell the victim, in what capacity."""

FIELDS = (
    "reason",
    "idva_view",
    "plan_before",
    "discussion",
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
