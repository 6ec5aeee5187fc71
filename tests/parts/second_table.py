"""The decision table once more, as a chain of ifs written from the published text alone.

It works on the JSON of a case and shares nothing with the hub: no type, no word list, no row. What
it answers is what section 3 of the public interfaces says, but for the reasons, whose words are
free.
"""

SAFETY = ("marac_risk", "safety_planning", "child_safeguarding", "adult_safeguarding")
HIGH = ("safe_address", "full_file", "immigration", "sexual_life")
TESTS = ("reason_to_believe_held", "reasonable_line_of_enquiry", "necessary_and_proportionate")


def results_of(case):
    """Return the results of a case, without reasons."""
    directions = case.get("directions", ["to_asker"])
    found = []
    if "to_service" in directions:
        receiving = {"requester_kind": "leaving_care", "court_order": False, "sab_s45": False}
        found.append(("to_service", {**case, **case.get("to_service", {}), **receiving}))
    if "to_asker" in directions:
        found.append(("to_asker", case))
    return [
        {"id": case["id"], "direction": direction, **decide(facts)} for direction, facts in found
    ]


def decide(case):
    """Return the answer on one direction, without reasons."""
    rule, outcome, scope, approvers, record = row(case)
    return {
        "rule": rule,
        "outcome": outcome,
        "scope": scope,
        "approvers": sorted(approvers),
        "reviewers": ["M"] if rule == 4 else [],
        "advice": ["P"] if rule in (6, 17) else [],
        "record": record.split(),
        "gaps": sorted(gaps_of(case)) if rule == 7 else [],
        "flags": ["review_overdue"] if case.get("agreement_state") == "review_overdue" else [],
    }


def gaps_of(case):
    request = case.get("police_victim_request") or {}
    missing = [test for test in TESTS if not request.get(test, False)]
    if request.get("notice", "missing") == "missing":
        missing.append("notice")
    return missing


def state_used(case):
    state = case.get("consent_state", "not_asked")
    if state == "given_explicit":
        return "given"
    if state == "given_limited":
        return "refused" if case.get("consent_overlap", "none") == "none" else "limited"
    if state == "given_by_pr":
        if case.get("pr_is_alleged_perpetrator", False):
            return "not_sought_unsafe"
        age = case.get("subject_age")
        if age is not None and age < 16 and case.get("subject_competence") == "not_competent":
            return "given"
        return "not_asked"
    return state


def weigh(case):
    weighing = case.get("weighing", "not_done")
    if weighing == "share":
        return "ROUTE", "minimum"
    if weighing == "do_not_share":
        return "REFUSE", "none"
    return "DECIDE", "none"


