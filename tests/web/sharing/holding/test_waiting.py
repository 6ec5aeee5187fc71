"""What waits at a holder: on the first page, too long, for nobody, and to be looked at again."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import delete, select, update

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.sharing.commands.advising import AskAdvice, ask_advice
from hub.sharing.commands.holding import declare_relation
from hub.sharing.commands.releasing import share_line
from hub.sharing.commands.telling import TellLine, tell_line
from hub.sharing.models import Disclosure
from kit.asking import POLICY
from kit.world import HUB
from parts.asked import approvals, confirm, ready

pytestmark = pytest.mark.databases("sqlite")


def waiting(asking, category="worker_contact"):
    what = {"categories": [category], f"wanted_{category}": "Exactly this"}
    request_id = asking.send(asking.answers(what=what))
    confirm(asking, request_id, asking.world.person())
    return request_id, asking.line(request_id, category)


@pytest.fixture
def lead(asking):
    return asking.account(asking.world.agency, Role.GOVERNANCE_LEAD)


# --- On the first page ---


def test_what_is_asked_waits_for_the_desk_and_for_nobody_elsewhere(asking, at):
    asking.send()
    for role in (Role.DUTY_DESK, Role.AGENCY_REPRESENTATIVE, Role.TEAM_MANAGER):
        shown = at(asking.people[role]).get("home.show")
        assert shown.links["1 request to answer"] == "/requests-to-us"
    elsewhere = asking.account(asking.force, Role.AGENCY_REPRESENTATIVE)
    assert "request to answer" not in at(elsewhere).get("home.show").text


def test_an_approval_waits_for_whoever_may_give_it(asking, at):
    waiting(asking)
    desk, siro = (at(asking.people[role]) for role in (Role.DUTY_DESK, Role.SIRO))
    assert desk.get("home.show").links["1 approval to give"] == "/approvals"
    assert "approval" not in siro.get("home.show").text


def test_advice_waits_for_the_officer(asking, at):
    request_id, _ = waiting(asking)
    officer = asking.account(asking.world.agency, Role.DATA_PROTECTION_OFFICER)
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        ask_advice(AskAdvice(request_id=request_id, question="Too much?"), uow=uow)
    assert at(officer).get("home.show").links["1 request to advise on"] == "/advice"


# --- Too long, or for nobody ---


def test_nothing_waits_too_long_while_it_has_time_and_people(asking, at, lead):
    waiting(asking)
    browser = at(lead)
    assert "Nothing waits too long." in browser.get("holding.stuck").text
    assert "too long" not in browser.get("home.show").text


def test_a_late_request_is_on_the_list_without_what_it_is_about(asking, at, lead, clock):
    request_id, _ = waiting(asking)
    clock.advance(days=9)
    for actor in (lead, asking.people[Role.SIRO], asking.people[Role.SAFEGUARDING_LEAD]):
        browser = at(actor)
        assert browser.get("home.show").links["1 request that waits too long"] == (
            "/requests-to-us/stuck"
        )
        shown = browser.get("holding.stuck")
        assert "Late: it should have its answer by now" in shown.text
        body = shown.response.get_data(as_text=True)
        for told in ("Quillfeather", "Testshire Police", "contact", "Friday", str(request_id)):
            assert told not in body.replace("agencies.directory", "").replace(
                "Contact directory", ""
            )


def test_an_approval_that_nobody_may_give_is_said_by_role(asking, at, lead):
    _, line = waiting(asking, "full_file")
    assert "Nothing waits too long." in at(lead).get("holding.stuck").text
    with asking.world.write() as uow:
        guardian = asking.people[Role.CALDICOTT_GUARDIAN].account_id
        uow.session.execute(delete(AccountRole).where(AccountRole.account_id == guardian))

    shown = at(lead).get("holding.stuck")

    assert "Waits for the Caldicott Guardian, and nobody there has that role" in shown.text
    assert "the information asset owner" not in shown.text
    assert len(approvals(asking, line.id)) == 2


def test_the_only_one_with_both_roles_cannot_give_both(asking, at, lead):
    _, line = waiting(asking, "full_file")
    both = asking.account(asking.world.agency, Role.ASSET_OWNER, Role.CALDICOTT_GUARDIAN)
    with asking.world.write() as uow:
        for role in (Role.ASSET_OWNER, Role.CALDICOTT_GUARDIAN):
            account_id = asking.people[role].account_id
            uow.session.execute(delete(AccountRole).where(AccountRole.account_id == account_id))
    guardian = next(one for one in approvals(asking, line.id) if one.letter == "C")
    asking.approve(guardian, both)

    assert "the information asset owner" in at(lead).get("holding.stuck").text


def test_a_request_to_an_agency_in_which_nobody_answers(asking, at, lead):
    asking.send()
    with asking.world.write() as uow:
        uow.session.execute(
            update(Account)
            .where(Account.agency_id == asking.world.agency, Account.id != lead.account_id)
            .values(is_active=False)
        )

    assert "Nobody there has an account with which to answer it" in (
        at(lead).get("holding.stuck").text
    )


def test_a_lead_answers_for_an_agency_that_has_none_and_for_no_other(asking, at, lead, clock):
    waiting(asking)
    other = uuid4()
    with asking.world.write() as uow:
        uow.session.add(Agency(id=other, name="Elsewhere", kind="charity"))
    stranger = asking.account(other, Role.GOVERNANCE_LEAD)
    owner = asking.account(other, Role.ASSET_OWNER)
    clock.advance(days=9)
    assert "Nothing waits too long." in at(stranger).get("holding.stuck").text

    with asking.world.write() as uow:
        uow.session.execute(delete(AccountRole).where(AccountRole.account_id == lead.account_id))

    assert "Example Leaving Care" in at(stranger).get("holding.stuck").text
    assert "Nothing waits too long." in at(owner).get("holding.stuck").text


def test_who_declared_a_relation_sees_nothing_of_it_on_the_list_either(asking, at, clock):
    request_id, _ = waiting(asking)
    both = asking.account(asking.world.agency, Role.AGENCY_REPRESENTATIVE, Role.SAFEGUARDING_LEAD)
    with asking.world.write(both) as uow:
        declare_relation(request_id, uow=uow, policy=POLICY)
    clock.advance(days=9)
    assert "Nothing waits too long." in at(both).get("holding.stuck").text


def test_what_was_told_and_not_written_down_says_so(asking, at, lead, clock):
    request_id = asking.send(asking.answers(risk={"immediate_danger": "yes"}))
    with asking.world.write(asking.people[Role.DUTY_DESK]) as uow:
        tell_line(TellLine(line_id=asking.line(request_id).id), uow=uow, policy=POLICY)
    clock.advance(days=2)
    assert "Told by phone because of a danger, and not written down in time" in (
        at(lead).get("holding.stuck").text
    )


# --- To be looked at again ---


def shared(asking, **other):
    _, line = ready(asking)
    with asking.world.write(asking.people[Role.AGENCY_REPRESENTATIVE]) as uow:
        share_line(asking.share(line.id, **other), uow=uow, policy=POLICY)


def test_what_was_shared_is_looked_at_on_its_day(asking, at, clock):
    shared(asking, review_on=date(2026, 6, 8))
    browser = at(asking.people[Role.TEAM_MANAGER])
    assert "look back at" not in browser.get("home.show").text
    clock.set(datetime(2026, 6, 8, 9, tzinfo=UTC))
    browser = at(asking.people[Role.TEAM_MANAGER])
    listed = browser.get(browser.get("home.show").links["1 thing that was shared to look back at"])
    (href,) = [link for link in listed.links.values() if "/look-back/" in link]
    page = browser.get(href)
    assert "Ring the duty desk" in page.text

    wrong = browser.fill(page, {"text": ""})
    assert wrong.errors == {"text": "Enter what came of it"}
    done = browser.fill(wrong, {"text": "She is safe"})

    assert "Nothing is to be looked at again." in done.text
    with asking.world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Disclosure.outcome)).all() == ["She is safe"]
    assert "She is safe" in browser.get(href).text


def test_what_was_shared_is_looked_at_by_managers_of_the_holder_alone(asking, at):
    shared(asking, review_on=date(2026, 6, 8))
    with asking.world.units.read(HUB) as uow:
        disclosure_id = uow.session.scalars(select(Disclosure.id)).one()
    elsewhere = asking.account(asking.force, Role.TEAM_MANAGER)
    browser = at(elsewhere)
    browser.get("holding.review", disclosure_id=disclosure_id, status=404)
    assert "Nothing is to be looked at again." in browser.get("holding.reviews").text
    desk = at(asking.people[Role.DUTY_DESK])
    desk.get("holding.review", disclosure_id=disclosure_id, status=404)
