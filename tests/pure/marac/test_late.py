"""The door for what came after the cut-off: five reasons, and no sixth."""

from itertools import product

import pytest

from hub.marac.rules.late import Because, Listing, may_be_listed

LATE = {"has_cutoff": True, "came_late": True}


@pytest.mark.parametrize(
    ("changes", "why"),
    [
        ({}, None),
        ({"came_late": False}, Because.IN_TIME),
        ({"has_cutoff": False}, Because.NO_CUTOFF),
        ({"is_urgent": True}, Because.URGENT),
        ({"is_carried_over": True}, Because.CARRIED_OVER),
        ({"is_accepted": True}, Because.CHAIR_ACCEPTED),
        ({"is_urgent": True, "is_accepted": True}, Because.URGENT),
    ],
)
def test_each_reason_opens_the_door_by_itself(changes, why):
    assert may_be_listed(Listing(**{**LATE, **changes})) is why


def test_it_stays_shut_only_where_no_reason_holds():
    shut = [
        values for values in product([False, True], repeat=5) if may_be_listed(_of(values)) is None
    ]
    assert shut == [(True, True, False, False, False)]


def _of(values):
    names = ("has_cutoff", "came_late", "is_urgent", "is_carried_over", "is_accepted")
    return Listing(**dict(zip(names, values, strict=True)))
