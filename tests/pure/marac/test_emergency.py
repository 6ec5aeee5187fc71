"""When an emergency MARAC starts: round five minutes, within a day, by London's clock."""

from datetime import UTC, datetime, timedelta

import pytest

from hub.marac.rules.emergency import Start, is_soon, starts_at


def at(day, hour, minute=0, second=0):
    return datetime(2026, 6, day, hour, minute, second, tzinfo=UTC)


@pytest.mark.parametrize(
    ("start", "now", "then"),
    [
        (Start.ONE, at(1, 9), at(1, 10)),
        (Start.ONE, at(1, 9, 0, 1), at(1, 10, 5)),
        (Start.TWO, at(1, 9, 4, 59), at(1, 11, 5)),
        (Start.FOUR, at(1, 22, 58), at(2, 3)),
        (Start.MORNING, at(1, 9), at(2, 8)),  # 9 in London is 8 in June
        (Start.MORNING, at(1, 7), at(1, 8)),
        (Start.MORNING, at(1, 7, 0, 1), at(2, 8)),
        (Start.MORNING, at(1, 23, 30), at(2, 8)),  # half past midnight in London: the same day
    ],
)
def test_when_it_starts(start, now, then):
    assert starts_at(start, now) == then
    assert is_soon(then, now)


def test_on_the_night_on_which_the_clocks_go_back_nine_is_nine():
    evening = datetime(2026, 10, 24, 20, tzinfo=UTC)
    assert starts_at(Start.MORNING, evening) == datetime(2026, 10, 25, 9, tzinfo=UTC)


def test_neither_now_nor_in_more_than_a_day():
    now = at(1, 9)
    assert not is_soon(now, now)
    assert is_soon(now + timedelta(hours=26), now)
    assert not is_soon(now + timedelta(hours=26, minutes=1), now)
