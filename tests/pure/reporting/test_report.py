"""The whole return and its copy: 12 months, rates, and nothing in the copy that is one case's."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from hub.marac.clocks import Label
from hub.reporting.rules.agencies import Care, CareFacts, ResearchFacts
from hub.reporting.rules.counting import Counts, HeardCase, HeldMeeting, Part
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.report import AreaFacts, Waits, counted_year, percent, report
from hub.reporting.rules.suppression import nothing

NOW = datetime(2026, 4, 2, 9, tzinfo=UTC)
TODAY = date(2026, 4, 2)
WOMEN = 20_000
MONTHS = {"2025Q2": 5, "2025Q3": 8, "2025Q4": 11, "2026Q1": 2}


def meeting(code, *, police, health, repeats=0, waits=10):
    starts_at = datetime(int(code[:4]), MONTHS[code], 10, 9, tzinfo=UTC)
    sources = ["police"] * police + ["health"] * health
    cases = [
        HeardCase(
            referred_at=starts_at - timedelta(days=waits + at),
            source=source,
            label=Label.REPEAT if at < repeats else Label.NEW,
        )
        for at, source in enumerate(sources)
    ]
    return HeldMeeting(area="a", starts_at=starts_at, cases=tuple(cases))


FACTS = AreaFacts(
    area="a",
    meetings=(
        meeting("2025Q2", police=10, health=6, repeats=6),
        meeting("2025Q3", police=12, health=7, repeats=5),
        meeting("2025Q4", police=9, health=5, repeats=3),
        meeting("2026Q1", police=11, health=8, repeats=2),
    ),
    care=tuple(
        CareFacts(on=date(2026, 2, 10), agency="Leaving care", became=frozenset({Care.INVITED}))
        for _ in range(3)
    ),
    not_known=(date(2026, 2, 10), date(2025, 5, 10)),
)
LAST = Quarter(2026, 1)


def own(facts=FACTS, quarter=LAST):
    return report(counted_year(facts, quarter, NOW, TODAY), WOMEN)


def copy(facts=FACTS, quarter=LAST, below=5):
    four = counted_year(facts, quarter, NOW, TODAY)
    return report([replace(one, below=below) for one in four], WOMEN)


def test_the_whole_return_has_every_count_of_the_quarter_and_the_12_months():
    found = own()
    assert [(row.quarter.code, row.cases.whole) for row in found.quarters] == [
        ("2025Q2", 16),
        ("2025Q3", 19),
        ("2025Q4", 14),
        ("2026Q1", 19),
    ]
    assert (found.total.whole, found.year.whole) == (19, 68)
    assert (found.total.parts["repeat"], found.year.parts["repeat"]) == (2, 16)
    assert (found.sources["health"], found.year_sources["health"]) == (8, 26)
    assert found.per_10_000 == 34.0
    assert (found.waits.shortest, found.waits.middle, found.waits.longest) == (10, 19, 28)
    assert (found.care.total.whole, found.care.year.whole, found.not_known) == (3, 3, 1)


def test_the_copy_has_no_single_case_in_it():
    found = copy()
    assert [row.cases.parts["repeat"] for row in found.quarters] == [6, 5, None, None]
    assert found.year.parts["repeat"] == 16  # two quarters are withheld: 2 and 3, or 1 and 4 ...
    assert found.year.whole == 68
    assert found.per_10_000 == 34.0
    assert found.waits == Waits(within=21)  # the middle one, of 19 days, is one case's
    assert found.year_waits == Waits(within=21)
    assert found.care.total.whole is None
    assert found.care.rows == ()  # not even whose service it is
    assert found.not_known is None
    assert set(found.meetings[0].sources.values()) == {None}
    assert found.sources["police"] == 11


def test_12_months_that_end_elsewhere_are_the_sum_of_what_was_passed_on():
    found = copy(quarter=Quarter(2025, 4))
    assert [row.cases.whole for row in found.quarters] == [None, 16, 19, 14]
    assert (found.year.whole, found.per_10_000) == (None, None)
    assert found.year_waits == Waits()


def test_kinds_are_given_in_a_year_only_where_each_quarter_gave_them():
    many = tuple(meeting(code, police=9, health=9) for code in MONTHS)
    found = copy(replace(FACTS, meetings=many))
    assert (found.sources["health"], found.year_sources["health"]) == (None, None)
    assert (found.sources["police"], found.year_sources["police"]) == (9, 36)


@pytest.mark.parametrize(
    ("part", "whole", "said"),
    [(1, 3, 33.3), (0, 7, 0.0), (None, 7, None), (3, None, None), (0, 0, None)],
)
def test_a_share_is_of_the_whole_and_of_nothing_there_is_none(part, whole, said):
    assert percent(part, whole) == said


def test_without_the_number_of_women_nothing_is_said_of_10_000():
    assert report(counted_year(FACTS, LAST, NOW, TODAY), None).per_10_000 is None


def test_what_agencies_did_would_tell_a_withheld_number_of_cases():
    """Twelve agencies are asked about each of three cases: 36 in all, and 36 is no small count."""
    starts_at = datetime(2026, 2, 10, 9, tzinfo=UTC)
    asked = tuple(
        ResearchFacts(on=date(2026, 2, 10), agency=str(at), due_at=starts_at, answered_at=starts_at)
        for at in range(12)
        for _ in range(3)
    )
    facts = replace(FACTS, meetings=(meeting("2026Q1", police=3, health=0),), research=asked)
    assert own(facts).research.total.whole == 36
    withheld = copy(facts)
    assert withheld.total.whole is None
    assert withheld.research.rows == ()
    assert withheld.research.total == nothing(COUNTED)
    assert withheld.research.year == nothing(COUNTED)


def test_an_agency_that_is_named_would_have_one_at_least():
    """Of five named agencies with five people between them each has one: so none is named."""
    people = tuple(
        CareFacts(on=date(2026, 2, 10), agency=name, became=frozenset()) for name in "abcde"
    )
    found = copy(replace(FACTS, care=people)).care
    assert (found.total.whole, [name for name, _ in found.rows]) == (5, ["Other agencies"])
    assert set(found.rows[0][1].parts.values()) == {None}
    some = copy(replace(FACTS, care=people * 5 + people[:1])).care
    assert [(name, each.whole) for name, each in some.rows] == [
        ("a", 6), ("b", 5), ("c", 5), ("d", 5), ("e", 5),
    ]  # fmt: skip
    assert copy(replace(FACTS, care=())).care.rows == copy().care.rows == ()


COUNTED = Counts(parts={"on_time": Part()})


def test_each_quarter_is_passed_on_by_the_threshold_that_its_own_copy_was_made_by():
    four = counted_year(FACTS, LAST, NOW, TODAY)
    below = (7, 5, 5, 5)
    found = report([replace(one, below=n) for one, n in zip(four, below, strict=True)], WOMEN)
    assert [row.cases.parts["repeat"] for row in found.quarters] == [None, 5, None, None]
