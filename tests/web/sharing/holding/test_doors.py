"""Every page of a holder, for everybody who must not see it: it is as if there were nothing."""

import re
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.people.models import Conflict
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.releasing import share_line
from hub.sharing.models import Approval, Disclosure, RequestAdvice
from kit.asking import POLICY
from kit.world import HUB
from parts.asked import confirm, ready

pytestmark = pytest.mark.databases("sqlite")

TOKEN = re.compile(r'name="csrf_token" value="[^"]*"')
HOLDERS = {Role.DUTY_DESK, Role.TEAM_MANAGER, Role.AGENCY_REPRESENTATIVE}


@pytest.fixture
def addresses(asking):
    """Return the address of every page about one request, by what it is a page of."""
    asking.send()
    request_id, line = ready(asking)
    with asking.world.write(asking.people[Role.AGENCY_REPRESENTATIVE]) as uow:
        cmd = asking.share(line.id, review_on=uow.today)
        share_line(cmd, uow=uow, policy=POLICY)
    what = {"categories": ["full_file"], "wanted_full_file": "All"}
    open_id = asking.send(asking.answers(what=what))
    confirm(asking, open_id, asking.world.person())
    held = asking.line(open_id, "full_file")
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_advice(AskAdvice(request_id=open_id, question="Too much?"), uow=uow)
    with asking.world.units.read(HUB) as uow:
        disclosure = uow.session.scalars(select(Disclosure.id)).one()
        advice = uow.session.scalars(select(RequestAdvice.id)).one()
        approval = uow.session.scalars(
            select(Approval.id).where(Approval.line_id == held.id, Approval.letter == "C")
        ).one()
    return {
        "request": [
            f"/requests-to-us/{one}{verb}"
            for one in (request_id, open_id)
            for verb in ("", "/ask", "/who", "/advice", "/relation", f"/files/{uuid4()}")
        ],
        "line": [f"/requests-to-us/lines/{held.id}/{verb}" for verb in ("share", "withhold")],
        "review": [f"/requests-to-us/look-back/{disclosure}"],
        "approval": [f"/approvals/{approval}", f"/approvals/{approval}/decline"],
        "advice": [f"/advice/{advice}"],
    }


def nothing_there(browser, address):
    """Tell whether an address answers as one that has never been."""
    there = browser.client.get(address)
    made_up = address
    for part in address.split("/"):
        if len(part) == 36:
            made_up = made_up.replace(part, str(uuid4()))
    nowhere = browser.client.get(made_up)
    assert there.status_code == nowhere.status_code == 404, address
    assert without_token(there) == without_token(nowhere), address


def without_token(answer):
    """Return a page without the token of its forms, which holds the second it was made in."""
    return TOKEN.sub("", answer.get_data(as_text=True))


def looks(asking):
    with asking.world.units.read(HUB) as uow:
        return uow.session.scalars(
            select(AuditEntry.number).where(
                AuditEntry.verb == "Looked", AuditEntry.subject_kind == "information_request"
            )
        ).all()


@pytest.mark.parametrize("role", sorted(Role))
def test_nobody_of_another_agency_finds_anything(asking, at, addresses, role):
    other = uuid4()
    with asking.world.write() as uow:
        uow.session.add(Agency(id=other, name="Elsewhere", kind="charity"))
    for agency_id in (other, asking.force):
        browser = at(asking.account(agency_id, role))
        for address in (one for each in addresses.values() for one in each):
            nothing_there(browser, address)
    assert looks(asking) == []


@pytest.mark.parametrize("role", sorted(set(Role) - HOLDERS))
def test_whoever_of_the_holder_has_another_role_finds_only_what_is_theirs(
    asking, at, addresses, role
):
    theirs = {Role.CALDICOTT_GUARDIAN: "approval", Role.DATA_PROTECTION_OFFICER: "advice"}
    browser = at(asking.account(asking.world.agency, role))
    for what, found in addresses.items():
        for address in found:
            if theirs.get(role) == what:
                assert browser.client.get(address).status_code == 200
            else:
                nothing_there(browser, address)


@pytest.mark.parametrize("role", sorted(HOLDERS))
def test_who_answers_finds_requests_and_lines_and_no_other_approval(asking, at, addresses, role):
    browser = at(asking.account(asking.world.agency, role))
    for what in ("request", "line"):
        for address in addresses[what]:
            if "/files/" not in address:
                assert browser.client.get(address).status_code == 200, address
    for address in addresses["approval"] + addresses["advice"]:
        nothing_there(browser, address)


def test_a_conflict_with_the_person_shuts_every_page(asking, at, addresses):
    contact_id = asking.world.worker
    everything = asking.account(
        asking.world.agency,
        *HOLDERS,
        Role.CALDICOTT_GUARDIAN,
        Role.DATA_PROTECTION_OFFICER,
        contact_id=contact_id,
    )
    with asking.world.units.read(HUB) as uow:
        people = set(uow.session.scalars(select(Disclosure.person_id)))
    browser = at(everything)
    assert browser.client.get(addresses["review"][0]).status_code == 200
    with asking.world.write() as uow:
        for person_id in people:
            uow.session.add(
                Conflict(
                    contact_id=contact_id,
                    person_id=person_id,
                    declared_at=uow.now,
                    declared_by=uuid4(),
                )
            )
    nothing_there(browser, addresses["review"][0])
    nothing_there(browser, addresses["request"][0])
