"""One box that answers who to ring, on both databases."""

import pytest
from sqlalchemy import select

from hub.agencies.commands import SaveContact, SaveOffice, save_contact, save_office
from hub.agencies.commands.contacts import EndWork, end_work
from hub.agencies.models import Contact, DirectoryGram, Office
from hub.agencies.queries.search import search
from hub.agencies.queries.services import leaving_care_service_for, public_services
from hub.agencies.rules.entries import ContactFacts, OfficeFacts
from hub.kernel.actor import PUBLIC, system

HUB = system("test")
LINCOLNSHIRE = "Lincolnshire Leaving Care Service"
WEST_SUSSEX = "West Sussex Leaving Care Service"
EXAMPLEFIELD = "Examplefield Leaving Care Service"


def found(units, typed, who=PUBLIC):
    with units.read(who) as uow:
        answers = search(uow, typed)
    return [answer.service.name for answer in answers.services]


def people(units, typed, who=HUB):
    with units.read(who) as uow:
        return [row.name for row in search(uow, typed).contacts]


@pytest.mark.parametrize(
    ("typed", "first", "office"),
    [
        ("who do I ring for leaving care in Louth, now?", LINCOLNSHIRE, "Louth"),
        ("leaving care louth", LINCOLNSHIRE, "Louth"),
        ("leavng care lowth", LINCOLNSHIRE, "Louth"),
        ("care leavers luoth", LINCOLNSHIRE, "Louth"),
        ("personal adviser Sleeford", LINCOLNSHIRE, "Sleaford"),
        ("after care peterboro", LINCOLNSHIRE, "Peterborough"),
        ("leaving care LN11 9AA", LINCOLNSHIRE, "Louth"),
        ("LN11", LINCOLNSHIRE, "Louth"),
        ("ng34 8ab", LINCOLNSHIRE, "Sleaford"),
        ("barnardos lincoln", LINCOLNSHIRE, "Lincoln"),
        ("Barnardo's", LINCOLNSHIRE, None),
        ("leaving care lincolnshire", LINCOLNSHIRE, None),
        ("leaving care west susex", WEST_SUSSEX, None),
        ("leaving care North Examplefield", EXAMPLEFIELD, "Market Square"),
        ("advocacy sussex", "West Sussex Advocacy Service", None),
        ("housing examplefield", "Examplefield Housing Options", None),
        ("domestic abuse help examplfield", "Examplefield Domestic Abuse Helpline", None),
        ("mental health", "Examplefield Mental Health Single Point of Access", None),
    ],
)
def test_a_place_and_a_need_find_the_number_whatever_the_slip(
    directory, units, typed, first, office
):
    with units.read(PUBLIC) as uow:
        best = search(uow, typed).services[0]

    assert best.service.name == first
    assert best.phone
    assert (best.near.name if best.near else None) == office


@pytest.mark.parametrize(
    ("typed", "names"),
    [
        ("ashly placholder", ["Ashley Placeholder"]),
        ("placeholder", ["Ashley Placeholder"]),
        ("specimen jo", ["Jo Specimen"]),
        ("kim", ["Kim Pattern"]),
        ("kim pattern idva", []),  # the role must be right as well
        ("Caldicot", ["Dr Hilary Prototype"]),
        ("idva", ["Robin Mockup"]),
        ("team manager examplefield", ["Morgan Sample"]),
        ("leaving care worker market square", ["Ashley Placeholder", "Jo Specimen"]),
        ("spoc police", ["Information requests desk"]),
    ],
)
def test_people_are_found_by_name_role_and_agency(directory, units, typed, names):
    assert people(units, typed) == names


def test_the_agency_named_beside_a_role_comes_first(directory, units):
    assert people(units, "marac rep police")[0] == "Chris Exemplar"


def test_the_public_finds_no_people_and_nothing_hidden(directory, units):
    assert people(units, "ashley placeholder", PUBLIC) == []
    assert found(units, "refuge", PUBLIC) == []
    assert found(units, "marac", PUBLIC) == []
    assert found(units, "refuge", HUB) == ["Examplefield Refuge"]
    assert found(units, "marac", HUB) == ["Examplefield MARAC"]


def test_a_hidden_office_leads_the_public_nowhere(directory, units):
    facts = OfficeFacts(name="Hideaway", is_public=False, serves=("ZE1",))
    cmd = SaveOffice(agency_id=directory.council, service_id=directory.service, facts=facts)
    with units.write(HUB) as uow:
        save_office(cmd, uow=uow)

    assert found(units, "Hideaway", PUBLIC) == []
    assert found(units, "ZE1", PUBLIC) == []
    assert found(units, "leaving care ZE1", HUB) == [EXAMPLEFIELD]


