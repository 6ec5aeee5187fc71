"""A reader's copy of an agenda: what they may see, numbered anew, and what changed for them."""

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.marac.rules.copies import (
    ChangeKind,
    Due,
    Issue,
    Lapse,
    Line,
    Reader,
    Sight,
    copy_for,
    differences,
)

NINE = datetime(2026, 7, 6, 8, 0, tzinfo=UTC)
SIGHTS = st.sampled_from(list(Sight))


def item(number):
    return UUID(int=number)


def line(number, *, at=None, **changes):
    starts = None if at is None else NINE + timedelta(minutes=at)
    return Line(
        item=item(number),
        reference=f"C-{number}",
        has_children=False,
        starts_at=starts,
        ends_at=starts and starts + timedelta(minutes=10),
        **changes,
    )


def issue(*lines, number=1, **changes):
    return Issue(
        number=number, starts_at=NINE, ends_at=NINE + timedelta(hours=3), lines=lines, **changes
    )


def reader(sight, shown, own=()):
    return Reader(
        sight=Sight(sight),
        shown=frozenset(item(one) for one in shown),
        own=frozenset(item(one) for one in own),
    )


def told(copy):
    return [(one.number, one.of, one.line.reference) for one in copy.lines]


def test_a_member_reads_all_but_what_is_kept_from_them_without_a_hole():
    copy = copy_for(issue(line(1, at=0), line(2, at=10), line(3, at=20)), reader("member", (1, 3)))

    assert told(copy) == [(1, 2, "C-1"), (2, 2, "C-3")]
    assert [one.line.starts_at for one in copy.lines] == [None, None]
    assert copy.starts_at == NINE


def test_a_member_who_is_asked_to_a_case_reads_its_time_and_no_other():
    whole = issue(line(1, at=0), line(2, at=10, invited=("Wor Ker",)))
    copy = copy_for(whole, reader("member", (1, 2), (2,)))

    assert [one.line.starts_at for one in copy.lines] == [None, NINE + timedelta(minutes=10)]
    assert [one.line.invited for one in copy.lines] == [(), ()]


def test_somebody_asked_to_one_case_has_that_case_alone():
    whole = issue(
        line(1, at=0),
        line(2, at=10),
        overdue=(Due(item=item(2), reference="A", case="C-2", agency="Police", due_on=date.min),),
        lapsing=(Lapse(item=item(2), case="C-2", flag_until=date.min),),
    )

    copy = copy_for(whole, reader("one_slot", (1, 2), (2,)))

    assert told(copy) == [(1, 1, "C-2")]
    assert (copy.starts_at, copy.ends_at, copy.overdue, copy.lapsing) == (None, None, (), ())
    assert copy.lines[0].line.starts_at == NINE + timedelta(minutes=10)


def test_a_conflict_is_stronger_than_an_invitation():
    assert copy_for(issue(line(1, at=0)), reader("one_slot", (), (1,))).lines == ()


def test_whoever_runs_the_meeting_reads_times_and_who_is_asked():
    copy = copy_for(issue(line(1, at=0, invited=("Wor Ker",))), reader("runs", (1,)))

    assert (copy.lines[0].line.starts_at, copy.lines[0].line.invited) == (NINE, ("Wor Ker",))


@st.composite
def issues(draw):
    count = draw(st.integers(0, 12))
    numbers = draw(st.permutations(range(1, count + 1)))
    lines = [line(one, at=None if draw(st.booleans()) else 10 * one) for one in numbers]
    some = st.lists(st.sampled_from([*range(1, count + 3)]), max_size=4)
    return issue(
        *lines,
        overdue=tuple(
            Due(item=item(one), reference=f"A-{one}", case=f"C-{one}", agency="", due_on=date.max)
            for one in draw(some)
        ),
        lapsing=tuple(
            Lapse(item=item(one), case=f"C-{one}", flag_until=date.max) for one in draw(some)
        ),
    )


