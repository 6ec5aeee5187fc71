"""A desk that cannot tell asks the referrer; the referrer reads it, answers, and the desk reads."""

import pytest
from sqlalchemy import select, update

from hub.kernel.actor import Role
from hub.people.models import IdentityCheck
from hub.referrals.models import Concern
from kit.hub import sign_in_as
from kit.pages import PageClient

ASKS = "Which school did she go to?"
ANSWER = "The one in Sampleton, until last summer."


@pytest.fixture
def officer(county, as_role):
    return as_role(Role.REFERRER, agency_id=county.agency)


@pytest.fixture
def concern_id(county, officer):
    """Return an accepted concern of the officer's about somebody not identified yet."""
    concern_id = county.concern_about([(None, "victim")])
    with county.write() as uow:
        uow.session.execute(
            update(Concern)
            .where(Concern.id == concern_id)
            .values(referrer_id=officer.account_id, agency_id=county.agency)
        )
    return concern_id


@pytest.fixture
def check_id(county, concern_id):
    with county.write() as uow:
        wanted = select(IdentityCheck.id).where(IdentityCheck.concern_id == concern_id)
        return uow.session.scalars(wanted).one()


@pytest.fixture
def referrer(app, units, officer):
    client = app.test_client()
    sign_in_as(client, officer, units)
    return PageClient(app, client)


def ask(browser, check_id, text=ASKS):
    page = browser.get("people.answer", check_id=check_id, verb="ask-back")
    return browser.fill(page, {"note": text})


def test_the_question_reaches_the_referrer_and_the_answer_the_desk(
    browser, referrer, concern_id, check_id
):
    asked = ask(browser, check_id)
    assert f"You asked the referrer {ASKS}" in asked.text

    assert "1 question to answer" in referrer.get("home.show").text
    assert "You are asked" in referrer.get("referrals.mine").text
    concern = referrer.get("referrals.concern", concern_id=concern_id)
    assert f"About Zebedee Quillfeather {ASKS}" in concern.text
    add = referrer.get("referrals.add", concern_id=concern_id)
    assert ASKS in add.text
    sent = referrer.fill(add, {"text": ANSWER})
    assert ASKS not in sent.text
    assert "Accepted for discussion" in sent.text  # the answer undoes no decision
    assert "question to answer" not in referrer.get("home.show").text

    answered = browser.get("people.check", check_id=check_id)
    assert f"What the referrer answered {ANSWER}" in answered.text
    assert ASKS in answered.text
    assert "Waiting for you" in browser.get("people.checks").text


def test_a_second_answer_leaves_the_first_to_be_read(browser, referrer, concern_id, check_id):
    for asks, says in ((ASKS, ANSWER), ("Has she a sister there?", "Yes, a twin.")):
        ask(browser, check_id, asks)
        add = referrer.get("referrals.add", concern_id=concern_id)
        referrer.fill(add, {"text": says})

    shown = browser.get("people.check", check_id=check_id).text
    assert shown.index(ANSWER) < shown.index("Yes, a twin.")


def test_what_is_added_unasked_is_no_desk_s_to_read(browser, referrer, concern_id, check_id):
    add = referrer.get("referrals.add", concern_id=concern_id)
    assert "Your answer goes to" not in add.text
    referrer.fill(add, {"text": "He came to the house again."})

    assert "came to the house" not in browser.get("people.check", check_id=check_id).text


def test_the_question_is_for_its_referrer_alone(
    app, units, county, as_role, browser, concern_id, check_id
):
    ask(browser, check_id)
    client = app.test_client()
    sign_in_as(client, as_role(Role.COORDINATOR, agency_id=county.agency), units)
    other = PageClient(app, client)

    assert ASKS not in other.get("referrals.concern", concern_id=concern_id).text
    assert "question to answer" not in other.get("home.show").text
    assert other.get("referrals.add", concern_id=concern_id, status=404).status == 404
