"""The holder's list and one request: what is shown, to whom, and what can be done."""

import re
from datetime import UTC, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Office
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.sharing.commands.sending import ReplyToHolder, withdraw_request
from hub.sharing.models import RequestBar
from kit.asking import POLICY
from kit.world import HUB
from parts.asked import confirm, read

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
"""A form's token holds the second it was made in."""


def representative(asking):
    return asking.people[Role.AGENCY_REPRESENTATIVE]


def looks(asking):
    with asking.world.units.read(HUB) as uow:
        verbs = select(AuditEntry.subject_id).where(
            AuditEntry.verb == "Looked", AuditEntry.subject_kind == "information_request"
        )
        return uow.session.scalars(verbs).all()


# --- The list ---


def test_the_list_has_who_asks_and_by_when_and_no_name(asking, at, clock):
    asking.send()
    browser = at(representative(asking))

    shown = browser.get("holding.inbox")

    assert "Testshire Police" in shown.text
    assert "Take it on" in shown.text
    assert "Overdue" not in shown.text
    assert "Quillfeather" not in shown.response.get_data(as_text=True)
    clock.advance(days=9)
    browser = at(representative(asking))
    assert "Overdue" in browser.get("holding.inbox").text


def test_the_list_goes_on_where_a_page_ends(asking, at, monkeypatch):
    monkeypatch.setattr("hub.sharing.pages.holding.inbox.PAGE_SIZE", 1)
    ids = {asking.send(), asking.send(asking.answers(subject={"given_name": "Ann"}))}
    browser = at(representative(asking))

    first = browser.get("holding.inbox")
    (following,) = [href for text, href in first.links.items() if text.startswith("Next")]
    second = browser.get(following)

    found = {
        href.rpartition("/")[2]
        for shown in (first, second)
        for href in shown.links.values()
        if href.startswith("/requests-to-us/") and "settled" not in href
    }
    assert found == {str(one) for one in ids}
    assert browser.get("/requests-to-us?after=nonsense").status == 200


def test_danger_stands_first_whatever_is_due_before(asking, at, monkeypatch):
    red = asking.send(asking.answers(urgency={"priority": "red"}))
    danger = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    monkeypatch.setattr("hub.sharing.pages.holding.inbox.PAGE_SIZE", 1)
    browser = at(representative(asking))

    first = browser.get("holding.inbox")
    (following,) = [href for text, href in first.links.items() if text.startswith("Next")]
    second = browser.get(following)

    assert f"/requests-to-us/{danger}" in first.links.values()
    assert f"/requests-to-us/{red}" in second.links.values()


def test_whoever_is_not_of_the_holder_sees_neither_list_nor_request(asking, at):
    request_id = asking.send()
    colleague_elsewhere = asking.account(uuid4(), Role.AGENCY_REPRESENTATIVE)
    for actor in (asking.officer, asking.inspector, asking.stranger, colleague_elsewhere):
        browser = at(actor)
        answer = browser.client.get("/requests-to-us")
        assert str(request_id) not in answer.get_data(as_text=True)
        assert browser.client.get(f"/requests-to-us/{request_id}").status_code in {403, 404}
    assert looks(asking) == []


@pytest.mark.parametrize("verb", ["", "/ask", "/who", "/advice", "/relation"])
def test_a_stranger_finds_no_page_of_a_request(asking, at, verb):
    request_id = asking.send()
    browser = at(asking.account(uuid4(), Role.AGENCY_REPRESENTATIVE))

    there = browser.client.get(f"/requests-to-us/{request_id}{verb}")
    nowhere = browser.client.get(f"/requests-to-us/{uuid4()}{verb}")

    assert there.status_code == nowhere.status_code == 404
    assert TOKEN.sub("", there.get_data(as_text=True)) == TOKEN.sub(
        "", nowhere.get_data(as_text=True)
    )


# --- One request ---


def test_a_request_is_shown_once_the_look_is_on_the_trail(asking, at):
    request_id = asking.send()

    shown = at(representative(asking)).get("holding.show", request_id=request_id)

    assert looks(asking) == [str(request_id)]
    assert shown.title.startswith("Request to us")
    for text in (
        "Quillfeather",
        "9 March 2006",
        "Safety planning",
        "We plan for her safety on Friday",
        "working days counted after 1 June 2026",
        "Who is meant",
        "Sent by the asker",
    ):
        assert text in shown.text


def test_the_asker_is_called_back_on_the_directorys_number(asking, at):
    request_id = asking.send()
    with asking.world.write() as uow:
        uow.session.add(
            Office(id=uuid4(), agency_id=asking.force, name="Headquarters", phone="01632 960123")
        )

    shown = at(representative(asking)).get("holding.show", request_id=request_id)

    assert "Headquarters: 01632 960123" in shown.text


def test_what_was_decided_is_said_with_its_rule_and_why_no_other_fits(asking, at):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())

    shown = at(representative(asking)).get("holding.show", request_id=request_id)

    for text in (
        "Rule 25: Inviting the worker before anybody was asked",
        "A duty worker, Example Leaving Care: Asked",
        "AGR-1: Example agreement",
        "Rule 1, the asker's identity is not verified: not so. Somebody has verified who asks.",
        "Why the person was not asked",
    ):
        assert text in shown.text


