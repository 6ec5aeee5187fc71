"""The decision table, row by row and at its edges."""

import json

import pytest

from hub.cli.case_files import read_cases
from hub.cli.sharing import results_of
from hub.sharing.rules import TABLE
from parts.typical_cases import COVERED, KNOWN, LIMBS, MARAC, POLICE, TYPICAL, asked


def answer(case):
    """Return the one result of a case given by its fields."""
    (read,) = read_cases(json.dumps({"version": 1, "cases": [{"id": "c", **case}]}))
    (result,) = results_of(read)
    return result


def test_the_rows_are_numbered_from_1_to_33_in_their_order():
    assert [row.rule for row in TABLE] == list(range(1, 34))


@pytest.mark.parametrize("rule", TYPICAL)
def test_each_rule_fires_on_its_typical_case(rule):
    assert answer(asked(rule))["rule"] == rule


ANSWERS = [
    # rule, changes, outcome, scope, approvers, record
    (1, {}, "HOLD", "none", "", "failed_check attempts"),
    (2, {}, "HOLD", "none", "M", "declaration"),
    (3, {}, "REFUSE", "none", "", "attempt_as_risk_event"),
    (4, {}, "ROUTE_NOW", "minimum", "W", "full_record_within_1_working_day"),
    (5, {}, "ROUTE", "exact_order", "L", "order_copy order_date"),
    (6, {}, "ROUTE", "as_asked", "M", "request_id"),
    (7, {}, "HOLD", "none", "", "gaps chase_date"),
    (8, {}, "HOLD", "none", "C L", "senior_sign_off_seen"),
    (9, {}, "HOLD", "none", "I C", "reason_per_item"),
    (10, {}, "REFUSE", "none", "I", "exclusion_clause"),
    (11, {}, "DECIDE", "none", "M", "form counter_signature"),
    (11, {"weighing": "share"}, "ROUTE", "minimum", "M", "form counter_signature"),
    (11, {"weighing": "do_not_share"}, "REFUSE", "none", "M", "form counter_signature"),
    (11, {"agreement_state": "review_overdue"}, "DECIDE", "none", "M", "form counter_signature"),
    (11, {"agreement_state": "review_late"}, "DECIDE", "none", "M I", "form counter_signature"),
    (11, {"agreement_state": "not_party"}, "DECIDE", "none", "M I", "form counter_signature"),
    (12, {}, "HOLD", "none", "I S", "need_for_agreement"),
    (13, {}, "ROUTE", "as_asked", "I", "ico_form_set consent_id"),
    (
        13,
        {"consent_state": "given_limited", "consent_overlap": "whole"},
        "ROUTE",
        "overlap",
        "I",
        "ico_form_set consent_id",
    ),
    (14, {}, "DECIDE", "none", "I D", "why_no_agreement weighing"),
    (14, {"weighing": "share"}, "ROUTE", "minimum", "I D", "why_no_agreement weighing"),
    (14, {"weighing": "do_not_share"}, "REFUSE", "none", "I D", "why_no_agreement weighing"),
    (15, {}, "REFUSE", "none", "W", "rule_id"),
    (16, {}, "HOLD", "none", "I", "flag_to_both_owners"),
    (17, {}, "HOLD", "none", "I", "compatibility_note"),
    (18, {}, "REFUSE", "none", "W", "consent_id"),
    (18, {"category_rule": "approval"}, "REFUSE", "none", "W", "consent_id"),
    (18, {"consent_state": "given_explicit"}, "ROUTE", "as_asked", "W", "consent_id"),
    (
        18,
        {"consent_state": "given_explicit", "category_rule": "approval"},
        "ROUTE",
        "as_asked",
        "W M",
        "consent_id",
    ),
    (
        18,
        {"consent_state": "given_limited", "consent_overlap": "whole"},
        "REFUSE",
        "none",
        "W",
        "consent_id",
    ),
    (19, {}, "HOLD", "none", "D", "indicators plan"),
    (20, {}, "ROUTE", "minimum", "M C", "mca_record who_consulted"),
    (21, {}, "HIT", "hit_only", "W", "query_purpose"),
    (21, {"category_rule": "approval"}, "HIT", "hit_only", "W", "query_purpose"),
    (22, {}, "ROUTE", "as_asked", "W", "consent_id"),
    (23, {}, "ROUTE", "overlap", "W", "withheld_list"),
    (23, {"category_rule": "approval"}, "ROUTE", "overlap", "W M", "withheld_list"),
    (24, {}, "ROUTE", "as_asked", "M", "approver reason"),
    (25, {}, "ROUTE", "invitation_only", "W", "reason_not_asked told_or_not"),
    (
        25,
        {"category_rule": "approval"},
        "ROUTE",
        "invitation_only",
        "W M",
        "reason_not_asked told_or_not",
    ),
    (26, {}, "ROUTE", "minimum", "D/M", "why_not_told revisit_date"),
    (27, {}, "ROUTE", "minimum", "M C", "limbs capacity views"),
    (28, {}, "DECIDE", "none", "M C", "weighing_both_ways"),
    (28, {"weighing": "share"}, "ROUTE", "minimum", "M C", "weighing_both_ways"),
    (28, {"weighing": "do_not_share"}, "REFUSE", "none", "M C", "weighing_both_ways"),
    (29, {}, "ROUTE", "minimum", "M D", "who_is_protected"),
    (30, {}, "HOLD", "none", "W", "attempts"),
    (31, {}, "REFUSE", "none", "M", "reason_not_shown_to_asker"),
    (32, {}, "HOLD", "none", "D", "plan"),
    (33, {}, "REFUSE", "none", "M", "inputs rule_version"),
]


