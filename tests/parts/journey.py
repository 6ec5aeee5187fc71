"""What tests of a referrer's journey share: who is there, and how questions are answered."""

import re

import pytest

from hub.kernel.actor import Role
from hub.web.fields import LongText, PlainText
from hub.web.inputs import Lines
from kit.concerns import County
from kit.hub import sign_in_as
from kit.pages import PageClient

PDF = b"%PDF-1.7\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
XSS = (
    "<script>alert(1)</script>",
    '"><img src=x onerror=alert(1)>',
    "'><svg/onload=alert(1)>",
    "{{7*7}}{% raise %}",
    "${7*7}",
    "javascript:alert(1)",
    "</textarea><script>alert(1)</script>",
    "</title><script>alert(1)</script>",
    "&lt;script&gt;alert(1)&lt;/script&gt;",
    "<a href=javascript:alert(1)>x</a>",
    '" onfocus=alert(1) autofocus="',
    "' onmouseover='alert(1)",
    "--><script>alert(1)</script><!--",
    "<iframe srcdoc='<script>alert(1)</script>'>",
    "<math><mtext></table><mglyph><style><img src=x onerror=alert(1)>",
)


@pytest.fixture
def county(units):
    return County(units).settle()


@pytest.fixture
def officer(as_role, county):
    return as_role(Role.REFERRER, agency_id=county.police, name="Pat Officer")


@pytest.fixture
def coordinator(as_role, county):
    return as_role(Role.COORDINATOR, agency_id=county.council)


def browser_of(app, units, actor):
    client = app.test_client()
    sign_in_as(client, actor, units)
    return PageClient(app, client)


@pytest.fixture
def browser(app, units, officer):
    return browser_of(app, units, officer)


def begin(browser):
    page = browser.send("referrals.start")
    return re.search(r"/concerns/drafts/([0-9a-f-]{36})/", str(page.form().attributes)).group(1)


def answer(browser, draft_id, name, data, **query):
    return browser.send("referrals.question", data, draft_id=draft_id, name=name, **query)


def shortest(browser, draft_id, **changes):
    """Answer what must be answered."""
    said = {
        "victim": {"given_name": "Zinnia", "about_age": "45"},
        "reason": {"what_happened": "Something happened."},
        "consent": {"consent": "given"},
        **changes,
    }
    for name, data in said.items():
        answer(browser, draft_id, name, data)
    home = browser.get("referrals.question", draft_id=draft_id, name="home")
    browser.fill(home, {})  # the only area of the agency is picked already


def poisoned(shape, payloads):
    """Return a payload for each field of the form into which free text can be typed."""
    fields = shape().fields.items()
    return {
        name: next(payloads)
        for name, field in fields
        if type(field) in {PlainText, LongText, Lines}
    }


def link(links, first, last):
    (found,) = [
        href for text, href in links.items() if text.startswith(first) and text.endswith(last)
    ]
    return found


def dob(day, month, year, name="date_of_birth"):
    return {f"{name}-day": day, f"{name}-month": month, f"{name}-year": year}


def form_of(page, form_id):
    (form,) = page.root.all("form", id=form_id)
    return form.attributes["action"]
