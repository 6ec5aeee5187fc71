"""Corrections on pages: made by those who look after the person, read by whoever was told."""

from sqlalchemy import select

from hub.sharing.models import CorrectionNotice
from kit.world import HUB

TYPED = {
    "category": "worker_contact",
    "wrong": "The number was an old one",
    "right": "Ring 01632 960 111",
}


def notice_id(told):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(CorrectionNotice.id)).one()


def test_a_correction_is_made_read_and_answered(told, at):
    manager, officer = at(told.manager), at(told.asking.officer)
    shown = manager.get("rights.correct", person_id=told.person)
    assert "Told to 1 agency." in shown.text
    wrong = manager.fill(shown, TYPED | {"wrong": ""})
    assert wrong.errors == {"wrong": "Enter what was wrong about it"}
    assert "Ring 01632 960 111" in wrong.text
    manager.send("rights.correct", TYPED, person_id=told.person)
    assert "Not answered yet" in manager.get("rights.correct", person_id=told.person).text

    asked = officer.get("asking.asked", request_id=told.request)
    assert "Something in this answer was wrong" in asked.text
    assert "Waits for you" in officer.get("rights.corrections").text
    read = officer.get("rights.correction", notice_id=notice_id(told))
    assert "Ring the duty desk" in read.text
    assert "Ring 01632 960 111" in read.text
    officer.send("rights.correction", {}, notice_id=notice_id(told))
    assert "Has read it" in manager.get("rights.correct", person_id=told.person).text


def test_nobody_else_sees_anything_of_it(told, at):
    at(told.manager).send("rights.correct", TYPED, person_id=told.person)
    stranger = at(told.asking.stranger)
    stranger.get("rights.correction", status=404, notice_id=notice_id(told))
    stranger.post("rights.correction", {}, status=404, notice_id=notice_id(told))
    assert "Nothing that you received was corrected" in stranger.get("rights.corrections").text
    at(told.elsewhere).get("rights.correct", status=404, person_id=told.person)


def test_where_nobody_was_told_there_is_nothing_to_correct(told, at):
    other = told.asking.world.person()
    assert "Nobody was told" in at(told.manager).get("rights.correct", person_id=other).text
