"""A person's page says what they agreed to, and a record is typed step by step without loss."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.sharing.models import Consent, ConsentDraft
from hub.sharing.rules import ConsentState
from kit.world import HUB, World
from parts.consent_pages import SAFE, WHO, asked, begun
from parts.consenting import answer, no_answer, now, withdraw, yes

S = ConsentState


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def worker(world, as_role, signed_in):
    return signed_in(
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    )


def row(world):
    with world.units.read(HUB) as uow:
        found = uow.session.scalars(select(Consent)).one()
        uow.session.expunge(found)
        return found


# --- On the person's page ---


def test_a_persons_page_says_in_a_line_what_they_agreed_to(worker, world, person):
    assert "Nobody has asked them yet." in worker.get("people.person", person_id=person).text
    answer(world, yes(world, person))

    shown = worker.get("people.person", person_id=person)

    line = (
        "That the service knows them and health. To: Example Leaving Care. For: Safety planning. "
        "Counts until 1 December 2026"
    )
    assert line in shown.links
    assert "Yes but not Dave" not in shown.text
    assert "Yes but not Dave" in worker.get(shown.links[line]).text


def test_the_list_tells_what_counts_from_what_was_replaced(worker, world, person):
    answer(world, yes(world, person))
    withdraw(world, person)
    no_answer(world, world.person(), state=S.FLUCTUATING, revisit_on=date(2026, 7, 1))

    shown = worker.get("consents.records", person_id=person)

    now_text, before = shown.text.split("Before No record is ever changed.")
    assert "Taken back on 1 June 2026 To: Everybody For: Every purpose" in now_text
    assert "Agreed on 1 June 2026" in before
    assert "Replaced by a later record." in before
    assert "They take it back" not in shown.links


# --- Recording ---


def test_a_yes_is_recorded_step_by_step(worker, world, person):
    page = asked(worker, person, world)
    assert page.h1 == "Who answered"
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE)
    words = page.filled()["words_read"][0]
    assert "your education, training and work" in words
    assert "Example Leaving Care" in words
    assert "1 December 2026" in words
    page = worker.fill(page, {"understood": "yes", "own_words": "Yes, tell them"})
    page = worker.fill(page, {"ends": "usual"})
    assert page.h1 == "Check before you record it"
    assert "Yes, tell them" in page.text

    action = page.root.all("form")[-2].attributes["action"]
    shown = worker.send(action)

    assert "Recorded." in shown.text
    kept = row(world)
    assert (kept.state, kept.own_words) == (S.GIVEN_EXPLICIT, "Yes, tell them")
    assert kept.words_read.split() == words.split()
    assert kept.withdrawal_route.startswith("Tell your worker")
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(ConsentDraft)).all() == []


def test_a_yes_in_part_says_what_it_leaves_out(worker, world, person):
    page = asked(worker, person, world, happened="in_part")
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE)
    page = worker.fill(page, {"understood": "yes"})
    wrong = worker.fill(page, {})
    assert wrong.errors == {"left_words": "Select or enter what they left out"}
    page = worker.fill(wrong, {"left_categories": ["health"]})
    page = worker.fill(
        page, {"ends": "day", "until_on-day": "2", "until_on-month": "6", "until_on-year": "2026"}
    )
    worker.send(page.root.all("form")[-2].attributes["action"])

    kept = row(world)
    assert (kept.state, kept.expires_on) == (S.GIVEN_LIMITED, date(2026, 6, 2))
    shown = worker.get("consents.record", consent_id=kept.id)
    assert "Left out Health" in shown.text


def test_a_yes_that_fails_a_test_leads_to_the_question_to_mend_with_the_cure(worker, world, person):
    page = asked(worker, person, world)
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE | {"alone": "others_could_hear"})
    page = worker.fill(page, {"understood": "yes", "own_words": "kept"})
    page = worker.fill(page, {"ends": "usual"})

    wrong = worker.post(page.root.all("form")[-2].attributes["action"])

    assert wrong.h1 == "Was it safe to talk"
    assert wrong.errors["alone"].startswith("Ask again when nobody else can hear")
    checked = worker.fill(wrong, {"alone": "alone"})
    assert "kept" in checked.text
    worker.send(checked.root.all("form")[-2].attributes["action"])
    assert row(world).state == S.GIVEN_EXPLICIT


def test_a_no_is_recorded_without_the_questions_of_a_yes(worker, world, person):
    page = asked(worker, person, world, happened="no")
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE | {"alone": "others_could_hear"})
    page = worker.fill(page, {"understood": "no"})
    assert page.h1 == "Who else knows"
    page = worker.fill(page, {})
    worker.send(page.root.all("form")[-2].attributes["action"])

    assert now(world, person).state is S.REFUSED


@pytest.mark.parametrize(
    ("happened", "typed", "state"),
    [
        ("unsafe", {"unsafe": "warns_perpetrator"}, S.NOT_SOUGHT_UNSAFE),
        (
            "not_reached",
            {
                "first_on-day": "30",
                "first_on-month": "5",
                "first_on-year": "2026",
                "first_how": "telephone",
                "second_on-day": "31",
                "second_on-month": "5",
                "second_on-year": "2026",
                "second_how": "visit",
            },
            S.UNABLE_TO_REACH,
        ),
        (
            "no_capacity",
            {
                "assessed_on-day": "30",
                "assessed_on-month": "5",
                "assessed_on-year": "2026",
                "assessor_role": "Social worker",
                "decision": "Whether the hostel may know",
            },
            S.LACKS_CAPACITY,
        ),
        (
            "comes_and_goes",
            {"revisit_on-day": "8", "revisit_on-month": "6", "revisit_on-year": "2026"},
            S.FLUCTUATING,
        ),
        (
            "pressure",
            {
                "indicators": "Looked at the door",
                "plan": "At college",
                "revisit_on-day": "8",
                "revisit_on-month": "6",
                "revisit_on-year": "2026",
            },
            S.COERCED_SUSPECTED,
        ),
    ],
)
def test_why_there_is_no_answer_is_asked_in_the_words_of_each_reason(
    worker, world, person, happened, typed, state
):
    page = asked(worker, person, world, happened=happened)
    page = worker.fill(page, typed)
    worker.send(page.root.all("form")[-2].attributes["action"])

    assert now(world, person).state is state
    shown = worker.get("consents.record", consent_id=row(world).id)
    assert shown.status == 200


def test_where_the_answer_would_not_be_respected_the_page_says_to_tell_and_not_to_ask(
    worker, world, person
):
    page = begun(worker, person, agencies=[str(world.agency)])

    page = worker.fill(page, {"grounds": ["immediate_danger"]})

    assert page.h1 == "Tell them"
    assert "Do not ask them" in page.text
    assert "because somebody's life may be in danger" in page.text
    wrong = worker.fill(page, {"told": "no"})
    assert wrong.errors == {"why_not_told": "Enter why not"}
    right = {"why_not_told": "It would warn him", "revisit_on-day": "3"}
    page = worker.fill(wrong, right | {"revisit_on-month": "6", "revisit_on-year": "2026"})
    worker.send(page.root.all("form")[-2].attributes["action"])

    kept = row(world)
    assert (kept.state, kept.was_told, kept.revisit_on) == (
        S.NOT_REQUIRED_STATUTORY,
        False,
        date(2026, 6, 3),
    )
    assert "Not asked, not told yet" in worker.get("people.person", person_id=person).text


def test_what_is_partly_told_and_partly_asked_is_parted(worker, world):
    young = world.person(born=date(2009, 6, 2))
    page = begun(
        worker,
        young,
        purposes=["marac_risk", "support"],
        agencies=[str(world.agency)],
    )

    wrong = worker.fill(page, {"grounds": ["none"]})

    assert "MARAC" in wrong.errors["grounds"]
    assert "leave that out" in wrong.errors["grounds"]


def test_an_adult_at_high_risk_is_asked_with_a_warning(worker, world, person):
    page = begun(worker, person, purposes=["marac_risk"], agencies=[str(world.agency)])

    page = worker.fill(page, {"grounds": ["high_risk"]})

    assert page.h1 == "What happened"
    assert "may still share some of this" in page.text


def test_below_16_it_is_asked_whether_they_can_decide_this(worker, world):
    young = world.person(born=date(2013, 1, 1))
    page = asked(worker, young, world)
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE)
    assert page.h1 == "Who decides"
    page = worker.fill(page, {"competence": "competent", "competence_reason": "Explained it back"})
    assert page.h1 == "What was said"


def test_the_words_to_read_can_be_printed_and_name_nobody(worker, world, person):
    page = asked(worker, person, world)
    page = worker.fill(page, WHO)
    page = worker.fill(page, SAFE)

    printed = worker.get(page.links["These words to print"])

    assert "We would like to tell Example Leaving Care:" in printed.text
    assert "Quillfeather" not in printed.text


def test_what_was_typed_is_there_when_one_comes_back(worker, world, person):
    page = asked(worker, person, world)
    worker.fill(page, {"giver": "parental_responsibility", "method": "in_person"})

    shown = worker.get("consents.records", person_id=person)
    assert "Go on with record 1" in shown.links
    with world.units.read(HUB) as uow:
        draft_id = uow.session.scalars(select(ConsentDraft.id)).one()
    page = worker.get("consents.step", talk_id=draft_id, name="who")
    assert page.filled()["giver"] == ["parental_responsibility"]
    assert page.errors == {"giver_name": "Enter the name of who answered"}
