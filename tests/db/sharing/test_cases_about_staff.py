"""A case about staff, looked for by one second person after another: who is none of the few."""

from datetime import date
from types import SimpleNamespace

import pytest
from sqlalchemy import select

from hub.audit.queries import latest_entries
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.meetings.models import Invitation
from hub.meetings.told_by_inviting import told_by_inviting
from hub.people.commands.linking import Link, link_to_case
from hub.people.commands.look_ups import LookingUp, note_look_ups
from hub.people.models import LookUp
from hub.people.queries.look_ups import look_ups_on
from hub.people.rules.look_ups import Door, LookUpPolicy, Sought
from hub.people.states import LinkKind
from hub.referrals.commands.staff import hide_concern, name_for_concern, show_concern
from hub.sharing.access import find_approval, find_held
from hub.sharing.commands.disposal import (
    approve_disposal,
    open_kept,
    propose_disposal,
    stop_disposal,
)
from hub.sharing.models import Disposal, PackItem
from hub.sharing.queries.keeping import disposals_of, kept_rows
from hub.sharing.queries.stuck import stuck
from hub.sharing.rules.pack import Keeper
from hub.sharing.rules.retention import RecordKind
from hub.wiring.kept import KEPT_SOURCES
from parts.asked import approvals, confirm
from parts.packs import proved
from parts.rights import shared_about

CONCERN = RecordKind.CONCERN
LONG = 30 * 365


@pytest.fixture
def case(asking):
    """Return a concern about somebody of whom the service was asked, and who may look for it."""
    told = shared_about(asking)
    world = asking.world
    concern = world.concern(told.person)
    item = world.list(world.meeting(), concern)
    return SimpleNamespace(
        told=told,
        world=world,
        person=told.person,
        concern=concern,
        item=item,
        runner=asking.account(world.agency, Role.COORDINATOR),
        lead=told.lead,
        siro=told.siro,
    )


def hide(case):
    with case.world.write(case.runner) as uow:
        hide_concern(case.concern, "His brother is on the desk", uow=uow)


def name(case, who):
    with case.world.write(case.runner) as uow:
        name_for_concern(case.concern, who.account_id, uow=uow)


def kept(case, who):
    with case.world.units.read(who) as uow:
        rows = kept_rows(uow, KEPT_SOURCES, agency_id=case.world.agency)
        return {row.kept.id for row in rows if row.kept.kind is CONCERN}


def disposals(case, who):
    with case.world.units.read(who) as uow:
        return [row.record_id for row in disposals_of(uow, case.world.agency)]


def of_case(case, who):
    """Return the entries of the trail that name the case, or what hangs on it."""
    with case.world.units.read(who) as uow:
        invited = uow.session.scalars(select(Invitation.id)).all()
        about = {str(one) for one in (case.concern, case.item, case.told.request, *invited)}
        entries = latest_entries(uow, limit=500)
        return {one.verb for one in entries if one.subject_id in about}


def test_what_is_kept_is_there_for_the_few_and_two_of_them_dispose_of_it(case, clock):
    assert kept(case, case.lead) == {case.concern}
    hide(case)
    clock.advance(days=LONG)
    assert kept(case, case.lead) == kept(case, case.siro) == set()
    with pytest.raises(NotFoundError), case.world.write(case.lead) as uow:
        open_kept(uow, KEPT_SOURCES, CONCERN, case.concern)
    with pytest.raises(NotFoundError), case.world.write(case.lead) as uow:
        propose_disposal(CONCERN, case.concern, uow=uow, sources=KEPT_SOURCES)

    name(case, case.lead)
    assert kept(case, case.lead) == {case.concern}
    with case.world.write(case.lead) as uow:
        proposed = propose_disposal(CONCERN, case.concern, uow=uow, sources=KEPT_SOURCES)
        version = uow.session.get_one(Disposal, proposed).version
    assert disposals(case, case.lead) == [case.concern]
    assert disposals(case, case.siro) == []
    for act in (
        lambda uow: approve_disposal(proposed, version, uow=uow, sources=KEPT_SOURCES),
        lambda uow: stop_disposal(proposed, uow=uow),
    ):
        with pytest.raises(NotFoundError), case.world.write(case.siro) as uow:
            act(uow)
    name(case, case.siro)
    with case.world.write(case.siro) as uow:
        assert approve_disposal(proposed, version, uow=uow, sources=KEPT_SOURCES) == proposed


