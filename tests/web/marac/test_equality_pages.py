"""Who a victim is for the return, by its page: what is open, who said so, and who must not look."""

from datetime import date

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from kit.concerns import County
from kit.world import HUB
from parts.over_time import years

SAID = {
    "is_minoritised": "no",
    "is_disabled": "yes",
    "is_lgbt": "not_known",
    "gender": "female",
    "source": "referrer",
    "note": "Her officer, on 3 June",
}


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def concern(story):
    return story.refer(date(2026, 6, 1))


@pytest.fixture
def coordinator(browse, story):
    return browse(story.coordinator)


def test_what_nobody_has_said_is_recorded_with_its_source(story, concern, coordinator, units):
    shown = coordinator.get("referrals.concern", concern_id=concern)
    assert "Nobody has said: ethnic group, disability, LGBT+, sex or gender." in shown.text
    asked = coordinator.get(shown.links["Record them"])
    wrong = coordinator.fill(asked, {name: SAID[name] for name in SAID if name != "source"})
    assert wrong.errors == {"source": "Select how you know"}
    coordinator.fill(wrong, {"source": "referrer"})
    after = coordinator.get("referrals.concern", concern_id=concern).text
    assert "Nobody has said: LGBT+." in after
    assert "by Coral Ordinator. The referrer. Her officer, on 3 June" in after
    with units.read(HUB) as uow:
        looks = select(AuditEntry.subject_id).where(AuditEntry.verb == "Looked")
        assert str(concern) in set(uow.session.scalars(looks))


def test_two_who_record_at_once_see_each_other(concern, coordinator):
    asked = coordinator.get("marac.equality", concern_id=concern)
    coordinator.fill(asked, SAID)
    stale = coordinator.fill(asked, {**SAID, "is_disabled": "no", "note": "Somebody else"})
    assert "Her officer, on 3 June" in stale.text
    assert "Somebody else" in stale.text


def test_to_whoever_does_not_screen_there_is_no_such_page(story, concern, browse, as_role):
    chair = browse(as_role(Role.CHAIR, agency_id=story.county.council))
    assert "Counted in the return" not in chair.get("referrals.concern", concern_id=concern).text
    other = browse(as_role(Role.COORDINATOR, agency_id=story.county.other_council))
    path = f"/screening/{concern}/counted"
    assert {chair.client.get(path).status_code, other.client.get(path).status_code} <= {403, 404}
