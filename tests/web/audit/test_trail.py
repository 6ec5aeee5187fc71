"""The trail on a page."""

from uuid import uuid4

import pytest

from hub.audit import queries
from hub.audit.pages import said_event
from hub.db.looks import look
from hub.kernel.actor import Role


def test_the_lead_reads_who_saw_what(signed_in, units, as_role):
    seen, other = uuid4(), uuid4()
    worker = as_role(Role.LEAVING_CARE_WORKER, name="Lee Example")
    look(units, worker, "person", [seen, other])
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    page = browser.get("audit.trail")
    assert "Looked" in page.text
    href = next(link for link in page.links.values() if str(seen) in link)
    page = browser.get(href)
    assert "Lee Example" in page.text
    assert f"seen of, the person {str(seen)[:8]}" in page.text
    assert str(other)[:8] not in page.text


@pytest.mark.parametrize(
    ("verb", "words"), [("Looked", "Looked"), ("AgendaIssued", "Agenda issued")]
)
def test_what_happened_is_said_in_words(verb, words):
    assert said_event(verb) == words


def test_pages_of_the_trail_hold_each_entry_once(signed_in, units, as_role, monkeypatch):
    monkeypatch.setattr(queries, "PAGE_SIZE", 3)
    ids = [uuid4() for _ in range(7)]
    look(units, as_role(Role.CHAIR), "person", ids)
    browser = signed_in(as_role(Role.GOVERNANCE_LEAD))
    seen, address = [], "/trail"
    while address:
        page = browser.get(address)
        seen += [href[-36:] for href in page.links.values() if "kind=person" in href]
        address = next((href for text, href in page.links.items() if "Next" in text), "")
    assert seen == [str(each) for each in reversed(ids)]


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GOVERNANCE_LEAD}))
@pytest.mark.databases("sqlite")
def test_for_everybody_else_there_is_no_such_page(signed_in, as_role, role):
    signed_in(as_role(role)).get("audit.trail", status=404)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "query", ["before=x", "kind=person", "before=0", "id=1", f"before={10**30}"]
)
def test_an_odd_address_is_no_fault(signed_in, as_role, query):
    signed_in(as_role(Role.GOVERNANCE_LEAD)).get(f"/trail?{query}")
