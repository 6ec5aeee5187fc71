"""The worker's answer, as a phone without scripts gives it."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.audit.models import AuditEntry
from hub.kernel.actor import Role, system
from hub.meetings.commands import MoveMeeting, cancel_meeting, move_meeting
from hub.meetings.models import Invitation, Item, ItemPerson, Meeting, Task
from hub.referrals.models import Concern
from kit.hub import PASSWORD
from kit.pages import PageClient
from kit.world import COORDINATOR


def test_the_link_in_the_mail_asks_to_sign_in_and_names_nobody(app, worker, world, asked, units):
    stranger = PageClient(app)

    gate = stranger.client.get(f"/invitations/{asked}")

    assert gate.status_code == 303
    assert gate.headers["Location"] == "/sign-in"
    assert "Zebedee" not in gate.text
    with units.read(system("test")) as uow:
        assert uow.session.get_one(Invitation, asked).opened_at is None
    email = _email(units, worker)
    opened = stranger.fill(stranger.get("/sign-in"), {"email": email, "password": PASSWORD})
    assert opened.response.request.path == f"/invitations/{asked}"
    assert "Zebedee Quillfeather" in opened.text


def _email(units, actor):
    from hub.access.queries import account_row  # noqa: PLC0415 - one small question

    with units.read(system("test")) as uow:
        return account_row(uow, actor.account_id).email


def test_accepting_takes_two_taps_and_the_chair_can_know(browse, worker, asked, row_of):
    phone = browse(worker)

    shown = phone.get("invitations.show", invitation_id=asked)
    panel = phone.fill(shown, {"answer": "accepted"})

    assert panel.h1 == "You will come"
    assert row_of(asked).answer == "accepted"
    assert row_of(asked).opened_at is not None


def test_the_page_says_when_where_and_about_whom_but_nothing_of_the_other_side(
    browse, worker, asked
):
    shown = browse(worker).get("invitations.show", invitation_id=asked)

    for part in (
        "Monday 29 June 2026", "10am to 10:10am", "Room 4", "the victim", "MARAC",
        "What is this meeting?", "What to bring", "What is confidential",
    ):  # fmt: skip
        assert part in shown.text
    assert shown.title == "Your invitation - Partner hub"
    assert "https://video.example.org/room/4" in shown.links.values()


def test_where_nobody_has_said_how_to_join_the_page_says_that(browse, worker, asked, world):
    phone = browse(worker)
    said = "Not said yet. A message comes when it is"
    assert said not in phone.get("invitations.show", invitation_id=asked).text
    with world.write() as uow:
        meeting_id = uow.session.get_one(Invitation, asked).meeting_id
        uow.session.execute(
            update(Meeting).where(Meeting.id == meeting_id).values(place=None, video_link=None)
        )
    assert said in phone.get("invitations.show", invitation_id=asked).text


@pytest.mark.parametrize(
    ("role", "is_told"), [("alleged_perpetrator", False), ("victim", True), ("child", True)]
)
def test_after_a_move_the_other_side_is_not_told_where_nor_who_runs_it(
    browse, worker, asked, world, role, is_told
):
    with world.write() as uow:
        item_id = uow.session.get_one(Invitation, asked).item_id
        uow.session.execute(
            update(ItemPerson).where(ItemPerson.item_id == item_id).values(role=role)
        )
        item = uow.session.get_one(Item, item_id)
        uow.session.get_one(Concern, item.concern_id).has_moved = True
        runs = world.contact(uow, uuid4(), "Coral Ordinator", role="marac_coordinator")
        uow.session.get_one(Contact, runs).phone = "01632 960002"

    shown = browse(worker).get("invitations.show", invitation_id=asked)

    assert ("Room 4" in shown.text) is is_told
    assert ("Ring Coral Ordinator" in shown.text) is is_told
    assert ("Not shown, for it could lead somebody to a person" in shown.text) is not is_told
    assert "https://video.example.org/room/4" in shown.links.values()


def test_the_worker_goes_to_the_meeting_from_it_and_signs_first(browse, worker, asked):
    phone = browse(worker)
    shown = phone.get("invitations.show", invitation_id=asked)

    gate = phone.client.get(shown.links["Go to the meeting"])

    assert gate.status_code == 303
    assert gate.headers["Location"].endswith("/statement")


def test_opening_is_written_to_the_trail_before_the_name_is_shown(browse, worker, asked, units):
    browse(worker).get("invitations.show", invitation_id=asked)

    with units.read(system("test")) as uow:
        subject = uow.session.get_one(Invitation, asked).subject_id
        entries = uow.session.scalars(
            select(AuditEntry).where(AuditEntry.subject_id == str(subject))
        ).all()
    assert [entry.verb for entry in entries][-1] == "Looked"


def test_looking_changes_no_answer_however_often(browse, worker, asked, row_of):
    phone = browse(worker)
    for _ in range(3):
        phone.get("invitations.show", invitation_id=asked)
        phone.client.head(f"/invitations/{asked}")

    assert row_of(asked).answer is None
    assert row_of(asked).sequence == 1  # the slot was given after the first asking


@pytest.mark.parametrize(
    ("answer", "field"),
    [
        ("declined", "decline_reason"),
        ("stand_in", "stand_in"),
        ("information_only", "information"),
        ("not_mine", "not_mine_reason"),
    ],
)
def test_an_answer_that_needs_more_says_so_beside_its_field(
    browse, worker, asked, row_of, answer, field
):
    phone = browse(worker)

    wrong = phone.fill(phone.get("invitations.show", invitation_id=asked), {"answer": answer})

    assert wrong.status == 422
    assert list(wrong.errors) == [field]
    assert row_of(asked).answer is None


def test_no_choice_at_all_is_asked_again(browse, worker, asked):
    phone = browse(worker)

    wrong = phone.fill(phone.get("invitations.show", invitation_id=asked), {})

    assert wrong.errors == {"answer": "Select whether you will come"}


def test_a_short_reason_is_refused_beside_its_field_and_kept(browse, worker, asked):
    phone = browse(worker)
    said = {"answer": "declined", "decline_reason": "no"}

    wrong = phone.fill(phone.get("invitations.show", invitation_id=asked), said)

    assert list(wrong.errors) == ["decline_reason"]
    assert wrong.filled()["decline_reason"] == ["no"]


@pytest.mark.parametrize("why", ["I am at court that morning", "ill"])
def test_a_decline_asks_the_next_one_at_once(browse, worker, world, asked, row_of, units, why):
    phone = browse(worker)
    said = {"answer": "declined", "decline_reason": why}

    panel = phone.fill(phone.get("invitations.show", invitation_id=asked), said)

    assert panel.h1 == "You cannot come"
    assert row_of(asked).answer_note == why
    assert _held(units) == {world.worker, world.deputy}


def _held(units):
    with units.read(system("test")) as uow:
        return set(
            uow.session.scalars(select(Invitation.recipient_id).where(Invitation.state == "held"))
        )


def test_a_colleague_is_sent_and_gets_an_invitation(browse, worker, world, asked, units):
    phone = browse(worker)
    said = {"answer": "stand_in", "stand_in": str(world.manager)}

    panel = phone.fill(phone.get("invitations.show", invitation_id=asked), said)

    assert "Man Ager now gets an invitation" in panel.text
    assert world.manager in _held(units)


def test_a_colleague_who_is_sent_reads_the_senders_invitation_and_cannot_answer_it(
    browse, worker, world, asked, row_of, as_role
):
    phone = browse(worker)
    said = {"answer": "stand_in", "stand_in": str(world.deputy)}
    phone.fill(phone.get("invitations.show", invitation_id=asked), said)
    deputy = as_role(
        Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy, email="d@x.org"
    )
    theirs = browse(deputy)
    opened_at = row_of(asked).opened_at

    shown = theirs.get("invitations.show", invitation_id=asked)
    refused = {"answer": "accepted", "sequence": "1"}
    theirs.post("invitations.answer", refused, invitation_id=asked, status=404)

    assert "This was sent to Wor Ker, who sends you." in shown.text
    assert "Send my answer" not in shown.text
    assert "Change my answer" not in shown.text
    assert row_of(asked).answer == "stand_in"
    assert row_of(asked).stand_in_id == world.deputy
    assert row_of(asked).opened_at == opened_at


def test_a_colleague_who_looks_first_has_not_opened_it_for_the_sender(
    browse, world, asked, row_of, as_role
):
    with world.write() as uow:
        uow.session.get_one(Invitation, asked).stand_in_id = world.deputy
    deputy = as_role(
        Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy, email="d@x.org"
    )

    browse(deputy).get("invitations.show", invitation_id=asked)

    assert row_of(asked).opened_at is None


def test_a_colleague_of_another_service_cannot_be_picked(browse, worker, asked):
    phone = browse(worker)
    said = {"answer": "stand_in", "stand_in": str(asked)}

    wrong = phone.fill(phone.get("invitations.show", invitation_id=asked), said)

    assert wrong.errors == {"stand_in": "Select who comes"}


def test_no_longer_mine_makes_a_task_for_the_team_manager(browse, worker, world, asked, units):
    phone = browse(worker)
    said = {
        "answer": "not_mine",
        "new_worker": str(world.deputy),
        "not_mine_reason": "Handed over in May to a colleague",
    }

    phone.fill(phone.get("invitations.show", invitation_id=asked), said)

    with units.read(system("test")) as uow:
        task = uow.session.scalars(select(Task).where(Task.kind == "worker_says_not_mine")).one()
    assert (task.owner_role, task.owner_agency_id) == ("team_manager", world.agency)
    assert world.deputy in _held(units)


def test_an_answer_can_be_changed_until_the_start_and_not_after(
    browse, worker, asked, row_of, clock
):
    phone = browse(worker)
    phone.fill(phone.get("invitations.show", invitation_id=asked), {"answer": "accepted"})
    again = phone.get("invitations.show", invitation_id=asked)
    assert again.filled()["answer"] == ["accepted"]
    said = {"answer": "information_only", "information": "She moved in March and is settled"}
    phone.fill(again, said)
    assert row_of(asked).answer == "information_only"

    clock.set(row_of(asked).starts_at)
    late = browse(worker)
    begun = late.send("invitations.answer", {"answer": "accepted"}, invitation_id=asked)

    assert "already begun" in begun.text
    assert "This meeting has begun" in begun.text
    assert not begun.root.having("govuk-radios")
    assert row_of(asked).answer == "information_only"


def test_a_slot_that_moved_meanwhile_is_shown_and_answered_again(
    browse, worker, world, asked, row_of
):
    phone = browse(worker)
    read_before = phone.get("invitations.show", invitation_id=asked)
    _move(world, asked, row_of, hours=2)

    stale = phone.fill(read_before, {"answer": "accepted"})

    assert stale.status == 409
    assert "It is now Monday 29 June 2026, midday to 12:10pm" in stale.errors["answer"]
    assert row_of(asked).answer is None
    panel = phone.fill(stale, {})
    assert panel.h1 == "You will come"


def _move(world, asked, row_of, *, hours):
    with world.write(COORDINATOR) as uow:
        meeting = uow.session.get_one(Meeting, row_of(asked).meeting_id)
        by = timedelta(hours=hours)
        move_meeting(
            MoveMeeting(
                meeting_id=meeting.id,
                version=meeting.version,
                starts_at=meeting.starts_at + by,
                ends_at=meeting.ends_at + by,
                place=meeting.place,
                video_link=meeting.video_link,
                chair_id=meeting.chair_id,
            ),
            uow=uow,
        )


def test_one_taken_back_says_so_and_shows_neither_name_nor_place(
    browse, worker, world, asked, row_of
):
    phone = browse(worker)
    before = phone.get("invitations.show", invitation_id=asked)
    with world.write(COORDINATOR) as uow:
        cancel_meeting(row_of(asked).meeting_id, uow=uow)

    shown = phone.get("invitations.show", invitation_id=asked)
    pressed = phone.fill(before, {"answer": "accepted"})

    assert "You need do nothing" in shown.text
    assert "Zebedee" not in shown.text
    assert "Room 4" not in shown.text
    assert "You need do nothing" in pressed.text
    assert row_of(asked).answer is None


def test_access_ends_so_many_days_after_the_meeting(browse, worker, asked, row_of, clock, settings):
    days = settings.invitations.access_days_after_meeting
    clock.set(row_of(asked).starts_at + timedelta(days=days - 1))
    shown = browse(worker).get("invitations.show", invitation_id=asked)
    assert "This meeting is over" in shown.text

    clock.advance(days=2)
    browse(worker).get("invitations.show", invitation_id=asked, status=404)
    browse(worker).post(
        "invitations.answer", {"answer": "accepted"}, invitation_id=asked, status=404
    )


@pytest.mark.parametrize("verb", ["get", "post"])
@pytest.mark.parametrize(
    "who",
    ["another_worker", "referrer", "co_ordinator", "other_desk"],
)
def test_to_anybody_else_it_does_not_exist(browse, as_role, world, asked, row_of, who, verb):
    others = {
        "another_worker": lambda: as_role(
            Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy
        ),
        "referrer": lambda: as_role(Role.REFERRER),
        "co_ordinator": lambda: as_role(Role.COORDINATOR, agency_id=world.agency),
        "other_desk": lambda: as_role(Role.DUTY_DESK),
    }
    other = browse(others[who]())

    if verb == "get":
        other.get("invitations.show", invitation_id=asked, status=404)
        other.get("invitations.answered", invitation_id=asked, status=404)
    else:
        other.post("invitations.answer", {"answer": "accepted"}, invitation_id=asked, status=404)
    assert row_of(asked).answer is None
    assert row_of(asked).opened_at is None


def test_who_is_on_duty_answers_for_the_desk(browse, as_role, world, row_of, invitation_to):
    person = world.person()
    for away in (world.worker, world.deputy, world.manager):
        world.absence(away, date(2026, 6, 1), date(2026, 7, 31))
    world.list(world.meeting(), world.concern(person))
    asked = invitation_to(world.desk)
    desk = browse(as_role(Role.DUTY_DESK, agency_id=world.agency))

    assert "(for the duty desk)" in desk.get("invitations.mine").text
    panel = desk.fill(desk.get("invitations.show", invitation_id=asked), {"answer": "accepted"})

    assert panel.h1 == "You will come"
    assert row_of(asked).answer == "accepted"


def test_an_answer_renews_the_entry_of_the_directory(browse, worker, world, asked, clock, units):
    clock.advance(days=5)
    phone = browse(worker)
    phone.fill(phone.get("invitations.show", invitation_id=asked), {"answer": "accepted"})

    with units.read(system("test")) as uow:
        checked_on = uow.session.get_one(Contact, world.worker).checked_on
    assert checked_on == clock.now().date()
