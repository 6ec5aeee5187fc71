"""A mail gateway that opens every link of every message changes nothing."""

import re

import pytest
from sqlalchemy import func, select

from hub.access.commands import InviteAccount, invite_account
from hub.access.models import AccountInvitation
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation
from hub.notify.door import open_door
from hub.notify.reading import delivered, opened
from hub.notify.sender import Sender
from kit.world import World

LINK = re.compile(r"http://localhost(/\S+)")


@pytest.fixture
def links(units, settings):
    """Send an invitation, a notice and an account's link; return the paths in the messages."""
    world = World(units).settle()
    world.list(world.meeting(), world.concern(world.person()))
    with world.write() as uow:
        invite_account(
            InviteAccount(
                name="New Person",
                email="new@agency.example.org",
                agency_id=world.agency,
                roles=frozenset({Role.REFERRER}),
            ),
            uow=uow,
        )
    assert Sender(units, open_door(settings.mail), settings, "test").send_due()
    texts = [
        opened(settings.mail.mailbox, line.name).text
        for line in delivered(settings.mail.mailbox, limit=50)
    ]
    return sorted({path for text in texts for path in LINK.findall(text)})


def state(units):
    with units.read(system("test")) as uow:
        answers = uow.session.execute(
            select(Invitation.answer, Invitation.opened_at, Invitation.sequence)
        ).all()
        used = uow.session.scalars(select(AccountInvitation.used_at)).all()
        entries = uow.session.scalar(select(func.count()).select_from(AuditEntry))
    return [tuple(row) for row in answers], used, entries


def test_fetching_every_link_three_times_changes_nothing(links, client, units):
    before = state(units)

    for path in links * 3:
        assert client.get(path).status_code in {200, 303}
        assert client.head(path).status_code in {200, 303}

    assert len(links) == 2
    assert state(units) == before


def test_what_opens_without_a_sign_in_holds_nothing_of_a_case(links, client):
    for path in links:
        shown = client.get(path, follow_redirects=True).text
        assert not re.search("zebedee|quillfeather|marac|29 June", shown, re.IGNORECASE)
