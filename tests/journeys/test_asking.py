"""An officer asks the leaving care service, in a real browser, and every page is looked at.

What the service decides is done here by its commands; its pages have journeys of their own.
"""

import re

import pytest
from sqlalchemy import select

from hub.access.queries import account_by_email, actor_of
from hub.people.models import IdentityCheck
from hub.sharing.commands.approving import AnswerApproval, answer_approval
from hub.sharing.commands.leaving import Record, ShareLine
from hub.sharing.commands.releasing import share_line
from hub.sharing.models import Approval, InformationRequest, RequestLine
from hub.sharing.rules.policy import RequestPolicy
from kit import story
from kit.running import county
from kit.walk import PHONE
from parts import ask_story, consent_story

POLICY = RequestPolicy()
RISK = "Invented, in so many words."
WORDS = "Ashley Placeholder, by the duty desk."


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


def request_of(town, reference):
    with town.units() as units, units.read(story.HERE) as uow:
        return uow.session.scalars(
            select(InformationRequest).where(InformationRequest.reference == reference)
        ).one()


def check_of(town, request_id):
    with town.units() as units, units.read(story.HERE) as uow:
        wanted = select(IdentityCheck.id).where(IdentityCheck.concern_id == request_id)
        return str(uow.session.scalars(wanted).one())


def as_role(units, accounts, role):
    with units.read(story.HERE) as uow:
        return actor_of(uow, account_by_email(uow, accounts[role]["email"]).id)


def approve_and_share(town, accounts, request_id):
    """Let the duty desk approve and the team manager let it out."""
    with town.units() as units:
        with units.write(as_role(units, accounts, "duty_desk")) as uow:
            line = uow.session.scalars(
                select(RequestLine).where(RequestLine.request_id == request_id)
            ).one()
            asked = uow.session.scalars(
                select(Approval).where(Approval.line_id == line.id, Approval.state == "asked")
            ).one()
            yes = AnswerApproval(
                approval_id=asked.id,
                version=asked.version,
                is_approved=True,
                risk_of_sharing=RISK,
                risk_of_not_sharing=RISK,
                reason=RISK,
                knows_nobody=True,
            )
            answer_approval(yes, uow=uow, policy=POLICY)
        with units.write(as_role(units, accounts, "team_manager")) as uow:
            record = Record(
                necessity=RISK,
                less_intrusive=RISK,
                risk_of_sharing=RISK,
                risk_of_not_sharing=RISK,
                withheld="Nothing else was asked for",
            )
            cmd = ShareLine(
                line_id=line.id, words=WORDS, record=record, was_told=True, knows_nobody=True
            )
            share_line(cmd, uow=uow, policy=POLICY)


@pytest.mark.timeout(600)
def test_with_the_persons_consent_an_officer_gets_an_answer(town, window):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    with town.serving("--no-worker") as site:
        worker = window(site, accounts["leaving_care_worker"])
        consent_story.say_yes(worker, young.id)
        officer = window(site, accounts["referrer"])
        ask_story.ask(officer, young, role="victim")
        ask_story.finish(officer)
        reference = ask_story.send(officer)
        assert not re.search("match|found|register", officer.text)
        ask_story.open_one(officer, reference)
        assert "No answer yet" in officer.text
        before = officer.text

        request_id = request_of(town, reference).id
        desk = window(site, accounts["duty_desk"])
        story.confirm_identity(desk, check_of(town, request_id), young)
        ask_story.open_one(officer, reference)
        assert officer.text == before  # the officer learns nothing of it
        approve_and_share(town, accounts, request_id)

        phone = window(site, accounts["referrer"], size=PHONE)
        phone.menu("Home")
        phone.press("answer to read")
        phone.press(reference)
        assert WORDS not in phone.text
        phone.press("Open what was shared")
        assert WORDS in phone.text
        assert "Do not pass it on." in phone.text
    assert town.run("audit", "verify").stdout.startswith("ok ")
    nothing_shows(young, officer, phone, desk)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no_script"])
@pytest.mark.databases("sqlite")
@pytest.mark.timeout(600)
def test_the_police_give_what_lacks_page_by_page(town, window, has_script):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    with town.serving("--no-worker") as site:
        officer = window(site, accounts["referrer"], has_script=has_script)
        reference = ask_story.send_with_gaps(officer, young)
        ask_story.open_one(officer, reference)
        assert "They do not see your request yet" in officer.text
        ask_story.give_what_lacks(officer, accounts["chair"]["email"])
        assert "The officer whom you chose has not counter-signed yet" in officer.text
        assert request_of(town, reference).state == "held"

        inspector = window(site, accounts["chair"], has_script=has_script)
        ask_story.sign(inspector, reference)

        ask_story.open_one(officer, reference)
        assert "missing" not in officer.text
        assert request_of(town, reference).state == "with_holder"
    nothing_shows(young, officer, inspector)


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(600)
def test_in_danger_the_number_comes_first_on_a_phone(town, window):
    accounts = town.accounts()
    with town.serving("--no-worker") as site:
        officer = window(site, accounts["referrer"], size=PHONE)
        ask_story.danger(officer)
        assert officer.page.locator("main a[href^='tel:']").first.is_visible()


def nothing_shows(young, *visitors):
    """Nobody beside a screen, and no proxy, learns of whom the pages were."""
    for visitor in visitors:
        for shown in visitor.seen:
            for private in (young.family_name, young.called, "MARAC", "victim", "police"):
                assert private not in shown.title, shown
            for private in (young.family_name, young.called):
                assert private not in shown.url, shown
        for header in visitor.headers:
            assert young.family_name not in header
