"""Submitting, finding and screening concerns, on both databases."""

import json
from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import func, select

from hub.access.models import Account
from hub.access.permissions import Permission
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.kernel.errors import (
    ConflictError,
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.referrals import commands, queries
from hub.referrals.access import open_concern
from hub.referrals.commands import (
    AddInformation,
    IncompleteError,
    RevealContact,
    ScreenConcern,
    SetThresholds,
    WithdrawConcern,
)
from hub.referrals.criteria import Thresholds
from hub.referrals.models import Concern, ConcernDraft, Party
from hub.referrals.states import CareAnswer, Move
from kit.concerns import County


@pytest.fixture
def county(units):
    return County(units).settle()


@pytest.fixture
def officer(as_role, county):
    return as_role(Role.REFERRER, agency_id=county.police, name="Pat Officer")


@pytest.fixture
def coordinator(as_role, county):
    return as_role(Role.COORDINATOR, agency_id=county.council)


def screen(units, actor, concern_id, outcome, reason="Because.", version=None):
    with units.write(actor) as uow:
        known = version or queries.concern_row(uow, concern_id).version
        cmd = ScreenConcern(concern_id=concern_id, outcome=outcome, reason=reason, version=known)
        return commands.screen_concern(cmd, uow=uow)


def state_of(units, actor, concern_id):
    with units.read(actor) as uow:
        return queries.concern_row(uow, concern_id).state


def said(units):
    """Return the names of the events in the trail."""
    with units.engine.connect() as connection:
        return list(connection.scalars(select(AuditEntry.verb)))


def test_a_submitted_concern_keeps_its_people_and_says_that_it_happened(units, county, officer):
    concern_id = county.concern(
        officer,
        victim={"given_name": "Zinnia", "date_of_birth": "2006-03-09", "care_experienced": "yes",
                "worker_name": "Wor Ker", "aliases": ["Zin"], "nhs_number": "999 000 0018"},
        home={"area": str(county.area), "postcode": "ln1 1aa", "address": "1 Example Street"},
        alleged_perpetrators=[{"family_name": "Quill", "about_age": 50, "care_experienced": "yes"}],
        children=[{"given_name": "Kit", "about_age": 4}],
        criteria={"criteria": ["repeat"]},
    )  # fmt: skip
    with units.read(officer) as uow:
        row = queries.concern_row(uow, concern_id)
        victim, accused, child = queries.parties_of(uow, [concern_id])
    assert (row.state, row.area_id, row.agency) == ("submitted", county.area, "Testshire Police")
    assert row.has_children
    assert row.criteria == ("repeat",)
    assert row.reason == "Something happened."
    assert victim.name == "Zinnia"
    assert victim.care_answer == "yes"
    assert victim.details["worker_name"] == "Wor Ker"
    assert victim.details["aliases"] == ["Zin"]
    assert victim.details["nhs_number"] == "9990000018"
    assert victim.details["postcode"] == "LN1 1AA"
    assert accused.care_answer is None  # 50: not asked, so what was said does not count
    assert (child.role, child.details["about_age"]) == ("child", 4)
    assert any("ConcernSubmitted" in each or "concern_submitted" in each for each in said(units))


def test_nothing_of_a_person_lies_open_in_the_database(units, county, officer):
    county.concern(officer, home={"area": str(county.area), "address": "1 Quokka Street"})
    with units.engine.connect() as connection:
        for table in (Concern.__table__, Party.__table__):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}"):
                raw = b" ".join(bytes(each) for each in row if isinstance(each, bytes | memoryview))
                for secret in (b"Zinnia", b"Quillfeather", b"Quokka", b"Something"):
                    assert secret not in raw
                    assert secret.decode() not in str(row)


@pytest.mark.parametrize("roles", [(Role.REFERRER,), (Role.LEAVING_CARE_WORKER,)])
def test_the_command_itself_refuses_what_is_incomplete(units, county, as_role, roles):
    actor = as_role(*roles, agency_id=county.charity)
    whole = county.command()
    nameless = replace(whole.answers.people[0], about_age=19, care_answer=None)
    cmd = replace(whole, answers=replace(whole.answers, people=(nameless,)))
    with pytest.raises(IncompleteError) as refused, units.write(actor) as uow:
        commands.submit_concern(cmd, uow=uow)
    assert refused.value.field == "care_experienced"
    with units.read(actor) as uow:
        assert uow.session.scalar(select(func.count()).select_from(Concern)) == 0


