"""What the agreements between two agencies say, and who is asked on behalf of one of them."""

from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest

from hub.access.models import Account, AccountRole
from hub.agencies.models import Absence, Agency, Contact, Office, OfficeDistrict
from hub.kernel.actor import Role, system
from hub.sharing import commands
from hub.sharing.models import Agreement
from hub.sharing.queries import Asked, terms_between
from hub.sharing.queries.spoc import Call, route_to
from hub.sharing.register.spoc import Rung, Skip
from hub.sharing.states import AgreementState
from kit.agreements import EXISTENCE, Register
from kit.world import NOW, TODAY, World

DAY = timedelta(days=1)


@pytest.fixture
def register(units):
    return Register(World(units).settle()).settle()


def between(register, asker, holder, *, day=TODAY, **changes):
    asked = {
        "purpose": "marac_risk",
        "category": "existence",
        "direction": "to_asker",
        "subject": "victim",
    }
    with register.world.units.read(system("test")) as uow:
        return terms_between(
            uow,
            asker_agency_id=asker,
            holder_agency_id=holder,
            asked=Asked(**(asked | changes)),
            day=day,
            grace_days=30,
        )


def test_both_agencies_must_be_bound_by_the_same_version(register):
    one = register.in_force()
    world = register.world

    found = between(register, register.police, world.agency)

    assert found.state is AgreementState.IN_FORCE
    assert found.agreement_id == one
    assert found.purpose_permitted
    assert found.category_rule == "permitted"
    assert found.consent_approach == "sought_not_basis"
    assert found.retention == "look_up_2"
    # the small county's own agreement binds the service and nobody else
    stranger = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=stranger, name="Stranger", kind="other"))
    assert between(register, stranger, world.agency).state is AgreementState.NOT_PARTY


def test_a_provider_counts_by_its_own_signature(register):
    one = register.approve(register.draft())
    register.sign(one, register.council, register.police)

    with pytest.raises(commands.NotReadyError):  # the provider has not signed
        register.force(one)
    register.force(register.sign(one, register.world.agency))

    assert between(register, register.police, register.world.agency).agreement_id == one


def test_what_is_asked_decides_what_is_said(register):
    register.in_force()
    world = register.world

    def rule(**changes):
        return between(register, register.police, world.agency, **changes).category_rule

    assert rule(subject="witness") == "excluded"
    assert rule(category="health") == "excluded"
    other = between(register, register.police, world.agency, purpose="support")
    assert (other.state, other.purpose_permitted) == (AgreementState.IN_FORCE, False)


def test_directions_have_their_own_rules(register):
    one = register.draft()
    one_way = type(EXISTENCE)(**(vars(EXISTENCE) | {"to_asker": "approval"}))
    register.do(commands.save_categories, commands.SaveCategories, one, categories=(one_way,))
    register.force(register.sign(register.approve(one)))
    pair = (register.police, register.world.agency)

    assert between(register, *pair).category_rule == "approval"
    assert between(register, *pair, direction="to_service").category_rule == "permitted"


def test_people_whom_the_agreement_is_not_about_are_excluded_whatever_a_category_says(register):
    one = register.in_force()
    with register.world.write() as uow:
        uow.session.get_one(Agreement, one).subjects = "child"

    pair = (register.police, register.world.agency)
    assert between(register, *pair).category_rule == "excluded"
    assert between(register, *pair, subject="child").category_rule == "permitted"


@pytest.mark.parametrize("who", ["asker", "holder"])
def test_whichever_leaves_nothing_lies_between_them_from_the_same_day(register, who):
    one = register.in_force()
    pair = (register.police, register.world.agency)
    leaving = pair[0] if who == "asker" else pair[1]

    register.do(commands.withdraw_party, commands.OfParty, one, agency_id=leaving)

    assert between(register, *pair).state is AgreementState.NOT_PARTY
    assert between(register, *pair, day=TODAY - DAY).state is AgreementState.IN_FORCE


def test_an_agreement_that_has_ended_is_told_as_expired(register):
    one = register.in_force(ends_on=TODAY + 10 * DAY)
    pair = (register.police, register.world.agency)

    found = between(register, *pair, day=TODAY + 10 * DAY)

    assert (found.state, found.agreement_id) == (AgreementState.EXPIRED, one)


# --- Whom a request reaches ---


def route(world, at=NOW, **call):
    with world.units.read(system("test")) as uow:
        return route_to(uow, Call(agency_id=world.agency, **call), at, stale_after_days=90)


