"""Writing down what somebody said: who may, what is refused with which cure, and what counts."""

import json
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select, text, update
from sqlalchemy.exc import DatabaseError

import hub
from hub.agencies.models import Agency, Service
from hub.audit.models import AuditEntry
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.models import Allocation, Conflict
from hub.sharing.commands import (
    NotValidError,
)
from hub.sharing.models import Agreement, AgreementParty, Consent
from hub.sharing.queries.consents import ConsentQuestion, consents_for
from hub.sharing.rules import Category, Competence, ConsentOverlap, ConsentState
from hub.sharing.rules.asking import Ground
from hub.sharing.rules.consent_terms import (
    Alone,
    Ends,
    Giver,
    Test,
)
from hub.sharing.rules.consents import ConsentScope, LeftOut
from kit.world import HUB, TODAY, World
from parts.consenting import (
    MARAC,
    SAFETY,
    SUPPORT,
    answer,
    now,
    row_of,
    withdraw,
    yes,
)

S = ConsentState


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


# --- Who may ---


def outsiders(world):
    other = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=other, name="Another authority", kind="local_authority"))
        uow.session.flush()
        uow.session.add(
            Service(id=uuid4(), agency_id=other, kind="leaving_care", name="Another service")
        )
    return [
        Actor(account_id=UUID(int=31), agency_id=other, roles=frozenset({Role.DUTY_DESK})),
        Actor(
            account_id=UUID(int=32),
            agency_id=world.agency,
            contact_id=world.deputy,
            roles=frozenset({Role.LEAVING_CARE_WORKER}),
        ),
        Actor(account_id=UUID(int=33), agency_id=world.agency, roles=frozenset({Role.REFERRER})),
        Actor(account_id=UUID(int=34), roles=frozenset({Role.GOVERNANCE_LEAD, Role.COORDINATOR})),
    ]


def test_for_others_than_workers_and_desk_of_the_service_there_is_no_such_person(world, person):
    given = answer(world, yes(world, person))
    for outsider in outsiders(world):
        with pytest.raises(NotFoundError):
            answer(world, yes(world, person), outsider)
        with pytest.raises(NotFoundError):
            withdraw(world, person, given, outsider)


def test_the_desk_of_the_service_may(world, person):
    desk = Actor(account_id=UUID(int=22), agency_id=world.agency, roles=frozenset({Role.DUTY_DESK}))

    answer(world, yes(world, person), desk)

    assert now(world, person).state is S.GIVEN_EXPLICIT


def test_somebody_in_conflict_learns_not_even_that_there_is_somebody(world, person):
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.worker, person_id=person, declared_at=uow.now))

    with pytest.raises(NotFoundError):
        answer(world, yes(world, person))


def test_a_worker_whose_allocation_ended_may_no_more(world, person):
    with world.write() as uow:
        uow.session.execute(update(Allocation).values(until_on=TODAY))

    with pytest.raises(NotFoundError):
        answer(world, yes(world, person))


# --- What is kept ---


def test_an_answer_is_kept_whole_and_its_words_are_sealed(world, person, engine):
    consent_id = answer(world, yes(world, person))

    row = row_of(world, consent_id)
    assert (row.number, row.state, row.age_band) == (1, S.GIVEN_EXPLICIT, "adult")
    assert (row.words_read, row.own_words) == (
        "We would tell the hostel who your worker is.",
        "Yes but not Dave",
    )
    assert row.expires_on == date(2026, 12, 1)
    assert row.recorded_by == UUID(int=21)
    with engine.connect() as connection:
        kept = [
            bytes(str(one), "utf-8")
            for one in connection.execute(text("SELECT * FROM consent")).one()
        ]
    assert not any(b"Dave" in one or b"hostel" in one for one in kept)


def test_records_are_numbered_for_each_person_by_themselves(world, person):
    other = world.person()
    answer(world, yes(world, person))
    answer(world, yes(world, other))
    second = answer(world, yes(world, person, is_yes=False))

    assert row_of(world, second).number == 2