def row(case):  # noqa: C901, PLR0911, PLR0912, PLR0915 - as dumb as can be, on purpose
    """Return rule, outcome, scope, approvers and what to record."""
    kind = case.get("requester_kind", "other")
    relation = case.get("requester_relation", "none")
    agreement = case.get("agreement_state", "not_party")
    category_rule = case.get("category_rule", "excluded")
    purpose, category = case["purpose"], case["category"]
    basis = case.get("override_basis", [])
    age = case.get("subject_age")
    s42 = case.get("s42", {})
    used = state_used(case)
    no_consent = used not in {"given", "limited"}
    victim = case.get("subject_role", "victim") == "victim"
    also_manager = {"M"} if category_rule == "approval" else set()

    if not case.get("requester_identity_verified", False):
        return 1, "HOLD", "none", set(), "failed_check attempts"
    if relation == "knows_or_related" or case.get("approver_related", False):
        return 2, "HOLD", "none", {"M"}, "declaration"
    if relation != "none":
        return 3, "REFUSE", "none", set(), "attempt_as_risk_event"
    if case.get("immediate_danger", False):
        return 4, "ROUTE_NOW", "minimum", {"W"}, "full_record_within_1_working_day"
    if case.get("court_order", False):
        return 5, "ROUTE", "exact_order", {"L"}, "order_copy order_date"
    if case.get("sab_s45", False):
        return 6, "ROUTE", "as_asked", {"M"}, "request_id"
    if kind == "police" and victim and gaps_of(case):
        return 7, "HOLD", "none", set(), "gaps chase_date"
    if kind == "police" and victim and category == "counselling":
        return 8, "HOLD", "none", {"C", "L"}, "senior_sign_off_seen"
    if category in HIGH:
        return 9, "HOLD", "none", {"I", "C"}, "reason_per_item"
    if agreement != "not_party" and category_rule == "excluded":
        return 10, "REFUSE", "none", {"I"}, "exclusion_clause"
    if (
        kind == "police"
        and purpose == "crime_prevention"
        and case.get("police_form", "none") == "complete"
    ):
        owner = set() if agreement in ("in_force", "review_overdue") else {"I"}
        return 11, *weigh(case), {"M"} | owner, "form counter_signature"
    if agreement == "not_party":
        if case.get("request_pattern", "one_off") == "repeat":
            return 12, "HOLD", "none", {"I", "S"}, "need_for_agreement"
        if used == "given":
            return 13, "ROUTE", "as_asked", {"I"}, "ico_form_set consent_id"
        if used == "limited":
            return 13, "ROUTE", "overlap", {"I"}, "ico_form_set consent_id"
        if "safeguarding" in basis:
            return 14, *weigh(case), {"I", "D"}, "why_no_agreement weighing"
        return 15, "REFUSE", "none", {"W"}, "rule_id"
    if agreement in ("expired", "suspended", "review_late"):
        return 16, "HOLD", "none", {"I"}, "flag_to_both_owners"
    if not case.get("purpose_permitted", False):
        return 17, "HOLD", "none", {"I"}, "compatibility_note"
    if kind in ("jobcentre", "employer", "housing_allocation") and purpose not in SAFETY:
        if used == "given":
            return 18, "ROUTE", "as_asked", {"W"} | also_manager, "consent_id"
        return 18, "REFUSE", "none", {"W"}, "consent_id"
    if used == "coerced_suspected":
        return 19, "HOLD", "none", {"D"}, "indicators plan"
    if used == "lacks_capacity" and age is not None and age >= 16 and "best_interests" in basis:
        return 20, "ROUTE", "minimum", {"M", "C"}, "mca_record who_consulted"
    if purpose in SAFETY and category == "existence" and used not in ("refused", "withdrawn"):
        return 21, "HIT", "hit_only", {"W"}, "query_purpose"
    if category_rule == "permitted" and used == "given":
        return 22, "ROUTE", "as_asked", {"W"}, "consent_id"
    if used == "limited":
        return 23, "ROUTE", "overlap", {"W"} | also_manager, "withheld_list"
    if category_rule == "approval" and used == "given":
        return 24, "ROUTE", "as_asked", {"M"}, "approver reason"
    if (
        purpose in ("marac_risk", "safety_planning")
        and category == "worker_contact"
        and used in ("not_asked", "not_sought_unsafe", "unable_to_reach")
        and ("s115" in basis or "safeguarding" in basis)
    ):
        return 25, "ROUTE", "invitation_only", {"W"} | also_manager, "reason_not_asked told_or_not"
    if (
        no_consent
        and age is not None
        and age < 18
        and (
            case.get("risk_of_harm", False)
            or case.get("marac_high_risk", False)
            or (age >= 16 and purpose == "marac_risk")
        )
    ):
        return 26, "ROUTE", "minimum", {"D/M"}, "why_not_told revisit_date"
    if (
        no_consent
        and age is not None
        and age >= 18
        and purpose == "adult_safeguarding"
        and s42.get("care_and_support_needs", False)
        and s42.get("abuse_or_neglect", False)
        and s42.get("cannot_protect_self", False)
    ):
        return 27, "ROUTE", "minimum", {"M", "C"}, "limbs capacity views"
    if (
        no_consent
        and age is not None
        and age >= 18
        and purpose == "marac_risk"
        and not s42.get("care_and_support_needs", False)
        and "s115" in basis
        and ("sch1_para_6" in basis or "sch1_para_10" in basis)
        and case.get("serious_harm_likely", False)
    ):
        return 28, *weigh(case), {"M", "C"}, "weighing_both_ways"
    if no_consent and case.get("harm_to_other", False):
        return 29, "ROUTE", "minimum", {"M", "D"}, "who_is_protected"
    if used in ("not_asked", "expired", "unable_to_reach", "fluctuating"):
        return 30, "HOLD", "none", {"W"}, "attempts"
    if used in ("refused", "withdrawn"):
        return 31, "REFUSE", "none", {"M"}, "reason_not_shown_to_asker"
    if used == "not_sought_unsafe":
        return 32, "HOLD", "none", {"D"}, "plan"
    return 33, "REFUSE", "none", {"M"}, "inputs rule_version"
