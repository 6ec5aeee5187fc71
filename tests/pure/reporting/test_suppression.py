"""What is passed on tells of no small count, however it is added up and taken apart.

The attacker of ``kit.attacker`` has every return of a year of accounts: each meeting, each quarter,
the year, the other 12 months that end in it, and every "not known" of what is shown besides.
"""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from hub.reporting.rules.counting import Counts, Part, together
from hub.reporting.rules.suppression import (
    Cell,
    Line,
    Span,
    everything,
    half_within,
    line,
    protected,
    shared_kinds,
    shared_sheet,
    shared_year,
    span_of,
)
from kit.attacker import Attacker

PARTS = ("one", "other")
BELOW = 5


def counts(*numbers):
    return [Cell(one) for one in numbers]


@pytest.mark.parametrize(
    ("cells", "total", "shown"),
    [
        ((12, 9, 7), True, (1, 1, 1)),
        ((12, 9, 5), True, (1, 1, 1)),
        ((12, 9, 4), True, (1, 0, 0)),  # one small count would be the sum less the others
        ((12, 9, 0), True, (1, 0, 0)),  # nought is small too
        ((12, 3, 4), True, (1, 0, 0)),
        ((12, 4, 4), True, (0, 0, 0)),  # 8 in two counts under 5 can only be 4 and 4
        ((12, 0, 0), True, (0, 0, 0)),  # nought in two is nought in each
        ((5, 0), True, (0, 0)),
        ((4, 4), False, (0, 0)),  # no third to hide them with
        ((3, 1), False, (0, 0)),
        ((8,), True, (1,)),
        ((4,), False, (0,)),
        ((), False, ()),
    ],
)
def test_a_line_hides_what_is_small_and_what_would_tell_it(cells, total, shown):
    assert line(counts(*cells), BELOW) == Line(total, tuple(map(bool, shown)))


def test_a_part_tells_of_those_too_who_are_not_so():
    assert line([Cell(9, 12), Cell(8, 20)], BELOW).cells == (False, False)
    assert line([Cell(7, 12), Cell(8, 20)], BELOW).cells == (True, True)
    assert not line([Cell(20, 22), Cell(20, 22)], BELOW).total


def test_what_is_known_of_nobody_hides_nothing():
    assert line([Cell(0, 0), Cell(8, 16)], BELOW) == Line(total=True, cells=(True, True))
    assert line([Cell(0, 0), Cell(0, 0)], BELOW) == Line(total=True, cells=(True, True))


def test_what_is_withheld_above_is_withheld_below():
    assert line(counts(12, 9), BELOW, with_total=False) == Line(total=False, cells=(False, False))
    assert line(counts(12, 9, 8), BELOW, kept=(True, False, False)).cells == (False, True, False)


some = st.integers(0, 15)
parts = st.lists(st.tuples(some, some).map(lambda n: Cell(n[0], sum(n))), max_size=8)
wholes = st.lists(some.map(Cell), max_size=8)


@given(parts | wholes)
def test_of_what_is_not_small_no_more_than_one_is_withheld_and_it_is_the_least(cells):
    """No choice could give more: one is needed where the small ones do not hide themselves."""
    cells = [cell for cell in cells if not cell.is_empty]
    found = line(cells, BELOW)
    large = [at for at, cell in enumerate(cells) if not cell.is_small(BELOW)]
    lost = [at for at in large if not found.cells[at]]
    small = [cell for cell in cells if cell.is_small(BELOW)]
    assert len(lost) <= 1
    assert bool(lost) is bool(large and small and not protected(small, BELOW))
    assert all(cells[at].count <= cells[other].count for at in lost for other in large)
    assert found.total is bool(large or protected(small, BELOW))


@pytest.mark.parametrize(
    ("cell", "span"),
    [
        (Cell(3), Span(0, 4)),
        (Cell(9), Span(0, None)),
        (Cell(3, 20), Span(0, 4)),
        (Cell(3, 12), Span(0, 4)),
        (Cell(9, 12), Span(8, 12)),
        (Cell(2, 3), Span(0, 3)),
        (Cell(10, 20), Span(0, 20)),
    ],
)
def test_somebody_may_know_that_a_count_is_small(cell, span):
    assert span_of(cell, BELOW) == span


