"""What tests of an asker's pages share: who is there, and the shortest way through the pages."""

import re
from uuid import UUID

import pytest

from hub.agencies.commands.indexing import index_agency
from hub.agencies.models import Service
from kit.asking import Asking
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import World

PHONE = "01632 960123"
SUBJECT = {
    "given_name": "Zebedee",
    "family_name": "Quillfeather",
    "date_of_birth-day": "9",
    "date_of_birth-month": "3",
    "date_of_birth-year": "2006",
    "subject_role": "witness",
}
WHAT = {"categories": ["worker_contact"], "wanted_worker_contact": "Who, and how to reach them"}
WHY = {
    "purpose": "safety_planning",
    "necessity": "We plan for her safety on Friday",
    "less_intrusive": "We asked the family first",
}
BASIS = {"article_6": "art6_e", "legal_power": "cda_s115", "override_basis": ["s115"]}
HANDLING = {"security": "On our system", "retention": "Six years"}
DECLARATION = {"position": "Constable", "relation": "none"}
WHOLE = {
    "subject": SUBJECT,
    "what": WHAT,
    "why": WHY,
    "urgency": {"priority": "amber"},
    "risk": {"immediate_danger": "no"},
    "consent": {"consent_state": "not_asked"},
    "basis": BASIS,
    "order": {"kind": "none"},
    "handling": HANDLING,
    "declaration": DECLARATION,
}


@pytest.fixture
def asking(units):
    """Return the small county, in whose directory the service is found."""
    made = Asking(World(units).settle()).settle()
    with made.world.write() as uow:
        uow.session.get_one(Service, made.world.service).phone = PHONE
        index_agency(uow, made.world.agency)
        index_agency(uow, made.force)
    return made


@pytest.fixture
def window(app, units):
    """Return the maker of browsers: ``window(actor)``."""

    def of(actor):
        client = app.test_client()
        sign_in_as(client, actor, units)
        return PageClient(app, client)

    return of


@pytest.fixture
def browser(window, asking):
    """Return the officer's browser."""
    return window(asking.officer)


def begin(browser, **how):
    """Begin a draft and return its id."""
    page = browser.send("asking.start", how)
    found = re.search(r"/requests/drafts/([0-9a-f-]{36})/", page.form().attributes["action"])
    return UUID(found.group(1))


def choose(browser, ask_id, asking):
    """Look for the service and pick it."""
    page = browser.get("asking.holder", ask_id=ask_id)
    found = browser.fill(page, {"q": "leaving care", "then": "find"})
    return browser.fill(found, {"chosen": f"{asking.world.agency}:{asking.world.service}"})


def answer(browser, ask_id, name, data):
    """Save a page of a draft and return the page that follows."""
    return browser.send("asking.question", data, ask_id=ask_id, name=name)


def typed(browser, asking, **pages):
    """Begin a draft with all pages answered; ``pages`` replace some. Return its id."""
    ask_id = begin(browser)
    choose(browser, ask_id, asking)
    for name, data in (WHOLE | pages).items():
        if data is not None:
            answer(browser, ask_id, name, data)
    return ask_id


def sent(browser, asking, **pages):
    """Send a request off and return its id, which is the draft's."""
    ask_id = typed(browser, asking, **pages)
    receipt = browser.send("asking.send", ask_id=ask_id)
    assert "was received" in receipt.text, receipt.text
    return ask_id
