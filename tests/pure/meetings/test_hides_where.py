"""Who is not told where a meeting is: section 6, lines 13 and 47 of the domain notes."""

import pytest

from hub.meetings.rules import hides_where
from hub.meetings.situation import ItemRole

OTHERS = [role.value for role in ItemRole if role is not ItemRole.ALLEGED_PERPETRATOR]


@pytest.mark.parametrize("role", [ItemRole.ALLEGED_PERPETRATOR.value, "", None])
def test_after_a_move_whoever_may_stand_on_the_other_side_is_not_told(role):
    assert hides_where(role, has_moved=True)
    assert not hides_where(role, has_moved=False)


@pytest.mark.parametrize("role", OTHERS)
def test_everybody_else_is_told_where_they_are_to_come(role):
    assert not hides_where(role, has_moved=True)
