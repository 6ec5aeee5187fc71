"""What an area has set about criteria, from its settings to the referrer and to whoever screens."""

import pytest

from parts.journey import answer, begin, browser_of, shortest

SETTINGS = {
    "score": "16",
    "incidents": "5",
    "months": "6",
    "is_worsening_asked": "yes",
    "own_criterion": "Imminent risk of serious harm",
    "is_one_reason": "yes",
    "is_sign_off_asked": "yes",
    "advice": "Not to be used for a housing letter.",
}


@pytest.fixture
def desk(app, units, county, coordinator):
    desk = browser_of(app, units, coordinator)
    shown = desk.get("referrals.marks", area_id=county.area)
    assert not desk.fill(shown, SETTINGS).errors
    saved = desk.get("referrals.marks", area_id=county.area).filled()
    assert {name: saved[name] for name in SETTINGS if name != "advice"} == {
        name: [value] for name, value in SETTINGS.items() if name != "advice"
    }
    return desk


def test_a_referrer_is_told_the_marks_of_the_area_and_offered_its_own_criterion(
    desk, county, browser
):
    draft_id = begin(browser)
    shortest(browser, draft_id)

    shown = browser.get("referrals.question", draft_id=draft_id, name="criteria")

    assert "a score of 16 or more" in shown.text
    assert "5 or more incidents in 6 months that are getting worse" in shown.text
    assert "Incidents in the last 6 months" in shown.text
    assert "Not to be used for a housing letter" in shown.text
    assert "Tick the one that weighs most" in shown.text
    assert "Imminent risk of serious harm" in shown.text
    picked = {"criteria": ["areas_own", "repeat"], "incidents": "6"}
    assert not browser.fill(shown, picked).errors

    check = browser.get("referrals.check", draft_id=draft_id)
    assert "The area's own criterion" in check.text
    assert "Enter the name of the manager who has signed this off" in check.text
    answer(
        browser,
        draft_id,
        "you",
        {
            "manager": "Max Signer",
            "manager_signed_on-day": "30",
            "manager_signed_on-month": "5",
            "manager_signed_on-year": "2026",
        },
    )
    browser.send("referrals.submit", draft_id=draft_id)

    screened = desk.get("referrals.concern", concern_id=draft_id)
    assert "The area's own criterion: Imminent risk of serious harm." in screened.text
    assert "that they are getting worse is not said" in screened.text
    assert "The area asks for one reason; 2 are given, and all count." in screened.text
    own = browser.get("referrals.concern", concern_id=draft_id)
    assert "is not said" not in own.text


def test_elsewhere_there_are_the_four_of_the_country_and_no_fifth_is_taken(county, browser):
    draft_id = begin(browser)
    shortest(browser, draft_id)

    shown = browser.get("referrals.question", draft_id=draft_id, name="criteria")

    assert "a score of 14 or more" in shown.text
    assert "Tick all that apply" in shown.text
    assert "own criterion" not in shown.text
    own = {"criteria": "areas_own"}
    refused = browser.post(
        "referrals.question", own, status=422, draft_id=draft_id, name="criteria"
    )
    assert refused.errors == {"criteria": "Select which of these apply"}
    check = browser.get("referrals.check", draft_id=draft_id)
    assert "signed this off" not in check.text


def test_what_was_not_accepted_has_a_list_of_its_own_with_its_numbers(
    app, units, coordinator, county, officer
):
    concern = county.concern(officer)
    desk = browser_of(app, units, coordinator)
    shown = desk.get("referrals.concern", concern_id=concern)
    desk.fill(shown, {"outcome": "not_met", "reason": "Elsewhere."}, action=f"/screening/{concern}")

    listed = desk.get(desk.get("referrals.queue").links["Not accepted"])

    assert "not accepted: 1; passed to another area: 0" in listed.text
    assert any(href.endswith(f"/concerns/{concern}") for href in listed.links.values())
