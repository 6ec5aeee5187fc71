"""Who comes is told that the meeting is somewhere else, of which no calendar entry speaks."""

import json

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor, system
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.commands import MoveMeeting, move_meeting
from hub.meetings.models import Invitation, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.notify.models import Message
from kit.world import COORDINATOR, World


@pytest.fixture
def world(units):
    made = World(units).settle()
    made.list(made.meeting(), made.concern(made.person()))
    return made


def move(world, **changes):
    with world.write(COORDINATOR) as uow:
        row = uow.session.scalars(select(Meeting)).one()
        known = {
            "meeting_id": row.id,
            "version": row.version,
            "starts_at": row.starts_at,
            "ends_at": row.ends_at,
            "place": row.place,
            "video_link": row.video_link,
            "chair_id": row.chair_id,
        }
        move_meeting(MoveMeeting(**(known | changes)), uow=uow)


def notices(world):
    with world.units.read(system("test")) as uow:
        rows = uow.session.scalars(select(Message).where(Message.kind == "notice"))
        return [(row.address, json.loads(row.facts)["path"]) for row in rows]


def asked(world):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(select(Invitation)).one()


def test_another_place_is_told_to_who_is_invited_without_a_word_of_it(world):
    move(world, place="The other room")
    invitation = asked(world)
    assert notices(world) == [(invitation.address, f"/invitations/{invitation.id}")]
    assert invitation.sequence == 0  # the calendar entry says no place, and stays


def test_neither_another_chair_nor_another_time_needs_a_notice(world):
    row = asked(world)
    move(world, chair_id=None)
    move(world, starts_at=row.starts_at.replace(hour=15), ends_at=row.ends_at.replace(hour=16))
    assert notices(world) == []
    assert asked(world).sequence == 1


def test_who_does_not_come_is_not_told_where_it_is(world):
    cmd = AnswerInvitation(
        invitation_id=asked(world).id, answer=Answer.INFORMATION_ONLY, note="Seen last week"
    )
    with world.write(Actor(contact_id=world.worker)) as uow:
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())
    move(world, video_link="https://video.example.org/other")
    assert notices(world) == []
