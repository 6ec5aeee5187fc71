"""How alike two names are, and what counts as the same writing."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.people.matching.names import Likeness, likeness
from hub.people.matching.normalise import (
    core_words,
    district,
    fold,
    fold_nhs_number,
    fold_phone,
    fold_postcode,
    sound,
)

WRITTEN = st.text("abcdefghijklmnoprstuvyz ", min_size=1, max_size=14).map(fold).filter(bool)


@pytest.mark.parametrize(
    ("written", "folded"),
    [
        ("O'Neill", "oneill"),  # an apostrophe is not a letter
        ("O\N{RIGHT SINGLE QUOTATION MARK}Neill", "oneill"),  # nor is a printer's one
        ("Smith-Jones", "smith jones"),  # a hyphen parts two words
        ("  Anna   Maria ", "anna maria"),  # blanks are one blank
        ("Łukasz Żółć", "lukasz zolc"),  # a barred l has no accent to take off
        ("Gençtürk", "gencturk"),
        ("Nguyễn", "nguyen"),
        ("Mac Donald", "mcdonald"),  # Mac is Mc, and belongs to its name
        ("MacDonald", "mcdonald"),
        ("Macey", "macey"),  # but not every name that begins so
        ("Miss Jane", "jane"),  # a title is no name
        ("Олена", "olena"),  # as a Ukrainian passport writes it
        ("-", ""),
    ],
)
def test_names_fold(written, folded):
    assert fold(written) == folded


@given(st.text(max_size=30))
def test_folding_twice_changes_nothing_for_plain_writing(written):
    once = fold(written)
    assert once == once.strip()
    assert "  " not in once
    assert "'" not in once


def test_particles_go_unless_they_are_the_name():
    assert core_words("al hassan") == ("hassan",)
    assert core_words("le") == ("le",)


@pytest.mark.parametrize(
    ("one", "other"),
    [("yusuf", "youssef"), ("hussein", "hossain"), ("filip", "philip"), ("khalid", "khaled")],
)
def test_transliterations_sound_the_same(one, other):
    assert sound(one) == sound(other)


@pytest.mark.parametrize(
    ("one", "other", "expected"),
    [
        ("beth", "elizabeth", Likeness.VARIANT),  # an English short form
        ("gaz", "gareth", Likeness.VARIANT),  # one that is only said
        ("siobhan", "shivaun", Likeness.VARIANT),  # an Irish spelling that no sound rule finds
        ("gosia", "malgorzata", Likeness.VARIANT),  # a Polish short form
        ("mohammed", "muhammad", Likeness.VARIANT),
        ("oneill", "neill", Likeness.VARIANT),  # the prefix left out
        ("al hassan", "hassan", Likeness.SAME),  # a particle left out
        ("jones smith", "smith jones", Likeness.SAME),  # halves the other way round
        ("smithjones", "smith jones", Likeness.SAME),
        ("smith jones", "jones", Likeness.PART),  # one half only
        ("jonathan", "jonathna", Likeness.ONE_LETTER),  # neighbours swapped
        ("gebremariam", "gabremaryam", Likeness.SOUND),
        ("al", "bo", Likeness.DIFFERENT),
        ("j", "jack", Likeness.INITIAL),
        ("k", "jack", Likeness.DIFFERENT),
        ("temi", "temitayo", Likeness.SHORTENED),
        ("jay", "ajy", Likeness.SIMILAR),  # one slip in a name too short to be sure
        ("oliver", "grace", Likeness.DIFFERENT),
    ],
)
def test_likeness(one, other, expected):
    assert likeness(one, other) is expected


@given(WRITTEN, WRITTEN)
def test_likeness_does_not_mind_who_comes_first(one, other):
    assert likeness(one, other) is likeness(other, one)


@given(WRITTEN)
def test_a_name_is_itself(name):
    assert likeness(name, name) is Likeness.SAME


def test_postcodes_telephones_and_numbers_fold():
    assert fold_postcode(" ln2 4zz") == "LN24ZZ"
    assert district("LN24ZZ") == "LN2"
    assert district("2444") == ""
    assert fold_phone("+44 1632 960123") == fold_phone("01632 960123") == "1632960123"
    assert fold_phone("960123") == ""
    assert fold_nhs_number("999 000 0018") == "9990000018"
    assert fold_nhs_number("999 000 0019") == ""
    assert fold_nhs_number(None) == ""
