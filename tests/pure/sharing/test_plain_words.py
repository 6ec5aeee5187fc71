"""Every rule of the table has its words: what it wants written down, and what would change it."""

import pytest

from hub.sharing.rules import TABLE, Approver, Outcome, Scope
from hub.sharing.rules.approvers import WORDS
from hub.sharing.rules.plain_words import (
    ITEM_BY_ITEM,
    KEPT_BY_THE_HUB,
    OUTCOMES,
    RECORDS,
    SCOPES,
    WAYS,
    said_outcome,
    said_people,
)

CODES = {code for row in TABLE for code in row.record}


def test_each_rule_says_what_would_change_it_and_no_other_number_does():
    assert sorted(WAYS) == [row.rule for row in TABLE] == list(range(1, 34))
    assert all(text.endswith(".") for text in WAYS.values())


def test_a_way_is_not_said_of_two_rules_that_hold_or_refuse():
    shut = [row.rule for row in TABLE if not row.approvers or row.effects[-1].outcome in SHUT]
    said = [WAYS[rule] for rule in shut]
    assert len(set(said)) == len(said)


SHUT = {Outcome.HOLD, Outcome.REFUSE}


def test_each_thing_to_write_down_has_words_and_none_stands_for_nothing():
    assert set(RECORDS) == CODES
    assert KEPT_BY_THE_HUB <= CODES


def test_outcomes_scopes_and_approvers_all_have_words():
    assert set(OUTCOMES) == set(Outcome)
    assert set(SCOPES) == set(Scope)
    assert set(WORDS) == set(Approver)


@pytest.mark.parametrize(
    ("letters", "said"),
    [
        ((), "nobody"),
        ((Approver.MANAGER,), "a team manager"),
        (
            (Approver.MANAGER, Approver.CALDICOTT_GUARDIAN),
            "a team manager and the Caldicott Guardian",
        ),
        (
            (Approver.MANAGER, Approver.SIRO, Approver.LEGAL),
            "a team manager, the senior information risk owner and a legal adviser",
        ),
    ],
)
def test_people_are_named_and_never_lettered(letters, said):
    assert said_people(letters) == said


def test_what_is_held_for_two_approvals_says_so():
    assert said_outcome(Outcome.HOLD, is_item_by_item=True) == ITEM_BY_ITEM
    assert said_outcome(Outcome.HOLD) == OUTCOMES[Outcome.HOLD]