def test_a_place_that_nobody_knows_still_gives_the_kind_of_help(directory, units):
    with units.read(PUBLIC) as uow:
        answers = search(uow, "leaving care Skegness")

    assert answers.lost == ("skegness",)
    assert {each.service.name for each in answers.services} == {
        LINCOLNSHIRE,
        WEST_SUSSEX,
        EXAMPLEFIELD,
    }


@pytest.mark.parametrize("typed", ["", "   ", "who", "zzzzzz", "%", "_", "'; drop table", "🙂"])
def test_what_means_nothing_finds_nothing(directory, units, typed):
    assert found(units, typed) == []


def test_who_has_left_is_no_longer_found_and_a_forgotten_name_leaves_no_letters(
    directory, units, clock
):
    contact_id = directory.contacts["Kim Pattern"]
    row = directory.row(Contact, contact_id)
    with units.write(HUB) as uow:
        end_work(
            EndWork(contact_id=contact_id, version=row.version, works_until=uow.today), uow=uow
        )
    assert people(units, "kim pattern") == []

    row = directory.row(Contact, contact_id)
    facts = ContactFacts(role=row.role, name="Somebody Else", phone=row.phone)
    cmd = SaveContact(
        agency_id=row.agency_id, contact_id=contact_id, version=row.version, facts=facts
    )
    with units.write(HUB) as uow:
        save_contact(cmd, uow=uow)
    assert people(units, "somebody else") == ["Somebody Else"]
    assert people(units, "pattern") == []
    with units.read(HUB) as uow:
        letters = set(uow.session.scalars(select(DirectoryGram.word)))
    assert "pattern" not in letters
    assert "else" in letters


def test_a_renamed_office_is_found_by_its_new_name_only(directory, units):
    with units.read(HUB) as uow:
        row = uow.session.scalars(select(Office).where(Office.name == "Louth")).one()
    facts = OfficeFacts(name="Mablethorpe", serves=("LN12",))
    cmd = SaveOffice(
        agency_id=row.agency_id,
        office_id=row.id,
        version=row.version,
        service_id=row.service_id,
        facts=facts,
    )
    with units.write(HUB) as uow:
        save_office(cmd, uow=uow)

    assert found(units, "leaving care mablethorp") == [LINCOLNSHIRE]
    assert found(units, "LN12") == [LINCOLNSHIRE]
    assert found(units, "LN11") == []


def test_statements_do_not_grow_with_what_is_found(directory, units, counted):
    with units.read(HUB) as uow, counted() as few:
        search(uow, "leaving care louth")
    with units.read(HUB) as uow, counted() as many:
        search(uow, "examplefield")

    assert max(len(few), len(many)) <= 14


@pytest.mark.parametrize(
    ("postcode", "service"),
    [
        ("LN11 9AA", LINCOLNSHIRE),
        ("ln24jb", LINCOLNSHIRE),
        ("NG34", LINCOLNSHIRE),
        ("BN11 1AA", None),  # nobody says who serves it
        ("nonsense", None),
        ("", None),
    ],
)
def test_a_postcode_belongs_to_the_service_whose_office_serves_it(
    directory, units, postcode, service
):
    with units.read(HUB) as uow:
        row = leaving_care_service_for(uow, postcode=postcode)

    assert (row.name if row else None) == service


def test_the_narrower_claim_to_a_postcode_wins_and_two_equal_ones_leave_it_to_a_person(
    directory, units
):
    def claim(name, places):
        facts = OfficeFacts(name=name, serves=places)
        cmd = SaveOffice(agency_id=directory.council, service_id=directory.service, facts=facts)
        with units.write(HUB) as uow:
            save_office(cmd, uow=uow)

    claim("Narrow", ("LN11 9",))
    with units.read(HUB) as uow:
        assert leaving_care_service_for(uow, postcode="LN11 9AA").name == EXAMPLEFIELD
        assert leaving_care_service_for(uow, postcode="LN11 7AA").name == LINCOLNSHIRE
    claim("Broad", ("LN11",))
    with units.read(HUB) as uow:
        assert leaving_care_service_for(uow, postcode="LN11 7AA") is None


def test_an_authority_has_the_service_that_is_delivered_for_it_or_by_it(directory, units):
    with units.read(HUB) as uow:
        by = {
            name: leaving_care_service_for(uow, authority_id=directory.agencies[name])
            for name in ("Lincolnshire County Council", "West Sussex County Council")
        }
        nobody = leaving_care_service_for(
            uow, authority_id=directory.agencies["Examplefield Police (invented)"]
        )

    assert [row.name for row in by.values()] == [LINCOLNSHIRE, WEST_SUSSEX]
    assert nobody is None


def test_public_services_come_a_page_at_a_time_each_once(directory, units):
    seen, after = [], None
    with units.read(PUBLIC) as uow:
        while rows := public_services(uow, after=after, limit=2):
            seen += [row.name for row in rows]
            after = rows[-1].name, rows[-1].id

    assert len(seen) == len(set(seen)) == 9
    assert "Examplefield Refuge" not in seen
