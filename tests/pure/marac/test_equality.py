"""Whose answers count: the referral's until others are recorded, and never a guess."""

import pytest

from hub.marac.rules.equality import COUNTED, counted_answers, in_words, not_known

REFERRAL = {"is_minoritised": "yes", "is_disabled": "not_known", "language": "Welsh"}


def test_the_referrals_own_answers_count_until_others_are_recorded():
    assert counted_answers(REFERRAL, "female") == {
        "is_minoritised": "yes",
        "is_disabled": "not_known",
        "is_lgbt": "not_known",
        "gender": "female",
    }


def test_a_record_counts_whole_also_where_it_takes_an_answer_back():
    recorded = {"is_minoritised": "not_known", "is_disabled": "no", "is_lgbt": "yes"}
    assert counted_answers(REFERRAL, "female", recorded) == {
        "is_minoritised": "not_known",
        "is_disabled": "no",
        "is_lgbt": "yes",
        "gender": "not_known",
    }


@pytest.mark.parametrize("nothing", [None, ""])
def test_what_nobody_said_is_not_known(nothing):
    answers = counted_answers(dict.fromkeys(COUNTED, nothing), nothing)
    assert set(answers.values()) == {"not_known"}
    assert not_known(answers) == COUNTED
    assert not_known({**answers, "is_lgbt": "no", "gender": "male"}) == (
        "is_minoritised",
        "is_disabled",
    )


def test_a_whole_record_says_the_answers_in_a_line():
    said = {"is_minoritised": "yes", "is_disabled": "no", "is_lgbt": "not_known"}
    assert in_words(said) == (
        "racially minoritised yes, disability no, LGBT+ not known, sex or gender not known"
    )
