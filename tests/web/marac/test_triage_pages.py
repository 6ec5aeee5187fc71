"""The Idva's page, the chair's decision about a late concern, and what the co-ordinator sees."""

import json
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.models import IdvaNotice
from hub.meetings.models import Item
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.models import Concern
from kit.world import HUB


@pytest.fixture
def helpline(world):
    agency_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Agency(id=agency_id, name="Example Helpline", kind="domestic_abuse_service")
        )
        uow.session.flush()
        uow.session.add(AgencyArea(agency_id=agency_id, area_id=world.area))
    return agency_id


@pytest.fixture
def concern(world, coordinator):
    concern_id = world.concern()
    safe = {"safe_contact": {"phone": "07700 900123", "safe_times": "After six"}}
    with world.write() as uow:
        row = uow.session.get_one(Concern, concern_id)
        row.state, row.referrer_id = "submitted", coordinator.account_id
        row.answers = json.dumps(safe)
    return concern_id


def accept(browser, concern, outcome="accepted"):
    sent = {"outcome": outcome, "reason": "He has a key", "version": "2"}
    return browser.send("referrals.decide", sent, concern_id=concern)


def test_the_idva_sees_safe_contact_first_and_the_look_is_recorded(
    browser, browse, world, concern, helpline, as_role
):
    idva, kept = (as_role(Role.AGENCY_REPRESENTATIVE, agency_id=helpline) for _ in range(2))
    with world.write() as uow:
        link = Link(case_id=concern, kind=LinkKind.ELSEWHERE, account_id=kept.account_id)
        link_to_case(link, uow=uow)
    accept(browser, concern)
    with world.units.read(HUB) as uow:
        notice = uow.session.scalars(select(IdvaNotice.id)).one()
    theirs = browse(idva)

    assert "1 person to contact" in theirs.get("home.show").text
    assert "Nobody yet" in theirs.get("marac.idva").text
    page = theirs.get("marac.idva_one", idva_id=notice)
    assert page.text.index("07700 900123") < page.text.index("It was accepted")
    with world.units.read(HUB) as uow:
        looked = select(AuditEntry.subject_kind).where(
            AuditEntry.verb == "Looked", AuditEntry.account_id == idva.account_id
        )
        assert {"idva_notice", "concern_contact"} <= set(uow.session.scalars(looked))
    theirs.send("marac.idva_take", {}, idva_id=notice)
    assert "Taken on" in browser.get("referrals.concern", concern_id=concern).text

    away = browse(kept)
    assert "No accepted concern" in away.get("marac.idva").text
    away.get("marac.idva_one", idva_id=notice, status=404)


def test_without_an_idva_service_the_co_ordinator_is_told_to_ring(browser, concern):
    accept(browser, concern)
    page = browser.get("referrals.concern", concern_id=concern)
    assert "No Idva service of the area could be told" in page.text


def test_urgent_leads_to_where_an_emergency_is_called(browser, concern):
    page = accept(browser, concern, "urgent")
    assert "Call an emergency MARAC" in page.links


def test_a_late_concern_rolls_and_the_chair_takes_it_back(
    browser, browse, chair, world, coordinator
):
    soon, following, concern = world.meeting(days=3), world.meeting(days=31), world.concern()
    with world.write() as uow:
        uow.session.get_one(Concern, concern).referrer_id = coordinator.account_id
    sent = {"concern_id": str(concern)}
    shown = browser.send("meetings.list_case", sent, meeting_id=soon)
    assert shown.links["List a case"].startswith(f"/meetings/{following}")
    missed = "It goes to the next one, unless the chair accepts it."
    assert missed in browser.get("referrals.concern", concern_id=concern).text

    chief = browse(chair)
    form = chief.get("marac.late", concern_id=concern)
    assert set(chief.fill(form, {"reason": ""}).errors) == {"decision", "reason"}
    said = {"meeting_id": str(soon), "decision": "accept", "reason": "It cannot wait for a month"}
    chief.send("marac.late", said, concern_id=concern)

    assert "Late, accepted by the chair" in browser.get("marac.agenda", meeting_id=soon).text
    with world.units.read(HUB) as uow:
        item = uow.session.scalars(select(Item.id).where(Item.meeting_id == soon)).one()
    assert "It cannot wait for a month" in browser.get("meetings.case", item_id=item).text
    browse(coordinator).get("marac.late", concern_id=concern, status=404)
