"""Who must be invited: a row with a sentence for every clause of the rule and its edges."""

from dataclasses import replace

import pytest

from hub.meetings.required import required
from hub.meetings.situation import (
    Allocation,
    Bar,
    Team,
)
from kit.situations import (
    ALLEGED,
    DAY,
    LCW,
    LONG_AGO,
    SW,
    VICTIM,
    allocated,
    desk,
    item,
    person,
    situation,
    with_worker,
    without_contact,
    worker,
)
from parts.required_ladder import PARAGRAPH_3, PARAGRAPH_4
from parts.required_limits import PARAGRAPH_5, PARAGRAPH_6
from parts.required_people import PARAGRAPH_1, PARAGRAPH_2, THE_DAY
from parts.required_words import (
    AWAY,
    against,
    away,
    not_ours,
)

ROWS = [
    *PARAGRAPH_1,
    *THE_DAY,
    *PARAGRAPH_2,
    *PARAGRAPH_3,
    *PARAGRAPH_4,
    *PARAGRAPH_5,
    *PARAGRAPH_6,
]


@pytest.mark.parametrize("case", [pytest.param(one, id=one.says) for one in ROWS])
def test_the_rule(case):
    found = required(case.given)
    invited = {(one.person, one.route, one.step, one.recipient) for one in found.invitations}
    problems = {(one.person, one.problem, one.contact, one.owner_role) for one in found.problems}
    assert (invited, problems) == (case.invited, case.problems)


ALL_THAT_CAN_BE_WRONG = [
    ("left", with_worker, {"until_on": DAY}),
    ("absent", replace, {"absences": (away("w"),)}),
    ("barred", replace, {"bars": (Bar(recipient="w", item="i1"),)}),
    ("both_sides", replace, {"allocations": (allocated("p", "w"), allocated("q", "w", SW))}),
    ("unverified", with_worker, {"verified_on": None}),
]


@pytest.mark.parametrize("first", range(len(ALL_THAT_CAN_BE_WRONG)))
def test_why_is_the_first_reason_that_holds_and_only_that_is_raised(first):
    start = against(persons=(person("p"), not_ours("q"), person("r")))
    for _, change, what in ALL_THAT_CAN_BE_WRONG[first:]:
        start = change(start, "w", **what) if change is with_worker else change(start, **what)
    found = required(start)
    why = ALL_THAT_CAN_BE_WRONG[first][0]
    assert [(one.recipient, one.why) for one in found.invitations[0].skipped] == [("w", why)]
    assert len(found.problems) == (0 if why == "absent" else 1)


def test_other_side_comes_after_both_sides_and_before_the_contact():
    start = without_contact(
        against(
            allocations=(allocated("p", "w"), allocated("q", "c")),
            absences=AWAY,
            persons=(person("p"), not_ours("q"), person("r")),
        ),
        "c",
    )
    found = required(start)
    assert [one.why for one in found.invitations[0].skipped] == ["absent", "other_side"]
    assert found.problems == ()


def test_the_skipped_are_listed_in_the_order_tried_with_their_steps():
    start = with_worker(without_contact(situation(absences=AWAY), "c", "d"), "m", until_on=DAY)
    (found,) = required(start).invitations
    assert [(one.recipient, one.step, one.why) for one in found.skipped] == [
        ("w", "named_worker", "absent"),
        ("c", "cover", "unverified"),
        ("d", "deputy", "unverified"),
        ("m", "team_manager", "left"),
    ]
    assert (found.recipient, found.step) == ("near", "duty_desk")


def test_who_was_tried_is_not_tried_again_and_keeps_the_first_step():
    start = without_contact(
        situation(absences=(away("w", cover="d"),), teams=(Team(id="t", manager="w"),)), "d"
    )
    (found,) = required(start).invitations
    assert [(one.recipient, one.step) for one in found.skipped] == [
        ("w", "named_worker"),
        ("d", "cover"),
    ]


def test_the_reason_says_step_and_ladder_and_repeats_no_value():
    start = situation(
        absences=(away("worker-7", cover="cover-8"),),
        workers=(worker("worker-7"), worker("cover-8", verified_on=LONG_AGO)),
        teams=(),
        desks=(desk("desk-9"),),
        allocations=(Allocation(person="p", worker="worker-7", role=LCW, from_on=LONG_AGO),),
    )
    (found,) = required(start).invitations
    assert found.reason == (
        "The duty desk is invited on the leaving care route, because the named worker is away "
        "that day; the cover for the named worker's absence has a contact that was checked too "
        "long ago."
    )
    (plain,) = required(situation()).invitations
    assert plain.reason == "The named worker is invited on the leaving care route."


def test_every_item_is_asked_for_itself():
    start = situation(
        items=(item("i1", ("p", VICTIM)), item("i2", ("p", VICTIM)), item("i3")),
        bars=(Bar(recipient="w", item="i2"),),
    )
    found = required(start)
    assert [(one.item, one.recipient) for one in found.invitations] == [("i1", "w"), ("i2", "d")]
    assert [(one.item, one.problem) for one in found.problems] == [("i2", "barred")]


def test_the_lists_are_walked_a_fixed_number_of_times_however_many_items_there_are():
    own = [f"w{number}" for number in range(1000)]
    start = situation(
        workers=tuple(worker(one, deputy=own[0]) for one in own),
        teams=(),
        desks=(desk("first"),),
        persons=tuple(person(f"p{number}") for number in range(1000)),
        allocations=tuple(allocated(f"p{number}", own[number]) for number in range(1000)),
        absences=tuple(away(one) for one in own[1:]),
        items=tuple(
            item(f"i{number}", (f"p{number * 2}", VICTIM), (f"p{number * 2 + 1}", ALLEGED))
            for number in range(40)
        ),
    )
    looked_up = []

    class Watched(tuple):
        __slots__ = ()

        def __iter__(self):
            looked_up.append(1)
            return super().__iter__()

    watched = replace(start, workers=Watched(start.workers), persons=Watched(start.persons))
    assert len(required(watched).invitations) + len(required(watched).problems) >= 40
    assert len(looked_up) <= 8  # a list is walked once to index it, not once an item