def test_a_record_is_never_changed(world, person):
    answer(world, yes(world, person))

    with pytest.raises(DatabaseError, match="append-only"), world.write() as uow:
        uow.session.execute(update(Consent).values(state="refused"))
    with pytest.raises(DatabaseError, match="append-only"), world.write() as uow:
        uow.session.scalars(select(Consent)).one().own_words = "Yes to everything"


def test_nothing_in_the_house_changes_or_deletes_a_record():
    for path in Path(hub.__file__).parent.rglob("*.py"):
        said = path.read_text("utf-8")
        assert "update(Consent)" not in said, path
        assert "delete(Consent)" not in said, path


def test_what_was_said_stands_in_the_trail_without_a_word_of_it(world, person):
    given = answer(world, yes(world, person))
    taken = withdraw(world, person, given)

    with world.units.read(HUB) as uow:
        entries = uow.session.execute(
            select(AuditEntry.verb, AuditEntry.subject_id, AuditEntry.facts).where(
                AuditEntry.subject_kind == "consent"
            )
        ).all()
    assert [(one.verb, one.subject_id) for one in entries] == [
        ("ConsentRecorded", str(given)),
        ("ConsentWithdrawn", str(taken)),
    ]
    assert set(json.loads(entries[0].facts)) == {"consent_id", "person_id"}


# --- Answers ---


def test_a_yes_that_fails_a_test_is_not_written_down(world, person):
    with pytest.raises(NotValidError) as refused:
        answer(world, yes(world, person, alone=Alone.OVERHEARD))

    assert (refused.value.test, refused.value.field) == (Test.VOLUNTARY, "alone")
    assert now(world, person).state is S.NOT_ASKED


def test_a_no_is_written_down_however_it_was_said(world, person):
    answer(
        world,
        yes(
            world,
            person,
            is_yes=False,
            alone=Alone.OVERHEARD,
            words_read="",
            is_understood=False,
        ),
    )

    assert now(world, person).state is S.REFUSED


def test_a_limited_yes_keeps_what_it_leaves_out(world, person):
    but = LeftOut(categories=frozenset({Category.HEALTH}), in_words=True)
    limited = answer(
        world, yes(world, person, left_out=but, left_out_words="not about the pregnancy")
    )

    assert row_of(world, limited).left_out_words == "not about the pregnancy"
    assert now(world, person).overlap is ConsentOverlap.NONE
    existence = now(world, person, category=Category.EXISTENCE)
    assert (existence.state, existence.overlap) == (S.GIVEN_LIMITED, ConsentOverlap.PART)


def test_somebody_with_parental_responsibility_answers_for_a_child_who_cannot(world):
    child = world.person(born=date(2013, 1, 1))
    by_parent = yes(
        world,
        child,
        scope=ConsentScope(
            purposes=frozenset({SUPPORT}),
            categories=frozenset({Category.HEALTH}),
            agencies=frozenset({world.agency}),
        ),
        giver=Giver.PARENT,
        giver_name="Pat Quillfeather",
        giver_is_alleged_perpetrator=True,
        authority_seen=True,
        competence=Competence.NOT_COMPETENT,
        competence_reason="Could not say what a hostel is",
    )
    answer(world, by_parent)

    fifteen = world.person(born=date(2010, 8, 1))
    short = answer(world, replace(by_parent, person_id=fifteen))
    assert row_of(world, short).expires_on == date(2026, 8, 1)

    found = now(world, child, purpose=SUPPORT)
    assert found.state is S.GIVEN_BY_PR
    assert found.pr_is_alleged_perpetrator
    assert found.competence is Competence.NOT_COMPETENT
    with pytest.raises(RefusedError) as refused:
        answer(world, replace(by_parent, left_out=LeftOut(in_words=True)))
    assert refused.value.field == "answer"


