"""Meetings by their pages: planning, bad times, moving, calling off, and who may see them."""

from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Area
from hub.kernel.actor import Role
from hub.meetings.commands import PlanMeeting, plan_meeting
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from kit.world import COORDINATOR, HUB


def moment(name, day, time, month="7", year="2026"):
    parts = {"day": str(day), "month": month, "year": year, "time": time}
    return {f"{name}-{part}": value for part, value in parts.items()}


def meeting_form(world, **changes):
    return {
        "kind": "professionals",
        "area_id": str(world.area),
        **moment("starts_at", 1, "09:30"),
        **moment("ends_at", 1, "10:30"),
        "place": "Example House",
        "video_link": "",
        **changes,
    }


def test_every_kind_of_meeting_can_be_planned(browser, world, chair):
    for day, kind in enumerate(MeetingKind, start=1):
        when = moment("starts_at", day, "09:30") | moment("ends_at", day, "10:30")
        form = meeting_form(world, kind=kind.value, chair_id=str(chair.account_id), **when)
        shown = browser.send("meetings.plan", form)
        assert shown.title == "Meeting - Partner hub"
        assert "Charlie Person" in shown.text

    listed = browser.get("meetings.upcoming").text
    assert "Safety planning meeting" in listed
    assert "Strategy meeting" in listed


def test_a_day_that_nobody_works_is_said_and_no_obstacle(browser, world):
    def planned(day, month, year):
        when = [
            moment(end, day, time, month, year)
            for end, time in (("starts_at", "09:30"), ("ends_at", "10:30"))
        ]
        return browser.send("meetings.plan", meeting_form(world, **when[0], **when[1])).text

    assert "Friday 25 December 2026 is no working day." in planned(25, "12", "2026")
    assert "Saturday 4 July 2026 is no working day." in planned(4, "7", "2026")
    assert "no working day" not in planned(6, "7", "2026")


@pytest.mark.parametrize(
    ("changes", "errors"),
    [
        pytest.param(
            moment("starts_at", 1, "09:00", "6") | moment("ends_at", 1, "10:30", "6"),
            {"starts_at-day": "The meeting must start in the future."},
            id="in the past",
        ),
        pytest.param(
            moment("ends_at", 1, "09:30"),
            {"ends_at-day": "The end must be after the start"},
            id="an end that is the start",
        ),
        pytest.param(
            moment("ends_at", 30, "09:30", "6"),
            {"ends_at-day": "The end must be after the start"},
            id="an end before the start",
        ),
        pytest.param(
            moment("starts_at", 28, "01:30", "3", "2027"),
            {
                "starts_at-time": "The start must be a time that exists: the clocks go forward on"
                " that day and this hour is skipped"
            },
            id="an hour that does not exist",
        ),
        pytest.param(
            moment("starts_at", 25, "01:30", "10"),
            {
                "starts_at-time": "The start must say which 01:30: the clocks go back on that day"
                " and it comes twice. Enter 01:30 BST for the first or 01:30 GMT for the second"
            },
            id="an hour that exists twice",
        ),
        pytest.param(
            moment("starts_at", 31, "09:30", "6"),
            {"starts_at-day": "The start must be a real date"},
            id="a day that does not exist",
        ),
        pytest.param(
            {"starts_at-time": "25:00"},
            {"starts_at-time": "The start must have a real time, like 09:30 or 2:15pm"},
            id="a time that no clock shows",
        ),
        pytest.param({"kind": ""}, {"kind": "Select the kind of meeting"}, id="no kind"),
        pytest.param(
            {"video_link": "http://video.example.org/1"},
            {"video_link": "Enter a video link that begins with https://"},
            id="a video link that is not secure",
        ),
        pytest.param(
            {"area_id": str(uuid4())}, {"area_id": "Select the area"}, id="no area of ours"
        ),
    ],
)
def test_what_was_typed_stays_and_the_cure_is_named(browser, world, changes, errors):
    wrong = browser.post("meetings.plan", meeting_form(world, **changes))

    assert {name: text.strip() for name, text in wrong.errors.items()} == errors
    assert wrong.filled()["place"] == ["Example House"]
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Meeting)).all() == []


def test_the_hour_that_comes_twice_can_be_told_apart(browser, world):
    form = meeting_form(
        world,
        **moment("starts_at", 25, "01:30 BST", "10"),
        **moment("ends_at", 25, "01:30 GMT", "10"),
    )

    browser.send("meetings.plan", form)

    with world.units.read(HUB) as uow:
        row = uow.session.scalars(select(Meeting)).one()
        assert row.ends_at - row.starts_at == timedelta(hours=1)


