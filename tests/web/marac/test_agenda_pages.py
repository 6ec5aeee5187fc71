"""The agenda by its pages: times, order, names, what stands in the way, and what went out."""

import pytest
from sqlalchemy import select, update

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.marac.commands import PackAgenda, issue_agenda, pack_agenda
from hub.marac.models import AgendaIssue
from hub.meetings.models import Invitation, Item
from hub.meetings.rules import InvitationPolicy
from hub.people.models import Conflict
from kit.world import COORDINATOR, HUB


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def items(world, meeting, clock):
    """Two cases of one worker, an hour between their listings."""
    first = world.list(meeting, world.concern(world.person()))
    clock.advance(minutes=1)
    return first, world.list(meeting, world.concern(world.person()))


def pack(world, meeting, minutes=10):
    with world.write(COORDINATOR) as uow:
        pack_agenda(PackAgenda(meeting_id=meeting, slot_minutes=minutes), uow=uow)


def issue(world, meeting):
    with world.write(COORDINATOR) as uow:
        issue_agenda(meeting, uow=uow, policy=InvitationPolicy())


def headings(page):
    return [" ".join(each.text.split()) for each in page.root.all("h3")]


def links_of(page):
    return [link.attributes["href"] for each in page.root.all("h3") for link in each.all("a")]


@pytest.mark.parametrize(
    ("minutes", "error"),
    [
        ("", "Enter minutes for each case"),
        ("4", "Minutes for each case must be a whole number from 5 to 60"),
        ("61", "Minutes for each case must be a whole number from 5 to 60"),
        ("ten", "Minutes for each case must be a whole number from 5 to 60"),
    ],
)
def test_impossible_minutes_stay_in_the_form_with_the_cure(browser, meeting, items, minutes, error):
    wrong = browser.post("marac.times", {"slot_minutes": minutes}, meeting_id=meeting)

    assert wrong.errors == {"slot_minutes": error}


def test_times_for_an_empty_agenda_are_refused_in_words(browser, meeting):
    wrong = browser.post("marac.times", {"slot_minutes": "10"}, meeting_id=meeting)

    assert "No case is listed yet. List one, then give out the times." in wrong.errors.values()


def test_what_does_not_fit_is_said_with_what_to_do(browser, world, meeting, items):
    for _ in range(2):
        world.list(meeting, world.concern(world.person()))

    shown = browser.send("marac.times", {"slot_minutes": "60"}, meeting_id=meeting)

    assert "1 case does not fit at 60 minutes each. Give the meeting a later end" in shown.text
    assert headings(shown)[3].startswith("4. No time yet")


def test_the_minutes_in_use_stand_in_the_form(browser, world, meeting, items):
    pack(world, meeting, 15)

    shown = browser.get("marac.agenda", meeting_id=meeting)

    assert shown.filled(f"/meetings/{meeting}/agenda/times")["slot_minutes"] == ["15"]


def test_a_case_moves_up_and_down_by_buttons(browser, world, meeting, items):
    _, second = items
    pack(world, meeting)
    before = links_of(browser.get("marac.agenda", meeting_id=meeting))

    shown = browser.send("marac.order", {"up": str(second)}, meeting_id=meeting)
    assert links_of(shown) == before[::-1]

    shown = browser.send("marac.order", {"down": str(second)}, meeting_id=meeting)
    assert links_of(shown) == before


@pytest.mark.parametrize(
    ("sent", "said"),
    [
        ({"up": "first"}, "This case cannot be moved up."),
        ({"down": "second"}, "This case cannot be moved down."),
        ({"up": "nonsense"}, "This case is not on the agenda any more."),
        ({}, "This case is not on the agenda any more."),
    ],
)
def test_a_move_that_cannot_be_says_so(browser, world, meeting, items, sent, said):
    pack(world, meeting)
    ids = {"first": str(items[0]), "second": str(items[1])}

    sent = {name: ids.get(value, value) for name, value in sent.items()}
    shown = browser.send("marac.order", sent, meeting_id=meeting)

    assert said in shown.text


def test_an_accepted_time_says_why_it_stays(browser, world, meeting, items):
    pack(world, meeting)
    with world.write() as uow:
        uow.session.execute(
            update(Invitation).where(Invitation.item_id == items[0]).values(answer="accepted")
        )

    shown = browser.send("marac.order", {"down": str(items[0])}, meeting_id=meeting)

    assert "A worker has accepted the time of this case, so it stays." in shown.text