@pytest.mark.parametrize(
    ("grounds", "purpose"), [({Ground.IMMEDIATE_DANGER}, SUPPORT), ({Ground.COURT_ORDER}, SUPPORT)]
)
def test_nobody_is_asked_where_the_answer_would_not_be_respected(world, person, grounds, purpose):
    scope = replace(yes(world, person).scope, purposes=frozenset({purpose}))
    for is_yes in (True, False):
        with pytest.raises(RefusedError, match="informed them instead"):
            answer(
                world,
                yes(world, person, is_yes=is_yes, scope=scope, grounds=frozenset(grounds)),
            )


def test_at_16_and_17_nobody_is_asked_about_a_marac(world):
    young = world.person(born=date(2009, 6, 2))
    scope = replace(yes(world, young).scope, purposes=frozenset({MARAC}))

    with pytest.raises(RefusedError, match="informed them instead"):
        answer(world, yes(world, young, scope=scope))


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"said_on": TODAY + timedelta(days=1)}, "said_on"),
        ({"scope": {"purposes": frozenset()}}, "purposes"),
        ({"scope": {"categories": frozenset()}}, "categories"),
        ({"scope": {"agencies": frozenset()}}, "agencies"),
        ({"scope": {"agencies": frozenset({UUID(int=404)})}}, "agencies"),
        ({"ends": Ends.DAY}, "until_on"),
        ({"ends": Ends.DAY, "until_on": TODAY}, "until_on"),
        ({"ends": Ends.DAY, "until_on": date(2026, 12, 2)}, "until_on"),
        ({"ends": Ends.ONCE}, "ends"),
        ({"scope": {"about": UUID(int=9)}}, "ends"),
        ({"said_on": date(2025, 11, 30)}, "expires_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(world, person, change, field):
    cmd = yes(world, person)
    changes = change | {"scope": replace(cmd.scope, **change.get("scope", {}))}

    with pytest.raises(RefusedError) as refused:
        answer(world, replace(cmd, **changes))

    assert refused.value.field == field


def test_how_long_a_yes_counts_can_be_shortened_and_is_never_longer_than_usual(world, person):
    last = date(2026, 12, 1)
    answer(world, yes(world, person, ends=Ends.DAY, until_on=last))
    short = answer(world, yes(world, person, ends=Ends.DAY, until_on=date(2026, 6, 2)))

    assert row_of(world, short).expires_on == date(2026, 6, 2)
    assert now(world, person, day=date(2026, 6, 2)).state is S.EXPIRED


def test_a_yes_for_one_request_counts_for_that_alone(world, person):
    request = uuid4()
    scope = replace(yes(world, person).scope, about=request)
    answer(world, yes(world, person, scope=scope, ends=Ends.ONCE))
    question = ConsentQuestion(
        person_id=person, purpose=SAFETY, category=Category.HEALTH, agency_id=world.agency
    )

    with world.units.read(HUB) as uow:
        found = consents_for(uow, [question, replace(question, about=request)], day=TODAY)
    assert found[question].state is S.NOT_ASKED
    assert found[replace(question, about=request)].state is S.GIVEN_EXPLICIT


def test_a_yes_to_all_who_signed_reaches_nobody_who_has_not(world, person):
    everybody = replace(yes(world, person).scope, agencies=None)
    answer(world, yes(world, person, scope=everybody))
    assert now(world, person).state is S.GIVEN_EXPLICIT
    assert now(world, person, agency_id=uuid4()).state is S.NOT_ASKED

    for table, left, stays in (
        (AgreementParty, {"withdrawn_on": TODAY}, {"withdrawn_on": None}),
        (Agreement, {"superseded_on": TODAY}, {"superseded_on": None}),
        (Agreement, {"ends_on": TODAY}, {"ends_on": None}),
        (Agreement, {"status": "suspended"}, {"status": "in_force"}),
    ):
        with world.write() as uow:
            uow.session.execute(update(table).values(**left))
        assert now(world, person).state is S.NOT_ASKED, left
        with world.write() as uow:
            uow.session.execute(update(table).values(**stays))
    assert now(world, person).state is S.GIVEN_EXPLICIT
