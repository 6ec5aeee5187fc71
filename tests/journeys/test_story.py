"""The whole story in a real browser, against a hub that really runs, on both databases.

A concern about a young person puts her named worker in the room: raised, confirmed, accepted,
listed, invited, answered on a phone, seen by the chair. Every page on the way is looked at, and
every message is read by two calendar programs that know nothing of each other.
"""

import re
import time
from datetime import UTC, datetime, timedelta
from email.utils import getaddresses
from uuid import UUID
from zoneinfo import ZoneInfo

import icalendar
import pytest
import vobject
from sqlalchemy import select

from hub.kernel.actor import system
from hub.meetings.models import Item, Meeting
from hub.people.models import IdentityCheck
from kit import story
from kit.banned import banned_words_in
from kit.mailbox import Delivered, read_mailbox
from kit.running import county
from kit.walk import DESK, PHONE

HERE = system("test")
LONDON = ZoneInfo("Europe/London")
SEED, PEOPLE, MEETINGS = "louth", 90, 2
WILL_COME = r"Ashley Placeholder, named worker[^.]{,20}\sAccepted"
ALLOWED = {
    "SUMMARY", "DTSTART", "DTEND", "DTSTAMP", "UID", "SEQUENCE", "ATTENDEE", "ORGANIZER", "CLASS",
    "DESCRIPTION", "LOCATION", "STATUS", "TRANSP",
}  # fmt: skip
"""All that an entry may say; the rest of the standard is a way to leak."""


class Told:
    """What the mailbox has for one address."""

    def __init__(self, running, address):
        self.running = running
        self.address = address

    def entries(self) -> list["Entry"]:
        found = read_mailbox(self.running.mailbox) if self.running.mailbox.exists() else []
        return [Entry(each) for each in found if self.is_for(each) and each.calendar()]

    def is_for(self, one: Delivered) -> bool:
        return one.delivered_to == self.address

    def await_entry(self, is_it, *, seconds: float = 40) -> "Entry":
        """Return the newest entry that is meant, once it has come."""
        gives_up = time.monotonic() + seconds
        while time.monotonic() < gives_up:
            found = [each for each in self.entries() if is_it(each)]
            if found:
                return max(found, key=lambda each: each.sequence)
            time.sleep(0.2)
        raise AssertionError(f"{self.address} has {[vars(each) for each in self.entries()]}")


class Entry:
    """One invitation, change or cancellation, as two calendar programs read it."""

    def __init__(self, one: Delivered):
        self.delivered = one
        self.message = one.parsed()
        raw = one.calendar()
        assert raw is not None
        self.first = icalendar.Calendar.from_ical(raw)
        self.second = vobject.readOne(raw.decode())
        (self.event,) = self.first.walk("VEVENT")
        self.method = str(self.first["METHOD"])
        self.uid = str(self.event["UID"])
        self.sequence = int(self.event["SEQUENCE"])
        self.starts_at = self.event["DTSTART"].dt
        self.ends_at = self.event["DTEND"].dt
        self.link = re.search(r"https?://\S+", self.text()).group()

    def text(self) -> str:
        return self.message.get_body(("plain",)).get_content()

    def check(self, address: str) -> None:
        """Assert what holds of every entry."""
        event, other = self.event, self.second.vevent
        assert (str(event["SUMMARY"]), other.summary.value) == ("Professionals meeting",) * 2
        assert (str(event["CLASS"]), other.contents["class"][0].value) == ("PRIVATE",) * 2
        assert other.uid.value == self.uid
        assert int(other.sequence.value) == self.sequence
        assert other.dtstart.value == self.starts_at
        assert other.dtend.value == self.ends_at
        assert self.starts_at.utcoffset() is not None
        attendees = event["ATTENDEE"]
        assert not isinstance(attendees, list)
        assert str(attendees) == f"mailto:{address}"
        assert len(other.contents["attendee"]) == 1
        assert {key for key, _ in event.property_items(recursive=False)} - {
            "BEGIN",
            "END",
        } <= ALLOWED
        (part,) = [p for p in self.message.walk() if p.get_content_type() == "text/calendar"]
        assert part.get_param("method") == self.method == self.second.method.value
        assert [each for _, each in getaddresses(self.message.get_all("To"))] == [address]
        assert self.message["Cc"] is None
        assert banned_words_in(self.delivered.sealed) == []


