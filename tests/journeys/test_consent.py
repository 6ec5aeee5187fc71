"""A young person agrees in part, is told and not asked, and takes it back, in a real browser.

Every page on the way is looked at, on a desk and on a phone.
"""

import pytest

from kit import story
from kit.running import county
from kit.walk import DESK, PHONE, visit
from parts import consent_story


@pytest.mark.timeout(600)
def test_consent_is_recorded_and_taken_back_at_both_widths(chromium):
    with county("sqlite", seed="louth", people=30, meetings=1) as town, town.serving() as site:
        young = story.somebody_of_the_worker(town)
        for size in (DESK, PHONE):
            worker = visit(chromium, site.url, size=size)
            story.sign_in(worker, town.accounts()["leaving_care_worker"])

            consent_story.say_yes(worker, young.id)
            assert "Agreed in part on" in worker.text
            consent_story.be_told(worker, young.id)
            assert "Not asked, not told yet" in worker.text
            consent_story.take_back(worker, young.id)

            assert "Taken back on" in worker.text
            assert all(young.family_name not in shown.title for shown in worker.seen)
            worker.context.close()
