"""A yes stands five tests or is none; how long it counts; who judges competence."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest

from hub.sharing.rules.coded import Category, Competence, ConsentState, Purpose
from hub.sharing.rules.consent_terms import (
    AgeBand,
    Alone,
    Answer,
    Giver,
    Interpreter,
    Lasting,
    Method,
    PhoneHeld,
    Test,
    age_band,
    failing,
    must_judge_competence,
    parents_end,
    state_of_answer,
    usual_end,
)
from hub.sharing.rules.consents import GIVING, RECORDED, ConsentScope, LeftOut

S = ConsentState
TODAY = date(2026, 6, 1)
SCOPE = ConsentScope(
    purposes=frozenset({Purpose.SAFETY_PLANNING}),
    categories=frozenset({Category.EET}),
    agencies=frozenset({UUID(int=1)}),
)
YES = Answer(
    state=S.GIVEN_EXPLICIT,
    giver=Giver.SELF,
    scope=SCOPE,
    said_on=TODAY,
    expires_on=TODAY + timedelta(days=1),
    age=19,
    competence=Competence.NOT_ASSESSED,
    is_reasoned=False,
    is_read=True,
    is_understood=True,
    alone=Alone.ALONE,
    phone=PhoneHeld.NOT_BY_PHONE,
    interpreter=Interpreter.NOT_NEEDED,
    method=Method.IN_PERSON,
    authority_seen=False,
)
YOUNG = {"age": 13, "competence": Competence.COMPETENT, "is_reasoned": True}
PARENT = {
    "state": S.GIVEN_BY_PR,
    "giver": Giver.PARENT,
    "age": 13,
    "competence": Competence.NOT_COMPETENT,
    "is_reasoned": True,
    "authority_seen": True,
}
DEPUTY = {
    "giver": Giver.DEPUTY,
    "age": 30,
    "competence": Competence.NOT_COMPETENT,
    "authority_seen": True,
}


def failed(**changes):
    return {(one.test, one.field) for one in failing(replace(YES, **changes), TODAY)}


@pytest.mark.parametrize(
    "valid",
    [
        {},
        {"age": 16},
        {"age": 17},
        {"state": S.GIVEN_LIMITED},
        {"alone": Alone.SUPPORTED},
        {"interpreter": Interpreter.INDEPENDENT},
        {"method": Method.TELEPHONE, "phone": PhoneHeld.OWN},
        {"method": Method.SIGNED, "phone": PhoneHeld.NOT_CHECKED},
        {"scope": replace(SCOPE, agencies=None)},
        {"scope": replace(SCOPE, categories=frozenset({Category.IMMIGRATION}))},
        YOUNG,
        YOUNG | {"age": 11},
        YOUNG | {"age": None},
        PARENT,
        PARENT | {"age": 15},
        PARENT | {"giver_is_alleged_perpetrator": True},  # the decision table lets it count for no
        DEPUTY,
        DEPUTY | {"age": 16},
    ],
)
def test_a_yes_that_stands_all_five_tests_is_one(valid):
    assert failed(**valid) == set()


@pytest.mark.parametrize(
    ("broken", "test", "field"),
    [
        ({"is_read": False}, Test.INFORMED, "words_read"),
        ({"is_understood": False}, Test.INFORMED, "understood"),
        ({"alone": Alone.OVERHEARD}, Test.VOLUNTARY, "alone"),
        ({"alone": Alone.NOT_CHECKED}, Test.VOLUNTARY, "alone"),
        ({"interpreter": Interpreter.FAMILY}, Test.VOLUNTARY, "interpreter"),
        *(
            ({"method": method, "phone": phone}, Test.VOLUNTARY, "phone")
            for method in (Method.TELEPHONE, Method.VIDEO, Method.MESSAGE)
            for phone in (PhoneHeld.NOT_BY_PHONE, PhoneHeld.SOMEBODY_ELSE, PhoneHeld.NOT_CHECKED)
        ),
        ({"competence": Competence.NOT_COMPETENT}, Test.CAPABLE, "competence"),
        (YOUNG | {"competence": Competence.NOT_ASSESSED}, Test.CAPABLE, "competence"),
        (YOUNG | {"competence": Competence.NOT_COMPETENT}, Test.CAPABLE, "competence"),
        (YOUNG | {"age": 15, "is_reasoned": False}, Test.CAPABLE, "competence_reason"),
        (YOUNG | {"age": None, "is_reasoned": False}, Test.CAPABLE, "competence_reason"),
        (PARENT | {"age": 16, "is_reasoned": False}, Test.CAPABLE, "giver"),
        (PARENT | {"age": 40, "is_reasoned": False}, Test.CAPABLE, "giver"),
        (PARENT | {"age": None}, Test.CAPABLE, "giver"),
        (PARENT | {"competence": Competence.COMPETENT}, Test.CAPABLE, "giver"),
        (PARENT | {"competence": Competence.NOT_ASSESSED}, Test.CAPABLE, "giver"),
        (PARENT | {"state": S.GIVEN_EXPLICIT}, Test.CAPABLE, "giver"),
        (YOUNG | {"state": S.GIVEN_BY_PR}, Test.CAPABLE, "giver"),
        (PARENT | {"authority_seen": False}, Test.CAPABLE, "authority_seen"),
        (DEPUTY | {"age": 15, "is_reasoned": True}, Test.CAPABLE, "giver"),
        (DEPUTY | {"age": None, "is_reasoned": True}, Test.CAPABLE, "giver"),
        (DEPUTY | {"competence": Competence.NOT_ASSESSED}, Test.CAPABLE, "giver"),
        (DEPUTY | {"authority_seen": False}, Test.CAPABLE, "authority_seen"),
        (DEPUTY | {"giver_is_alleged_perpetrator": True}, Test.CAPABLE, "giver"),
        ({"scope": replace(SCOPE, purposes=frozenset())}, Test.SPECIFIC, "purposes"),
        ({"scope": replace(SCOPE, categories=frozenset())}, Test.SPECIFIC, "categories"),
        ({"scope": replace(SCOPE, agencies=frozenset())}, Test.SPECIFIC, "agencies"),
        *(
            (
                {"scope": replace(SCOPE, categories=frozenset({one}), agencies=None)},
                Test.SPECIFIC,
                "agencies",
            )
            for one in (
                Category.SAFE_ADDRESS,
                Category.FULL_FILE,
                Category.IMMIGRATION,
                Category.SEXUAL_LIFE,
            )
        ),
        ({"said_on": TODAY + timedelta(days=1)}, Test.CURRENT, "said_on"),
        ({"expires_on": TODAY}, Test.CURRENT, "expires_on"),
    ],
)
def test_a_yes_that_fails_one_test_fails_that_one_alone_and_is_told_the_cure(broken, test, field):
    assert failed(**broken) == {(test, field)}


@pytest.mark.parametrize("state", sorted(RECORDED - GIVING))
def test_what_is_no_yes_needs_no_test(state):
    worst = {
        "is_read": False,
        "alone": Alone.OVERHEARD,
        "expires_on": None,
        "scope": replace(SCOPE, purposes=frozenset()),
    }

    assert failed(state=state, **worst) == set()


@pytest.mark.parametrize(
    ("purposes", "ends"),
    [
        ({Purpose.SAFETY_PLANNING}, date(2026, 12, 1)),
        ({Purpose.KEEP_IN_TOUCH}, date(2027, 6, 1)),
        ({Purpose.MARAC_RISK}, date(2026, 8, 24)),
        ({Purpose.KEEP_IN_TOUCH, Purpose.SUPPORT}, date(2026, 12, 1)),
        ({Purpose.KEEP_IN_TOUCH, Purpose.MARAC_RISK}, date(2026, 8, 24)),
        (set(), date(2026, 12, 1)),
    ],
)
def test_a_yes_lasts_as_long_as_the_shortest_of_its_purposes(purposes, ends):
    assert usual_end(purposes, TODAY, Lasting()) == ends


def test_how_long_it_lasts_can_be_set():
    shorter = Lasting(planning_months=1, contact_months=2, review_weeks=1)

    assert usual_end({Purpose.SUPPORT}, TODAY, shorter) == date(2026, 7, 1)
    assert usual_end({Purpose.KEEP_IN_TOUCH}, TODAY, shorter) == date(2026, 8, 1)
    assert usual_end({Purpose.MARAC_RISK}, TODAY, shorter) == date(2026, 6, 8)


@pytest.mark.parametrize(
    ("age", "must"), [(None, True), (0, True), (11, True), (15, True), (16, False), (40, False)]
)
def test_competence_is_judged_below_16_and_presumed_from_then_on(age, must):
    assert must_judge_competence(age) is must


@pytest.mark.parametrize(
    ("age", "band"),
    [
        (None, AgeBand.UNKNOWN),
        (0, AgeBand.CHILD),
        (11, AgeBand.CHILD),
        (12, AgeBand.GILLICK),
        (15, AgeBand.GILLICK),
        (16, AgeBand.PRESUMED),
        (17, AgeBand.PRESUMED),
        (18, AgeBand.ADULT),
    ],
)
def test_bands_of_age(age, band):
    assert age_band(age) is band


@pytest.mark.parametrize(
    ("giver", "left_out", "is_yes", "state"),
    [
        (Giver.SELF, LeftOut(), True, S.GIVEN_EXPLICIT),
        (Giver.SELF, LeftOut(in_words=True), True, S.GIVEN_LIMITED),
        (Giver.DEPUTY, LeftOut(), True, S.GIVEN_EXPLICIT),
        (Giver.PARENT, LeftOut(), True, S.GIVEN_BY_PR),
        (Giver.PARENT, LeftOut(), False, S.REFUSED),
        (Giver.SELF, LeftOut(in_words=True), False, S.REFUSED),
    ],
)
def test_which_state_an_answer_is(giver, left_out, is_yes, state):
    assert state_of_answer(giver, left_out, is_yes=is_yes) is state


def test_a_parents_yes_ends_on_the_16th_birthday_at_the_latest():
    born = date(2010, 8, 1)

    assert parents_end(born, date(2026, 12, 1)) == date(2026, 8, 1)
    assert parents_end(born, date(2026, 7, 1)) == date(2026, 7, 1)
