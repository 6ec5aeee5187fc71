"""Packing an agenda: the rules by example, and what must hold whatever the cases are."""

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.marac.agenda import moved, pack
from parts.packing import TEN_MINUTES, at, case, packed, told


def test_cases_with_children_come_first_then_in_order_of_listing():
    cases = [case(1), case(2, children=True), case(3), case(4, children=True)]

    assert told(packed(cases)) == [(2, 0), (4, 10), (1, 20), (3, 30)]


def test_one_workers_cases_stand_side_by_side():
    cases = [case(1, workers=[100]), case(2, workers=[200]), case(3, workers=[100])]

    assert told(packed(cases)) == [(1, 0), (3, 10), (2, 20)]


def test_cases_linked_by_different_workers_of_one_case_are_one_group():
    cases = [
        case(1, workers=[100]),
        case(2, workers=[300]),
        case(3, workers=[100, 200]),
        case(4, workers=[200]),
    ]

    assert told(packed(cases)) == [(1, 0), (3, 10), (4, 20), (2, 30)]


def test_a_worker_with_cases_of_both_kinds_has_them_where_the_parts_meet():
    cases = [
        case(1, children=True, workers=[100]),
        case(2, children=True),
        case(3),
        case(4, workers=[100]),
    ]

    assert told(packed(cases)) == [(2, 0), (1, 10), (4, 20), (3, 30)]


def test_an_answered_slot_stays_and_the_others_go_round_it():
    cases = [case(1), case(2, answered=at(0)), case(3, children=True)]

    assert told(packed(cases)) == [(2, 0), (3, 10), (1, 20)]


def test_an_answered_slot_off_the_grid_leaves_no_overlap():
    cases = [case(1), case(2, answered=at(15)), case(3)]

    assert told(packed(cases)) == [(1, 0), (2, 15), (3, 25)]


def test_a_group_gathers_at_its_answered_slot():
    cases = [
        case(1, workers=[100]),
        case(2),
        case(3),
        case(4),
        case(5, workers=[100], answered=at(40)),
        case(6, workers=[100]),
    ]

    assert told(packed(cases)) == [(2, 0), (3, 10), (4, 20), (1, 30), (5, 40), (6, 50)]


def test_a_case_comes_straight_after_its_workers_answered_one():
    cases = [case(1), case(2), case(3, workers=[100], answered=at(10)), case(4, workers=[100])]

    assert told(packed(cases)) == [(1, 0), (3, 10), (4, 20), (2, 30)]


def test_what_does_not_fit_is_left_over_with_a_warning_that_says_what_to_do():
    cases = [case(number, children=number == 3) for number in range(1, 5)]

    packing = packed(cases, minutes=25)

    assert told(packing) == [(3, 0), (1, 10)]
    assert [one.int for one in packing.overflow] == [2, 4]
    (warning,) = packing.warnings
    assert warning == (
        "2 cases do not fit at 10 minutes each. Give the meeting a later end, use shorter slots,"
        " or list them at another meeting."
    )


def test_one_case_too_many_is_said_in_the_singular():
    packing = packed([case(1), case(2)], minutes=10)

    assert packing.warnings[0].startswith("1 case does not fit at 10 minutes each.")


@pytest.mark.parametrize(
    "slot",
    [
        pytest.param(at(-10), id="before the meeting starts"),
        pytest.param(at(175), id="over the meeting's end"),
        pytest.param(at(0), id="taken by another accepted time"),
        pytest.param(at(20, 0), id="without a length"),
    ],
)
def test_an_answered_slot_that_cannot_stand_moves_with_a_warning(slot):
    packing = packed([case(1, answered=at(0)), case(2, answered=slot)])

    assert told(packing) == [(1, 0), (2, 10)]
    (warning,) = packing.warnings
    assert warning == (
        "1 accepted time no longer fits the meeting and had to move. The workers are told of the"
        " new times; ring them to be sure that they can come."
    )


def test_a_meeting_over_the_change_of_clocks_has_its_real_length():
    # 25 October 2026, 00:30 BST to 02:30 GMT: two hours on the wall, three in truth.
    starts = datetime(2026, 10, 24, 23, 30, tzinfo=UTC)
    cases = [case(number) for number in range(1, 30)]

    packing = pack(
        cases, starts_at=starts, ends_at=starts + timedelta(hours=3), slot_minutes=TEN_MINUTES
    )

    assert len(packing.slots) == 18


def test_nothing_to_pack_is_an_empty_agenda():
    packing = packed([])

    assert (packing.slots, packing.overflow, packing.noted, packing.warnings) == ({}, (), (), ())


