"""An agenda made in one press, put in another order by mouse and keys, issued and printed."""

import os
import re
from pathlib import Path

import pytest
from sqlalchemy import func, select, update

from hub.marac.obstacles import obstacles
from hub.meetings.models import Item, Meeting
from hub.meetings.rules import InvitationPolicy
from kit import story
from kit.running import county
from kit.walk import DESK, PHONE, visit

pytestmark = pytest.mark.databases("sqlite")
KEPT = os.environ.get("HUB_TEST_PICTURES")
"""A folder for what people should look at: pictures of the pages, and the pack as a PDF."""


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=60, meetings=2) as running:
        yield running


def fullest(town):
    """Return the meeting ahead with most cases, less those that keep an agenda back."""
    with town.units() as units, units.write(story.HERE) as uow:
        meeting = uow.session.scalars(
            select(Item.meeting_id)
            .join(Meeting, Meeting.id == Item.meeting_id)
            .where(Item.state == "listed", Meeting.state == "planned")
            .group_by(Item.meeting_id)
            .order_by(func.count().desc())
        ).first()
        waits = {
            one.item_id
            for one in obstacles(uow, meeting, InvitationPolicy())
            if one.problem != "no_time"
        }
        uow.session.execute(update(Item).where(Item.id.in_(waits)).values(state="withdrawn"))
    return meeting


def keep(visitor, name):
    if KEPT:
        visitor.page.screenshot(path=Path(KEPT) / f"{name}.png", full_page=True)


def cases_on(visitor):
    places = visitor.page.locator("[data-case]")
    return [places.nth(at).get_attribute("data-case") for at in range(places.count())]


def put_in_another_order(desk):
    """Drag the second case onto the first, move it back by the keyboard; return their number."""
    before = cases_on(desk)
    free = desk.page.locator("[data-case]:not([data-fixed])")
    with desk.page.expect_navigation():
        free.nth(1).locator(".hub-drag").drag_to(free.nth(0), target_position={"x": 20, "y": 20})
    assert cases_on(desk) == [before[1], before[0], *before[2:]]
    with desk.page.expect_navigation():
        desk.page.locator("button[name=up]").nth(1).press("Enter")
    assert cases_on(desk) == before
    desk.look()
    return len(before)


def test_an_agenda_is_made_put_in_order_issued_and_printed(town, chromium, tmp_path):
    meeting = fullest(town)
    with town.serving() as site:
        accounts = town.accounts()
        visitors = []

        def window(role, size=DESK):
            visitors.append(visit(chromium, site.url, size=size))
            story.sign_in(visitors[-1], accounts[role])
            return visitors[-1]

        desk = window("co_ordinator")
        desk.go(f"/meetings/{meeting}/agenda")
        desk.press("Make the agenda")
        assert "The agenda is drafted." in desk.text
        desk.look()
        keep(desk, "agenda-1200")

        cases = put_in_another_order(desk)
        desk.go(f"/meetings/{meeting}/agenda/issue")
        keep(desk, "issue-1200")
        desk.press("Issue the agenda")
        assert "Issue 1 of the agenda is out." in desk.text
        desk.go(f"/agendas/{meeting}")
        desk.look()
        keep(desk, "copy-1200")
        phone = window("co_ordinator", PHONE)
        phone.go(f"/agendas/{meeting}")
        phone.look()
        keep(phone, "copy-390")
        phone.go(f"/meetings/{meeting}/agenda")
        phone.look()
        keep(phone, "agenda-390")

        desk.go(f"/agendas/{meeting}/pack")
        desk.look()
        pdf = desk.page.pdf(format="A4", path=Path(KEPT or tmp_path) / "pack.pdf")
        pages = len(re.findall(rb"/Type\s*/Page\b", pdf))
        assert pages >= cases + 1
        for each in visitors:
            each.context.close()
