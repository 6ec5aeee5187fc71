"""Cases about staff: for all but the few there is nothing, and nobody who must come is lost."""

from dataclasses import replace
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency, AgencyArea
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.access import find_case, find_research
from hub.marac.commands.asking import chase_silent
from hub.marac.commands.hearings import sign_statement
from hub.marac.commands.minutes import draft_minutes
from hub.marac.models import Action, Research
from hub.marac.queries.actions import own_actions
from hub.marac.queries.minutes import latest_minutes
from hub.marac.queries.research import to_answer
from hub.marac.queries.screen import cases_on_screen
from hub.marac.queries.steering import standing_of_areas
from hub.meetings.access import open_invitation, open_item
from hub.meetings.models import Invitation
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.staff_cases import hidden_cases
from hub.people.states import LinkKind
from hub.referrals.access import open_concern
from hub.referrals.commands.staff import end_name, hide_concern, name_for_concern, show_concern
from hub.referrals.models import Concern
from hub.reporting.marac_matters import research_to_answer
from kit.world import COORDINATOR, HUB, World


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def housing(world):
    return agency(world, "Testshire Homes")


def agency(world, name):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=agency_id, name=name, kind="housing"))
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


def account(world, agency_id, *roles, contact_id=None):
    actor = Actor(
        account_id=uuid4(),
        agency_id=agency_id,
        contact_id=contact_id,
        roles=frozenset(roles),
        label="account",
    )
    with world.write() as uow:
        uow.session.add(
            Account(
                id=actor.account_id,
                email=f"{actor.account_id}@example.org",
                name="Some Body",
                agency_id=agency_id,
                contact_id=contact_id,
                created_at=uow.now,
            )
        )
        uow.session.flush()
        for role in roles:
            uow.session.add(AccountRole(account_id=actor.account_id, role=role.value))
    return actor


@pytest.fixture
def runner(world):
    return replace(COORDINATOR, agency_id=world.agency)


@pytest.fixture
def rep(world, housing):
    return account(world, housing, Role.AGENCY_REPRESENTATIVE)


@pytest.fixture
def concern(world):
    return world.concern(world.person())


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def item(world, meeting, concern, housing):
    """Return a case that housing was asked about before anybody said what it is."""
    return world.list(meeting, concern)


def hide(world, concern_id, by):
    with world.write(by) as uow:
        hide_concern(concern_id, "The housing officer is his brother", uow=uow)


def name(world, concern_id, who, by):
    with world.write(by) as uow:
        return name_for_concern(concern_id, who.account_id, uow=uow)


def put_action(world, item_id, owner, agency_id):
    with world.write() as uow:
        uow.session.add(
            Action(
                id=uuid4(),
                reference=uuid4().hex[:8],
                item_id=item_id,
                text="Fit new locks",
                risk="He has a key",
                agency_id=agency_id,
                owner_id=owner.account_id,
                due_on=uow.today.replace(day=1),
                may_tell_victim=True,
                state="open",
                proposed_by=uuid4(),
                proposed_at=uow.now,
            )
        )


def seen_by(world, actor, meeting, item):
    """Return what somebody finds of the case, by where they look."""
    found = set()
    with world.units.read(actor) as uow:
        asked = uow.session.scalar(select(Research.id).where(Research.agency_id == actor.agency_id))
        doors = {
            "case": lambda: find_case(uow, item),
            "research": lambda: find_research(uow, asked),
        }
        for where, look in doors.items():
            try:
                look()
            except NotFoundError:
                continue
            found.add(where)
        lists = {
            "to answer": to_answer(uow).rows,
            "screen": cases_on_screen(uow, meeting),
            "actions": own_actions(uow),
            "minutes": latest_minutes(uow, meeting, drafts=True).contents["cases"],
            "steering": [one for area in standing_of_areas(uow) for one in area.agencies],
            "home": [1] * uow.session.execute(research_to_answer(uow, None)).one()[0],
        }
        return found | {where for where, rows in lists.items() if rows}


