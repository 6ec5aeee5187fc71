"""Which agencies came: by two note-takers at once, case by case, in minutes, and for actions."""

import json
from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import NotSignedError
from hub.marac.commands.actions import ProposeAction, propose_action
from hub.marac.commands.hearings import MoveHearing, move_hearing, sign_statement
from hub.marac.commands.minutes import ApproveMinutes, approve_minutes, draft_minutes
from hub.marac.commands.presence import (
    NameObserver,
    RecordCasePresence,
    RecordPresence,
    SendApology,
    name_observer,
    record_case_presence,
    record_presence,
    remove_observer,
    send_apology,
)
from hub.marac.models import Action, AgencyPresence, CasePresence, Minutes, Observer, Research
from hub.marac.queries.actions import owners
from hub.marac.queries.presence import agency_lines, case_lines, quorum_at
from hub.marac.queries.steering import standing_of_areas
from hub.marac.rules.presence import Came, Presence, Quorum, Typed, mark
from hub.marac.states import HearingMove
from hub.meetings.access import open_item, open_meeting
from hub.meetings.attendance import record_attendance
from hub.people.models import Conflict
from kit.world import CHAIR, COORDINATOR, World

HERE = Presence(status=Came.ATTENDED, people="Jo Bloggs")
GONE = Presence(status=Came.APOLOGY, people="Ann Other")
LEFT = Presence(status=Came.LEFT)


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def police(world):
    return agency(world, "Testshire Police", "police")


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def meeting(world, police):
    return world.meeting(days=1)


@pytest.fixture
def item(world, meeting, person):
    return world.list(meeting, world.concern(person))


@pytest.fixture
def begun(clock, item):
    clock.advance(days=1, hours=1)
    return item


def agency(world, name, kind):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name=name, kind=kind))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


def account(world, agency_id, name="Jo Bloggs", *, contact_id=None):
    roles = frozenset({Role.AGENCY_REPRESENTATIVE})
    actor = Actor(account_id=uuid4(), agency_id=agency_id, roles=roles, label="account")
    with world.write() as uow:
        uow.session.add(
            Account(
                id=actor.account_id,
                email=f"{actor.account_id}@example.org",
                name=name,
                agency_id=agency_id,
                contact_id=contact_id,
                created_at=uow.now,
            )
        )
    return actor


def sign(world, meeting_id, *actors, capacity="member"):
    for actor in actors:
        with world.write(actor) as uow:
            sign_statement(meeting_id, capacity, uow=uow)


def lines_of(world, meeting_id, by=COORDINATOR):
    with world.units.read(by) as uow:
        return {one.id: one for one in agency_lines(uow, open_meeting(uow, meeting_id))}


def typed(presence, shown=None, version=0):
    return Typed(presence=presence, version=version, was=mark(shown))


def record(world, meeting_id, agency_id, line, by=COORDINATOR):
    with world.write(by) as uow:
        cmd = RecordPresence(meeting_id=meeting_id, lines=((agency_id, line),))
        return record_presence(cmd, uow=uow)


def at_case(world, item_id, agency_id, line, by=COORDINATOR):
    with world.write(by) as uow:
        cmd = RecordCasePresence(item_id=item_id, lines=((agency_id, line),))
        return record_case_presence(cmd, uow=uow)


def saved(world, table):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(select(table)).all()


def test_who_accepted_the_statement_is_suggested_and_nobody_who_only_runs_the_meeting(
    world, meeting, police, begun
):
    runs_it = account(world, police, "Coral Ordinator")
    with world.write() as uow:
        uow.session.add(AccountRole(account_id=runs_it.account_id, role=Role.COORDINATOR))
    sign(world, meeting, account(world, police), runs_it)
    lines = lines_of(world, meeting)
    assert lines[police].suggested == HERE
    assert lines[police].saved is None
    assert lines[world.agency].suggested == Presence(status=Came.NO_RESPONSE)


