"""The days by which things must be done before a MARAC."""

from datetime import UTC, date, datetime

import pytest

from hub.meetings.deadlines import DeadlineDays, Deadlines, deadlines_of


def test_days_are_counted_back_over_weekends_and_bank_holidays():
    # Thursday 9 April 2026 in London, although its instant is still the 8th in UTC; Easter between.
    starts_at = datetime(2026, 4, 8, 23, 30, tzinfo=UTC)

    assert deadlines_of("marac", starts_at) == Deadlines(
        cutoff_on=date(2026, 3, 26),
        cutoff_time="12:00",
        agenda_on=date(2026, 3, 31),
        research_on=date(2026, 4, 2),
        minutes_on=date(2026, 4, 14),
    )


@pytest.mark.parametrize("kind", ["safety_planning", "professionals", "support", "strategy"])
def test_other_meetings_have_no_deadlines(kind):
    assert deadlines_of(kind, datetime(2026, 4, 8, 9, 0, tzinfo=UTC)) is None


def test_an_area_counts_its_own_days_and_leaves_out_those_that_are_not_worked_there():
    days = DeadlineDays(
        cutoff_days=2, agenda_days=1, minutes_days=1, extra_closed=frozenset({date(2026, 6, 9)})
    )

    found = deadlines_of("marac", datetime(2026, 6, 10, 9, 0, tzinfo=UTC), days)

    assert found is not None
    assert (found.agenda_on, found.cutoff_on) == (date(2026, 6, 8), date(2026, 6, 5))
    assert found.minutes_on == date(2026, 6, 11)
