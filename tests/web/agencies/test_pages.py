"""The directory's pages, as somebody works with them."""

import io

import pytest

from hub.agencies.models import Contact
from hub.kernel.actor import Role, system


@pytest.fixture
def jo(directory):
    return directory.contacts["Jo Specimen"]


def test_the_number_stands_before_everything_else_that_is_found(public):
    page = public.get("agencies.services")
    found = public.fill(page, {"q": "who do I ring for leaving care in Lowth, now?"})

    assert found.status == 200
    assert "1 service" in found.text
    assert found.links["Lincolnshire Leaving Care Service"].startswith("/services/")
    number = next(text for text in found.links if text.startswith("01522 575955"))
    assert found.links[number] == "tel:01522575955"


def test_an_empty_search_says_what_to_do(public):
    page = public.post("agencies.services", {"q": "  "})

    assert page.errors == {"q": "Enter what you are looking for"}


def test_a_search_without_an_answer_offers_a_way_on(public):
    page = public.post("agencies.services", {"q": "zzzzzz"}, status=200)

    assert "Nothing found" in page.text
    assert "999" in page.text


def test_a_place_that_nobody_knows_is_said(public):
    page = public.post("agencies.services", {"q": "leaving care Skegness"}, status=200)

    assert "skegness" in page.text
    assert "Lincolnshire Leaving Care Service" in page.text


def test_a_public_page_can_be_left_quickly(public):
    assert "Leave this page" in public.get("agencies.services").response.get_data(as_text=True)


def test_every_page_of_reading_stands_up(coordinator, directory, jo):
    for endpoint, ids in [
        ("agencies.directory", {}),
        ("agencies.stale", {}),
        ("agencies.import_file", {}),
        ("agencies.agency", {"agency_id": directory.agencies["Examplefield Refuge (invented)"]}),
        ("agencies.agency", {"agency_id": directory.agencies["Lincolnshire County Council"]}),
        ("agencies.staff_service", {"service_id": directory.services["Examplefield Refuge"]}),
        ("agencies.contact_page", {"contact_id": jo}),
        ("agencies.service", {"service_id": directory.services["Examplefield Housing Options"]}),
    ]:
        assert coordinator.get(endpoint, **ids).h1


def test_an_address_that_means_nothing_is_no_page(coordinator):
    for path in ("/directory?after=x", "/services?after=x", "/directory/check?after=x_y"):
        coordinator.get(path, status=404)


def test_an_agency_with_all_it_has_is_made_by_forms(coordinator, directory):
    page = coordinator.fill(
        coordinator.get("agencies.add_agency"),
        {"name": "Testshire Council", "kind": "local_authority", "areas": "Testshire\nWolds"},
    )
    assert page.h1 == "Testshire Council"
    assert "Works in Testshire, Wolds" in page.text

    agency = page
    page = coordinator.fill(
        coordinator.get(agency.links["Add a service"]),
        {
            "name": "Testshire Leaving Care",
            "kind": "leaving_care",
            "phone": "01632 960301",
            "hours": "weekdays 9am to 5pm",
        },
    )
    assert page.h1 == "Testshire Leaving Care"
    assert "Monday to Friday, 9am to 5pm" in page.text

    coordinator.fill(
        coordinator.get(agency.links["Add an office"]),
        {"name": "Wold Newton", "serves": "yo25, Wold Top"},
    )
    service_page = page
    coordinator.fill(coordinator.get(service_page.links["Add a team"]), {"name": "Wolds team"})
    form = coordinator.get(agency.links["Add a contact"])
    service_id = service_page.response.request.path.rsplit("/", 1)[1]
    page = coordinator.fill(
        form,
        {
            "name": "Terry Trial",
            "role": "leaving_care_worker",
            "service": service_id,
            "email": "terry.trial@testshire.example.org",
        },
    )
    assert page.h1 == "Terry Trial"
    assert "Checked today" in page.text

    found = coordinator.post("agencies.directory", {"q": "leaving care wold newtn"}, status=200)
    assert "Wold Newton office" in found.text
    assert "01632 960301" in found.text


def test_a_form_keeps_what_was_typed_and_names_the_field_and_the_cure(coordinator, jo):
    form = coordinator.get("agencies.change_contact", contact_id=jo)
    sent = form.filled()
    sent.pop("is_work_mobile")
    wrong = coordinator.post(
        "agencies.change_contact",
        {**sent, "phone": "07700 900555", "out_of_hours": "Ring the desk"},
        contact_id=jo,
    )

    assert list(wrong.errors) == ["phone"]
    assert "Tick that it is a work mobile" in wrong.errors["phone"]
    assert wrong.filled()["out_of_hours"] == ["Ring the desk"]
    assert wrong.filled()["phone"] == ["07700 900555"]


def test_two_people_who_edit_get_both_versions(coordinator, directory, units, jo):
    form = coordinator.get("agencies.change_contact", contact_id=jo)
    coordinator.fill(form, {"phone": "01632 960401"})
    both = coordinator.fill(form, {"phone": "01632 960402"})

    assert both.status == 409
    assert "01632 960401" in both.text
    assert "01632 960402" in both.text
    assert both.text.count("Different") == 1  # the role, the team and the ticks are the same
    coordinator.fill(both, {}, action=f"/directory/contacts/{jo}/change")
    with units.read(system("test")) as uow:
        assert uow.session.get(Contact, jo).phone == "01632 960402"


