"""What is withheld, not known or of nobody is said in three different ways."""

import pytest

from hub.reporting.return_words import (
    DASH,
    HEADS,
    NOT_KNOWN,
    SOURCES,
    SPLITS,
    WITHHELD,
    said,
    said_days,
    said_part,
    said_percent,
    said_quarter,
    unknown_of,
    year_first,
)
from hub.reporting.rules import counting
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.suppression import Shared


def shared(whole, yes, unknown):
    return Shared(whole=whole, parts={"male": yes}, not_known={"male": unknown})


@pytest.mark.parametrize(
    ("counts", "words", "beside"),
    [
        (shared(12, 7, 0), "7", 0),
        (shared(12, 7, 3), "7", 3),
        (shared(12, 0, 12), NOT_KNOWN, 0),
        (shared(0, 0, 0), "0", 0),
        (shared(12, None, 6), WITHHELD, 6),
        (shared(12, None, None), WITHHELD, 0),
        (shared(None, None, None), WITHHELD, 0),
    ],
)
def test_a_part_is_a_number_or_withheld_or_not_known(counts, words, beside):
    assert (said_part(counts, "male"), unknown_of(counts, "male")) == (words, beside)


def test_where_there_is_nothing_a_dash_stands_and_not_a_nought():
    assert (said_percent(None, 0), said_percent(None, None), said_percent(32.5, 8)) == (
        DASH,
        WITHHELD,
        "32.5%",
    )
    assert (said_days(None, 0), said_days(None, None), said_days(21.0, 8)) == (DASH, WITHHELD, "21")
    assert (said(None), said(0), said(1234)) == (WITHHELD, "0", "1,234")


def test_a_quarter_is_said_by_its_months():
    assert said_quarter(Quarter(2026, 3)) == "July to September 2026"
    assert f"{year_first(Quarter(2026, 3)):%d %m %Y}" == "01 10 2025"


def test_everything_that_is_counted_has_words():
    assert set(SPLITS) == set(HEADS) == {one.value for one in counting.Split}
    assert set(SOURCES) == set(counting.SOURCES)