def test_what_an_agency_shared_is_its_information_sent_but_not_of_a_case_kept_from_the_reader(
    world, meeting, police, begun, person
):
    with world.write() as uow:
        row = uow.session.scalar(select(Research).where(Research.agency_id == police))
        row.state, row.answered_at = "shared", uow.now
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    assert lines_of(world, meeting)[police].suggested.sent_on == date(2026, 6, 2)
    linked = replace(COORDINATOR, account_id=uuid4(), contact_id=world.deputy)
    assert lines_of(world, meeting, by=linked)[police].suggested.sent_on is None
    record(world, meeting, police, typed(GONE))  # an apology, saved without the day
    assert lines_of(world, meeting)[police].shown.sent_on == date(2026, 6, 2)


def test_the_whole_list_is_one_press_and_a_second_press_changes_nothing(
    world, meeting, police, begun
):
    silent = Presence(status=Came.NO_RESPONSE)
    lines = ((police, typed(HERE, HERE)), (world.agency, typed(silent, silent)))
    cmd = RecordPresence(meeting_id=meeting, lines=lines)
    with world.write(COORDINATOR) as uow:
        assert record_presence(cmd, uow=uow) == 2
    with world.write(COORDINATOR) as uow:
        assert record_presence(cmd, uow=uow) == 0
    assert {row.status for row in saved(world, AgencyPresence)} == {"attended", "no_response"}


def test_two_note_takers_lose_nothing(world, meeting, police, begun):
    record(world, meeting, police, typed(GONE, HERE))
    record(world, meeting, police, typed(HERE, HERE), by=CHAIR)  # the chair left the line alone
    assert saved(world, AgencyPresence)[0].status == "apology"
    part = Presence(status=Came.PART)
    with pytest.raises(ConflictError) as clash:
        record(world, meeting, police, typed(part, HERE), by=CHAIR)
    assert clash.value.theirs == {str(police): "apology"}
    record(world, meeting, police, typed(part, GONE, version=1), by=CHAIR)  # seen, and meant
    assert saved(world, AgencyPresence)[0].status == "part"


def test_before_the_meeting_there_is_only_an_apology(world, meeting, police, item):
    with pytest.raises(RefusedError, match="only an apology"):
        record(world, meeting, police, typed(HERE))
    record(world, meeting, police, typed(GONE))
    record(world, meeting, police, typed(None, GONE, version=1))
    assert saved(world, AgencyPresence) == []


def test_a_day_to_come_and_an_agency_of_nowhere_are_refused(world, meeting, police, begun):
    with pytest.raises(RefusedError, match="today or earlier"):
        record(world, meeting, police, typed(replace(HERE, sent_on=date(2026, 6, 3))))
    with pytest.raises(NotFoundError):
        record(world, meeting, uuid4(), typed(HERE))


def test_it_is_for_who_runs_the_meeting(world, meeting, police, begun):
    member = account(world, police)
    with pytest.raises(NotFoundError):
        record(world, meeting, police, typed(HERE), by=member)
    elsewhere = replace(COORDINATOR, agency_id=uuid4())
    with pytest.raises(NotFoundError):
        record(world, meeting, police, typed(HERE), by=elsewhere)


def test_a_representative_sends_an_apology_before_the_meeting_and_takes_it_back(
    world, meeting, police, item, clock
):
    member = account(world, police, "Ann Other")

    def send(*, comes, version, by=member):
        with world.write(by) as uow:
            send_apology(SendApology(meeting_id=meeting, version=version, comes=comes), uow=uow)

    send(comes=False, version=0)
    (row,) = saved(world, AgencyPresence)
    assert (row.agency_id, row.status, row.people) == (police, "apology", "Ann Other")
    with pytest.raises(ConflictError):
        send(comes=False, version=0)
    send(comes=True, version=1)
    assert saved(world, AgencyPresence) == []
    with pytest.raises(NotFoundError):
        send(comes=False, version=0, by=replace(member, agency_id=uuid4()))
    with pytest.raises(NotAllowedError):
        send(comes=False, version=0, by=COORDINATOR)
    asked = replace(member, agency_id=uuid4(), contact_id=world.worker)  # to a case, from elsewhere
    with pytest.raises(NotFoundError):
        send(comes=False, version=0, by=asked)
    clock.advance(days=1, hours=1)
    with pytest.raises(RefusedError, match="Ring the co-ordinator"):
        send(comes=False, version=0)


