"""Packing an agenda: the rules by example, and what must hold whatever the cases are."""

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.marac.agenda import Case, Slot, in_order, pack

NINE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)  # 9 in the morning in London
TEN_MINUTES = 10


def at(minutes, length=TEN_MINUTES):
    starts = NINE + timedelta(minutes=minutes)
    return Slot(starts_at=starts, ends_at=starts + timedelta(minutes=length))


def case(number, *, children=False, workers=(), answered=None):
    return Case(
        id=UUID(int=number),
        has_children=children,
        listed_at=NINE - timedelta(days=30) + timedelta(minutes=number),
        workers=frozenset(UUID(int=worker) for worker in workers),
        answered=answered,
    )


def packed(cases, *, minutes=180, length=TEN_MINUTES):
    return pack(
        cases, starts_at=NINE, ends_at=NINE + timedelta(minutes=minutes), slot_minutes=length
    )


def told(packing):
    return [
        (case_id.int, int((slot.starts_at - NINE).total_seconds() // 60))
        for case_id, slot in packing.slots.items()
    ]


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

    assert (packing.slots, packing.overflow, packing.warnings) == ({}, (), ())


@pytest.mark.parametrize(("minutes", "length"), [(60, 0), (60, -5), (-10, 10)])
def test_a_slot_and_a_meeting_need_a_length(minutes, length):
    with pytest.raises(ValueError, match="need a length"):
        packed([case(1)], minutes=minutes, length=length)


# --- Whatever the cases are ---


@st.composite
def situations(draw, *, answers=True):
    count = draw(st.integers(0, 14))
    minutes = draw(st.integers(0, 30)) * 5
    length = draw(st.sampled_from([5, 10, 12, 15]))
    slots = st.builds(at, st.integers(-4, 32).map(lambda n: n * 5), st.just(length))
    cases = [
        case(
            number,
            children=draw(st.booleans()),
            workers=draw(st.sets(st.integers(100, 105), max_size=2)),
            answered=draw(st.none() | slots) if answers else None,
        )
        for number in range(1, count + 1)
    ]
    return cases, minutes, length


def of(cases):
    return {one.id: one for one in cases}


@given(situations())
def test_no_two_overlap_all_lie_in_the_meeting_and_no_case_is_lost(situation):
    cases, minutes, length = situation
    packing = packed(cases, minutes=minutes, length=length)

    slots = list(packing.slots.values())
    assert slots == sorted(slots, key=lambda slot: slot.starts_at)
    assert all(not one.overlaps(two) for one, two in pairwise(slots))
    assert all(slot.starts_at >= NINE for slot in slots)
    assert all(slot.ends_at <= NINE + timedelta(minutes=minutes) for slot in slots)
    assert sorted([*packing.slots, *packing.overflow]) == sorted(of(cases))
    assert bool(packing.overflow) == any("not fit at" in one for one in packing.warnings)


@given(situations())
def test_answered_slots_never_move_unless_they_cannot_stand(situation):
    cases, minutes, length = situation
    packing = packed(cases, minutes=minutes, length=length)

    answered = [one for one in cases if one.answered]
    moved = [one for one in answered if packing.slots.get(one.id) != one.answered]
    ends = NINE + timedelta(minutes=minutes)
    for one in moved:
        outside = one.answered.starts_at < NINE or one.answered.ends_at > ends
        clash = any(
            other.id != one.id
            and other.answered
            and other.answered.overlaps(one.answered)
            and packing.slots.get(other.id) == other.answered
            for other in cases
        )
        assert outside or clash
    assert bool(moved) == any("had to move" in one for one in packing.warnings)


@given(situations())
def test_nobody_is_left_over_while_there_is_room(situation):
    cases, minutes, length = situation
    packing = packed(cases, minutes=minutes, length=length)

    if packing.overflow:
        ends = NINE + timedelta(minutes=minutes)
        edges = [NINE, *(slot.ends_at for slot in packing.slots.values())]
        starts = [*(slot.starts_at for slot in packing.slots.values()), ends]
        gaps = [after - before for before, after in zip(edges, starts, strict=True)]
        assert all(gap < timedelta(minutes=length) for gap in gaps)


@given(situations())
def test_children_come_first_where_answered_slots_allow(situation):
    cases, minutes, length = situation
    packing = packed(cases, minutes=minutes, length=length)

    known = of(cases)
    free = [known[one] for one in packing.slots if packing.slots[one] != known[one].answered]
    parts = [one.has_children for one in free]
    assert parts == sorted(parts, reverse=True)
    left = [known[one].has_children for one in packing.overflow]
    assert not (any(left) and not all(parts))  # no child's case is left over for an adults' one


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(situation, chance):
    cases, minutes, length = situation
    shuffled = list(cases)
    chance.shuffle(shuffled)

    assert packed(cases, minutes=minutes, length=length) == packed(
        shuffled, minutes=minutes, length=length
    )


@given(situations(answers=False))
def test_without_answers_each_group_stands_together_in_each_part(situation):
    cases, _, length = situation
    packing = packed(cases, minutes=24 * 60, length=length)

    known = of(cases)
    heard = [known[one] for one in packing.slots]
    assert heard == in_order(cases)
    for worker in {worker for one in cases for worker in one.workers}:
        for children in (True, False):
            part = [one for one in heard if one.has_children is children]
            group = linked(worker, part, cases)
            places = [place for place, one in enumerate(part) if one.id in group]
            assert not places or places == list(range(places[0], places[-1] + 1))


def linked(worker, part, cases):
    """Return the cases of the part that hang together with the worker's, by whatever workers."""
    workers, ids = {worker}, set()
    while True:
        found = {one.id for one in cases if one.workers & {UUID(int=0)} or one.workers & workers}
        if found == ids:
            return {one.id for one in part if one.id in ids}
        ids = found
        workers |= {each for one in cases if one.id in ids for each in one.workers}


@given(situations(answers=False), st.data())
def test_an_answer_to_the_slot_given_changes_nothing(situation, data):
    cases, minutes, length = situation
    first = packed(cases, minutes=minutes, length=length)
    answered = data.draw(st.sets(st.sampled_from(sorted(first.slots)))) if first.slots else set()

    again = packed(
        [
            Case(
                id=one.id,
                has_children=one.has_children,
                listed_at=one.listed_at,
                workers=one.workers,
                answered=first.slots[one.id] if one.id in answered else None,
            )
            for one in cases
        ],
        minutes=minutes,
        length=length,
    )

    assert again == first
