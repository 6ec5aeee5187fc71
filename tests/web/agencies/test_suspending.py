"""An administrator lets an agency not take part, and again; others read that and not why."""

import pytest

from hub.kernel.actor import Role
from kit.hub import sign_in_as
from kit.pages import PageClient

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def at(app, units, as_role, directory):
    def opened(role):
        browser = PageClient(app)
        sign_in_as(browser.client, as_role(role), units)
        return browser

    return opened


def test_an_administrator_suspends_and_resumes_an_agency(at, council):
    browser = at(Role.ADMINISTRATOR)
    shown = browser.get("agencies.agency", agency_id=council)
    page = browser.get(shown.links["It does not take part for a while"])

    wrong = browser.fill(page, {"why": ""})
    assert wrong.errors == {"why": "Enter why it does not take part"}
    shown = browser.fill(wrong, {"why": "Their contract ended"})

    assert "This agency does not take part at present." in shown.text
    assert "Why: Their contract ended" in shown.text
    shown = browser.fill(shown, {}, action=f"/directory/agencies/{council}/resume")
    assert "takes part again" in shown.text
    assert "does not take part at present" not in shown.text


def test_others_read_that_it_does_not_take_part_and_not_why(at, council):
    browser = at(Role.ADMINISTRATOR)
    page = browser.get("agencies.suspend", agency_id=council)
    browser.fill(page, {"why": "Their contract ended"})

    other = at(Role.REFERRER).get("agencies.agency", agency_id=council)
    assert "This agency does not take part at present." in other.text
    assert "contract" not in other.text
    assert "Let it take part again" not in other.text
    lead = at(Role.GOVERNANCE_LEAD).get("agencies.agency", agency_id=council)
    assert "Why: Their contract ended" in lead.text


@pytest.mark.parametrize("role", [Role.COORDINATOR, Role.GOVERNANCE_LEAD, Role.TEAM_MANAGER])
def test_nobody_else_has_the_page(at, council, role):
    browser = at(role)
    browser.get("agencies.suspend", agency_id=council, status=404)
    browser.post("agencies.resume", status=404, agency_id=council)


def test_of_two_who_suspend_at_once_the_later_reads_both(at, council):
    first, second = at(Role.ADMINISTRATOR), at(Role.ADMINISTRATOR)
    pages = [one.get("agencies.suspend", agency_id=council) for one in (first, second)]
    first.fill(pages[0], {"why": "Their contract ended"})

    later = second.fill(pages[1], {"why": "A breach"})

    assert later.status == 409
