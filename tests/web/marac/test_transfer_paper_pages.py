"""The papers of a transfer by their pages: chosen, read, asked for, kept back; and the risk."""

import pytest

from hub.db.files import FileStore
from hub.kernel.actor import Role
from kit.concerns import County
from parts.journey import PDF
from parts.moving import ADDRESS, KEPT, PLAN, POSTCODE, SHARED, moving
from parts.over_time import years


@pytest.fixture
def case(units, clock, as_role, settings, keyring):
    story = years(County(units).settle(), clock, as_role)
    there = as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")
    return moving(story, there, FileStore(settings.data_dir, keyring))


@pytest.fixture
def here(browse, case):
    return browse(case.story.coordinator)


@pytest.fixture
def there(browse, case):
    return browse(case.there)


def test_every_paper_is_ticked_and_what_stays_is_said(here, there, case):
    form = here.get("marac.transfer_send", concern_id=case.concern)
    ticked = form.filled()["papers"]
    assert set(ticked) == {one.code for one in case.known().keys}
    for text in ("plan.pdf", "2 actions, 1 not settled", "Example Charity: 1 line of its research"):
        assert text in form.text
    assert "Testshire Police: 1 file" in form.text
    assert "ours.pdf" not in form.text
    some = [code for code in ticked if not code.startswith("actions")]
    area = {"to_area": str(case.story.county.other_area), "is_temporary": "no", "papers": some}
    day = {"told_on-day": "1", "told_on-month": "6", "told_on-year": "2026"}
    wrong = here.fill(form, area | day)
    assert wrong.filled()["papers"] == some  # what was unticked stays so
    shown = here.fill(wrong, {"note": "She has moved.", "address": ADDRESS, "postcode": POSTCODE})
    assert "plan.pdf" in shown.text
    assert "Actions of the meeting" not in shown.text
    assert ADDRESS not in shown.text


def test_the_receiving_co_ordinator_reads_all_of_it_and_opens_the_file(here, there, case):
    sent = case.send()
    at = {"transfer_id": sent}
    there.get("marac.transfer_file", file_id=case.files[0], status=404, **at)
    case.take(sent)
    shown = there.get("marac.transfer", **at)
    for text in (SHARED, PLAN, "Strangulation", "It bears on the risk.", "What does not go"):
        assert text in shown.text
    assert KEPT not in shown.text
    answer = there.client.get(f"/transfers/{sent}/files/{case.files[0]}")
    assert (answer.status_code, answer.data) == (200, PDF)
    assert "plan" not in answer.headers["Content-Disposition"]
    there.get("marac.transfer_file", file_id=case.files[1], status=404, **at)
    here.get("marac.transfer_file", file_id=case.files[0], status=404, **at)
    old = here.get("marac.transfer", **at).text
    assert SHARED not in old
    assert "What goes with it" in old


def test_a_missing_paper_is_asked_for_and_answered(here, there, case):
    sent = case.send(papers=[])
    at = {"transfer_id": sent}
    there.get("marac.transfer_ask", status=404, **at)
    case.take(sent)
    form = there.get("marac.transfer_ask", **at)
    assert there.fill(form, {}).errors == {"what": "Select which paper you miss"}
    assert "Asked" in there.fill(form, {"what": "minutes"}).text
    assert "Wait for the answer" in there.fill(form, {"what": "minutes"}).text
    assert "A paper is asked for" in here.get("marac.transfers").text
    assert "1 paper asked for by another area" in here.get("home.show").text
    assert "paper asked for" not in there.get("home.show").text
    here.get("marac.transfer_ask", status=404, **at)
    there.get("marac.transfer_answer", status=404, **at)
    answer = here.get("marac.transfer_answer", **at)
    assert "Minutes of an earlier meeting" in answer.text
    wrong = here.fill(answer, {})
    assert wrong.errors == {"refusal": "Enter why you send nothing, or tick what you send"}
    record = next(one.code for one in case.known().keys if one.kind == "record")
    assert "The other area is told" in here.fill(wrong, {"papers": record}).text
    assert "Strangulation" in there.get("marac.transfer", **at).text
    assert here.client.get(f"/transfers/{sent}/answer").status_code == 303


def test_the_prompt_stands_until_the_risk_is_assessed_again(here, there, case):
    sent = case.send()
    received = case.take(sent)
    prompt = "Risk often rises on moving: repeat the risk assessment."
    assert prompt in there.get("marac.transfer", transfer_id=sent).text
    form = there.get(there.get("referrals.concern", concern_id=received).links[prompt])
    assert there.fill(form, {"risk_is": "higher"}).errors == {
        "on-day": "Enter the day on which it was assessed",
    }
    day = {"on-day": "1", "on-month": "6", "on-year": "2026"}
    saved = there.fill(form, {"risk_is": "higher", "note": "He knows her sister.", **day})
    assert "He knows her sister." in saved.text
    assert "Assessed again: the risk is higher, 1 June 2026" in saved.text
    assert prompt not in there.get("referrals.concern", concern_id=received).links
    assert "leaves out where you meet and who runs it" in saved.text
    assert saved.links["kept away from it"].endswith(f"/concerns/{received}/kept-away")
    assert "the risk is higher" not in here.get("marac.transfer", transfer_id=sent).text


def test_an_agency_and_a_referrer_keep_theirs_back_by_one_press(browse, case, as_role):
    charity = browse(as_role(Role.AGENCY_REPRESENTATIVE, agency_id=case.story.county.charity))
    at = {"research_id": case.research, "line_id": case.lines[0]}
    kept = charity.send("marac.research_onward", {}, word="stays", **at)
    assert "It stays in this area." in kept.text
    referrer = browse(case.story.referrer)
    referrer.send(
        "referrals.file_onward", {}, concern_id=case.concern, file_id=case.files[0], word="stays"
    )
    assert {one.key.kind for one in case.known().papers} == {"record", "actions"}
    let = charity.send("marac.research_onward", {}, word="goes", **at)
    assert "Keep line 1 in this area" in let.text
