"""A chart is what its table says: heights in proportion, a dash where nothing can be said."""

from itertools import pairwise

from hub.reporting.charts import FOOT, TOP, WIDTH, chart

MADE = chart("Kinds", ("Jan", "Apr"), [("Repeat", (25.0, None)), ("Partner", (50.0, 0.0))], "%")


def test_bars_stand_on_one_line_and_are_as_high_as_their_values():
    heights = {(bar.series, bar.text): bar.height for bar in MADE.bars}
    assert heights == {
        (0, "25%"): (FOOT - TOP) / 2,
        (1, "50%"): FOOT - TOP,
        (0, "\u2013"): 0,
        (1, "0%"): 0,
    }
    assert all(round(bar.y + bar.height, 1) == FOOT for bar in MADE.bars)


def test_bars_do_not_run_into_one_another_or_over_the_edge():
    spans = sorted((bar.x, bar.x + bar.width) for bar in MADE.bars)
    assert all(end < begin for (_, end), (begin, _) in pairwise(spans))
    assert spans[0][0] >= 0
    assert spans[-1][1] <= WIDTH
    assert [tick.text for tick in MADE.ticks] == ["Jan", "Apr"]


def test_who_cannot_see_it_is_told_the_same():
    assert MADE.says == "Repeat: Jan 25%, Apr not given. Partner: Jan 50%, Apr 0%."


def test_nothing_at_all_is_no_fault():
    assert not MADE.is_empty
    assert chart("X", ("Jan",), [("Cases", (None,)), ("Other", (None,))]).is_empty
    assert not chart("X", ("Jan",), [("Cases", (0,))]).is_empty
    assert chart("X", ("Jan",), [("Cases", (None,))]).bars[0].text == "\u2013"
    assert chart("X", (), []).bars == ()
