"""To whom a letter says that a case was heard, and what stands in the way of one."""

from dataclasses import replace
from datetime import date, timedelta

import pytest

from hub.marac.rules.letters import ASKED_AS, CHECKED_BY, Asking, may_give
from hub.marac.states import HearingState
from hub.referrals.states import PartyRole

HEARD_ON = date(2026, 6, 29)
ASKED = Asking(
    role=PartyRole.VICTIM,
    asked_as="victim",
    asked_by="Zebedee Quillfeather",
    checked_by="document",
    is_not_for_alleged=True,
)


def test_whoever_stands_by_the_victim_is_given_one_once_it_is_sure_who_asks():
    for asked_as in ASKED_AS:
        for checked_by in CHECKED_BY:
            asked = replace(ASKED, asked_as=asked_as, checked_by=checked_by)
            assert may_give(HearingState.HEARD, HEARD_ON, HEARD_ON, asked).allowed


@pytest.mark.parametrize("state", sorted(set(HearingState) - {HearingState.HEARD}))
def test_a_case_that_was_not_heard_is_not_said_to_have_been(state):
    assert may_give(state, HEARD_ON, HEARD_ON, ASKED).rule == "not_heard"
    assert may_give(HearingState.HEARD, None, HEARD_ON, ASKED).rule == "not_heard"


def test_a_day_to_come_is_no_day_on_which_it_was_heard():
    eve = HEARD_ON - timedelta(days=1)
    assert may_give(HearingState.HEARD, HEARD_ON, eve, ASKED).rule == "not_heard"


@pytest.mark.parametrize("role", sorted(set(PartyRole) - {PartyRole.VICTIM}))
def test_a_letter_names_a_victim_and_nobody_else_of_the_case(role):
    decision = may_give(HearingState.HEARD, HEARD_ON, HEARD_ON, replace(ASKED, role=role))
    assert (decision.rule, decision.field) == ("not_a_victim", "party_id")


@pytest.mark.parametrize(
    ("other", "rule", "field"),
    [
        ({"asked_as": "alleged_perpetrator"}, "stranger", "asked_as"),
        ({"asked_as": ""}, "stranger", "asked_as"),
        ({"asked_by": "  "}, "unnamed", "asked_by"),
        ({"checked_by": ""}, "unchecked", "checked_by"),
        ({"checked_by": "by their voice"}, "unchecked", "checked_by"),
        ({"is_not_for_alleged": False}, "alleged_side", "is_not_for_alleged"),
    ],
)
def test_what_was_not_made_sure_stands_in_the_way_beside_its_field(other, rule, field):
    decision = may_give(HearingState.HEARD, HEARD_ON, HEARD_ON, replace(ASKED, **other))
    assert (decision.allowed, decision.rule, decision.field) == (False, rule, field)
    assert decision.reason
