"""How everything here is measured and judged: in turns, as medians, against a bar.

Other programs share the machine, so a figure alone says little. Ours and the reference take short
turns, the ratio is taken within each round, and its median over the rounds is what is judged.
"""

import statistics
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

Call = Callable[[], object]
Clock = Callable[[], float]


@dataclass(frozen=True)
class Cost:
    """What one call took: seconds of processor time, and seconds that passed.

    What a database server or the disk does meanwhile is in the second alone.
    """

    cpu: float
    passed: float


def cost_of(call: Call, times: int = 1, clock: Clock = time.thread_time) -> Cost:
    """Return what one call costs, the mean of so many in a row."""
    cpu, passed = clock(), time.perf_counter()
    for _ in range(times):
        call()
    return Cost((clock() - cpu) / times, (time.perf_counter() - passed) / times)


@dataclass(frozen=True)
class Turns:
    """What each of several calls cost in each round."""

    costs: Mapping[str, list[Cost]]

    def cpu(self, name: str) -> float:
        """Return the median seconds of processor time of a call."""
        return statistics.median(cost.cpu for cost in self.costs[name])

    def passed(self, name: str) -> float:
        """Return the median seconds that pass during a call."""
        return statistics.median(cost.passed for cost in self.costs[name])

    def late(self, name: str) -> float:
        """Return the seconds within which 95 of 100 calls are over; one call is one round."""
        return sorted(cost.passed for cost in self.costs[name])[
            round(0.95 * (len(self.costs[name]) - 1))
        ]

    def cpu_ratio(self, name: str, reference: str) -> float:
        """Return how many times the reference's processor time the call takes."""
        return self._ratio(name, reference, lambda cost: cost.cpu)

    def rate_ratio(self, name: str, reference: str) -> float:
        """Return how many calls are done in the time of one of the reference."""
        return self._ratio(reference, name, lambda cost: cost.passed)

    def _ratio(self, above: str, below: str, seconds: Callable[[Cost], float]) -> float:
        pairs = zip(self.costs[above], self.costs[below], strict=True)
        return statistics.median(seconds(one) / seconds(other) for one, other in pairs)


def in_turns(
    calls: Mapping[str, Call], *, rounds: int, times: int = 1, clock: Clock = time.thread_time
) -> Turns:
    """Let each call have its turn of so many times, round after round; once before, to warm.

    ``clock`` tells processor time: that of this thread, unless another one does the work.
    """
    for call in calls.values():
        call()
    costs: dict[str, list[Cost]] = {name: [] for name in calls}
    for _ in range(rounds):
        for name, call in calls.items():
            costs[name].append(cost_of(call, times, clock))
    return Turns(costs)


@dataclass(frozen=True)
class Bar:
    """What a value must be and should be: at most so much, or (``at_least``) no less."""

    must: float | None = None
    goal: float | None = None
    at_least: bool = False

    def judge(self, value: float) -> str:
        """Return "goal", "must" or "NO"; nothing where there is no bar."""
        for name, limit in (("goal", self.goal), ("must", self.must)):
            if limit is not None and (value >= limit if self.at_least else value <= limit):
                return name
        return "NO" if self.must is not None else ""

    def text(self, limit: float | None) -> str:
        """Return one of the two limits as the table shows it."""
        if limit is None:
            return ""
        return f"{'>=' if self.at_least else '<='} {limit:g}"


NO_BAR = Bar()
JUDGED_FROM = 100_000
"""How many people a register has for which most bars are set."""


@dataclass(frozen=True)
class Row:
    """One line of the table. ``value`` is what the bar judges: the ratio, or ours itself."""

    operation: str
    database: str
    ours: str
    value: float
    reference: str = ""
    bar: Bar = NO_BAR

    @property
    def verdict(self) -> str:
        """How the value stands to the bar."""
        return self.bar.judge(self.value)

    def cells(self) -> tuple[str, ...]:
        """Return the line's cells."""
        ratio = f"{self.value:.2f}" if self.reference else ""
        must, goal = self.bar.text(self.bar.must), self.bar.text(self.bar.goal)
        return (
            self.operation, self.database, self.ours, self.reference, ratio, must, goal,
            self.verdict,
        )  # fmt: skip


HEADINGS = ("operation", "database", "ours", "reference", "ratio", "must", "goal", "ok")
WIDTHS = (48, 10, 22, 22, 6, 8, 8, 4)


def line(cells: Iterable[str]) -> str:
    """Return cells as one line of the table, which is printed while it is being measured."""
    padded = (cell.ljust(width) for cell, width in zip(cells, WIDTHS, strict=True))
    return "  ".join(padded).rstrip()


def ms(seconds: float) -> str:
    """Return seconds as milliseconds."""
    return f"{seconds * 1000:.2f} ms"
