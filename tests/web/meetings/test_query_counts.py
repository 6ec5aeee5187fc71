"""A page asks the database as often for forty cases as for three."""

import pytest

from hub.marac.commands import PackAgenda, pack_agenda
from hub.meetings.models import Meeting
from kit.world import COORDINATOR

MOST = 14
"""Two of them ask, once a unit, from what a conflict of interest keeps the reader."""


def filled(world, cases, *, known=False):
    meeting = world.meeting(days=28 + cases)
    with world.write(COORDINATOR) as uow:
        row = uow.session.get_one(Meeting, meeting)
        row.ends_at = row.starts_at.replace(hour=20)
    for number in range(cases):
        somebody = world.person() if known or number % 4 else None
        others = [] if known else [(None, "alleged_perpetrator")]
        people = [(somebody, "victim"), *others]
        world.list(meeting, world.concern_about(people))
    with world.write(COORDINATOR) as uow:
        pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=10), uow=uow)
    return meeting


PAGES = ("meetings.show", "marac.agenda")


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("endpoint", PAGES)
def test_a_meeting_asks_no_more_for_forty_cases_than_for_three(browser, world, asked, endpoint):
    counts, shown = [], []
    for cases in (3, 40):
        meeting = filled(world, cases)
        with asked() as queries:
            shown.append(browser.get(endpoint, meeting_id=meeting))
        counts.append(len(queries))

    assert counts[0] == counts[1] <= MOST
    assert [len(page.root.having("govuk-tag")) > 0 for page in shown] == [True, True]


@pytest.mark.databases("sqlite")
def test_the_check_before_issuing_asks_no_more_for_twenty_cases_than_for_three(
    browser, world, asked
):
    counts = []
    for cases in (3, 20):
        meeting = filled(world, cases)
        with asked() as queries:
            browser.get("marac.issue", meeting_id=meeting)
        counts.append(len(queries))

    assert counts[0] == counts[1]


@pytest.mark.databases("sqlite")
def test_making_issuing_and_reading_ask_no_more_for_forty_cases_than_for_three(
    browser, world, asked
):
    counts = []
    for cases in (3, 40):
        meeting = filled(world, cases, known=True)
        steps = {}
        for name in ("issue", "copy", "pack"):
            do = browser.send if name == "issue" else browser.get
            with asked() as queries:
                do(f"marac.{name}", meeting_id=meeting)
            steps[name] = len([one for one in queries if one.startswith("SELECT")])
        counts.append(steps)

    assert counts[0] == counts[1]
    assert counts[0]["copy"] <= MOST


@pytest.mark.databases("sqlite")
def test_a_case_and_the_lists_stay_within_the_limit(browser, world, asked):
    item = world.list(world.meeting(), world.concern(world.person()))
    for number in range(24):
        world.meeting(days=29 + number)

    for endpoint, ids in (
        ("meetings.case", {"item_id": item}),
        ("meetings.upcoming", {}),
        ("meetings.earlier", {}),
        ("marac.series_list", {}),
    ):
        with asked() as queries:
            browser.get(endpoint, **ids)
        assert len(queries) <= MOST, endpoint
