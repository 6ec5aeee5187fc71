"""Cases by their pages: listing, gaps and their reasons, the chair's decisions."""

from datetime import timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.audit.models import AuditEntry
from hub.kernel.actor import Actor, Role
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation
from hub.meetings.commands import cancel_meeting
from hub.meetings.models import Bar, Excuse, Invitation, Item
from hub.meetings.rules import InvitationPolicy
from hub.meetings.situation import MeetingKind
from hub.people.models import Conflict
from hub.referrals.models import Concern
from hub.sharing.models import Agreement
from kit.world import COORDINATOR, HUB


def item_of(world, **about):
    meeting = world.meeting()
    return meeting, world.list(meeting, world.concern(world.person(**about)))


# --- Putting a case on and taking it off ---


def test_only_accepted_concerns_that_are_on_no_agenda_can_be_chosen(browser, world):
    meeting = world.meeting()
    listed, waiting, undecided = (world.concern(world.person()) for _ in range(3))
    world.list(meeting, listed)
    with world.write() as uow:
        uow.session.get_one(Concern, undecided).state = "submitted"

    form = browser.get("meetings.list_case", meeting_id=meeting)
    offered = [each.attributes["value"] for each in form.form().all("input", type="radio")]
    assert offered == [str(waiting)]

    for concern in (listed, undecided, uuid4()):
        sent = {"concern_id": str(concern)}
        wrong = browser.post("meetings.list_case", sent, meeting_id=meeting)
        assert wrong.errors == {"concern_id": "Select the case"}


def test_another_meeting_is_offered_recent_cases_and_those_of_meetings_to_come(
    browser, world, clock
):
    old, heard_later, recent = (world.concern(world.person()) for _ in range(3))
    with world.write() as uow:
        long_ago = clock.now() - timedelta(weeks=13)
        aged = update(Concern).where(Concern.id.in_([old, heard_later]))
        uow.session.execute(aged.values(submitted_at=long_ago))
    world.list(world.meeting(), heard_later)
    planning = world.meeting(days=3, kind=MeetingKind.SAFETY_PLANNING)

    form = browser.get("meetings.list_case", meeting_id=planning)
    offered = {each.attributes["value"] for each in form.form().all("input", type="radio")}
    assert offered == {str(heard_later), str(recent)}
    shown = browser.fill(form, {"concern_id": str(heard_later)})

    assert "Wor Ker, named worker" in shown.text


def test_many_cases_to_choose_from_are_a_list_to_type_into(browser, world):
    meeting = world.meeting()
    concerns = [world.concern(None) for _ in range(26)]

    form = browser.get("meetings.list_case", meeting_id=meeting)
    options = form.form().all("select")[0].all("option")
    assert len(options) == 27
    browser.fill(form, {"concern_id": str(concerns[7])})


def test_a_case_of_a_meeting_called_off_can_be_chosen_again(browser, world):
    meeting, _ = item_of(world)
    with world.write(COORDINATOR) as uow:
        cancel_meeting(meeting, uow=uow)

    form = browser.get("meetings.list_case", meeting_id=world.meeting())

    assert len(form.form().all("input", type="radio")) == 1


def test_where_no_concern_waits_the_page_says_so(browser, world):
    shown = browser.get("meetings.list_case", meeting_id=world.meeting())

    assert "No accepted concern of this area waits for a meeting." in shown.text


def test_a_case_cannot_be_put_on_a_meeting_that_has_begun(browse, coordinator, world, clock):
    meeting, concern = world.meeting(days=1), world.concern(world.person())
    clock.advance(days=1)
    browser = browse(coordinator)

    sent = {"concern_id": str(concern)}
    wrong = browser.post("meetings.list_case", sent, meeting_id=meeting)

    why = "This meeting has already begun. Choose a later one."
    assert wrong.errors == {"concern_id": why}


def test_a_case_is_taken_off_after_a_question(browser, world):
    _meeting, item = item_of(world)
    question = browser.get("meetings.take_off", item_id=item)

    shown = browser.fill(question, {})

    assert "No case is listed yet." in shown.text
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Invitation.state)).one() == "cancelled"
    again = browser.post("meetings.take_off", item_id=item)
    assert "This case is not on the agenda any more." in again.text


# --- What the case page says ---


def test_the_look_at_a_case_is_in_the_trail(browser, world):
    _, item = item_of(world)
    before = looks(world)

    browser.get("meetings.case", item_id=item)

    assert looks(world) == [*before, str(item)]


def looks(world):
    with world.units.read(HUB) as uow:
        entries = uow.session.scalars(select(AuditEntry).order_by(AuditEntry.number))
        return [one.subject_id for one in entries if one.subject_kind == "item"]


