"""A request as its asker sees it afterwards: held, changed, asked back, answered, withdrawn."""

import io
from dataclasses import replace
from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.sharing.commands.holding import AskBack, acknowledge_request, ask_back
from hub.sharing.commands.releasing import WithholdLine, share_line, withhold_line
from hub.sharing.commands.request_files import KIND
from hub.sharing.models import Disclosure, InformationRequest, RequestFile
from hub.sharing.pages.asking.asked import NOT_ABLE
from kit.asking import POLICY, RECORD, RISK
from parts.asked import approvals, confirm
from parts.asker import HANDLING, WHY, sent, typed
from parts.journey import PDF

LINE = "worker_contact"
WORDS = "Ring the duty desk and ask for Placeholder."
POLICE = {
    "rank": "Constable",
    "collar_number": "1234",
    "station": "Central",
    "force_reference": "26/1234",
    "data_and_period": "Where he stayed in May",
    "purpose_ticks": ["prevent_detect"],
    "prejudice": "He would leave",
    "why_this_holder": "They house him",
    "subject_told": "No: he would leave",
}
CRIME = {
    "why": WHY | {"purpose": "crime_prevention"},
    "what": {"categories": ["accommodation"], "wanted_accommodation": "The address of May"},
    "basis": {"article_6": "art6_e", "legal_power": "dpa_sch2_2"},
}

pytestmark = pytest.mark.databases("sqlite")


def row(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.get_one(InformationRequest, request_id)


def approved(asking, request_id, category=LINE):
    """Confirm who is meant and let the line be approved; return the line."""
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id, category)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    return line


def share(asking, line, **other):
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        share_line(asking.share(line.id, words=WORDS, **other), uow=uow, policy=POLICY)


def withhold(asking, request_id):
    line = asking.line(request_id)
    with asking.world.write(asking.people[Role.TEAM_MANAGER]) as uow:
        withhold_line(WithholdLine(line_id=line.id, why="A secret why"), uow=uow, policy=POLICY)


