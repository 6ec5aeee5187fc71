"""The words that are read or said to a person: whole, theirs, and without the words of a case."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sharing.rules.asking import Ground
from hub.sharing.rules.coded import Category, Purpose
from hub.sharing.rules.consent_words import (
    BECAUSE,
    SO_THAT,
    STATE_WORDS,
    TO_YOU,
    listed,
    words_to_read,
    words_to_tell,
)
from hub.sharing.rules.consents import RECORDED
from kit.loaded_words import loaded_words

DAY = date(2026, 12, 1)


def test_everything_that_can_be_chosen_has_words():
    assert set(TO_YOU) == set(Category)
    assert set(SO_THAT) == set(Purpose)
    assert set(BECAUSE) == set(Ground)
    assert set(STATE_WORDS) == RECORDED


def test_the_words_say_what_why_to_whom_until_when_and_how_to_take_it_back():
    said = words_to_read(
        {Purpose.SAFETY_PLANNING}, {Category.HEALTH, Category.EET}, ["A", "B", "C"], DAY
    )

    assert "We would like to tell A, B and C:" in said
    assert "- your education, training and work\n- your health" in said
    assert "- to plan for your safety" in said
    assert "A yes ends on 1 December 2026. You can take it back before." in said
    assert "Whatever you say, you keep the support" in said


def test_without_names_it_is_whoever_signed():
    assert "the agencies that have signed an agreement with us" in words_to_read(
        {Purpose.SUPPORT}, {Category.EET}, None, DAY
    )


def test_who_is_told_hears_what_and_why_and_is_asked_what_they_want():
    said = words_to_tell({Category.HEALTH}, ["A"], {Ground.COURT_ORDER, Ground.OTHERS_AT_RISK})

    assert "We have to tell A your health, because a court has ordered it and somebody else" in said
    assert "what you want to happen" in said
    assert "because you are under 18" in words_to_tell({Category.HEALTH}, None, ())


@given(
    st.frozensets(st.sampled_from(Purpose), min_size=1),
    st.frozensets(st.sampled_from(Category), min_size=1),
    st.frozensets(st.sampled_from(Ground)),
)
def test_a_paper_that_is_left_lying_says_nothing_of_a_case(purposes, categories, grounds):
    assert loaded_words(words_to_read(purposes, categories, None, DAY)) == []
    assert loaded_words(words_to_tell(categories, None, grounds)) == []


@pytest.mark.parametrize(
    ("names", "said"),
    [((), ""), (("A",), "A"), (("A", "B"), "A and B"), (("A", "B", "C"), "A, B and C")],
)
def test_names_in_a_sentence(names, said):
    assert listed(list(names)) == said