# --- Names ---


def test_names_are_shown_when_asked_for_and_each_look_is_in_the_trail(
    browser, world, meeting, items
):
    shown = browser.get("marac.agenda", meeting_id=meeting)
    assert "Quillfeather" not in shown.response.text
    assert looks(world) == set()

    shown = browser.get(shown.links["Show the names"])

    assert "Zebedee Quillfeather" in shown.text
    assert looks(world) == {str(item) for item in items}
    assert "Seen by Coral Ordinator." in shown.text


def looks(world):
    with world.units.read(HUB) as uow:
        wanted = select(AuditEntry.subject_id).where(AuditEntry.subject_kind == "item")
        return set(uow.session.scalars(wanted.where(AuditEntry.verb == "Looked")))


# --- Issuing ---


def test_an_empty_agenda_is_sent_to_listing_a_case(browser, meeting):
    shown = browser.get("marac.issue", meeting_id=meeting)

    assert "1 thing stands in the way" in shown.text
    link = shown.links["No case is listed, so there is no agenda yet"]
    assert link == f"/meetings/{meeting}/cases/new"
    again = browser.post("marac.issue", meeting_id=meeting)
    assert "No case is listed, so there is no agenda yet" in again.text


def test_every_obstacle_is_named_with_its_owner_and_leads_to_its_cure(browser, world, meeting):
    item = world.list(meeting, world.concern_about([(None, "victim"), (world.person(), "child")]))

    shown = browser.post("marac.issue", meeting_id=meeting)

    assert "2 things stand in the way" in shown.text
    assert "This case has no time" in shown.text
    assert "Leaving care duty desk" in shown.text
    cures = [each for each in shown.links.values() if f"{item}/reason/" in each]
    (cure,) = cures
    reason = browser.get(cure)
    browser.fill(reason, {"reason": "The desk answers on the day itself."})
    pack(world, meeting)
    assert "Everybody who must be invited is invited" in (
        browser.get("marac.issue", meeting_id=meeting).text
    )


def test_an_issue_shows_for_ever_what_it_showed_then(browser, world, meeting, items):
    pack(world, meeting)
    issue(world, meeting)
    with world.write(COORDINATOR) as uow:
        uow.session.get_one(Item, items[0]).state = "withdrawn"
    pack(world, meeting)
    issue(world, meeting)

    agenda = browser.get("marac.agenda", meeting_id=meeting)
    assert "Issue 2 went out on 1 June 2026" in agenda.text
    first = browser.get(agenda.links["Issue 1"])
    second = browser.get(agenda.links["Issue 2"])

    assert len(first.root.having("hub-agenda__case")) == 2
    assert len(second.root.having("hub-agenda__case")) == 1
    assert "Victim, care-experienced: Wor Ker, named worker: invited" in first.text
    browser.get("marac.issued", meeting_id=meeting, number=3, status=404)


def test_a_meeting_that_has_begun_keeps_its_agenda(
    browse, coordinator, world, meeting, items, clock
):
    pack(world, meeting)
    clock.advance(days=29)
    browser = browse(coordinator)

    shown = browser.get("marac.issue", meeting_id=meeting)

    assert "The meeting has begun or was called off" in shown.text
    again = browser.post("marac.issue", meeting_id=meeting)
    assert "The meeting has begun or was called off" in again.text
    agenda = browser.get("marac.agenda", meeting_id=meeting)
    assert not {"Check and issue", "Issue it again"} & set(agenda.links)
    assert agenda.root.all("button", name="up") == []


def test_a_chair_reads_the_agenda_and_changes_nothing(browse, chair, world, meeting, items):
    pack(world, meeting)
    issue(world, meeting)
    browser = browse(chair)

    shown = browser.get("marac.agenda", meeting_id=meeting)
    assert "Issue it again" not in shown.links
    assert shown.root.all("button", name="up") == []
    browser.get("marac.issued", meeting_id=meeting, number=1)
    for endpoint in ("marac.times", "marac.order", "marac.issue"):
        browser.post(endpoint, meeting_id=meeting, status=404)


