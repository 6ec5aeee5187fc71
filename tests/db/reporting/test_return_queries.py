"""A return from rows: what was heard, by whom referred, in time or late, and for whom it is."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError

from hub.agencies.models import Area
from hub.db.engine import writing
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.models import AreaSetting
from hub.people.models import Conflict
from hub.reporting.care_queries import NO_SERVICE
from hub.reporting.return_commands import make_copy
from hub.reporting.return_queries import copy_to_pass_on, whole_return
from hub.reporting.rules.quarters import Quarter
from kit.world import COORDINATOR, HUB, World
from parts.returned import HELD, REFERRED, returned

Q1, Q2 = Quarter(2026, 1), Quarter(2026, 2)
AFTER = datetime(2026, 7, 1, 9, tzinfo=UTC)
NEEDS = {"is_minoritised": "yes", "is_lgbt": "no", "is_disabled": "not_known"}


@pytest.fixture
def area(units):
    return returned(World(units).settle())


def made(area, quarter=Q2, by=COORDINATOR):
    with area.world.units.read(by) as uow:
        return whole_return(uow, area.world.area, quarter)


def copied(area, quarter=Q2, by=COORDINATOR):
    """Return the copy, or None."""
    with area.world.units.read(by) as uow:
        return copy_to_pass_on(uow, area.world.area, quarter)


def make(area, quarter=Q2, by=COORDINATOR):
    with area.world.units.write(by) as uow:
        return make_copy(area.world.area, quarter, uow=uow)


def setting(area, **values):
    with area.world.write() as uow:
        uow.session.add(AreaSetting(area_id=area.world.area, **values))


def actor(area, *roles, agency_id=None, contact_id=None):
    return Actor(
        account_id=uuid4(),
        agency_id=agency_id or area.world.agency,
        contact_id=contact_id,
        roles=frozenset(roles),
        label="somebody",
    )


def two_meetings(area):
    """Let one meeting hear two cases and one hear one; each quarter's edge is in London."""
    first, last = (
        area.meeting(),
        area.meeting(datetime(2026, 3, 31, 23, 30, tzinfo=UTC)),
    )
    area.meeting(datetime(2026, 3, 31, 22, 30, tzinfo=UTC))  # 23:30 on 31 March
    area.meeting(HELD + timedelta(days=40))  # not yet
    area.heard(
        first,
        needs=NEEDS,
        people=(
            ("victim", date(2009, 6, 1), {"gender": "male"}),
            ("alleged_perpetrator", None, {"about_age": 40}),
            ("child", None, {}),
            ("child", None, {}),
        ),
    )
    moved = area.heard(first, by=area.world.agency, at=REFERRED - timedelta(days=10))
    area.heard(first, state="noted")
    area.heard(first, state="put_back")
    with area.world.write() as uow:
        other = uuid4()
        uow.session.add(Area(id=other, name="Elsewhere"))
    area.passed_on(moved, other)
    area.heard(last, by=area.world.agency, at=datetime(2026, 3, 1, 9, tzinfo=UTC))


def test_a_return_is_counted_from_rows(area):
    two_meetings(area)
    setting(area, adult_females=20_000)
    found = made(area).report

    assert [(row.on, row.shared.whole) for row in found.meetings] == [
        (date(2026, 4, 1), 1),
        (date(2026, 5, 20), 2),
    ]
    assert found.total.whole == 3
    assert found.total.beside == {"children": 2}
    assert {name: (found.total.parts[name], found.total.not_known[name]) for name in NAMES} == {
        "repeat": (0, 0),
        "police": (1, 0),
        "minoritised": (1, 2),
        "lgbt": (0, 2),
        "disabled": (0, 3),
        "male": (1, 2),
        "aged_16_17": (1, 2),
        "harm_by_under_18": (0, 2),
    }
    assert {name: count for name, count in found.sources.items() if count} == {
        "police": 1,
        "transfer": 1,
        "charity": 1,
    }
    assert (found.waits.shortest, found.waits.middle, found.waits.longest) == (14, 24, 31)
    assert found.per_10_000 == 1.5
    assert made(area, Q1).report.meetings[0].on == date(2026, 3, 31)


NAMES = (
    "repeat",
    "police",
    "minoritised",
    "lgbt",
    "disabled",
    "male",
    "aged_16_17",
    "harm_by_under_18",
)


def test_what_was_recorded_for_a_case_counts_also_once_it_was_heard(area):
    item = area.heard(area.meeting(), needs=NEEDS, people=(("victim", None, {"gender": "female"}),))
    area.known(item, is_minoritised="no", is_disabled="yes", is_lgbt="not_known", gender="male")
    parts = made(area).report.total
    assert {name: parts.parts[name] for name in ("minoritised", "disabled", "lgbt", "male")} == {
        "minoritised": 0,
        "disabled": 1,
        "lgbt": 0,
        "male": 1,
    }
    assert (parts.not_known["minoritised"], parts.not_known["lgbt"]) == (0, 1)


