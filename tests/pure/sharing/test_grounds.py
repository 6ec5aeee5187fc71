"""What weighing both risks can rest on, and a question as plain values and back."""

import json
from dataclasses import replace

import pytest

from hub.cli.case_files import read_cases
from hub.sharing.rules import (
    ConsentState,
    Ground,
    OverrideBasis,
    Purpose,
    Weighing,
    coded,
    decide,
    open_grounds,
    question_of,
    weighed,
    weighed_likewise,
)
from parts.typical_cases import LIMBS, POLICE, TYPICAL, asked

AS_RECORDED, SERIOUS, SOMEBODY = Ground.AS_RECORDED, Ground.SERIOUS_HARM, Ground.SOMEBODY_ELSE


def question(rule, **changes):
    (case,) = read_cases(json.dumps({"version": 1, "cases": [asked(rule, **changes)]}))
    return case.asked


OPEN = [
    # what nobody's weighing helps: identity, relation, an agreement, pressure
    *((rule, {}, ()) for rule in (1, 2, 3, 7, 8, 9, 10, 12, 16, 17, 18, 19)),
    # a single request without an agreement needs a safeguarding basis
    (15, {}, (SERIOUS,)),
    # what is recorded suffices: only a yes is wanting
    *((rule, {}, (AS_RECORDED,)) for rule in (11, 14, 20, 22, 23, 24, 25, 26, 27, 28, 29)),
    (11, {"weighing": "do_not_share"}, (AS_RECORDED,)),
    # an adult who said no: serious harm counts at a MARAC only
    (31, {"subject_age": 18}, (SOMEBODY,)),
    (31, {"subject_age": 18, "purpose": "marac_risk"}, (SERIOUS, SOMEBODY)),
    (31, {"subject_age": 18, "purpose": "marac_risk", "s42": LIMBS}, (SOMEBODY,)),
    # under 18 a risk of harm suffices
    (31, {"subject_age": 17}, (SERIOUS, SOMEBODY)),
    (30, {}, (SOMEBODY,)),
    (32, {}, (SOMEBODY,)),
    (33, {}, (SOMEBODY,)),
]


@pytest.mark.parametrize(("rule", "changes", "grounds"), OPEN)
def test_only_grounds_are_offered_on_which_a_rule_lets_it_go(rule, changes, grounds):
    assert open_grounds(question(rule, **changes)) == grounds


def test_a_ground_states_this_and_nothing_else():
    before = question(31, override_basis=["best_interests"])
    assert weighed(before, AS_RECORDED) == replace(before, weighing=Weighing.SHARE)
    assert weighed(before, SOMEBODY) == replace(before, weighing=Weighing.SHARE, harm_to_other=True)
    assert weighed(before, SERIOUS) == replace(
        before,
        weighing=Weighing.SHARE,
        serious_harm_likely=True,
        risk_of_harm=True,
        override_basis=frozenset(
            {
                OverrideBasis.BEST_INTERESTS,
                OverrideBasis.S115,
                OverrideBasis.SCH1_PARA_10,
                OverrideBasis.SAFEGUARDING,
            }
        ),
    )


@pytest.mark.parametrize("ground", Ground)
def test_what_was_weighed_holds_of_the_facts_as_they_are_now(ground):
    before = weighed(question(31), ground)
    now = replace(question(31), purpose=Purpose.MARAC_RISK, subject_age=44)
    assert weighed_likewise(now, before) == weighed(now, ground)


def test_what_is_recorded_since_is_not_lost_beside_what_was_weighed():
    basis = frozenset({OverrideBasis.SCH1_PARA_6})
    facts = {"serious_harm_likely": True, "risk_of_harm": True, "harm_to_other": True}
    now = replace(question(31), override_basis=basis, consent_state=ConsentState.EXPIRED, **facts)
    likewise = weighed_likewise(now, weighed(question(31), AS_RECORDED))
    assert likewise == replace(now, weighing=Weighing.SHARE)


@pytest.mark.parametrize("rule", TYPICAL)
def test_a_question_comes_back_from_its_plain_values(rule):
    before = question(rule, s42=LIMBS, override_basis=["safeguarding", "s115"])
    values = json.loads(json.dumps(coded(before)))
    assert question_of(values) == before
    (read,) = read_cases(json.dumps({"version": 1, "cases": [{"id": "c", **values}]}))
    assert read.asked == before
    assert decide(question_of(values)) == decide(before)


@pytest.mark.parametrize("request_", [None, {}, POLICE["police_victim_request"]])
def test_a_request_of_the_police_comes_back_from_its_plain_values(request_):
    before = question(7, police_victim_request=request_)
    assert question_of(json.loads(json.dumps(coded(before)))) == before


def test_sets_are_kept_in_one_order():
    assert coded(question(30, override_basis=["safeguarding", "s115"]))["override_basis"] == [
        "s115",
        "safeguarding",
    ]


def test_every_word_comes_back_as_a_word_and_not_as_text():
    before = question(8)
    after = question_of(json.loads(json.dumps(coded(before))))
    for name in coded(before):
        assert type(getattr(after, name)) is type(getattr(before, name)), name
    assert type(after.police_victim_request.notice) is type(before.police_victim_request.notice)
