"""What the public sees of the directory, and what only people signed in see."""

import pytest

from hub.agencies.commands import SaveContact, SaveOffice, save_contact, save_office
from hub.agencies.models import Agency
from hub.agencies.rules.entries import ContactFacts, OfficeFacts
from hub.kernel.actor import Role, system
from kit.pages import PageClient

SECRET = [
    "Ashley Placeholder",  # a named leaving care worker
    "Jo Specimen",
    "Morgan Sample",  # a team manager
    "Frankie Instance",  # a social worker
    "Sidney Template",  # a MARAC co-ordinator
    "Chris Exemplar",  # a MARAC representative
    "Robin Mockup",  # an Idva
    "Examplefield Refuge",
    "Examplefield MARAC",
    "ashley.placeholder@council.example.org",
    "07700 900101",
    "01632 960140",  # the refuge
    "Kept at the office",  # the refuge's address
]
SEARCHES = [
    "Ashley Placeholder",
    "leaving care worker Examplefield",
    "leaving care Examplefield",
    "team manager",
    "MARAC representative",
    "MARAC Examplefield",
    "refuge Examplefield",
    "Examplefield refuge house",
    "Idva",
    "Caldicott Guardian",
    "Examplefield",
]


def nothing_secret(page):
    html = page.response.get_data(as_text=True)
    said = [each for each in SECRET if each in html.split("<main")[1].replace('value="', "")]
    return [each for each in said if not is_typed(page, each)]


def is_typed(page, text):
    """The search box shows again what the visitor typed, which tells the visitor nothing."""
    typed = [each.attributes.get("value", "") for each in page.root.all("input")]
    return text in typed and page.response.get_data(as_text=True).count(text) == 1


@pytest.mark.parametrize("typed", SEARCHES)
def test_a_public_search_tells_of_no_staff_no_refuge_and_no_marac(public, typed):
    page = public.post("agencies.services", {"q": typed}, status=200)

    assert nothing_secret(page) == []


def test_the_public_list_and_every_page_it_leads_to_tell_nothing_secret(public):
    listed = public.get("agencies.services")
    assert nothing_secret(listed) == []
    pages = [href for href in listed.links.values() if href.startswith("/services/")]
    assert len(pages) == 9  # three real services and six invented ones are public

    for href in pages:
        assert nothing_secret(public.get(href)) == []


def test_a_public_desk_is_on_the_page_of_its_service(public, directory):
    page = public.get(
        "agencies.service", service_id=directory.services["Examplefield Leaving Care Service"]
    )

    assert "Leaving care duty desk" in page.text
    assert "duty@council.example.org" in page.text


@pytest.mark.parametrize("name", ["Examplefield Refuge", "Examplefield MARAC"])
def test_a_hidden_service_is_the_same_as_none_for_the_public(public, directory, name):
    page = public.get("agencies.service", service_id=directory.services[name], status=404)
    absent = public.get(
        "agencies.service", service_id=directory.agencies["Barnardo\u2019s"], status=404
    )

    assert page.text == absent.text


@pytest.mark.parametrize(
    "endpoint",
    ["agencies.directory", "agencies.stale", "agencies.import_file", "agencies.add_agency"],
)
def test_the_public_is_sent_to_sign_in(public, endpoint):
    answer = public.client.get(public.address(endpoint))

    assert answer.status_code in (302, 303)
    assert "/sign-in" in answer.location


@pytest.mark.parametrize("endpoint", ["agencies.agency", "agencies.contact_page"])
def test_the_public_cannot_tell_a_record_from_none(public, directory, endpoint):
    contact = directory.contacts["Ashley Placeholder"]
    agency = directory.agencies["Examplefield Refuge (invented)"]
    ids = {"contact_id": contact} if "contact" in endpoint else {"agency_id": agency}

    answer = public.client.get(public.address(endpoint, **ids))

    assert answer.status_code in (302, 303, 404)
    assert "Placeholder" not in answer.get_data(as_text=True)


def test_the_public_export_is_no_file(public):
    answer = public.client.post(public.address("agencies.export_file"))

    assert answer.mimetype != "text/csv"
    assert "Placeholder" not in answer.get_data(as_text=True)


