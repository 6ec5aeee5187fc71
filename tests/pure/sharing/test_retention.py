"""How long what is held is kept, to the day."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.sharing.rules.retention import (
    DEFAULTS,
    CountsFrom,
    Facts,
    RecordKind,
    RetentionRule,
    can_be_stopped,
    is_due,
    of_agency,
    retain_until,
    rule_for,
)

RULES = of_agency(())
KIRKLEES = RetentionRule(
    code="leaving_care",
    kind=RecordKind.PERSON,
    counts_from=CountsFrom.EIGHTEENTH_BIRTHDAY,
    years=75,
    source="Its own schedule",
    number=1,
)


def until(kind, rules=RULES, **days):
    facts = Facts(**days)
    return retain_until(rule_for(rules, kind, facts), facts)


@pytest.mark.parametrize(
    ("born", "last"),
    [
        (date(2006, 3, 9), date(2081, 3, 9)),
        (date(2004, 2, 29), date(2079, 3, 1)),  # a common year
        (date(2005, 2, 28), date(2080, 2, 28)),  # a leap year
        (date(2005, 12, 31), date(2080, 12, 31)),
        (None, None),
    ],
)
def test_a_leaving_care_record_is_kept_to_the_75th_birthday(born, last):
    assert until(RecordKind.PERSON, born_on=born) == last


@pytest.mark.parametrize(
    ("died", "last"),
    [
        (date(2024, 3, 8), date(2039, 3, 8)),  # the day before the 18th birthday
        (date(2024, 2, 29), date(2039, 3, 1)),
        (date(2024, 3, 9), date(2081, 3, 9)),  # on it
        (date(2026, 1, 1), date(2081, 3, 9)),
    ],
)
def test_of_somebody_who_died_before_18_for_15_years(died, last):
    assert until(RecordKind.PERSON, born_on=date(2006, 3, 9), died_on=died) == last


def test_an_authority_counts_from_the_18th_birthday_where_it_says_so():
    rules = of_agency([KIRKLEES])
    assert until(RecordKind.PERSON, rules, born_on=date(2004, 2, 29)) == date(2097, 3, 1)
    died = {"born_on": date(2006, 3, 9), "died_on": date(2020, 1, 1)}
    assert until(RecordKind.PERSON, rules, **died) == date(2035, 1, 1)


@pytest.mark.parametrize(
    ("kind", "years"),
    [
        (RecordKind.CONCERN, 7),
        (RecordKind.REQUEST, 7),
        (RecordKind.AGREEMENT, 6),
        (RecordKind.SEARCHES, 2),
        (RecordKind.TRAIL, 7),
    ],
)
def test_the_other_records_count_from_their_end(kind, years):
    assert until(kind, ended_on=date(2026, 6, 1)) == date(2026 + years, 6, 1)
    assert until(kind, ended_on=None) is None


def test_a_record_goes_after_its_last_day_and_never_where_that_is_not_known():
    assert not is_due(date(2026, 6, 1), date(2026, 6, 1))
    assert is_due(date(2026, 6, 1), date(2026, 6, 2))
    assert not is_due(None, date(2999, 1, 1))


def test_an_approved_disposal_can_be_stopped_for_thirty_days():
    at = datetime(2026, 6, 1, 9, 0, tzinfo=UTC)
    assert can_be_stopped(at, at + timedelta(days=29))
    assert can_be_stopped(at, at + timedelta(days=30))
    assert not can_be_stopped(at, at + timedelta(days=30, microseconds=1))
    assert not can_be_stopped(at, at + timedelta(days=31))


def test_the_latest_text_of_a_rule_counts_and_the_others_stay():
    later = RetentionRule(
        **{name: getattr(KIRKLEES, name) for name in KIRKLEES.__dataclass_fields__}
        | {"years": 80, "number": 2}
    )
    rules = of_agency([later, KIRKLEES])
    assert rules["leaving_care"].years == 80
    assert rules["agreement"] in DEFAULTS


@given(st.dates(date(1900, 1, 1), date(2100, 1, 1)), st.dates(date(1900, 1, 1), date(2200, 1, 1)))
def test_nobody_s_record_goes_before_75_whenever_they_died_as_an_adult(born, today):
    if is_due(until(RecordKind.PERSON, born_on=born), today):
        assert (today.year - born.year) >= 75


def test_of_a_case_the_longer_counts_of_what_its_agency_and_its_area_have_set():
    ended = date(2026, 6, 1)
    assert until(RecordKind.CONCERN, ended_on=ended) == date(2033, 6, 1)
    assert until(RecordKind.CONCERN, ended_on=ended, area_years=10) == date(2036, 6, 1)
    assert until(RecordKind.CONCERN, ended_on=ended, area_years=3) == date(2033, 6, 1)
    rule = rule_for(RULES, RecordKind.CONCERN, Facts(ended_on=ended, area_years=10))
    assert (rule.code, rule.years) == ("marac_case", 10)
    assert "area" in rule.source
