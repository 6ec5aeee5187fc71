"""In time or late, agency by agency; what is nobody's delay is not counted at all."""

from datetime import UTC, date, datetime

import pytest

from hub.marac.states import ActionState
from hub.reporting.rules.agencies import (
    ON_TIME,
    ActionFacts,
    Care,
    CareFacts,
    ResearchFacts,
    action_counts,
    all_agencies,
    care_counts,
    research_counts,
)
from hub.reporting.rules.counting import Part

DAY = date(2026, 5, 20)
DUE = datetime(2026, 5, 15, 16, tzinfo=UTC)
NOW = datetime(2026, 6, 1, 9, tzinfo=UTC)
TODAY = date(2026, 6, 1)


def research(answered_at, due_at=DUE, agency="Police"):
    return ResearchFacts(on=DAY, agency=agency, due_at=due_at, answered_at=answered_at)


def action(state, due_on, settled_at=None):
    return ActionFacts(
        on=DAY, agency="Police", due_on=due_on, state=ActionState(state), settled_at=settled_at
    )


def said(rows):
    return [(row.agency, row.counts.whole, row.counts.parts[ON_TIME].yes) for row in rows]


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        (research(DUE), [("Police", 1, 1)]),  # at the very deadline
        (research(DUE.replace(second=1)), [("Police", 1, 0)]),
        (research(None), [("Police", 1, 0)]),  # silence is not on time
        (research(None, NOW), [("Police", 1, 0)]),
        (research(None, NOW.replace(second=1)), []),  # not due yet
        (research(NOW, NOW.replace(second=1)), [("Police", 1, 1)]),
    ],
)
def test_research_is_on_time_up_to_its_deadline(facts, counted):
    assert said(research_counts([facts], NOW)) == counted


@pytest.mark.parametrize(
    ("facts", "counted"),
    [
        # 22:59 UTC on 25 May is 23:59 in London, a minute later it is the 26th
        (action("done", date(2026, 5, 25), datetime(2026, 5, 25, 22, 59, tzinfo=UTC)), (1, 1)),
        (action("done", date(2026, 5, 25), datetime(2026, 5, 25, 23, tzinfo=UTC)), (1, 0)),
        (action("open", date(2026, 5, 31)), (1, 0)),
        (action("open", TODAY), None),  # it still is that day
        (action("not_done", date(2026, 7, 1), NOW), (1, 0)),
        (action("done", date(2026, 7, 1), NOW), (1, 1)),
        (action("not_possible", date(2026, 5, 25), NOW), None),
        (action("superseded", date(2026, 5, 25), NOW), None),
        (action("transferred", date(2026, 5, 25), NOW), None),
        (action("declined", date(2026, 5, 25)), None),
        (action("proposed", date(2026, 5, 25)), None),
    ],
)
def test_an_action_is_on_time_up_to_its_day_in_london(facts, counted):
    expected = [] if counted is None else [("Police", *counted)]
    assert said(action_counts([facts], TODAY)) == expected


def test_agencies_stand_by_their_names_and_add_up():
    rows = research_counts(
        [research(DUE, agency=name) for name in ("police", "Homes", "Zebra", "police")], NOW
    )
    assert [(row.agency, row.counts.whole) for row in rows] == [
        ("Homes", 1),
        ("police", 2),
        ("Zebra", 1),
    ]
    assert all_agencies(rows, (ON_TIME,)).parts == {ON_TIME: Part(4)}
    assert all_agencies((), (ON_TIME,)).whole == 0


def test_each_step_of_care_is_counted_on_its_own():
    facts = [
        CareFacts(on=DAY, agency="Leaving care", became=frozenset({Care.INVITED})),
        CareFacts(on=DAY, agency="Leaving care", became=frozenset(Care)),
        CareFacts(on=DAY, agency="Elsewhere"),
    ]
    found = {row.agency: row.counts for row in care_counts(facts)}
    assert {name: counts.whole for name, counts in found.items()} == {
        "Leaving care": 2,
        "Elsewhere": 1,
    }
    assert {name: part.yes for name, part in found["Leaving care"].parts.items()} == {
        "worker_found": 1,
        "invited": 2,
        "attended": 1,
        "sent_information": 1,
        "action_given": 1,
    }
    assert set(found["Elsewhere"].parts.values()) == {Part()}
