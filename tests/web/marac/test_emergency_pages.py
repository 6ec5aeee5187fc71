"""An emergency MARAC by its pages: begun from nothing or from a concern, then the ring list."""

import pytest
from sqlalchemy import func, select

from hub.agencies.models import Contact
from hub.kernel.actor import Role
from hub.meetings.models import Invitation, Meeting
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.models import Concern, Party
from kit.pages import values_of
from kit.world import HUB

CALL = {"start": "1", "joining": "01522 496 000", "reason": "He has found the refuge"}
LEAST = {
    "given_name": "Zinnia",
    "about_age": "19",
    "care_experienced": "not_known",
    "what_happened": "He broke in and has said that he will come back",
    "consent": "not_asked",
    "necessity": "To prevent her death",
}


@pytest.fixture
def chief(browse, chair):
    return browse(chair)


@pytest.fixture
def case(world, coordinator):
    concern_id = world.concern(world.person())
    with world.write() as uow:
        uow.session.get_one(Contact, world.worker).phone = "01522 496 001"
        concern = uow.session.get_one(Concern, concern_id)
        concern.state, concern.referrer_id = "submitted", coordinator.account_id
    return concern_id


def called(world):
    with world.units.read(HUB) as uow:
        return uow.session.execute(
            select(Meeting.id, Meeting.starts_at).where(Meeting.shape == "emergency")
        ).one()


def test_a_chair_calls_one_from_a_concern_that_nobody_has_looked_at_yet(chief, world, case, clock):
    page = chief.get("referrals.concern", concern_id=case)
    assert page.links["Call an emergency MARAC"] == f"/concerns/{case}/emergency"
    form = chief.get("marac.call", concern_id=case)

    empty = chief.fill(form, {"joining": "", "reason": ""})
    assert set(empty.errors) == {"joining", "reason"}
    chief.send("marac.call", CALL, concern_id=case)

    meeting = called(world)
    assert (meeting.starts_at - clock.now()).total_seconds() == 3600
    ring = chief.get("marac.ring", meeting_id=meeting.id)
    assert "01522 496 001" in ring.text
    assert "6 calls to make" in ring.text
    assert "The agenda went out at" in ring.text
    assert "Ring it as well, without waiting for Wor Ker." in ring.text
    assert "Quillfeather" not in ring.text


def test_one_is_called_from_nothing(browser, world, coordinator):
    form = browser.get("marac.begin")
    lacking = browser.fill(form, {**LEAST, "care_experienced": "", "what_happened": ""})
    assert set(lacking.errors) == {"care_experienced", "what_happened"}
    lacking = browser.fill(form, {**LEAST, "necessity": ""})
    assert set(lacking.errors) == {"necessity"}
    lacking = browser.fill(form, {**LEAST, "alleged_family": "Example"})
    assert set(lacking.errors) == {"alleged_care"}

    area = {"area_id": str(world.area)}
    browser.send("marac.begin", {**LEAST, **area, "alleged_age": "40", "alleged_care": "no"})

    with world.units.read(HUB) as uow:
        concern = uow.session.scalars(select(Concern)).one()
        assert concern.referrer_id == coordinator.account_id
        assert concern.is_urgent
        roles = uow.session.scalars(select(Party.role).order_by(Party.role))
        assert list(roles) == ["alleged_perpetrator", "victim"]
    browser.send("marac.call", CALL, concern_id=concern.id)
    ring = browser.get("marac.ring", meeting_id=called(world).id)
    assert "Idva service" in ring.text
    assert "The agenda is not out yet" in ring.text
    cure = ring.links["What stands in the way of the agenda"]
    assert cure == f"/meetings/{called(world).id}/agenda/issue"


def test_a_call_is_written_down_and_the_next_on_the_ladder_asked(browser, world, case):
    browser.send("marac.call", CALL, concern_id=case)
    meeting = called(world)
    page = browser.get("marac.ring", meeting_id=meeting.id)
    forms = page.root.all("main")[0].all("form")
    (task,) = values_of(forms[0])["call"]

    browser.send("marac.rung", {"call": task, "said": "no_answer"}, meeting_id=meeting.id)
    browser.send("marac.rung", {"call": task, "said": "no such word"}, meeting_id=meeting.id)

    page = browser.get("marac.ring", meeting_id=meeting.id)
    assert "Rung Nobody answered." in page.text
    assert "Dep Uty" in page.text
    with world.units.read(HUB) as uow:
        held = select(func.count()).where(Invitation.state == "held")
        assert uow.session.scalar(held) == 2


def test_who_is_called_sees_when_and_how_and_who_is_kept_away_nothing(
    browser, browse, world, case, as_role
):
    rep, kept, officer = (
        as_role(role, agency_id=world.agency)
        for role in (Role.AGENCY_REPRESENTATIVE, Role.COORDINATOR, Role.REFERRER)
    )
    with world.write() as uow:
        uow.session.get_one(Concern, case).referrer_id = officer.account_id
        link = Link(case_id=case, kind=LinkKind.ALLEGED_PERPETRATOR, account_id=kept.account_id)
        link_to_case(link, uow=uow)
    browser.send("marac.call", CALL, concern_id=case)
    meeting = called(world)

    for who in (rep, officer):
        assert "01522 496 000" in browse(who).get("marac.called", meeting_id=meeting.id).text
    away = browse(kept)
    for endpoint in ("marac.called", "marac.ring", "meetings.show"):
        away.get(endpoint, meeting_id=meeting.id, status=404)
    away.get("marac.call", concern_id=case, status=404)
    assert "Emergency" not in away.get("meetings.upcoming").text.replace("Call an emergency", "")
