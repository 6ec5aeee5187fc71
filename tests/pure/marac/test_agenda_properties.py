"""Packing an agenda: what must hold whatever the cases are."""

from datetime import timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from hub.marac.agenda import Case, Part, in_order
from parts.packing import NINE, at, case, packed


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
            alert_only=draw(st.integers(0, 4)) == 0,
        )
        for number in range(1, count + 1)
    ]
    return cases, minutes, length, draw(st.sampled_from([0, 0, 10, 15]))


def of(cases):
    return {one.id: one for one in cases}


def has_to_wait(worker, cases, packing):
    """Tell, minute by minute, whether the worker sits through somebody else's time in between."""
    own = [
        packing.slots[one.id] for one in cases if worker in one.workers and one.id in packing.slots
    ]
    busy = {
        slot.starts_at + timedelta(minutes=minute)
        for slot in own
        for minute in range(int((slot.ends_at - slot.starts_at).total_seconds() // 60))
    }
    return bool(busy) and len(busy) <= (max(busy) - min(busy)).total_seconds() // 60


@given(situations())
def test_no_two_overlap_all_lie_in_the_meeting_and_no_case_is_lost(situation):
    cases, minutes, length, opening = situation
    packing = packed(cases, minutes=minutes, length=length, opening=opening)

    slots = list(packing.slots.values())
    assert slots == sorted(slots, key=lambda slot: slot.starts_at)
    assert all(not one.overlaps(two) for one, two in pairwise(slots))
    first = NINE + timedelta(minutes=opening)
    known = of(cases)
    for one, slot in packing.slots.items():
        assert slot.starts_at >= (NINE if slot == known[one].answered else first)
    assert all(slot.ends_at <= NINE + timedelta(minutes=minutes) for slot in slots)
    assert sorted([*packing.slots, *packing.overflow, *packing.noted]) == sorted(known)
    assert set(packing.noted) == {
        one.id for one in cases if one.is_alert_only and not one.workers and not one.answered
    }
    waits = {
        worker for one in cases for worker in one.workers if has_to_wait(worker, cases, packing)
    }
    assert any("to wait between" in one for one in packing.warnings) is bool(waits)
    assert bool(packing.overflow) == any("not fit at" in one for one in packing.warnings)


@given(situations())
def test_answered_slots_never_move_unless_they_cannot_stand(situation):
    cases, minutes, length, opening = situation
    packing = packed(cases, minutes=minutes, length=length, opening=opening)

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
    cases, minutes, length, opening = situation
    packing = packed(cases, minutes=minutes, length=length, opening=opening)

    if packing.overflow:
        ends = NINE + timedelta(minutes=minutes)
        first = NINE + timedelta(minutes=opening)
        edges = [first, *(max(slot.ends_at, first) for slot in packing.slots.values())]
        starts = [*(slot.starts_at for slot in packing.slots.values()), ends]
        gaps = [after - before for before, after in zip(edges, starts, strict=True)]
        assert all(gap < timedelta(minutes=length) for gap in gaps)


@given(situations())
def test_children_come_first_where_answered_slots_allow(situation):
    cases, minutes, length, opening = situation
    packing = packed(cases, minutes=minutes, length=length, opening=opening)

    known = of(cases)
    free = [known[one] for one in packing.slots if packing.slots[one] != known[one].answered]
    parts = [one.part for one in free]
    assert parts == sorted(parts)
    left = [known[one].part for one in packing.overflow]
    assert not (left and parts and min(left) < max(parts))  # none is left over for a later part's


@given(situations(), st.randoms(use_true_random=False))
def test_the_order_of_the_input_makes_no_difference(situation, chance):
    cases, minutes, length, opening = situation
    shuffled = list(cases)
    chance.shuffle(shuffled)

    assert packed(cases, minutes=minutes, length=length, opening=opening) == packed(
        shuffled, minutes=minutes, length=length, opening=opening
    )


@given(situations(answers=False))
def test_without_answers_each_group_stands_together_in_each_part(situation):
    cases, _, length, _ = situation
    packing = packed(cases, minutes=24 * 60, length=length)

    known = of(cases)
    heard = [known[one] for one in packing.slots]
    discussed = [one for one in heard if not one.is_alert_only]
    assert discussed == [one for one in in_order(cases) if not one.is_alert_only]
    for worker in {worker for one in cases for worker in one.workers}:
        for which in Part:
            part = [one for one in heard if one.part is which]
            group = linked(worker, part, cases)
            places = [place for place, one in enumerate(part) if one.id in group]
            assert not places or places == list(range(places[0], places[-1] + 1))


def linked(worker, part, cases):
    """Return the cases of the part that hang together with the worker's, by whatever workers."""
    workers, ids = {worker}, set()
    while True:
        found = {one.id for one in cases if one.workers & workers}
        if found == ids:
            return {one.id for one in part if one.id in ids}
        ids = found
        workers |= {each for one in cases if one.id in ids for each in one.workers}


@given(situations(answers=False), st.data())
def test_an_answer_to_the_slot_given_changes_nothing(situation, data):
    cases, minutes, length, opening = situation
    first = packed(cases, minutes=minutes, length=length, opening=opening)
    answered = data.draw(st.sets(st.sampled_from(sorted(first.slots)))) if first.slots else set()

    again = packed(
        [
            Case(
                id=one.id,
                has_children=one.has_children,
                listed_at=one.listed_at,
                workers=one.workers,
                answered=first.slots[one.id] if one.id in answered else None,
                is_alert_only=one.is_alert_only,
            )
            for one in cases
        ],
        minutes=minutes,
        opening=opening,
        length=length,
    )

    assert again == first