def named(register, contact_id, deputy_id=None):
    one = register.in_force()
    register.do(
        commands.save_contacts,
        commands.SaveContacts,
        one,
        agency_id=register.world.agency,
        contact_id=contact_id,
        deputy_id=deputy_id,
    )
    return one


def test_the_agreements_contact_is_asked_and_without_an_agreement_the_desk(register):
    world = register.world
    one = named(register, world.worker)

    assert route(world, agreement_id=one).reached.contact_id == world.worker
    assert route(world).reached.contact_id == world.desk
    assert [step.skip for step in route(world).steps][:2] == [Skip.NONE, Skip.NONE]


def test_an_absent_contact_is_followed_by_the_cover_and_then_their_own_deputy(register):
    world = register.world
    one = named(register, world.worker)
    with world.write() as uow:
        uow.session.add(
            Absence(
                id=uuid4(),
                contact_id=world.worker,
                from_on=TODAY,
                until_on=TODAY + DAY,
                cover_id=world.manager,
            )
        )

    found = route(world, agreement_id=one)

    assert [(step.rung, step.contact_id) for step in found.steps[:3]] == [
        (Rung.CONTACT, world.worker),
        (Rung.COVER, world.manager),
        (Rung.DEPUTY, world.deputy),
    ]
    assert found.reached.contact_id == world.manager


def test_a_contact_whose_messages_come_back_is_passed_over(register):
    world = register.world
    one = named(register, world.worker, world.deputy)
    with world.write() as uow:
        uow.session.get_one(Contact, world.worker).address_doubted_at = uow.now

    found = route(world, agreement_id=one)

    assert found.steps[0].skip is Skip.STALE
    assert found.reached.contact_id == world.deputy


def desk(world, uow, name, *, office=None, **changes):
    contact_id = world.contact(uow, uuid4(), name, role="duty_desk")
    row = uow.session.get_one(Contact, contact_id)
    row.office_id, row.preference = office, 9
    for key, value in changes.items():
        setattr(row, key, value)
    return contact_id


def test_the_desk_that_serves_the_place_comes_before_the_preferred_one(register):
    world = register.world
    office = uuid4()
    with world.write() as uow:
        uow.session.add(Office(id=office, agency_id=world.agency, name="Louth"))
        uow.session.flush()
        uow.session.add(OfficeDistrict(office_id=office, district="LN11"))
        near = desk(world, uow, "Louth desk", office=office)

    assert route(world, postcode="LN11 8AA").reached.contact_id == near
    assert route(world, postcode="LN1 1AA").reached.contact_id == world.desk
    assert route(world).reached.contact_id == world.desk


def test_the_desk_of_the_service_that_is_meant_comes_first(register):
    world = register.world
    with world.write() as uow:
        desk(world, uow, "Another desk", service_id=None, preference=-1)

    assert route(world, service_id=world.service).reached.contact_id == world.desk


def test_with_nobody_in_the_directory_the_governance_lead_of_the_agency_is_asked(register):
    world = register.world
    account = uuid4()
    with world.write() as uow:
        uow.session.add(
            Account(
                id=account,
                email="lead@council.example.org",
                name="A. Lead",
                agency_id=register.council,
                is_active=True,
                created_at=uow.now,
            )
        )
        uow.session.flush()
        uow.session.add(AccountRole(account_id=account, role=Role.GOVERNANCE_LEAD.value))

    with world.units.read(system("test")) as uow:
        council = route_to(uow, Call(agency_id=register.council), NOW, stale_after_days=90)
        police = route_to(uow, Call(agency_id=register.police), NOW, stale_after_days=90)

    assert council.reached.account_id == account
    assert police.reached.rung is Rung.HUB_GOVERNANCE


def test_of_a_suspended_agency_nobody_is_asked(register):
    world = register.world
    with world.write() as uow:
        uow.session.get_one(Agency, world.agency).suspended_at = uow.now

    assert route(world).reached.rung is Rung.HUB_GOVERNANCE


def test_on_a_bank_holiday_the_desk_waits_for_the_next_day(register):
    world = register.world
    with world.write() as uow:
        row = uow.session.get_one(Contact, world.desk)
        row.hours, row.checked_on = "Mon-Fri 09:00-17:00", date(2026, 8, 1)

    found = route(world, datetime(2026, 8, 31, 10, 0, tzinfo=UTC))  # the summer bank holiday

    assert found.steps[2].skip is Skip.OUTSIDE_HOURS
    assert "opens tomorrow" in found.steps[2].words
