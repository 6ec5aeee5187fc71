"""What a duty desk answers, and what it cannot."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, Service
from hub.kernel.actor import Role, system
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.people.commands import (
    AnswerCheck,
    ConfirmIdentity,
    ask_back,
    confirm_identity,
    declare_conflict,
    open_checks,
    put_forward,
    reject_candidate,
    rule_out,
    undo,
)
from hub.people.events import (
    CandidateRejected,
    IdentityAsked,
    IdentityAskedBack,
    IdentityConfirmed,
    IdentityRuledOut,
    IdentityUndone,
)
from hub.people.models import Person
from hub.people.queries import checks_of, open_check_count, questions_for
from hub.people.queries.identity import check_people, check_view, queue

HUB = system("test")
FACTS = frozenset({"date_of_birth", "address"})


def confirm(county, check_id, person_id, *, version=1, facts=FACTS, actor=None):
    cmd = ConfirmIdentity(check_id=check_id, version=version, person_id=person_id, facts=facts)
    with county.units.write(actor or county.desk_actor) as uow:
        return confirm_identity(cmd, uow=uow)


def reject(county, check_id, person_id, version=1):
    with county.units.write(county.desk_actor) as uow:
        reject_candidate(check_id, version, person_id, uow=uow)


def answer(county, command, check_id, version=1, note="Not in any of our records"):
    with county.units.write(county.desk_actor) as uow:
        command(AnswerCheck(check_id=check_id, version=version, note=note), uow=uow)


def elsewhere(county):
    """Write another leaving care service and return its agency and its id."""
    agency, service = uuid4(), uuid4()
    with county.units.write(HUB) as uow:
        uow.session.add(Agency(id=agency, name="Otherton Charity", kind="charity"))
        uow.session.flush()
        uow.session.add(
            Service(id=service, agency_id=agency, kind="leaving_care", name="Z other service")
        )
    return agency, service


def test_two_facts_confirm_and_everybody_hears_who(county, heard):
    person_id, check_id = county.registered(), county.ask()

    confirm(county, check_id, person_id)

    check = county.check(check_id)
    assert (check.state, check.person_id) == ("confirmed", person_id)
    assert check.facts == "address date_of_birth"
    assert check.decided_by is not None
    (said,) = [one for one in heard if isinstance(one, IdentityConfirmed)]
    assert (said.party_id, said.person_id) == (check.party_id, person_id)
    with county.units.read(HUB) as uow:
        assert checks_of(uow, [check.concern_id])[check.party_id].state == "confirmed"


@pytest.mark.parametrize("facts", [frozenset(), {"address"}, {"address", "name"}])
@pytest.mark.databases("sqlite")
def test_fewer_than_two_facts_do_not(county, facts):
    person_id, check_id = county.registered(), county.ask()
    with pytest.raises(RefusedError) as refused:
        confirm(county, check_id, person_id, facts=frozenset(facts))
    assert refused.value.field == "facts"
    assert county.check(check_id).state == "open"


def test_nobody_is_two_people_of_one_concern(county):
    person_id = county.registered()
    concern_id = uuid4()
    with county.units.write(HUB) as uow:
        one, two = open_checks(uow, [county.asked(concern_id=concern_id) for _ in range(2)])
    confirm(county, one, person_id)
    with pytest.raises(RefusedError, match="already confirmed as somebody else"):
        confirm(county, two, person_id)
    elsewhere_too = county.ask()  # another concern may be about the same person
    confirm(county, elsewhere_too, person_id)


def test_two_desks_at_once_the_second_is_told(county):
    person_id, check_id = county.registered(), county.ask()
    confirm(county, check_id, person_id)
    with pytest.raises(ConflictError) as stale:
        answer(county, rule_out, check_id)
    assert stale.value.theirs == {"answer": "Confirmed"}


def test_a_candidate_turned_down_leaves_a_yes_or_no_question(county, heard):
    person_id, check_id = county.registered(), county.ask()
    with pytest.raises(RefusedError, match="each candidate first"):
        answer(county, rule_out, check_id)

    reject(county, check_id, person_id)

    assert county.check(check_id).version == 2
    assert CandidateRejected(check_id=check_id, person_id=person_id) in heard
    answer(county, rule_out, check_id, version=2)
    assert county.check(check_id).state == "ruled_out"
    assert any(isinstance(one, IdentityRuledOut) for one in heard)


def test_when_ours_are_turned_down_the_next_service_is_asked(county, heard):
    agency, service = elsewhere(county)
    ours = county.registered()
    theirs = county.registered(given_name="Beth", family_name="ONeil", service_id=service)
    check_id = county.ask()
    with county.units.read(county.desk_actor) as uow:
        # each desk sees its own people only
        assert check_people(uow, check_id) == (ours,)

    reject(county, check_id, ours)

    assert county.check(check_id).service_id == service
    assert [one.service_id for one in heard if isinstance(one, IdentityAsked)][-1] == service
    with county.units.read(county.actor(Role.DUTY_DESK, agency_id=agency)) as uow:
        assert check_people(uow, check_id) == (theirs,)
        assert len(queue(uow)) == 1
    with pytest.raises(NotFoundError):
        reject(county, check_id, theirs, version=2)


def test_somebody_turned_down_can_be_confirmed_after_all(county):
    person_id, check_id = county.registered(), county.ask()
    reject(county, check_id, person_id)
    confirm(county, check_id, person_id, version=2)
    assert county.check(check_id).person_id == person_id


def test_who_cannot_tell_asks_back_and_the_referrer_can_read_it(county, heard):
    check_id = county.ask()
    with pytest.raises(RefusedError):
        answer(county, ask_back, check_id, note="Why?")

    answer(county, ask_back, check_id, note="Which school did she go to?")

    check = county.check(check_id)
    assert check.state == "asked_back"
    assert any(isinstance(one, IdentityAskedBack) for one in heard)
    with county.units.read(HUB) as uow:
        (question,) = questions_for(uow, [check.concern_id])
    assert (question.party_id, question.text) == (check.party_id, "Which school did she go to?")
    with county.units.read(county.desk_actor) as uow:
        assert [row.state for row in queue(uow)] == ["asked_back"]  # it stays in the list


def test_an_answer_can_be_taken_back_with_a_reason(county, heard, clock):
    person_id, check_id = county.registered(), county.ask()
    confirm(county, check_id, person_id)
    with pytest.raises(RefusedError):
        answer(county, undo, check_id, version=2, note="")

    answer(county, undo, check_id, version=2, note="It was her twin sister")

    check = county.check(check_id)
    assert (check.state, check.person_id, check.facts) == ("open", None, None)
    assert (check.due_at - clock.now()).total_seconds() == 7200
    (said,) = [one for one in heard if isinstance(one, IdentityUndone)]
    assert said.person_id == person_id
    with pytest.raises(RefusedError, match="no answer to take back"):
        answer(county, undo, check_id, version=3, note="It was her twin sister")


def test_somebody_can_be_put_forward_by_reference(county):
    person_id = county.registered(
        given_name="Zebedee", family_name="Quillfeather", known_as=None, addresses=()
    )
    check_id = county.ask()
    assert county.candidates(check_id) == []
    with county.units.read(HUB) as uow:
        reference = uow.session.scalar(select(Person.reference).where(Person.id == person_id))
    with county.units.write(county.desk_actor) as uow:
        put_forward(check_id, 1, reference.lower(), uow=uow)
    assert county.candidates(check_id) == [(person_id, "possible")]
    with county.units.write(county.desk_actor) as uow, pytest.raises(RefusedError):
        put_forward(check_id, 2, "K7QM-2XWD-9RTA-4HVC", uow=uow)
    confirm(county, check_id, person_id, version=2)


def test_a_person_of_another_service_cannot_be_put_forward(county):
    _, service = elsewhere(county)
    person_id = county.registered(family_name="Quillfeather", service_id=service)
    with county.units.read(HUB) as uow:
        reference = uow.session.scalar(select(Person.reference).where(Person.id == person_id))
    check_id = county.ask(given_name="Zebedee", family_name="Nobody", postcodes=())
    with county.units.write(county.desk_actor) as uow:
        check = county.check(check_id)
        assert check.service_id == county.service
        with pytest.raises(RefusedError, match="Nobody on your register"):
            put_forward(check_id, 1, reference, uow=uow)


class TestWhoMayAnswer:
    """A question exists for the desk that is asked and for nobody else."""

    @pytest.fixture
    def question(self, county):
        return county.registered(), county.ask()

    @pytest.mark.parametrize(
        "role",
        [role for role in Role if role not in {Role.DUTY_DESK, Role.TEAM_MANAGER}],
    )
    @pytest.mark.databases("sqlite")
    def test_not_for_another_role_of_the_service(self, county, question, role):
        person_id, check_id = question
        actor = county.actor(role)
        with pytest.raises(NotFoundError):
            confirm(county, check_id, person_id, actor=actor)
        with county.units.read(actor) as uow:
            assert open_check_count(uow) == 0

    def test_not_for_the_desk_of_another_service(self, county, question):
        person_id, check_id = question
        agency, _ = elsewhere(county)
        actor = county.actor(Role.DUTY_DESK, agency_id=agency)
        with pytest.raises(NotFoundError):
            confirm(county, check_id, person_id, actor=actor)
        with county.units.read(actor) as uow:
            assert queue(uow) == ()
            assert open_check_count(uow) == 0

    def test_not_for_somebody_in_conflict_with_a_candidate(self, county, question):
        person_id, check_id = question
        actor = county.actor(Role.DUTY_DESK, contact_id=county.worker)
        with county.units.read(actor) as uow:
            assert len(queue(uow)) == open_check_count(uow) == 1
        with county.units.write(HUB) as uow:
            declare_conflict(person_id, county.worker, uow=uow)
        with county.units.read(actor) as uow:
            assert queue(uow) == ()
            assert open_check_count(uow) == 0
        with pytest.raises(NotFoundError):
            confirm(county, check_id, person_id, actor=actor)

    def test_somebody_without_a_service_is_shown_to_the_desk_that_is_asked(self, county):
        person_id = county.registered(service_id=None)
        check_id = county.ask()
        with county.units.read(county.desk_actor) as uow:
            (candidate,) = check_view(uow, check_id).candidates
            assert candidate.person_id == person_id
        confirm(county, check_id, person_id)


def test_the_queue_is_in_pages_the_soonest_due_first(county, clock):
    late = county.ask(given_name="Zebedee", family_name="Late", postcodes=())
    urgent = county.ask(given_name="Zebedee", family_name="Urgent", postcodes=(), is_urgent=True)
    with county.units.read(county.desk_actor) as uow:
        (first,) = queue(uow, limit=1)
        (second,) = queue(uow, after=(first.due_at, first.id))
    assert (first.id, second.id) == (urgent, late)
