"""A case on the meeting's screen: saved as typed, by two writers, and without a connection."""

import re

import pytest
from sqlalchemy import select

from hub.marac.models import HearingNote
from hub.meetings.models import Item
from kit import story
from kit.running import county
from kit.walk import DESK, PHONE, visit

pytestmark = pytest.mark.databases("sqlite")
SAVED = re.compile(r"Saved at \d+:\d\d")


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


@pytest.fixture
def desks(chromium, town):
    """Open the co-ordinator's and the chair's windows on one case, both signed."""
    with town.units() as units, units.read(story.HERE) as uow:
        case = uow.session.execute(
            select(Item.id, Item.meeting_id).where(Item.state == "listed")
        ).first()
    opened = []
    with town.serving() as site:
        for role, size in (("co_ordinator", DESK), ("chair", PHONE)):
            visitor = visit(chromium, site.url, size=size)
            opened.append(visitor)
            story.sign_in(visitor, town.accounts()[role])
            visitor.page.goto(f"{site.url}/cases/{case.id}/hearing")
            visitor.look()
            visitor.page.get_by_label("As a member").check()
            visitor.page.get_by_label("I have read this and accept it").check()
            visitor.page.get_by_role("button", name="Accept and go in").click()
            visitor.page.goto(f"{site.url}/cases/{case.id}/hearing")
        yield opened
        for each in opened:
            each.context.close()


def written(town, field):
    with town.units() as units, units.read(story.HERE) as uow:
        return uow.session.scalar(select(HearingNote.text).where(HearingNote.field == field))


def said(visitor, field):
    return visitor.page.locator(f"#form-{field} [data-saved]")


@pytest.mark.timeout(300)
def test_what_is_typed_is_kept_whoever_writes_and_whatever_the_line_does(desks, town):
    desk, chair = desks
    desk.look()
    chair.look()
    desk.page.locator("#note-reason").fill("Threats at work")
    said(desk, "reason").get_by_text(SAVED).wait_for()
    assert written(town, "reason") == "Threats at work"

    chair.page.locator("#note-reason").fill("He has a key")
    chair.page.get_by_text("Somebody else has written here").wait_for()
    chair.page.get_by_role("button", name="Keep both").click()
    said(chair, "reason").get_by_text(SAVED).wait_for()
    assert written(town, "reason") == "Threats at work\nHe has a key"

    desk.context.set_offline(True)
    desk.page.locator("#note-discussion").fill("Said while the line was down")
    said(desk, "discussion").get_by_text("no connection").wait_for()
    desk.context.set_offline(False)
    said(desk, "discussion").get_by_text(SAVED).wait_for()
    assert written(town, "discussion") == "Said while the line was down"


@pytest.mark.timeout(300)
def test_the_next_case_is_one_key_away(desks):
    desk, _ = desks
    here = desk.page.url
    link = desk.page.locator('main a[rel="next"], main a[rel="prev"]').first
    key = "Alt+PageDown" if link.get_attribute("rel") == "next" else "Alt+PageUp"
    desk.page.keyboard.press(key)
    desk.page.wait_for_url(lambda url: url != here)
