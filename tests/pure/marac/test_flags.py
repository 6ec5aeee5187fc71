"""What an agency has to do to its flag on somebody, day by day."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.marac.clocks import (
    AreaClocks,
    IncidentKind,
    ReferralFacts,
    ReferralOutcome,
    case_clocks,
    person_flags,
)
from hub.marac.rules.flag_sheet import sheet
from hub.marac.rules.flags import Done, FlagKind, Heard, to_do

HERE, THERE = UUID(int=1), UUID(int=2)
USUAL = {HERE: AreaClocks(id=str(HERE))}
HER = UUID(int=10)
NOT_YET = date(2025, 1, 1)


def heard(on, area=HERE, number=1):
    return Heard(on=on, area_id=area, party_id=UUID(int=10 * number), item_id=UUID(int=number))


def done(kind, until):
    return Done(kind=kind, flag_until=until, party_id=HER, item_id=UUID(int=1))


def said(found):
    return found and (found.kind, found.flag_until, found.due_on)


def test_a_new_person_is_flagged_for_twelve_months_by_the_day_of_the_minutes():
    found = to_do([heard(date(2026, 6, 4))], USUAL, None, date(2026, 6, 4))
    # a Thursday: three working days later is Tuesday
    assert said(found) == ("add", date(2027, 6, 4), date(2026, 6, 9))
    assert (found.party_id, found.item_id) == (HER, UUID(int=1))


@pytest.mark.parametrize(
    ("heard_on", "on", "expected"),
    [
        (date(2025, 6, 4), date(2026, 6, 4), "add"),  # the anniversary itself
        (date(2025, 6, 4), date(2026, 6, 5), None),
        (date(2024, 2, 29), date(2025, 2, 28), "add"),
        (date(2024, 2, 29), date(2025, 3, 1), None),
        (date(2025, 2, 28), date(2026, 2, 28), "add"),
    ],
)
def test_nobody_sets_a_flag_that_is_over(heard_on, on, expected):
    found = to_do([heard(heard_on)], USUAL, None, on)
    assert (found and found.kind) == expected


def test_what_is_set_waits_for_nothing_until_the_day_after_its_last():
    set_ = done(FlagKind.ADD, date(2026, 6, 4))
    first = [heard(date(2025, 6, 4))]
    assert to_do(first, USUAL, set_, date(2026, 6, 4)) is None
    found = to_do(first, USUAL, set_, date(2026, 6, 5))
    assert said(found) == ("remove", date(2026, 6, 4), date(2026, 6, 5))


def test_heard_again_it_is_renewed_and_says_whom_it_was_that_was_heard_last():
    both = [heard(date(2025, 6, 4)), heard(date(2026, 1, 8), number=2)]
    found = to_do(both, USUAL, done(FlagKind.ADD, date(2026, 6, 4)), date(2026, 1, 8))
    assert said(found)[:2] == ("renew", date(2027, 1, 8))
    assert found.party_id == UUID(int=20)


def test_heard_again_after_it_was_removed_it_is_set_anew():
    both = [heard(date(2024, 6, 4)), heard(date(2026, 1, 8))]
    found = to_do(both, USUAL, done(FlagKind.REMOVE, date(2025, 6, 4)), date(2026, 1, 8))
    assert found.kind == "add"


def test_a_lapsed_flag_of_somebody_heard_again_is_renewed_not_removed():
    both = [heard(date(2024, 6, 4)), heard(date(2026, 1, 8))]
    found = to_do(both, USUAL, done(FlagKind.ADD, date(2025, 6, 4)), date(2026, 1, 8))
    assert said(found)[:2] == ("renew", date(2027, 1, 8))


def test_a_hearing_that_was_a_mistake_takes_the_flag_off_at_once():
    found = to_do([], USUAL, done(FlagKind.ADD, date(2027, 6, 4)), date(2026, 6, 10))
    assert said(found) == ("remove", date(2027, 6, 4), date(2026, 6, 10))


def test_what_was_removed_waits_for_nothing():
    first = [heard(date(2025, 6, 4))]
    assert to_do(first, USUAL, done(FlagKind.REMOVE, date(2026, 6, 4)), date(2027, 1, 1)) is None


def test_what_was_heard_in_another_area_is_not_an_agencys_to_know():
    both = [heard(date(2025, 6, 4)), heard(date(2026, 1, 8), THERE)]
    assert to_do(both, USUAL, done(FlagKind.ADD, date(2026, 6, 4)), date(2026, 2, 1)) is None
    wide = USUAL | {THERE: AreaClocks(id=str(THERE), flag_months=6)}
    found = to_do(both, wide, done(FlagKind.ADD, date(2026, 6, 4)), date(2026, 2, 1))
    assert said(found)[:2] == ("renew", date(2026, 7, 8))


@given(
    st.lists(st.dates(date(2023, 1, 1), date(2026, 6, 1)), max_size=5),
    st.dates(date(2023, 1, 1), date(2028, 6, 1)),
    st.integers(1, 24),
)
def test_a_flag_is_to_be_set_exactly_while_the_clocks_say_that_it_is_current(days, on, months):
    area = AreaClocks(id=str(HERE), flag_months=months)
    referral = ReferralFacts(
        id="r",
        area=str(HERE),
        victim="v",
        alleged_perpetrators=("p",),
        referral_on=min(days, default=NOT_YET),
        incident_kind=IncidentKind.STALKING,
        outcome=ReferralOutcome.ACCEPTED,
        heard_on=tuple(sorted(days)),
    )
    before = [day for day in days if day <= on]
    clocks = {
        one.person: one for one in person_flags(case_clocks({str(HERE): area}, [referral], on))
    }
    found = to_do([heard(day) for day in before], {HERE: area}, None, on)
    flag = clocks.get("v")
    if flag is None or flag.flag != "current":
        assert found is None
    else:
        assert found.flag_until == flag.flag_until
        kept = done(FlagKind.ADD, flag.flag_until)
        after = flag.flag_until + timedelta(days=1)
        assert to_do([heard(day) for day in before], {HERE: area}, kept, on) is None
        assert to_do([heard(day) for day in before], {HERE: area}, kept, after).kind == "remove"


def test_a_file_has_no_cell_that_a_spreadsheet_runs():
    text = sheet(
        [
            {
                "to_do": "Set the flag",
                "family_name": "=HYPERLINK(1)",
                "given_name": "@SUM(1)",
                "born_on": date(2006, 3, 9),
                "case": "+1",
            }
        ]
    )
    rows = list(csv.DictReader(io.StringIO(text)))
    assert rows[0]["Family name"] == "'=HYPERLINK(1)"
    assert rows[0]["Given name"] == "'@SUM(1)"
    assert rows[0]["Case"] == "'+1"
    assert rows[0]["Date of birth"] == "2006-03-09"
    assert rows[0]["Due"] == ""
