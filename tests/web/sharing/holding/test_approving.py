"""Approvals and advice: both risks on one screen, passing it on, and who sees nothing."""

import pytest

from hub.kernel.actor import Role
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.states import LineState
from parts.asked import approvals, confirm, decision

RISK = "What could happen, in so many words."
ANSWER = {
    "risk_of_sharing": RISK,
    "risk_of_not_sharing": RISK,
    "answer": "yes",
    "reason": "It is needed on Friday",
    "knows_nobody": "yes",
}


def waiting(asking, category="worker_contact", **answers):
    """Return a request whose line waits for its approvals, and the line."""
    what = {"categories": [category], f"wanted_{category}": "Exactly this"}
    request_id = asking.send(asking.answers(what=what, **answers))
    confirm(asking, request_id, asking.world.person())
    return request_id, asking.line(request_id, category)


def test_what_waits_is_listed_without_a_name_and_answered_with_both_risks(asking, at):
    request_id, line = waiting(asking)
    browser = at(asking.people[Role.DUTY_DESK])

    listed = browser.get("approving.waiting")
    assert "Quillfeather" not in listed.response.get_data(as_text=True)
    (approval,) = approvals(asking, line.id)
    page = browser.get("approving.one", approval_id=approval.id)
    assert "Zebedee" in page.text
    wrong = browser.fill(page, ANSWER | {"risk_of_not_sharing": "", "knows_nobody": ""})
    assert set(wrong.errors) == {"risk_of_not_sharing", "knows_nobody"}
    assert wrong.filled()["risk_of_sharing"] == [RISK]
    done = browser.fill(wrong, ANSWER)

    assert "Your answer is kept" in done.text
    assert asking.line(request_id).state == LineState.READY


def test_a_short_risk_is_no_risk_written_down(asking, at):
    _, line = waiting(asking)
    (approval,) = approvals(asking, line.id)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get("approving.one", approval_id=approval.id)
    wrong = browser.fill(page, ANSWER | {"risk_of_sharing": "None"})
    assert "in 20 letters or more" in wrong.errors["risk_of_sharing"]


def test_the_most_sensitive_is_decided_item_by_item_by_two_people(asking, at):
    request_id, line = waiting(asking, "full_file")
    assert decision(asking, line.id).rule == 9
    for role in (Role.ASSET_OWNER, Role.CALDICOTT_GUARDIAN):
        browser = at(asking.people[role])
        listed = browser.get("approving.waiting")
        (href,) = [link for link in listed.links.values() if "/approvals/" in link]
        page = browser.get(href)
        assert "Two people decide about exactly this item" in page.text
        browser.fill(page, ANSWER)
    assert asking.line(request_id, "full_file").state == LineState.READY


def test_of_two_who_answer_at_once_the_later_reads_who_was_first(asking, at):
    _, line = waiting(asking)
    (approval,) = approvals(asking, line.id)
    first, second = at(asking.people[Role.DUTY_DESK]), at(asking.people[Role.AGENCY_REPRESENTATIVE])
    pages = [one.get("approving.one", approval_id=approval.id) for one in (first, second)]
    first.fill(pages[0], ANSWER)

    later = second.fill(pages[1], ANSWER | {"answer": "no"})

    assert "changed by somebody else" in later.text or "Somebody else" in later.text
    assert "It is needed on Friday" in later.text


def test_whoever_knows_somebody_passes_it_on_and_sees_nothing_more(asking, at):
    _, line = waiting(asking)
    (approval,) = approvals(asking, line.id)
    browser = at(asking.people[Role.DUTY_DESK])
    page = browser.get("approving.decline", approval_id=approval.id)
    assert "You cannot take this back" in page.text
    browser.fill(page, {})

    browser.get("approving.one", approval_id=approval.id, status=404)
    assert "Nothing waits for you" in browser.get("approving.waiting").text
    other = at(asking.people[Role.AGENCY_REPRESENTATIVE])
    assert other.get("approving.one", approval_id=approval.id)


@pytest.mark.parametrize(
    "role", [Role.TEAM_MANAGER, Role.SIRO, Role.CALDICOTT_GUARDIAN, Role.SAFEGUARDING_LEAD]
)
def test_an_approval_is_there_for_the_role_that_is_asked_alone(asking, at, role):
    _, line = waiting(asking)
    (approval,) = approvals(asking, line.id)
    browser = at(asking.people[role])
    browser.get("approving.one", approval_id=approval.id, status=404)
    assert "Nothing waits for you" in browser.get("approving.waiting").text


def test_an_approval_is_not_there_for_the_asker_or_another_agency(asking, at):
    _, line = waiting(asking)
    (approval,) = approvals(asking, line.id)
    elsewhere = asking.account(asking.force, Role.DUTY_DESK)
    at(elsewhere).get("approving.one", approval_id=approval.id, status=404)
    at(asking.officer).get("approving.one", approval_id=approval.id, status=404)


# --- Advice ---


@pytest.fixture
def officer(asking):
    return asking.account(asking.world.agency, Role.DATA_PROTECTION_OFFICER)


def test_a_data_protection_officer_advises_and_approves_nothing(asking, at, officer):
    request_id, line = waiting(asking)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_advice(AskAdvice(request_id=request_id, question="Is it too much?"), uow=uow)
    browser = at(officer)
    listed = browser.get("advising.asked")
    (href,) = [link for link in listed.links.values() if "/advice/" in link]
    page = browser.get(href)
    assert "Is it too much?" in page.text
    done = browser.fill(page, {"text": "Only the desk's number."})
    assert "Your advice is kept" in done.text

    (approval,) = approvals(asking, line.id)
    browser.get("approving.one", approval_id=approval.id, status=404)
    shown = at(asking.people[Role.DUTY_DESK]).get("holding.show", request_id=request_id)
    assert "Only the desk's number." in shown.text


def test_advice_is_not_there_for_an_officer_of_another_agency(asking, at, officer):
    request_id, _ = waiting(asking)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_advice(AskAdvice(request_id=request_id, question="Is it too much?"), uow=uow)
    listed = at(officer).get("advising.asked")
    (href,) = [link for link in listed.links.values() if "/advice/" in link]
    elsewhere = asking.account(asking.force, Role.DATA_PROTECTION_OFFICER)
    at(elsewhere).get(href, status=404)
