"""A case goes to another area: who may, what they see, what comes along, what stays behind."""

import json
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.agencies.models import Agency
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotFoundError, RefusedError
from hub.marac.clocks import Label
from hub.marac.commands.transfers import (
    ReturnTransfer,
    SendTransfer,
    acknowledge_transfer,
    chase_transfers,
    return_transfer,
    reveal_for_transfer,
    send_transfer,
)
from hub.marac.models import Hearing
from hub.marac.queries.repeats import repeats_of
from hub.marac.queries.subjects import compared
from hub.marac.queries.transfers import incoming, outgoing, papers_of, transfer_line
from hub.meetings.models import Item
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.commands.staff import hide_case
from hub.people.staff_cases import is_marked
from hub.people.states import LinkKind
from hub.referrals.access import open_concern
from hub.referrals.models import Concern, Party
from kit.concerns import County
from kit.world import HUB
from parts.over_time import HER, years

FIRST = date(2026, 6, 1)
NEW_HOME = {"address": "9 Secret Street", "postcode": "YO1 1AA"}


@pytest.fixture
def story(units, clock, as_role):
    return years(County(units).settle(), clock, as_role)


@pytest.fixture
def there(story, as_role):
    """The co-ordinator of the other area."""
    return as_role(Role.COORDINATOR, agency_id=story.county.other_council, name="Ellis Where")


@pytest.fixture
def concern(story):
    concern_id = story.refer(FIRST)
    story.screened(concern_id, "accepted")
    return concern_id


def send(story, concern_id, by=None, **changes):
    cmd = SendTransfer(
        **{
            "concern_id": concern_id,
            "to_area_id": story.county.other_area,
            "told_on": FIRST,
            "is_temporary": False,
            "note": "She has moved to her sister's.",
            **NEW_HOME,
            **changes,
        }
    )
    with story.county.units.write(by or story.coordinator) as uow:
        return send_transfer(cmd, uow=uow)


def take(story, transfer_id, by):
    with story.county.units.write(by) as uow:
        return acknowledge_transfer(transfer_id, uow=uow)


def give_back(story, transfer_id, by, reason="She never came here."):
    cmd = ReturnTransfer(transfer_id=transfer_id, reason=reason)
    with story.county.units.write(by) as uow:
        return return_transfer(cmd, uow=uow)


def line(story, transfer_id, by):
    with story.county.units.read(by) as uow:
        return transfer_line(uow, transfer_id)


def row(story, kind, row_id):
    with story.county.units.read(HUB) as uow:
        return uow.session.get_one(kind, row_id)


def test_both_sides_see_where_it_is_and_only_the_receiving_one_its_papers(story, concern, there):
    sent = send(story, concern)
    ours, theirs = line(story, sent, story.coordinator), line(story, sent, there)
    assert (ours.is_incoming, theirs.is_incoming) == (False, True)
    assert (ours.area, theirs.area) == ("Elseshire", "Testshire")
    assert ours.stages.state == theirs.stages.state == "sent"
    assert ours.due_on == date(2026, 6, 2)

    with story.county.units.read(there) as uow:
        papers = papers_of(uow, sent)
        assert papers.new_postcode == "YO1 1AA"
        assert papers.sender == "Coral Ordinator"
        assert [one.id for one in incoming(uow).lines] == [sent]
        assert outgoing(uow).lines == ()
    with story.county.units.read(story.coordinator) as uow:
        assert incoming(uow).lines == ()
        assert [one.id for one in outgoing(uow).lines] == [sent]
        with pytest.raises(NotFoundError):
            papers_of(uow, sent)
    with story.county.units.write(story.coordinator) as uow, pytest.raises(NotFoundError):
        reveal_for_transfer(sent, "area", uow=uow)


def test_nobody_else_finds_it(story, concern, there, as_role):
    sent = send(story, concern)
    third = uuid4()
    with story.county.units.write(HUB) as uow:
        uow.session.add(Agency(id=third, name="Third Council", kind="authority"))
    somebody = (
        as_role(Role.CHAIR, agency_id=story.county.council),
        as_role(Role.AGENCY_REPRESENTATIVE, agency_id=story.county.other_council),
        as_role(Role.COORDINATOR, agency_id=third),
        story.referrer,
    )
    for each in somebody:
        with pytest.raises(NotFoundError):
            line(story, sent, each)
        with pytest.raises(NotFoundError):
            take(story, sent, each)
        with pytest.raises(NotFoundError):
            send(story, concern, by=each)
    with pytest.raises(NotFoundError):
        take(story, sent, story.coordinator)
    with pytest.raises(NotFoundError):
        give_back(story, sent, story.coordinator)
    with pytest.raises(NotFoundError):
        send(story, concern, by=there)


def test_taken_over_it_is_a_concern_of_the_other_area_with_the_new_address(story, concern, there):
    received = row(story, Concern, take(story, send(story, concern), there))
    assert (received.state, received.area_id) == ("submitted", story.county.other_area)
    assert received.referrer_id == there.account_id
    assert received.has_moved
    home = json.loads(received.answers)["home"]
    assert home == {"area": str(story.county.other_area), **NEW_HOME}
    with story.county.units.read(HUB) as uow:
        victim = uow.session.scalars(
            select(Party).where(Party.concern_id == received.id, Party.role == "victim")
        ).one()
        said = json.loads(victim.details)
        assert (said["postcode"], said["former_postcode"]) == ("YO1 1AA", "LN2 2BB")
        old = uow.session.get_one(Concern, concern)
        assert (old.state, old.has_moved) == ("transferred", False)
        assert "YO1 1AA" not in old.answers


