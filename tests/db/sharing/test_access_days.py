"""The last day of a subject access request comes near: home, one notice, and then quiet."""

from datetime import date

import pytest
from sqlalchemy import select, text

from hub.kernel.actor import Role, system
from hub.notify.models import Message
from hub.people.models import Conflict
from hub.reporting.queries import Clocks, Matter, waiting
from hub.sharing.commands.access_days import warn_of_access_days
from hub.sharing.commands.subject_access import LONGER, move_access
from hub.sharing.models import SubjectAccess
from hub.sharing.queries.subject_access import due_rows
from kit.world import HUB
from parts.packs import WORDS, asked, proved
from parts.rights import shared_about

CLOCKS = Clocks(stale_after_days=90, held_days=5, clarify_days=5)


@pytest.fixture
def told(asking):
    return shared_about(asking)


def warn(told):
    with told.asking.world.write(system("sweep")) as uow:
        return warn_of_access_days(uow, limit=10)


def written_to(told, account_id):
    with told.asking.world.units.read(HUB) as uow:
        rows = select(Message.facts).where(Message.recipient_id == account_id)
        return list(uow.session.scalars(rows))


def at_home(told, who, matter=Matter.ACCESS):
    with told.asking.world.units.read(who) as uow:
        return [
            (one.count, one.due_at.date()) for one in waiting(uow, CLOCKS) if one.matter is matter
        ]


def test_who_answers_for_it_hears_once_seven_days_before(told, clock):
    packing = proved(told)
    asked(told)  # of another it is not proved who asks: it has no day
    clock.advance(days=22)
    assert (warn(told), at_home(told, told.lead)) == (0, [])
    clock.advance(days=1)
    assert at_home(told, told.lead) == [(1, date(2026, 7, 1))]
    assert (warn(told), warn(told)) == (1, 0)
    (facts,) = written_to(told, told.lead.account_id)
    assert "2026-07-01" in facts
    for other in (told.manager, told.second, told.siro, told.elsewhere):
        assert written_to(told, other.account_id) == []
        assert at_home(told, other) == []
    clock.advance(days=30)
    assert (warn(told), at_home(told, told.lead)) == (0, [(1, date(2026, 7, 1))])
    with told.asking.world.write(told.manager) as uow:
        move_access(packing.access_id, LONGER, WORDS, uow=uow)
    assert at_home(told, told.lead) == []  # the first of September
    clock.advance(days=33)
    assert (warn(told), len(at_home(told, told.lead))) == (1, 1)
    packing.draw()
    packing.judge_all()
    packing.prepare()
    packing.release()
    assert (warn(told), at_home(told, told.lead)) == (0, [])


def test_who_is_kept_from_the_person_hears_of_no_day(told, clock):
    packing = proved(told)
    clock.advance(days=40)
    kept = told.asking.account(
        told.asking.world.agency, Role.GOVERNANCE_LEAD, contact_id=told.asking.world.deputy
    )
    with told.asking.world.write() as uow:
        declared = {"contact_id": told.asking.world.deputy, "person_id": told.person}
        uow.session.add(Conflict(**declared, declared_at=uow.now))
    assert warn(told) == 1
    assert written_to(told, kept.account_id) == []
    assert (at_home(told, kept), len(at_home(told, told.lead))) == ([], 1)
    for who, number in ((told.lead, 1), (told.manager, 1), (kept, 0), (told.elsewhere, 0)):
        with told.asking.world.units.read(who) as uow:
            assert [row.id for row in due_rows(uow)] == [packing.access_id] * number


def test_a_request_from_before_days_were_kept_gets_its_day(told):
    packing = proved(told)
    with told.asking.world.write() as uow:
        uow.session.execute(text("UPDATE subject_access SET due_on = NULL"))
    warn(told)
    with told.asking.world.units.read(HUB) as uow:
        row = uow.session.get_one(SubjectAccess, packing.access_id)
        assert row.due_on == date(2026, 7, 1)


def test_a_co_ordinator_is_told_at_home_what_waits_for_them(told):
    told.asking.world.concern(told.person)
    coordinator = told.asking.account(told.asking.world.agency, Role.COORDINATOR)
    elsewhere = told.asking.account(told.asking.force, Role.COORDINATOR)
    proved(told).draw()
    assert at_home(told, coordinator, Matter.PACKS) == [(2, date(2026, 7, 1))]
    assert at_home(told, elsewhere, Matter.PACKS) == []
