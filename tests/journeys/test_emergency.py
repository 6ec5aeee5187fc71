"""An emergency MARAC on a telephone: from a concern in two screens, from nothing in three.

What each screen takes is printed (``./run test tests/journeys/test_emergency.py -rP``), and stands
in docs/emergency.md.
"""

import pytest
from sqlalchemy import select

from hub.meetings.models import Invitation, Item, Meeting
from kit import story
from kit.effort import FIELDS, Effort
from kit.running import county
from kit.walk import PHONE, visit

pytestmark = pytest.mark.databases("sqlite")
MOST_SCREENS, MOST_TOUCHED = 3, 10
MOST_TAPS, MOST_KEYS = 20, 150


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


@pytest.fixture
def phone(chromium, town):
    """Return the co-ordinator's telephone, signed in."""
    with town.serving() as site:
        visitor = visit(chromium, site.url, size=PHONE)
        story.sign_in(visitor, town.accounts()["co_ordinator"])
        yield visitor
        visitor.context.close()


def call(effort, number):
    """Fill in the call and press."""
    effort.pick("start", "1")
    effort.fill(joining=number, reason="He has found where she is staying")
    effort.press("Call the meeting")


def numbers(phone):
    """Return the numbers that can be pressed to ring."""
    return [each.get_attribute("href") for each in phone.page.locator("main a[href^='tel:']").all()]


@pytest.mark.timeout(300)
def test_from_a_concern_two_screens_and_from_nothing_three(phone, town):
    with town.units() as units, units.read(story.HERE) as uow:
        invited = uow.session.scalars(
            select(Item.concern_id)
            .join(Invitation, Invitation.item_id == Item.id)
            .where(Item.state == "listed", Invitation.state == "held")
            .limit(1)
        ).one()

    phone.go(f"/concerns/{invited}")
    known = Effort(phone)
    known.press("Call an emergency MARAC")
    assert phone.page.locator(FIELDS).count() <= 4 + 3  # four questions, one of them four radios
    call(known, "01522 496 000")
    assert phone.h1 == "Whom to ring"
    assert len(numbers(phone)) >= 5
    for who in ("Police", "Idva service", "Children's services"):
        assert phone.page.get_by_role("heading", name=who).count() == 1, who
    assert "Ring it as well, without waiting for" in phone.text
    assert "The agenda went out at" in phone.text
    with town.units() as units, units.read(story.HERE) as uow:
        meeting = uow.session.scalars(select(Meeting).where(Meeting.shape == "emergency")).one()
        assert meeting.state == "issued"
        held = select(Invitation).where(
            Invitation.meeting_id == meeting.id, Invitation.state == "held"
        )
        assert uow.session.scalars(held).all()
    phone.press("They are coming")
    assert "Rung They are coming." in phone.text

    phone.go("/meetings")
    new = Effort(phone)
    new.press("Call an emergency MARAC")
    new.choose("area_id", index=1)
    new.fill(given_name="Zinnia", about_age="19", what_happened="He broke in")
    new.pick("care_experienced", "not_known")
    new.pick("consent", "given")
    new.press("Go on: when it starts")
    assert phone.h1 == "Call an emergency meeting"
    call(new, "01522 496 001")
    assert phone.h1 == "Whom to ring"
    assert "Question" in phone.text

    known.tell("From a concern that is known")
    new.tell("From a call out of the blue")
    assert len(known.steps) < len(new.steps) <= MOST_SCREENS
    assert (known.total("touched"), new.total("touched")) == (3, 9)
    assert new.total("touched") <= MOST_TOUCHED
    assert new.total("taps") <= MOST_TAPS
    assert new.total("keys") <= MOST_KEYS