@pytest.mark.parametrize(("rule", "changes", "outcome", "scope", "approvers", "record"), ANSWERS)
def test_what_a_rule_answers(rule, changes, outcome, scope, approvers, record):
    found = answer(asked(rule, **changes))
    assert (found["rule"], found["outcome"], found["scope"]) == (rule, outcome, scope)
    assert list(found["approvers"]) == approvers.split()
    assert list(found["record"]) == record.split()
    assert list(found["reviewers"]) == (["M"] if rule == 4 else [])
    assert list(found["advice"]) == (["P"] if rule in {6, 17} else [])


PART = {"consent_state": "given_limited", "consent_overlap": "part"}
BY_PARENT = {
    "consent_state": "given_by_pr",
    "subject_age": 15,
    "subject_competence": "not_competent",
}
ALL_THREE = {"reason_to_believe_held": True, "reasonable_line_of_enquiry": True} | {
    "necessary_and_proportionate": True
}

EDGES = [
    # of what is recorded only what counts is looked at
    (COVERED | {"consent_state": "given_limited"}, 31),
    (COVERED | {"consent_state": "given_limited", "consent_overlap": "none"}, 31),
    (COVERED | PART, 23),
    (COVERED | {"consent_state": "not_asked", "consent_overlap": "whole"}, 30),
    (COVERED | BY_PARENT, 22),
    (COVERED | BY_PARENT | {"pr_is_alleged_perpetrator": True}, 32),
    (COVERED | BY_PARENT | {"subject_age": 16}, 30),
    (COVERED | BY_PARENT | {"subject_age": None}, 30),
    (COVERED | BY_PARENT | {"subject_competence": "competent"}, 30),
    (COVERED | BY_PARENT | {"subject_competence": "not_assessed"}, 30),
    (COVERED | {"consent_state": "expired"}, 30),
    (COVERED | {"consent_state": "unable_to_reach"}, 30),
    (COVERED | {"consent_state": "fluctuating"}, 30),
    (COVERED | {"consent_state": "withdrawn"}, 31),
    (COVERED | {"consent_state": "lacks_capacity", "subject_age": 16}, 33),
    # who asks
    (KNOWN | {"approver_related": True, "requester_relation": "alleged_perpetrator"}, 2),
    (KNOWN | {"requester_relation": "perpetrator_representative", "immediate_danger": True}, 3),
    (KNOWN | {"requester_relation": "lives_with_alleged_perpetrator", "court_order": True}, 3),
    (KNOWN | {"immediate_danger": True, "court_order": True, "sab_s45": True}, 4),
    (KNOWN | {"court_order": True, "sab_s45": True}, 5),
    # the police and victims
    (POLICE | {"police_victim_request": None}, 7),
    (POLICE | {"police_victim_request": {}}, 7),
    (POLICE | {"police_victim_request": ALL_THREE}, 7),
    (POLICE | {"police_victim_request": ALL_THREE | {"notice": "delayed_with_reason"}}, 30),
    (POLICE | {"police_victim_request": None, "subject_role": "witness"}, 30),
    (POLICE | {"category": "counselling", "subject_role": "witness"}, 30),
    (COVERED | {"category": "counselling"}, 30),
    # categories and agreements
    *((COVERED | {"category": one}, 9) for one in ("full_file", "immigration", "sexual_life")),
    (KNOWN | {"category_rule": "excluded", "agreement_state": "suspended"}, 10),
    (KNOWN | {"agreement_state": "suspended", "category_rule": "approval"}, 16),
    (KNOWN | {"agreement_state": "review_late", "category_rule": "approval"}, 16),
    (COVERED | {"agreement_state": "review_overdue"}, 30),
    (POLICE | {"purpose": "crime_prevention", "police_form": "incomplete"}, 30),
    (POLICE | {"police_form": "complete"}, 30),
    (KNOWN | {"consent_state": "given_explicit", "request_pattern": "repeat"}, 12),
    (KNOWN | PART, 13),
    (KNOWN | {"override_basis": ["s115", "best_interests"]}, 15),
    # who is told only what the person agrees to
    (COVERED | {"requester_kind": "employer"}, 18),
    (COVERED | {"requester_kind": "housing_allocation"}, 18),
    (COVERED | {"requester_kind": "housing_provider"}, 30),
    (MARAC | {"requester_kind": "jobcentre"}, 30),
    # hits
    *(
        (COVERED | {"purpose": purpose, "category": "existence"}, 21)
        for purpose in ("safety_planning", "child_safeguarding", "adult_safeguarding")
    ),
    (COVERED | {"purpose": "meeting_invite", "category": "existence"}, 30),
    (MARAC | {"category": "existence", "consent_state": "refused"}, 31),
    (MARAC | {"category": "existence", "consent_state": "withdrawn"}, 31),
    (MARAC | {"category": "existence", "consent_state": "given_explicit"}, 21),
    (MARAC | {"category": "existence", "consent_state": "coerced_suspected"}, 19),
    # invitations
    (TYPICAL[25] | {"purpose": "safety_planning", "override_basis": ["safeguarding"]}, 25),
    (TYPICAL[25] | {"consent_state": "not_sought_unsafe"}, 25),
    (TYPICAL[25] | {"consent_state": "unable_to_reach"}, 25),
    (TYPICAL[25] | {"consent_state": "expired"}, 30),
    (TYPICAL[25] | {"override_basis": []}, 30),
    (TYPICAL[25] | {"purpose": "child_safeguarding"}, 30),
    (TYPICAL[25] | {"category": "safe_contact"}, 30),
    # ages
    (TYPICAL[20] | {"subject_age": 15}, 33),
    (TYPICAL[20] | {"subject_age": None}, 33),
    (TYPICAL[26] | {"subject_age": 18}, 30),
    (TYPICAL[26] | {"subject_age": None}, 30),
    (TYPICAL[26] | {"subject_age": 0}, 26),
    (TYPICAL[26] | {"risk_of_harm": False, "marac_high_risk": True}, 26),
    (TYPICAL[26] | {"risk_of_harm": False}, 30),
    (MARAC | {"subject_age": 16}, 26),
    (MARAC | {"subject_age": 17}, 26),
    (MARAC | {"subject_age": 15}, 30),
    (TYPICAL[27] | {"subject_age": 17}, 30),
    *((TYPICAL[27] | {"s42": LIMBS | {limb: False}}, 30) for limb in LIMBS),
    (TYPICAL[28] | {"subject_age": None}, 30),
    (TYPICAL[28] | {"override_basis": ["s115", "sch1_para_10"]}, 28),
    (TYPICAL[28] | {"override_basis": ["s115"]}, 30),
    (TYPICAL[28] | {"override_basis": ["sch1_para_6", "sch1_para_10"]}, 30),
    (TYPICAL[28] | {"s42": {"care_and_support_needs": True}}, 30),
    (TYPICAL[28] | {"serious_harm_likely": False}, 30),
    # somebody else is at risk
    (TYPICAL[29] | {"consent_state": "refused"}, 29),
    (TYPICAL[29] | {"consent_state": "not_required_statutory"}, 29),
    (TYPICAL[29] | {"consent_state": "coerced_suspected"}, 19),
]


