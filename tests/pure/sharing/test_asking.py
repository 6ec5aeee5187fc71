"""Nobody is asked where a no would change nothing; the decision table itself says where."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sharing.rules.asking import Approach, Ground, approaches, ask_or_inform
from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Category, CategoryRule, ConsentState, Purpose
from hub.sharing.states import AgreementState

EET, SUPPORT, MARAC = Category.EET, Purpose.SUPPORT, Purpose.MARAC_RISK
READY = Question(
    purpose=SUPPORT,
    category=EET,
    requester_identity_verified=True,
    agreement_state=AgreementState.IN_FORCE,
    purpose_permitted=True,
    category_rule=CategoryRule.PERMITTED,
    subject_age=19,
)


def approach(*grounds, purpose=SUPPORT, age=19, category=EET):
    return approaches([purpose], [category], grounds, age)[purpose, category]


def test_an_adult_is_asked_where_nothing_overrides_a_no():
    assert approach() is Approach.ASK
    assert approach(purpose=MARAC) is Approach.ASK


@pytest.mark.parametrize(
    "ground",
    [Ground.IMMEDIATE_DANGER, Ground.COURT_ORDER, Ground.BOARD_DEMAND, Ground.OTHERS_AT_RISK],
)
@pytest.mark.parametrize("age", [15, 19, None])
def test_where_it_is_shared_anyway_the_person_is_told_and_not_asked(ground, age):
    assert approach(ground, age=age) is Approach.INFORM


@pytest.mark.parametrize(
    ("age", "found"),
    [(12, Approach.INFORM), (17, Approach.INFORM), (18, Approach.ASK), (None, Approach.ASK)],
)
def test_a_child_at_risk_is_told_and_not_asked(age, found):
    assert approach(Ground.CHILD_AT_RISK, age=age) is found


def test_at_16_and_17_a_marac_is_told_of_and_not_asked_about():
    assert approach(purpose=MARAC, age=16) is Approach.INFORM
    assert approach(purpose=MARAC, age=18) is Approach.ASK


def test_an_adult_at_risk_is_told_where_the_purpose_is_to_keep_adults_safe():
    at_risk = Ground.ADULT_AT_RISK

    assert approach(at_risk, purpose=Purpose.ADULT_SAFEGUARDING) is Approach.INFORM
    assert approach(at_risk) is Approach.ASK


def test_an_adult_at_high_risk_is_asked_and_told_that_a_no_may_be_outweighed():
    assert approach(Ground.HIGH_RISK, purpose=MARAC) is Approach.ASK_AND_WARN
    assert approach(Ground.HIGH_RISK, purpose=MARAC, age=None) is Approach.ASK


def test_what_could_do_most_harm_is_asked_about_whatever_the_risk_to_others():
    assert approach(Ground.OTHERS_AT_RISK, category=Category.FULL_FILE) is Approach.ASK
    assert approach(Ground.IMMEDIATE_DANGER, category=Category.FULL_FILE) is Approach.INFORM


def test_each_pair_has_an_answer_of_its_own():
    found = approaches([SUPPORT, MARAC], [EET, Category.HEALTH], [], 17)

    assert set(found) == {(p, c) for p in (SUPPORT, MARAC) for c in (EET, Category.HEALTH)}
    assert {pair[0] for pair, how in found.items() if how is Approach.INFORM} == {MARAC}


@given(
    st.sampled_from(Purpose),
    st.sampled_from(Category),
    st.frozensets(st.sampled_from(Ground)),
    st.none() | st.integers(0, 90),
    st.sampled_from(ConsentState),
)
def test_what_is_recorded_does_not_change_whether_one_may_ask(
    purpose, category, grounds, age, state
):
    question = replace(
        READY,
        purpose=purpose,
        category=category,
        subject_age=age,
        harm_to_other=Ground.OTHERS_AT_RISK in grounds,
    )

    asked = ask_or_inform(replace(question, consent_state=state))

    assert asked == ask_or_inform(question)
    assert asked.if_refused.tells is (asked.approach is Approach.INFORM)