def test_for_a_member_there_is_nothing_until_they_are_named_and_after_it_was_lifted(
    world, runner, rep, housing, concern, meeting, item, clock
):
    for one in (runner, rep):
        with world.write(one) as uow:
            sign_statement(meeting, "member", uow=uow)
    put_action(world, item, account(world, housing, Role.REFERRER), housing)
    with world.write(runner) as uow:
        draft_minutes(meeting, uow=uow)
    everything = {"case", "research", "to answer", "screen", "actions", "minutes", "home"}
    assert seen_by(world, rep, meeting, item) == everything
    lead = account(world, housing, Role.SAFEGUARDING_LEAD)
    clock.advance(days=3)
    with world.units.read(lead) as uow:
        assert standing_of_areas(uow)[0].agencies

    hide(world, concern, runner)

    assert seen_by(world, rep, meeting, item) == set()
    with world.units.read(lead) as uow:
        assert standing_of_areas(uow)[0].agencies == ()
        assert hidden_cases(uow) == {concern}
    with world.units.read(runner) as uow:
        assert open_item(uow, item).id == item
        assert hidden_cases(uow) == frozenset()

    named = name(world, concern, rep, runner)
    assert seen_by(world, rep, meeting, item) == everything
    with world.write(runner) as uow:
        end_name(concern, named, uow=uow)
    assert seen_by(world, rep, meeting, item) == set()
    with world.write(runner) as uow:
        show_concern(concern, "It was somebody of the same name", uow=uow)
    assert seen_by(world, rep, meeting, item) == everything


def test_who_is_invited_and_who_does_an_action_have_their_own_part(
    world, runner, housing, concern, meeting, item
):
    hide(world, concern, runner)
    worker = account(world, world.agency, Role.LEAVING_CARE_WORKER, contact_id=world.worker)
    owner = account(world, housing, Role.REFERRER)
    put_action(world, item, owner, housing)
    with world.write(worker) as uow:
        held = uow.session.scalars(
            select(Invitation.id).where(Invitation.recipient_id == world.worker)
        ).one()
        assert open_invitation(uow, held, InvitationPolicy()).item_id == item
        sign_statement(meeting, "one_slot", uow=uow)
    with world.units.read(worker) as uow:
        assert find_case(uow, item).id == item
        assert len(cases_on_screen(uow, meeting)) == 1
    with world.units.read(owner) as uow:
        assert len(own_actions(uow)) == 1


def test_agencies_are_asked_only_for_somebody_who_is_named(
    world, runner, rep, housing, concern, meeting, clock
):
    other = agency(world, "Far Homes")
    colleague = account(world, housing, Role.AGENCY_REPRESENTATIVE)
    hide(world, concern, runner)
    name(world, concern, rep, runner)

    item = world.list(meeting, concern)

    with world.units.read(HUB) as uow:
        asked = set(uow.session.scalars(select(Research.agency_id).where(Research.item_id == item)))
        told = set(uow.session.scalars(select(Message.recipient_id)))
    assert asked == {housing}
    assert other not in asked
    assert rep.account_id in told
    assert colleague.account_id not in told


def test_silent_agencies_that_were_asked_before_are_not_chased(
    world, runner, rep, concern, item, clock
):
    hide(world, concern, runner)
    clock.advance(days=27)
    with world.write() as uow:
        assert chase_silent(uow, limit=50) == 0
    name(world, concern, rep, runner)
    with world.write() as uow:
        assert chase_silent(uow, limit=50) == 1


def test_the_referrer_marks_their_own_and_sees_it_still_but_names_nobody(world, runner, concern):
    referrer = account(world, world.agency, Role.REFERRER)
    with world.write() as uow:
        uow.session.get_one(Concern, concern).referrer_id = referrer.account_id
    hide(world, concern, referrer)
    hide(world, concern, runner)  # twice changes nothing
    with world.units.read(referrer) as uow:
        assert open_concern(uow, concern).id == concern
    for act in (
        lambda uow: name_for_concern(concern, referrer.account_id, uow=uow),
        lambda uow: show_concern(concern, "I was wrong about it", uow=uow),
    ):
        with pytest.raises(NotFoundError), world.write(referrer) as uow:
            act(uow)
    stranger = account(world, world.agency, Role.REFERRER)
    with pytest.raises(NotFoundError), world.write(stranger) as uow:
        hide_concern(concern, "", uow=uow)


def test_nobody_who_is_kept_away_or_gone_is_named_and_lifting_needs_a_reason(
    world, runner, rep, concern
):
    with pytest.raises(NotFoundError):
        name(world, concern, rep, runner)  # it is not for the few yet
    hide(world, concern, runner)
    with world.write() as uow:
        link = Link(case_id=concern, kind=LinkKind.CLOSE, account_id=rep.account_id)
        link_to_case(link, uow=uow)
    with pytest.raises(RefusedError, match="kept away"):
        name(world, concern, rep, runner)
    with pytest.raises(RefusedError, match="no longer there"):
        name(world, concern, replace(rep, account_id=uuid4()), runner)
    with pytest.raises(RefusedError, match="why this is over"), world.write(runner) as uow:
        show_concern(concern, "no", uow=uow)


def test_why_is_sealed(world, runner, concern, engine):
    hide(world, concern, runner)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM staff_case").all()
    assert rows
    assert "brother" not in str(rows)