def test_an_unknown_area_is_refused_at_its_field(units, county, officer):
    cmd = county.command()
    cmd = replace(cmd, answers=replace(cmd.answers, area_id=uuid4()))
    with pytest.raises(RefusedError) as refused, units.write(officer) as uow:
        commands.submit_concern(cmd, uow=uow)
    assert refused.value.field == "area"


def test_nobody_and_the_public_cannot_submit(units, county, officer):
    for nobody in (replace(officer, roles=frozenset()), replace(officer, agency_id=None)):
        with pytest.raises(NotAllowedError), units.write(nobody) as uow:
            commands.submit_concern(county.command(), uow=uow)


def test_references_reveal_neither_order_nor_count(units, county, officer):
    ids = [county.concern(officer) for _ in range(6)]
    with units.read(officer) as uow:
        references = [queries.concern_row(uow, each).reference for each in ids]
    assert len(set(references)) == len(references)
    assert references != sorted(references)


def test_a_concern_is_there_for_its_referrer_and_the_areas_co_ordinator_only(
    units, county, officer, coordinator, as_role
):
    concern_id = county.concern(officer)
    sees = [officer, coordinator, as_role(Role.CHAIR, agency_id=county.council)]
    sees_nothing = [
        as_role(Role.REFERRER, agency_id=county.police),  # same agency, another account
        as_role(Role.REFERRER, agency_id=county.charity),
        as_role(Role.COORDINATOR, agency_id=county.other_council),
        as_role(Role.ADMINISTRATOR, Role.DUTY_DESK, agency_id=county.council),
        replace(officer, agency_id=county.charity),  # moved on
        replace(officer, roles=frozenset()),
    ]
    for actor in sees:
        with units.read(actor) as uow:
            assert open_concern(uow, concern_id).id == concern_id
    for actor in sees_nothing:
        with units.read(actor) as uow:
            for each in (concern_id, uuid4()):
                with pytest.raises(NotFoundError, match="no such concern"):
                    open_concern(uow, each)
    with units.read(sees[2]) as uow, pytest.raises(NotFoundError):
        open_concern(uow, concern_id, Permission.CONCERN_SCREEN)  # a chair reads, and decides not


def test_a_decision_is_kept_with_its_reason_and_told(units, county, officer, coordinator):
    concern_id = county.concern(officer)
    screen(units, coordinator, concern_id, Move.RETURN, "Which street?")
    screen(units, coordinator, concern_id, Move.MAKE_URGENT, "It cannot wait.")
    with units.read(coordinator) as uow:
        latest, first = queries.decisions_of(uow, concern_id)
        row = queries.concern_row(uow, concern_id)
        told = queries.referrer_of(uow, concern_id)
    assert {(first.outcome, first.reason), (latest.outcome, latest.reason)} == {
        ("returned", "Which street?"),
        ("urgent", "It cannot wait."),
    }
    assert (row.state, row.is_urgent) == ("urgent", True)
    assert (told.account_id, told.name) == (officer.account_id, "Pat Officer")


@pytest.mark.parametrize(
    "outcome", [move for move in Move if move not in (Move.ADD, Move.WITHDRAW)]
)
def test_every_outcome_but_acceptance_needs_a_reason(units, county, officer, coordinator, outcome):
    concern_id = county.concern(officer)
    if outcome is Move.ACCEPT:
        screen(units, coordinator, concern_id, outcome, "")
        assert state_of(units, coordinator, concern_id) == "accepted"
        return
    with pytest.raises(RefusedError) as refused:
        screen(units, coordinator, concern_id, outcome, " ")
    assert refused.value.field == "reason"
    assert state_of(units, coordinator, concern_id) == "submitted"


