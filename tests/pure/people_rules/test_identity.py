"""Who is asked about, whom a desk is shown, by when it answers, and what confirms somebody."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from hub.kernel.errors import IllegalMoveError
from hub.people.matching.subjects import Entry
from hub.people.rules.asked import asked_from, asked_text
from hub.people.rules.identity import (
    MOST_SHOWN,
    Asked,
    alias_pair,
    best_candidates,
    confirmation,
    due_at,
    masked,
    may_be_of_age,
    must_ask,
    queries_for,
)
from hub.people.states import CHECK, CheckAction, CheckState

TODAY = date(2026, 6, 1)
MONDAY = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
PARTY, CONCERN = UUID(int=1), UUID(int=2)


def asked(**values):
    return Asked(party_id=PARTY, concern_id=CONCERN, **values)


AGES = [
    ({"date_of_birth": date(2010, 6, 1)}, True),  # 16 today
    ({"date_of_birth": date(2010, 8, 24)}, True),  # 16 in exactly 12 weeks
    ({"date_of_birth": date(2010, 8, 25)}, False),
    ({"date_of_birth": date(2000, 6, 2)}, True),  # 25 until tomorrow
    ({"date_of_birth": date(2000, 6, 1)}, False),  # 26 today
    ({}, True),  # unknown age is asked
    ({"date_of_birth": date(1970, 1, 1), "other_date_of_birth": date(2007, 1, 1)}, True),
    ({"date_of_birth": date(1998, 1, 1), "is_date_approximate": True}, True),  # 28, or 23
    ({"date_of_birth": date(1990, 1, 1), "is_date_approximate": True}, False),
    ({"about_year": 2016}, True),  # about 10, or 15
    ({"about_year": 2018}, False),
    ({"about_year": 1996}, True),  # about 30, or 25
    ({"about_year": 1995}, False),
]


@pytest.mark.parametrize(("values", "expected"), AGES)
def test_who_may_be_16_to_25(values, expected):
    assert may_be_of_age(asked(**values), TODAY) is expected


def test_every_possible_birthday_is_looked_for():
    one, other = date(2006, 3, 9), date(2007, 3, 9)
    births = [
        (query.date_of_birth, query.approximate_year)
        for query in queries_for(
            asked(date_of_birth=one, other_date_of_birth=other, is_date_approximate=True)
        )
    ]
    assert births == [(one, None), (other, None), (None, 2006)]
    (alone,) = queries_for(asked(about_year=2008))
    assert (alone.date_of_birth, alone.approximate_year) == (None, 2008)
    (nothing,) = queries_for(asked())
    assert (nothing.date_of_birth, nothing.approximate_year) == (None, None)


@pytest.mark.parametrize(
    ("line", "pair"),
    [
        ("Beth O'Neill", ("Beth", "O'Neill")),
        ("Beth Ann O'Neill", ("Beth Ann", "O'Neill")),
        ("Beth", ("Beth", "")),
        ("", ("", "")),
    ],
)
def test_a_name_on_one_line(line, pair):
    assert alias_pair(line) == pair


def entry(number, **values):
    known = {
        "given_name": "Elizabeth",
        "family_name": "O'Neill",
        "date_of_birth": date(2006, 3, 9),
        "postcodes": ("LN2 4ZZ",),
    }
    return Entry(person_id=f"{number:04}", **(known | values))


def test_the_likeliest_come_first_and_five_at_most():
    beth = asked(
        given_name="Beth",
        family_name="ONeill",
        date_of_birth=date(2006, 3, 9),
        postcodes=("LN2 4ZZ",),
    )
    crowd = [entry(n, date_of_birth=date(2006, 3, 9 + n)) for n in range(1, 9)]

    found = best_candidates(beth, [*crowd, entry(0)], TODAY)

    assert found[0].person_id == "0000"
    assert len(found) == MOST_SHOWN


RIGHT, WRONG = date(2006, 3, 9), date(2004, 3, 9)


@pytest.mark.parametrize(("one", "other"), [(RIGHT, WRONG), (WRONG, RIGHT)])
def test_the_better_of_two_birthdays_counts(one, other):
    beth = asked(
        given_name="Elizabeth",
        family_name="O'Neill",
        date_of_birth=one,
        other_date_of_birth=other,
        postcodes=("LN2 4ZZ",),
    )
    (found,) = best_candidates(beth, [entry(0)], TODAY)
    assert found.comparison.band == "probable"


def test_a_father_is_not_taken_for_his_son():
    father = asked(
        given_name="Elizabeth",
        family_name="O'Neill",
        date_of_birth=date(1976, 3, 9),
        postcodes=("LN2 4ZZ",),
    )
    assert best_candidates(father, [entry(0)], TODAY) == []
    assert not must_ask(father, [], TODAY)


MUST = [
    ("yes", False, True),
    ("no", False, False),
    ("not_known", False, True),
    ("no", True, True),  # many do not say, so a candidate is always looked at
]


@pytest.mark.parametrize(("answer", "has_candidate", "expected"), MUST)
def test_a_no_is_believed_only_without_a_candidate(answer, has_candidate, expected):
    beth = asked(
        given_name="Elizabeth",
        family_name="O'Neill",
        date_of_birth=date(2006, 3, 9),
        postcodes=("LN2 4ZZ",),
        care_answer=answer,
    )
    candidates = best_candidates(beth, [entry(0)], TODAY) if has_candidate else []
    assert must_ask(beth, candidates, TODAY) is expected


FRIDAY = datetime(2026, 5, 22, 15, 30, tzinfo=UTC)
DUE = [
    (MONDAY, False, None, MONDAY + timedelta(days=1)),
    (FRIDAY, False, None, FRIDAY + timedelta(days=4)),  # weekend and a bank holiday Monday
    (MONDAY, True, None, MONDAY + timedelta(hours=2)),
    (MONDAY, False, MONDAY + timedelta(hours=5), MONDAY + timedelta(hours=5)),
    (MONDAY, False, MONDAY + timedelta(days=20), MONDAY + timedelta(days=1)),
    (MONDAY, False, MONDAY - timedelta(days=1), MONDAY),  # never into the past
]


@pytest.mark.parametrize(("now", "is_urgent", "deadline", "expected"), DUE)
def test_by_when_a_desk_answers(now, is_urgent, deadline, expected):
    assert due_at(now, is_urgent=is_urgent, deadline=deadline) == expected


CONFIRMATIONS = [
    ({"nhs_number", "date_of_birth"}, False, "confirmed_by_person"),
    ({"nhs_number"}, False, "two_facts"),
    (set(), False, "two_facts"),
    ({"nhs_number", "name"}, False, "two_facts"),  # a name proves nobody
    ({"nhs_number", "date_of_birth"}, True, "one_place_each"),
]


@pytest.mark.parametrize(("facts", "is_taken", "rule"), CONFIRMATIONS)
def test_two_facts_confirm_somebody_once(facts, is_taken, rule):
    decision = confirmation(facts, is_taken=is_taken)
    assert decision.rule == rule
    assert decision.allowed is (rule == "confirmed_by_person")
    assert bool(decision.reasons) is not decision.allowed


def test_an_nhs_number_shows_its_last_four_digits():
    assert masked("9990000018").endswith(" 0018")
    assert "999" not in masked("9990000018")
    assert masked(None) == masked("") == ""


def test_a_question_is_kept_and_read_again():
    whole = asked(
        given_name="Beth",
        family_name="ONeill",
        aliases=("Betty Smith",),
        date_of_birth=date(2006, 3, 9),
        other_date_of_birth=date(2006, 9, 3),
        is_date_approximate=True,
        about_year=2006,
        postcodes=("LN2 4ZZ",),
        nhs_number="9990000018",
        phones=("07700 900123",),
        care_answer="yes",
        authority="Testshire",
        worker_name="Wor Ker",
        area_id=UUID(int=9),
        is_urgent=True,
        deadline=MONDAY,
    )
    assert asked_from(asked_text(whole), party_id=PARTY, concern_id=CONCERN) == whole
    assert asked_from("{}", party_id=PARTY, concern_id=CONCERN) == asked()
    assert asked_from('{"of_old": 1}', party_id=PARTY, concern_id=CONCERN) == asked()
    assert whole.name == "Beth ONeill"
    assert str(PARTY) not in asked_text(whole)


MOVES = [
    (CheckState.OPEN, CheckAction.CONFIRM, CheckState.CONFIRMED),
    (CheckState.OPEN, CheckAction.RULE_OUT, CheckState.RULED_OUT),
    (CheckState.OPEN, CheckAction.ASK_BACK, CheckState.ASKED_BACK),
    (CheckState.ASKED_BACK, CheckAction.CONFIRM, CheckState.CONFIRMED),
    (CheckState.ASKED_BACK, CheckAction.RULE_OUT, CheckState.RULED_OUT),
    (CheckState.ASKED_BACK, CheckAction.REOPEN, CheckState.OPEN),
    (CheckState.CONFIRMED, CheckAction.REOPEN, CheckState.OPEN),
    (CheckState.RULED_OUT, CheckAction.REOPEN, CheckState.OPEN),
]


@pytest.mark.parametrize("state", CheckState)
@pytest.mark.parametrize("action", CheckAction)
def test_a_question_moves_by_its_table(state, action):
    after = {(one, act): then for one, act, then in MOVES}.get((state, action))
    if after is None:
        with pytest.raises(IllegalMoveError):
            CHECK.step(state, action)
    else:
        assert CHECK.step(state, action) is after
