"""A request from its asker to its answer: who decides what, when, and what stops it at the door."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, update

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.people.commands.deciding import (
    AnswerCheck,
    ConfirmIdentity,
    confirm_identity,
    put_forward,
    rule_out,
    undo,
)
from hub.people.models import IdentityCheck, Person
from hub.sharing.access import open_asked, open_held
from hub.sharing.commands.approving import decline_to_approve
from hub.sharing.commands.clocking import run_clocks, settle_open
from hub.sharing.commands.holding import (
    AskBack,
    acknowledge_request,
    ask_back,
    declare_relation,
)
from hub.sharing.commands.releasing import WithholdLine, share_line, withhold_line
from hub.sharing.commands.sending import (
    ChangeRequest,
    CounterSign,
    ReplyToHolder,
    change_request,
    counter_sign,
    reply_to_holder,
    withdraw_request,
)
from hub.sharing.models import (
    Agreement,
    Approval,
    Disclosure,
    InformationRequest,
    RequestStep,
    SharingDecision,
)
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY, Asking
from kit.world import World


@pytest.fixture
def asking(units):
    return Asking(World(units).settle()).settle()


def read(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.get_one(InformationRequest, request_id)


def approvals(asking, line_id, state="asked"):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(Approval)
            .where(Approval.line_id == line_id, Approval.state == state)
            .order_by(Approval.letter)
        ).all()


def decision(asking, line_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(SharingDecision)
            .where(SharingDecision.line_id == line_id, SharingDecision.direction == "to_asker")
            .order_by(SharingDecision.number.desc())
            .limit(1)
        ).one()


def confirm(asking, request_id, person_id):
    """Answer the desk's question who is meant."""
    desk = asking.people[Role.DUTY_DESK]
    with asking.world.write(desk) as uow:
        check = uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == request_id)
        ).one()
        reference = uow.session.get_one(Person, person_id).reference
        put_forward(check.id, check.version, reference, uow=uow)
        cmd = ConfirmIdentity(
            check_id=check.id,
            version=check.version,
            person_id=person_id,
            facts=frozenset({"date_of_birth", "address"}),
        )
        confirm_identity(cmd, uow=uow)


def share(asking, line, by=Role.TEAM_MANAGER, **other):
    with asking.world.write(asking.people[by]) as uow:
        return share_line(asking.share(line.id, **other), uow=uow, policy=POLICY)


# --- From asking to the answer ---


def test_a_request_goes_to_its_holder_waits_for_an_approval_and_is_answered(asking):
    person_id = asking.world.person()
    request_id = asking.send()
    request = read(asking, request_id)
    assert (request.state, request.known) == (RequestState.WITH_HOLDER, "asked")
    assert request.routed_to_id == asking.world.desk
    assert asking.line(request_id).state == LineState.UNDECIDED

    confirm(asking, request_id, person_id)
    line = asking.line(request_id)
    assert (decision(asking, line.id).rule, line.state) == (25, LineState.WAITING)
    (asked,) = approvals(asking, line.id)
    assert asked.letter == "W"

    asking.approve(asked, asking.people[Role.DUTY_DESK])
    assert asking.line(request_id).state == LineState.READY
    disclosure_id = share(asking, line)

    assert read(asking, request_id).state == RequestState.ANSWERED
    with asking.world.units.read(asking.officer) as uow:
        left = uow.session.get_one(Disclosure, disclosure_id)
        assert (left.person_id, left.shared) == (person_id, "Ring the duty desk")
        assert left.agreement_id == asking.world.agreement
        assert left.to_account_id == asking.officer.account_id


def test_nobody_known_is_withheld_in_the_same_words_as_a_no(asking):
    request_id = asking.send()
    desk = asking.people[Role.DUTY_DESK]
    with asking.world.write(desk) as uow:
        check = uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == request_id)
        ).one()
        rule_out(
            AnswerCheck(check_id=check.id, version=check.version, note="Not ours, we looked"),
            uow=uow,
        )
    line = asking.line(request_id)
    assert line.state == LineState.REFUSING

    with asking.world.write(desk) as uow:
        withhold_line(WithholdLine(line_id=line.id, why="No record"), uow=uow, policy=POLICY)

    assert read(asking, request_id).state == RequestState.REFUSED


def test_asker_approver_and_releaser_are_three_people(asking):
    person_id = asking.world.person()
    request_id = asking.send()
    confirm(asking, request_id, person_id)
    line = asking.line(request_id)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])

    with pytest.raises(NotAllowedError, match="Another person must send it"):
        share(asking, line, by=Role.DUTY_DESK)

    share(asking, line, by=Role.AGENCY_REPRESENTATIVE)