def test_the_worker_their_state_and_their_number_stand_on_the_case(browser, world):
    _, item = item_of(world)
    with world.write() as uow:
        uow.session.execute(
            update(Contact).where(Contact.id == world.worker).values(phone="01632 960123")
        )
        invitation = uow.session.scalars(select(Invitation.id)).one()
    worker = Actor(account_id=uuid4(), contact_id=world.worker)
    with world.write(worker) as uow:
        said = AnswerInvitation(
            invitation_id=invitation, answer=Answer.STAND_IN, stand_in_id=world.deputy
        )
        answer_invitation(said, uow=uow, policy=InvitationPolicy())

    shown = browser.get("meetings.case", item_id=item)

    assert "Wor Ker, named worker: Sending someone Dep Uty" in shown.text
    assert "tel:01632960123" in shown.links.values()
    assert "Dep Uty, asked by name: Invited" in shown.text
    assert "Victim, born 9 March 2006. Care-experienced." in shown.text


def test_an_unanswered_question_shows_as_care_status_unconfirmed(browser, world):
    meeting = world.meeting()
    item = world.list(meeting, world.concern(None))

    shown = browser.get("meetings.show", meeting_id=meeting)

    assert "1 thing stands between you and issuing" in shown.text
    assert "Victim: Care status unconfirmed" in shown.text
    assert "Leaving care duty desk" in shown.text
    assert "Care status unconfirmed" in browser.get("meetings.case", item_id=item).text


def test_somebody_kept_away_by_a_conflict_cannot_tell_that_there_is_a_case(browse, as_role, world):
    person = world.person()
    meeting = world.meeting()
    item = world.list(meeting, world.concern(person))
    own = uuid4()
    with world.write() as uow:
        world.contact(uow, own, "Kin Folk", role="marac_coordinator")
        uow.session.flush()
        uow.session.add(Conflict(contact_id=own, person_id=person, declared_at=uow.now))
    browser = browse(as_role(Role.COORDINATOR, agency_id=world.agency, contact_id=own))

    assert "No case is listed yet." in browser.get("meetings.show", meeting_id=meeting).text
    agenda = browser.get("marac.agenda", meeting_id=meeting)
    assert "No case is listed, so there is no agenda yet." in agenda.text
    for endpoint in ("meetings.case", "meetings.take_off"):
        browser.get(endpoint, item_id=item, status=404)
    for endpoint in ("meetings.take_off", "meetings.attendance"):
        browser.post(endpoint, item_id=item, status=404)
    address = f"/meetings/cases/{item}/reason/barred"
    browser.get(address, status=404)
    browser.post(address, {"reason": "Long enough to be taken."}, status=404)


# --- Gaps ---


@pytest.fixture
def held(world, browser):
    """A case whose invitation is held because no agreement is in force."""
    with world.write() as uow:
        uow.session.get_one(Agreement, world.agreement).status = "suspended"
    meeting, item = item_of(world)
    return meeting, item, browser


def test_a_held_invitation_says_so_with_owner_and_cure(held):
    meeting, _item, browser = held

    shown = browser.get("meetings.show", meeting_id=meeting)

    assert "1 thing stands between you and issuing" in shown.text
    assert "Victim, care-experienced: Held: no agreement in force" in shown.text
    assert "Information governance lead" in shown.text


def test_a_reason_is_recorded_by_name_and_the_chair_sees_it(held, browse, chair):
    meeting, _item, browser = held
    gap = next(iter(gap_links(browser.get("meetings.show", meeting_id=meeting))))
    form = browser.get(gap)
    assert "No agreement in force lets the leaving care service be told" in form.text

    shown = browser.fill(form, {"reason": "The lead decides on Friday."})

    assert "The lead decides on Friday. (Coral Ordinator, 1 June 2026" in shown.text
    seen = browse(chair).get("meetings.show", meeting_id=meeting)
    assert "Nothing stands between you and issuing" in seen.text
    assert "Reason recorded by Coral Ordinator" in seen.text
    agenda = browse(chair).get("marac.agenda", meeting_id=meeting)
    assert "Reason by Coral Ordinator: The lead decides on Friday." in agenda.text


def gap_links(page):
    lists = page.root.having("govuk-task-list")
    return [link.attributes["href"] for each in lists for link in each.all("a")]


@pytest.mark.parametrize(
    ("reason", "error"),
    [
        ("", "Enter the reason"),
        ("Because", "Say in a sentence why this stands"),
        ("x" * 1001, "The reason must be 1,000 characters or fewer"),
    ],
)
def test_a_reason_is_required(held, reason, error):
    meeting, _item, browser = held
    address = gap_links(browser.get("meetings.show", meeting_id=meeting))[0]

    wrong = browser.fill(browser.get(address), {"reason": reason})

    assert wrong.status == 422
    assert wrong.errors == {"reason": error}
    assert wrong.filled()["reason"] == [reason]


