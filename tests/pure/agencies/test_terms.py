"""What is typed into the search box, taken apart."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.agencies.rules.kinds import ContactRole as R
from hub.agencies.rules.kinds import ServiceKind as S
from hub.agencies.rules.terms import (
    Wanted,
    alike,
    folded_words,
    grams,
    index_words,
    place_served,
    postcode_pieces,
    score,
    understand,
)


@pytest.mark.parametrize(
    ("typed", "services", "roles", "words", "district"),
    [
        ("who do I ring for leaving care in Louth, now?", {S.LEAVING_CARE}, set(), ("louth",), ""),
        ("leavng care lowth", {S.LEAVING_CARE}, set(), ("lowth",), ""),
        ("care leavers team", {S.LEAVING_CARE}, set(), (), ""),
        ("aftercare Sleaford", {S.LEAVING_CARE}, set(), ("sleaford",), ""),
        ("PA in LN11 9AA", {S.LEAVING_CARE}, {R.LEAVING_CARE_WORKER}, (), "LN11"),
        ("personal advisor", {S.LEAVING_CARE}, {R.LEAVING_CARE_WORKER}, (), ""),
        ("ng34", set(), set(), (), "NG34"),
        ("socail worker Boston", {S.SOCIAL_WORK}, {R.SOCIAL_WORKER}, ("boston",), ""),
        ("marac rep police", {S.MARAC, S.POLICE}, {R.MARAC_REPRESENTATIVE}, (), ""),
        ("caldicot guardian", set(), {R.CALDICOTT_GUARDIAN}, (), ""),
        ("duty desk Lincoln", set(), {R.DUTY_DESK}, ("lincoln",), ""),
        ("SPOC", set(), {R.SINGLE_POINT_OF_CONTACT}, (), ""),
        ("O'Brien", set(), set(), ("obrien",), ""),
        ("José", set(), set(), ("jose",), ""),
        ("who can I call?", set(), set(), (), ""),
        ("", set(), set(), (), ""),
    ],
)
def test_what_is_typed_is_kind_role_place_and_words(typed, services, roles, words, district):
    found = understand(typed)

    assert (found.services, found.roles, found.words) == (services, roles, words)
    assert (found.postcodes[-1] if found.postcodes else "") == district


def test_a_question_of_small_words_alone_asks_for_nothing():
    assert understand("who do I ring now?").is_empty
    assert not Wanted(words=("louth",)).is_empty


@pytest.mark.parametrize(
    ("text", "pieces"),
    [
        ("ln11 9aa", ("LN11 9AA", "LN11 9", "LN11")),
        ("LN119AA", ("LN11 9AA", "LN11 9", "LN11")),
        ("LN2 4", ("LN2 4", "LN2")),
        ("ec1a", ("EC1A",)),
        ("Louth", ()),
        ("", ()),
    ],
)
def test_a_postcode_has_a_sector_and_a_district(text, pieces):
    assert postcode_pieces(text) == pieces


def test_a_place_served_is_kept_in_capitals_only_when_it_is_a_postcode():
    assert [place_served(each) for each in ("ln11", "East  Lindsey")] == ["LN11", "East Lindsey"]


@pytest.mark.parametrize(
    ("typed", "word", "found"),
    [
        ("louth", "louth", True),
        ("lowth", "louth", True),  # one letter wrong
        ("luoth", "louth", True),  # two swapped
        ("loth", "louth", True),  # one missing
        ("kouth", "louth", True),  # the first one wrong
        ("sleeford", "sleaford", True),
        ("peterboro", "peterborough", True),  # the beginning
        ("examplfield", "examplefield", True),
        ("kim", "tim", False),  # too short to be wrong about
        ("lincoln", "louth", False),
        ("north", "south", False),
    ],
)
def test_words_are_found_with_a_slip_and_not_with_two(typed, word, found):
    assert (score((typed,), word) > 0) is found
    if found:
        assert grams(typed) & grams(word)


def test_every_word_typed_must_be_found():
    assert score(("carol", "louth"), "carol jones lincoln") == 0
    assert score(("carol", "lincoln"), "carol jones lincoln") == 1
    assert score((), "anything") == 1


@given(st.text(max_size=150))
def test_anything_can_be_typed(typed):
    found = understand(typed)

    assert len(found.words) <= 8
    assert index_words([typed]) == " ".join(dict.fromkeys(folded_words(typed)))


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("Zoë O\u2019Neill-D'Arcy", ["zoe", "oneill", "darcy"]),
        ("Łukasz Sørensen", ["lukasz", "sorensen"]),
        ("Günter Groß", ["gunter", "gross"]),
        ("محمد علي", ["محمد", "علي"]),
        ("Іван_Шевченко", ["іван", "шевченко"]),
    ],
)
def test_a_name_can_be_found_in_whatever_script_it_is_written(name, words):
    assert folded_words(name) == words
    assert score(tuple(words), index_words([name])) == 1


@given(st.text(alphabet="abcdefgh", min_size=4, max_size=12), st.data())
def test_likeness_is_never_above_one_and_one_for_the_same(word, data):
    other = data.draw(st.text(alphabet="abcdefgh", min_size=4, max_size=12))

    assert alike(word, word) == 1
    assert 0 <= alike(word, other) <= 1