def test_a_move_takes_times_and_invitations_along(browser, world):
    meeting = world.meeting()
    world.list(meeting, world.concern(world.person()))
    form = browser.get("meetings.move", meeting_id=meeting)

    shown = browser.fill(form, {"place": "Elsewhere", "starts_at-time": "09:00"})

    assert "Elsewhere" in shown.text
    assert "9am to 1pm" in shown.text


def test_what_is_taken_is_named_with_a_link_and_a_reason_goes_ahead(browser, world, chair):
    who = str(chair.account_id)
    browser.send("meetings.plan", meeting_form(world, chair_id=who))
    again = meeting_form(world, chair_id=who, kind="strategy", place="Elsewhere")

    taken = browser.post("meetings.plan", again)

    said = "Professionals' meeting, Wednesday 1 July 2026, 9:30am to 10:30am"
    assert taken.status == 422
    assert taken.errors["chair_id"].strip() == f"This chair is taken by {said}"
    assert said in taken.links
    assert taken.filled()["place"] == ["Elsewhere"]
    short = browser.fill(taken, {"clash_reason": "ok"})
    assert "clash_reason" in short.errors
    shown = browser.fill(short, {"clash_reason": "They join both by turns."})
    assert "Same chair" in shown.text
    assert "They join both by turns. (Coral Ordinator" in shown.text


def test_of_a_meeting_elsewhere_no_more_is_said_than_that_there_is_one(browser, world):
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Area(id=elsewhere, name="Othershire"))
    with world.write(COORDINATOR) as uow:
        hour = timedelta(hours=1)
        start = datetime(2026, 7, 1, 8, 0, tzinfo=UTC)
        cmd = PlanMeeting(
            kind=MeetingKind.MARAC,
            area_id=elsewhere,
            starts_at=start,
            ends_at=start + hour,
            place="Example House",
        )
        plan_meeting(cmd, uow=uow)

    taken = browser.post("meetings.plan", meeting_form(world))

    text = "This place is taken by another meeting at that time"
    assert taken.errors["place"].strip() == text
    assert "MARAC," not in taken.text


def test_a_chair_can_be_chosen_later(browser, world, chair):
    meeting = world.meeting()
    form = browser.get("meetings.move", meeting_id=meeting)

    shown = browser.fill(form, {"chair_id": str(chair.account_id)})

    assert "Charlie Person" in shown.text


def test_two_who_move_at_once_both_see_both_versions(browser, browse, coordinator, world):
    meeting = world.meeting()
    other = browse(coordinator)
    mine = browser.get("meetings.move", meeting_id=meeting)
    other.fill(other.get("meetings.move", meeting_id=meeting), {"place": "Their place"})

    both = browser.fill(mine, {"place": "My place"})

    assert both.status == 409
    assert "My place" in both.text
    assert "Their place" in both.text
    assert both.text.count("Different") == 1  # the times are the same
    with world.units.read(HUB) as uow:
        assert uow.session.get_one(Meeting, meeting).place == "Their place"

    shown = browser.fill(both, {})
    assert "My place" in shown.text


def test_a_move_into_the_past_is_refused_beside_the_field(browser, world):
    form = browser.get("meetings.move", meeting_id=world.meeting())

    wrong = browser.fill(form, moment("starts_at", 1, "08:00", "6"))

    assert wrong.errors == {"starts_at-day": "The meeting must start in the future."}


def test_a_meeting_is_called_off_after_a_question(browser, world):
    meeting = world.meeting()
    world.list(meeting, world.concern(world.person()))
    question = browser.get("meetings.call_off", meeting_id=meeting)
    assert "gets a cancellation for their calendar" in question.text

    shown = browser.fill(question, {})

    assert "Cancelled" in shown.text
    assert "Call the meeting off" not in shown.links
    assert "Cancelled" in browser.get("meetings.earlier").text
    again = browser.post("meetings.call_off", meeting_id=meeting)
    assert "The meeting is cancelled, so this can no longer be done." in again.text


def test_a_meeting_is_held_only_once_it_has_begun(browser, browse, coordinator, world, clock):
    meeting = world.meeting(days=1)
    early = browser.send("meetings.held", meeting_id=meeting)
    assert "The meeting has not begun yet." in early.text

    clock.advance(days=1, hours=1)
    later = browse(coordinator)
    shown = later.get("meetings.show", meeting_id=meeting)
    assert "List a case" not in shown.links
    shown = later.fill(later.get(shown.links["Record that the meeting took place"]), {})

    assert "Held" in shown.text