class TestHeld:
    def test_what_lacks_leads_to_its_page_and_once_given_it_goes_by_itself(self, browser, asking):
        request_id = sent(browser, asking, handling=None)
        held = browser.get("asking.asked", request_id=request_id)
        page = browser.get(held.links["Say how you will keep it safe."])
        assert page.errors == {
            "security": "Say how you will keep it safe",
            "retention": "Say how long you will keep it",
        }
        half = browser.fill(page, {"security": "Locked"})
        assert "Something is still missing" in half.text
        assert row(asking, request_id).state == "held"
        page = browser.get(half.links["Say how long you will keep it."])
        assert page.filled()["security"] == ["Locked"]
        gone = browser.fill(page, {"retention": "Six years"})
        assert "Your request is with them" in gone.text
        assert row(asking, request_id).state == "with_holder"
        late = browser.client.get(f"/requests/{request_id}/change/handling")
        assert late.status_code == 422

    def test_what_is_typed_wrong_into_a_held_request_is_kept(self, browser, asking):
        request_id = sent(browser, asking, handling=None)
        page = browser.get("asking.change", request_id=request_id, name="subject")
        wrong = browser.fill(page, {"date_of_birth-month": "13"})
        assert wrong.filled()["date_of_birth-month"] == ["13"]
        assert wrong.errors
        assert row(asking, request_id).version == 1

    def test_two_tabs_of_a_held_request_show_both_versions(self, browser, asking):
        request_id = sent(browser, asking, handling=None)
        first = browser.get("asking.change", request_id=request_id, name="why")
        second = browser.get("asking.change", request_id=request_id, name="why")
        browser.fill(first, {"necessity": "From the first tab"})
        both = browser.fill(second, {"necessity": "From the second tab"})
        assert "From the first tab" in both.text
        assert "From the second tab" in both.text
        browser.fill(both, {})
        kept = browser.get("asking.change", request_id=request_id, name="why")
        assert kept.filled()["necessity"] == ["From the second tab"]

    def test_other_answers_stay_whatever_day_it_is(self, browser, window, asking, clock):
        soon = {f"reply_by-{part}": number for part, number in _parts(date(2026, 6, 3)).items()}
        form = POLICE | soon | {"counter_signer": str(asking.inspector.account_id)}
        request_id = sent(browser, asking, **CRIME, police_form=form, handling=None)
        clock.advance(days=7)
        with asking.world.write(asking.officer) as uow:
            assert uow.today > date(2026, 6, 3)
        browser = window(asking.officer)
        page = browser.get("asking.change", request_id=request_id, name="handling")
        browser.fill(page, HANDLING)
        shown = browser.get("asking.asked", request_id=request_id)
        assert "3 June 2026" in shown.text
        assert "Constable" in shown.text

    def test_the_copy_of_an_order_is_given_and_taken_out_again(self, browser, asking):
        order = {"kind": "court_order", "reference": "X 1"}
        order |= {f"order_on-{part}": number for part, number in _parts(date(2026, 5, 1)).items()}
        request_id = sent(browser, asking, order=order)
        held = browser.get("asking.asked", request_id=request_id)
        files = browser.get(held.links["Attach a copy of the order."])
        assert files.h1 == "Files"
        bad = {"file": (io.BytesIO(b"MZ nonsense"), "order.pdf")}
        wrong = browser.post("asking.change_files", bad, request_id=request_id)
        assert "not a PDF inside" in wrong.errors["file"]
        good = {"file": (io.BytesIO(PDF), "Zebedee's order.pdf")}
        gone = browser.send("asking.change_files", good, request_id=request_id)
        assert "Your request is with them" in gone.text
        got = browser.client.get(gone.links["Zebedee's order.pdf"])
        assert got.data == PDF
        assert got.headers["Content-Disposition"] == 'attachment; filename="file-1.pdf"'

    def test_files_of_a_draft_come_along(self, browser, asking):
        ask_id = typed(browser, asking)
        good = {"file": (io.BytesIO(PDF), "a.pdf")}
        page = browser.send("asking.files", good, ask_id=ask_id)
        good = {"file": (io.BytesIO(PDF), "b.pdf")}
        page = browser.send("asking.files", good, ask_id=ask_id)
        assert browser.post("asking.files", {}, ask_id=ask_id).errors == {"file": "Choose a file"}
        actions = (each.attributes["action"] for each in page.root.all("form"))
        first = next(each for each in actions if "/remove" in each)
        assert "a.pdf" not in browser.send(first).text
        browser.send("asking.send", ask_id=ask_id)
        assert "b.pdf" in browser.get("asking.asked", request_id=ask_id).links

    def test_a_file_is_taken_out_of_a_held_request(self, browser, asking):
        request_id = sent(browser, asking, handling=None)
        good = {"file": (io.BytesIO(PDF), "a.pdf")}
        browser.send("asking.change_files", good, request_id=request_id)
        page = browser.get("asking.change_files", request_id=request_id)
        (form,) = [each for each in page.root.all("form") if "/remove" in each.attributes["action"]]
        assert "a.pdf" not in browser.send(form.attributes["action"]).text


def _parts(day):
    return {"day": str(day.day), "month": str(day.month), "year": str(day.year)}


