"""Why there is no answer, who was told instead, and taking back what was agreed."""

import json
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.people.models import Conflict
from hub.sharing.commands import (
    RecordInformed,
    record_informed,
    tell_recipients,
)
from hub.sharing.models import WithdrawalNotice
from hub.sharing.rules import Category, ConsentState, Purpose
from hub.sharing.rules.asking import Ground
from hub.sharing.rules.consent_reasons import Attempt, Channel, Unsafe
from kit.world import HUB, TODAY, World
from parts.consenting import (
    MARAC,
    SUPPORT,
    answer,
    no_answer,
    now,
    row_of,
    withdraw,
    worker,
    yes,
)

S = ConsentState


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


# --- No answer, told instead ---


def test_why_there_is_no_answer_is_written_down_with_what_belongs_to_it(world, person):
    unsafe = no_answer(
        world, person, state=S.NOT_SOUGHT_UNSAFE, unsafe=Unsafe.WARNS, indicators="of another state"
    )
    tried = no_answer(
        world,
        person,
        state=S.UNABLE_TO_REACH,
        attempts=(
            Attempt(TODAY, Channel.TELEPHONE),
            Attempt(TODAY - timedelta(days=3), Channel.VISIT),
        ),
    )
    pressed = no_answer(
        world,
        person,
        state=S.COERCED_SUSPECTED,
        indicators="Looked at the door",
        plan="At college",
        revisit_on=TODAY + timedelta(days=7),
    )

    assert (row_of(world, unsafe).reason, row_of(world, unsafe).details) == (Unsafe.WARNS, None)
    attempts = json.loads(row_of(world, tried).details)["attempts"]
    assert attempts[0] == {"on": "2026-06-01", "channel": "telephone"}
    assert json.loads(row_of(world, pressed).details)["plan"] == "At college"
    assert now(world, person).state is S.COERCED_SUSPECTED


def test_what_is_missing_beside_a_reason_is_refused_at_its_field(world, person):
    with pytest.raises(RefusedError) as refused:
        no_answer(world, person, state=S.UNABLE_TO_REACH)
    assert refused.value.field == "first_on"
    with pytest.raises(RefusedError) as refused:
        no_answer(world, person, state=S.GIVEN_EXPLICIT)
    assert refused.value.field == "state"


def test_the_age_is_the_registers_and_not_what_the_page_says(world):
    child = world.person(born=date(2013, 1, 1))

    with pytest.raises(RefusedError) as refused:
        no_answer(
            world,
            child,
            state=S.LACKS_CAPACITY,
            age=40,
            assessed_on=TODAY,
            assessor_role="Doctor",
            decision="This",
        )

    assert refused.value.field == "state"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"was_told": False}, "why_not_told"),
        ({"was_told": False, "why_not_told": "It would warn him"}, "revisit_on"),
        (
            {"was_told": False, "why_not_told": "It would warn him", "revisit_on": TODAY},
            "revisit_on",
        ),
    ],
)
def test_who_was_not_told_needs_a_reason_and_a_day(world, person, said, field):
    cmd = RecordInformed(
        person_id=person,
        scope=yes(world, person).scope,
        said_on=TODAY,
        grounds=frozenset({Ground.IMMEDIATE_DANGER}),
        **said,
    )
    with pytest.raises(RefusedError) as refused, world.write(worker(world)) as uow:
        record_informed(cmd, uow=uow)

    assert refused.value.field == field


def test_that_somebody_was_told_and_not_asked_is_kept_and_undoes_no_refusal(world, person):
    answer(world, yes(world, person, is_yes=False))
    cmd = RecordInformed(
        person_id=person,
        scope=yes(world, person).scope,
        said_on=TODAY,
        grounds=frozenset({Ground.COURT_ORDER}),
        was_told=True,
        own_words="I knew it",
    )
    with world.write(worker(world)) as uow:
        told = record_informed(cmd, uow=uow)

    row = row_of(world, told)
    assert (row.state, row.reason, row.was_told) == (
        S.NOT_REQUIRED_STATUTORY,
        Ground.COURT_ORDER,
        True,
    )
    assert now(world, person).state is S.REFUSED


def test_whose_answer_would_count_is_asked_and_not_told(world, person):
    cmd = RecordInformed(
        person_id=person,
        scope=yes(world, person).scope,
        said_on=TODAY,
        grounds=frozenset(),
        was_told=True,
    )
    with pytest.raises(RefusedError) as refused, world.write(worker(world)) as uow:
        record_informed(cmd, uow=uow)
    assert refused.value.field == "grounds"

    young = world.person(born=date(2009, 6, 2))
    marac = replace(cmd.scope, purposes=frozenset({MARAC}))
    with world.write(worker(world)) as uow:
        told = record_informed(replace(cmd, person_id=young, scope=marac), uow=uow)
    assert row_of(world, told).reason == "under_18"


# --- Taking it back ---


def test_taking_back_works_at_once_and_in_the_scope_of_what_is_taken_back(world, person):
    safety = answer(world, yes(world, person))
    scope = replace(yes(world, person).scope, purposes=frozenset({SUPPORT}))
    answer(world, yes(world, person, scope=scope))

    taken = withdraw(world, person, safety)

    assert row_of(world, taken).withdraws_id == safety
    assert now(world, person).state is S.WITHDRAWN
    assert now(world, person, purpose=SUPPORT).state is S.GIVEN_EXPLICIT
    assert now(world, person, agency_id=uuid4()).state is S.NOT_ASKED


def test_everything_can_be_taken_back_at_once(world, person):
    answer(world, yes(world, person))

    withdraw(world, person)

    for purpose in Purpose:
        for category in Category:
            assert now(world, person, purpose=purpose, category=category).state is S.WITHDRAWN
    answer(world, yes(world, person))
    assert now(world, person).state is S.GIVEN_EXPLICIT


def test_only_a_yes_of_that_very_person_can_be_taken_back(world, person):
    refusal = answer(world, yes(world, person, is_yes=False))
    elsewhere = answer(world, yes(world, world.person()))

    for consent_id in (refusal, elsewhere, uuid4()):
        with pytest.raises(NotFoundError):
            withdraw(world, person, consent_id)


def test_recipients_are_told_once_each_of_what_they_received_and_not_whoever_writes_it_down(
    world, person
):
    taken = withdraw(world, person)
    first, second = UUID(int=51), UUID(int=52)
    health, eet = (SUPPORT, Category.HEALTH), (SUPPORT, Category.EET)

    with world.write(worker(world)) as uow:
        received = {first: {health}, second: {eet}, UUID(int=21): {health}}
        notices = tell_recipients(uow, taken, received)
    with world.write(worker(world)) as uow:
        assert tell_recipients(uow, taken, {first: {eet}}) == ()

    assert len(notices) == 2
    with world.units.read(HUB) as uow:
        told = {
            row.account_id: row.received for row in uow.session.scalars(select(WithdrawalNotice))
        }
    assert told == {first: "support:eet support:health", second: "support:eet"}


def test_somebody_with_a_conflict_is_not_told(world, person, as_role):
    taken = withdraw(world, person)
    account = as_role(Role.REFERRER, agency_id=world.agency, contact_id=world.deputy)
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))

    with world.write(worker(world)) as uow:
        received = {account.account_id: {(SUPPORT, Category.HEALTH)}}
        assert tell_recipients(uow, taken, received) == ()
