"""Somebody asks what is held: proved, prepared by one, let out by another, and held meanwhile."""

from datetime import date, timedelta

import pytest
from sqlalchemy import text

from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.people.models import Person
from hub.sharing.commands.disposal import propose_disposal
from hub.sharing.commands.subject_access import (
    LONGER,
    PREPARED,
    PROVED,
    move_access,
    release_access,
)
from hub.sharing.queries.subject_access import access_rows
from hub.sharing.rules.retention import RecordKind
from hub.wiring.kept import KEPT_SOURCES
from hub.wiring.packs import PACK_SOURCES
from kit.world import HUB, TODAY
from parts.packs import Packing, asked, proved
from parts.rights import shared_about


@pytest.fixture
def told(asking):
    return shared_about(asking)


def move(told, access_id, step, words="In so many words", by=None):
    with told.asking.world.write(by or told.manager) as uow:
        return move_access(access_id, step, words, uow=uow)


def release(told, access_id, by):
    with told.asking.world.write(by) as uow:
        return release_access(access_id, uow=uow, sources=PACK_SOURCES)


def row(told):
    with told.asking.world.units.read(told.manager) as uow:
        (found,) = access_rows(uow, told.person)
    return found


def test_the_clock_stands_until_it_is_proved_who_asks(told, clock):
    access_id = asked(told, asks="representative", name="Sol Icitor", representative="Letter seen")
    assert row(told).due_on is None
    for step in (LONGER, PREPARED):
        with pytest.raises(RefusedError):
            move(told, access_id, step)
    clock.advance(days=10)
    move(told, access_id, PROVED)
    assert row(told).due_on == date(2026, 7, 13)  # the eleventh is a Saturday
    clock.advance(days=1)
    move(told, access_id, PROVED, "Said better")
    assert row(told).due_on == date(2026, 7, 13)
    move(told, access_id, LONGER)
    assert row(told).due_on == date(2026, 9, 11)
    clock.advance(days=92)
    assert row(told).is_late


def test_one_prepares_and_another_lets_it_out(told):
    packing = proved(told)
    with pytest.raises(RefusedError):
        packing.release()
    packing.draw()
    with pytest.raises(RefusedError, match="every item"):
        packing.prepare()
    packing.judge_all()
    packing.prepare()
    with pytest.raises(NotAllowedError):
        packing.release(told.manager)
    packing.release()
    assert row(told).released_at is not None
    with pytest.raises(RefusedError):
        packing.release()
    with pytest.raises(RefusedError):
        packing.prepare()


def test_who_judged_any_of_it_is_not_the_one_who_lets_it_out(told):
    packing = proved(told)
    packing.draw()
    packing.judge(packing.item("register"), by=told.lead)
    packing.judge_all()
    packing.prepare(told.second)
    for one in (told.manager, told.second, told.lead):
        with pytest.raises(NotAllowedError):
            packing.release(one)
    packing.judge(packing.item("register"))  # the last verdict counts
    packing.prepare()
    packing.release()


def test_nothing_about_the_person_goes_while_it_is_open(told):
    with told.asking.world.write() as uow:
        uow.session.get_one(Person, told.person).date_of_birth = date(1940, 1, 1)

    def propose():
        with told.asking.world.write(told.lead) as uow:
            return propose_disposal(RecordKind.PERSON, told.person, uow=uow, sources=KEPT_SOURCES)

    access_id = asked(told)
    with pytest.raises(RefusedError, match="held"):
        propose()
    move(told, access_id, PROVED)
    packing = Packing(told, access_id)
    packing.draw()
    packing.judge_all()
    packing.prepare()
    packing.release()
    assert propose()


@pytest.mark.parametrize(
    ("other", "field"),
    [
        ({"received_on": TODAY + timedelta(days=1)}, "received_on"),
        ({"asks": "representative", "name": "Sol Icitor", "representative": " "}, "representative"),
        ({"asks": "representative", "name": " ", "representative": "A letter"}, "name"),
    ],
)
def test_a_day_and_a_name_are_needed(told, other, field):
    with pytest.raises(RefusedError) as no:
        asked(told, **other)
    assert no.value.field == field


def test_it_is_there_for_those_who_look_after_the_person_alone(told):
    access_id = asked(told)
    for other in (told.elsewhere, told.asking.officer, told.siro):
        with pytest.raises(NotFoundError):
            asked(told, other)
        with pytest.raises(NotFoundError):
            move(told, access_id, PROVED, by=other)
        with pytest.raises(NotFoundError):
            release(told, access_id, other)
    with pytest.raises(NotAllowedError):
        asked(told, HUB)
    with pytest.raises(RefusedError) as no:
        move(told, access_id, PROVED, " ")
    assert no.value.field == "words"


def test_what_is_said_is_sealed(told):
    access_id = asked(told, asks="representative", name="CANARY", representative="CANARY-NAME")
    move(told, access_id, PROVED, "CANARY-HOW")
    with told.asking.world.units.read(HUB) as uow:
        kept = uow.session.execute(
            text("SELECT representative, representative_name, proved_how FROM subject_access")
        ).one()
    assert not any(b"CANARY" in bytes(value) for value in kept)
