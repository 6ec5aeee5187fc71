"""Minutes in a browser: drafted, held up by what is open, approved on a telephone, put right."""

import pytest
from sqlalchemy import select

from hub.access.models import Account
from hub.access.queries import actor_of
from hub.marac.commands.hearings import MoveHearing, move_hearing
from hub.marac.states import HearingMove
from hub.meetings.models import Item
from kit import story
from kit.running import county
from kit.walk import DESK, PHONE, visit

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


@pytest.fixture
def meeting(town):
    with town.units() as units, units.read(story.HERE) as uow:
        return uow.session.scalars(select(Item.meeting_id).where(Item.state == "listed")).first()


@pytest.fixture
def desks(chromium, town, meeting):
    """Open the co-ordinator's and the chair's windows on the minutes, both signed."""
    opened = []
    with town.serving() as site:
        for role, size in (("co_ordinator", DESK), ("chair", PHONE)):
            visitor = visit(chromium, site.url, size=size)
            opened.append(visitor)
            story.sign_in(visitor, town.accounts()[role])
            visitor.go(f"/meetings/{meeting}/minutes")
            visitor.pick("capacity", "member")
            visitor.pick("accepted", "yes")
            visitor.press("Accept and go in")
            visitor.go(f"/meetings/{meeting}/minutes")
        yield opened
        for each in opened:
            each.context.close()


def note_every_case(town, meeting):
    """Let the co-ordinator note every case of the meeting without discussion."""
    email = town.accounts()["co_ordinator"]["email"]
    with town.units() as units:
        with units.read(story.HERE) as uow:
            account = uow.session.scalars(select(Account.id).where(Account.email == email)).one()
            actor = actor_of(uow, account)
            cases = uow.session.scalars(
                select(Item.id).where(Item.meeting_id == meeting, Item.state == "listed")
            ).all()
        for item_id in cases:
            with units.write(actor) as uow:
                cmd = MoveHearing(item_id=item_id, version=0, move=HearingMove.NOTE)
                move_hearing(cmd, uow=uow)


@pytest.mark.timeout(300)
def test_minutes_are_drafted_approved_and_put_right_behind(desks, town, meeting):
    desk, chair = desks
    assert "They are not drafted yet" in desk.text
    desk.press("Draft from the record")
    assert "Draft 1" in desk.text
    assert "Who accepted the statement" in desk.text

    chair.go(f"/meetings/{meeting}/minutes")
    chair.press("Approve the minutes")
    chair.page.get_by_text("End, note or put back these cases first").wait_for()

    note_every_case(town, meeting)
    chair.press("Approve the minutes")
    chair.page.get_by_text("The record was changed since this draft").wait_for()
    desk.press("Draft again from the record")
    assert "Noted, not discussed" in desk.text
    chair.go(f"/meetings/{meeting}/minutes")
    chair.press("Approve the minutes")
    assert "They are not changed any more" in chair.text

    desk.go(f"/meetings/{meeting}/minutes")
    desk.press("Add it")
    desk.page.get_by_role("alert").get_by_text("Write what is put right").wait_for()
    desk.page.select_option("main [name='about']", "meeting")
    desk.fill(text="Housing sent word that they could not come.")
    desk.press("Add it")
    chair.go(f"/meetings/{meeting}/minutes")
    assert "Housing sent word that they could not come." in chair.text
    assert chair.page.locator("main textarea").count() == 1
