"""Whose worker reads a case decides how much of it is there."""

import pytest

from hub.marac.rules.sides import FOR_ALL, Side, is_about_alleged, side_of

ALLEGED, VICTIM = "alleged_perpetrator", "victim"


@pytest.mark.parametrize(
    ("asked_for", "is_member", "side"),
    [
        ({VICTIM}, False, Side.WHOLE),
        ({"child"}, False, Side.WHOLE),
        ({ALLEGED}, False, Side.ALLEGED),
        ({ALLEGED, "child"}, False, Side.ALLEGED),
        (set(), False, Side.ALLEGED),  # whose role is not known any more
        ({ALLEGED}, True, Side.WHOLE),
        (set(), True, Side.WHOLE),
    ],
)
def test_by_whose_worker_they_are(asked_for, is_member, side):
    assert side_of(frozenset(asked_for), is_member=is_member) is side


def test_the_plan_and_what_the_idva_says_are_not_for_both_sides():
    assert set(FOR_ALL) == {"risk_who", "risk_from", "risk_of", "risk_when"}
    assert is_about_alleged(ALLEGED)
    assert not is_about_alleged(VICTIM)
    assert not is_about_alleged(None)
