"""Who must be asked about care experience, at every edge of 16 to 25."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.kernel.days import age_on, birthday
from hub.referrals.rules import PersonSaid, care_question
from hub.referrals.states import PartyRole

TODAY = date(2026, 6, 1)
UNBORN = {"is_unborn": True}


def person(**said):
    return PersonSaid(role=PartyRole.OTHER_ADULT, position=1, **said)


@pytest.mark.parametrize(
    ("said", "asked", "rule"),
    [
        ({}, True, "age_unknown"),
        (UNBORN, False, "unborn"),
        ({"date_of_birth": date(2010, 6, 2)}, False, "other_age"),  # 16 tomorrow
        ({"date_of_birth": date(2010, 6, 1)}, True, "age_16_to_25"),  # 16 today
        ({"date_of_birth": date(2000, 6, 2)}, True, "age_16_to_25"),  # 26 tomorrow
        ({"date_of_birth": date(2000, 6, 1)}, False, "other_age"),  # 26 today
        # records disagree: either date counts
        (
            {"date_of_birth": date(1990, 1, 1), "other_date_of_birth": date(2005, 1, 1)},
            True,
            "age_16_to_25",
        ),
        ({"other_date_of_birth": date(2005, 1, 1)}, True, "age_16_to_25"),
        ({"date_of_birth": date(1980, 1, 1), "other_date_of_birth": date(1981, 1, 1)}, False, ""),
        # an approximate date is up to five years out, and the doubt is on the asking side
        ({"date_of_birth": date(1996, 1, 1), "is_date_approximate": True}, True, "age_16_to_25"),
        ({"date_of_birth": date(1996, 1, 1)}, False, "other_age"),
        ({"date_of_birth": date(1990, 1, 1), "is_date_approximate": True}, False, "other_age"),
        ({"about_age": 11}, True, "age_16_to_25"),
        ({"about_age": 10}, False, "other_age"),
        ({"about_age": 30}, True, "age_16_to_25"),
        ({"about_age": 31}, False, "other_age"),
        # a date of birth says more than a guess
        ({"date_of_birth": date(1980, 1, 1), "about_age": 20}, False, "other_age"),
        ({"date_of_birth": date(2005, 1, 1), "about_age": 50}, True, "age_16_to_25"),
    ],
)
def test_who_is_asked(said, asked, rule):
    decision = care_question(person(**said), TODAY)
    assert decision.allowed is asked
    assert not rule or decision.rule == rule
    assert decision.reasons


def test_somebody_born_on_29_february_turns_16_on_1_march_and_26_on_1_march():
    born = date(2008, 2, 29)
    assert care_question(person(date_of_birth=born), date(2024, 2, 28)).allowed is False
    assert care_question(person(date_of_birth=born), date(2024, 2, 29)).allowed is True
    leap = date(2000, 2, 29)
    assert care_question(person(date_of_birth=leap), date(2026, 2, 28)).allowed is True
    assert care_question(person(date_of_birth=leap), date(2026, 3, 1)).allowed is False


@given(st.dates(date(1920, 1, 1), TODAY), st.booleans())
def test_an_exact_date_of_birth_asks_just_those_of_16_to_25(born, twice):
    said = person(date_of_birth=born, other_date_of_birth=born if twice else None)
    assert care_question(said, TODAY).allowed is (16 <= age_on(born, TODAY) <= 25)
    assert care_question(said, birthday(born, 16)).allowed is True
    assert care_question(said, birthday(born, 26)).allowed is False


@given(st.integers(0, 120), st.dates(date(1920, 1, 1), TODAY))
def test_an_approximate_age_never_leaves_out_somebody_who_might_be_16_to_25(guess, born):
    truly = age_on(born, TODAY)
    if 16 <= truly <= 25 and abs(truly - guess) <= 5:
        assert care_question(person(about_age=guess), TODAY).allowed