def test_a_chair_sees_meetings_and_changes_none(browse, chair, world):
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))
    browser = browse(chair)

    shown = browser.get("meetings.show", meeting_id=meeting)
    assert not {"List a case", "Change time, place or chair", "Call the meeting off"} & set(
        shown.links
    )
    assert "Plan a meeting" not in browser.get("meetings.upcoming").links

    for endpoint in ("meetings.move", "meetings.call_off", "meetings.list_case"):
        browser.get(endpoint, meeting_id=meeting, status=404)
        browser.post(endpoint, meeting_id=meeting, status=404)
    browser.get("meetings.plan", status=404)
    browser.post("meetings.take_off", item_id=item, status=404)


OTHERS = sorted(set(Role) - {Role.COORDINATOR, Role.CHAIR})


@pytest.mark.parametrize("role", OTHERS)
def test_to_everybody_else_no_meeting_is_there(browse, as_role, world, role):
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))
    browser = browse(as_role(role, agency_id=world.agency, contact_id=world.worker))

    for endpoint in ("meetings.show", "meetings.move", "meetings.call_off", "meetings.held"):
        browser.get(endpoint, meeting_id=meeting, status=404)
    for endpoint in ("marac.agenda", "marac.issue"):
        browser.get(endpoint, meeting_id=meeting, status=404)
    for endpoint in ("meetings.case", "meetings.take_off"):
        browser.get(endpoint, item_id=item, status=404)
    for endpoint in ("meetings.upcoming", "meetings.earlier", "marac.series_list"):
        browser.get(endpoint, status=404)
    assert "Meetings" not in {link.text for link in browser.get("/privacy").root.all("a")}


def test_absent_and_hidden_give_the_same_answer(browser, browse, as_role, world):
    item = world.list(world.meeting(), world.concern(world.person()))
    worker = browse(as_role(Role.LEAVING_CARE_WORKER, contact_id=world.worker))

    hidden = worker.get("meetings.case", item_id=item, status=404)
    absent = worker.get("meetings.case", item_id=uuid4(), status=404)
    assert hidden.text == absent.text
    browser.get("meetings.case", item_id=uuid4(), status=404)
    browser.get("meetings.show", meeting_id=uuid4(), status=404)


def test_the_list_goes_on_page_by_page_and_shows_each_meeting_once(browser, world):
    for number in range(28):
        world.meeting(days=28 + number // 2)  # two at each instant, so that ties are broken

    first = browser.get("meetings.upcoming")
    second = browser.get(next_page(first))

    assert (len(rows(first)), len(rows(second))) == (25, 3)
    assert len(set(rows(first)) | set(rows(second))) == 28
    assert next_page(second) is None


def test_earlier_meetings_go_on_page_by_page_too(browse, coordinator, world, clock):
    for number in range(27):
        world.meeting(days=1 + number // 2)
    clock.advance(days=40)
    browser = browse(coordinator)

    first = browser.get("meetings.earlier")
    second = browser.get(next_page(first))

    assert (len(rows(first)), len(rows(second))) == (25, 2)
    assert len(set(rows(first)) | set(rows(second))) == 27
    assert "No meeting is planned." in browser.get("meetings.upcoming").text


def rows(page):
    return [
        link.attributes["href"]
        for head in page.root.all("th", scope="row")
        for link in head.all("a")
    ]


def next_page(page):
    links = page.root.all("a", rel="next")
    return links[0].attributes["href"] if links else None


def test_a_broken_place_in_the_list_is_its_beginning(browser, world):
    world.meeting()

    assert len(rows(browser.get("/meetings?after=nonsense"))) == 1
    assert len(rows(browser.get(f"/meetings?after={uuid4()}"))) == 1


def test_no_name_stands_in_title_address_or_on_the_meeting_page(browser, world):
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))

    shown = browser.get("meetings.show", meeting_id=meeting)
    case = browser.get("meetings.case", item_id=item)

    assert "Quillfeather" not in shown.response.text
    assert case.h1 == "Zebedee Quillfeather"
    assert case.title == "Case - Partner hub"
    assert not [link for link in case.links.values() if "uillfeather" in link]


def test_listed_cases_are_counted(browser, world):
    meeting = world.meeting()
    for _ in range(2):
        item = world.list(meeting, world.concern(world.person()))
    with world.write(COORDINATOR) as uow:
        uow.session.get_one(Item, item).state = "withdrawn"

    cells = browser.get("meetings.upcoming").root.having("govuk-table__cell--numeric")
    assert [cell.children[0] for cell in cells] == ["1"]


def test_to_a_co_ordinator_of_another_area_there_is_no_such_meeting(
    world, units, signed_in, as_role
) -> None:
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))
    elsewhere = as_role(Role.COORDINATOR, agency_id=uuid4(), name="Elsie Where")
    browser = signed_in(elsewhere)
    browser.get("meetings.show", meeting_id=meeting, status=404)
    browser.get("meetings.case", item_id=item, status=404)
    assert str(meeting) not in browser.get("meetings.upcoming").response.get_data(as_text=True)
