"""The trail on a page."""

import json
from uuid import uuid4

import pytest

from hub.access.commands import SetRoles, set_roles
from hub.audit import queries
from hub.audit.pages import said_codes, said_event
from hub.db.looks import look
from hub.kernel.actor import Role, system


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


def test_codes_are_shown_and_ids_are_not():
    facts = {"item_id": str(uuid4()), "status": "no_response", "number": 2, "note": None}
    assert said_codes(json.dumps(facts)) == "status: no response, number: 2"


def test_an_account_is_called_by_its_name_and_roles_are_told(signed_in, units, as_role):
    account = as_role(Role.CHAIR, name="Lee Example").account_id
    with units.write(system("test")) as uow:
        cmd = SetRoles(account_id=account, roles=frozenset({Role.REFERRER}), version=1)
        set_roles(cmd, uow=uow)
    page = signed_in(as_role(Role.GOVERNANCE_LEAD)).get("audit.trail")
    assert "Roles changed (roles: referrer) Account of Lee Example" in page.text


@pytest.mark.parametrize("role", sorted(set(Role) - {Role.GOVERNANCE_LEAD}))
@pytest.mark.databases("sqlite")
def test_for_everybody_else_there_is_no_such_page(signed_in, as_role, role):
    signed_in(as_role(role)).get("audit.trail", status=404)


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize(
    "query", ["before=x", "kind=person", "before=0", "id=1", f"before={10**30}", "before=AAAA"]
)
def test_an_odd_address_is_no_fault(signed_in, as_role, query):
    signed_in(as_role(Role.GOVERNANCE_LEAD)).get(f"/trail?{query}")
