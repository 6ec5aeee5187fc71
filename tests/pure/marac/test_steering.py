"""What the steering group sees: agencies by the age of what they did not do, and what repeats."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest

from hub.marac.rules.steering import Undone, by_agency, gone_up, totals
from hub.marac.states import ActionState

TODAY = date(2026, 6, 1)
HOUSING, POLICE = UUID(int=1), UUID(int=2)
FIRST, SECOND = UUID(int=11), UUID(int=12)


def undone(late, state=ActionState.OPEN, *, agency=HOUSING, meeting=FIRST, reference="A"):
    return Undone(
        id=uuid4(),
        reference=reference,
        case="CASE",
        agency_id=agency,
        agency="Housing" if agency == HOUSING else "Police",
        meeting_id=meeting,
        due_on=TODAY - timedelta(days=late),
        state=state,
    )


@pytest.mark.parametrize(
    ("late", "bands"),
    [
        (1, (1, 0, 0)),
        (13, (1, 0, 0)),
        (14, (0, 1, 0)),
        (27, (0, 1, 0)),
        (28, (0, 0, 1)),
        (400, (0, 0, 1)),
    ],
)
def test_an_overdue_action_is_in_one_band(late, bands):
    (row,) = by_agency([undone(late)], TODAY)
    assert (row.under_two_weeks, row.under_four_weeks, row.older) == bands
    assert (row.not_done, row.is_repeated) == (0, False)


def test_what_is_due_today_or_settled_or_declined_is_not_counted():
    states = set(ActionState) - {ActionState.OPEN, ActionState.PROPOSED, ActionState.NOT_DONE}
    assert by_agency([undone(90, state) for state in states], TODAY) == ()
    assert by_agency([undone(0)], TODAY) == ()


def test_what_was_said_not_to_be_done_counts_for_a_year():
    not_done = ActionState.NOT_DONE
    a_year = (TODAY - date(2025, 6, 1)).days
    (row,) = by_agency([undone(a_year, not_done), undone(a_year + 1, not_done)], TODAY)
    assert (row.not_done, row.older) == (1, 0)
    assert by_agency([undone(a_year + 1, not_done)], TODAY) == ()


def test_it_repeats_with_three_of_two_meetings():
    not_done = ActionState.NOT_DONE
    two = [undone(14), undone(20, not_done, meeting=SECOND)]
    assert not by_agency(two, TODAY)[0].is_repeated
    assert not by_agency([*two, undone(13)], TODAY)[0].is_repeated  # not long overdue yet
    assert by_agency([*two, undone(14, ActionState.PROPOSED)], TODAY)[0].is_repeated
    of_one = [undone(14), undone(15), undone(16, not_done)]
    assert not by_agency(of_one, TODAY)[0].is_repeated
    others = [*two, undone(30, agency=POLICE, meeting=SECOND)]
    assert not any(row.is_repeated for row in by_agency(others, TODAY))


def test_the_agency_with_most_that_is_old_stands_first():
    rows = [undone(14), undone(30, agency=POLICE)]
    assert [row.agency for row in by_agency(rows, TODAY)] == ["Police", "Housing"]


def test_what_goes_up_is_two_weeks_late_the_longest_first():
    rows = [undone(13, reference="B"), undone(14, reference="C"), undone(60, reference="D")]
    rows.append(undone(60, ActionState.NOT_DONE, reference="E"))
    assert [one.reference for one in gone_up(rows, TODAY)] == ["D", "C"]


def test_totals_are_by_agency_with_all_of_them_last():
    counts = [(name, state, 1) for name in ("Police", "Housing") for state in ActionState]
    *rows, together = totals([*counts, ("Housing", ActionState.DONE, 2)], "All")
    assert [(row.agency, row.done, row.all) for row in rows] == [
        ("Housing", 3, 7),
        ("Police", 1, 5),
    ]
    assert (together.agency, together.all, together.waiting) == ("All", 12, 4)
    assert (together.not_done, together.not_possible) == (2, 2)
    assert totals([], "All") == ()


def test_what_is_nobodys_any_more_is_in_no_total():
    gone = (ActionState.SUPERSEDED, ActionState.TRANSFERRED, ActionState.DECLINED)
    assert totals([("Police", state, 4) for state in gone], "All") == ()