def test_two_co_ordinators_at_once_the_second_is_told(units, county, officer, coordinator):
    concern_id = county.concern(officer)
    screen(units, coordinator, concern_id, Move.ACCEPT, version=1)
    with pytest.raises(ConflictError):
        screen(units, coordinator, concern_id, Move.REFUSE, version=1)
    assert state_of(units, coordinator, concern_id) == "accepted"


def test_a_co_ordinator_cannot_withdraw_and_a_referrer_cannot_decide(
    units, county, officer, coordinator
):
    concern_id = county.concern(officer)
    with pytest.raises(RefusedError):
        screen(units, coordinator, concern_id, Move.WITHDRAW)
    with pytest.raises(NotFoundError):
        screen(units, officer, concern_id, Move.ACCEPT)


def test_a_returned_concern_is_added_to_and_waits_again(units, county, officer, coordinator):
    concern_id = county.concern(officer)
    screen(units, coordinator, concern_id, Move.RETURN, "Which street?")
    with units.write(officer) as uow:
        commands.add_information(AddInformation(concern_id=concern_id, text="Elm."), uow=uow)
    with units.read(officer) as uow:
        assert queries.concern_row(uow, concern_id).state == "submitted"
        assert [each.text for each in queries.additions_of(uow, concern_id)] == ["Elm."]
        assert queries.concern_row(uow, concern_id).reason == "Something happened."
    with pytest.raises(NotFoundError), units.write(coordinator) as uow:
        commands.add_information(AddInformation(concern_id=concern_id, text="Mine."), uow=uow)


def test_a_referrer_takes_back_what_was_not_accepted_yet(units, county, officer, coordinator):
    first, second = county.concern(officer), county.concern(officer)
    with units.write(officer) as uow:
        commands.withdraw_concern(WithdrawConcern(concern_id=first, reason="Mistake."), uow=uow)
    assert state_of(units, officer, first) == "withdrawn"
    screen(units, coordinator, second, Move.ACCEPT)
    with pytest.raises(IllegalMoveError), units.write(officer) as uow:
        commands.withdraw_concern(WithdrawConcern(concern_id=second, reason="No."), uow=uow)
    with pytest.raises(RefusedError), units.write(officer) as uow:
        commands.withdraw_concern(WithdrawConcern(concern_id=second, reason=" "), uow=uow)
    with pytest.raises(NotFoundError), units.write(coordinator) as uow:
        commands.withdraw_concern(WithdrawConcern(concern_id=second, reason="No."), uow=uow)


def test_the_queue_is_urgent_first_then_oldest_and_each_row_once(
    units, county, officer, coordinator, clock, monkeypatch
):
    monkeypatch.setattr("hub.referrals.queries.lists.PAGE_SIZE", 2)
    made = []
    for at in range(7):
        soon = {"how_soon": "today"} if at in (3, 5) else {}
        made.append(county.concern(officer, reason={"what_happened": "x", **soon}))
        if at % 2:
            clock.advance(minutes=1)  # two concerns of one instant as well
    expected = [made[3], made[5], *(made[at] for at in (0, 1, 2, 4, 6))]
    found, after = [], None
    with units.read(coordinator) as uow:
        while True:
            lines = queries.queue(uow, [county.area], queries.WAITING, after)
            found += [line.id for line in lines.lines]
            after = lines.next_after
            if after is None:
                break
        assert queries.queue(uow, [county.other_area], queries.WAITING).lines == ()
        assert queries.waiting_count(uow, [county.area]) == 7
    assert found[:2] == expected[:2]
    assert sorted(found) == sorted(expected)
    assert set(found[2:4]) == {made[0], made[1]}
    assert set(found[4:6]) == {made[2], made[4]} or found[4] == made[2]


def test_own_list_is_newest_first_and_nobody_elses(
    units, county, officer, as_role, clock, monkeypatch
):
    monkeypatch.setattr("hub.referrals.queries.lists.PAGE_SIZE", 2)
    other = as_role(Role.REFERRER, agency_id=county.police)
    county.concern(other)
    made = []
    for _ in range(5):
        made.append(county.concern(officer))
        clock.advance(minutes=1)
    found, after = [], None
    with units.read(officer) as uow:
        while True:
            lines = queries.raised_by(uow, officer.account_id, after)
            found += [line.id for line in lines.lines]
            after = lines.next_after
            if after is None:
                break
    assert found == made[::-1]