@pytest.mark.parametrize(
    ("minutes", "length", "opening"), [(60, 0, 0), (60, -5, 0), (-10, 10, 0), (60, 10, -1)]
)
def test_a_slot_and_a_meeting_need_a_length(minutes, length, opening):
    with pytest.raises(ValueError, match="need a length"):
        packed([case(1)], minutes=minutes, length=length, opening=opening)


def test_a_case_for_alert_only_takes_no_time_unless_somebody_comes_for_it():
    cases = [
        case(1, alert_only=True),
        case(2, alert_only=True, workers=[100]),
        case(3),
        case(4, alert_only=True, answered=at(50)),
        case(5, children=True, alert_only=True, workers=[200]),
    ]

    packing = packed(cases)

    assert told(packing) == [(3, 0), (2, 10), (5, 20), (4, 50)]
    assert [one.int for one in packing.noted] == [1]
    assert packing.overflow == ()


def test_introductions_and_last_times_actions_come_before_the_first_case():
    assert told(packed([case(1), case(2)], opening=15)) == [(1, 15), (2, 25)]


def test_an_accepted_time_stays_although_the_opening_grew():
    assert told(packed([case(1), case(2, answered=at(10))], opening=15)) == [(2, 10), (1, 20)]


def test_an_opening_as_long_as_the_meeting_leaves_room_for_nothing():
    packing = packed([case(1)], minutes=20, opening=20)

    assert (told(packing), [one.int for one in packing.overflow]) == ([], [1])


@pytest.mark.parametrize(
    ("cases", "who"),
    [
        pytest.param([case(1, workers=[100]), case(2, workers=[100])], None, id="side by side"),
        pytest.param(
            [
                case(1, workers=[100], answered=at(0)),
                case(2),
                case(3, workers=[100], answered=at(20)),
            ],
            "1 worker has",
            id="parted by their own answers",
        ),
        pytest.param(
            [
                case(1, workers=[100, 200], answered=at(0)),
                case(2, workers=[100], answered=at(30)),
                case(3, workers=[200], answered=at(60)),
            ],
            "2 workers have",
            id="two of them",
        ),
    ],
)
def test_whoever_must_wait_between_two_cases_is_said(cases, who):
    warnings = packed(cases).warnings

    end = (
        "to wait between two of their cases. Move the cases together, or ring and ask whether"
        " another time would do."
    )
    assert warnings == ((f"{who} {end}",) if who else ())


# --- Another order by hand ---


def ids(*numbers):
    return tuple(UUID(int=number) for number in numbers)


@pytest.mark.parametrize(
    ("one", "to", "fixed", "order"),
    [
        pytest.param(3, 0, (), (3, 1, 2, 4), id="to the front"),
        pytest.param(1, 3, (), (2, 3, 4, 1), id="to the end"),
        pytest.param(2, 2, (), (1, 3, 2, 4), id="down by one"),
        pytest.param(2, 1, (), (1, 2, 3, 4), id="where it is"),
        pytest.param(4, 0, (1,), (1, 4, 2, 3), id="before a fixed one: as near as can be"),
        pytest.param(1, 2, (2,), (3, 2, 1, 4), id="over a fixed one"),
        pytest.param(1, 99, (4,), (2, 3, 1, 4), id="beyond the end"),
        pytest.param(4, -9, (), (4, 1, 2, 3), id="beyond the front"),
    ],
)
def test_a_case_is_moved_and_the_others_make_room(one, to, fixed, order):
    assert moved(ids(1, 2, 3, 4), set(ids(*fixed)), UUID(int=one), to) == ids(*order)


@pytest.mark.parametrize("one", [2, 9])
def test_a_fixed_case_or_a_strange_one_is_not_moved(one):
    with pytest.raises(ValueError, match="cannot be moved"):
        moved(ids(1, 2, 3), set(ids(2)), UUID(int=one), 0)


@given(st.data(), st.integers(1, 12))
def test_whatever_is_moved_the_fixed_stay_and_the_others_keep_their_order(data, count):
    order = ids(*range(1, count + 1))
    fixed = data.draw(st.sets(st.sampled_from(order), max_size=count - 1))
    one = data.draw(st.sampled_from([each for each in order if each not in fixed]))
    to = data.draw(st.integers(0, count - 1))

    after = moved(order, fixed, one, to)

    assert sorted(after) == sorted(order)
    assert all(after.index(each) == order.index(each) for each in fixed)
    others = [each for each in order if each not in fixed and each != one]
    assert [each for each in after if each in others] == others
    assert order[to] in fixed or after[to] == one