def test_what_needs_two_roles_needs_two_people(asking):
    person_id = asking.world.person()
    answers = asking.answers(what={"categories": ["full_file"], "wanted_full_file": "All of it"})
    request_id = asking.send(answers)
    confirm(asking, request_id, person_id)
    line = asking.line(request_id, "full_file")
    assert (decision(asking, line.id).rule, line.state) == (9, LineState.WAITING)
    both = asking.account(asking.world.agency, Role.ASSET_OWNER, Role.CALDICOTT_GUARDIAN)
    guardian, owner = approvals(asking, line.id)

    asking.approve(guardian, both)
    with pytest.raises(NotAllowedError, match="Another person must give this one"):
        asking.approve(owner, both)
    asking.approve(owner, asking.people[Role.ASSET_OWNER])

    assert asking.line(request_id, "full_file").state == LineState.READY


def test_one_no_is_enough(asking):
    person_id = asking.world.person()
    request_id = asking.send()
    confirm(asking, request_id, person_id)
    line = asking.line(request_id)

    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK], is_approved=False)

    assert asking.line(request_id).state == LineState.REFUSING
    with pytest.raises(RefusedError, match="may not leave now"):
        share(asking, line)


# --- What lacks holds ---


def test_what_lacks_holds_the_request_and_what_is_given_sends_it_on(asking):
    request_id = asking.send(asking.answers(handling={"security": ""}))
    held = read(asking, request_id)
    assert (held.state, held.received_at) == (RequestState.HELD, None)

    with asking.world.write(asking.officer) as uow:
        change_request(
            ChangeRequest(request_id=request_id, version=held.version, answers=asking.answers()),
            uow=uow,
            policy=POLICY,
        )

    assert read(asking, request_id).state == RequestState.WITH_HOLDER


def test_an_old_version_of_a_request_changes_nothing(asking):
    request_id = asking.send(asking.answers(handling={"security": ""}))

    with pytest.raises(ConflictError), asking.world.write(asking.officer) as uow:
        change_request(
            ChangeRequest(request_id=request_id, version=99, answers=asking.answers()),
            uow=uow,
            policy=POLICY,
        )


def police(asking, **form):
    """Return a request with the police form whole but for the counter-signature."""
    whole = {
        "rank": "Constable",
        "collar_number": "1234",
        "station": "Central",
        "force_reference": "26/1234",
        "data_and_period": "Where he stayed in May",
        "purpose_ticks": ["detect"],
        "prejudice": "He would leave",
        "why_this_holder": "They house him",
        "subject_told": "No: he would leave",
        "counter_signer": str(asking.inspector.account_id),
    }
    return asking.answers(
        why={"purpose": "crime_prevention"},
        subject={"subject_role": "alleged_perpetrator"},
        what={"categories": ["accommodation"], "wanted_accommodation": "The address of May"},
        police_form=whole | form,
    )


def test_a_police_request_waits_for_its_counter_signature(asking):
    asking.world.person()
    request_id = asking.send(police(asking))
    assert read(asking, request_id).state == RequestState.HELD

    with pytest.raises(NotFoundError), asking.world.write(asking.stranger) as uow:
        counter_sign(CounterSign(request_id=request_id, is_signed=True), uow=uow, policy=POLICY)
    with pytest.raises(NotFoundError), asking.world.write(asking.officer) as uow:
        counter_sign(CounterSign(request_id=request_id, is_signed=True), uow=uow, policy=POLICY)
    with asking.world.write(asking.inspector) as uow:
        counter_sign(CounterSign(request_id=request_id, is_signed=True), uow=uow, policy=POLICY)

    assert read(asking, request_id).state == RequestState.WITH_HOLDER


def test_nobody_counter_signs_for_themselves(asking):
    own = str(asking.officer.account_id)
    with pytest.raises(RefusedError, match="another officer"):
        asking.send(police(asking, counter_signer=own))


def test_a_police_request_about_a_victim_lacks_the_tests_and_the_notice(asking):
    answers = asking.answers(subject={"subject_role": "victim"})
    assert read(asking, asking.send(answers)).state == RequestState.HELD

    tests = {
        "reason_to_believe_held": "They work with her",
        "reasonable_line_of_enquiry": "It is the only one",
        "necessary_and_proportionate": "Only the worker's name",
        "notice": "given",
        "notice_on": "2026-05-30",
    }
    whole = asking.answers(subject={"subject_role": "victim"}, victim_request=tests)
    assert read(asking, asking.send(whole)).state == RequestState.WITH_HOLDER