def test_accepted_concerns_of_an_area(units, county, officer, coordinator):
    first, second, third = (county.concern(officer) for _ in range(3))
    screen(units, coordinator, first, Move.ACCEPT)
    screen(units, coordinator, second, Move.ACCEPT_ALERT_ONLY)
    screen(units, coordinator, third, Move.REFUSE)
    with units.read(coordinator) as uow:
        both = queries.accepted(uow, county.area)
        assert {line.id for line in both} == {first, second}
        left = queries.accepted(uow, county.area, Concern.id != first)
        assert [line.id for line in left] == [second]
        assert {line.id for line in queries.decided(uow, [county.area]).lines} == {
            first,
            second,
            third,
        }


def test_revealing_is_written_down_with_what_for(units, county, officer, coordinator):
    concern_id = county.concern(officer)
    with units.write(coordinator) as uow:
        commands.reveal_contact(RevealContact(concern_id=concern_id, why="contact"), uow=uow)
    with pytest.raises(NotFoundError), units.write(officer) as uow:
        commands.reveal_contact(RevealContact(concern_id=uuid4(), why="contact"), uow=uow)
    trail = " ".join(said(units)).lower()
    assert "reveal" in trail
    assert "look" in trail


def test_an_area_sets_its_own_marks(units, county, coordinator, as_role):
    stranger = as_role(Role.COORDINATOR, agency_id=county.other_council)
    new = SetThresholds(area_id=county.area, thresholds=Thresholds(score=16), version=0)
    with units.read(coordinator) as uow:
        assert queries.thresholds_of(uow, county.area) == (Thresholds(), 0)
    with pytest.raises(NotFoundError), units.write(stranger) as uow:
        commands.set_thresholds(new, uow=uow)
    with units.write(coordinator) as uow:
        commands.set_thresholds(new, uow=uow)
    with units.read(coordinator) as uow:
        assert queries.thresholds_of(uow, county.area) == (Thresholds(score=16), 1)
    with pytest.raises(ConflictError), units.write(coordinator) as uow:
        commands.set_thresholds(new, uow=uow)


def test_one_person_of_a_concern_by_id(units, county, officer):
    concern_id = county.concern(officer)
    with units.read(officer) as uow:
        (victim,) = queries.parties_of(uow, [concern_id])
        assert queries.party_row(uow, victim.id) == victim
        with pytest.raises(NotFoundError):
            queries.party_row(uow, uuid4())
        with pytest.raises(NotFoundError):
            queries.concern_row(uow, uuid4())
        with pytest.raises(NotFoundError):
            queries.referrer_of(uow, uuid4())
    assert json.dumps(victim.details)
    assert CareAnswer("no") is CareAnswer.NO


def test_nothing_is_left_of_a_draft_that_was_never_there(units, officer):
    with units.read(officer) as uow:
        assert uow.session.scalar(select(func.count()).select_from(ConcernDraft)) == 0


def test_only_areas_in_which_somebody_reads_concerns_are_offered(units, county, as_role):
    def offered():
        with units.read(as_role(Role.REFERRER, agency_id=county.police)) as uow:
            return [row.name for row in queries.areas(uow)]

    assert offered() == ["Elseshire", "Testshire"]  # before anybody is appointed
    as_role(Role.CHAIR, agency_id=county.other_council)
    as_role(Role.COORDINATOR, agency_id=county.council)
    assert offered() == ["Testshire"]
    as_role(Role.COORDINATOR, agency_id=county.other_council)
    assert offered() == ["Elseshire", "Testshire"]


def test_an_area_whose_co_ordinator_left_is_not_offered(units, county, as_role):
    as_role(Role.COORDINATOR, agency_id=county.other_council)
    gone = as_role(Role.COORDINATOR, agency_id=county.council)
    with units.write(gone) as uow:
        uow.session.get_one(Account, gone.account_id).is_active = False
    with units.read(gone) as uow:
        assert [row.name for row in queries.areas(uow)] == ["Elseshire"]
