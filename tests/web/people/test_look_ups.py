"""The page of look-ups: who reads it, what it says and does not say, and the second look."""

import re
from datetime import date

import pytest

from hub.config import LookUpSettings
from hub.kernel.actor import Role
from hub.people.commands.look_ups import LookingUp, note_look_ups
from hub.people.rules.look_ups import Door, LookUpPolicy, Sought
from kit.hub import sign_in_as
from kit.pages import PageClient

pytestmark = pytest.mark.databases("sqlite")
EVERY = LookUpPolicy(sample_percent=100)
WHOM = Sought(given_name="Zofia", family_name="Nowak", date_of_birth=date(2006, 3, 9))
FOUND = {"outcome": "in_order", "note": "They showed me the case"}


@pytest.fixture
def officer(county, as_role):
    return as_role(Role.REFERRER, agency_id=county.agency)


@pytest.fixture
def lead(app, county, as_role, units):
    client = app.test_client()
    sign_in_as(client, as_role(Role.GOVERNANCE_LEAD, agency_id=county.agency), units)
    return PageClient(app, client)


def look(county, actor, policy=EVERY):
    asked = LookingUp(door=Door.REQUEST, purpose="marac_risk", sought=WHOM)
    with county.write(actor) as uow:
        return note_look_ups(uow, [asked], policy)[0]


def test_a_lead_looks_at_what_is_flagged_and_says_what_it_was(county, lead, officer):
    found = look(county, officer)
    home = lead.get("home.show")
    assert home.links["1 look-up to look at again"] == "/look-ups"
    shown = lead.get("people.look_ups")
    assert "Asked another agency: MARAC risk" in shown.text
    assert "Name, date of birth" in shown.text
    assert "Picked by chance" in shown.text
    assert not re.search("zofia|nowak|2006", shown.text, re.IGNORECASE)

    one = lead.get("people.look_up", look_up_id=found)
    wrong = lead.fill(one, {"note": "Yes"})
    assert wrong.errors == {"outcome": "Select what it was"}
    short = lead.fill(one, FOUND | {"note": "Yes"})
    assert short.errors == {"note": "Say in a sentence what you found"}
    kept = lead.fill(one, FOUND)
    assert "Nothing waits for you" in kept.text
    again = lead.get("people.look_up", look_up_id=found)
    assert "They showed me the case" in again.text
    assert "look-up to look at" not in lead.get("home.show").text


def test_what_is_alike_stands_in_one_line_and_is_answered_at_once(county, lead, officer):
    look(county, officer)
    found = look(county, officer)
    other = look(county, officer, LookUpPolicy(sample_percent=100, repeats=1))
    shown = lead.get("people.look_ups")
    assert "Asked another agency: MARAC risk, 2 times on this day" in shown.text
    one = lead.get("people.look_up", look_up_id=found)
    assert "There are 2 look-ups of theirs" in one.text
    lead.fill(one, FOUND | {"for_all": "yes"})
    left = lead.get("home.show")
    assert left.links["1 look-up to look at again"] == "/look-ups"
    assert "look-ups of theirs" not in lead.get("people.look_up", look_up_id=other).text


def test_a_day_without_any_and_a_broken_address(county, lead, officer):
    look(county, officer)
    empty = lead.get("/look-ups?day=2026-05-31")
    assert "Nobody was looked up" in empty.text
    assert empty.links["The day after"] == "/look-ups?day=2026-06-01"
    assert "The day before" not in empty.links
    for broken in ("?day=never&after=nobody", "?day=2999-01-01", ""):
        assert "Asked another agency" in lead.get(f"/look-ups{broken}").text


def test_it_is_there_for_nobody_else(app, county, as_role, units, officer):
    found = look(county, officer)
    for role in (Role.REFERRER, Role.TEAM_MANAGER, Role.DUTY_DESK):
        client = app.test_client()
        sign_in_as(client, as_role(role, agency_id=county.agency), units)
        browser = PageClient(app, client)
        browser.get("people.look_ups", status=404)
        browser.get("people.look_up", look_up_id=found, status=404)


def test_a_search_too_many_is_said_beside_the_form_and_keeps_what_was_typed(
    app, settings, county, browser
):
    object.__setattr__(settings, "look_ups", LookUpSettings(searches_an_hour=1, sample_percent=0))
    typed = {"purpose": "contact", "family_name": "Oneill", "given_name": "Beth"}
    browser.post("people.find", typed, status=200)
    over = browser.post("people.find", typed)
    assert "You have searched 1 times within an hour" in over.text
    assert b'value="Oneill"' in over.response.data
