"""What waits for an asker on the first page."""

import pytest

from hub.kernel.actor import Role
from hub.sharing.commands.holding import AskBack, ask_back
from hub.sharing.commands.reading import read_answer
from hub.sharing.commands.releasing import share_line
from kit.asking import POLICY
from parts.asked import ready
from parts.asker import begin

pytestmark = pytest.mark.databases("sqlite")


def home(browser):
    return browser.get("home.show")


def test_nothing_of_it_waits_for_whoever_asked_nothing(browser):
    assert "request" not in home(browser).text


def test_a_draft_waits_until_it_is_deleted(browser):
    begin(browser)
    shown = home(browser)
    assert shown.links["1 request not sent yet"] == "/requests"
    assert "The first is deleted 29 June 2026" in shown.text


def test_what_is_held_waits_until_it_ends(browser, asking):
    for _ in range(2):
        asking.send(asking.answers(handling={"security": ""}))
    shown = home(browser)
    assert shown.links["2 requests with something missing"] == "/requests"
    assert "The first ends 29 June 2026" in shown.text


def test_a_question_waits_for_its_asker(browser, window, asking):
    request_id = asking.send()
    holder = asking.people[Role.AGENCY_REPRESENTATIVE]
    with asking.world.write(holder) as uow:
        ask_back(AskBack(request_id=request_id, text="Which one?"), uow=uow, policy=POLICY)
    assert "1 request about which you are asked" in home(browser).links
    assert "request" not in home(window(asking.stranger)).text


def test_a_counter_signature_waits_for_its_officer(browser, window, asking):
    form = {"counter_signer": str(asking.inspector.account_id)}
    asking.send(asking.answers(why={"purpose": "crime_prevention"}, police_form=form))
    assert "1 request to counter-sign" in home(window(asking.inspector)).links
    assert "counter-sign" not in home(browser).text


def test_an_answer_waits_until_it_was_opened(browser, asking):
    request_id, line = ready(asking)
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        share_line(asking.share(line.id), uow=uow, policy=POLICY)
    assert "1 answer to read" in home(browser).links
    with asking.world.write(asking.officer) as uow:
        read_answer(request_id, uow=uow)
    assert "answer to read" not in home(browser).text
