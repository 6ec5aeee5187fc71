"""Two people who change one record at once: both versions are shown, and either can stay."""

from datetime import date

from hub.kernel.actor import system
from hub.people.queries.records import record_of


def record(county, person_id):
    with county.units.read(system("test")) as uow:
        return record_of(uow, person_id)


def test_two_editors_get_both_versions_and_either_can_stay(county, browser):
    one = county.registered()
    mine = browser.get("people.edit", person_id=one, part="names")
    browser.fill(mine, {"family_name": "Carter"})

    both = browser.fill(mine, {"family_name": "Hill"})

    assert both.status == 409
    assert "Hill" in both.text
    assert "Carter" in both.text
    assert both.text.count("Different") == 1
    kept = browser.fill(both, {})
    assert kept.h1 == "Beth Hill"


def test_a_stale_birth_keeps_its_date(county, browser):
    one = county.registered()
    mine = browser.get("people.edit", person_id=one, part="birth")
    browser.fill(mine, {"sex": "F"})
    both = browser.fill(mine, {"date_of_birth-day": "10"})
    assert both.status == 409
    browser.fill(both, {})
    assert record(county, one).date_of_birth == date(2006, 3, 10)


def test_two_who_add_an_address_at_once_add_two(county, browser):
    one = county.registered()
    page = browser.get("people.add_address", person_id=one)
    browser.fill(page, {"postcode": "LN1 1AA"})
    browser.fill(page, {"postcode": "LN3 4DD"})
    kept = {each.postcode for each in record(county, one).addresses}
    assert kept == {"LN1 1AA", "LN2 4ZZ", "LN3 4DD"}
