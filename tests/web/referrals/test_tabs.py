"""Two tabs, the back button, and a draft that was sent meanwhile: nothing typed is lost."""

import pytest

from parts.journey import begin, browser_of, shortest


@pytest.fixture
def draft_id(browser):
    return begin(browser)


def opened(browser, draft_id, name="reason"):
    return browser.get("referrals.question", draft_id=draft_id, name=name)


def test_the_second_tab_is_shown_both_versions(browser, draft_id):
    first, second = opened(browser, draft_id), opened(browser, draft_id)
    browser.fill(first, {"what_happened": "From the first tab."})

    both = browser.fill(second, {"what_happened": "From the second tab."})

    assert "From the first tab." in both.text
    assert "From the second tab." in both.text
    assert opened(browser, draft_id).filled()["what_happened"] == ["From the first tab."]
    assert browser.fill(both, {}).h1 == "What do the police know and do?"
    assert opened(browser, draft_id).filled()["what_happened"] == ["From the second tab."]


def test_the_same_sent_twice_is_no_conflict(browser, draft_id):
    page = opened(browser, draft_id)
    for _ in range(2):
        assert browser.fill(page, {"what_happened": "Pressed twice."}).errors == {}


def test_a_page_that_was_wrong_is_put_right_in_the_same_tab(browser, draft_id):
    wrong = browser.fill(opened(browser, draft_id), {"what_happened": ""})
    assert wrong.errors
    assert browser.fill(wrong, {"what_happened": "Now it is there."}).errors == {}


def test_somebody_added_in_two_tabs_is_not_overwritten_unseen(browser, draft_id):
    group = browser.get("referrals.group", draft_id=draft_id, group="child")
    child = browser.fill(group, {"more": "yes"})
    browser.fill(child, {"given_name": "Kit"})

    both = browser.fill(child, {"given_name": "Kat"})

    assert "Kit" in both.text
    assert "Kat" in browser.fill(both, {}).text


def test_back_from_the_receipt_leads_to_the_receipt(browser, draft_id):
    shortest(browser, draft_id)
    browser.send("referrals.submit", draft_id=draft_id)

    for endpoint, more in (
        ("referrals.check", {}),
        ("referrals.questions", {}),
        ("referrals.question", {"name": "reason"}),
        ("referrals.group", {"group": "child"}),
    ):
        address = browser.address(endpoint, draft_id=draft_id, **more)
        sent_on = browser.client.get(address).headers["Location"]
        assert "received" in browser.get(sent_on).text


def test_what_is_typed_into_a_draft_that_was_sent_can_be_sent_behind_it(browser, draft_id):
    page = opened(browser, draft_id)
    shortest(browser, draft_id)
    browser.send("referrals.submit", draft_id=draft_id)

    late = browser.fill(page, {"what_happened": "One thing more."})

    assert "sent already" in late.text
    assert late.filled()["text"] == ["One thing more."]
    assert "One thing more." in browser.fill(late, {}).text


def test_to_anybody_else_a_draft_that_was_sent_is_not_there(
    app, units, browser, coordinator, draft_id
):
    shortest(browser, draft_id)
    browser.send("referrals.submit", draft_id=draft_id)
    other = browser_of(app, units, coordinator)

    other.get("referrals.check", draft_id=draft_id, status=404)
    typed = {"what_happened": "x"}
    other.post("referrals.question", typed, draft_id=draft_id, name="reason", status=404)
