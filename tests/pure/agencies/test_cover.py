"""Who is at work, who covers, and what goes stale."""

from datetime import date, timedelta
from uuid import UUID

import pytest

from hub.agencies.rules.cover import (
    Away,
    Worker,
    absence_refusal,
    away_on,
    deputy_refusal,
    freshness,
    span_refusal,
)

TODAY = date(2026, 6, 1)
A, B, C, D = (UUID(int=number) for number in range(1, 5))
LC, OTHER = UUID(int=10), UUID(int=11)


def day(number):
    return TODAY + timedelta(days=number)


def away(contact, first, back, *, row=100, cover=None):
    return Away(UUID(int=row), contact, day(first), day(back), cover)


@pytest.mark.parametrize(
    ("days_ago", "stale", "words"),
    [
        (None, True, "Never checked"),
        (0, False, "Checked today"),
        (1, False, "Checked yesterday"),
        (90, False, "Checked 90 days ago"),  # the last good day
        (91, True, "Checked 91 days ago"),
    ],
)
def test_an_entry_goes_stale_after_the_days_of_the_setting(days_ago, stale, words):
    checked_on = None if days_ago is None else TODAY - timedelta(days=days_ago)

    found = freshness(checked_on, TODAY, 90)

    assert (found.is_stale, found.words) == (stale, words)


def test_a_worker_works_from_the_first_day_until_the_day_before_the_last():
    worker = Worker(A, LC, works_from=day(0), works_until=day(10))

    assert [worker.works_on(day(n)) for n in (-1, 0, 9, 10)] == [False, True, True, False]
    assert Worker(A, LC).works_on(day(0))


def test_an_absence_covers_its_first_day_and_not_the_first_day_back():
    absence = away(A, 0, 5)

    assert [away_on([absence], day(n)) for n in (-1, 0, 4, 5)] == [None, absence, absence, None]


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [(0, 1, False), (0, 0, True), (1, 0, True), (None, 0, False), (0, None, False)],
)
def test_an_end_on_or_before_the_start_is_refused(first, last, refused):
    found = span_refusal(
        None if first is None else day(first),
        None if last is None else day(last),
        field="until_on",
        names=("the first day away", "The first day back"),
    )

    assert (found is not None) is refused
    if found:
        assert found.why == "The first day back must be after the first day away"


@pytest.mark.parametrize(
    ("wanted", "worker", "others", "cover", "field"),
    [
        (away(A, 0, 5), Worker(A, LC), [], None, None),
        (away(A, 5, 5), Worker(A, LC), [], None, "until_on"),  # ends as it begins
        (away(A, 5, 0), Worker(A, LC), [], None, "until_on"),
        (away(A, 5, 9), Worker(A, LC, works_until=day(5)), [], None, "from_on"),  # has left
        (away(A, 4, 9), Worker(A, LC, works_until=day(5)), [], None, None),  # leaves while away
        (away(A, 0, 5), Worker(A, LC), [away(A, 4, 6, row=1)], None, "from_on"),  # overlap
        (away(A, 0, 5), Worker(A, LC), [away(A, -3, 1, row=1)], None, "from_on"),
        (away(A, 0, 5), Worker(A, LC), [away(A, 5, 6, row=1)], None, None),  # back, and off again
        (away(A, 0, 5), Worker(A, LC), [away(A, -1, 0, row=1)], None, None),
        (away(A, 0, 5), Worker(A, LC), [away(A, 1, 2)], None, None),  # the same one, changed
        (away(A, 0, 5), Worker(A, LC), [away(C, 1, 2, row=1)], None, None),  # somebody else's
        (away(A, 0, 5, cover=B), Worker(A, LC), [], Worker(B, LC), None),
        (away(A, 0, 5, cover=A), Worker(A, LC), [], Worker(A, LC), "cover"),  # oneself
        (away(A, 0, 5, cover=B), Worker(A, LC), [], Worker(B, OTHER), "cover"),
        (away(A, 0, 5, cover=B), Worker(A, LC), [], Worker(B, LC, works_until=day(0)), "cover"),
        (away(A, 0, 5, cover=B), Worker(A, LC), [], Worker(B, LC, works_from=day(1)), "cover"),
        (away(A, 0, 5, cover=B), Worker(A, LC), [away(B, -1, 6, row=1)], Worker(B, LC), "cover"),
        (away(A, 0, 5, cover=B), Worker(A, LC), [away(B, 0, 5, row=1)], Worker(B, LC), "cover"),
        (away(A, 0, 5, cover=B), Worker(A, LC), [away(B, 1, 9, row=1)], Worker(B, LC), None),
    ],
)
def test_an_absence_is_kept_or_refused_at_the_field_to_mend(wanted, worker, others, cover, field):
    found = absence_refusal(wanted, worker, others, cover)

    assert (found.field if found else None) == field


@pytest.mark.parametrize(
    ("deputy", "words"),
    [
        (None, None),
        (Worker(B, LC), None),
        (Worker(B, LC, deputy_id=A), None),  # two may be each other's deputies
        (Worker(A, LC), "own deputy"),
        (Worker(B, OTHER), "same service"),
        (Worker(B, LC, works_until=TODAY), "has left"),
        (Worker(B, LC, works_until=day(1)), None),  # leaves tomorrow
    ],
)
def test_a_deputy_is_somebody_else_at_work_in_the_same_service(deputy, words):
    found = deputy_refusal(Worker(A, LC), deputy, TODAY)

    assert (words is None) is (found is None)
    if found:
        assert words in found.why
