"""The mailbox of a demonstration, read as a recipient would, without signing in."""

from dataclasses import replace

import pytest

from hub.app import create_app
from hub.notify.door import open_door
from hub.notify.sender import Sender
from kit.world import World


@pytest.fixture
def sent(units, settings):
    """Send one invitation into the mailbox."""
    world = World(units).settle()
    world.list(world.meeting(), world.concern(world.person()))
    assert Sender(units, open_door(settings.mail), settings, "test").send_due()
    return world


def test_an_empty_mailbox_says_so(browser):
    assert "There are no messages yet" in browser.get("mailbox.messages").text


def test_a_message_is_read_with_its_link_and_its_calendar_entry(browser, sent):
    listed = browser.get("mailbox.messages")
    assert f"{sent.worker.hex[:8]}@example.org" in listed.text

    (address,) = [href for href in listed.links.values() if href.startswith("/mailbox/")]
    shown = browser.get(address)

    assert shown.h1 == "Professionals meeting: please reply"
    assert "Monday 29 June 2026, 10am to 1pm (London time)" in shown.text
    assert any(href.startswith("/invitations/") for href in shown.links.values())
    assert "BEGIN:VCALENDAR" in shown.text or "Content-Type" in shown.text


@pytest.mark.parametrize("name", ["nothing", "..%2F..%2Fkeys", "0" * 20 + "." + "a" * 16 + ".hub"])
def test_nothing_else_can_be_read_by_it(browser, sent, name):
    browser.get(f"/mailbox/{name}", status=404)


def test_where_mail_goes_to_a_relay_there_is_no_such_page(settings, units, keyring, sent):
    relayed = replace(settings, mail=replace(settings.mail, transport="smtp"))
    for changed in (relayed, replace(settings, environment="production")):
        app = create_app(changed, units=units, keyring=keyring)
        assert app.test_client().get("/mailbox").status_code == 404
