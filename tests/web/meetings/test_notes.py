"""What a worker wrote with an answer: for the chair and the co-ordinator, at the case alone."""

from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.kernel.actor import Actor
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.models import Invitation
from hub.meetings.rules import InvitationPolicy
from kit.world import HUB


@pytest.mark.parametrize(
    ("answer", "words"),
    [
        (Answer.DECLINED, "Why they cannot come"),
        (Answer.INFORMATION_ONLY, "What the meeting should know"),
    ],
)
def test_what_a_worker_wrote_is_read_at_the_case_and_nowhere_else(browser, world, answer, words):
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))
    with world.units.read(HUB) as uow:
        asked = uow.session.scalars(select(Invitation.id)).one()
    with world.write(Actor(account_id=uuid4(), contact_id=world.worker)) as uow:
        cmd = AnswerInvitation(invitation_id=asked, answer=answer, note="Invented: she fears him.")
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())

    shown = browser.get("meetings.case", item_id=item)

    assert f"{words}Invented: she fears him." in shown.text
    for endpoint in ("meetings.show", "marac.agenda"):
        assert "she fears him" not in browser.get(endpoint, meeting_id=meeting).text
