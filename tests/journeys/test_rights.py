"""The desk looks after a person's rights, in a real browser, and every page is looked at."""

import pytest

from kit import story
from kit.running import county
from kit.walk import PHONE, visit


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed="louth", people=20, meetings=1) as running:
        yield running


@pytest.mark.databases("sqlite")
@pytest.mark.parametrize("how", [{}, {"size": PHONE}, {"has_script": False}])
def test_a_manager_shows_the_log_and_takes_in_a_request(town, chromium, how):
    young = story.somebody_of_the_worker(town)
    with town.serving() as site:
        manager = visit(chromium, site.url, **how)
        try:
            story.sign_in(manager, town.accounts()["team_manager"])
            manager.go(f"/people/{young.id}/told")
            assert "opened the record" in manager.text
            manager.press("In plain words, for the person")
            assert manager.h1 == "Who was told what about you"
            manager.press("I have shown or given this to them")
            manager.press("What is held about them")
            manager.press("A request came in")
            manager.press("Save")
            assert "There is a problem" in manager.page.inner_text("body")
            manager.date("received_on", 2026, 6, 1)
            manager.pick("asks", "person")
            manager.press("Save")
            manager.press("How it was proved who asks")
            manager.fill(words="A passport")
            manager.press("Save")
            assert "Answer by 1 July 2026" in manager.text
            manager.go(f"/people/{young.id}/corrections")
            assert "Nobody was told" in manager.text
        finally:
            manager.context.close()