@pytest.mark.parametrize(
    ("cells", "holds"),
    [
        (counts(8), False),  # alone it is the sum
        (counts(0, 0), False),
        (counts(3, 1), False),  # few together
        (counts(3, 2), True),
        (counts(4, 4), False),  # as many as two small ones can be
        (counts(4, 3), True),
        (counts(4, 90), True),
        ([Cell(3, 20), Cell(4, 20)], True),
        ([Cell(17, 20), Cell(16, 20)], True),
        ([Cell(18, 20), Cell(18, 20)], False),  # few together who are not so
        ([Cell(16, 20), Cell(16, 20)], False),  # as few as two large ones can be
        ([Cell(6, 20), Cell(0, 0)], False),  # of the other nothing can be counted
    ],
)
def test_counts_are_protected_while_each_can_differ_and_they_are_not_few(cells, holds):
    assert protected(cells, BELOW) is holds


def test_kinds_are_withheld_with_their_sum():
    kinds = {"health": 9, "housing": 6, "education": 0}
    assert shared_kinds(kinds, BELOW, with_total=True) == {
        "health": 9,
        "housing": None,
        "education": None,
    }
    assert set(shared_kinds(kinds, BELOW, with_total=False).values()) == {None}
    assert shared_kinds(kinds, 0, with_total=False) == kinds


def test_no_threshold_withholds_nothing():
    rows = [Counts(whole=2, parts={"one": Part(1, 1)}, beside={"children": 0})]
    assert shared_sheet(rows, rows[0], 0).rows == (everything(rows[0]),)


def test_a_sum_across_years_needs_all_that_it_sums_up():
    rows = [Counts(whole=20, parts={"one": Part(yes)}) for yes in (9, 8, 3, 7)]
    shared = [shared_sheet([one], one, BELOW).total for one in rows]
    assert [one.parts["one"] for one in shared] == [9, 8, None, 7]
    for is_accounts in (False, True):  # a lone withheld quarter is the sum less the others
        year = shared_year(rows, shared, BELOW, is_accounts=is_accounts)
        assert (year.whole, year.parts["one"]) == (80, None)


def test_the_year_of_accounts_may_sum_up_what_its_quarters_withheld():
    rows = [Counts(whole=20, parts={"one": Part(yes)}) for yes in (2, 3, 3, 2)]
    shared = [shared_sheet([one], one, BELOW).total for one in rows]
    assert shared_year(rows, shared, BELOW, is_accounts=True).parts["one"] == 10
    assert shared_year(rows, shared, BELOW, is_accounts=False).parts["one"] is None


# --- The attack ---

small = st.integers(0, 9)
part = st.tuples(small, st.sampled_from([0, 0, 0, 1, 6]))


@st.composite
def one_row(draw):
    """Return a meeting's cases: how many are so, are not, and are not known to be, in two ways."""
    yes, not_known = draw(part)
    whole = yes + not_known + draw(small)
    other = draw(st.integers(0, whole))
    unknown = draw(st.integers(0, min(2, whole - other)))
    return Counts(whole=whole, parts={"one": Part(yes, not_known), "other": Part(other, unknown)})


years = st.lists(st.lists(one_row(), min_size=1, max_size=2), min_size=5, max_size=5)
"""The four quarters of a year of accounts and the one after it."""


def terms(name, rows):
    """Return the unknowns that make up a count of some rows, each known by its place."""
    if name == "whole":
        return {f"{place}/one/{what}": 1 for place in rows for what in ("yes", "no", "unknown")}
    return {f"{place}/{name}/yes": 1 for place in rows}


def unknown(name, rows):
    return {f"{place}/{name}/unknown": 1 for place in rows}


def tables(year, below):
    """Yield as ``thresholds`` does, with one threshold for all."""
    yield from thresholds(year, [below] * len(year))


