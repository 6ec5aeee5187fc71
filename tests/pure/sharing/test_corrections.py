"""Whether the words of a correction may go, and when a silent recipient is reminded."""

from datetime import UTC, datetime

import pytest

from hub.sharing.rules.coded import Category
from hub.sharing.rules.corrections import WITHOUT_WORDS, chase_at, says_words

FINE = {"is_taken_back": False, "has_terms": True, "is_suspended": False}


@pytest.mark.parametrize("category", sorted(set(Category) - WITHOUT_WORDS))
def test_the_words_go_where_they_may_go_today(category):
    assert says_words(category, **FINE)


@pytest.mark.parametrize("category", sorted(WITHOUT_WORDS))
def test_where_somebody_is_is_never_sent_unasked(category):
    assert not says_words(category, **FINE)


@pytest.mark.parametrize(
    "change", [{"is_taken_back": True}, {"has_terms": False}, {"is_suspended": True}]
)
def test_what_stands_in_the_way_of_sharing_stands_in_the_way_of_the_words(change):
    assert not says_words(Category.EET, **(FINE | change))


@pytest.mark.parametrize(
    ("since", "at"),
    [
        # a Monday; two working days on, in summer time
        (datetime(2026, 6, 1, 9, 0, tzinfo=UTC), datetime(2026, 6, 3, 8, 0, tzinfo=UTC)),
        # a Friday late: the weekend does not count
        (datetime(2026, 6, 5, 22, 0, tzinfo=UTC), datetime(2026, 6, 9, 8, 0, tzinfo=UTC)),
        # Christmas Eve 2026: Friday and Monday are bank holidays
        (datetime(2026, 12, 24, 9, 0, tzinfo=UTC), datetime(2026, 12, 30, 9, 0, tzinfo=UTC)),
    ],
)
def test_they_are_reminded_on_the_second_working_day_in_the_morning(since, at):
    assert chase_at(since) == at