def test_a_case_keeps_only_what_is_otherwise_there(world, meeting, police, begun):
    record(world, meeting, police, typed(HERE, HERE))
    with pytest.raises(NotSignedError):
        at_case(world, begun, police, typed(LEFT, HERE))
    sign(world, meeting, COORDINATOR)
    assert at_case(world, begun, police, typed(HERE, HERE)) == 0
    assert at_case(world, begun, police, typed(LEFT, HERE)) == 1
    with world.units.read(COORDINATOR) as uow:
        shown = {one.agency.id: one.shown for one in case_lines(uow, open_item(uow, begun))}
    assert shown[police] == LEFT
    with pytest.raises(ConflictError):
        at_case(world, begun, police, typed(GONE, HERE))
    at_case(world, begun, police, typed(HERE, LEFT, version=1))  # as at the meeting after all
    assert saved(world, CasePresence) == []


def test_nobody_whom_a_conflict_keeps_from_the_case_writes_who_was_there(
    world, meeting, police, begun, person
):
    linked = replace(COORDINATOR, account_id=uuid4(), contact_id=world.deputy)
    sign(world, meeting, linked)
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    with pytest.raises(NotFoundError):
        at_case(world, begun, police, typed(LEFT, HERE), by=linked)


def test_who_lacks_is_counted_from_the_record_and_before_it_from_the_statement(
    world, meeting, police, begun
):
    def lacks():
        with world.units.read(COORDINATOR) as uow:
            return quorum_at(uow, meeting)

    rest = ("idva", "childrens_services", "health")
    assert lacks() == Quorum(missing=("police", *rest))
    sign(world, meeting, account(world, police))
    assert lacks() == Quorum(missing=rest)
    record(world, meeting, police, typed(replace(HERE, status=Came.PART)))
    assert lacks() == Quorum(missing=rest, partly=("police",))


def test_minutes_hold_who_came_what_was_otherwise_and_whom_it_went_on_without(
    world, meeting, police, begun
):
    sign(world, meeting, COORDINATOR, CHAIR)
    health = agency(world, "Testshire Health", "health")
    record(world, meeting, police, typed(HERE))
    record(world, meeting, health, typed(replace(GONE, sent_on=date(2026, 6, 1))))
    at_case(world, begun, police, typed(LEFT, HERE))
    with world.write(COORDINATOR) as uow:
        name_observer(
            NameObserver(meeting_id=meeting, name="Olive Server", agency="", has_accepted=False),
            uow=uow,
        )
    with world.write(COORDINATOR) as uow:
        minutes_id = draft_minutes(meeting, uow=uow)
    with world.units.read(system("test")) as uow:
        contents = json.loads(uow.session.get_one(Minutes, minutes_id).contents)
    by_agency = {one["agency"]: one for one in contents["agencies"]}
    assert by_agency["Testshire Police"]["status"] == "attended"
    assert by_agency["Testshire Health"]["sent_on"] == "2026-06-01"
    assert contents["lacks"]["missing"] == ["idva", "childrens_services", "health"]
    assert contents["observers"] == [{"name": "Olive Server", "agency": "", "has_accepted": False}]
    (case,) = contents["cases"]
    assert [(one["agency"], one["status"]) for one in case["otherwise"]] == [
        ("Testshire Police", "left")
    ]
    assert case["lacks"] == {"missing": ["police"], "partly": []}