def thresholds(year, belows):
    """Yield each count of every return: of which rows, its value, what is passed on of it."""
    whole, passed = [], []
    for at, rows in enumerate(year):
        places = [f"{at}.{row}" for row in range(len(rows))]
        total = together(rows, PARTS)
        found = shared_sheet(rows, total, belows[at])
        for place, row, shown in zip(places, rows, found.rows, strict=True):
            yield (place,), row, shown
        yield tuple(places), total, found.total
        whole.append((places, total))
        passed.append(found.total)
    for is_accounts, four in ((True, slice(4)), (False, slice(1, 5))):
        every = tuple(place for places, _ in whole[four] for place in places)
        quarters = [total for _, total in whole[four]]
        strictest = max(belows[four])
        year_of = shared_year(quarters, passed[four], strictest, is_accounts=is_accounts)
        yield every, together(quarters, PARTS), year_of


def published(year, belows):
    found = []
    for at, rows in enumerate(year):
        for row in range(len(rows)):
            sums = dict(terms("whole", [f"{at}.{row}"]))
            for what in ("yes", "no", "unknown"):  # both ways of counting sum up the same cases
                sums[f"{at}.{row}/other/{what}"] = -1
            found.append((sums, 0))
    for places, counted, shown in thresholds(year, belows):
        if shown.whole is None:
            continue
        found.append((terms("whole", places), shown.whole))
        for name in PARTS:
            found.append((unknown(name, places), counted.parts[name].not_known))
            if shown.parts[name] is not None:
                found.append((terms(name, places), shown.parts[name]))
    return found


def withheld(year, belows):
    """Yield what must stay unknown: each count that is withheld.

    Of the 12 months that run across two years of accounts only a small one: a large one is
    withheld for what it might tell, and may be put together from what is passed on.
    """
    *own, across = thresholds(year, belows)
    for places, counted, shown in own:
        if shown.whole is None:
            yield places, "whole", counted.whole
        for name in PARTS:
            if shown.parts[name] is None and counted.known(name):
                yield places, name, counted.parts[name].yes
    places, counted, _ = across
    for name, cell in (
        ("whole", Cell(counted.whole)),
        *((name, Cell(counted.parts[name].yes, counted.known(name))) for name in PARTS),
    ):
        if cell.is_small(min(belows[1:])) and not cell.is_empty:
            yield places, name, cell.count


same = st.just([BELOW] * 5)
own = st.lists(st.sampled_from([3, 5, 8]), min_size=5, max_size=5)
"""Each quarter's copy has the threshold of the day on which it was made."""


@settings(max_examples=60)
@given(years, same | own)
def test_no_withheld_count_can_be_worked_out_from_all_that_is_published(year, belows):
    attacker = Attacker(published(year, belows))
    for places, name, count in withheld(year, belows):
        assert attacker.can_differ(terms(name, places), count), (places, name)


@given(st.dictionaries(st.sampled_from("abcdef"), st.integers(0, 30), min_size=2))
def test_no_kind_can_be_worked_out_from_the_others_and_their_sum(kinds):
    total = sum(kinds.values())
    shown = shared_kinds(kinds, BELOW, with_total=total >= BELOW)
    if total < BELOW:
        assert set(shown.values()) == {None}
        return
    tables = [(dict.fromkeys(kinds, 1), total)]
    tables += [({name: 1}, count) for name, count in shown.items() if count is not None]
    attacker = Attacker(tables)
    for name, count in kinds.items():
        assert shown[name] in {None, count}
        assert shown[name] is not None or attacker.can_differ({name: 1}, count)


@settings(max_examples=200)
@given(years)
def test_nothing_that_is_passed_on_is_small_or_leaves_few(year):
    for _, counted, shown in tables(year, BELOW):
        if shown.whole is not None:
            assert shown.whole == counted.whole >= BELOW
        for name in PARTS:
            yes, known = shown.parts[name], counted.known(name)
            if yes is not None and known:
                assert yes == counted.parts[name].yes
                assert BELOW <= yes <= known - BELOW
            not_known = shown.not_known[name]
            assert not_known is None or not_known >= BELOW


