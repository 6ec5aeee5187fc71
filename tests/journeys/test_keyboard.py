"""The main work by keyboard alone at 200%: nothing needs a mouse, and no focus is lost."""

from datetime import date
from uuid import UUID

import pytest
from sqlalchemy import select

from hub.access.models import Account
from hub.marac.models import HearingNote
from hub.meetings.models import Invitation, Item
from kit import story
from kit.keyboard import Keys
from kit.running import county

pytestmark = pytest.mark.databases("sqlite")


MANY = 5
"""Stops that any page has, of which its head and foot are most."""

RISKS = (
    "Who else knows this person?", "Who is at risk", "From whom", "Of what", "How soon",
    "What makes it worse", "What makes it safer",
)  # fmt: skip


@pytest.fixture(scope="module")
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


@pytest.fixture(scope="module")
def site(town):
    with town.serving("--no-worker") as served:
        yield served


@pytest.fixture
def keys(chromium, town, site):
    """Open windows of several people, each signed in by keys; they are closed after the test."""
    opened = []

    def sign_in(role, *, has_script=True):
        window = Keys(chromium, site.url, has_script=has_script)
        opened.append(window)
        account = town.accounts()[role]
        window.go("/sign-in")
        window.skip()
        window.write(email=account["email"], password=account["password"])
        window.enter()
        return window

    yield sign_in
    for each in opened:
        each.visitor.context.close()


def one(running, statement):
    with running.units() as units, units.read(story.HERE) as uow:
        return uow.session.execute(statement).first()


def rows(running, statement):
    with running.units() as units, units.read(story.HERE) as uow:
        return uow.session.execute(statement).all()


def move_a_case(desk):
    """Move the first case two places down and one up, without leaving its buttons."""
    down = desk.to("Move down")
    assert down["name"].endswith("number 1 of 16")
    for place in ("number 2 of 16", "number 3 of 16"):
        desk.enter()
        assert (desk.focus()["id"], desk.focus()["name"][-14:]) == (down["id"], place)
    up = desk.tab("Shift+Tab")
    desk.enter("Space")
    assert (desk.focus()["id"], desk.focus()["name"][-14:]) == (up["id"], "number 2 of 16")


@pytest.mark.timeout(300)
def test_an_agenda_is_put_in_order_by_keys(keys, town):
    (meeting,) = one(town, select(Item.meeting_id).where(Item.state == "listed"))
    desk = keys("co_ordinator")
    desk.to("Menu")
    desk.page.keyboard.press("Enter")
    desk.press("Meetings")
    assert desk.whole() > MANY
    desk.go(f"/meetings/{meeting}/agenda")
    desk.skip()
    desk.press("Make the agenda")
    assert desk.is_on("govuk-notification-banner")
    move_a_case(desk)
    assert desk.whole() > MANY

    bare = keys("co_ordinator", has_script=False)
    bare.go(f"/meetings/{meeting}/agenda")
    bare.skip()
    move_a_case(bare)


def accept_the_statement(desk):
    """Press at once, follow the error to its field, and accept."""
    desk.skip()
    desk.press("Accept and go in")
    assert not desk.has_script or desk.is_on("govuk-error-summary")
    desk.to("Accept the statement")
    desk.page.keyboard.press("Enter")
    assert desk.focus()["field"] == "accepted"
    desk.page.keyboard.press("Space")
    desk.press("Accept and go in")


def write_the_record(desk):
    """Write what is at risk, saved as it is typed or by a button, which leads back to its field."""
    for label in RISKS:
        desk.to(label)
        desk.page.keyboard.insert_text(f"Invented: {label}.")
        if desk.has_script and label != RISKS[-1]:
            continue
        assert desk.tab()["name"] == f"Save: {label}"
        desk.enter()
        assert (desk.focus()["name"], desk.focus()["value"]) == (label, f"Invented: {label}.")


def agree_an_action(desk):
    """Agree an action, once its empty form has said what is missing."""
    desk.press("Agree an action")
    desk.press("Agree this action")
    assert not desk.has_script or desk.is_on("govuk-error-summary")
    desk.write(text="Change the locks of the flat", risk="He has a key")
    desk.to_field("owner_id")
    desk.page.keyboard.press("ArrowDown")
    desk.pick("may_tell_victim", "yes")
    desk.press("Agree this action")
    assert desk.is_at("actions")
    assert "Change the locks of the flat" in desk.text


@pytest.mark.timeout(300)
@pytest.mark.parametrize(
    ("role", "has_script", "case"), [("co_ordinator", True, "1. "), ("chair", False, "2. ")]
)
def test_a_case_is_heard_by_keys(keys, town, role, has_script, case):
    (meeting,) = one(town, select(Item.meeting_id).where(Item.state == "listed"))
    desk = keys(role, has_script=has_script)
    desk.go(f"/meetings/{meeting}")
    desk.skip()
    desk.press("The meeting on one screen")
    accept_the_statement(desk)
    desk.skip()
    desk.press(case)
    first, item_id = desk.h1, UUID(desk.visitor.path.split("/")[2])
    desk.press("Open this case")
    write_the_record(desk)
    agree_an_action(desk)
    desk.press("Choose who tells the victim")
    desk.pick("teller", "referrer")
    desk.press("Save")
    assert desk.is_at("telling")
    desk.press("This case is heard")
    assert desk.page.locator("main .govuk-tag").first.inner_text() == "Heard", desk.text
    desk.press("Next case")
    assert desk.h1 != first
    assert desk.whole() > MANY
    typed = select(HearingNote.text).where(HearingNote.item_id == item_id)
    saved = {text for (text,) in rows(town, typed)}
    assert saved == {f"Invented: {label}." for label in RISKS}


@pytest.mark.timeout(300)
def test_a_worker_answers_by_keys(keys, town):
    with town.units() as units, units.write(story.HERE) as uow:
        invitation = uow.session.scalars(
            select(Invitation).where(Invitation.state == "held")
        ).first()
        account = select(Account).where(Account.email == story.WORKER)
        uow.session.scalars(account).one().contact_id = invitation.recipient_id
        invitation_id = invitation.id
    worker = keys("leaving_care_worker")
    worker.go(f"/invitations/{invitation_id}")
    worker.skip()
    worker.pick("answer", "accepted")
    worker.press("Send my answer")
    assert worker.h1 == "You will come"


@pytest.mark.timeout(300)
def test_a_concern_is_raised_by_keys(keys):
    officer = keys("referrer")
    officer.go("/concerns/start")
    officer.skip()
    officer.press("Start")
    on = "Save and continue"
    officer.press(on)  # who the officer is
    officer.press(on)
    assert officer.is_on("govuk-error-summary")
    officer.write(given_name="Zinnia")
    officer.date("date_of_birth", date(2006, 3, 9))
    officer.press(on)
    officer.pick("care_experienced", "not_known")
    officer.press(on)
    officer.write(postcode="ZZ9 1AA")
    officer.press(on)
    officer.press(on)  # safe contact
    for _ in range(3):
        officer.pick("more", "no")
        officer.press("Continue")
    officer.write(what_happened="Invented for a test: threats at home.")
    officer.press(on)
    officer.press(on)  # what the police know
    officer.pick("criteria", "professional_judgement")
    officer.write(judgement_reasons="Invented: it is getting worse.")
    officer.press(on)
    officer.press(on)  # no risk tool
    officer.pick("consent", "given")
    officer.press(on)
    officer.pick("more", "no")
    officer.press("Continue")
    officer.press(on)  # needs
    officer.press("Continue")  # no files
    officer.press("Submit the concern")
    assert story.REFERENCE.search(officer.text)
