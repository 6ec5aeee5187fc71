"""What somebody typed about consent is sealed in every column, of records and of drafts."""

from datetime import timedelta

import pytest
from sqlalchemy import text

from hub.sharing.commands import RecordInformed, record_informed
from hub.sharing.commands.consent_drafts import SaveStep, save_step, start_draft
from hub.sharing.rules import ConsentState
from hub.sharing.rules.asking import Ground
from hub.sharing.rules.consent_journey import Step
from hub.sharing.rules.consents import LeftOut
from kit.world import TODAY, World
from parts.consenting import answer, no_answer, worker, yes

S = ConsentState


@pytest.fixture
def world(units):
    return World(units).settle()


def test_nothing_that_anybody_typed_is_readable_in_the_database(world, engine):
    person = world.person()
    typed = (
        "words_read", "own_words", "left_out_words", "giver_name", "competence_reason",
        "others_told", "withdrawal_route",
    )  # fmt: skip
    words = {name: f"canary {name}" for name in typed}
    answer(world, yes(world, person, left_out=LeftOut(in_words=True), **words))
    for state, given in (
        (
            S.LACKS_CAPACITY,
            {"assessed_on": TODAY, "assessor_role": "canary", "decision": "canary",
             "consulted": "canary"},
        ),
        (
            S.COERCED_SUSPECTED,
            {"indicators": "canary", "plan": "canary", "revisit_on": TODAY + timedelta(days=1)},
        ),
    ):  # fmt: skip
        no_answer(world, person, state=state, **given)
    with world.write(worker(world)) as uow:
        told = RecordInformed(
            person_id=person,
            scope=yes(world, person).scope,
            said_on=TODAY,
            grounds=frozenset({Ground.COURT_ORDER}),
            was_told=False,
            why_not_told="canary",
            revisit_on=TODAY + timedelta(days=1),
            own_words="canary",
            others_told="canary",
        )
        record_informed(told, uow=uow)
        draft_id = start_draft(person, None, uow=uow)
        typed_page = {"words_read": ["canary"]}
        save_step(SaveStep(draft_id=draft_id, step=Step.WORDS, typed=typed_page), uow=uow)

    with engine.connect() as connection:
        for table in ("consent", "consent_draft", "audit_entry", "message"):
            kept = connection.execute(text(f"SELECT * FROM {table}")).all()
            assert "canary" not in repr(kept), table