def without(whole, hidden):
    """Return the issue as it would be if the hidden cases had never been there."""
    return replace(
        whole,
        lines=tuple(one for one in whole.lines if one.item not in hidden),
        overdue=tuple(one for one in whole.overdue if one.item not in hidden),
        lapsing=tuple(one for one in whole.lapsing if one.item not in hidden),
    )


@given(issues(), SIGHTS, st.sets(st.integers(1, 14)), st.sets(st.integers(1, 14)))
def test_a_copy_is_as_if_what_is_hidden_had_never_been_there(whole, sight, hidden, own):
    kept_back = {item(one) for one in hidden}
    shown = whole.items - kept_back
    who = Reader(sight=sight, shown=shown, own={item(one) for one in own})

    copy = copy_for(whole, who)

    assert copy == copy_for(without(whole, kept_back), who)
    assert [one.number for one in copy.lines] == list(range(1, len(copy.lines) + 1))
    assert {one.of for one in copy.lines} <= {len(copy.lines)}
    if sight is not Sight.RUNS:
        timed = {one.line.item for one in copy.lines if one.line.starts_at}
        assert timed <= who.own  # no time of others


@given(issues(), issues(), SIGHTS, st.sets(st.integers(1, 14)), st.sets(st.integers(1, 14)))
def test_what_changed_says_nothing_of_what_is_hidden(before, after, sight, hidden, own):
    kept_back = {item(one) for one in hidden}
    shown = (before.items | after.items) - kept_back
    who = Reader(sight=sight, shown=shown, own={item(one) for one in own})

    found = differences(copy_for(before, who), copy_for(after, who))

    assert found == differences(
        copy_for(without(before, kept_back), who), copy_for(without(after, kept_back), who)
    )
    assert not {one.reference for one in found} & {f"C-{one}" for one in hidden}


@given(issues(), SIGHTS, st.sets(st.integers(1, 14)))
def test_nothing_changed_in_the_same_issue(whole, sight, own):
    copy = copy_for(whole, Reader(sight=sight, shown=whole.items, own={item(one) for one in own}))

    assert differences(copy, replace(copy, number=2)) == ()


ONE = line(1, at=0)


@pytest.mark.parametrize(
    ("before", "after", "kind"),
    [
        pytest.param((), (ONE,), ChangeKind.ADDED, id="a case is new"),
        pytest.param((ONE,), (), ChangeKind.REMOVED, id="a case is gone"),
        pytest.param((ONE,), (line(1, at=10),), ChangeKind.TIME, id="another time"),
        pytest.param((line(1),), (ONE,), ChangeKind.TIME, id="a time at last"),
        pytest.param((ONE,), (replace(ONE, marks=("late",)),), ChangeKind.MARKS, id="another mark"),
        pytest.param(
            (ONE,), (replace(ONE, has_children=True),), ChangeKind.CHILDREN, id="children"
        ),
        pytest.param((ONE,), (replace(ONE, invited=("A",)),), ChangeKind.INVITED, id="asked"),
        pytest.param(
            (replace(ONE, invited=("A",)),), (ONE,), ChangeKind.NOT_INVITED, id="no longer asked"
        ),
        pytest.param(
            (line(1), line(2)), (line(2), line(1)), ChangeKind.ORDER, id="order without times"
        ),
    ],
)
def test_each_kind_of_change_is_told(before, after, kind):
    who = reader("runs", (1, 2))

    found = differences(copy_for(issue(*before), who), copy_for(issue(*after, number=2), who))

    assert [one.kind for one in found] == [kind]


def test_another_time_of_the_meeting_is_told_to_members_and_not_to_one_slot():
    before, after = issue(ONE), replace(issue(ONE, number=2), ends_at=NINE + timedelta(hours=4))

    def kinds(who):
        return [one.kind for one in differences(copy_for(before, who), copy_for(after, who))]

    assert kinds(reader("member", (1,))) == [ChangeKind.MEETING]
    assert kinds(reader("one_slot", (1,), (1,))) == []
