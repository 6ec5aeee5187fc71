"""The parts of a draft: what is refused, and what goes along with what."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import (
    NotFoundError,
    RefusedError,
)
from hub.sharing import commands
from hub.sharing.models import (
    AgreementBasis,
    AgreementCategory,
    AgreementParty,
    AgreementRight,
)
from kit.agreements import EXISTENCE, STARTS, Register
from kit.world import World

OTHER = Actor(account_id=UUID(int=9), roles=frozenset({Role.GOVERNANCE_LEAD}), label="second")


@pytest.fixture
def register(units):
    return Register(World(units).settle()).settle()


PARTY = {"role": "controller", "legal_name": "Other", "ico_number": "", "dpo": ""}


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"reference": "AGR-1"}, "reference"),  # the small county's own agreement
        ({"ends_on": STARTS}, "ends_on"),
        ({"review_on": STARTS}, "review_on"),
    ],
)
def test_what_cannot_be_is_refused_at_its_field(register, changes, field):
    with pytest.raises(RefusedError) as refused:
        register.start(**changes)

    assert refused.value.field == field


def test_the_first_review_is_six_months_after_the_start_unless_somebody_says_otherwise(register):
    assert register.row(register.start()).review_on == date(2026, 11, 1)
    said = register.start(reference="ISA-8", review_on=date(2026, 9, 1))
    assert register.row(said).review_on == date(2026, 9, 1)


def test_a_party_that_is_taken_out_takes_its_basis_and_its_leads_along(register):
    one = register.draft()

    register.do(commands.remove_party, commands.OfParty, one, agency_id=register.council)

    with register.world.units.read(system("test")) as uow:
        for table in (AgreementBasis, AgreementRight):
            left = select(table).where(table.agreement_id == one)
            assert register.council not in {row.agency_id for row in uow.session.scalars(left)}


def test_a_party_that_becomes_a_processor_has_no_basis_any_more(register):
    one = register.draft()

    register.party(one, register.council, role="processor")

    with pytest.raises(RefusedError):
        register.bases(one, register.council, "art6_e")


def test_an_unknown_agency_is_no_party(register):
    with pytest.raises(RefusedError) as refused:
        register.party(register.start(), uuid4())
    assert refused.value.field == "agency"


def test_only_a_controller_leads_on_a_right(register):
    one = register.draft()

    with pytest.raises(RefusedError) as refused:
        register.do(
            commands.save_rights,
            commands.SaveRights,
            one,
            rights=(("objection", register.world.agency),),
        )
    assert refused.value.field == "objection"


def test_a_category_is_about_people_whom_the_agreement_is_about(register):
    one = register.draft()
    with pytest.raises(RefusedError) as refused:
        register.do(
            commands.save_categories,
            commands.SaveCategories,
            one,
            categories=(commands_category("health", subjects=("worker",)),),
        )
    assert refused.value.field == "subjects"

    register.do(
        commands.save_purposes,
        commands.SavePurposes,
        one,
        purposes=(("marac_risk", "not_sought"),),
        subjects=("child",),
    )
    with register.world.units.read(system("test")) as uow:
        kept = uow.session.get_one(AgreementCategory, (one, "existence"))
        assert kept.subjects == "child"


def commands_category(code, **changes):
    return type(EXISTENCE)(**(vars(EXISTENCE) | {"code": code} | changes))


def test_a_gateway_is_cited_once(register):
    one = register.draft()

    with pytest.raises(RefusedError) as refused:
        register.gateway(one)
    assert refused.value.field == "statute"


def test_the_parts_of_another_agreement_are_not_there(register):
    one, other = register.draft(), register.draft(reference="ISA-8")
    with register.world.units.read(system("test")) as uow:
        gateway_id = register.gateways(uow, other)[0].id

    with pytest.raises(NotFoundError):
        register.do(commands.remove_gateway, commands.RemoveGateway, one, gateway_id=gateway_id)
    with pytest.raises(NotFoundError):
        register.gateway(one, gateway_id=gateway_id, statute="Another")
    with pytest.raises(NotFoundError):
        register.do(commands.remove_category, commands.RemoveCategory, one, category="health")
    with pytest.raises(NotFoundError):
        register.do(commands.remove_party, commands.OfParty, one, agency_id=uuid4())


def test_whom_one_asks_changes_in_force_and_is_somebody_of_the_party(register):
    one = register.in_force()
    world = register.world

    def name(contact_id, deputy_id, agency_id=None):
        register.do(
            commands.save_contacts,
            commands.SaveContacts,
            one,
            agency_id=agency_id or world.agency,
            contact_id=contact_id,
            deputy_id=deputy_id,
        )

    name(world.worker, world.deputy)
    with world.units.read(system("test")) as uow:
        party = uow.session.get_one(AgreementParty, (one, world.agency))
        assert (party.contact_id, party.deputy_id) == (world.worker, world.deputy)
    for contact_id, deputy_id, agency_id, field in (
        (world.worker, None, register.council, "contact"),
        (uuid4(), None, None, "contact"),
        (world.worker, world.worker, None, "deputy"),
    ):
        with pytest.raises(RefusedError) as refused:
            name(contact_id, deputy_id, agency_id)
        assert refused.value.field == field
