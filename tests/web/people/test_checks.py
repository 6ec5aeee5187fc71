"""The duty desk's queue and one question, as somebody on the desk sees and answers them."""

from uuid import uuid4

import pytest
from sqlalchemy import event, select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role, system
from hub.people.commands import AnswerCheck, rule_out
from hub.people.models import IdentityCheck
from hub.people.states import CheckState
from kit.hub import sign_in_as
from kit.pages import PageClient

FACTS = ["date_of_birth", "address"]
HUB = system("test")


def state_of(county, check_id):
    with county.units.read(HUB) as uow:
        return uow.session.scalar(select(IdentityCheck.state).where(IdentityCheck.id == check_id))


def test_queue_leads_to_a_question_that_two_facts_answer(county, browser):
    person_id = county.registered()
    check_id = county.ask()

    queue = browser.get("people.checks")
    assert "1 candidate, best: probable" in queue.text
    assert "ONeill" not in queue.text  # the list is seen over shoulders

    question = browser.get("people.check", check_id=check_id)
    assert "Elizabeth O'Neill" in question.text
    assert "Agrees Day and month of birth swapped" in question.text
    assert "9990000018" not in question.response.text
    assert "Example Road" not in question.response.text
    confirm = browser.get("people.confirm", check_id=check_id, person_id=person_id)
    wrong = browser.fill(confirm, {"facts": ["date_of_birth"]})
    assert wrong.errors == {"facts": "Select two facts that agree"}
    assert browser.fill(confirm, {"facts": []}).errors == wrong.errors

    answered = browser.fill(confirm, {"facts": FACTS})

    assert "Confirmed on 1 June 2026" in answered.text
    assert "Facts that agreed: Date of birth, A current or former address" in answered.text
    assert state_of(county, check_id) == CheckState.CONFIRMED
    assert "No question waits" in browser.get("people.checks").text


def test_turned_down_then_no_then_taken_back(county, browser):
    county.registered()
    check_id = county.ask()
    question = browser.get("people.check", check_id=check_id)
    action = question.root.all("main")[0].all("form")[0].attributes["action"]

    asked = browser.fill(question, {}, action=action)

    assert "Is this person care-experienced and known to you?" in asked.text
    assert "Not the same person: 1" in asked.text
    no = browser.get("people.answer", check_id=check_id, verb="rule-out")
    answered = browser.fill(no, {"note": "We know her twin only"})
    assert "Not on your register answered on 1 June 2026" in answered.text
    back = browser.get("people.answer", check_id=check_id, verb="undo")
    assert browser.fill(back, {"note": ""}).errors == {"note": "Enter why the answer was wrong"}
    short = browser.fill(back, {"note": "Oh"})
    assert short.errors == {"note": "Enter why the answer was wrong, in a sentence"}
    again = browser.fill(back, {"note": "The twin came in and told us"})
    assert "Answer by 1 June 2026 at midday" in again.text  # two hours


def test_cannot_tell_asks_back_and_stays_in_the_list(county, browser):
    check_id = county.ask()
    page = browser.get("people.answer", check_id=check_id, verb="ask-back")
    asked = browser.fill(page, {"note": "Which school did she go to?"})
    assert "The referrer has been asked for more" in asked.text
    assert "Waiting for the referrer" in browser.get("people.checks").text


def test_somebody_is_put_forward_by_reference(county, browser):
    person_id = county.registered(
        given_name="Zebedee", known_as=None, family_name="Quillfeather", addresses=()
    )
    check_id = county.ask()
    reference = browser.get("people.person", person_id=person_id).root.having("govuk-caption-l")[0]
    find = browser.get("people.find_for", check_id=check_id)
    wrong = browser.fill(find, {"reference": "AAAA-AAAA"})
    assert wrong.errors == {"reference": "Nobody on your register has this reference"}
    found = browser.fill(find, {"reference": reference.text})
    assert "Zebedee Quillfeather" in found.text
    assert "Not clear Put forward by the duty desk" in found.text


