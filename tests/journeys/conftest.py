"""What several journeys begin with."""

import pytest

from kit import story
from kit.walk import visit


@pytest.fixture
def window(chromium):
    """Open windows, each for somebody signed in or for nobody yet; they end with the test."""
    opened = []

    def open_window(site, account=None, **how):
        opened.append(visit(chromium, site.url, **how))
        if account is not None:
            story.sign_in(opened[-1], account)
        return opened[-1]

    yield open_window
    for each in opened:
        each.context.close()