def test_the_sending_area_cannot_open_what_was_made_of_it(story, concern, there):
    sent = send(story, concern)
    received = take(story, sent, there)
    for actor in (story.coordinator, story.referrer):
        with story.county.units.read(actor) as uow, pytest.raises(NotFoundError):
            open_concern(uow, received)
    found = line(story, sent, story.coordinator)
    assert found.received_id is None
    assert found.case == row(story, Concern, concern).reference


def test_a_guess_at_the_new_postcode_is_not_told_whether_it_agrees(story, concern, there):
    received = take(story, send(story, concern), there)
    home = {"area": str(story.county.area), "postcode": NEW_HOME["postcode"]}
    guess = story.county.concern(story.referrer, victim=HER, home=home)
    with story.county.units.read(story.coordinator) as uow:
        near = [one for each in compared(uow, guess) for one in each.likely]
    said = {one.concern_id: {text for _, text in one.reasons} for one in near}
    assert "no postcode to compare" in said[received]
    assert "postcode differs" in said[concern]


def test_the_same_people_are_the_same_there_and_the_clocks_go_on(story, concern, there, clock):
    clock.advance(minutes=1)
    received = take(story, send(story, concern), there)
    with story.county.units.read(there) as uow:
        found = repeats_of(uow, [received])[received]
    assert found.last_referral.concern_id == concern
    assert found.label is Label.CHECK


def test_listed_and_heard_are_read_from_the_meetings_there(story, concern, there):
    sent = send(story, concern)
    received = take(story, sent, there)
    assert line(story, sent, story.coordinator).stages.state == "acknowledged"
    item = story.heard(received, date(2026, 7, 1))
    found = line(story, sent, story.coordinator).stages
    assert (found.state, found.heard_on) == ("heard", date(2026, 7, 1))
    with story.county.units.write(HUB) as uow:
        uow.session.delete(uow.session.scalars(select(Hearing)).one())
        assert uow.session.get_one(Item, item).state == "listed"
    assert line(story, sent, story.coordinator).stages.state == "listed"


def test_it_is_returned_with_a_reason_and_can_be_sent_again(story, concern, there):
    sent = send(story, concern)
    with pytest.raises(RefusedError) as no:
        give_back(story, sent, there, reason=" ")
    assert no.value.field == "reason"
    give_back(story, sent, there)
    found = line(story, sent, story.coordinator)
    assert (found.stages.state, found.return_reason) == ("returned", "She never came here.")
    assert row(story, Concern, concern).state == "accepted"
    with pytest.raises(ConflictError):
        take(story, sent, there)
    assert send(story, concern) != sent


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"told_on": FIRST + timedelta(days=1)}, "told_on"),
        ({"note": " "}, "note"),
        ({"to_area_id": uuid4()}, "to_area"),
    ],
)
def test_what_lacks_is_named(story, concern, changes, field):
    with pytest.raises(RefusedError) as no:
        send(story, concern, **changes)
    assert no.value.field == field


def test_it_is_sent_once_and_taken_once_and_not_from_any_state(story, concern, there):
    sent = send(story, concern)
    with pytest.raises(RefusedError, match="sent already"):
        send(story, concern)
    take(story, sent, there)
    with pytest.raises(ConflictError):
        take(story, sent, there)
    story.screened(concern, "not_met")
    with pytest.raises(RefusedError, match="Decide on it first"):
        send(story, concern)


def test_who_is_kept_from_the_case_is_kept_from_it_in_both_areas(story, concern, there, as_role):
    sent = send(story, concern)
    away = as_role(Role.COORDINATOR, agency_id=story.county.other_council)
    with story.county.units.write(story.coordinator) as uow:
        kind = LinkKind.ALLEGED_PERPETRATOR
        link_to_case(Link(case_id=concern, kind=kind, account_id=away.account_id), uow=uow)
    with pytest.raises(NotFoundError):
        line(story, sent, away)
    received = take(story, sent, there)
    with story.county.units.read(away) as uow:
        with pytest.raises(NotFoundError):
            open_concern(uow, received)
        assert incoming(uow).lines == ()


def test_a_case_about_staff_stays_one(story, concern, there):
    with story.county.units.write(story.coordinator) as uow:
        hide_case(concern, "He works for an agency.", uow=uow)
    received = take(story, send(story, concern), there)
    with story.county.units.read(HUB) as uow:
        assert is_marked(uow, received)


def test_silence_is_asked_again_each_working_morning(story, concern, there, clock):
    sent = send(story, concern)

    def chased():
        with story.county.units.write(HUB) as uow:
            return chase_transfers(uow, limit=10)

    assert chased() == 0
    clock.advance(days=2)
    assert chased() == 1
    assert chased() == 0
    clock.advance(days=1)
    assert chased() == 1
    take(story, sent, there)
    clock.advance(days=5)
    assert chased() == 0
    with story.county.units.read(HUB) as uow:
        told = set(uow.session.scalars(select(Message.recipient_id)))
    assert {there.account_id, story.coordinator.account_id} <= told
