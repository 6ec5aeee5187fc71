"""People who said something about being shared, written down by the worker of a small county."""

from dataclasses import replace
from uuid import UUID

from hub.kernel.actor import Actor, Role
from hub.sharing.commands import (
    RecordAnswer,
    RecordNoAnswer,
    WithdrawConsent,
    record_answer,
    record_no_answer,
    withdraw_consent,
)
from hub.sharing.models import Consent
from hub.sharing.queries.consents import ConsentQuestion, consent_for
from hub.sharing.rules import Category, Purpose
from hub.sharing.rules.consent_reasons import NoAnswer
from hub.sharing.rules.consent_terms import (
    Alone,
    Giver,
    Interpreter,
    Lasting,
    Method,
    PhoneHeld,
)
from hub.sharing.rules.consents import ConsentScope
from kit.world import HUB, TODAY

LASTING = Lasting()
SAFETY, SUPPORT, MARAC = Purpose.SAFETY_PLANNING, Purpose.SUPPORT, Purpose.MARAC_RISK


def worker(world):
    return Actor(
        account_id=UUID(int=21),
        agency_id=world.agency,
        contact_id=world.worker,
        roles=frozenset({Role.LEAVING_CARE_WORKER}),
    )


def yes(world, person, **changes):
    said = RecordAnswer(
        person_id=person,
        is_yes=True,
        scope=ConsentScope(
            purposes=frozenset({SAFETY}),
            categories=frozenset({Category.EXISTENCE, Category.HEALTH}),
            agencies=frozenset({world.agency}),
        ),
        said_on=TODAY,
        giver=Giver.SELF,
        method=Method.IN_PERSON,
        alone=Alone.ALONE,
        phone=PhoneHeld.NOT_BY_PHONE,
        interpreter=Interpreter.NOT_NEEDED,
        words_read="We would tell the hostel who your worker is.",
        is_understood=True,
        own_words="Yes but not Dave",
        withdrawal_route="Tell Wor Ker",
    )
    return replace(said, **changes)


def answer(world, cmd, actor=None):
    with world.write(actor or worker(world)) as uow:
        return record_answer(cmd, uow=uow, lasting=LASTING)


def no_answer(world, person, *, scope=None, **given):
    cmd = RecordNoAnswer(
        person_id=person,
        scope=scope or yes(world, person).scope,
        said_on=TODAY,
        given=NoAnswer(**({"age": None} | given)),
    )
    with world.write(worker(world)) as uow:
        return record_no_answer(cmd, uow=uow, lasting=LASTING)


def withdraw(world, person, consent_id=None, actor=None):
    with world.write(actor or worker(world)) as uow:
        cmd = WithdrawConsent(person_id=person, consent_id=consent_id, own_words="Stop it")
        return withdraw_consent(cmd, uow=uow)


def now(world, person, *, purpose=SAFETY, category=Category.HEALTH, day=TODAY, agency_id=None):
    question = ConsentQuestion(
        person_id=person,
        purpose=purpose,
        category=category,
        agency_id=agency_id or world.agency,
    )
    with world.units.read(HUB) as uow:
        return consent_for(uow, question, day=day)


def row_of(world, consent_id):
    with world.units.read(HUB) as uow:
        row = uow.session.get_one(Consent, consent_id)
        uow.session.expunge(row)
        return row
