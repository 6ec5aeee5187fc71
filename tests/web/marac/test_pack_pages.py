"""The pack for a review by its pages: one asks, another looks it through and releases it."""

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.models import ReviewPack
from kit.world import HUB, TODAY


@pytest.fixture
def concern(world):
    return world.concern(world.person())


def asked(browser, concern, **other):
    died = {"day": TODAY.day, "month": TODAY.month, "year": TODAY.year}
    said = {f"died_on-{part}": str(number) for part, number in died.items()}
    form = browser.get("marac.packs", concern_id=concern)
    return browser.fill(form, {**said, "why": "The county's review", **other})


def pack_id(world):
    with world.units.read(HUB) as uow:
        return uow.session.scalars(select(ReviewPack.id)).one()


def test_one_asks_and_another_releases_and_both_are_in_the_trail(
    world, concern, browser, browse, chair
):
    wrong = asked(browser, concern, why="")
    assert wrong.errors == {"why": "Enter which review asks for it"}
    shown = asked(browser, concern)
    assert "Not released" in shown.text
    assert "Release this pack" not in shown.text
    assert "Zebedee Quillfeather" in shown.text
    release = {"pack_id": pack_id(world)}
    browser.send("marac.release", {}, **release)
    assert "Not released" in browser.get("marac.review_pack", **release).text

    second = browse(chair)
    looked = second.get("marac.review_pack", **release)
    out = second.fill(looked, {}, action=second.address("marac.release", **release))

    assert "Released" in out.text
    assert "Charlie Person" in out.text
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(select(AuditEntry.verb, AuditEntry.account_id)).all()
    trail = {tuple(row) for row in rows}
    assert ("PackReleased", chair.account_id) in trail
    assert {"PackAsked", "HoldSet", "Looked"} <= {verb for verb, _ in trail}


def test_it_is_not_there_for_strangers(world, concern, browser, browse, as_role):
    asked(browser, concern)
    for role in (Role.AGENCY_REPRESENTATIVE, Role.REFERRER, Role.GOVERNANCE_LEAD):
        nobody = browse(as_role(role, agency_id=world.agency, name="No Body"))
        nobody.get("marac.packs", concern_id=concern, status=404)
        nobody.get("marac.review_pack", pack_id=pack_id(world), status=404)
