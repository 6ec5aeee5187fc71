"""The co-ordinator's story by its pages: plan, list, give out times, see who comes, issue."""

from hub.kernel.actor import Role
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.models import Invitation
from hub.meetings.rules import InvitationPolicy
from kit.world import UUID, Actor


def planned(browser, world):
    form = browser.get("meetings.plan")
    return browser.fill(
        form,
        {
            "kind": "marac",
            "area_id": str(world.area),
            "starts_at-day": "1",
            "starts_at-month": "7",
            "starts_at-year": "2026",
            "starts_at-time": "09:30",
            "ends_at-day": "1",
            "ends_at-month": "7",
            "ends_at-year": "2026",
            "ends_at-time": "12:30",
            "place": "Example House",
        },
    )


def test_from_a_planned_meeting_to_an_issued_agenda(browser, world):
    concern = world.concern(world.person())

    meeting = planned(browser, world)
    assert meeting.h1 == "MARAC, Wednesday 1 July 2026"
    assert "9:30am to 12:30pm" in meeting.text

    choice = browser.get(meeting.links["List a case"])
    meeting = browser.fill(choice, {"concern_id": str(concern)})
    assert "Victim, care-experienced: Wor Ker, named worker Invited" in meeting.text
    assert "Nothing stands between you and issuing" in meeting.text

    agenda = browser.get(meeting.links["Agenda and times"])
    assert "No time yet" in agenda.text
    times = agenda.links["Check and issue"].replace("issue", "times")
    agenda = browser.fill(agenda, {"slot_minutes": "10"}, action=times)
    assert "1. 9:30am to 9:40am" in agenda.text

    answer(world)
    check = browser.get(agenda.links["Check and issue"])
    agenda = browser.fill(check, {})
    assert "Issue 1 of the agenda is out." in agenda.text
    assert "Victim, care-experienced: Wor Ker, named worker Accepted" in agenda.text
    assert "Agenda issued" in browser.get("meetings.upcoming").text


def answer(world):
    with world.write(worker_of(world)) as uow:
        row = uow.session.query(Invitation).one()
        cmd = AnswerInvitation(invitation_id=row.id, answer=Answer.ACCEPTED)
        answer_invitation(cmd, uow=uow, policy=InvitationPolicy())


def worker_of(world):
    return Actor(
        account_id=UUID(int=9),
        contact_id=world.worker,
        roles=frozenset({Role.LEAVING_CARE_WORKER}),
    )