def test_what_may_not_leave_says_why_and_what_would_change_that(asking, at):
    answers = asking.answers(what={"categories": ["finance"], "wanted_finance": "Her benefits"})
    request_id = asking.send(answers)
    confirm(asking, request_id, asking.world.person())

    shown = at(representative(asking)).get("holding.show", request_id=request_id)

    assert "As the table stands it may not leave, because: " in shown.text
    assert "the agreement excludes this category" in shown.text
    assert "What would change that: the agreement is changed to allow this category" in shown.text


# --- What is done with it ---


def test_it_is_taken_on_in_one_press(asking, at):
    request_id = asking.send()
    browser = at(representative(asking))

    shown = browser.send("holding.acknowledge", request_id=request_id)

    assert "You have taken it on." in shown.text
    assert read(asking, request_id).acknowledged_at is not None
    assert "Take it on" not in shown.text


def test_what_is_asked_back_waits_for_the_asker_and_an_empty_question_is_kept_out(asking, at):
    request_id = asking.send()
    browser = at(representative(asking))
    page = browser.get("holding.ask", request_id=request_id)

    wrong = browser.fill(page, {"text": ""})
    assert wrong.errors == {"text": "Enter what you need to know"}
    shown = browser.fill(wrong, {"text": "Which flat does she live in?"})

    assert "Waits for the asker" in shown.text
    assert "Which flat does she live in?" in shown.text
    late = browser.post("holding.ask", {"text": "And more?"}, request_id=request_id)
    assert "And more?" in late.filled()["text"][0]


def test_a_holder_without_a_register_says_by_two_facts_whether_it_knows_the_person(asking, at):
    request_id = asking.send(asking.answers(holder={"service": ""}))
    browser = at(representative(asking))
    page = browser.get("holding.who", request_id=request_id)

    one = {"is_known": "yes", "facts": ["address"], "consent_said": "refused"}
    wrong = browser.fill(page, one)
    assert list(wrong.errors) == ["facts"]
    shown = browser.fill(wrong, {"facts": ["address", "date_of_birth"]})

    assert "The person is known here." in shown.text
    assert "A current or former address or postcode, Date of birth" in shown.text
    assert read(asking, request_id).consent_said == "refused"


def test_nobody_known_leads_to_a_no_and_nothing_else(asking, at):
    request_id = asking.send(asking.answers(holder={"service": ""}))
    browser = at(representative(asking))
    page = browser.get("holding.who", request_id=request_id)

    shown = browser.fill(page, {"is_known": "no"})

    assert "Take it on" in shown.text
    assert "The answer is no: say so" in shown.text
    assert "Share it" not in shown.links


def test_the_desk_of_a_service_with_a_register_is_led_to_its_question(asking, at):
    request_id = asking.send()

    desk = at(asking.people[Role.DUTY_DESK]).get("holding.show", request_id=request_id)
    other = at(representative(asking)).get("holding.show", request_id=request_id)

    check = read(asking, request_id).check_id
    assert desk.links["The question who is meant"] == f"/checks/{check}"
    assert "The question who is meant" not in other.links
    refused = at(representative(asking)).post(
        "holding.who", {"is_known": "no"}, request_id=request_id
    )
    assert "Answer the question who is meant" in refused.text


def test_who_knows_somebody_steps_aside_and_finds_nothing_more(asking, at):
    request_id = asking.send()
    browser = at(representative(asking))

    shown = browser.send("holding.relation", request_id=request_id)

    assert "Thank you. Somebody else deals with it." in shown.text
    assert "Nothing waits for you." in shown.text
    browser.get("holding.show", status=404, request_id=request_id)
    with asking.world.units.read(HUB) as uow:
        assert uow.session.scalars(select(RequestBar.account_id)).all() == [
            representative(asking).account_id
        ]
    assert "Testshire Police" in at(asking.people[Role.DUTY_DESK]).get("holding.inbox").text


def test_what_was_taken_back_moves_to_the_settled(asking, at):
    request_id = asking.send()
    with asking.world.write(asking.officer) as uow:
        cmd = ReplyToHolder(request_id=request_id, text="Not needed")
        withdraw_request(cmd, uow=uow, policy=POLICY)
    browser = at(representative(asking))

    assert "Nothing waits for you." in browser.get("holding.inbox").text
    assert "Taken back by the asker" in browser.get("holding.settled").text
    shown = browser.get("holding.show", request_id=request_id)
    assert "I know somebody in this request" not in shown.links


def test_a_red_request_at_night_counts_every_hour(asking, at, clock):
    clock.set(datetime(2026, 6, 5, 22, tzinfo=UTC))
    request_id = asking.send(asking.answers(urgency={"priority": "red"}))

    shown = at(representative(asking)).get("holding.show", request_id=request_id)

    assert "Answer by 6 June 2026 at 3am" in shown.text
    assert "Every hour counts, nights and weekends too." in shown.text


def test_an_asker_who_may_be_somebody_in_it_is_a_hint_to_whoever_decides(asking, at):
    desk = at(asking.people[Role.DUTY_DESK])
    hint = "They may be linked to somebody in this case"
    plain = asking.send()
    assert hint not in desk.get("holding.show", request_id=plain).text
    alike = asking.send(asking.answers(subject={"given_name": "Some", "family_name": "Body"}))
    assert hint in desk.get("holding.show", request_id=alike).text
