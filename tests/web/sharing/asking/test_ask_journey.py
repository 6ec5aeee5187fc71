"""An asker's way through the pages, from whom to ask to the receipt."""

import re

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, Service
from hub.sharing.models import InformationRequest, RequestDraft
from hub.sharing.rules.request_answers import AskPage
from parts.asker import (
    BASIS,
    DECLARATION,
    HANDLING,
    PHONE,
    SUBJECT,
    WHAT,
    WHY,
    answer,
    begin,
    choose,
    sent,
    typed,
)

REFERENCE = re.compile(r"\w{4}-\w{4}-\w{4}-\w{4}")


def request_of(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.get_one(InformationRequest, request_id)


def test_a_whole_journey_page_by_page(browser, asking):
    seen = []

    def go(shown, **changes):
        seen.append(shown.h1)
        return browser.fill(shown, changes)

    page = browser.send("asking.start")
    page = go(page, q="leaving care", then="find")
    assert "Example Leaving Care" in page.text
    assert "Testshire Police" not in page.text  # one's own agency is not asked
    page = go(page, chosen=f"{asking.world.agency}:{asking.world.service}")
    page = go(page, **SUBJECT)
    page = go(page, **WHAT)
    page = go(page, **WHY, own_reference="PX 12")
    page = go(page, priority="red", why_soon="He is out tomorrow")
    page = go(page, immediate_danger="no", risks=["risk_of_harm"])
    page = go(page, consent_state="not_asked")
    page = go(page, **BASIS)
    page = go(page, kind="none")
    page = go(page, **HANDLING)
    page = go(page, **DECLARATION)
    assert page.h1 == "Files"
    assert len(set(seen)) == 11
    check = browser.get(page.links["Continue"])
    for said in (
        "Example leaving care service",
        "Zebedee",
        "9 March 2006",
        "Who, and how to reach them",
        "PX 12",
        "Red: today",
        "Crime and Disorder Act 1998, section 115",
        "Six years",
    ):
        assert said in check.text
    assert "must still be answered" not in check.text
    assert "still missing" not in check.text
    receipt = browser.fill(check, {})
    reference = REFERENCE.search(receipt.text).group()
    mine = browser.get("asking.mine")
    assert "Waits for an answer" in mine.text
    shown = browser.get(mine.links[reference])
    assert "Zebedee" in shown.text
    assert "Zebedee" not in shown.title
    assert browser.get("asking.print_asked", request_id=_only(asking).id).h1 == shown.h1


def _only(asking):
    with asking.world.units.read(asking.officer) as uow:
        assert uow.session.scalars(select(RequestDraft)).all() == []
        return uow.session.scalars(select(InformationRequest)).one()


@pytest.mark.databases("sqlite")
class TestOnOneDatabase:
    def test_pressed_twice_it_is_one_request_with_one_receipt(self, browser, asking):
        ask_id = typed(browser, asking)
        first = browser.send("asking.send", ask_id=ask_id)
        second = browser.send("asking.send", ask_id=ask_id)
        assert first.text == second.text
        assert _only(asking).id == ask_id

    def test_what_lacks_is_named_on_its_page_and_can_be_left_for_later(self, browser, asking):
        ask_id = begin(browser)
        choose(browser, ask_id, asking)
        page = browser.get("asking.question", ask_id=ask_id, name="why")
        wrong = browser.fill(page, {"purpose": "support"})
        assert wrong.errors == {
            "necessity": "Say why you need it for that",
            "less_intrusive": "Say which less intrusive ways you considered",
        }
        assert wrong.filled()["purpose"] == ["support"]
        on = browser.fill(wrong, {"then": "on"})
        assert on.h1 == "How soon do you need it?"
        questions = browser.get("asking.questions", ask_id=ask_id)
        assert "Something is missing" in questions.text

    def test_nothing_goes_without_whom_about_whom_what_and_what_for(self, browser, asking):
        ask_id = begin(browser)
        page = browser.send("asking.send", ask_id=ask_id)
        assert page.h1 == "Check your answers"
        assert set(page.links) >= {
            "Choose who holds the information.",
            "Enter the person's family name.",
            "Enter the date of birth, or the NHS number, or the first name and a postcode.",
            "Select what you ask for.",
            "Select what you need it for.",
        }
        led = browser.get(page.links["Select what you ask for."])
        assert led.h1 == "What do you ask for?"

    def test_whatever_else_lacks_is_sent_and_held_with_the_list(self, browser, asking):
        ask_id = typed(browser, asking, handling=None, declaration=None)
        check = browser.get("asking.check", ask_id=ask_id)
        assert "It is held" in check.text
        assert "Say how you will keep it safe." in check.links
        receipt = browser.fill(check, {})
        assert "was received" in receipt.text
        shown = browser.get("asking.asked", request_id=ask_id)
        assert "3 things are missing" in shown.text
        assert "Held: something is missing" in shown.text

    def test_what_is_typed_wrong_is_kept_and_named_with_its_cure(self, browser, asking):
        ask_id = begin(browser)
        data = SUBJECT | {"date_of_birth-month": "13", "nhs_number": "9990000019"}
        wrong = browser.post("asking.question", data, ask_id=ask_id, name="subject")
        assert "month from 1 to 12" in wrong.errors["date_of_birth-month"]
        assert "999 000 0018" in wrong.errors["nhs_number"]
        for _ in range(2):  # straight back, and when it is opened again later
            assert wrong.filled()["date_of_birth-month"] == ["13"]
            assert wrong.filled()["family_name"] == ["Quillfeather"]
            assert wrong.errors
            wrong = browser.get("asking.question", ask_id=ask_id, name="subject")
        sent_back = browser.send("asking.send", ask_id=ask_id)
        assert "Date of birth must have a month from 1 to 12" in sent_back.links

    def test_a_draft_survives_and_resumes_at_the_first_open_page(self, window, browser, asking):
        ask_id = begin(browser)
        choose(browser, ask_id, asking)
        page = browser.get("asking.question", ask_id=ask_id, name="subject")
        saved = browser.fill(page, SUBJECT | {"then": "later"})
        assert "come back" in saved.text
        later = window(asking.officer)
        (href,) = [
            href for text, href in later.get("asking.mine").links.items() if "Continue" in text
        ]
        assert later.get(later.client.get(href).headers["Location"]).h1 == "What do you ask for?"
        again = later.get("asking.question", ask_id=ask_id, name="subject")
        assert again.filled()["given_name"] == ["Zebedee"]

    def test_changing_from_the_check_page_comes_back_to_it(self, browser, asking):
        ask_id = typed(browser, asking)
        page = browser.get("asking.question", ask_id=ask_id, name="why", to="check")
        assert browser.fill(page, {"necessity": "Another reason"}).h1 == "Check your answers"
        found = browser.get("asking.holder", ask_id=ask_id, to="check")
        assert browser.fill(found, {}).h1 == "Check your answers"

    def test_two_tabs_show_both_versions(self, browser, asking):
        ask_id = typed(browser, asking)
        first = browser.get("asking.question", ask_id=ask_id, name="why")
        second = browser.get("asking.question", ask_id=ask_id, name="why")
        browser.fill(first, {"necessity": "From the first tab"})
        both = browser.fill(second, {"necessity": "From the second tab"})
        assert "From the first tab" in both.text
        assert "From the second tab" in both.text
        browser.fill(both, {})
        kept = browser.get("asking.question", ask_id=ask_id, name="why")
        assert kept.filled()["necessity"] == ["From the second tab"]

    def test_a_draft_that_was_sent_leads_to_its_request_and_loses_nothing(self, browser, asking):
        ask_id = typed(browser, asking)
        page = browser.get("asking.question", ask_id=ask_id, name="why")
        browser.send("asking.send", ask_id=ask_id)
        late = browser.fill(page, {"necessity": "One thing more"})
        assert "sent already" in late.text
        assert "One thing more" in late.text
        back = browser.client.get(f"/requests/drafts/{ask_id}/check")
        assert back.headers["Location"].endswith(f"/requests/{ask_id}")

    def test_every_page_of_a_draft_opens_and_counts(self, browser, asking):
        ask_id = begin(browser)
        for name in AskPage:
            if name is not AskPage.HOLDER:
                shown = browser.get("asking.question", ask_id=ask_id, name=name.value)
                assert "Question" in shown.text
        for endpoint in ("questions", "holder", "check", "print_draft", "files", "delete_draft"):
            browser.get(f"asking.{endpoint}", ask_id=ask_id)
        assert browser.client.get(f"/requests/drafts/{ask_id}/ring-now").status_code == 404
        assert browser.client.get(f"/requests/drafts/{ask_id}/nothing").status_code == 404

    def test_a_draft_is_deleted_after_asking(self, browser):
        ask_id = begin(browser)
        page = browser.get("asking.delete_draft", ask_id=ask_id)
        assert "deleted" in browser.fill(page, {}).text
        assert browser.client.get(f"/requests/drafts/{ask_id}").status_code == 404

    def test_nobody_is_found_with_a_way_on(self, browser):
        ask_id = begin(browser)
        page = browser.get("asking.holder", ask_id=ask_id)
        assert browser.fill(page, {}).errors == {
            "q": "Look for whoever holds the information, then select them"
        }
        offered = browser.fill(page, {"q": "leaving care", "then": "find"})
        assert browser.fill(offered, {}).errors == {"chosen": "Select whom you ask"}
        found = browser.fill(offered, {"q": "xyzzy plugh", "then": "find"})
        assert "Nobody was found" in found.text
        assert found.filled()["q"] == ["xyzzy plugh"]

    def test_a_member_of_staff_found_by_name_leads_to_their_service(self, browser, asking):
        ask_id = begin(browser)
        page = browser.get("asking.holder", ask_id=ask_id)
        found = browser.fill(page, {"q": "Man Ager", "then": "find"})
        assert "found by Man Ager" in found.text

    def test_an_agency_that_does_not_take_part_is_not_found_and_no_more_asked(
        self, browser, asking
    ):
        ask_id = typed(browser, asking)
        with asking.world.write() as uow:
            uow.session.get_one(Agency, asking.world.agency).suspended_at = uow.now
        check = browser.get("asking.check", ask_id=ask_id)
        assert "Select whom you ask" in check.links
        page = browser.get("asking.holder", ask_id=ask_id)
        assert "Nobody was found" in page.text

    def test_whoever_has_asked_about_too_many_people_is_told_and_loses_nothing(
        self, browser, asking
    ):
        for number in range(20):
            asking.send(asking.answers(subject={"family_name": f"Name {number}"}))
        ask_id = typed(browser, asking)
        refused = browser.post("asking.send", ask_id=ask_id)
        assert "within an hour" in refused.text
        assert "Zebedee" in refused.text
        assert browser.get("asking.check", ask_id=ask_id).status == 200

    # --- Danger ---

    def test_whoever_says_danger_first_is_shown_whom_to_ring_as_soon_as_it_is_known(
        self, browser, asking
    ):
        ask_id = begin(browser, then="danger")
        ring = choose(browser, ask_id, asking)
        assert ring.h1 == "Ring them now"
        assert PHONE in ring.text
        page = browser.get(ring.links["Go on with the request"])
        for data in (SUBJECT, WHAT, {"purpose": "safety_planning"}):
            page = browser.fill(page, data)
        assert page.h1 == "What do you know of the risk?"
        page = browser.fill(page, {"danger": "He is at the door"})
        page = browser.fill(page, {"relation": "none"})
        check = browser.get(page.links["Continue"])
        assert "missing" not in check.text
        browser.fill(check, {})
        assert request_of(asking, ask_id).priority == "immediate"
        assert request_of(asking, ask_id).received_at is not None
        shown = browser.get("asking.asked", request_id=ask_id)
        assert "in danger now: ring them" in shown.text
        assert PHONE in shown.text
        assert "write down what they shared by telephone" in shown.text

    def test_danger_said_later_leads_to_the_telephone_too(self, browser, asking):
        ask_id = typed(browser, asking, risk=None)
        ring = answer(browser, ask_id, "risk", {"immediate_danger": "yes", "danger": "Now"})
        assert PHONE in ring.text

    def test_without_a_number_the_page_still_says_what_to_do(self, browser, asking):
        with asking.world.write() as uow:
            uow.session.get_one(Service, asking.world.service).phone = None
        ask_id = begin(browser, then="danger")
        ring = choose(browser, ask_id, asking)
        assert "No number of theirs" in ring.text
        assert "999" in ring.text

    # --- What is offered ---

    def test_an_adult_without_needs_is_not_offered_the_ground_for_adults_at_risk(
        self, browser, asking
    ):
        what = {"categories": ["criminal"], "wanted_criminal": "Since May"}
        basis = BASIS | {"schedule_1": "sch1_para_10"}
        ask_id = typed(browser, asking, what=what, basis=basis)
        page = browser.get("asking.question", ask_id=ask_id, name="basis")
        assert "sch1_para_10" in str(page.response.data)
        assert "sch1_para_18" not in str(page.response.data)
        assert "not offered" in page.text
        answer(
            browser, ask_id, "risk", {"immediate_danger": "no", "s42": ["care_and_support_needs"]}
        )
        page = browser.get("asking.question", ask_id=ask_id, name="basis")
        assert "sch1_para_18" in str(page.response.data)
        assert "not offered" not in page.text

    def test_conditions_for_special_data_are_asked_for_when_such_data_are(self, browser, asking):
        ask_id = typed(browser, asking)
        page = browser.get("asking.question", ask_id=ask_id, name="basis")
        assert "further condition" not in page.text
        answer(browser, ask_id, "what", {"categories": ["criminal"], "wanted_criminal": "May"})
        page = browser.get("asking.question", ask_id=ask_id, name="basis")
        assert "Schedule 1 paragraph 10" in page.text
        assert "further condition" not in page.text

    def test_a_basis_that_does_not_fit_any_more_is_named(self, browser, asking):
        risk = {"immediate_danger": "no", "s42": ["care_and_support_needs"]}
        ask_id = typed(browser, asking, risk=risk, basis=BASIS | {"schedule_1": "sch1_para_18"})
        answer(browser, ask_id, "risk", {"immediate_danger": "no"})
        check = browser.get("asking.check", ask_id=ask_id)
        assert "Select the condition of Schedule 1" in check.links

    def test_the_times_of_each_priority_are_said_in_words(self, browser):
        page = browser.get("asking.question", ask_id=begin(browser), name="urgency")
        assert "nights and" not in page.text
        assert "answered within 4 hours. This clock runs at night and at weekends" in page.text
        assert "answered within 24 working hours" in page.text

    def test_high_categories_say_that_two_people_must_agree(self, browser):
        page = browser.get("asking.question", ask_id=begin(browser), name="what")
        assert page.text.count("Two people must agree to each item") == 4

    def test_forms_of_the_police_are_shown_when_they_are_needed(self, browser, asking):
        ask_id = typed(browser, asking)
        assert "Form of the police" not in browser.get("asking.questions", ask_id=ask_id).text
        answer(browser, ask_id, "why", WHY | {"purpose": "crime_prevention"})
        answer(browser, ask_id, "subject", SUBJECT | {"subject_role": "victim"})
        questions = browser.get("asking.questions", ask_id=ask_id)
        assert "Form of the police" in questions.text
        assert "Three tests and a notice" in questions.text
        page = browser.get("asking.question", ask_id=ask_id, name="police_form")
        assert str(asking.inspector.account_id) in str(page.response.data)
        assert str(asking.officer.account_id) not in str(page.response.data)


def test_a_sent_request_is_with_its_holder(browser, asking):
    request_id = sent(browser, asking)
    assert request_of(asking, request_id).state == "with_holder"
