"""Tests of pages have a whole hub at hand."""

import pytest
from flask import g, has_request_context, request

from hub.people.queries.entries import likely
from kit.hub import *  # noqa: F403 - its fixtures


@pytest.fixture(autouse=True)
def waits(monkeypatch):
    """Return what the hub waited for so that its time tells nothing; here nothing really waits.

    Whichever page holds a question against the register must do so, or its test fails.
    """
    found, looked = [], []

    def look(*args):
        if has_request_context():
            g.look = request.path
            looked.append(g.look)
        return likely(*args)

    def wait(seconds):
        found.append(seconds)
        if has_request_context() and "look" in g:
            looked.remove(g.pop("look"))

    monkeypatch.setattr("hub.kernel.even_time.sleep", wait)
    monkeypatch.setattr("hub.people.commands.asking.likely", look)
    yield found
    assert looked == [], "its time tells whether the person is known"