def test_only_problems_and_people_that_are_there_have_a_page(held):
    _, item, browser = held

    browser.get(f"/meetings/cases/{item}/reason/no_such_problem", status=404)
    browser.get(f"/meetings/cases/{item}/reason/barred?person={uuid4()}", status=404)
    browser.get(f"/meetings/cases/{uuid4()}/reason/barred", status=404)


# --- The chair's decisions ---


@pytest.fixture
def both_sides(world):
    """A case whose victim and alleged perpetrator have one worker."""
    meeting = world.meeting()
    people = [(world.person(), "victim"), (world.person(), "alleged_perpetrator")]
    return meeting, world.list(meeting, world.concern_about(people))


def test_one_worker_on_both_sides_waits_for_the_chair(both_sides, browser):
    meeting, _item = both_sides

    shown = browser.get("meetings.show", meeting_id=meeting)

    assert "The same worker is linked to both sides, so the chair must decide" in shown.text
    form = browser.get(chair_gap(shown))
    assert "What do you decide?" not in form.text  # a co-ordinator can only record a reason


def chair_gap(page):
    return next(link for link in gap_links(page) if "both_sides" in link)


def test_the_chair_has_somebody_else_asked(both_sides, browse, chair, world):
    meeting, _item = both_sides
    browser = browse(chair)
    form = browser.get(chair_gap(browser.get("meetings.show", meeting_id=meeting)))
    other = uuid4()
    with world.write() as uow:
        world.contact(uow, other, "Fresh Face")

    shown = browser.fill(
        browser.get(form.form().attributes["action"]),
        {
            "choice": "choose",
            "contact_id": str(other),
            "reason": "Somebody of another team comes for the victim.",
        },
    )

    assert "It is recorded under your name." in shown.text
    with world.units.read(HUB) as uow:
        row = uow.session.scalars(select(Invitation).where(Invitation.recipient_id == other)).one()
        assert (row.state, row.because) == ("held", "chosen")
    assert "Fresh Face" in shown.text


@pytest.mark.parametrize(
    ("sent", "errors"),
    [
        ({"choice": ""}, {"choice": "Select what you decide"}),
        ({"choice": "choose"}, {"contact_id": "Select who is asked instead"}),
        (
            {"choice": "choose", "contact_id": str(uuid4())},
            {"contact_id": "Select who is asked instead"},
        ),
    ],
)
def test_a_decision_says_what_it_is(both_sides, browse, chair, sent, errors):
    browser = browse(chair)
    address = chair_gap(browser.get("meetings.show", meeting_id=both_sides[0]))

    wrong = browser.post(address, {"reason": "Long enough to be taken.", **sent})

    assert wrong.errors == errors


def test_the_chair_rules_somebody_out(both_sides, browse, chair, world):
    meeting, item = both_sides
    browser = browse(chair)
    address = chair_gap(browser.get("meetings.show", meeting_id=meeting))

    browser.fill(
        browser.get(address), {"choice": "bar", "reason": "She knows both of them too well."}
    )

    with world.units.read(HUB) as uow:
        (reason,) = uow.session.scalars(select(Excuse))
        (bar,) = uow.session.scalars(select(Bar))
    assert reason.problem == "both_sides"
    assert (bar.recipient_id, bar.item_id) == (reason.recipient_id, item)
    assert bar.recipient_id not in recipients(world, item)


def test_a_co_ordinator_cannot_decide_for_the_chair(both_sides, browser, world):
    meeting, _item = both_sides
    address = chair_gap(browser.get("meetings.show", meeting_id=meeting))

    sent = {"choice": "bar", "reason": "Not mine to decide, in truth."}
    browser.send(address, sent)  # the choice is no field of a co-ordinator's form

    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Excuse.problem)).all() == ["both_sides"]
        assert uow.session.scalars(select(Bar)).all() == []


def recipients(world, item):
    with world.units.read(HUB) as uow:
        return set(
            uow.session.scalars(
                select(Invitation.recipient_id).where(
                    Invitation.item_id == item, Invitation.state == "held"
                )
            )
        )


def test_items_of_other_meetings_do_not_mix(browser, world):
    first, second = world.meeting(), world.meeting(days=29)
    world.list(first, world.concern(world.person()))
    other = world.list(second, world.concern(world.person()))
    with world.units.read(HUB) as uow:
        reference = uow.session.scalar(
            select(Concern.reference)
            .join(Item, Item.concern_id == Concern.id)
            .where(Item.id == other)
        )

    assert reference not in browser.get("meetings.show", meeting_id=first).text