def test_without_a_basis_of_their_own_to_tell_the_asker_is_held(asking):
    stranger = asking.account(_agency(asking, "Testshire Homes", "housing"), Role.REFERRER)
    answers = asking.answers(basis={"override_basis": []})
    request_id = asking.send(answers, by=stranger)

    assert read(asking, request_id).state == RequestState.HELD


def _agency(asking, name, kind):
    agency_id = uuid4()
    with asking.world.write() as uow:
        uow.session.add(Agency(id=agency_id, name=name, kind=kind))
    return agency_id


# --- What changes between the request and the answer ---


def ready(asking):
    """Return a request and its line that may leave."""
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    assert asking.line(request_id).state == LineState.READY
    return request_id, line


def test_an_agreement_that_ends_between_request_and_release_stops_it(asking):
    request_id, line = ready(asking)
    with asking.world.write() as uow:
        uow.session.get_one(Agreement, asking.world.agreement).ends_on = date(2026, 6, 1)

    with pytest.raises(RefusedError, match="may not leave now"):
        share(asking, line)

    with asking.world.write() as uow:
        settle_open(uow, POLICY, after=None, limit=50)
    assert decision(asking, line.id).rule == 16
    assert asking.line(request_id).state == LineState.HELD


def test_when_the_agreement_is_back_the_approvals_are_asked_anew(asking):
    request_id, line = ready(asking)
    for ends_on in (date(2026, 6, 1), date(2027, 1, 1)):
        with asking.world.write() as uow:
            uow.session.get_one(Agreement, asking.world.agreement).ends_on = ends_on
            uow.session.flush()
            settle_open(uow, POLICY, after=None, limit=50)

    assert asking.line(request_id).state == LineState.WAITING
    assert [one.letter for one in approvals(asking, line.id)] == ["W"]