@pytest.mark.parametrize(("case", "rule"), EDGES)
def test_which_rule_fires_at_an_edge(case, rule):
    assert answer(case)["rule"] == rule


@pytest.mark.parametrize(
    ("request_", "gaps"),
    [
        (None, [*ALL_THREE, "notice"]),
        ({}, [*ALL_THREE, "notice"]),
        (ALL_THREE, ["notice"]),
        ({"notice": "given"}, [*ALL_THREE]),
        (ALL_THREE | {"necessary_and_proportionate": False}, [[*ALL_THREE][2], "notice"]),
    ],
)
def test_a_request_of_the_police_names_its_gaps(request_, gaps):
    assert list(answer(asked(7, police_victim_request=request_))["gaps"]) == gaps


def test_only_rule_7_has_gaps():
    assert answer(asked(30))["gaps"] == ()


@pytest.mark.parametrize("rule", TYPICAL)
def test_a_review_that_is_overdue_is_flagged_whatever_the_answer(rule):
    found = answer(asked(rule, agreement_state="review_overdue"))
    assert found["flags"] == ("review_overdue",)
    assert "overdue" in found["reasons"][-1]
    if rule != 16:
        assert answer(asked(rule, agreement_state="in_force"))["flags"] == ()


def test_a_manager_more_is_explained():
    reasons = answer(asked(23, category_rule="approval"))["reasons"]
    assert any("manager" in one for one in reasons)
    assert not any("manager" in one for one in answer(asked(23))["reasons"])