class TestCounterSignature:
    def held(self, browser, asking):
        form = POLICE | {"counter_signer": str(asking.inspector.account_id)}
        return sent(browser, asking, **CRIME, police_form=form)

    def test_an_officer_sees_the_form_and_signs_and_the_request_goes(self, browser, window, asking):
        request_id = self.held(browser, asking)
        waits = browser.get("asking.asked", request_id=request_id)
        assert "has not counter-signed yet" in waits.text
        inspector = window(asking.inspector)
        page = inspector.get("asking.mine")
        page = inspector.get(page.links[row(asking, request_id).reference])
        for said in ("Zebedee", "Constable", "He would leave", "The address of May"):
            assert said in page.text
        assert str(asking.inspector.account_id) not in page.text
        assert inspector.fill(page, {}).errors == {
            "is_signed": "Select whether you counter-sign it"
        }
        done = inspector.fill(page, {"is_signed": "yes"})
        assert "You have counter-signed" in done.text
        assert row(asking, request_id).state == "with_holder"
        assert (
            "Counter-signed by your colleague"
            in browser.get("asking.asked", request_id=request_id).text
        )

    def test_an_officer_who_does_not_sign_says_why_and_the_asker_puts_it_right(
        self, browser, window, asking
    ):
        request_id = self.held(browser, asking)
        inspector = window(asking.inspector)
        page = inspector.get("asking.sign", request_id=request_id)
        wrong = inspector.fill(page, {"is_signed": "no"})
        assert "Say why you do not sign" in wrong.errors["note"]
        inspector.fill(wrong, {"note": "Which address?"})
        shown = browser.get("asking.asked", request_id=request_id)
        assert "Which address?" in shown.text
        page = browser.get("asking.change", request_id=request_id, name="police_form")
        chosen = {"counter_signer": str(asking.stranger.account_id)}
        browser.fill(page, chosen)
        assert row(asking, request_id).counter_signer_id == asking.stranger.account_id
        inspector.get("asking.sign", request_id=request_id, status=404)

    def test_what_changed_while_they_read_it_is_read_again_first(self, browser, window, asking):
        request_id = self.held(browser, asking)
        inspector = window(asking.inspector)
        old = inspector.get("asking.sign", request_id=request_id)
        change = browser.get("asking.change", request_id=request_id, name="what")
        browser.fill(change, {"wanted_accommodation": "Every address since 2020"})

        again = inspector.fill(old, {"is_signed": "yes", "note": "I rang them"})

        assert "changed it after you opened it" in again.errors["is_signed"]
        assert "Every address since 2020" in again.text
        assert again.filled()["note"] == ["I rang them"]
        assert row(asking, request_id).state == "held"
        assert "You have counter-signed" in inspector.fill(again, {}).text

    def test_whoever_was_asked_to_sign_sees_nothing_else_of_it(self, browser, window, asking):
        request_id = self.held(browser, asking)
        inspector = window(asking.inspector)
        for path in ("", "/print", "/receipt", "/withdraw", "/change/why", "/change/files"):
            assert inspector.client.get(f"/requests/{request_id}{path}").status_code == 404


class TestWithHolder:
    def test_the_days_that_are_counted_are_shown(self, browser, asking):
        request_id = sent(browser, asking, urgency={"priority": "routine"})
        shown = browser.get("asking.asked", request_id=request_id)
        assert "5 working days counted after 1 June 2026" in shown.text
        assert "Counted: 2 June 2026" in shown.text
        assert "Passed over: 6 June 2026, 7 June 2026" in shown.text
        assert "5 working days counted" in browser.get("asking.mine").text

    def test_red_says_that_every_hour_counts(self, browser, asking):
        request_id = sent(browser, asking, urgency={"priority": "red"})
        shown = browser.get("asking.asked", request_id=request_id)
        assert "nights and weekends too" in shown.text

    def test_late_is_said(self, browser, window, asking, clock):
        request_id = sent(browser, asking, urgency={"priority": "red"})
        clock.advance(hours=5)
        shown = window(asking.officer).get("asking.asked", request_id=request_id)
        assert "It is late" in shown.text

    def test_a_question_is_answered_and_the_clock_stands_meanwhile(self, browser, asking):
        request_id = sent(browser, asking)
        holder = asking.people[Role.AGENCY_REPRESENTATIVE]
        with asking.world.write(holder) as uow:
            acknowledge_request(request_id, uow=uow)
        assert "Taken on" in browser.get("asking.mine").text
        with asking.world.write(holder) as uow:
            ask_back(AskBack(request_id=request_id, text="Which one?"), uow=uow, policy=POLICY)
        shown = browser.get("asking.asked", request_id=request_id)
        assert "The clock stands" in shown.text
        page = browser.get(shown.links["Answer"])
        assert "Which one?" in page.text
        assert browser.fill(page, {}).errors == {"text": "Enter your answer"}
        done = browser.fill(page, {"text": "The older one."})
        assert "The older one." in done.text
        assert row(asking, request_id).state == "with_holder"
        again = browser.client.get(f"/requests/{request_id}/reply")
        assert again.status_code == 422

    def test_it_is_taken_back(self, browser, asking):
        request_id = sent(browser, asking)
        shown = browser.get("asking.asked", request_id=request_id)
        page = browser.get(shown.links["Withdraw this request"])
        gone = browser.fill(page, {"text": "No longer needed."})
        assert "Withdrawn" in gone.text
        assert "Withdraw this request" not in gone.links

    def test_what_the_holder_does_and_notes_is_not_on_the_page(self, browser, asking):
        request_id = sent(browser, asking)
        before = browser.get("asking.asked", request_id=request_id).text
        approved(asking, request_id)
        assert browser.get("asking.asked", request_id=request_id).text == before


