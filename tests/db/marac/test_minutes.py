"""Minutes: the record as it stood, approved by the chair, then only added to."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.marac.access import NotSignedError
from hub.marac.commands.hearings import (
    MoveHearing,
    SaveNote,
    SetTeller,
    move_hearing,
    save_note,
    set_teller,
    sign_statement,
)
from hub.marac.commands.minutes import (
    AddAddendum,
    ApproveMinutes,
    add_addendum,
    approve_minutes,
    draft_minutes,
)
from hub.marac.models import Hearing, Minutes
from hub.marac.queries.minutes import addenda_of, latest_minutes
from hub.marac.states import HearingMove
from hub.people.models import Conflict
from kit.world import CHAIR, COORDINATOR, World

SECRET = "Canary-9"


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def item(world, meeting, person):
    item_id = world.list(meeting, world.concern(person))
    sign(world, meeting, COORDINATOR, CHAIR)
    return item_id


def sign(world, meeting_id, *actors):
    for actor in actors:
        with world.write(actor) as uow:
            sign_statement(meeting_id, "member", uow=uow)


def note(world, item_id, text, version=0):
    with world.write(COORDINATOR) as uow:
        save_note(
            SaveNote(item_id=item_id, field="discussion", text=text, version=version), uow=uow
        )


def move(world, item_id, what):
    with world.write(COORDINATOR) as uow:
        known = uow.session.scalar(select(Hearing).where(Hearing.item_id == item_id))
        version = known.version if known else 0
        move_hearing(MoveHearing(item_id=item_id, version=version, move=what), uow=uow)


def draft(world, meeting_id, by=COORDINATOR):
    with world.write(by) as uow:
        return draft_minutes(meeting_id, uow=uow)


def row(world, minutes_id):
    with world.units.read(system("test")) as uow:
        return uow.session.get_one(Minutes, minutes_id)


def approve(world, meeting_id, minutes_id, by=CHAIR, version=None):
    seen = version or row(world, minutes_id).version
    with world.write(by) as uow:
        cmd = ApproveMinutes(meeting_id=meeting_id, minutes_id=minutes_id, version=seen)
        approve_minutes(cmd, uow=uow)


def add(world, meeting_id, minutes_id, text="It was Tuesday", item_id=None, by=COORDINATOR):
    with world.write(by) as uow:
        cmd = AddAddendum(meeting_id=meeting_id, minutes_id=minutes_id, text=text, item_id=item_id)
        return add_addendum(cmd, uow=uow)


@pytest.fixture
def approved(world, meeting, item):
    note(world, item, SECRET)
    move(world, item, HearingMove.NOTE)
    minutes = draft(world, meeting)
    approve(world, meeting, minutes)
    return minutes


def test_a_draft_holds_the_record_and_who_was_there(world, meeting, item):
    note(world, item, SECRET)
    contents = json.loads(row(world, draft(world, meeting)).contents)
    (case,) = contents["cases"]
    assert (case["item"], case["notes"]) == (str(item), {"discussion": SECRET})
    assert case["state"] == "waiting"


def test_a_new_draft_replaces_the_one_before(world, meeting, item):
    first = draft(world, meeting)
    note(world, item, SECRET)
    second = draft(world, meeting)
    assert (row(world, first).state, row(world, second).state) == ("replaced", "draft")
    assert row(world, second).number == 2
    with pytest.raises(ConflictError):
        approve(world, meeting, first)


def test_only_the_chair_approves(world, meeting, item):
    move(world, item, HearingMove.NOTE)
    minutes = draft(world, meeting)
    with pytest.raises(NotAllowedError):
        approve(world, meeting, minutes, by=COORDINATOR)
    approve(world, meeting, minutes)
    kept = row(world, minutes)
    assert (kept.state, kept.approved_by) == ("approved", CHAIR.account_id)


def test_a_record_that_was_changed_since_is_drafted_again_first(world, meeting, item):
    move(world, item, HearingMove.NOTE)
    minutes = draft(world, meeting)
    note(world, item, "Something else")
    with pytest.raises(RefusedError, match="changed since"):
        approve(world, meeting, minutes)


def test_a_case_that_was_not_dealt_with_stands_in_the_way(world, meeting, item):
    minutes = draft(world, meeting)
    with pytest.raises(RefusedError, match="first"):
        approve(world, meeting, minutes)


def test_approved_minutes_and_their_record_are_never_changed(world, meeting, item, approved):
    before = row(world, approved)
    with pytest.raises(RefusedError, match="addendum"):
        draft(world, meeting)
    with pytest.raises(RefusedError, match="addendum"):
        note(world, item, "Other words", version=1)
    with pytest.raises(RefusedError, match="addendum"):
        move(world, item, HearingMove.OPEN)
    with pytest.raises(RefusedError, match="addendum"), world.write(COORDINATOR) as uow:
        set_teller(SetTeller(item_id=item, version=before.version, teller="idva"), uow=uow)
    add(world, meeting, approved)
    assert row(world, approved).contents == before.contents
    with pytest.raises(ConflictError):
        approve(world, meeting, approved)


def test_an_addendum_needs_approved_minutes_and_words(world, meeting, item):
    move(world, item, HearingMove.NOTE)
    minutes = draft(world, meeting)
    with pytest.raises(RefusedError, match="approved"):
        add(world, meeting, minutes)
    approve(world, meeting, minutes)
    for text in ("  ", "x" * 4001):
        with pytest.raises(RefusedError):
            add(world, meeting, minutes, text=text)
    add(world, meeting, minutes, item_id=item)


def test_an_addendum_is_about_a_case_of_that_meeting(world, meeting, approved):
    other = world.meeting()
    elsewhere = world.list(other, world.concern(world.person()))
    with pytest.raises(NotFoundError):
        add(world, meeting, approved, item_id=elsewhere)
    sign(world, other, COORDINATOR)
    with pytest.raises(NotFoundError):
        add(world, other, approved)


def test_nobody_writes_minutes_without_the_statement_or_of_a_meeting_not_theirs(world, meeting):
    with pytest.raises(NotSignedError):
        draft(world, meeting)
    member = Actor(
        account_id=uuid4(),
        agency_id=world.agency,
        roles=frozenset({Role.AGENCY_REPRESENTATIVE}),
        label="member",
    )
    far = Actor(
        account_id=uuid4(), agency_id=uuid4(), roles=frozenset({Role.COORDINATOR}), label="far"
    )
    for nobody in (member, far):
        with pytest.raises(NotFoundError):
            draft(world, meeting, by=nobody)


def test_a_draft_is_for_who_writes_it_and_a_hidden_case_is_in_no_version(
    world, meeting, item, person
):
    note(world, item, SECRET)
    move(world, item, HearingMove.NOTE)
    minutes = draft(world, meeting)
    with world.units.read(CHAIR) as uow:
        assert latest_minutes(uow, meeting, drafts=False) is None
        assert latest_minutes(uow, meeting, drafts=True).contents["cases"]
    approve(world, meeting, minutes)
    add(world, meeting, minutes, text=SECRET, item_id=item)
    add(world, meeting, minutes, text="Of the meeting")

    kept = Actor(
        account_id=uuid4(),
        contact_id=world.deputy,
        agency_id=world.agency,
        roles=frozenset({Role.AGENCY_REPRESENTATIVE}),
        label="kept",
    )
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    with world.units.read(kept) as uow:
        assert latest_minutes(uow, meeting, drafts=False).contents["cases"] == []
        assert [one.text for one in addenda_of(uow, minutes)] == ["Of the meeting"]
    with world.units.read(CHAIR) as uow:
        assert SECRET in str(latest_minutes(uow, meeting, drafts=False).contents)
        assert len(addenda_of(uow, minutes)) == 2


def test_minutes_and_addenda_are_sealed(world, meeting, item, approved, engine):
    add(world, meeting, approved, text=SECRET)
    with engine.connect() as connection:
        for table in ("minutes", "addendum"):
            rows = connection.exec_driver_sql(f"SELECT * FROM {table}").all()
            assert rows
            assert "Canary" not in str(rows)
