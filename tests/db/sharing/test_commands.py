"""Who may change an agreement, and that every change is heard and counted."""

from uuid import UUID

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import (
    ConflictError,
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.sharing.commands import (
    AddGateway,
    SaveParty,
    Touch,
    add_gateway,
    remove_gateway,
    remove_party,
    save_party,
    suspend_agreement,
    withdraw_party,
)
from hub.sharing.models import Agreement
from kit.world import World

LEAD = Actor(account_id=UUID(int=3), roles=frozenset({Role.GOVERNANCE_LEAD}), label="lead")


@pytest.fixture
def world(units):
    return World(units).settle()


def touch(world):
    with world.units.read(system("test")) as uow:
        row = uow.session.get_one(Agreement, world.agreement)
        return Touch(agreement_id=row.id, version=row.version)


@pytest.mark.parametrize(
    ("role", "error"),
    [
        (Role.COORDINATOR, NotAllowedError),  # reads the register
        (Role.REFERRER, NotFoundError),
        (Role.TEAM_MANAGER, NotFoundError),
        (Role.ADMINISTRATOR, NotFoundError),
    ],
)
def test_only_a_governance_lead_changes_anything(world, role, error):
    actor = Actor(account_id=UUID(int=4), roles=frozenset({role}), label="other")

    with pytest.raises(error), world.write(actor) as uow:
        suspend_agreement(touch(world), uow=uow)


def test_every_change_is_a_new_version_and_stands_in_the_trail(world):
    before = touch(world)
    with world.write(LEAD) as uow:
        suspend_agreement(before, uow=uow)
    with world.write(LEAD) as uow:
        add_gateway(
            AddGateway(
                agreement_id=world.agreement,
                version=before.version + 1,
                statute="Children Act 2004 section 10",
                kind="duty",
                commences_on=None,
            ),
            uow=uow,
        )

    assert touch(world).version == before.version + 2
    with world.units.read(system("test")) as uow:
        verbs = uow.session.scalars(
            select(AuditEntry.verb).where(AuditEntry.subject_id == str(world.agreement))
        ).all()
    assert verbs == ["AgreementChanged", "AgreementChanged"]


def test_what_was_read_before_somebody_elses_change_is_refused(world):
    stale = touch(world)
    with world.write(LEAD) as uow:
        suspend_agreement(stale, uow=uow)

    with pytest.raises(ConflictError), world.write(LEAD) as uow:
        withdraw_party(stale, world.agency, uow=uow)


def test_a_party_that_left_cannot_leave_again_and_a_stranger_never_was_one(world):
    with world.write(LEAD) as uow:
        withdraw_party(touch(world), world.agency, uow=uow)

    with pytest.raises(RefusedError), world.write(LEAD) as uow:
        withdraw_party(touch(world), world.agency, uow=uow)
    with pytest.raises(NotFoundError), world.write(LEAD) as uow:
        withdraw_party(touch(world), world.area, uow=uow)


def test_in_force_no_part_can_be_added_or_taken_out(world):
    party = SaveParty(
        agreement_id=world.agreement,
        version=touch(world).version,
        agency_id=world.agency,
        role="controller",
        signatory=None,
        signed_on=None,
    )
    for act in (
        lambda uow: save_party(party, uow=uow),
        lambda uow: remove_party(touch(world), world.agency, uow=uow),
        lambda uow: remove_gateway(touch(world), world.area, uow=uow),
    ):
        with pytest.raises(IllegalMoveError), world.write(LEAD) as uow:
            act(uow)


def test_a_gateway_of_another_agreement_is_not_there(world):
    with world.write(LEAD) as uow:
        suspend_agreement(touch(world), uow=uow)

    with pytest.raises(NotFoundError), world.write(LEAD) as uow:
        remove_gateway(touch(world), world.area, uow=uow)


def test_an_unknown_agency_is_no_party(world):
    with world.write(LEAD) as uow:
        suspend_agreement(touch(world), uow=uow)
    party = SaveParty(
        agreement_id=world.agreement,
        version=touch(world).version,
        agency_id=world.area,
        role="controller",
        signatory=None,
        signed_on=None,
    )

    with pytest.raises(RefusedError) as refused, world.write(LEAD) as uow:
        save_party(party, uow=uow)
    assert refused.value.field == "agency"