def test_the_attacker_would_find_what_is_hidden_badly():
    """The attack has teeth: a single count withheld is the sum less what is shown."""
    one_hidden = Attacker([({"a": 1, "b": 1}, 15), ({"a": 1}, 12)])
    assert not one_hidden.can_differ({"b": 1}, 3)
    two_hidden = Attacker([({"a": 1, "b": 1}, 15), ({"a": 1, "b": 1, "c": 1}, 24)])
    assert two_hidden.can_differ({"b": 1}, 3)
    assert not two_hidden.can_differ({"c": 1}, 9)
    nothing_left = Attacker([({"a": 1, "b": 1}, 0)])
    assert not nothing_left.can_differ({"b": 1}, 0)
    with pytest.raises(ValueError, match="no counts fit"):
        Attacker([({"a": 1}, 3), ({"a": 1, "b": 1}, 2)])


def test_two_years_that_overlap_would_tell_of_the_quarters_in_which_they_differ():
    """Why a sum across a withheld quarter leaves only with the year of accounts."""
    overlap = [({"a": 1, "b": 1, "c": 1, "d": 1}, 8), ({"b": 1, "c": 1, "d": 1, "e": 1}, 4)]
    alone = Attacker(overlap[:1])
    assert alone.can_differ({"a": 1}, 4)
    both = Attacker([*overlap, ({"e": 1}, 0)])
    assert not both.can_differ({"a": 1}, 4)


def test_two_copies_of_a_quarter_that_differ_would_tell_of_what_was_put_right():
    """Why a copy is made once: a case that came late, and who its victim is."""
    first = [({"cases": 1}, 15), ({"minoritised": 1}, 6)]
    again = [({"cases": 1, "late": 1}, 16), ({"minoritised": 1, "late and minoritised": 1}, 7)]
    attacker = Attacker([*first, *again])
    assert not attacker.can_differ({"late and minoritised": 1}, 1)


# --- How long cases waited ---

BANDS = range(1, 6)
days_waited = st.integers(0, 7 * len(BANDS))
many, any_number = (st.lists(days_waited, min_size=n, max_size=n + 9) for n in (9, 0))
waits_of_quarters = st.lists(many | any_number, min_size=5, max_size=5)
"""Days from referral of each case of the four quarters of a year of accounts and one after it."""


@pytest.mark.parametrize(
    ("days", "within"),
    [
        ([3] * 9, None),  # fewer than twice the threshold
        ([3] * 10, 7),
        ([0] * 10, 7),
        ([7] * 10, 7),
        ([8] * 10, 14),
        ([1] * 5 + [30] * 5, 7),  # half is five of ten
        ([1] * 4 + [30] * 6, 35),
        ([1] * 5 + [30] * 6, 35),
        ([], None),
    ],
)
def test_half_were_heard_by_the_end_of_a_week_and_no_case_is_told_of(days, within):
    assert half_within(days, BELOW) == within


def of(weeks, places):
    """Return the unknowns of the cases of some quarters that waited so many weeks or fewer."""
    return {f"{place}/{band}": 1 for place in places for band in BANDS if band <= weeks}


def waited(quarters):
    """Return the equations of what is published of how long the cases of five quarters waited."""
    found = []
    for at, places in enumerate(([0], [1], [2], [3], [4], [0, 1, 2, 3], [1, 2, 3, 4])):
        days = [each for place in places for each in quarters[place]]
        if any(len(quarters[place]) < BELOW for place in places):
            continue
        found.append((of(len(BANDS), places), len(days)))
        within = half_within(days, BELOW)
        if within is not None:
            before = (len(days) - 1) // 2
            found.append(({**of(within // 7, places), f"over {at}": -1}, before + 1))
            found.append(({**of(within // 7 - 1, places), f"under {at}": 1}, before))
    return found


@settings(max_examples=40)
@given(waits_of_quarters)
def test_how_many_cases_waited_so_long_cannot_be_worked_out(quarters):
    """The middle ones of overlapping years and their quarters bound it, and settle it never."""
    equations = waited(quarters)
    if not equations:
        return
    attacker = Attacker(equations)
    for place, days in enumerate(quarters):
        if len(days) < BELOW:
            continue
        for band in BANDS:
            count = sum(max(-(-each // 7), 1) == band for each in days)
            assert attacker.can_differ({f"{place}/{band}": 1}, count), (place, band)
