"""An emergency MARAC on a telephone: from a concern in two screens, from nothing in three."""

import pytest
from sqlalchemy import select

from hub.meetings.models import Invitation, Item, Meeting
from kit import story
from kit.running import county
from kit.walk import PHONE, visit

pytestmark = pytest.mark.databases("sqlite")
FIELDS = "main :is(input:not([type=hidden]), textarea, select)"
MOST_SCREENS, MOST_TOUCHED = 3, 10


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


def call(phone, number):
    """Fill in the call and press; return how many fields were touched."""
    phone.pick("start", "1")
    phone.fill(joining=number, reason="He has found where she is staying")
    phone.press("Call the meeting")
    return 3


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
    phone.press("Call an emergency MARAC")  # screen one
    assert phone.page.locator(FIELDS).count() <= 4 + 3  # four questions, one of them four radios
    touched = call(phone, "01522 496 000")  # screen two
    assert (phone.h1, touched) == ("Whom to ring", 3)
    assert len(numbers(phone)) >= 4
    for who in ("Police", "Idva service", "Children's services"):
        assert phone.page.get_by_role("heading", name=who).count() == 1, who
    with town.units() as units, units.read(story.HERE) as uow:
        meeting = uow.session.scalars(select(Meeting).where(Meeting.shape == "emergency")).one()
        held = select(Invitation).where(
            Invitation.meeting_id == meeting.id, Invitation.state == "held"
        )
        assert uow.session.scalars(held).all()
    phone.press("They are coming")
    assert "Rung They are coming." in phone.text

    phone.go("/meetings")
    phone.press("Call an emergency MARAC")
    phone.page.locator("main select[name='area_id']").select_option(index=1)
    phone.fill(given_name="Zinnia", about_age="19", what_happened="He broke in")
    phone.pick("care_experienced", "not_known")
    phone.pick("consent", "given")
    phone.press("Go on: when it starts")  # screen one
    assert phone.h1 == "Call an emergency meeting"
    touched = 6 + call(phone, "01522 496 001")  # screen two; three is the list of whom to ring
    assert phone.h1 == "Whom to ring"
    assert touched <= MOST_TOUCHED
    assert "Question" in phone.text
