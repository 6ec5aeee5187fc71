"""Bar charts as shapes, for a page to draw: pure sums, no colour and no script.

A chart says nothing that a table beside it does not say; its text alternative is one sentence.
"""

from collections.abc import Sequence
from dataclasses import dataclass

WIDTH, HEIGHT = 360, 210
TOP, FOOT = 24, 170
"""Where the highest bar ends and where all stand, from above."""
DASH = "\u2013"
BAR = 0.8
"""How much of its place a group of bars fills."""


@dataclass(frozen=True, slots=True)
class Bar:
    """A bar with what stands above it; without a height where nothing can be said."""

    x: float
    y: float
    width: float
    height: float
    middle: float
    above: float
    text: str
    series: int


@dataclass(frozen=True, slots=True)
class Tick:
    """What stands under a group of bars."""

    middle: float
    text: str


@dataclass(frozen=True, slots=True)
class Chart:
    """A chart of groups of bars, one bar of each series in a group."""

    title: str
    says: str
    series: tuple[str, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    is_empty: bool = False
    """Whether nothing can be said of any group."""


def chart(
    title: str,
    groups: Sequence[str],
    series: Sequence[tuple[str, Sequence[float | None]]],
    unit: str = "",
) -> Chart:
    """Return a chart of some series over the same groups; None is drawn as a dash."""
    highest = max((one or 0 for _, values in series for one in values), default=0) or 1
    place = WIDTH / max(len(groups), 1)
    width = place * BAR / max(len(series), 1)
    bars, ticks = [], []
    for at, group in enumerate(groups):
        left = at * place + place * (1 - BAR) / 2
        ticks.append(Tick(round(at * place + place / 2, 1), group))
        for number, (_, values) in enumerate(series):
            value = values[at]
            height = round((FOOT - TOP) * (value or 0) / highest, 1)
            x = left + number * width
            bars.append(
                Bar(
                    x=round(x + 1, 1),
                    y=round(FOOT - height, 1),
                    width=round(width - 2, 1),
                    height=height,
                    middle=round(x + width / 2, 1),
                    above=round(FOOT - height - 5, 1),
                    text=DASH if value is None else f"{value:.0f}{unit}",
                    series=number,
                )
            )
    return Chart(
        title=title,
        says=_says(groups, series, unit),
        series=tuple(each for each, _ in series),
        bars=tuple(bars),
        ticks=tuple(ticks),
        is_empty=all(value is None for _, values in series for value in values),
    )


def _says(
    groups: Sequence[str], series: Sequence[tuple[str, Sequence[float | None]]], unit: str
) -> str:
    """Return the chart as a sentence for who cannot see it."""
    parts = []
    for name, values in series:
        said = ", ".join(
            f"{group} {'not given' if value is None else f'{value:.0f}{unit}'}"
            for group, value in zip(groups, values, strict=True)
        )
        parts.append(f"{name}: {said}.")
    return " ".join(parts)
