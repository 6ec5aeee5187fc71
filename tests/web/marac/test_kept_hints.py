"""Who is kept away from a concern: whose name or number is alike stands beside it, as a hint."""

from datetime import date

import pytest

from hub.kernel.actor import Role
from kit.concerns import County
from parts.over_time import years

pytestmark = pytest.mark.databases("sqlite")


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


def test_the_co_ordinator_looks_at_who_may_be_linked_and_keeps_them_away(story, browse, as_role):
    concern_id = story.refer(date(2026, 6, 1))
    as_role(Role.REFERRER, agency_id=story.county.police, name="Dana Thornbury")
    browser = browse(story.coordinator)
    page = browser.get("referrals.kept_away", concern_id=concern_id)
    assert "That says nothing yet: look before you go on." in page.text
    assert "Dana Thornbury, Testshire Police" in page.text
    assert "Pat Officer" not in page.text

    form = browser.get(page.links["Keep them away: Dana Thornbury"])
    kept = browser.fill(form, {"kind": "household"})
    assert "May be linked" not in kept.text
    assert "They live with somebody alleged to have caused harm." in kept.text
    for role in (Role.REFERRER, Role.AGENCY_REPRESENTATIVE):
        stranger = browse(as_role(role, agency_id=story.county.council, name="Some Body"))
        stranger.get("referrals.kept_away", concern_id=concern_id, status=404)

    (near,) = [href for href in kept.links.values() if "/kept-away/" in href and "new" not in href]
    asked = browser.get(near)
    assert browser.fill(asked, {"reason": ""}).errors == {"reason": "Enter why"}
    assert "Not kept away any more" in browser.fill(asked, {"reason": "They moved out"}).text
