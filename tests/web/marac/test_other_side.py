"""The worker of somebody alleged to have caused harm reads nothing that leads to the victim."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Agency
from hub.kernel.actor import Actor, Role
from hub.marac.models import Action, Research, ResearchLine
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.models import Invitation
from hub.meetings.rules import InvitationPolicy
from hub.referrals.models import Party
from kit.world import HUB, TODAY

SECRET = (
    "Invented: she is at her aunt's.",
    "Invented: a new lock.",
    "Invented: she walks the dog at six.",
    "Invented: her worker says she is in Rowton.",
    "Invented: she works at the bakery.",
    "Vic Worker",
)


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def her_worker(world):
    contact = uuid4()
    with world.write() as uow:
        world.contact(uow, contact, "Vic Worker")
    return contact


@pytest.fixture
def item(world, meeting, her_worker):
    """Return a case of two care-experienced people with a worker each, and all that is secret."""
    concern = world.concern_about(
        [(world.person(worker=her_worker), "victim"), (world.person(), "alleged_perpetrator")]
    )
    return world.list(meeting, concern)


@pytest.fixture
def told(world, item, coordinator, her_worker):
    with world.units.read(HUB) as uow:
        parties = dict(uow.session.execute(select(Party.role, Party.id)).all())
        hers = uow.session.scalars(
            select(Invitation.id).where(Invitation.recipient_id == her_worker)
        ).one()
        research = uow.session.scalars(select(Research.id)).one()
    with world.write(Actor(account_id=uuid4(), contact_id=her_worker)) as uow:
        said = AnswerInvitation(invitation_id=hers, answer=Answer.INFORMATION_ONLY, note=SECRET[3])
        answer_invitation(said, uow=uow, policy=InvitationPolicy())
    with world.write() as uow:
        for position, (party, text) in enumerate(
            (
                (parties["victim"], SECRET[4]),
                (None, SECRET[0]),
                (parties["alleged_perpetrator"], "Invented: he broke his bail."),
            )
        ):
            uow.session.add(
                ResearchLine(
                    id=uuid4(),
                    research_id=research,
                    party_id=party,
                    kind="fact",
                    position=position,
                    text=text,
                    released_at=uow.now,
                    written_by=coordinator.account_id,
                    written_at=uow.now,
                )
            )
        uow.session.execute(update(Research).where(Research.id == research).values(state="shared"))
        uow.session.add(
            Action(
                id=uuid4(),
                reference="AAAA",
                item_id=item,
                text=SECRET[1],
                risk="He has a key",
                agency_id=world.agency,
                owner_id=coordinator.account_id,
                due_on=TODAY,
                may_tell_victim=True,
                state="open",
                proposed_by=coordinator.account_id,
                proposed_at=uow.now,
            )
        )
    return parties


@pytest.fixture
def desk(browse, coordinator, meeting, item, told):
    desk = browse(coordinator)
    sign(desk, meeting)
    for field, text in (("discussion", SECRET[2]), ("risk_of", "Invented: threats to kill.")):
        desk.send("marac.note", {"text": text, "version": "0"}, item_id=item, field=field)
    return desk


def sign(browser, meeting, capacity="member"):
    shown = browser.get("marac.statement", meeting_id=meeting)
    return browser.fill(shown, {"capacity": capacity, "accepted": "yes"})


def worker(world, as_role, contact, name):
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Employer of the worker", kind="other"))
    return as_role(Role.LEAVING_CARE_WORKER, agency_id=elsewhere, contact_id=contact, name=name)


def test_his_worker_reads_the_risk_and_nothing_that_leads_to_her(
    desk, world, browse, as_role, meeting, item
):
    whole = desk.get("marac.hearing", item_id=item).text
    assert [each for each in SECRET if each not in whole] == []

    his = browse(worker(world, as_role, world.worker, "His Worker"))
    sign(his, meeting, "one_slot")
    shown = his.get("marac.hearing", item_id=item)

    assert [each for each in SECRET if each in shown.text] == []
    assert "Invented: he broke his bail." in shown.text
    assert "Invented: threats to kill." in shown.text
    assert "is not shown here" in shown.text
    assert shown.text.count("Care-experienced") == 1  # his own, and not hers
    assert "Telling the victim" not in shown.text


def test_her_own_worker_reads_the_whole_case(
    desk, world, browse, as_role, meeting, item, her_worker
):
    hers = browse(worker(world, as_role, her_worker, "Vic Worker"))
    sign(hers, meeting, "one_slot")
    shown = hers.get("marac.hearing", item_id=item)
    assert [each for each in SECRET if each not in shown.text] == []
    assert "is not shown here" not in shown.text


def test_a_case_is_there_for_who_was_invited_until_some_weeks_after_the_meeting(
    desk, world, browse, as_role, meeting, item, clock, her_worker
):
    days = InvitationPolicy().access_days_after_meeting
    actor = worker(world, as_role, her_worker, "Vic Worker")
    clock.advance(days=28 + days - 1)
    hers = browse(actor)
    sign(hers, meeting, "one_slot")
    hers.get("marac.hearing", item_id=item)
    clock.advance(days=2)
    gone = browse(actor)
    gone.get("marac.hearing", item_id=item, status=404)
    listed = gone.get("marac.screen", meeting_id=meeting)
    assert "No case of this meeting is yours to see." in listed.text
