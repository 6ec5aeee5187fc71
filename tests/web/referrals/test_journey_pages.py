"""What can go wrong on a referrer's journey, page by page."""

import io
import re
from itertools import count

import pytest

from hub.kernel.actor import Role
from hub.referrals import queries
from hub.referrals.journey import GROUPS, PAGES, SECTIONS
from hub.referrals.schemas.whole import ENTRY_SHAPES, SHAPES
from parts.journey import PDF, XSS, answer, begin, browser_of, dob, link, poisoned, shortest


@pytest.mark.databases("sqlite")
class TestOnOneDatabase:
    def test_a_hurried_officer_submits_five_answers(self, browser, officer, units):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        page = browser.get("referrals.check", draft_id=draft_id)
        assert "received" in browser.fill(page, {}).text
        again = browser.send("referrals.submit", draft_id=draft_id)
        assert "received" in again.text  # pressed twice, one concern
        with units.read(officer) as uow:
            assert len(queries.raised_by(uow, officer.account_id).lines) == 1

    def test_receipts_are_the_same_for_everybody_but_for_the_reference(self, browser):
        texts = set()
        for name, age in (("Zinnia", "45"), ("Known", "19"), ("Unknown", "")):
            draft_id = begin(browser)
            shortest(browser, draft_id, victim={"given_name": name, "about_age": age})
            browser.send(
                "referrals.question",
                {"care_experienced": "yes"},
                draft_id=draft_id,
                name="victim_care",
            )
            page = browser.send("referrals.submit", draft_id=draft_id)
            texts.add(re.sub(r"\w{4}-\w{4}-\w{4}-\w{4}", "REFERENCE", page.text))
        assert len(texts) == 1

    def test_nothing_incomplete_is_submitted_whatever_is_posted(self, browser, officer, units):
        draft_id = begin(browser)
        shortest(browser, draft_id, victim={"given_name": "Zinnia", **dob("9", "3", "2006")})
        page = browser.send("referrals.submit", draft_id=draft_id)
        assert page.h1 == "Check your answers"
        assert "Select yes, no or not known for care experience" in page.links
        with units.read(officer) as uow:
            assert queries.raised_by(uow, officer.account_id).lines == ()

    def test_a_draft_survives_and_resumes_at_the_first_unanswered_question(
        self, app, units, officer, browser
    ):
        draft_id = begin(browser)
        page = browser.get("referrals.question", draft_id=draft_id, name="you")
        saved = browser.fill(page, {"then": "later"})
        assert "come back" in saved.text
        later = browser_of(app, units, officer)
        page = later.get("referrals.mine")
        (resume,) = [href for text, href in page.links.items() if text.startswith("Continue")]
        response = later.client.get(resume)
        assert response.headers["Location"].endswith("/victim")

    def test_what_is_typed_wrong_is_kept_and_named_with_its_cure(self, browser):
        draft_id = begin(browser)
        wrong = browser.post(
            "referrals.question",
            {
                "given_name": "Zinnia",
                **dob("31", "2", "2006"),
                "about_age": "200",
                "nhs_number": "9990000019",
                "due_on-day": "1",
                "due_on-month": "1",
                "due_on-year": "2020",
            },
            draft_id=draft_id,
            name="victim",
        )
        assert wrong.errors["date_of_birth-day"] == "Date of birth must be a real date"
        assert "from 0 to 120" in wrong.errors["about_age"]
        assert "999 000 0018" in wrong.errors["nhs_number"]
        for _ in range(2):  # straight back, and when it is opened again later
            assert wrong.filled()["date_of_birth-day"] == ["31"]
            assert wrong.filled()["about_age"] == ["200"]
            assert wrong.errors
            wrong = browser.get("referrals.question", draft_id=draft_id, name="victim")

    def test_a_name_is_given_or_said_not_to_be_known(self, browser):
        draft_id = begin(browser)
        page = browser.get("referrals.question", draft_id=draft_id, name="victim")
        wrong = browser.fill(page, {"about_age": "45"})
        assert wrong.errors == {"given_name": "Enter the name, or tick that it is not known"}
        known = browser.fill(page, {"about_age": "45", "is_name_unknown": "yes"})
        assert known.h1 == "Where does the victim live now?"

    def test_a_long_account_of_what_happened_is_taken(self, browser):
        draft_id = begin(browser)
        page = browser.get("referrals.question", draft_id=draft_id, name="reason")
        wrong = browser.fill(page, {"what_happened": "x" * 10_001})
        assert wrong.errors == {"what_happened": "What happened must be 10,000 characters or fewer"}
        assert browser.fill(page, {"what_happened": "x" * 10_000}).errors == {}

    @pytest.mark.parametrize(
        ("typed", "cure"),
        [
            (dob("2", "6", "2026"), "Date of birth must be today or in the past"),
            (dob("1", "1", "1890"), "Check the year"),
            (dob("1", "", "2006"), "Date of birth must include a month"),
            (dob("1", "13", "2006"), "month from 1 to 12"),
            (dob("1", "1", "06"), "year of 4 numbers"),
        ],
    )
    def test_dates_of_birth_that_cannot_be(self, browser, typed, cure):
        wrong = browser.post("referrals.question", typed, draft_id=begin(browser), name="victim")
        assert any(cure in text for text in wrong.errors.values())

    def test_changing_from_the_check_page_comes_back_to_it(self, browser):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        page = browser.get("referrals.question", draft_id=draft_id, name="reason", to="check")
        assert browser.fill(page, {"why_now": "This."}).h1 == "Check your answers"
        # a change that makes a question necessary leads to that question first
        page = browser.get("referrals.question", draft_id=draft_id, name="victim", to="check")
        care = browser.fill(page, {"about_age": "20"})
        assert "care-experienced" in care.h1
        assert browser.fill(care, {"care_experienced": "no"}).h1 == "Check your answers"

    def test_people_can_be_changed_and_removed(self, browser):
        draft_id = begin(browser)
        group = browser.get("referrals.group", draft_id=draft_id, group="child")
        assert browser.fill(group, {}).errors["more"].startswith("Select yes")
        child = browser.fill(group, {"more": "yes"})
        group = browser.fill(child, {"given_name": "Kit", "about_age": "17"})
        assert "care-experienced" in group.h1  # 17: asked
        group = browser.get("referrals.group", draft_id=draft_id, group="child")
        links = group.links
        assert any(text.startswith("Answer whether") for text in links)
        changed = browser.fill(browser.get(link(links, "Change", "Kit")), {"about_age": "3"})
        assert not any(text.startswith("Answer whether") for text in changed.links)
        gone = browser.fill(browser.get(link(links, "Remove", "Kit")), {})
        assert "Kit" not in gone.text

    def test_files_are_added_and_removed(self, browser):
        draft_id = begin(browser)
        files = {"draft_id": draft_id}
        page = browser.post("referrals.files", {}, **files)
        assert page.errors == {"file": "Choose a file"}
        bad = {"file": (io.BytesIO(b"MZ nonsense"), "evil.pdf")}
        assert "not a PDF inside" in browser.post("referrals.files", bad, **files).errors["file"]
        good = {"file": (io.BytesIO(PDF), "Zinnia <b>.pdf")}
        page = browser.send("referrals.files", good, **files)
        assert "Zinnia <b>.pdf" in page.text
        (form,) = [each for each in page.root.all("form") if "/remove" in each.attributes["action"]]
        page = browser.send(form.attributes["action"])
        assert "Zinnia" not in page.text

    def test_a_file_is_handed_out_as_a_download_that_says_nothing(
        self, app, units, browser, coordinator
    ):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        good = {"file": (io.BytesIO(PDF), "Zinnia.pdf")}
        browser.send("referrals.files", good, draft_id=draft_id)
        browser.send("referrals.submit", draft_id=draft_id)
        desk = browser_of(app, units, coordinator)
        href = desk.get("referrals.concern", concern_id=draft_id).links["Zinnia.pdf"]
        got = desk.client.get(href)
        assert got.data == PDF
        assert got.headers["Content-Disposition"] == 'attachment; filename="file-1.pdf"'
        assert got.headers["X-Content-Type-Options"] == "nosniff"
        assert got.headers["Content-Type"] == "application/pdf"
        assert "sandbox" in got.headers["Content-Security-Policy"]
        assert desk.client.get(href[:-1] + ("0" if href[-1] != "0" else "1")).status_code == 404

    def test_more_information_and_withdrawal(self, app, units, browser, coordinator):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        browser.send("referrals.submit", draft_id=draft_id)
        desk = browser_of(app, units, coordinator)
        shown = desk.get("referrals.concern", concern_id=draft_id)
        desk.fill(
            shown,
            {"outcome": "returned", "reason": "Which street?"},
            action=f"/screening/{draft_id}",
        )
        page = browser.get("referrals.concern", concern_id=draft_id)
        assert "Which street?" in page.text
        add = browser.get(page.links["Send more information"])
        assert browser.fill(add, {}).errors == {"text": "Enter the information"}
        file = {"text": "Elm Street.", "file": (io.BytesIO(PDF), "a.pdf")}
        sent = browser.send("referrals.add", file, concern_id=draft_id)
        assert "Elm Street." in sent.text
        assert "a.pdf" in sent.text
        withdraw = browser.get(sent.links["Withdraw this concern"])
        gone = browser.fill(withdraw, {"reason": "A mistake."})
        assert "Withdrawn" in gone.text
        assert "Withdraw this concern" not in gone.links
        assert browser.client.get(f"/concerns/{draft_id}/withdraw").status_code in {409, 422, 400}

    def test_an_area_sets_its_marks_for_screening(self, app, units, county, coordinator):
        desk = browser_of(app, units, coordinator)
        page = desk.get("referrals.marks", area_id=county.area)
        assert page.filled()["score"] == ["14"]
        assert desk.fill(page, {"score": "many"}).errors
        desk.fill(page, {"score": "16"})
        assert desk.get("referrals.marks", area_id=county.area).filled()["score"] == ["16"]
        assert desk.client.get(f"/screening/settings/{county.other_area}").status_code == 404

    def test_a_decision_on_what_has_changed_since_shows_both_versions(
        self, app, units, browser, coordinator
    ):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        browser.send("referrals.submit", draft_id=draft_id)
        desk = browser_of(app, units, coordinator)
        shown = desk.get("referrals.concern", concern_id=draft_id)
        action = f"/screening/{draft_id}"
        desk.fill(shown, {"outcome": "urgent", "reason": "First."}, action=action)
        late = desk.fill(shown, {"outcome": "transferred", "reason": "My reason."}, action=action)
        assert late.response.status_code == 409
        assert "My reason." in late.text

    def test_nobody_else_finds_a_draft_or_a_concern(self, app, units, county, browser, as_role):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        sent = begin(browser)
        shortest(browser, sent)
        browser.send("referrals.submit", draft_id=sent)
        strangers = [
            as_role(Role.REFERRER, agency_id=county.police),
            as_role(Role.REFERRER, agency_id=county.charity),
            as_role(Role.COORDINATOR, agency_id=county.other_council),
            as_role(Role.DUTY_DESK, Role.ADMINISTRATOR, agency_id=county.council),
        ]
        entry = "00000000-0000-4000-8000-000000000001"
        draft = f"/concerns/drafts/{draft_id}"
        paths = [
            draft,
            *(f"{draft}/{end}" for end in ("resume", "check", "print", "delete", "files")),
            *(f"{draft}/{page}" for page in PAGES),
            *(f"{draft}/people/{group}" for group in GROUPS),
            f"{draft}/people/child/{entry}",
            f"{draft}/people/child/{entry}/care",
            f"{draft}/people/child/{entry}/remove",
            f"/concerns/{sent}",
            *(f"/concerns/{sent}/{end}" for end in ("receipt", "print", "add", "withdraw")),
            f"/concerns/{sent}/files/{entry}",
        ]
        posts = [
            f"{draft}/submit",
            f"{draft}/delete",
            f"{draft}/files/{entry}/remove",
            f"{draft}/you",
            f"/concerns/{sent}/contact",
            f"/concerns/{sent}/add",
            f"/concerns/{sent}/withdraw",
            f"/screening/{sent}",
        ]
        for stranger in strangers:
            other = browser_of(app, units, stranger)
            token = {"csrf_token": other.token(), "why": "contact", "text": "x", "reason": "x"}
            for path in paths:
                assert other.client.get(path).status_code == 404, path
            for path in posts:
                headers = {"Sec-Fetch-Site": "same-origin"}
                got = other.client.post(path, data=token, headers=headers)
                assert got.status_code == 404, path
        assert browser.get("referrals.check", draft_id=draft_id).h1 == "Check your answers"

    def test_every_page_of_a_draft_opens_and_counts_its_question(self, browser):
        draft_id = begin(browser)
        for page in PAGES:
            shown = browser.get("referrals.question", draft_id=draft_id, name=page)
            assert f"of {len(SECTIONS)}" in shown.text
        for group in GROUPS:
            browser.get("referrals.group", draft_id=draft_id, group=group)
        for endpoint in ("questions", "check", "print_draft", "files", "delete_draft"):
            browser.get(f"referrals.{endpoint}", draft_id=draft_id)
        assert browser.client.get(f"/concerns/drafts/{draft_id}/people/none").status_code == 404
        assert browser.client.get(f"/concerns/drafts/{draft_id}/nothing").status_code == 404

    def test_a_draft_is_deleted_after_asking(self, browser):
        draft_id = begin(browser)
        page = browser.get("referrals.delete_draft", draft_id=draft_id)
        assert "deleted" in browser.fill(page, {}).text
        assert browser.client.get(f"/concerns/drafts/{draft_id}").status_code == 404

    def test_what_is_typed_into_any_text_field_is_never_more_than_text(
        self, app, units, county, browser, coordinator
    ):
        draft_id = begin(browser)
        payloads = (f"{XSS[at % len(XSS)]} {at}" for at in count())
        typed = {}
        for name, shape in SHAPES.items():
            data = poisoned(shape, payloads)
            typed |= {(name, field): text for field, text in data.items()}
            kept = {"victim": {"about_age": "19"}, "consent": {"consent": "not_given"},
                    "lawful_basis": {"bases": "crime"}, "risk_tool": {"tool": "dara"},
                    "victim_care": {"care_experienced": "yes"},
                    "home": {"area": str(county.area)}}.get(name, {})  # fmt: skip
            answer(browser, draft_id, name, {**data, **kept})
        for group, shape in ENTRY_SHAPES.items():
            page = browser.get("referrals.group", draft_id=draft_id, group=group)
            page = browser.fill(page, {"more": "yes"})
            data = poisoned(shape, payloads)
            typed |= {(group, field): text for field, text in data.items()}
            page = browser.fill(
                page, {**data, **({"about_age": "60"} if group in GROUPS[:3] else {})}
            )
        assert len(typed) >= 60
        check = browser.get("referrals.check", draft_id=draft_id)
        draft = browser.get("referrals.print_draft", draft_id=draft_id)
        assert "must still be answered" not in check.text
        browser.send("referrals.submit", draft_id=draft_id)
        desk = browser_of(app, units, coordinator)
        shown = desk.post("referrals.contact", {"why": "contact"}, status=200, concern_id=draft_id)
        for each in (check, draft, shown):
            assert not [tag for tag in each.root.all("script") if "src" not in tag.attributes]
            assert not each.root.all("img", "iframe", "math", "style")
            names = {name for tag in each.root.walk() for name in tag.attributes}
            assert not {name for name in names if name.startswith("on")}
            lost = [where for where, text in typed.items() if text not in each.text]
            assert not lost, lost

    def test_titles_hold_no_name_and_every_look_is_in_the_trail(
        self, app, units, browser, coordinator
    ):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        browser.send("referrals.submit", draft_id=draft_id)
        desk = browser_of(app, units, coordinator)
        assert "Zinnia" in desk.get("referrals.concern", concern_id=draft_id).text
        html = desk.client.get(f"/concerns/{draft_id}").text
        assert "Zinnia" not in html[: html.index("</title>")]
        with units.engine.connect() as connection:
            looks = connection.exec_driver_sql(
                "SELECT count(*) FROM audit_entry"
                " WHERE verb = 'Looked' AND subject_kind = 'concern'"
            ).scalar_one()
        assert looks == 2

    def test_a_reveal_without_saying_what_for_shows_nothing(self, browser):
        draft_id = begin(browser)
        shortest(browser, draft_id)
        home = browser.get("referrals.question", draft_id=draft_id, name="home")
        browser.fill(home, {"address": "1 Quokka Street"})
        browser.send("referrals.submit", draft_id=draft_id)
        page = browser.post("referrals.contact", {}, concern_id=draft_id)
        assert page.errors == {"why": "Select what for"}
        assert "Quokka" not in page.text
        assert "Quokka" not in browser.get("referrals.print_concern", concern_id=draft_id).text
