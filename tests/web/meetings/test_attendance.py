"""Who came to a case, by its page: one press of a button a person."""

from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.agencies.models import Contact
from hub.meetings.models import Attendance
from kit.world import HUB


def item_of(world):
    meeting = world.meeting()
    return meeting, world.list(meeting, world.concern(world.person()))


def test_before_the_meeting_only_an_apology_can_be_pressed(browser, world):
    _, item = item_of(world)
    shown = browser.get("meetings.case", item_id=item)
    pressed = [
        one.attributes["value"] for one in shown.root.all("button") if "value" in one.attributes
    ]
    assert pressed == ["apology"]

    sent = {"contact_id": str(world.worker), "status": "attended"}
    shown = browser.send("meetings.attendance", sent, item_id=item)

    assert "The meeting has not begun yet." in shown.text
    assert "Not recorded yet" in shown.text


def test_attendance_is_one_press_and_can_be_put_right(browse, coordinator, world, clock):
    _, item = item_of(world)
    clock.advance(days=28)
    browser = browse(coordinator)
    shown = browser.get("meetings.case", item_id=item)
    assert "Not recorded yet" in shown.text

    shown = browser.fill(shown, {"status": "part", "sent_information": "yes"})
    assert "Part, information sent" in shown.text

    shown = browser.send(
        "meetings.attendance",
        {"contact_id": str(world.worker), "status": "attended"},
        item_id=item,
    )
    assert "Attended Information was sent" in shown.text
    with world.units.read(HUB) as uow:
        row = uow.session.scalars(select(Attendance)).one()
        assert (row.status, row.sent_information) == ("attended", False)


@pytest.mark.parametrize(
    "changes", [{"status": "danced"}, {"status": ""}, {"contact_id": str(uuid4())}]
)
def test_attendance_of_nobody_asked_or_of_no_known_sort_is_not_recorded(browser, world, changes):
    _, item = item_of(world)
    sent = {"contact_id": str(world.worker), "status": "attended", **changes}

    shown = browser.send("meetings.attendance", sent, item_id=item)

    assert "Nothing was recorded." in shown.text
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(Attendance)).all() == []


def test_somebody_who_could_not_be_identified_is_said_to_be_not_identified(browser, world):
    with world.write() as uow:
        uow.session.execute(update(Contact).values(email=None))
    _, item = item_of(world)

    shown = browser.get("meetings.case", item_id=item)

    assert "Worker: Could not be identified" in shown.text
    assert "Zebedee Quillfeather: not identified" in shown.text
