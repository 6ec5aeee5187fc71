"""What can be done to the directory, by whom, and what it refuses."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from hub.agencies import commands
from hub.agencies.commands import (
    EndWork,
    SaveAbsence,
    SaveAgency,
    SaveContact,
    SaveService,
    SaveTeam,
)
from hub.agencies.events import ContactAddressDoubted, ContactChecked
from hub.agencies.models import Absence, Agency, Contact, Office, Service
from hub.agencies.queries import absences_of, contact, contacts_by_id, desks_of, teams
from hub.agencies.queries.lists import contacts_page, stale_contacts
from hub.agencies.queries.services import public_services
from hub.agencies.rules.entries import AgencyFacts, ContactFacts, ServiceFacts
from hub.audit.models import AuditEntry
from hub.kernel.actor import PUBLIC, Actor, Role, system
from hub.kernel.errors import ConflictError, NotAllowedError, NotFoundError, RefusedError

HUB = system("test")
TODAY = date(2026, 6, 1)
FACTS = ContactFacts(role="idva", name="New Person", phone="01632 960001")


def day(number):
    return TODAY + timedelta(days=number)


def said(units, command, cmd, who=HUB):
    with units.write(who) as uow:
        return command(cmd, uow=uow)


def member(directory, *roles, contact_id=None):
    """Somebody of the invented council."""
    return Actor(
        account_id=directory.service,
        agency_id=directory.council,
        contact_id=contact_id,
        roles=frozenset(roles),
    )


def verbs(units):
    with units.read(HUB) as uow:
        return list(uow.session.scalars(select(AuditEntry.verb).order_by(AuditEntry.number)))


def test_a_contact_is_added_as_checked_today(directory, units):
    cmd = SaveContact(agency_id=directory.council, facts=replace(FACTS, hours="mon 9am to 5pm"))
    contact_id = said(units, commands.save_contact, cmd, directory.coordinator)

    with units.read(HUB) as uow:
        row = contact(uow, contact_id)
    assert (row.name, row.checked_on, row.hours) == ("New Person", TODAY, "Mon 09:00-17:00")
    assert row.verified_on == TODAY


@pytest.mark.parametrize(
    ("roles", "own", "may"),
    [
        ({Role.COORDINATOR}, False, True),
        ({Role.ADMINISTRATOR}, False, True),
        ({Role.TEAM_MANAGER}, True, True),
        ({Role.TEAM_MANAGER}, False, False),  # another agency's entries are not theirs
        ({Role.DUTY_DESK, Role.LEAVING_CARE_WORKER, Role.CHAIR, Role.REFERRER}, True, False),
    ],
)
def test_who_may_add_a_contact(directory, units, roles, own, may):
    police = directory.agencies["Examplefield Police (invented)"]
    cmd = SaveContact(agency_id=directory.council if own else police, facts=FACTS)
    who = member(directory, *roles)

    if may:
        assert said(units, commands.save_contact, cmd, who)
    else:
        with pytest.raises(NotAllowedError):
            said(units, commands.save_contact, cmd, who)


def test_the_public_finds_no_contact_to_change(directory, units):
    contact_id = directory.contacts["Jo Specimen"]
    cmd = SaveContact(agency_id=directory.council, contact_id=contact_id, facts=FACTS)

    with pytest.raises(NotFoundError):
        said(units, commands.save_contact, cmd, PUBLIC)
    with pytest.raises(NotFoundError), units.write(PUBLIC) as uow:
        commands.check_contact(contact_id, uow=uow)


@pytest.mark.parametrize(
    ("change", "field"),
    [
        ({"facts": replace(FACTS, phone="07700 900001")}, "phone"),
        ({"facts": replace(FACTS, email="a@gmail.com")}, "email"),
        ({"facts": replace(FACTS, role="social_worker")}, "service"),
        ({"facts": replace(FACTS, name="ROBIN MOCKUP")}, None),  # a namesake in another agency
        (
            {"facts": replace(FACTS, name="jo specimen", role="leaving_care_worker"), "own": True},
            "name",
        ),
        ({"service": "Examplefield Refuge"}, "service"),  # another agency's
        ({"deputy": "Jo Specimen"}, "deputy"),  # of a service, and this contact has none
        ({"deputy_id": True}, "deputy"),  # nobody
    ],
)
def test_a_contact_is_refused_at_the_field_to_mend(directory, units, change, field):
    facts = change.get("facts", FACTS)
    cmd = SaveContact(
        agency_id=directory.council,
        facts=facts,
        service_id=directory.services.get(change.get("service"))
        or (directory.service if change.get("own") else None),
        deputy_id=directory.council
        if change.get("deputy_id")
        else directory.contacts.get(change.get("deputy")),
    )

    if field is None:
        assert said(units, commands.save_contact, cmd)
        return
    with pytest.raises(RefusedError) as refused:
        said(units, commands.save_contact, cmd)
    assert refused.value.field == field


def test_a_stale_edit_is_told_what_is_saved_now(directory, units):
    contact_id = directory.contacts["Jo Specimen"]
    row = directory.row(Contact, contact_id)
    facts = ContactFacts(
        role=row.role, name=row.name, phone=row.phone, is_work_mobile=True, email=row.email
    )
    cmd = SaveContact(
        agency_id=directory.council,
        contact_id=contact_id,
        version=row.version,
        service_id=directory.service,
        facts=facts,
    )
    said(units, commands.save_contact, replace(cmd, facts=replace(facts, phone="01632 960002")))

    with pytest.raises(ConflictError) as conflict:
        said(units, commands.save_contact, replace(cmd, facts=replace(facts, name="Jo New")))

    assert conflict.value.theirs["phone"] == "01632 960002"
    assert directory.row(Contact, contact_id).name == "Jo Specimen"


def test_signing_in_meanwhile_is_no_conflict_for_somebody_who_edits(directory, units):
    contact_id = directory.contacts["Jo Specimen"]
    version = directory.row(Contact, contact_id).version
    with units.write(HUB) as uow:
        commands.contact_is_live(uow, contact_id, "signed_in")
        commands.doubt_address(uow, contact_id)

    assert directory.row(Contact, contact_id).version == version


def test_a_sign_in_renews_the_check_and_leaves_a_doubt_which_only_a_check_ends(
    directory, units, clock
):
    contact_id = directory.contacts["Jo Specimen"]
    with units.write(HUB) as uow:
        commands.doubt_address(uow, contact_id)
        assert ContactAddressDoubted(contact_id=contact_id) in uow.pending
    with units.write(HUB) as uow:
        commands.doubt_address(uow, contact_id)
        assert uow.pending == []  # it is in doubt already
    clock.advance(days=1)
    with units.write(HUB) as uow:
        commands.contact_is_live(uow, contact_id, "signed_in")
        assert uow.pending == [ContactChecked(contact_id=contact_id, how="signed_in")]
        commands.contact_is_live(uow, contact_id, "answered")
        assert len(uow.pending) == 1  # the second time on a day says nothing new

    with units.read(HUB) as uow:
        row = contact(uow, contact_id)
        assert (row.checked_on, row.verified_on) == (day(1), None)
    with units.write(directory.coordinator) as uow:
        commands.check_contact(contact_id, uow=uow)
    with units.read(HUB) as uow:
        assert contact(uow, contact_id).verified_on == day(1)


def test_a_new_address_ends_the_doubt_about_the_old_one(directory, units):
    contact_id = directory.contacts["Jo Specimen"]
    with units.write(HUB) as uow:
        commands.doubt_address(uow, contact_id)
    row = directory.row(Contact, contact_id)
    facts = ContactFacts(role=row.role, name=row.name, email="jo2@council.example.org")
    cmd = SaveContact(
        agency_id=row.agency_id,
        contact_id=row.id,
        version=row.version,
        service_id=row.service_id,
        facts=facts,
    )

    said(units, commands.save_contact, replace(cmd, facts=replace(facts, email=row.email)))
    assert directory.row(Contact, contact_id).address_doubted_at is not None
    said(units, commands.save_contact, replace(cmd, version=row.version + 1))
    assert directory.row(Contact, contact_id).address_doubted_at is None


def test_a_person_confirms_the_own_entry_and_nobody_elses(directory, units):
    own = directory.contacts["Jo Specimen"]
    outsider = Actor(
        account_id=own, contact_id=own, agency_id=own, roles=frozenset({Role.LEAVING_CARE_WORKER})
    )

    with units.write(outsider) as uow:
        commands.check_contact(own, uow=uow)
    with pytest.raises(NotAllowedError), units.write(outsider) as uow:
        commands.check_contact(directory.contacts["Kim Pattern"], uow=uow)


def test_who_has_left_cannot_be_confirmed_and_is_at_no_desk(directory, units):
    desk = directory.contacts["Leaving care duty desk"]
    row = directory.row(Contact, desk)
    with units.read(HUB) as uow:
        assert [each.id for each in desks_of(uow, [directory.service])] == [desk]

    cmd = EndWork(contact_id=desk, version=row.version, works_until=TODAY)
    said(units, commands.end_work, cmd)

    with pytest.raises(RefusedError, match="has left"), units.write(HUB) as uow:
        commands.check_contact(desk, uow=uow)
    with units.read(HUB) as uow:
        assert desks_of(uow, [directory.service]) == ()


def test_the_last_day_must_come_after_the_first(directory, units):
    contact_id = said(
        units,
        commands.save_contact,
        SaveContact(agency_id=directory.council, facts=replace(FACTS, works_from=TODAY)),
    )
    version = directory.row(Contact, contact_id).version

    with pytest.raises(RefusedError) as refused:
        said(
            units,
            commands.end_work,
            EndWork(contact_id=contact_id, version=version, works_until=TODAY),
        )

    assert refused.value.field == "works_until"


def test_an_absence_is_recorded_changed_and_removed(directory, units):
    ashley, jo = directory.contacts["Ashley Placeholder"], directory.contacts["Jo Specimen"]
    who = member(directory, Role.LEAVING_CARE_WORKER, contact_id=ashley)
    cmd = SaveAbsence(contact_id=ashley, from_on=day(1), until_on=day(8), cover_id=jo)

    absence_id = said(units, commands.save_absence, cmd, who)
    said(
        units,
        commands.save_absence,
        replace(cmd, absence_id=absence_id, until_on=day(9), cover_id=None),
        who,
    )
    with units.read(HUB) as uow:
        (away,) = absences_of(uow, [ashley, jo])[ashley]
    assert (away.from_on, away.until_on, away.cover_id) == (day(1), day(9), None)

    with units.write(who) as uow:
        commands.remove_absence(absence_id, uow=uow)
    with units.read(HUB) as uow:
        assert absences_of(uow, [ashley]) == {}
    assert sum("bsence" in verb for verb in verbs(units)) == 3


def test_absences_that_overlap_are_refused(directory, units):
    ashley = directory.contacts["Ashley Placeholder"]
    cmd = SaveAbsence(contact_id=ashley, from_on=day(1), until_on=day(8))
    said(units, commands.save_absence, cmd)

    with pytest.raises(RefusedError, match="already recorded"):
        said(units, commands.save_absence, replace(cmd, from_on=day(7), until_on=day(9)))
    said(units, commands.save_absence, replace(cmd, from_on=day(8), until_on=day(9)))


def test_an_absence_is_reached_through_its_own_contact_only(directory, units):
    ashley, kim = directory.contacts["Ashley Placeholder"], directory.contacts["Kim Pattern"]
    cmd = SaveAbsence(contact_id=ashley, from_on=day(1), until_on=day(8))
    absence_id = said(units, commands.save_absence, cmd)

    with pytest.raises(NotFoundError):
        said(units, commands.save_absence, replace(cmd, contact_id=kim, absence_id=absence_id))
    stranger = Actor(account_id=kim, agency_id=kim, roles=frozenset({Role.DUTY_DESK}))
    with pytest.raises(NotAllowedError), units.write(stranger) as uow:
        commands.remove_absence(absence_id, uow=uow)
    assert directory.row(Absence, absence_id)


def test_an_agency_that_becomes_a_refuge_goes_from_sight_with_all_it_has(directory, units):
    row = directory.row(Agency, directory.council)
    facts = AgencyFacts(name=row.name, kind="refuge")

    said(
        units,
        commands.save_agency,
        SaveAgency(agency_id=row.id, version=row.version, facts=facts),
    )

    with units.read(PUBLIC) as uow:
        shown = {service.agency_id for service in public_services(uow)}
    assert row.id not in shown
    for kind in (Service, Office, Contact):
        with units.read(HUB) as uow:
            public = uow.session.scalars(select(kind.is_public).where(kind.agency_id == row.id))
            assert not any(public)


def test_a_service_is_saved_for_another_authority_and_never_for_itself(directory, units):
    facts = ServiceFacts(kind="housing", name="Rooms", phone="01632 960001")
    cmd = SaveService(agency_id=directory.council, authority_id=directory.council, facts=facts)

    service_id = said(units, commands.save_service, cmd, directory.coordinator)

    row = directory.row(Service, service_id)
    assert (row.authority_id, row.checked_on) == (None, TODAY)
    with pytest.raises(RefusedError, match="already an entry"):
        said(units, commands.save_service, cmd)


def test_a_team_has_a_manager_of_the_same_agency(directory, units):
    cmd = SaveTeam(service_id=directory.service, name="South")
    said(units, commands.save_team, replace(cmd, manager_id=directory.contacts["Morgan Sample"]))
    with pytest.raises(RefusedError) as refused:
        said(
            units,
            commands.save_team,
            replace(cmd, name="West", manager_id=directory.contacts["Kim Pattern"]),
        )

    assert refused.value.field == "manager"
    with units.read(HUB) as uow:
        assert [team.name for team in teams(uow, [directory.service])] == ["North", "South"]


def test_every_change_is_in_the_trail(directory, units):
    before = len(verbs(units))
    said(units, commands.save_contact, SaveContact(agency_id=directory.council, facts=FACTS))
    with units.write(HUB) as uow:
        commands.check_service(directory.service, uow=uow)
        commands.check_contact(directory.contacts["Jo Specimen"], uow=uow)

    assert len(verbs(units)) == before + 3


def test_stale_entries_come_oldest_first_and_a_page_at_a_time(directory, units, clock):
    names = ["Jo Specimen", "Kim Pattern", "Pat Model"]
    for name in names:
        with units.write(HUB) as uow:
            commands.check_contact(directory.contacts[name], uow=uow)
        clock.advance(days=1)
    clock.advance(days=89)  # the first was checked 92 days ago, the last 90

    seen, after = [], None
    with units.read(HUB) as uow:
        while True:
            page = stale_contacts(uow, stale_after_days=90, after=after, limit=2)
            seen += [row.name for row in page.contacts]
            after = page.next
            if after is None:
                break

    assert seen[-2:] == ["Jo Specimen", "Kim Pattern"]  # after those never checked
    assert "Pat Model" not in seen
    assert len(seen) == len(set(seen)) == len(directory.contacts) - 1


def test_a_list_of_people_comes_a_page_at_a_time(directory, units):
    seen, after = [], None
    with units.read(HUB) as uow:
        while True:
            rows, after = contacts_page(uow, agency_id=directory.council, after=after, limit=2)
            seen += [row.name for row in rows]
            if after is None:
                break

    assert seen == sorted(seen)
    assert len(seen) == 7


def test_many_contacts_are_read_in_one_statement(directory, units, counted):
    with units.read(HUB) as uow, counted() as sent:
        found = contacts_by_id(uow, directory.contacts.values())

    assert len(found) == len(directory.contacts)
    assert len(sent) == 1