class TestAnswered:
    def test_what_was_shared_is_opened_by_a_button_and_that_is_written_down(
        self, browser, asking, clock
    ):
        request_id = sent(browser, asking)
        share(asking, approved(asking, request_id))
        assert "To read" in browser.get("asking.mine").text
        shown = browser.get("asking.asked", request_id=request_id)
        assert WORDS not in shown.text
        assert disclosure(asking).read_at is None
        opened = browser.post("asking.answer", status=200, request_id=request_id)
        assert WORDS in opened.text
        assert "Do not pass it on." in opened.text
        assert RISK not in opened.text
        first = disclosure(asking)
        assert first.read_at is not None
        clock.advance(minutes=1)
        browser.post("asking.answer", status=200, request_id=request_id)
        assert disclosure(asking).read_at == first.read_at
        assert "To read" not in browser.get("asking.mine").text
        with asking.world.units.read(asking.officer) as uow:
            looks = uow.session.scalars(
                select(AuditEntry.subject_id).where(
                    AuditEntry.verb == "Looked", AuditEntry.subject_kind == "disclosure"
                )
            ).all()
        assert looks == [str(first.id)] * 2

    @pytest.mark.parametrize(
        ("onward", "said"),
        [
            ("named", "only to the school nurse."),
            ("with_permission", "Ask them before you pass it on"),
        ],
    )
    def test_what_may_be_done_with_it_is_said(self, browser, asking, onward, said):
        request_id = sent(browser, asking)
        record = replace(RECORD, onward_named="the school nurse")
        share(asking, approved(asking, request_id), onward=onward, record=record)
        assert said in browser.post("asking.answer", status=200, request_id=request_id).text

    def test_nothing_shared_opens_nothing(self, browser, asking):
        request_id = sent(browser, asking)
        browser.post("asking.answer", status=404, request_id=request_id)

    def test_a_no_is_the_one_sentence_with_a_way_on(self, browser, asking):
        request_id = sent(browser, asking)
        withhold(asking, request_id)
        shown = browser.get("asking.asked", request_id=request_id)
        assert NOT_ABLE in shown.text
        assert "A secret why" not in str(shown.response.data)
        assert "Ask the person" in shown.text
        assert "Ask another authority" in shown.text

    def test_lines_are_answered_one_by_one(self, browser, asking):
        what = {
            "categories": ["worker_contact", "accommodation"],
            "wanted_worker_contact": "Who",
            "wanted_accommodation": "What kind",
        }
        request_id = sent(browser, asking, what=what)
        share(asking, approved(asking, request_id))
        shown = browser.get("asking.asked", request_id=request_id)
        assert "Shared with you" in shown.text
        assert "No answer yet" in shown.text

    def test_a_file_of_an_answer_is_there_once_its_line_was_shared(
        self, browser, asking, settings, keyring
    ):
        request_id = sent(browser, asking)
        line = approved(asking, request_id)
        with asking.world.write() as uow:
            file = RequestFile(
                id=uow.new_id(),
                request_id=request_id,
                line_id=line.id,
                name="answer.pdf",
                media_type="application/pdf",
                size=len(PDF),
                sha256="-",
                added_by=asking.people[Role.TEAM_MANAGER].account_id,
                added_at=uow.now,
            )
            uow.session.add(file)
        FileStore(settings.data_dir, keyring, KIND).put(file.id, PDF)
        path = f"/requests/{request_id}/files/{file.id}"
        assert browser.client.get(path).status_code == 404
        share(asking, line)
        opened = browser.post("asking.answer", status=200, request_id=request_id)
        assert "answer.pdf" in opened.links
        assert browser.client.get(path).data == PDF


def disclosure(asking):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(select(Disclosure)).one()


def test_lists_go_on_and_hold_no_name(browser, asking):
    for number in range(26):
        asking.send(asking.answers(subject={"family_name": f"Quillfeather {number % 9}"}))
    first = browser.get("asking.mine")
    assert "Quillfeather" not in first.text
    (next_href,) = [href for text, href in first.links.items() if text.startswith("Next")]
    second = browser.get(next_href)
    (row,) = [link for link in second.links if link.count("-") == 3]
    assert row not in first.links
    again = browser.get(f"/requests?after={'0' * 8}-0000-4000-8000-{'0' * 12}")
    assert again.text == first.text