def newest(running, column, *, is_last_meeting=False):
    with running.units() as units, units.read(HERE) as uow:
        order = Meeting.starts_at.desc() if is_last_meeting else IdentityCheck.opened_at.desc()
        return str(uow.session.scalars(select(column).order_by(order).limit(1)).one())


def slot_of(running, item_id):
    with running.units() as units, units.read(HERE) as uow:
        row = uow.session.scalars(select(Item).where(Item.id == UUID(item_id))).one()
        return row.starts_at, row.ends_at


def spoken(starts_at, ends_at):
    """Return the times as the pages say them: 11:50am to 12pm."""

    def one(at):
        local = at.astimezone(LONDON)
        hour = f"{local:%I}".lstrip("0") + (f":{local:%M}" if local.minute else "")
        return "midday" if (local.hour, local.minute) == (12, 0) else f"{hour}{local:%p}".lower()

    return f"{one(starts_at)} to {one(ends_at)}"


@pytest.fixture
def town(database_kind):
    with county(database_kind, seed=SEED, people=PEOPLE, meetings=MEETINGS) as running:
        yield running


@pytest.mark.timeout(600)
def test_a_concern_puts_the_named_worker_in_the_room(  # noqa: PLR0915 - as long as the story is
    town, window
):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    worker = Told(town, story.WORKER)
    with town.serving() as site:
        officer = window(site)
        story.sign_in(officer, accounts["referrer"])
        reference = story.raise_concern(officer, young)
        assert "received" in officer.text
        assert not re.search("match|found|register|known", officer.text)

        check_id = newest(town, IdentityCheck.id)
        desk = window(site)
        story.sign_in(desk, accounts["duty_desk"])
        story.confirm_identity(desk, check_id, young)

        coordinator = window(site)
        story.sign_in(coordinator, accounts["co_ordinator"])
        story.accept(coordinator, reference)
        meeting_id = newest(town, Meeting.id, is_last_meeting=True)
        case = story.list_case(coordinator, meeting_id, reference)
        story.give_out_times(coordinator, meeting_id)
        starts_at, ends_at = slot_of(town, item_id := case.rsplit("/", 1)[-1])
        assert ends_at - starts_at == timedelta(minutes=10)

        # One calendar entry for the worker, whatever number of messages it took.
        invited = worker.await_entry(lambda each: each.starts_at == starts_at)
        assert {each.uid for each in worker.entries() if each.link == invited.link} == {invited.uid}
        invited.check(story.WORKER)
        assert invited.method == "REQUEST"
        assert invited.ends_at == ends_at
        local = starts_at.astimezone(LONDON)
        assert (
            f"{local:%H:%M} to {ends_at.astimezone(LONDON):%H:%M} (London time)" in invited.text()
        )
        assert local.utcoffset() == timedelta(hours=1)

        # Two taps on a phone, once signed in.
        phone = window(site, size=PHONE)
        story.sign_in(phone, accounts["leaving_care_worker"], path=invited.link)
        assert phone.page.url == invited.link
        assert young.family_name in phone.text
        assert spoken(starts_at, ends_at) in phone.text
        assert young.family_name not in phone.page.title()
        phone.pick("answer", "accepted")
        phone.press("Send my answer")
        assert phone.h1 == "You will come"

        chair = window(site)
        story.sign_in(chair, accounts["chair"])
        chair.go(f"/meetings/{meeting_id}/agenda")
        (line,) = [
            each.inner_text()
            for each in chair.page.locator("li.hub-agenda__case").all()
            if item_id in each.inner_html()
        ]
        assert spoken(starts_at, ends_at) in line
        assert re.search(WILL_COME, line)
        chair.go(case)
        assert young.family_name in chair.text

        story.issue(coordinator, meeting_id)

        # The meeting moves: the same entry moves in the calendar.
        move(coordinator, meeting_id, by=timedelta(hours=1))
        moved = worker.await_entry(lambda each: each.starts_at == starts_at + timedelta(hours=1))
        moved.check(story.WORKER)
        assert (moved.uid, moved.method) == (invited.uid, "REQUEST")
        assert moved.sequence > invited.sequence

        # The worker cannot come after all: the next on the ladder is asked.
        phone.go(moved.link)
        phone.pick("answer", "declined")
        phone.fill(decline_reason="In court that morning.")
        phone.press("answer")
        assert phone.h1 == "You cannot come"
        next_address = await_next(town, item_id)
        nearest = Told(town, next_address)
        climbed = nearest.await_entry(lambda each: each.starts_at == moved.starts_at)
        climbed.check(next_address)
        assert climbed.uid != invited.uid
        coordinator.go(case)
        assert "Declined" in coordinator.text

        # The case is taken off: whoever was invited to it is told, above all that was said before.
        coordinator.press("Take the case off the agenda")
        coordinator.press("Take the case off")
        for told, before in ((worker, moved), (nearest, climbed)):
            off = told.await_entry(
                lambda each, before=before: (each.uid, each.method) == (before.uid, "CANCEL")
            )
            off.check(told.address)
            assert off.sequence > before.sequence
            assert str(off.event["STATUS"]) == "CANCELLED"

    everything_is_settled(town)
    nothing_shows(young, officer, desk, coordinator, phone, chair)


