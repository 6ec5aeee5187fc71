"""A county in which one worker has been asked to one item."""

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.kernel.actor import Role, system
from hub.meetings.events import SlotsChanged
from hub.meetings.models import Invitation, Item, Meeting
from kit.pages import PageClient
from kit.world import World


@pytest.fixture
def world(units):
    made = World(units).settle()
    with made.write() as uow:
        uow.session.execute(
            update(Contact).where(Contact.id == made.desk).values(phone="01632 960001")
        )
    return made


@pytest.fixture
def asked(world, invitation_to):
    """Return the id of the worker's invitation to a MARAC, with a slot of ten minutes."""
    person = world.person()
    meeting_id = world.meeting()
    item_id = world.list(meeting_id, world.concern(person))
    with world.write() as uow:
        meeting = uow.session.get_one(Meeting, meeting_id)
        meeting.place, meeting.video_link = "Room 4", "https://video.example.org/room/4"
        item = uow.session.get_one(Item, item_id)
        item.starts_at, item.ends_at = meeting.starts_at, meeting.starts_at.replace(minute=10)
        uow.emit(SlotsChanged(meeting_id=meeting_id))
    return invitation_to(world.worker)


@pytest.fixture
def invitation_to(units):
    """Return the function that finds the invitation of a contact."""

    def find(contact_id):
        with units.read(system("test")) as uow:
            mine = select(Invitation.id).where(Invitation.recipient_id == contact_id)
            return uow.session.scalar(mine)

    return find


@pytest.fixture
def row_of(units):
    """Return the function that reads an invitation's row."""

    def read(invitation_id):
        with units.read(system("test")) as uow:
            return uow.session.get_one(Invitation, invitation_id)

    return read


@pytest.fixture
def worker(as_role, world):
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)


@pytest.fixture
def browse(app, units):
    """Return the function that gives somebody's own browser."""
    from kit.hub import sign_in_as  # noqa: PLC0415 - the fixtures of that module are named already

    def of(actor):
        client = app.test_client()
        sign_in_as(client, actor, units)
        return PageClient(app, client)

    return of
