"""The log on pages: for the staff, and in plain words for the person."""

from uuid import uuid4

from sqlalchemy import text

WORDS = "Example Leaving Care told Testshire Police who your worker is and how to reach them"


def test_the_staff_read_the_log_and_the_person_plain_words_without_what_was_said(told, at):
    manager = at(told.manager)
    shown = manager.get("rights.told", person_id=told.person)
    assert "Example Leaving Care told Testshire Police: who their worker is" in shown.text
    assert "rule 25" in shown.text
    plain = manager.get("rights.plain", person_id=told.person)
    assert WORDS in plain.text
    assert "Ring the duty desk" not in plain.text
    assert "rule 25" not in plain.text


def test_two_people_take_a_line_out_of_the_plain_words(told, at):
    manager, second = at(told.manager), at(told.second)
    line = {"person_id": told.person, "kind": "shared", "entry_id": told.disclosure}
    shown = manager.get("rights.line", **line)
    wrong = manager.fill(shown, {"reason": ""})
    assert wrong.errors == {"reason": "Enter why showing it would cause harm"}
    manager.send("rights.line", {"reason": "He reads her post"}, **line)
    assert WORDS not in manager.get("rights.plain", person_id=told.person).text

    own = manager.post("rights.line", {"answer": "yes"}, status=422, **line)
    assert "A second person must answer" in own.text
    asked = second.get("rights.line", **line)
    assert "He reads her post" in asked.text
    assert second.fill(asked, {}).errors == {"answer": "Say whether you agree"}
    second.send("rights.line", {"answer": "no"}, **line)
    assert WORDS in manager.get("rights.plain", person_id=told.person).text


def test_the_page_says_the_same_of_itself_whether_something_is_left_out_or_not(told, at):
    manager, second = at(told.manager), at(told.second)
    before = manager.get("rights.plain", person_id=told.person).text
    line = {"person_id": told.person, "kind": "shared", "entry_id": told.disclosure}
    manager.send("rights.line", {"reason": "He reads her post"}, **line)
    second.send("rights.line", {"answer": "yes"}, **line)
    after = manager.get("rights.plain", person_id=told.person).text
    assert "This may not be everything" in before
    assert "This may not be everything" in after


def test_that_they_were_shown_it_is_written_down(told, at):
    lead = at(told.lead)
    lead.send("rights.given", {}, person_id=told.person)
    with told.asking.world.units.read(told.lead) as uow:
        verbs = uow.session.execute(text("SELECT verb FROM audit_entry")).scalars().all()
    assert verbs.count("LogShown") == 1


def test_a_governance_lead_finds_somebody_by_their_reference(told, at):
    lead = at(told.lead)
    wrong = lead.post("rights.find", {"reference": "NOBODY"}, status=422)
    assert set(wrong.errors) == {"reference"}
    assert lead.post("rights.find", {"reference": ""}, status=422).errors == {
        "reference": "Enter reference of the person"
    }
    with told.asking.world.units.read(told.lead) as uow:
        reference = uow.session.execute(text("SELECT reference FROM person")).scalar_one()
    lead.send("rights.find", {"reference": reference})


def test_for_anybody_else_there_is_nobody(told, at):
    line = {"person_id": told.person, "kind": "shared", "entry_id": told.disclosure}
    stranger = at(told.elsewhere)
    for endpoint, values in (
        ("rights.told", {"person_id": told.person}),
        ("rights.plain", {"person_id": told.person}),
        ("rights.line", line),
    ):
        assert stranger.get(endpoint, status=404, **values)
    stranger.post("rights.given", {}, status=404, person_id=told.person)
    at(told.manager).get("rights.line", status=404, **(line | {"entry_id": uuid4()}))


def test_a_person_s_page_leads_there_for_those_who_look_after_rights(told, at):
    assert "Their rights" in at(told.manager).get("people.person", person_id=told.person).text