def test_who_answers_on_an_older_page_sees_what_was_answered(county, browser, desk):
    check_id = county.ask()
    page = browser.get("people.answer", check_id=check_id, verb="rule-out")
    with county.units.write(desk) as uow:
        rule_out(AnswerCheck(check_id=check_id, version=1), uow=uow)
    stale = browser.fill(page, {"note": ""})
    assert stale.status == 409
    assert "Not on our register" in stale.text


def test_every_look_is_on_the_trail_before_anything_is_shown(county, browser):
    person_id, check_id = county.registered(), county.ask()
    browser.get("people.check", check_id=check_id)
    with county.units.read(HUB) as uow:
        rows = uow.session.execute(
            select(AuditEntry.subject_kind, AuditEntry.subject_id).where(
                AuditEntry.verb == "Looked"
            )
        ).all()
    assert ("identity_check", str(check_id)) in [tuple(row) for row in rows]
    assert ("person", str(person_id)) in [tuple(row) for row in rows]


@pytest.mark.parametrize(
    ("role", "of_agency"), [(Role.DUTY_DESK, False), (Role.LEAVING_CARE_WORKER, True)]
)
def test_a_question_does_not_exist_for_anybody_else(county, app, units, as_role, role, of_agency):
    person_id, check_id = county.registered(), county.ask()
    somebody = as_role(role, agency_id=county.agency if of_agency else uuid4())
    client = app.test_client()
    sign_in_as(client, somebody, units)
    browser = PageClient(app, client)
    absent = uuid4()
    for one in (check_id, absent):
        browser.get("people.check", check_id=one, status=404)
        browser.get("people.confirm", check_id=one, person_id=person_id, status=404)
        browser.get("people.answer", check_id=one, verb="undo", status=404)
        browser.post("people.reject", check_id=one, person_id=person_id, status=404)


def test_a_candidate_who_is_none_is_not_found(county, browser):
    check_id = county.ask()
    browser.get("people.confirm", check_id=check_id, person_id=uuid4(), status=404)


def test_the_queue_takes_as_many_statements_for_one_question_as_for_thirty(county, browser):
    def statements():
        said = []

        def note(*args):
            said.append(args[2])

        event.listen(county.units.engine, "before_cursor_execute", note)
        page = browser.get("people.checks")
        event.remove(county.units.engine, "before_cursor_execute", note)
        return len(said), page

    county.registered()
    county.ask()
    one, _ = statements()
    for _ in range(29):
        county.ask()
    thirty, page = statements()
    assert thirty == one <= 12
    assert len(page.root.all("tbody")[0].all("tr")) == 25
    following = browser.get(page.root.all("a", rel="next")[0].attributes["href"])
    assert len(following.root.all("tbody")[0].all("tr")) == 5


def test_whom_nobody_knew_is_added_with_what_the_concern_says(county, browser):
    check_id = county.ask(given_name="Zebedee", family_name="Unheard")
    question = browser.get("people.check", check_id=check_id)
    page = browser.get(question.links["Yes, add them to our register"])
    filled = page.filled()
    assert (filled["given_name"], filled["family_name"]) == (["Zebedee"], ["Unheard"])
    assert [filled[f"date_of_birth-{part}"] for part in ("day", "month", "year")] == [
        ["3"],
        ["9"],
        ["2006"],
    ]
    assert filled["postcode"] == ["LN2 4ZZ"]

    added = browser.fill(page, {})

    assert "Added to the register. Confirm by two facts" in added.text
    assert "Zebedee Unheard Probable" in added.text
    assert state_of(county, check_id) == CheckState.OPEN  # a person confirms, always


def test_what_a_question_says_is_filled_in_for_its_own_desk_alone(county, app, units, as_role):
    check_id = county.ask()
    client = app.test_client()
    sign_in_as(client, as_role(Role.DUTY_DESK, agency_id=uuid4()), units)

    PageClient(app, client).get("people.add_for", check_id=check_id, status=404)


def test_whoever_asks_can_be_rung_and_nobody_else(county, browser):
    check_id = county.ask(asker="Pat Officer, 01632 960002", phones=("01632 960001",))
    shown = browser.get("people.check", check_id=check_id)
    assert "Asked by Pat Officer," in shown.text
    assert [href for href in shown.links.values() if href.startswith("tel:")] == ["tel:01632960002"]
