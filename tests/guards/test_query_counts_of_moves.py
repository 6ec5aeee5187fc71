"""The page of a transfer asks as often for ten meetings of a case as for one.

It asks more than a list does: papers of every sort stand on it, and each look goes to the trail.
"""

from datetime import timedelta
from uuid import uuid4

import pytest

from guards.test_query_counts import asked
from hub.db.files import FileStore
from hub.kernel.actor import Role
from hub.marac.models import HearingNote
from kit.concerns import County
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import HUB
from parts.moving import FIRST, moving
from parts.over_time import years

__all__ = ["asked"]


@pytest.fixture
def case(units, clock, as_role, settings, keyring):
    story = years(County(units).settle(), clock, as_role)
    there = as_role(Role.COORDINATOR, agency_id=story.county.other_council)
    return moving(story, there, FileStore(settings.data_dir, keyring))


def browser_of(app, units, actor):
    client = app.test_client()
    sign_in_as(client, actor, units)
    return PageClient(app, client)


def heard_again(case, times):
    for number in range(times):
        item = case.story.heard(case.concern, FIRST - timedelta(days=30 * number))
        with case.story.county.units.write(HUB) as uow:
            note = {"field": "risk_of", "text": "Invented", "saved_by": uuid4()}
            uow.session.add(HearingNote(id=uuid4(), item_id=item, saved_at=uow.now, **note))


@pytest.mark.parametrize("times", [0, 9])
def test_a_transfer_asks_no_more_for_ten_meetings_than_for_one(app, units, case, asked, times):
    heard_again(case, times)
    here, there = (browser_of(app, units, one) for one in (case.story.coordinator, case.there))
    at = {"transfer_id": case.send()}
    counts = {"form": asked(lambda: here.get("marac.transfer_send", concern_id=case.concern))}
    counts["sent"] = asked(lambda: here.get("marac.transfer", **at))
    counts["coming"] = asked(lambda: there.get("marac.transfer", **at))
    case.take(at["transfer_id"])
    counts["gone"] = asked(lambda: here.get("marac.transfer", **at))
    counts["taken"] = asked(lambda: there.get("marac.transfer", **at))
    assert counts == {"form": 14, "sent": 17, "coming": 20, "gone": 18, "taken": 22}
