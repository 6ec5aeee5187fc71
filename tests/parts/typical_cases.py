"""A case for each rule of the decision table, as little as makes it fire."""

KNOWN = {"requester_identity_verified": True, "purpose": "support", "category": "eet"}
AGREEMENT = {**KNOWN, "agreement_state": "in_force", "category_rule": "permitted"}
COVERED = {**AGREEMENT, "purpose_permitted": True}
MARAC = {**COVERED, "purpose": "marac_risk"}
POLICE = {
    **COVERED,
    "requester_kind": "police",
    "police_victim_request": {
        "reason_to_believe_held": True,
        "reasonable_line_of_enquiry": True,
        "necessary_and_proportionate": True,
        "notice": "given",
    },
}
LIMBS = {"care_and_support_needs": True, "abuse_or_neglect": True, "cannot_protect_self": True}

TYPICAL = {
    1: {"purpose": "support", "category": "eet"},
    2: {**KNOWN, "requester_relation": "knows_or_related"},
    3: {**KNOWN, "requester_relation": "alleged_perpetrator"},
    4: {**KNOWN, "immediate_danger": True},
    5: {**KNOWN, "court_order": True},
    6: {**KNOWN, "sab_s45": True},
    7: {**KNOWN, "requester_kind": "police"},
    8: {**POLICE, "category": "counselling"},
    9: {**KNOWN, "category": "safe_address"},
    10: {**AGREEMENT, "category_rule": "excluded"},
    11: {**POLICE, "purpose": "crime_prevention", "police_form": "complete"},
    12: {**KNOWN, "request_pattern": "repeat"},
    13: {**KNOWN, "consent_state": "given_explicit"},
    14: {**KNOWN, "override_basis": ["safeguarding"]},
    15: KNOWN,
    16: {**AGREEMENT, "agreement_state": "expired"},
    17: AGREEMENT,
    18: {**COVERED, "requester_kind": "jobcentre"},
    19: {**COVERED, "consent_state": "coerced_suspected"},
    20: {
        **COVERED,
        "consent_state": "lacks_capacity",
        "subject_age": 16,
        "override_basis": ["best_interests"],
    },
    21: {**MARAC, "category": "existence"},
    22: {**COVERED, "consent_state": "given_explicit"},
    23: {**COVERED, "consent_state": "given_limited", "consent_overlap": "part"},
    24: {**COVERED, "category_rule": "approval", "consent_state": "given_explicit"},
    25: {**MARAC, "category": "worker_contact", "override_basis": ["s115"]},
    26: {**COVERED, "subject_age": 17, "risk_of_harm": True},
    27: {**COVERED, "purpose": "adult_safeguarding", "subject_age": 18, "s42": LIMBS},
    28: {
        **MARAC,
        "subject_age": 18,
        "override_basis": ["s115", "sch1_para_6"],
        "serious_harm_likely": True,
    },
    29: {**COVERED, "harm_to_other": True},
    30: COVERED,
    31: {**COVERED, "consent_state": "refused"},
    32: {**COVERED, "consent_state": "not_sought_unsafe"},
    33: {**COVERED, "consent_state": "not_required_statutory"},
}


def asked(rule, **changes):
    """Return the rule's typical case as an entry of a file, with changes."""
    return {"id": f"r{rule}", **TYPICAL[rule], **changes}
