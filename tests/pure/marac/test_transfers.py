"""Where a case is on its way to another area, and when that area is asked again."""

from datetime import UTC, date, datetime

import pytest

from hub.marac.rules.transfers import Stages, answer_by, asked_again, may_be_sent, moved
from hub.referrals.states import Screening

DAY, LATER = date(2026, 6, 1), date(2026, 6, 2)


@pytest.mark.parametrize(
    ("stages", "state"),
    [
        ({}, "sent"),
        ({"returned_on": LATER}, "returned"),
        ({"acknowledged_on": LATER}, "acknowledged"),
        ({"acknowledged_on": LATER, "listed_on": LATER}, "listed"),
        ({"acknowledged_on": LATER, "listed_on": LATER, "heard_on": LATER}, "heard"),
        ({"acknowledged_on": LATER, "heard_on": LATER}, "heard"),  # off an agenda since
    ],
)
def test_a_case_is_where_it_came_to_last(stages, state):
    assert Stages(told_on=DAY, sent_on=DAY, **stages).state == state


@pytest.mark.parametrize(
    ("sent_at", "by"),
    [
        (datetime(2026, 6, 4, 9, tzinfo=UTC), date(2026, 6, 5)),
        (datetime(2026, 6, 5, 9, tzinfo=UTC), date(2026, 6, 8)),  # a Friday
        (datetime(2026, 6, 4, 23, 30, tzinfo=UTC), date(2026, 6, 8)),  # Friday in London
        (datetime(2026, 12, 24, 9, tzinfo=UTC), date(2026, 12, 29)),  # Christmas, and its Monday
    ],
)
def test_the_other_area_answers_on_the_next_working_day(sent_at, by):
    assert answer_by(sent_at) == by


def test_it_is_asked_again_on_the_working_morning_after():
    assert asked_again(date(2026, 6, 5)) == datetime(2026, 6, 8, 8, tzinfo=UTC)
    assert asked_again(date(2026, 12, 1)) == datetime(2026, 12, 2, 9, tzinfo=UTC)


@pytest.mark.parametrize(
    ("state", "expected"),
    [
        ("submitted", True),
        ("accepted", True),
        ("accepted_alert_only", True),
        ("urgent", True),
        ("returned", True),
        ("transferred", True),
        ("not_met", False),
        ("duplicate", False),
        ("withdrawn", False),
    ],
)
def test_what_can_be_sent(state, expected):
    assert may_be_sent(Screening(state)) is expected


def test_who_has_moved_leaves_the_old_address_behind():
    said = {"address": "1 Old Road", "postcode": "LN2 2BB", "housing": "Owned", "phone": "x"}
    assert moved(said, "2 New Road", "YO1 1AA") == {
        "phone": "x",
        "address": "2 New Road",
        "postcode": "YO1 1AA",
    }
    assert moved(said, "", "") == {"phone": "x"}