def test_an_absence_is_recorded_shown_changed_and_removed(
    coordinator, browse_as, directory, jo, clock
):
    ashley = directory.contacts["Ashley Placeholder"]
    form = coordinator.get("agencies.add_absence", contact_id=jo)
    wrong = coordinator.fill(
        form,
        {
            "from_on-day": "10", "from_on-month": "6", "from_on-year": "2026",
            "until_on-day": "10", "until_on-month": "6", "until_on-year": "2026",
        },
    )  # fmt: skip
    assert wrong.errors == {"until_on-day": "The first day back must be after the first day away"}
    page = coordinator.fill(wrong, {"until_on-day": "12", "cover": str(ashley)})
    assert "10 June 2026" in page.text
    clock.advance(days=9)
    again = browse_as(Role.COORDINATOR, name="The next day's co-ordinator")
    page = again.get("agencies.contact_page", contact_id=jo)
    assert "Away until 12 June 2026, the first day back. Ashley Placeholder covers." in page.text

    absences = [href for href in page.links.values() if "/absences/" in href]
    change = next(href for href in absences if href.endswith("/change"))
    page = again.fill(again.get(change), {"until_on-day": "14"})
    assert "14 June 2026" in page.text
    actions = [each.attributes["action"] for each in page.root.all("form")]
    remove = next(action for action in actions if action.endswith("/remove"))
    assert "14 June 2026" not in again.fill(page, {}, action=remove).text


def test_one_click_confirms_an_entry_and_takes_it_off_the_list(coordinator, jo):
    listed = coordinator.get("agencies.stale")
    assert "Jo Specimen" in listed.text

    page = coordinator.fill(listed, {}, action=f"/directory/contacts/{jo}/check")

    assert "Checked today" in page.text
    assert "Jo Specimen" not in coordinator.get("agencies.stale").text


def test_a_worker_sees_the_own_agencys_stale_entries_only(browse_as, directory, council):
    worker = browse_as(Role.LEAVING_CARE_WORKER, agency_id=council)
    listed = worker.get("agencies.stale")

    assert "Jo Specimen" in listed.text
    assert "Kim Pattern" not in listed.text


def test_somebody_leaves_and_is_shown_as_gone(coordinator, jo):
    form = coordinator.get("agencies.contact_left", contact_id=jo)
    page = coordinator.fill(
        form,
        {"works_until-day": "1", "works_until-month": "6", "works_until-year": "2026"},
    )

    assert "left the agency on 1 June 2026" in page.text


def sent_file(browser, text, name="directory.csv"):
    """Send a file as a browser would, and return the address of its report."""
    answer = browser.client.post(
        "/directory/import",
        data={
            "csrf_token": browser.token(),
            "file": (io.BytesIO(text.encode()), name),
        },
        headers={"Sec-Fetch-Site": "same-origin"},
        content_type="multipart/form-data",
    )
    assert answer.status_code == 303, answer.get_data(as_text=True)
    return answer.location


def taken_out(browser):
    answer = browser.client.post(
        "/directory/export",
        data={"csrf_token": browser.token()},
        headers={"Sec-Fetch-Site": "same-origin"},
    )
    assert answer.mimetype == "text/csv"
    assert "attachment" in answer.headers["Content-Disposition"]
    return answer.get_data().decode("utf-8-sig")


def test_a_file_is_reported_on_first_and_then_taken_in_whole(coordinator, units, jo):
    text = taken_out(coordinator).replace("jo.specimen@", "jo.new@")

    report = coordinator.get(sent_file(coordinator, text))
    assert "0 added, 1 changed, 44 as they are" in report.text
    with units.read(system("test")) as uow:
        assert uow.session.get(Contact, jo).email.startswith("jo.specimen@")

    done = coordinator.fill(report, {}, action=report.response.request.path)
    assert "0 added, 1 changed" in done.text
    with units.read(system("test")) as uow:
        assert uow.session.get(Contact, jo).email.startswith("jo.new@")
    assert (
        "says what is in the directory already"
        in coordinator.get(sent_file(coordinator, text)).text
    )


def test_a_wrong_file_is_reported_by_line_and_column_and_offers_no_button(coordinator, jo):
    text = taken_out(coordinator).replace("jo.specimen@council.example.org", "jo@hotmail.com")

    report = coordinator.get(sent_file(coordinator, text))

    assert report.h1 == "The file cannot be taken in"
    assert "33 email hotmail.com is a private e-mail service" in report.text
    assert [f.attributes["action"] for f in report.root.all("main")[0].all("form")] == []
    refused = coordinator.post(report.response.request.path, {})
    assert refused.h1 == "The file cannot be taken in"


def test_no_file_is_said_beside_the_field(coordinator):
    page = coordinator.post("agencies.import_file", {})

    assert page.errors == {"file": "Choose a file that is not empty"}


def test_somebody_elses_file_is_no_file(coordinator, browse_as, directory):
    where = sent_file(coordinator, taken_out(coordinator))

    other = browse_as(Role.COORDINATOR, name="Another Co-ordinator")

    other.get(where, status=404)