def move(coordinator, meeting_id, *, by):
    coordinator.go(f"/meetings/{meeting_id}/move")
    for name in ("starts_at", "ends_at"):
        field = coordinator.page.locator(f"main [name='{name}-time']")
        at = datetime.strptime(field.input_value(), "%H:%M").replace(tzinfo=UTC)
        field.fill(f"{at + by:%H:%M}")
    coordinator.press("Save the change")
    assert "The meeting is changed" in coordinator.text


def await_next(town, item_id):
    """Return the address of whoever is asked to an item instead of the worker who declined."""
    gives_up = time.monotonic() + 40
    while time.monotonic() < gives_up:
        found = [
            each["address"]
            for each in town.outgoing()
            if each["item"] == item_id and each["current"] and each["because"] == "escalated"
        ]
        if found:
            return found[0]
    raise AssertionError("nobody is asked instead")


def everything_is_settled(town):
    """Nobody is forgotten at the end, and the trail is whole."""
    checked = town.run("meetings", "check")
    assert (checked.returncode, checked.stdout) == (0, "")
    assert town.run("audit", "verify").stdout.startswith("ok ")


def nothing_shows(young, *visitors):
    """Nobody beside a screen, and no proxy, learns of whom the pages were."""
    for visitor in visitors:
        for shown in visitor.seen:
            for private in (young.family_name, young.called, str(young.date_of_birth), "MARAC"):
                assert private not in shown.title, shown
                assert private not in shown.url, shown
        for header in visitor.headers:
            assert young.family_name not in header


@pytest.mark.databases("sqlite")
@pytest.mark.timeout(600)
def test_the_story_needs_no_script(town, window):
    accounts, young = town.accounts(), story.somebody_of_the_worker(town)
    worker = Told(town, story.WORKER)
    with town.serving("--no-worker") as site:
        officer = window(site, has_script=False)
        story.sign_in(officer, accounts["referrer"])
        reference = story.raise_concern(officer, young)
        desk = window(site, has_script=False)
        story.sign_in(desk, accounts["duty_desk"])
        story.confirm_identity(desk, newest(town, IdentityCheck.id), young)
        coordinator = window(site, has_script=False)
        story.sign_in(coordinator, accounts["co_ordinator"])
        story.accept(coordinator, reference)
        meeting_id = newest(town, Meeting.id, is_last_meeting=True)
        case = story.list_case(coordinator, meeting_id, reference)
        story.give_out_times(coordinator, meeting_id)
        assert worker.entries() == []

        assert town.run("worker", "--once").returncode == 0

        # Nobody had been told of the time before this one: there is a single message.
        starts_at, ends_at = slot_of(town, case.rsplit("/", 1)[-1])
        (invited,) = [each for each in worker.entries() if each.starts_at == starts_at]
        invited.check(story.WORKER)
        phone = window(site, size=PHONE, has_script=False)
        story.sign_in(phone, accounts["leaving_care_worker"], path=invited.link)
        phone.pick("answer", "accepted")
        phone.press("Send my answer")
        assert phone.h1 == "You will come"
        chair = window(site, size=DESK, has_script=False)
        story.sign_in(chair, accounts["chair"])
        chair.go(f"/meetings/{meeting_id}/agenda")
        assert re.search(WILL_COME, chair.text)
        assert spoken(starts_at, ends_at) in chair.text
        story.issue(coordinator, meeting_id)
    everything_is_settled(town)