def test_an_approver_who_is_gone_leaves_the_question_to_the_others(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    with asking.world.write() as uow:
        gone = asking.people[Role.DUTY_DESK].account_id
        uow.session.execute(update(Account).where(Account.id == gone).values(is_active=False))

    asking.approve(approvals(asking, line.id)[0], asking.people[Role.AGENCY_REPRESENTATIVE])

    assert asking.line(request_id).state == LineState.READY


def test_an_approver_who_knows_somebody_sees_nothing_more_and_another_is_asked(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    (asked,) = approvals(asking, line.id)
    desk = asking.people[Role.DUTY_DESK]

    with asking.world.write(desk) as uow:
        decline_to_approve(asked.id, uow=uow, policy=POLICY)

    with pytest.raises(NotFoundError):
        asking.approve(asked, desk)
    with pytest.raises(NotFoundError), asking.world.units.read(desk) as uow:
        open_held(uow, request_id)
    asking.approve(asked, asking.people[Role.AGENCY_REPRESENTATIVE])
    assert asking.line(request_id).state == LineState.READY


def test_two_people_answering_at_once_are_told_of_one_another(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    (asked,) = approvals(asking, asking.line(request_id).id)
    asking.approve(asked, asking.people[Role.DUTY_DESK])

    with pytest.raises(ConflictError):
        asking.approve(asked, asking.people[Role.AGENCY_REPRESENTATIVE])


@pytest.mark.parametrize("side", ["holder", "asker"])
def test_nothing_leaves_while_an_agency_is_suspended(asking, side):
    request_id, line = ready(asking)
    agency_id = asking.world.agency if side == "holder" else asking.force
    with asking.world.write() as uow:
        uow.session.get_one(Agency, agency_id).suspended_at = uow.now

    with pytest.raises(RefusedError):
        share(asking, line)

    assert asking.line(request_id).state != LineState.SHARED


def test_an_asker_whose_account_is_gone_is_not_who_they_say(asking):
    request_id, line = ready(asking)
    with asking.world.write() as uow:
        gone = asking.officer.account_id
        uow.session.execute(update(Account).where(Account.id == gone).values(is_active=False))
        settle_open(uow, POLICY, after=None, limit=50)

    assert decision(asking, line.id).rule == 1
    assert asking.line(request_id).state == LineState.HELD


def test_an_identity_that_is_undone_takes_every_decision_back(asking):
    request_id, line = ready(asking)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        check = uow.session.scalars(select(IdentityCheck)).one()
        undo(AnswerCheck(check_id=check.id, version=check.version, note="It was the twin"), uow=uow)

    assert asking.line(request_id).state == LineState.UNDECIDED
    assert approvals(asking, line.id) == []


# --- The clock ---


def test_in_danger_nobody_is_waited_for_and_the_record_is_chased(asking, clock):
    answers = asking.answers(risk={"immediate_danger": "yes"}, handling={"security": ""})
    request_id = asking.send(answers)
    line = asking.line(request_id)
    assert (decision(asking, line.id).rule, line.state) == (4, LineState.READY)

    clock.advance(minutes=16)
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)
    assert steps(asking, request_id)[-1] == "escalated"

    told = read(asking, request_id).sent_at
    share(asking, line, method="phone", shared_at=told)
    assert read(asking, request_id).state == RequestState.ANSWERED


def test_the_clock_stands_while_the_holder_waits_for_the_asker(asking, clock):
    request_id = asking.send()
    desk = asking.people[Role.DUTY_DESK]
    due = read(asking, request_id).due_at
    with asking.world.write(desk) as uow:
        acknowledge_request(request_id, uow=uow)
        ask_back(AskBack(request_id=request_id, text="Which worker?"), uow=uow, policy=POLICY)
    clock.advance(days=7)
    with asking.world.write() as uow:
        assert run_clocks(uow, POLICY, limit=50) == 0

    with asking.world.write(asking.officer) as uow:
        cmd = ReplyToHolder(request_id=request_id, text="The last one")
        reply_to_holder(cmd, uow=uow, policy=POLICY)

    assert read(asking, request_id).due_at == due + timedelta(days=7)


def test_what_nobody_answers_is_chased_and_goes_up_once_each(asking, clock):
    request_id = asking.send()
    for _ in range(12):
        clock.advance(days=1)
        with asking.world.write() as uow:
            run_clocks(uow, POLICY, limit=50)

    assert steps(asking, request_id)[-2:] == ["reminded", "escalated"]


def test_a_request_that_lacks_something_lapses_in_the_end(asking, clock):
    request_id = asking.send(asking.answers(handling={"security": ""}))
    clock.advance(days=29)
    with asking.world.write() as uow:
        run_clocks(uow, POLICY, limit=50)

    assert read(asking, request_id).state == RequestState.LAPSED


def steps(asking, request_id):
    with asking.world.units.read(asking.officer) as uow:
        return uow.session.scalars(
            select(RequestStep.action)
            .where(RequestStep.request_id == request_id)
            .order_by(RequestStep.number)
        ).all()


# --- Who may not see it ---


def test_a_request_is_there_for_its_two_sides_only(asking):
    request_id = asking.send()
    elsewhere = asking.account(_agency(asking, "Another Charity", "charity"), Role.DUTY_DESK)
    for nobody in (asking.stranger, elsewhere, asking.people[Role.TEAM_MANAGER]):
        with pytest.raises(NotFoundError), asking.world.units.read(nobody) as uow:
            open_asked(uow, request_id)
    for nobody in (asking.stranger, elsewhere, asking.officer):
        with pytest.raises(NotFoundError), asking.world.units.read(nobody) as uow:
            open_held(uow, request_id)
    with asking.world.units.read(asking.people[Role.TEAM_MANAGER]) as uow:
        assert open_held(uow, request_id).id == request_id


def test_somebody_of_the_holder_who_knows_the_person_has_no_such_request(asking):
    request_id = asking.send()
    desk = asking.people[Role.DUTY_DESK]
    with asking.world.write(desk) as uow:
        declare_relation(request_id, uow=uow, policy=POLICY)

    with pytest.raises(NotFoundError), asking.world.units.read(desk) as uow:
        open_held(uow, request_id)


def test_so_many_people_an_hour_and_no_more(asking):
    for number in range(POLICY.look_ups_an_hour):
        asking.send(asking.answers(subject={"family_name": f"Name {number}"}))
    with pytest.raises(RefusedError, match="within an hour"):
        asking.send(asking.answers(subject={"family_name": "One More"}))
    asking.send(asking.answers(subject={"family_name": "Name 3"}))  # about somebody again


def test_a_request_to_the_own_agency_is_none(asking):
    own = asking.account(asking.world.agency, Role.REFERRER)
    with pytest.raises(RefusedError, match="your own agency"):
        asking.send(by=own)


def test_what_is_taken_back_asks_nobody_any_more(asking):
    request_id = asking.send()
    confirm(asking, request_id, asking.world.person())
    line = asking.line(request_id)
    with asking.world.write(asking.officer) as uow:
        cmd = ReplyToHolder(request_id=request_id, text="Not needed")
        withdraw_request(cmd, uow=uow, policy=POLICY)

    assert read(asking, request_id).state == RequestState.WITHDRAWN
    assert approvals(asking, line.id) == []


def test_ids_are_random_and_say_nothing(asking):
    assert asking.send() != asking.send()
    assert isinstance(asking.send(), UUID)
