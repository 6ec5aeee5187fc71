"""A case is tried on a page: it says what the table says, in every rule, and keeps nothing."""

from dataclasses import fields

import pytest
from sqlalchemy import text

from hub.kernel.actor import Role
from hub.sharing.rules import TABLE, Case, decide, explain
from hub.sharing.rules.case import Question
from hub.sharing.rules.coded import Direction
from hub.sharing.schemas import coded_words
from hub.sharing.schemas.trying import OWN, PRESET, TryForm
from hub.web.forms import read_typed
from kit.hub import sign_in_as
from kit.pages import PageClient
from parts.typical_cases import TYPICAL

pytestmark = pytest.mark.databases("sqlite")

MAY = {Role.GOVERNANCE_LEAD, Role.CALDICOTT_GUARDIAN, Role.SAFEGUARDING_LEAD}


@pytest.fixture
def at(app, units, as_role):
    def opened(role):
        browser = PageClient(app)
        sign_in_as(browser.client, as_role(role), units)
        return browser

    return opened


@pytest.fixture
def lead(at):
    return at(Role.GOVERNANCE_LEAD)


def typed(case):
    """Return a case of the public interface as somebody would fill the form in."""
    filled = {name: [str(value)] for name, value in PRESET.items() if name != "directions"}
    filled |= {"directions": ["to_asker"], "so": []}
    for name, value in case.items():
        if name == "police_victim_request":
            filled["victim_tests"] = [test for test in coded_words.TESTS if value.get(test)]
            filled["victim_notice"] = [value["notice"]]
        elif name == "s42":
            filled["s42"] = [limb for limb, met in value.items() if met]
        elif isinstance(value, bool):
            filled["so"] += [name] if value else []
        else:
            filled[name] = value if isinstance(value, list) else [str(value)]
    return filled


def case_of(filled):
    reading = read_typed(TryForm, filled)
    assert reading.value is not None, reading.form.problems
    return reading.value


@pytest.mark.parametrize("rule", [row.rule for row in TABLE])
def test_every_rule_can_be_reached_by_filling_the_form_in(rule):
    ((direction, question),) = case_of(typed(TYPICAL[rule])).questions()
    assert (direction, decide(question).rule) == (Direction.TO_ASKER, rule)


def test_what_is_left_is_what_the_public_interface_says():
    filled = {"purpose": ["support"], "category": ["eet"], "directions": ["to_asker"]}
    asked = case_of(filled).asked
    plain = Case(id="tried", asked=Question(purpose=asked.purpose, category=asked.category))
    assert asked == plain.asked


def test_every_fact_of_a_case_has_a_question():
    asked = set(TryForm().fields) | set(coded_words.SO)
    apart = {"police_victim_request"}  # asked as its tests and its notice
    assert {field.name for field in fields(Question)} - apart <= asked
    assert {f"own_{name}" for name in OWN} <= asked


def test_the_askers_own_values_stand_for_the_other_direction():
    filled = typed(TYPICAL[30]) | {
        "directions": ["to_service", "to_asker"],
        "own_purpose": ["marac_risk"],
        "own_category": ["existence"],
        "own_consent_state": ["refused"],
        "own_purpose_permitted": ["yes"],
        "own_override_basis": ["none"],
    }
    (_, service), (_, asker) = case_of(filled).questions()
    assert (service.purpose, service.category, service.consent_state) == (
        "marac_risk",
        "existence",
        "refused",
    )
    assert service.override_basis == frozenset()
    assert service.requester_kind == "leaving_care"
    assert asker.purpose == "support"


def test_the_page_says_the_rule_the_approvers_and_why_none_above_fires(lead):
    page = lead.get("trying.try_case")
    assert page.filled()["consent_state"] == ["not_asked"]
    shown = lead.post("trying.try_case", typed(TYPICAL[25]), status=200)

    assert "Rule 25: Inviting the worker before anybody was asked" in shown.text
    assert "Who must agree: a duty worker." in shown.text
    assert "Why the person was not asked" in shown.text
    passed = explain(case_of(typed(TYPICAL[25])).asked).passed_over
    assert len(passed) == 24
    for row in passed:
        assert f"Rule {row.rule}, " in shown.text
    assert shown.filled()["category"] == ["worker_contact"]


def test_danger_says_who_looks_at_it_afterwards_and_a_board_who_advises(lead):
    danger = lead.post("trying.try_case", typed(TYPICAL[4]), status=200)
    assert "looks at it afterwards: a team manager." in danger.text
    board = lead.post("trying.try_case", typed(TYPICAL[6]), status=200)
    assert "the data protection officer" in board.text


def test_what_lacks_is_said_and_all_that_was_filled_in_stays(lead):
    filled = typed(TYPICAL[27]) | {"purpose": "", "subject_age": "130", "directions": []}
    wrong = lead.post("trying.try_case", filled)

    assert wrong.errors == {
        "purpose": "Select what it is for",
        "subject_age": "Age of the person must be a whole number from 0 to 120",
        "directions": "Select which way",
    }
    assert wrong.filled()["s42"] == list(coded_words.LIMBS)


def test_bases_and_none_of_them_contradict_each_other(lead):
    filled = typed(TYPICAL[30]) | {"own_override_basis": ["s115", "none"]}
    wrong = lead.post("trying.try_case", filled)
    assert wrong.errors == {"own_override_basis": "Select bases, or none of them"}


def test_nothing_is_kept(lead, engine):
    with engine.connect() as connection:
        tables = connection.execute(
            text("SELECT name FROM sqlite_master WHERE type = 'table'")
        ).scalars()
        counts = {name: _count(connection, name) for name in tables}
    lead.post("trying.try_case", typed(TYPICAL[25]), status=200)
    with engine.connect() as connection:
        assert {name: _count(connection, name) for name in counts} == counts


def _count(connection, table):
    return connection.execute(text(f'SELECT count(*) FROM "{table}"')).scalar()


@pytest.mark.parametrize("role", sorted(Role))
def test_it_is_there_for_leads_and_guardians_alone(at, role):
    answer = at(role).client.get("/sharing/try")
    assert answer.status_code == (200 if role in MAY else 404)
