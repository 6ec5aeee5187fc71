"""A quarter is kept whole as it was counted, and an exact return goes out by two people's doing."""

from datetime import UTC, date, datetime, timedelta
from uuid import UUID

import pytest

from hub.reporting.rules.agencies import Care, CareFacts, ResearchFacts
from hub.reporting.rules.counting import HeardCase, HeldMeeting, Somebody
from hub.reporting.rules.editions import (
    ReleaseState,
    has_ended,
    may_settle,
    may_take,
    read_stored,
    release_state,
    stored,
)
from hub.reporting.rules.quarters import Quarter
from hub.reporting.rules.report import AreaFacts, counted_year

AT = datetime(2026, 5, 20, 9, tzinfo=UTC)
ONE, OTHER = UUID(int=1), UUID(int=2)


def test_a_kept_quarter_is_read_as_it_was_counted():
    case = HeardCase(referred_at=AT - timedelta(days=9), children=2, victim=Somebody(gender="male"))
    facts = AreaFacts(
        area="a",
        meetings=(HeldMeeting(area="a", starts_at=AT, cases=(case, case)),),
        research=(ResearchFacts(on=AT.date(), agency="Police", due_at=AT, answered_at=AT),),
        care=(CareFacts(on=AT.date(), agency="Care", became=frozenset({Care.INVITED})),),
        not_known=(AT.date(),),
    )
    for one in counted_year(facts, Quarter(2026, 2), AT, AT.date()):
        assert read_stored(stored(one)) == one


@pytest.mark.parametrize(("day", "is_over"), [(date(2026, 6, 30), False), (date(2026, 7, 1), True)])
def test_a_quarter_is_over_on_the_day_after_its_last(day, is_over):
    assert has_ended(Quarter(2026, 2), day) is is_over


@pytest.mark.parametrize(
    ("approved", "refused", "hours", "state"),
    [
        (None, None, 0, ReleaseState.WAITS),
        (None, None, 900, ReleaseState.WAITS),
        (AT, None, 0, ReleaseState.OPEN),
        (AT, None, 23.99, ReleaseState.OPEN),
        (AT, None, 24, ReleaseState.OVER),
        (None, AT, 1, ReleaseState.REFUSED),
    ],
)
def test_an_approved_return_can_be_taken_out_for_a_day(approved, refused, hours, state):
    assert release_state(approved, refused, AT + timedelta(hours=hours)) is state


@pytest.mark.parametrize("state", ReleaseState)
def test_nobody_decides_on_their_own_and_nobody_twice(state):
    assert "second person" in may_settle(ONE, ONE, state)
    assert "second person" in may_settle(ONE, None, state)
    assert bool(may_settle(ONE, OTHER, state)) is (state is not ReleaseState.WAITS)


@pytest.mark.parametrize("state", ReleaseState)
def test_only_whoever_asked_takes_it_out_while_it_is_open(state):
    assert may_take(ONE, ONE, state) is (state is ReleaseState.OPEN)
    assert not may_take(ONE, OTHER, state)
    assert not may_take(ONE, None, state)