@pytest.mark.parametrize("role", [Role.REFERRER, Role.LEAVING_CARE_WORKER, Role.CHAIR])
def test_anybody_signed_in_finds_staff_refuges_and_marac_contacts(browse_as, directory, role):
    browser = browse_as(role)

    for typed, found in [
        ("ashly placholder", "Ashley Placeholder"),
        ("refuge", "Examplefield Refuge"),
        ("marac rep police", "Chris Exemplar"),
    ]:
        assert found in browser.post("agencies.directory", {"q": typed}, status=200).text


@pytest.mark.parametrize(
    "role", [Role.REFERRER, Role.LEAVING_CARE_WORKER, Role.CHAIR, Role.DUTY_DESK]
)
def test_who_may_not_bring_in_or_take_out_a_file_finds_no_such_page(browse_as, directory, role):
    browser = browse_as(role)

    browser.get("agencies.import_file", status=404)
    browser.post("agencies.export_file", {}, status=404)


def test_a_team_manager_changes_the_own_agency_only(browse_as, directory, council):
    browser = browse_as(Role.TEAM_MANAGER, agency_id=council)
    own, other = directory.contacts["Ashley Placeholder"], directory.contacts["Chris Exemplar"]

    browser.get("agencies.change_contact", contact_id=own)
    browser.get("agencies.change_contact", contact_id=other, status=404)
    browser.get("agencies.add_contact", agency_id=council)
    police = directory.agencies["Examplefield Police (invented)"]
    browser.get("agencies.add_contact", agency_id=police, status=404)
    browser.post(
        "agencies.add_contact", {"name": "New", "role": "idva"}, agency_id=police, status=404
    )
    browser.get("agencies.add_agency", status=404)


def test_a_worker_confirms_and_records_absence_for_the_own_entry_only(
    browse_as, directory, council
):
    own, other = directory.contacts["Ashley Placeholder"], directory.contacts["Chris Exemplar"]
    browser = browse_as(Role.LEAVING_CARE_WORKER, agency_id=council, contact_id=own)

    browser.get("agencies.add_absence", contact_id=own)
    browser.get("agencies.add_absence", contact_id=other, status=404)
    browser.post("agencies.check_contact", {}, contact_id=other, status=404)
    mate = directory.contacts["Jo Specimen"]
    browser.get("agencies.add_absence", contact_id=mate, status=404)


def test_a_search_never_stands_in_an_address(public):
    answer = public.client.get(public.address("agencies.services") + "?q=louth")

    assert b"01522 575955" in answer.data  # the list of all, since q is not read from an address
    assert isinstance(public, PageClient)
    assert 'value="louth"' not in answer.get_data(as_text=True)


def test_a_desk_and_an_office_that_are_not_public_stay_off_the_public_page(
    public, directory, units, council
):
    service_id = directory.services["Examplefield Social Work Teams"]
    desk = ContactFacts(role="duty_desk", name="Back desk", phone="01632 960888")
    office = OfficeFacts(name="Backroom", address="2 Hidden Lane", is_public=False)
    with units.write(system("test")) as uow:
        save_contact(SaveContact(agency_id=council, service_id=service_id, facts=desk), uow=uow)
        save_office(SaveOffice(agency_id=council, service_id=service_id, facts=office), uow=uow)

    pages = [
        public.get("agencies.service", service_id=service_id),
        public.post("agencies.services", {"q": "social work examplefield"}, status=200),
    ]

    for page in pages:
        assert "Examplefield Social Work Teams" in page.root.all("main")[0].text
        for secret in ("Back desk", "01632 960888", "Backroom", "Hidden Lane"):
            assert secret not in page.text


def test_an_agency_that_is_suspended_is_gone_for_the_public(public, directory, units, council):
    service_id = directory.services["Examplefield Leaving Care Service"]
    with units.write(system("test")) as uow:
        uow.session.get_one(Agency, council).suspended_at = uow.now

    public.get("agencies.service", service_id=service_id, status=404)
    for page in (
        public.get("agencies.services"),
        public.post("agencies.services", {"q": "leaving care examplefield"}, status=200),
    ):
        assert "Examplefield Leaving Care Service" not in page.text
