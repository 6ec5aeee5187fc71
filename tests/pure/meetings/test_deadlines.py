"""The days by which things must be done before a MARAC."""

from datetime import UTC, date, datetime

import pytest

from hub.meetings.deadlines import Deadlines, deadlines_of


def test_days_are_counted_back_over_weekends_and_bank_holidays():
    # Thursday 9 April 2026 in London, although its instant is still the 8th in UTC; Easter between.
    starts_at = datetime(2026, 4, 8, 23, 30, tzinfo=UTC)

    assert deadlines_of("marac", starts_at) == Deadlines(
        cutoff_on=date(2026, 3, 26), agenda_on=date(2026, 3, 31)
    )


@pytest.mark.parametrize("kind", ["safety_planning", "professionals", "support", "strategy"])
def test_other_meetings_have_no_deadlines(kind):
    assert deadlines_of(kind, datetime(2026, 4, 8, 9, 0, tzinfo=UTC)) is None