def test_somebody_kept_from_a_case_finds_no_hole_and_nothing_in_the_way(
    browse, as_role, world, meeting, items
):
    pack(world, meeting)
    issue(world, meeting)
    own, person = world.deputy, None
    with world.write() as uow:
        person = uow.session.scalar(
            select(Invitation.subject_id).where(Invitation.item_id == items[0])
        )
        uow.session.add(Conflict(contact_id=own, person_id=person, declared_at=uow.now))
        row = uow.session.scalars(select(Invitation).where(Invitation.item_id == items[0])).one()
        row.state = "cancelled"
    browser = browse(as_role(Role.COORDINATOR, agency_id=world.agency, contact_id=own))

    shown = browser.get("marac.agenda", meeting_id=meeting)
    assert [each.split(" ")[0] for each in headings(shown)] == ["1."]
    issued = browser.get("marac.issued", meeting_id=meeting, number=1)
    assert len(issued.root.having("hub-agenda__case")) == 1
    check = browser.get("marac.issue", meeting_id=meeting)
    assert str(items[0]) not in check.response.text
    browser.fill(check, {})
    with world.units.read(HUB) as uow:
        kept = select(AgendaIssue.contents).where(AgendaIssue.meeting_id == meeting)
        latest = uow.session.scalars(kept.order_by(AgendaIssue.number.desc()).limit(1)).one()
    assert str(items[0]) in latest  # others read it whole


# --- Series ---


def series_form(world, **changes):
    return {
        "name": "East",
        "area_id": str(world.area),
        "starts": "9:30",
        "minutes": "180",
        "slot_minutes": "12",
        "place": "Example House",
        "video_link": "",
        **changes,
    }


CLOCKS_CHANGE = (
    "The clocks change on that day at 01:30. Plan this meeting by itself and give its times in"
    " full."
)


def plan_link(page):
    return next(link for link in page.links.values() if link.endswith("/plan"))


def test_a_series_is_saved_changed_and_planned_from(browser, world):
    listed = browser.send("marac.new_series", series_form(world))
    assert "9:30am, 180 minutes, 12 for each case" in listed.text

    listed = browser.fill(browser.get(listed.links["East"]), {"place": "Elsewhere"})
    question = browser.get(plan_link(listed))
    assert "It starts at 9:30am for 180 minutes, Elsewhere." in question.text
    day = {"day-day": "1", "day-month": "7", "day-year": "2026"}
    meeting = browser.fill(question, day)

    assert meeting.h1 == "MARAC, Wednesday 1 July 2026"
    assert "9:30am to 12:30pm" in meeting.text
    agenda = browser.get(meeting.links["Agenda and times"])
    action = agenda.form().attributes["action"]
    assert agenda.filled(action)["slot_minutes"] == ["12"]


def test_two_who_change_a_series_both_see_both_versions(browser, browse, coordinator, world):
    listed = browser.send("marac.new_series", series_form(world))
    mine, other = browser.get(listed.links["East"]), browse(coordinator)
    other.fill(other.get(listed.links["East"]), {"place": "Their place"})

    both = browser.fill(mine, {"place": "My place"})
    assert both.status == 409
    assert "My place" in both.text
    assert "Their place" in both.text
    browser.fill(both, {})

    assert browser.get(listed.links["East"]).filled()["place"] == ["My place"]


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        ({"name": ""}, {"name": "Enter name"}),
        ({"starts": "half nine"}, {"starts": "Enter usual start like 09:30"}),
        ({"starts": "24:00"}, {"starts": "Enter usual start like 09:30"}),
        (
            {"minutes": "5"},
            {"minutes": "The meeting must have room for one case and end within 12 hours."},
        ),
        (
            {"slot_minutes": "90"},
            {"slot_minutes": "Minutes for each case must be a whole number from 5 to 60"},
        ),
        ({"video_link": "video"}, {"video_link": "Enter a video link that begins with https://"}),
    ],
)
def test_a_series_that_cannot_be_names_the_cure(browser, world, changes, errors):
    wrong = browser.post("marac.new_series", series_form(world, **changes))

    assert wrong.errors == errors


@pytest.mark.parametrize(
    ("day", "error"),
    [
        (("1", "6", "2026"), "The meeting must start in the future."),
        (("31", "6", "2026"), "The day must be a real date"),
        (("", "", ""), "Enter the day"),
        (("28", "3", "2027"), CLOCKS_CHANGE),
    ],
)
def test_a_day_on_which_the_series_cannot_meet_names_the_cure(browser, world, day, error):
    odd = browser.send("marac.new_series", series_form(world, starts="01:30"))
    question = browser.get(plan_link(odd))

    parts = dict(zip(("day-day", "day-month", "day-year"), day, strict=True))
    wrong = browser.fill(question, parts)

    assert wrong.errors == {"day-day": error}
