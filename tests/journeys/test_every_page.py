"""axe looks at every page that there is, with records on it, at 400%: the narrowest screen.

A page that nobody can open here is named, with who looks at it instead; a page that is new and
opened by nobody makes this red.
"""

import threading
from uuid import UUID

import pytest
from axe_playwright_python.sync_playwright import Axe
from sqlalchemy import text
from werkzeug.serving import make_server

from guards.test_get_never_writes import addresses, app, browser_of, plain, town, units
from hub.kernel.actor import Role
from hub.web.guard import READING
from kit.keyboard import REFLOW
from parts.further import FURTHER, somebody_goes_on

__all__ = ["app", "plain", "town", "units"]

UNSEEN = {
    "access.accept",  # its address is a secret
    "agencies.import_report",
    "asking.sign",  # waits for a colleague
    "holding.message",
    "marac.same",
    "marac.transfer_send",
    "people.report",
    "rights.correction",
    "weighing.weigh",
}
"""Pages that nobody here has a record for: the tests of each review its HTML."""

ELSEWHERE = {"asking.resume", "referrals.resume", "people.no_addresses"}
"""Addresses that only send on."""

EVERYBODY = tuple(
    dict.fromkeys(
        (None, Role.COORDINATOR, Role.DUTY_DESK, Role.GOVERNANCE_LEAD, Role.REFERRER, *Role)
    )
)
"""Who tries to open pages; those first who can open most, so that few have to be tried again."""

AXE = """axe.run({resultTypes: ['violations'], iframes: false, preload: false})
  .then((found) => found.violations)"""


@pytest.fixture(scope="module")
def pages(app, town, units, plain):
    """Return where each page is and for whom: of an endpoint the first that can be opened."""
    somebody_goes_on(units)
    with plain.connect() as connection:
        further = [
            (endpoint, shape.format(*map(UUID, ids)))
            for endpoint, shape, query in FURTHER
            for ids in connection.execute(text(query))
        ]
    wanted = [*further, *addresses(app, plain, town.mailbox)]
    found = {}
    for role in EVERYBODY:
        client = browser_of(app, units, role)
        for endpoint, address in wanted:
            if endpoint not in found:
                answer = client.get(address)
                if answer.status_code == 200:
                    found[endpoint] = (role, address, answer.mimetype)
    return found


@pytest.fixture(scope="module")
def served(app, town):
    server = make_server("127.0.0.1", town.port, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield town.address
    server.shutdown()
    thread.join()
    server.server_close()


def narrow(chromium, app, units, served, role):
    """Return a tab on a screen at 400%, in which somebody of a role is signed in."""
    context = chromium.new_context(viewport={"width": REFLOW, "height": 800}, locale="en-GB")
    name = app.config["SESSION_COOKIE_NAME"]
    if kept := browser_of(app, units, role).get_cookie(name):
        context.add_cookies([{"name": name, "value": kept.value, "url": served}])
    return context


def faults_of(tab):
    """Return what axe finds on the page that a tab shows, and what runs off its side."""
    tab.evaluate(Axe().axe_script)
    found = [f"{each['id']}: {each['nodes'][0]['html']}" for each in tab.evaluate(AXE)]
    reach = tab.evaluate("document.documentElement.scrollWidth")
    return found + ([f"{reach} wide"] if reach > REFLOW else [])


def unopened(app, pages):
    """Return the pages that nobody could open; files and the machine's door are none."""
    every = {rule.endpoint for rule in app.url_map.iter_rules() if rule.methods & READING}
    files = {name for name in every if name.endswith((".file", "_file"))}
    never = every - set(pages) - files - ELSEWHERE - {"static", "sharing.copy"}
    return {name for name in never if not name.startswith("api_")}


@pytest.mark.timeout(900)
def test_axe_finds_nothing_on_any_page_and_nothing_runs_off_the_side(
    chromium, app, units, served, pages
):
    assert unopened(app, pages) == UNSEEN, unopened(app, pages) ^ UNSEEN
    faults = {}
    for role in EVERYBODY:
        context = narrow(chromium, app, units, served, role)
        tab = context.new_page()
        for endpoint, (whose, address, kind) in pages.items():
            if whose is role and kind == "text/html":
                tab.goto(served + address)
                tab.wait_for_selector("body.govuk-frontend-supported")
                faults[endpoint] = faults_of(tab)
        context.close()
    assert {endpoint: found for endpoint, found in faults.items() if found} == {}


def test_the_guard_itself_sees_a_fault(chromium):
    tab = chromium.new_page(viewport={"width": REFLOW, "height": 800})
    tab.set_content("<html lang=en><title>x</title><main><h1 style='width:400px'>x</h1><input>")
    assert [one.partition(":")[0] for one in faults_of(tab)] == ["label", "408 wide"]
    tab.close()
