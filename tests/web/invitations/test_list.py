"""My invitations as a list, and what somebody with a conflict of interest finds."""

from datetime import timedelta

import pytest
from sqlalchemy import update

from hub.agencies.models import Contact, Service
from hub.kernel.actor import Role
from hub.meetings import invitation_pages
from hub.meetings.models import Invitation, Meeting
from hub.people.models import Conflict
from kit.pages import Reviewed


def slots_on(page: Reviewed) -> list[str]:
    return [text for text, href in page.links.items() if href.startswith("/invitations/")]


def test_the_soonest_comes_first_and_each_comes_once(browse, worker, world, monkeypatch):
    monkeypatch.setattr(invitation_pages, "PAGE_SIZE", 2)
    for days in (9, 3, 7, 5, 11):
        world.list(world.meeting(days=days), world.concern(world.person()))
    phone = browse(worker)

    page, seen = phone.get("invitations.mine"), []
    while True:
        seen += slots_on(page)
        following = [href for href in page.links.values() if "after=" in href]
        if not following:
            break
        page = phone.get(following[0])

    days = [f"{day} June 2026, 10am to 1pm" for day in (4, 6, 8, 10, 12)]
    assert [text.split(" ", 1)[1] for text in seen] == days


def test_a_line_says_where_it_stands_and_names_nobody(browse, worker, world, asked, units):
    phone = browse(worker)
    assert (
        "Waiting for your answer Answer by 3 June 2026 at 5pm" in phone.get("invitations.mine").text
    )

    phone.fill(phone.get("invitations.show", invitation_id=asked), {"answer": "accepted"})
    listed = phone.get("invitations.mine")

    assert "You will come" in listed.text
    assert "Zebedee" not in listed.text


def test_what_is_over_stands_apart_until_it_can_no_longer_be_opened(
    browse, worker, asked, clock, row_of, settings
):
    clock.set(row_of(asked).ends_at + timedelta(days=1))
    phone = browse(worker)
    assert slots_on(phone.get("invitations.mine")) == []
    assert len(slots_on(phone.get("/invitations?when=earlier"))) == 1

    clock.advance(days=settings.invitations.access_days_after_meeting)
    assert slots_on(browse(worker).get("/invitations?when=earlier")) == []


def test_a_broken_place_is_the_beginning(browse, worker, asked):
    page = browse(worker).get("/invitations?begin=yesterday&after=me")

    assert len(slots_on(page)) == 1


def test_on_duty_with_a_conflict_one_cannot_tell_that_there_is_something(
    browse, as_role, world, invitation_to
):
    person = world.person()
    world.list(world.meeting(), world.concern(person))
    desk_asked = invitation_to(world.worker)
    with world.write() as uow:
        uow.session.execute(
            update(Invitation).where(Invitation.id == desk_asked).values(recipient_id=world.desk)
        )
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    related = as_role(Role.DUTY_DESK, agency_id=world.agency, contact_id=world.deputy)
    other = as_role(Role.DUTY_DESK, agency_id=world.agency)

    browse(related).get("invitations.show", invitation_id=desk_asked, status=404)
    assert slots_on(browse(related).get("invitations.mine")) == []
    assert "Nothing waits" in browse(related).get("home.show").text
    browse(other).get("invitations.show", invitation_id=desk_asked)


def test_the_desk_of_another_service_of_the_agency_does_not_answer(
    browse, as_role, world, invitation_to, units
):
    person = world.person()
    world.list(world.meeting(), world.concern(person))
    asked = invitation_to(world.worker)
    with world.write() as uow:
        service = Service(id=uow.new_id(), agency_id=world.agency, kind="advocacy", name="Advocacy")
        uow.session.add(service)
        uow.session.flush()
        uow.session.add(
            Contact(
                id=service.id,
                agency_id=world.agency,
                service_id=service.id,
                role="team_manager",
                name="El Sewhere",
            )
        )
        uow.session.execute(update(Invitation).values(recipient_id=world.desk))
    elsewhere = as_role(Role.TEAM_MANAGER, agency_id=world.agency, contact_id=service.id)

    browse(elsewhere).get("invitations.show", invitation_id=asked, status=404)


@pytest.mark.parametrize("link", ["javascript:alert(1)", "see the calendar"])
def test_a_video_link_that_is_no_address_is_shown_and_not_followed(
    browse, worker, world, asked, row_of, link
):
    with world.write() as uow:
        uow.session.execute(update(Meeting).values(video_link=link))

    shown = browse(worker).get("invitations.show", invitation_id=asked)

    assert link in shown.text
    assert link not in shown.links.values()
