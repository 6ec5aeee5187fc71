"""Every case there can be: all rules are reached, no is the default, and a no stays a no."""

import json

from hypothesis import given, settings
from hypothesis import strategies as st

from hub.cli.case_files import read_cases
from hub.cli.sharing import results_of
from hub.sharing.rules import TABLE, Outcome, OverrideBasis, consent_used
from parts import second_table
from parts.case_classes import ALL_CASES, BASES, CLASSES
from parts.every_case import Found, every_case

RESTS_ON_CONSENT = {13, 18, 22, 23, 24}
TELLS_WITHOUT = {4, 5, 6, 11, 14, 20, 21, 25, 26, 27, 28, 29}
"""The rules under which something can be told without consent, each for a reason of its own."""

NO_CONSENT = {"refused", "withdrawn", "expired", "coerced_suspected", "not_asked"}


def test_every_case_is_answered_once_and_as_the_published_text_says():
    """This takes some seconds; ``benchmarks.every_case`` prints the figure."""
    sum_of = Found()
    for question, decision in every_case():
        sum_of.add(question, decision)
        firing = [row.rule for row in TABLE[: decision.rule] if row.fires(question)]
        assert firing == [decision.rule]
        if decision.tells:
            assert_told_for_a_reason(question, decision)
        assert plain(decision) == second_table.decide(question.whole())
    assert sum_of.cases == ALL_CASES
    assert set(sum_of.rules) == {row.rule for row in TABLE} == set(range(1, 34))


def assert_told_for_a_reason(question, decision):
    """Nothing is told by default, and nothing rests on a consent that is not there."""
    if decision.rule in RESTS_ON_CONSENT:
        assert question.consent_state not in NO_CONSENT
        assert consent_used(question) in {"given", "limited"}
    else:
        assert decision.rule in TELLS_WITHOUT


def test_the_last_row_says_no_to_whatever_reaches_it():
    assert TABLE[-1].when == ()
    assert [effect.outcome for effect in TABLE[-1].effects] == [Outcome.REFUSE]


def plain(decision):
    """Return a decision as the second table gives it."""
    return {
        "rule": decision.rule,
        "outcome": decision.outcome,
        "scope": decision.scope,
        "approvers": sorted(decision.approvers),
        "reviewers": list(decision.reviewers),
        "advice": list(decision.advice),
        "record": list(decision.record),
        "gaps": sorted(decision.gaps),
        "flags": list(decision.flags),
    }


VALUES = {
    name: st.sampled_from(classes).flatmap(st.sampled_from)
    for name, classes in CLASSES.items()
    if name not in BASES
} | {
    "requester_identity_verified": st.booleans() | st.just(value=True),
    "override_basis": st.lists(st.sampled_from(OverrideBasis), unique=True),
}
MUST = {"purpose", "category"}
BOTH_WAYS = [
    "purpose",
    "purpose_permitted",
    "agreement_state",
    "request_pattern",
    "category",
    "category_rule",
    "consent_state",
    "consent_overlap",
    "override_basis",
    "weighing",
]


@st.composite
def cases(draw):
    """Draw a case as a file has it: any field left out, in any direction."""
    case = {"id": "c", **{name: draw(VALUES[name]) for name in MUST}}
    for name in sorted(set(VALUES) - MUST):
        if draw(st.booleans()):
            case[name] = draw(VALUES[name])
    if draw(st.booleans()):
        own = draw(st.sets(st.sampled_from(BOTH_WAYS)))
        case["to_service"] = {name: draw(VALUES[name]) for name in sorted(own)}
    if draw(st.booleans()):
        both = st.permutations(["to_asker", "to_service"])
        case["directions"] = draw(both | st.sampled_from([["to_asker"], ["to_service"]]))
    return case


@settings(max_examples=400, deadline=None)
@given(case=cases())
def test_a_file_is_answered_as_the_published_text_says(case):
    (read,) = read_cases(json.dumps({"version": 1, "cases": [case]}))
    results = json.loads(json.dumps(results_of(read)))
    for result in results:
        reasons = result.pop("reasons")
        assert reasons
        assert all(reasons)
        result["approvers"].sort()
        result["gaps"].sort()
    assert results == second_table.results_of(case)
