"""When a subject access request must be answered."""

from datetime import date

import pytest

from hub.sharing.rules.subject_access import due_on


@pytest.mark.parametrize(
    ("received", "proved", "is_complex", "due"),
    [
        (date(2026, 6, 1), date(2026, 6, 1), False, date(2026, 7, 1)),
        (date(2026, 6, 1), date(2026, 6, 1), True, date(2026, 9, 1)),
        (date(2026, 6, 1), date(2026, 6, 15), False, date(2026, 7, 15)),  # it stood until then
        (date(2026, 6, 15), date(2026, 6, 1), False, date(2026, 7, 15)),  # known before
        (date(2026, 1, 31), date(2026, 1, 31), False, date(2026, 3, 2)),  # 28th is a Saturday
        (date(2028, 1, 31), date(2028, 1, 31), False, date(2028, 2, 29)),  # a leap year
        (date(2026, 11, 25), date(2026, 11, 25), False, date(2026, 12, 29)),  # after Christmas
        (date(2026, 6, 1), None, False, None),
        (date(2026, 6, 1), None, True, None),
    ],
)
def test_a_month_and_two_more_from_the_day_on_which_it_is_proved(received, proved, is_complex, due):
    assert due_on(received, proved, is_complex=is_complex) == due
