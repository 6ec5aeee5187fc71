"""The leaving care service answers in a real browser, and every page is looked at."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from hub.people.models import IdentityCheck
from hub.sharing.models import Disclosure, InformationRequest
from kit import story
from kit.running import county
from kit.walk import PHONE
from parts import ask_story, consent_story, hold_story

WORDS = "The child sleeps at a grandmother's. Ring the duty desk for more."
FRIDAY_NIGHT = datetime(2026, 6, 5, 20, 30, tzinfo=UTC)


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=30, meetings=1) as running:
        yield running


def check_of(town, reference):
    with town.units() as units, units.read(story.HERE) as uow:
        request_id = uow.session.scalars(
            select(InformationRequest.id).where(InformationRequest.reference == reference)
        ).one()
        wanted = select(IdentityCheck.id).where(IdentityCheck.concern_id == request_id)
        return str(uow.session.scalars(wanted).one())


def disclosures(town):
    with town.units() as units, units.read(story.HERE) as uow:
        return uow.session.scalars(select(Disclosure)).all()


def sent(officer, young, **how):
    ask_story.ask(officer, young, **how)
    ask_story.finish(officer)
    return ask_story.send(officer)


@pytest.mark.parametrize("has_script", [True, False], ids=["script", "no_script"])
@pytest.mark.timeout(600)
def test_a_no_is_outweighed_by_two_people_because_a_child_is_at_risk(town, window, has_script):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    with town.serving("--no-worker") as site:
        consent_story.say_no(window(site, accounts["leaving_care_worker"]), young.id)
        officer = window(site, accounts["referrer"])
        reference = sent(officer, young, role="victim", risks=("harm_to_other",), consent="refused")
        desk = window(site, accounts["duty_desk"], has_script=has_script)
        hold_story.take_on(desk, reference)
        story.confirm_identity(desk, check_of(town, reference), young)
        hold_story.open_one(desk, reference)
        assert "Rule 29: A child or another adult is at risk" in desk.text
        assert "Waits for approval" in desk.text

        manager = window(site, accounts["team_manager"], has_script=has_script)
        lead = window(site, accounts["safeguarding_lead"], size=PHONE)
        hold_story.approve(manager, reference)
        hold_story.open_one(desk, reference)
        assert "Share it" not in desk.page.locator("main").get_by_role("link").all_inner_texts()
        hold_story.approve(lead, reference)
        hold_story.share(desk, reference, WORDS)

        ask_story.open_one(officer, reference)
        officer.press("Open what was shared")
        assert WORDS in officer.text
    (left,) = disclosures(town)
    assert left.shared == WORDS
    assert town.run("audit", "verify").stdout.startswith("ok ")
    nothing_shows(young, officer, desk, manager, lead)


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(600)
def test_a_no_that_nothing_outweighs_stays_a_no_in_the_usual_words(town, window):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    with town.serving("--no-worker") as site:
        consent_story.say_no(window(site, accounts["leaving_care_worker"]), young.id)
        officer = window(site, accounts["referrer"])
        reference = sent(officer, young, role="victim")
        desk = window(site, accounts["duty_desk"], size=PHONE)
        story.confirm_identity(desk, check_of(town, reference), young)
        hold_story.open_one(desk, reference)
        assert "Rule 31: The person said no" in desk.text
        assert "As the table stands it may not leave" in desk.text
        hold_story.withhold(desk, reference)

        ask_story.open_one(officer, reference)
        assert "Not able to share through this route" in officer.text
        assert "she said no" not in officer.text
    assert disclosures(town) == []
    nothing_shows(young, officer, desk)


@pytest.mark.timeout(600)
def test_a_red_request_on_a_friday_night_is_due_that_night(town, window):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    town.advance(seconds=(FRIDAY_NIGHT - town.now()).total_seconds())
    with town.serving("--no-worker") as site:
        officer = window(site, accounts["referrer"])
        reference = sent(officer, young, priority="red")
        desk = window(site, accounts["duty_desk"], size=PHONE)
        hold_story.open_one(desk, reference)
        assert "Answer by 6 June 2026 at 1:3" in desk.text
        assert "Every hour counts, nights and weekends too." in desk.text
    town.advance(hours=5)
    ended = town.run("worker", "--once")
    assert ended.returncode == 0, ended.stderr
    with town.serving("--no-worker") as site:
        lead = window(site, accounts["safeguarding_lead"])
        lead.menu("Waits too long")
        assert reference in lead.text
        assert "Late: it should have its answer by now" in lead.text
        assert young.family_name not in lead.page.content()
        late = window(site, accounts["duty_desk"])
        late.menu("Requests to us")
        assert "Overdue" in late.text
    nothing_shows(young, officer, desk, lead, late)


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(600)
def test_in_danger_somebody_rings_and_writes_it_down_afterwards(town, window):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    town.advance(seconds=(FRIDAY_NIGHT - town.now()).total_seconds())
    with town.serving("--no-worker") as site:
        officer = window(site, accounts["referrer"])
        ask_story.danger(officer)
        reference = ask_story.send_in_danger(officer, young)
        desk = window(site, accounts["duty_desk"], size=PHONE)
        hold_story.tell_by_phone(desk, reference)
        desk.press("Write it down")
        hold_story.write_down(desk, WORDS)
        desk.press("Write it down")
        assert "It is shared." in desk.text
    (left,) = disclosures(town)
    assert (left.method, left.review_on.isoformat()) == ("phone", "2026-06-08")
    nothing_shows(young, officer, desk)


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