def test_what_agencies_did_is_counted_by_agency(area):
    meeting = area.meeting()
    one, other = area.heard(meeting), area.heard(meeting)
    day = timedelta(days=1)
    area.asked(one, area.police, answered=HELD - 3 * day)
    area.asked(other, area.police, answered=HELD - day)
    area.asked(one, area.world.agency)
    area.action(one, area.police, date(2026, 5, 25), state="done", settled_at=HELD + 5 * day)
    area.action(one, area.police, date(2026, 5, 25))
    area.action(one, area.police, date(2026, 6, 1))
    area.action(one, area.police, date(2026, 5, 25), state="superseded", settled_at=HELD)

    found = made(area).report
    assert [(name, each.whole, each.parts["on_time"]) for name, each in found.research.rows] == [
        ("Example Leaving Care", 1, 0),
        ("Testshire Police", 2, 1),
    ]
    assert [(name, each.whole, each.parts["on_time"]) for name, each in found.actions.rows] == [
        ("Testshire Police", 2, 1)
    ]
    assert (found.research.total.whole, found.research.year.parts["on_time"]) == (3, 1)


def test_what_became_of_care_experienced_people_is_counted_by_agency(area):
    world, meeting = area.world, area.meeting()
    there, silent, unmatched = (area.heard(meeting) for _ in range(3))
    young, other = world.person(), world.person()
    area.person(there, young)
    area.invited(there, young)
    area.came(there, world.deputy, "part", sent=True)
    area.action(there, world.agency, date(2026, 7, 1))
    area.person(silent, other)
    area.came(silent, world.deputy, "no_response")
    area.person(unmatched)
    area.person(unmatched, status="not_known")

    found = made(area).report
    rows = {name: (each.whole, dict(each.parts)) for name, each in found.care.rows}
    assert rows == {
        "Example Leaving Care": (
            2,
            {
                "worker_found": 2,
                "invited": 1,
                "attended": 1,
                "sent_information": 1,
                "action_given": 1,
            },
        ),
        NO_SERVICE: (1, dict.fromkeys(rows["Example Leaving Care"][1], 0)),
    }
    assert found.care.total.whole == 3
    assert found.not_known == 1


def test_the_copy_to_pass_on_holds_nothing_small_and_is_made_once_the_quarter_is_over(area, clock):
    meeting = area.meeting()
    for _ in range(12):
        area.heard(meeting)
    for _ in range(3):
        area.heard(meeting, by=area.world.agency)
    with pytest.raises(RefusedError, match="not over"):
        make(area)
    clock.set(AFTER)
    assert copied(area) is None
    make(area)
    own, copy = made(area).report, copied(area).report
    assert (own.total.whole, own.total.parts["police"]) == (15, 12)
    assert (copy.total.whole, copy.total.parts["police"]) == (15, None)  # three are not so
    assert set(copy.sources.values()) == {None}
    assert (copy.waits.within, copy.waits.middle, copy.waits.shortest) == (14, None, None)
    assert copy.year.whole is None  # three quarters without a case are withheld


def test_what_is_put_right_afterwards_is_in_no_copy_that_was_made(area, clock, engine):
    clock.set(AFTER)
    meeting = area.meeting()
    items = [area.heard(meeting) for _ in range(12)]
    setting(area, suppress_below=1)  # less than 2 would withhold nothing: 2 it is
    first = make(area)
    before = copied(area)
    assert (before.below, before.edition.made_by) == (2, "")
    area.heard(meeting)
    area.known(items[0], is_minoritised="yes", gender="male")
    assert make(area) == first
    assert copied(area) == before
    assert made(area).report.total.whole == 13
    with area.world.write() as uow:
        uow.session.get_one(AreaSetting, area.world.area).suppress_below = 9
    assert copied(area) == before
    change = text("UPDATE return_edition SET quarter = quarter")
    with pytest.raises(DatabaseError, match="append-only"), writing(engine).begin() as connection:
        connection.execute(change)


def test_a_return_is_there_for_co_ordinators_of_the_area_only(area, clock):
    clock.set(AFTER)
    area.heard(area.meeting())
    assert made(area, by=actor(area, Role.COORDINATOR)).report.total.whole == 1
    for nobody in (
        actor(area, Role.CHAIR),
        actor(area, Role.AGENCY_REPRESENTATIVE),
        actor(area, Role.GOVERNANCE_LEAD),
        actor(area, Role.COORDINATOR, agency_id=uuid4()),
    ):
        for what in (made, make):
            with pytest.raises(NotFoundError):
                what(area, by=nobody)
    make(area, by=actor(area, Role.COORDINATOR))
    assert copied(area, by=actor(area, Role.CHAIR)).report.total.whole is None
    for nobody in (
        actor(area, Role.AGENCY_REPRESENTATIVE),
        actor(area, Role.CHAIR, agency_id=uuid4()),
    ):
        with pytest.raises(NotFoundError):
            copied(area, by=nobody)


def test_a_case_that_somebody_is_kept_from_is_in_none_of_their_counts(area, clock):
    world, meeting = area.world, area.meeting()
    person = world.person()
    item = area.heard(meeting)
    area.person(item, person)
    area.asked(item, area.police, answered=REFERRED)
    area.action(item, area.police, date(2026, 5, 25))
    area.heard(meeting)
    kept = actor(area, Role.COORDINATOR, contact_id=world.deputy)
    setting(area, suppress_below=2)
    for _ in range(3):
        area.heard(meeting)
    clock.set(AFTER)
    make(area)
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    assert (copied(area).report.total.whole, copied(area, by=kept).report.total.whole) == (5, 4)

    whole, less = made(area, by=HUB).report, made(area, by=kept).report
    assert (whole.total.whole, less.total.whole) == (5, 4)
    assert (whole.care.total.whole, less.care.total.whole) == (1, 0)
    assert (less.research.rows, less.actions.rows) == ((), ())
