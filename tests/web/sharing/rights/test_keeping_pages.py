"""What is kept, on pages: due, held, proposed, agreed, stopped, gone."""

import re
from datetime import date

import pytest
from sqlalchemy import select, text

from hub.people.models import Person
from hub.sharing.models import Disposal, LegalHold
from kit.world import HUB


@pytest.fixture
def old(told):
    with told.asking.world.write() as uow:
        uow.session.get_one(Person, told.person).date_of_birth = date(1940, 1, 1)
    return told


def one(told, row):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(row)).one()


def reference(told):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.execute(text("SELECT reference FROM person")).scalar_one()


def test_one_proposes_a_second_agrees_and_anybody_here_stops_it(old, at):
    lead, siro = at(old.lead), at(old.siro)
    record = {"kind": "person", "record_id": old.person}
    assert "1 January 2015" in lead.get("keeping.records").text
    shown = lead.get("keeping.record", **record)
    assert "75 years from the date of birth" in shown.text
    assert "Quillfeather" not in shown.text
    lead.send("keeping.propose", {}, **record)
    disposal = one(old, Disposal)
    assert "Agree that" not in lead.get("keeping.records").text
    agree = {"disposal_id": disposal.id, "version": disposal.version}
    lead.send("keeping.agree", {}, **agree)
    assert one(old, Disposal).state == "proposed"
    assert "Agree that" in siro.get("keeping.records").text
    siro.send("keeping.agree", {}, **agree)
    assert "Goes after 1 July 2026 at 10am" in lead.get("keeping.records").text
    lead.send("keeping.stop", {}, disposal_id=disposal.id)
    assert "Stays" in siro.get("keeping.records").text


def test_a_record_is_found_held_and_let_go(told, at):
    lead = at(told.lead)
    record = {"kind": "person", "record_id": told.person}
    wrong = lead.post("keeping.records", {"reference": "NOTHING"}, status=422)
    assert set(wrong.errors) == {"reference"}
    lead.send("keeping.records", {"reference": reference(told).lower()})
    form = lead.get("keeping.hold", **record)
    errors = lead.fill(form, {}).errors
    assert errors == {
        "ground": "Choose why it must be kept",
        "reason": "Enter what it is kept for",
    }
    lead.send("keeping.hold", {"ground": "litigation", "reason": "Claim 12"}, **record)
    assert "Claim 12" in lead.get("keeping.record", **record).text
    hold = {"hold_id": one(told, LegalHold).id} | record
    assert lead.fill(lead.get("keeping.lift", **hold), {}).errors == {
        "why": "Enter why it is held no more"
    }
    lead.send("keeping.lift", {"why": "It was settled"}, **hold)
    assert "It was settled" in lead.get("keeping.record", **record).text


def test_a_rule_is_set_and_its_texts_stay(told, at):
    lead = at(told.lead)
    shown = lead.get("keeping.rule", code="leaving_care")
    wrong = lead.fill(shown, {"years": "", "source": ""})
    assert set(wrong.errors) == {"years", "source"}
    typed = {"counts_from": "eighteenth_birthday", "years": "75", "source": "Our schedule"}
    lead.send("keeping.rule", typed, code="leaving_care")
    assert "75 years from the 18th birthday" in lead.get("keeping.rules").text
    texts = lead.get("keeping.rule", code="leaving_care").text
    assert re.search("Our schedule.*75 years from the date of birth", texts)
    refused = lead.post("keeping.rule", typed, status=422, code="agreement")
    assert set(refused.errors) == {"counts_from"}


def test_a_death_is_written_down(told, at):
    lead = at(told.lead)
    day = {"died_on-day": "1", "died_on-month": "5", "died_on-year": "2010"}
    lead.send("keeping.died", day, record_id=told.person)
    shown = lead.get("keeping.record", kind="person", record_id=told.person)
    assert "1 May 2025" in shown.text


def test_nobody_else_sees_what_is_kept(told, at):
    record = {"kind": "person", "record_id": told.person}
    elsewhere = at(told.elsewhere)
    for endpoint in ("keeping.record", "keeping.hold"):
        elsewhere.get(endpoint, status=404, **record)
    elsewhere.get("keeping.died", status=404, record_id=told.person)
    assert reference(told) not in elsewhere.get("keeping.records").text
    elsewhere.post("keeping.records", {"reference": reference(told)}, status=422)
    elsewhere.post("keeping.propose", {}, status=404, **record)
    at(told.manager).get("keeping.records", status=404)
