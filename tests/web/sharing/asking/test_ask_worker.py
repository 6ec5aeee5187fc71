"""Asking a worker on one page: the same receipt for everybody, and what the worker's page does."""

import re
from uuid import UUID

import pytest

from hub.kernel.actor import Role
from hub.people.commands.keys import reindex
from hub.people.models import IdentityCheck
from hub.sharing.commands.releasing import WithholdLine, withhold_line
from hub.sharing.models import InformationRequest
from kit.asking import POLICY
from parts.asked import confirm
from parts.messages import WORDS, left, let_go, worker_of
from parts.receipts import plain, seen

KNOWN = {"given_name": "Zebedee", "family_name": "Quillfeather"}
UNKNOWN = {"given_name": "Nobodyhere", "family_name": "Unheardof"}
MESSAGE = {
    "date_of_birth-day": "9",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2006",
    "subject_role": "witness",
    "message": "Would you come along on Friday?",
    "purpose": "safety_planning",
    "necessity": "She trusts nobody else",
    "override_basis": ["s115"],
    "relation": "none",
}


@pytest.fixture
def known(asking):
    person_id = asking.world.person()
    with asking.world.write() as uow:
        reindex(uow, person_id)
    return person_id


def typed(asking, who, **changes):
    service = f"{asking.world.agency}:{asking.world.service}"
    return {"service": service} | who | MESSAGE | changes


def sent(browser, asking, who):
    """Send a message and return its id."""
    answer = browser._send("/requests/worker", typed(asking, who))
    assert answer.status_code == 303
    return UUID(re.search("[0-9a-f]{8}-[0-9a-f-]{27}", answer.headers["Location"]).group())


def test_everything_that_the_asker_sees_is_byte_equal_for_known_and_unknown(browser, asking, known):
    hit, miss = (sent(browser, asking, who) for who in (KNOWN, UNKNOWN))
    receipts = [plain(browser.client.get(f"/requests/{one}/receipt")) for one in (hit, miss)]
    assert receipts[0] == receipts[1]
    assert seen(browser, hit) == seen(browser, miss)
    confirm(asking, hit, known)  # the worker is told, and so far nobody else
    assert seen(browser, hit) == seen(browser, miss)
    left(asking, hit, worker_of(asking))
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        cmd = WithholdLine(line_id=asking.line(miss).id, why="Not ours")
        withhold_line(cmd, uow=uow, policy=POLICY)
    assert seen(browser, hit) == seen(browser, miss)


@pytest.mark.databases("sqlite")
def test_the_worker_reads_and_writes_back_and_only_that_comes_back(browser, asking, known, window):
    request_id = sent(browser, asking, KNOWN)
    worker = window(worker_of(asking))
    assert "message" not in worker.get("home.show").text
    worker.get("holding.message", request_id=request_id, status=404)
    confirm(asking, request_id, known)
    assert worker.get("home.show").links["1 message to read"] == "/messages"
    listed = worker.get("holding.messages")
    assert "Quillfeather" not in listed.text
    assert "Waits for the duty desk to agree" in listed.text
    shown = worker.get("holding.message", request_id=request_id)
    assert "Would you come along on Friday?" in shown.text
    assert "You can write back once that is settled" in shown.text
    assert "I write back" not in shown.text
    reply = {"answer": "reply", "words": WORDS, "was_told": "yes", "knows_nobody": "yes"}
    early = worker.post("holding.message", reply, request_id=request_id)
    assert "may not be answered yet" in early.text
    assert WORDS in early.response.get_data(as_text=True)

    let_go(asking, request_id)
    shown = worker.get("holding.message", request_id=request_id)
    assert worker.fill(shown, {"answer": "reply"}).errors == {
        "words": "Enter what you write back",
        "was_told": "Select whether they know",
    }
    assert worker.fill(shown, {"answer": "nothing"}).errors == {
        "why": "Enter why nothing goes back"
    }
    assert "No message waits for you" in worker.fill(shown, reply).text
    opened = browser.post("asking.answer", request_id=request_id, status=200)
    assert WORDS in opened.text
    assert "Your message to their worker" in opened.text
    assert "Wor Ker" not in opened.text  # but for what they chose to write, nobody is named


@pytest.mark.databases("sqlite")
def test_what_lacks_is_named_and_nothing_typed_is_lost(browser, asking):
    blank = browser.get("asking.worker")
    wrong = browser.fill(blank, {"message": "Please ring"})
    assert wrong.errors["service"] == "Select the leaving care service"
    assert wrong.errors["relation"] == "Select what you are to them"
    assert "Please ring" in wrong.response.get_data(as_text=True)
    nameless = typed(asking, KNOWN) | dict.fromkeys(
        (f"date_of_birth-{part}" for part in ("day", "month", "year")), ""
    )
    assert "first name and a postcode" in browser.post("asking.worker", nameless).text


@pytest.mark.databases("sqlite")
def test_it_begins_with_what_was_asked_of_the_same_person(browser, asking, window):
    request_id = asking.send()
    begun = browser.get(f"/requests/worker?about={request_id}")
    page = begun.response.get_data(as_text=True)
    assert 'value="Quillfeather"' in page
    assert "We plan for her safety on Friday" in page
    other = window(asking.stranger)
    for about in (request_id, "nonsense"):
        assert other.client.get(f"/requests/worker?about={about}").status_code == 404


@pytest.mark.databases("sqlite")
def test_a_message_is_a_request_of_which_the_desk_is_asked_who_is_meant(browser, asking, known):
    request_id = sent(browser, asking, KNOWN)
    with asking.world.units.read(asking.officer) as uow:
        row = uow.session.get_one(InformationRequest, request_id)
        assert uow.session.get_one(IdentityCheck, row.check_id).concern_id == request_id
