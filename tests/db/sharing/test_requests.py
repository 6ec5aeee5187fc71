"""A request from its asker to its answer: who decides what, and what lacks holds it."""

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError
from hub.people.commands.deciding import (
    AnswerCheck,
    rule_out,
)
from hub.people.models import IdentityCheck
from hub.sharing.access import open_asked, open_to_sign
from hub.sharing.commands.releasing import WithholdLine, withhold_line
from hub.sharing.commands.sending import (
    ChangeRequest,
    CounterSign,
    ReplyToHolder,
    change_request,
    counter_sign,
    withdraw_request,
)
from hub.sharing.models import (
    Disclosure,
)
from hub.sharing.queries.asked import asked_sheet, lacking
from hub.sharing.register.bases import AT_RISK
from hub.sharing.rules.request_answers import AskAnswers
from hub.sharing.states import LineState, RequestState
from kit.asking import POLICY
from parts.asked import approvals, confirm, decision, new_agency, read, share, steps

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


def test_the_holders_own_steps_are_not_for_the_asker(asking):
    person_id = asking.world.person()
    request_id = asking.send()
    confirm(asking, request_id, person_id)
    line = asking.line(request_id)
    asking.approve(approvals(asking, line.id)[0], asking.people[Role.DUTY_DESK])
    share(asking, line)

    with asking.world.units.read(asking.officer) as uow:
        told = [step.action for step in asked_sheet(uow, request_id).steps]

    assert {"approved", "shared"} <= set(steps(asking, request_id))
    assert told == ["sent", "settled"]


@pytest.mark.parametrize(
    ("born", "basis", "is_held"),
    [
        ("2006-03-09", {"legal_power": "ca1989_s17"}, True),
        ("2010-03-09", {"legal_power": "ca1989_s17"}, False),
        ("2006-03-09", {"schedule_1": AT_RISK}, True),
        ("2010-03-09", {"schedule_1": AT_RISK}, False),
    ],
)
def test_a_basis_must_fit_the_age_that_the_asker_gave(asking, born, basis, is_held):
    request_id = asking.send(asking.answers(subject={"date_of_birth": born}, basis=basis))

    with asking.world.units.read(asking.officer) as uow:
        found = [gap.field for gap in lacking(uow, request_id, POLICY) if gap.code == "misfit"]

    assert found == (list(basis) if is_held else [])
    assert (read(asking, request_id).state == RequestState.HELD) is is_held


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
        counter_sign(signature(asking, request_id), uow=uow, policy=POLICY)
    with pytest.raises(NotFoundError), asking.world.write(asking.officer) as uow:
        counter_sign(signature(asking, request_id), uow=uow, policy=POLICY)
    with asking.world.write(asking.inspector) as uow:
        counter_sign(signature(asking, request_id), uow=uow, policy=POLICY)

    assert read(asking, request_id).state == RequestState.WITH_HOLDER


def test_nobody_counter_signs_what_they_have_not_read(asking):
    request_id = asking.send(police(asking))
    was_read = signature(asking, request_id)
    pages = dict(police(asking).pages)
    pages["what"] = {**pages["what"], "wanted_accommodation": "Every address"}
    with asking.world.write(asking.officer) as uow:
        cmd = ChangeRequest(
            request_id=request_id, version=was_read.version, answers=AskAnswers(pages=pages)
        )
        change_request(cmd, uow=uow, policy=POLICY)

    with pytest.raises(ConflictError), asking.world.write(asking.inspector) as uow:
        counter_sign(was_read, uow=uow, policy=POLICY)

    assert read(asking, request_id).counter_signed_at is None


def test_the_officer_who_counter_signs_does_nothing_else_and_sees_no_more(asking):
    request_id = asking.send(police(asking))
    cmd = ReplyToHolder(request_id=request_id, text="No")
    with pytest.raises(NotFoundError), asking.world.write(asking.inspector) as uow:
        withdraw_request(cmd, uow=uow, policy=POLICY)
    with asking.world.units.read(asking.inspector) as uow:
        assert open_to_sign(uow, request_id).id == request_id
        with pytest.raises(NotFoundError):
            open_asked(uow, request_id)
    sign(asking, request_id)

    with pytest.raises(NotFoundError), asking.world.units.read(asking.inspector) as uow:
        open_to_sign(uow, request_id)


@pytest.mark.parametrize(
    ("changed", "is_signed"),
    [
        ({"handling": {"security": "Locked"}}, True),
        ({"subject": {"family_name": "Another"}}, False),
        ({"what": {"wanted_accommodation": "Every address"}}, False),
        ({"police_form": {"prejudice": "Something else"}}, False),
    ],
)
def test_a_counter_signature_stands_for_what_was_read(asking, changed, is_signed):
    answers = police(asking)
    lacking = dict(answers.pages) | {"handling": {"security": ""}}
    request_id = asking.send(AskAnswers(pages=lacking))
    sign(asking, request_id)
    pages = {page: {**values, **changed.get(page, {})} for page, values in lacking.items()}

    with asking.world.write(asking.officer) as uow:
        version = read(asking, request_id).version
        cmd = ChangeRequest(request_id=request_id, version=version, answers=AskAnswers(pages=pages))
        change_request(cmd, uow=uow, policy=POLICY)

    assert (read(asking, request_id).counter_signed_at is not None) is is_signed


def signature(asking, request_id):
    version = read(asking, request_id).version
    return CounterSign(request_id=request_id, version=version, is_signed=True)


def sign(asking, request_id):
    with asking.world.write(asking.inspector) as uow:
        counter_sign(signature(asking, request_id), uow=uow, policy=POLICY)


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
    stranger = asking.account(new_agency(asking, "Testshire Homes", "housing"), Role.REFERRER)
    answers = asking.answers(basis={"override_basis": []})
    request_id = asking.send(answers, by=stranger)

    assert read(asking, request_id).state == RequestState.HELD
