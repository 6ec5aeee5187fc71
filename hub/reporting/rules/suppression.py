"""Which counts may be passed on: no small one, and none from which a small one can be worked out.

A count under the area's threshold is withheld, nought included: that nobody is so is also told of
few. So is a part of which fewer than the threshold are *not* so, for then these few are told of.
Where a sum is passed on, more of what it sums up is withheld until no withheld count can have one
value only, even for a reader who knows which counts are small (``protected``). Where that cannot be
had, the sum is withheld with all under it. What is withheld under a sum is not few together
either.

Everything that is passed on hangs in one tree: the year of accounts, its quarters, their rows. A
sum that runs across it (12 months that end elsewhere, an agency's year) is passed on only where
all that it sums up was, so it tells nothing new. What a quarter withholds depends on that quarter
alone, so a return made later takes nothing back. How often something is not known is a count of
records and not of people: it is shown or not by the threshold, and everything here holds for a
reader who has it all the same. Source: security notes, T09.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from hub.reporting.rules.counting import Counts

FEWEST_TO_HIDE = 2
WEEK = 7


@dataclass(frozen=True, slots=True)
class Cell:
    """A count, of at most so many; no limit is known where ``most`` is None."""

    count: int
    most: int | None = None

    def is_small(self, below: int) -> bool:
        """Tell whether it tells of few: of those who are so, or of those who are not."""
        return self.count < below or (self.most is not None and self.most - self.count < below)

    @property
    def is_empty(self) -> bool:
        """Whether nothing can be counted, because of nobody it is known."""
        return self.most == 0

    def __add__(self, other: "Cell") -> "Cell":
        most = None if self.most is None or other.most is None else self.most + other.most
        return Cell(self.count + other.count, most)


@dataclass(frozen=True, slots=True)
class Span:
    """What a reader knows of a withheld count: it lies from ``low`` to ``high``, or is open."""

    low: int
    high: int | None

    @property
    def is_open(self) -> bool:
        """Whether more than one value lies in it."""
        return self.high is None or self.low < self.high


@dataclass(frozen=True, slots=True)
class Line:
    """What of a line may be passed on: its sum, and each count under it."""

    total: bool
    cells: tuple[bool, ...]


def span_of(cell: Cell, below: int) -> Span:
    """Return what somebody knows of a count who is told whether, and on which side, it is small."""
    few_are = cell.count < below
    few_are_not = cell.most is not None and cell.most - cell.count < below
    if few_are and not few_are_not:
        return Span(0, below - 1 if cell.most is None else min(below - 1, cell.most))
    if few_are_not and not few_are and cell.most is not None:
        return Span(max(0, cell.most - below + 1), cell.most)
    return Span(0, cell.most)


def protected(cells: Sequence[Cell], below: int) -> bool:
    """Tell whether counts of which only the sum can be known tell of no few.

    Each can have more than one value (``span_of``), and together they are not few either.
    """
    together = sum(cells, Cell(0, None if any(one.most is None for one in cells) else 0))
    spans = [span_of(one, below) for one in cells]
    if len(cells) < FEWEST_TO_HIDE or together.is_small(below):
        return False
    if not all(span.is_open for span in spans):
        return False
    highs = [span.high for span in spans if span.high is not None]
    is_below = len(highs) < len(spans) or together.count < sum(highs)
    return sum(span.low for span in spans) < together.count and is_below


def line(
    cells: Sequence[Cell], below: int, *, with_total: bool = True, kept: Sequence[bool] = ()
) -> Line:
    """Return what of a line of counts and of its sum may be passed on.

    ``kept`` are counts that are withheld already for another reason; ``with_total`` is whether the
    sum may be passed on as far as others are concerned. Where it is withheld, so is all under it.
    """
    total = sum(cells, Cell(0, 0 if cells and cells[0].most is not None else None))
    nothing = Line(total=False, cells=(False,) * len(cells))
    if not with_total or (total.is_small(below) and not total.is_empty):
        return nothing
    counted = [at for at, cell in enumerate(cells) if not cell.is_empty]
    before = [bool(kept) and kept[at] for at in range(len(cells))]
    hidden = {at for at in counted if before[at] or cells[at].is_small(below)}
    by_size = sorted((at for at in counted if at not in hidden), key=lambda at: cells[at].count)
    while hidden:
        if protected([cells[at] for at in sorted(hidden)], below):
            break
        if not by_size:
            return nothing
        hidden.add(by_size.pop(0))
    shown = tuple(at not in hidden and not before[at] for at in range(len(cells)))
    return Line(total=True, cells=shown)


@dataclass(frozen=True, kw_only=True, slots=True)
class Shared:
    """What of some counts may be passed on; None is withheld.

    ``parts`` are the yes of each; a part of which nothing is known has ``whole`` not known.
    """

    whole: int | None = None
    parts: Mapping[str, int | None] = field(default_factory=dict)
    not_known: Mapping[str, int | None] = field(default_factory=dict)
    beside: Mapping[str, int | None] = field(default_factory=dict)


@dataclass(frozen=True, kw_only=True, slots=True)
class SharedSheet:
    """What of a sheet may be passed on: each of its rows, and all of them together."""

    rows: tuple[Shared, ...]
    total: Shared


def shared_sheet(rows: Sequence[Counts], total: Counts, below: int) -> SharedSheet:
    """Return what of a sheet may be passed on; ``below`` is the area's threshold.

    A threshold of 1 or less withholds nothing.
    """
    wholes = line([Cell(row.whole) for row in rows], max(below, 0)) if below > 1 else None
    if wholes is None:
        return SharedSheet(rows=tuple(map(everything, rows)), total=everything(total))
    kept = [not shown for shown in wholes.cells]
    lines = {
        name: line([_cell(row, name) for row in rows], below, with_total=wholes.total, kept=kept)
        for name in total.parts
    }
    beside = {
        name: line(
            [Cell(row.beside[name]) for row in rows], below, with_total=wholes.total, kept=kept
        )
        for name in total.beside
    }
    return SharedSheet(
        rows=tuple(
            _shared(
                row,
                below,
                whole=wholes.cells[at],
                parts={name: found.cells[at] for name, found in lines.items()},
                beside={name: found.cells[at] for name, found in beside.items()},
            )
            for at, row in enumerate(rows)
        ),
        total=_shared(
            total,
            below,
            whole=wholes.total,
            parts={name: found.total for name, found in lines.items()},
            beside={name: found.total for name, found in beside.items()},
        ),
    )


def everything(counts: Counts) -> Shared:
    """Return counts with nothing withheld, for those whose own they are."""
    return Shared(
        whole=counts.whole,
        parts={name: part.yes for name, part in counts.parts.items()},
        not_known={name: part.not_known for name, part in counts.parts.items()},
        beside=dict(counts.beside),
    )


def nothing(counts: Counts) -> Shared:
    """Return counts of which nothing is passed on."""
    return Shared(
        parts=dict.fromkeys(counts.parts),
        not_known=dict.fromkeys(counts.parts),
        beside=dict.fromkeys(counts.beside),
    )


def half_within(days: Sequence[int], below: int) -> int | None:
    """Return by the end of which week half of the cases had been heard, in days from referral.

    A week, for the middle of an odd number is the wait of one case. None where there are not at
    least twice as many cases as the threshold: on each side of it there is then no few.
    """
    if len(days) < max(2 * below, 1):
        return None
    middle = sorted(days)[(len(days) - 1) // 2]
    return WEEK * max(-(-middle // WEEK), 1)


def shared_year(
    quarters: Sequence[Counts], shared: Sequence[Shared], below: int, *, is_accounts: bool
) -> Shared:
    """Return what of the 12 months of four quarters may be passed on.

    ``shared`` is what their own returns passed on. Only for the year of accounts, of which each
    quarter is in one, is a sum passed on of which a quarter was withheld: two years that overlap
    would tell of the quarters in which they differ.
    """
    whole = _year(
        [Cell(one.whole) for one in quarters], [one.whole for one in shared], below, is_accounts
    )
    parts = {
        name: None
        if whole is None
        else _year(
            [_cell(one, name) for one in quarters],
            [one.parts[name] for one in shared],
            below,
            is_accounts,
        )
        for name in quarters[0].parts
    }
    beside = {
        name: None
        if whole is None
        else _year(
            [Cell(one.beside[name]) for one in quarters],
            [one.beside[name] for one in shared],
            below,
            is_accounts,
        )
        for name in quarters[0].beside
    }
    unknown = {name: sum(one.parts[name].not_known for one in quarters) for name in parts}
    return Shared(
        whole=whole,
        parts=parts,
        not_known={
            name: None if whole is None else _not_few(count, below)
            for name, count in unknown.items()
        },
        beside=beside,
    )


def _year(
    cells: Sequence[Cell], shared: Sequence[int | None], below: int, is_accounts: bool
) -> int | None:
    total = sum(cell.count for cell in cells)
    hidden = [
        cell
        for cell, shown in zip(cells, shared, strict=True)
        if shown is None and not cell.is_empty
    ]
    if not hidden:
        return total
    most = sum(cell.most or 0 for cell in cells) if cells[0].most is not None else None
    if not is_accounts or Cell(total, most).is_small(below):
        return None
    return total if protected(hidden, below) else None


def shared_kinds(
    counts: Mapping[str, int], below: int, *, with_total: bool
) -> dict[str, int | None]:
    """Return what of the kinds that make up a sum may be passed on, where the sum is.

    The sum itself cannot be taken back here, so where nothing else helps all kinds are withheld.
    """
    if below <= 1:
        return dict(counts)
    found = line([Cell(count) for count in counts.values()], below, with_total=with_total)
    return {
        name: count if shown else None
        for (name, count), shown in zip(counts.items(), found.cells, strict=True)
    }


def _cell(counts: Counts, name: str) -> Cell:
    return Cell(counts.parts[name].yes, counts.known(name))


def _not_few(count: int, below: int) -> int | None:
    return None if count < below else count


def _shared(
    counts: Counts,
    below: int,
    *,
    whole: bool,
    parts: Mapping[str, bool],
    beside: Mapping[str, bool],
) -> Shared:
    return Shared(
        whole=counts.whole if whole else None,
        parts={n: part.yes if parts[n] else None for n, part in counts.parts.items()},
        not_known={
            n: _not_few(part.not_known, below) if whole else None
            for n, part in counts.parts.items()
        },
        beside={n: count if beside[n] else None for n, count in counts.beside.items()},
    )