def test_after_the_minutes_are_approved_nothing_of_it_changes(world, meeting, police, begun):
    sign(world, meeting, COORDINATOR, CHAIR)
    with world.write(COORDINATOR) as uow:
        move_hearing(MoveHearing(item_id=begun, version=0, move=HearingMove.NOTE), uow=uow)
    with world.write(COORDINATOR) as uow:
        observer_id = name_observer(
            NameObserver(meeting_id=meeting, name="Olive", agency="", has_accepted=True), uow=uow
        )
    with world.write(COORDINATOR) as uow:
        minutes_id = draft_minutes(meeting, uow=uow)

    def approve(version):
        with world.write(CHAIR) as uow:
            cmd = ApproveMinutes(meeting_id=meeting, minutes_id=minutes_id, version=version)
            approve_minutes(cmd, uow=uow)

    record(world, meeting, police, typed(HERE))
    with pytest.raises(RefusedError, match="record was changed"):
        approve(1)
    with world.write(COORDINATOR) as uow:
        minutes_id = draft_minutes(meeting, uow=uow)
    approve(1)
    for late in (
        lambda: record(world, meeting, police, typed(GONE, HERE, version=1)),
        lambda: at_case(world, begun, police, typed(LEFT, HERE)),
    ):
        with pytest.raises(RefusedError, match="addendum"):
            late()
    with pytest.raises(RefusedError, match="addendum"), world.write(COORDINATOR) as uow:
        remove_observer(meeting, observer_id, uow=uow)
    with pytest.raises(RefusedError, match="addendum"), world.write(COORDINATOR) as uow:
        record_attendance(begun, world.worker, "apology", sent_information=False, uow=uow)
    assert len(saved(world, Observer)) == 1


def test_an_agency_that_left_for_the_case_accepts_its_action_first(world, meeting, police, begun):
    owner = account(world, police)
    sign(world, meeting, owner, COORDINATOR)

    def agree():
        with world.write(COORDINATOR) as uow:
            return propose_action(
                ProposeAction(
                    item_id=begun,
                    text="Visit",
                    risk="Harm",
                    owner_id=owner.account_id,
                    due_on=date(2026, 7, 1),
                    may_tell_victim=False,
                ),
                uow=uow,
            )

    def state(action_id):
        with world.units.read(system("test")) as uow:
            return uow.session.get_one(Action, action_id).state

    assert state(agree()) == "open"
    record(world, meeting, police, typed(HERE))
    assert state(agree()) == "open"
    at_case(world, begun, police, typed(LEFT, HERE))
    assert state(agree()) == "proposed"
    with world.units.read(COORDINATOR) as uow:
        named = {one.id: one.is_here for one in owners(uow, begun)}
    assert named[owner.account_id] is False


def test_an_agency_that_was_absent_accepts_its_action_first(world, meeting, police, begun):
    owner = account(world, police)
    sign(world, meeting, owner)
    record(world, meeting, police, typed(GONE))
    with world.units.read(COORDINATOR) as uow:
        named = {one.id: one.is_here for one in owners(uow, begun)}
    assert named[owner.account_id] is False


def test_the_steering_group_sees_how_often_agencies_came(world, meeting, police, begun):
    record(world, meeting, police, typed(GONE))
    record(world, meeting, world.agency, typed(HERE))
    with world.units.read(COORDINATOR) as uow:
        (area,) = standing_of_areas(uow)
    (quarter,) = area.turnout
    assert (quarter.first_on, quarter.meetings) == (date(2026, 4, 1), 1)
    assert [(one.agency, one.counts) for one in quarter.agencies] == [
        ("Testshire Police", (0, 0, 1, 0, 0)),
        ("Example Leaving Care", (1, 0, 0, 0, 0)),
    ]
    elsewhere = replace(COORDINATOR, agency_id=uuid4())
    with world.units.read(elsewhere) as uow:
        assert standing_of_areas(uow) == ()
