"""A referrer's journey through the pages, and what becomes of it."""

import re

from hub.referrals import queries
from parts.journey import browser_of, dob, form_of


def test_a_whole_journey_question_by_question(  # noqa: PLR0915 - a journey is as long as it is
    app, units, browser, officer, coordinator
):
    page = browser.send("referrals.start")
    assert page.filled()["name"] == ["Pat Officer"]
    seen = []

    def go(shown, **changes):
        seen.append(shown.h1)
        return browser.fill(shown, changes)

    page = go(page, phone="01632 960001")
    page = go(page, given_name="Zinnia", family_name="Quillfeather", **dob("9", "3", "2006"))
    assert "care-experienced" in page.h1
    wrong = browser.fill(page, {})
    assert wrong.errors == {"care_experienced": "Select yes, no or not known for care experience"}
    page = go(page, care_experienced="yes", worker_name="Wor Ker")
    page = go(page, address="1 Example Street", postcode="ln1 1aa")
    page = go(page, phone="07700 900982", may_call="yes")
    page = go(page, more="yes")  # somebody alleged to cause harm
    page = go(page, family_name="Quill", about_age="30")
    assert "care-experienced" in page.h1
    page = go(page, care_experienced="not_known")
    assert "Quill" in page.text
    page = go(page, more="no")
    page = go(page, more="yes")  # a child
    page = go(page, given_name="Kit", about_age="4", address="5 Other Road", postcode="LN3 3BB")
    page = go(page, more="no")
    page = go(page, more="no")  # no other adults
    page = go(page, what_happened="Something happened.", how_soon="today")
    page = go(page, told="yes", officer="DC Invented, 01632 960002")
    page = go(page, criteria=["professional_judgement"], judgement_reasons="Because.")
    page = go(page, tool="items_24", score="3")
    page = go(page, injury="yes")
    page = go(page, consent="not_given")
    wrong = browser.fill(page, {})
    assert set(wrong.errors) == {"bases", "necessity"}
    page = go(page, bases=["serious_harm"], necessity="It is.")
    page = go(page, more="yes")  # a professional
    page = go(page, agency="Example Housing")
    page = go(page, more="no")
    page = go(page, language="Polish")
    page = browser.send(form_of(page, "on"), {"then": "on"})
    assert page.h1 == "Check your answers"
    assert "must still be answered" not in page.text
    for said in ("Zinnia", "9 March 2006", "ln1 1aa", "Wor Ker", "Example Housing", "Polish"):
        assert said in page.text
    receipt = browser.fill(page, {})
    assert "received" in receipt.text
    reference = re.search(r"\w{4}-\w{4}-\w{4}-\w{4}", receipt.text).group()
    assert all(word not in receipt.text for word in ("Zinnia", "Quill", "match", "known"))
    assert len(seen) == 24
    with units.read(officer) as uow:
        (line,) = queries.raised_by(uow, officer.account_id).lines
        assert (line.reference, line.is_urgent, line.has_children) == (reference, True, True)
        assert [each.care_answer for each in queries.parties_of(uow, [line.id])] == [
            "yes",
            "not_known",
            None,
        ]
        assert queries.drafts_of(uow, officer.account_id) == ()

    desk = browser_of(app, units, coordinator)
    queue = desk.get("referrals.queue")
    shown = desk.get(queue.links[reference])
    assert "Hidden" in shown.text
    assert "LN1 1AA" not in shown.text
    assert "07700" not in shown.text
    assert "Other Road" not in shown.text
    assert "DC Invented" in shown.text
    assert "professional judgement, with reasons" in shown.text
    opened = desk.post("referrals.contact", {"why": "contact"}, status=200, concern_id=line.id)
    assert "LN1 1AA" in opened.text
    assert "07700 900982" in opened.text
    assert "5 Other Road" in opened.text
    decided = desk.fill(shown, {"outcome": "urgent"}, action=f"/screening/{line.id}")
    assert decided.errors == {"reason": "Enter the reason, which the referrer will see"}
    desk.fill(decided, {"reason": "It cannot wait."}, action=f"/screening/{line.id}")
    mine = browser.get("referrals.mine")
    assert "Accepted as urgent" in mine.text
    assert "It cannot wait." in browser.get("referrals.concern", concern_id=line.id).text