def test_who_is_linked_to_a_case_finds_it_among_what_is_kept_no_more_than_elsewhere(case):
    assert kept(case, case.lead) == {case.concern}
    with case.world.write(case.runner) as uow:
        link = Link(case_id=case.concern, kind=LinkKind.CLOSE, account_id=case.lead.account_id)
        link_to_case(link, uow=uow)
    assert kept(case, case.lead) == set()
    assert kept(case, case.siro) == {case.concern}


def test_a_lead_reads_nothing_of_it_in_the_trail_or_the_log(case):
    assert of_case(case, case.lead)
    with case.world.units.read(case.lead) as uow:
        assert len(list(told_by_inviting(uow, case.person))) == 1

    hide(case)

    assert of_case(case, case.lead) == set()
    with case.world.units.read(case.lead) as uow:
        assert list(told_by_inviting(uow, case.person)) == []
    with case.world.units.read(case.told.manager) as uow:  # of the desk, which was asked itself
        assert len(list(told_by_inviting(uow, case.person))) == 1
    name(case, case.lead)
    assert of_case(case, case.lead)


def test_an_invitation_to_it_in_a_pack_is_for_its_co_ordinator_to_judge(case):
    packing = proved(case.told)
    packing.draw()

    def keepers():
        with case.world.units.read(case.runner) as uow:
            return set(
                uow.session.execute(
                    select(PackItem.keeper, PackItem.case_id).where(PackItem.kind == "invitation")
                ).all()
            )

    assert keepers() == {(Keeper.SERVICE.value, None)}
    hide(case)
    packing.draw()
    assert keepers() == {(Keeper.COORDINATOR.value, case.concern)}


def test_a_request_about_somebody_in_it_is_for_who_is_asked_and_for_nobody_who_only_hears_of_it(
    case, asking, clock
):
    waiting = asking.send()
    confirm(asking, waiting, case.person)
    approval = approvals(asking, asking.line(waiting).id)[0]
    rep = asking.people[Role.AGENCY_REPRESENTATIVE]
    overseer = asking.people[Role.SAFEGUARDING_LEAD]
    clock.advance(days=LONG)

    def heard_of(who):
        with case.world.units.read(who) as uow:
            return len(stuck(uow))

    assert heard_of(overseer) == heard_of(case.lead) == 1
    hide(case)
    assert heard_of(overseer) == heard_of(case.lead) == 0
    with pytest.raises(NotFoundError), case.world.units.read(rep) as uow:
        find_held(uow, waiting)
    desk = asking.people[Role.DUTY_DESK]
    with case.world.units.read(desk) as uow:  # nobody who must answer is lost
        find_held(uow, waiting)
        assert find_approval(uow, approval.id) == waiting
    name(case, rep)
    with case.world.units.read(rep) as uow:
        find_held(uow, waiting)
    with case.world.write(case.runner) as uow:
        show_concern(case.concern, "It was somebody of the same name", uow=uow)
    assert heard_of(overseer) == 1


def test_look_ups_for_it_are_not_there_for_who_reviews_look_ups(case, asking, clock):
    whom = Sought(given_name="Zofia", family_name="Nowak", date_of_birth=date(2006, 3, 9))
    seeker = asking.account(case.world.agency, Role.REFERRER)
    with case.world.write(seeker) as uow:
        asked = LookingUp(
            door=Door.CONCERN, purpose="concern", sought=whom, case_id=case.concern, about_id=None
        )
        (look_up,) = note_look_ups(uow, [asked], LookUpPolicy())

    def shown(who):
        with case.world.units.read(who) as uow:
            return {row.id for row in look_ups_on(uow, uow.today)}

    assert look_up in shown(case.lead)
    hide(case)
    assert look_up not in shown(case.lead) | shown(case.siro)
    # nor those of a request about somebody who is meant in it
    with case.world.units.read(case.siro) as uow:
        of_request = set(
            uow.session.scalars(select(LookUp.id).where(LookUp.about_id == case.told.request))
        )
    assert of_request
    lead = asking.account(asking.force, Role.GOVERNANCE_LEAD)  # of the agency that asked
    assert not of_request & shown(lead)
    name(case, lead)
    assert of_request <= shown(lead)
