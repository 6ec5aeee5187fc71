"""Who is told that something waits, and that nobody else is."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select, update

from hub.access.commands import InviteAccount, invite_account
from hub.access.events import SignedIn
from hub.agencies.models import Contact
from hub.kernel.actor import Role, system
from hub.meetings.models import Invitation
from hub.notify.events import MessageRefused
from hub.notify.models import Message
from hub.people.events import IdentityAsked, IdentityAskedBack, IdentityReopened
from hub.people.models import IdentityCheck
from hub.referrals.events import ConcernScreened, ConcernSubmitted
from hub.referrals.models import Concern, Party
from hub.sharing.models import Agreement
from kit.world import World

NAMES = ("Zebedee", "Quillfeather")


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def notices(units):
    """Return the function that lists (address, facts) of the messages of a kind."""

    def listed(kind="notice"):
        with units.read(system("test")) as uow:
            rows = uow.session.scalars(
                select(Message).where(Message.kind == kind).order_by(Message.number)
            ).all()
        assert not any(name in row.facts for row in rows for name in NAMES)
        return [(row.address, row.facts) for row in rows]

    return listed


def raised_by(world, account_id):
    concern = world.concern_about([(None, "victim")])
    with world.write() as uow:
        uow.session.execute(
            update(Concern).where(Concern.id == concern).values(referrer_id=account_id)
        )
    return concern


def check_of(world, concern_id):
    with world.units.read(system("test")) as uow:
        return uow.session.scalars(
            select(IdentityCheck).where(IdentityCheck.concern_id == concern_id)
        ).one()


def asked_of(check):
    return IdentityAsked(
        check_id=check.id,
        concern_id=check.concern_id,
        party_id=check.party_id,
        service_id=check.service_id,
    )


def test_a_question_is_told_to_the_duty_desk_and_to_nobody_else(world, notices, as_role):
    as_role(Role.DUTY_DESK, agency_id=world.agency)
    check = check_of(world, world.concern_about([(None, "victim")]))

    with world.write() as uow:
        uow.emit(asked_of(check))

    told = notices()
    assert [address for address, _ in told] == [f"{world.desk.hex[:8]}@example.org"]
    assert f"/checks/{check.id}" in told[0][1]
    assert '"due_on": "2026-06-02"' in told[0][1]


def test_a_desk_whose_address_is_in_doubt_is_not_written_to(world, notices):
    check = check_of(world, world.concern_about([(None, "victim")]))
    with world.write() as uow:
        uow.session.execute(
            update(Contact).where(Contact.id == world.desk).values(address_doubted_at=uow.now)
        )

    with world.write() as uow:
        uow.emit(asked_of(check))

    assert notices() == []


def test_an_answer_of_the_referrer_is_told_to_the_desk_that_asked(world, notices):
    concern = world.concern_about([(None, "victim")])
    check = check_of(world, concern)

    with world.write() as uow:
        happened = IdentityReopened(check_id=check.id, concern_id=concern, party_id=check.party_id)
        uow.emit(happened)

    (told,) = notices()
    assert told[0] == f"{world.desk.hex[:8]}@example.org"
    assert f"/checks/{check.id}" in told[1]


def test_asking_back_and_a_decision_are_told_to_the_referrer(world, notices, as_role):
    officer = as_role(Role.REFERRER, email="officer@police.example.org")
    concern = raised_by(world, officer.account_id)
    check = check_of(world, concern)

    with world.write() as uow:
        uow.emit(IdentityAskedBack(check_id=check.id, concern_id=concern, party_id=check.party_id))
    with world.write() as uow:
        uow.emit(ConcernScreened(concern_id=concern, outcome="accepted"))

    told = notices()
    assert [address for address, _ in told] == ["officer@police.example.org"]  # one says it all
    assert f"/concerns/{concern}" in told[0][1]


def test_a_concern_to_screen_is_told_to_the_co_ordinators_of_its_area(world, notices, as_role):
    for email in ("one@council.example.org", "two@council.example.org"):
        as_role(Role.COORDINATOR, agency_id=world.agency, email=email)
    own = as_role(Role.COORDINATOR, agency_id=world.agency, email="own@council.example.org")
    as_role(Role.COORDINATOR, email="elsewhere@council.example.org")
    as_role(Role.CHAIR, agency_id=world.agency, email="other.role@council.example.org")
    concern, taken_over = (world.concern_about([(None, "victim")]) for _ in range(2))
    with world.write() as uow:
        uow.session.get_one(Concern, concern).state = "submitted"

    with world.write(own) as uow:
        uow.emit(ConcernSubmitted(concern_id=concern))
        uow.emit(ConcernSubmitted(concern_id=taken_over))

    told = notices()
    assert sorted(address for address, _ in told) == [
        "one@council.example.org",
        "two@council.example.org",
    ]
    assert all('"path": "/screening"' in facts and str(concern) not in facts for _, facts in told)


def test_who_takes_the_own_concern_back_need_not_be_told(world, notices, as_role):
    officer = as_role(Role.REFERRER)
    concern = raised_by(world, officer.account_id)

    with world.write(officer) as uow:
        uow.emit(ConcernScreened(concern_id=concern, outcome="withdrawn"))

    assert notices() == []


def test_a_task_is_told_to_those_of_its_role_in_its_area(world, notices, as_role):
    as_role(Role.GOVERNANCE_LEAD, agency_id=world.agency, email="here@council.example.org")
    as_role(Role.GOVERNANCE_LEAD, email="elsewhere@council.example.org")
    as_role(Role.COORDINATOR, agency_id=world.agency, email="other.role@council.example.org")
    with world.write() as uow:
        uow.session.execute(update(Agreement).values(status="suspended"))

    world.list(world.meeting(), world.concern(world.person()))

    told = notices()
    assert [address for address, _ in told] == ["here@council.example.org"]
    assert "/tasks/" in told[0][1]


def test_where_the_area_has_nobody_all_who_have_the_role_are_told(world, notices, as_role):
    as_role(Role.GOVERNANCE_LEAD, email="elsewhere@council.example.org")
    with world.write() as uow:
        uow.session.execute(update(Agreement).values(status="suspended"))

    world.list(world.meeting(), world.concern(world.person()))

    assert [address for address, _ in notices()] == ["elsewhere@council.example.org"]


def test_an_invited_account_gets_the_link_to_set_a_password(world, notices):
    with world.write() as uow:
        invite_account(
            InviteAccount(
                name="New Person",
                email="new@agency.example.org",
                agency_id=world.agency,
                roles=frozenset({Role.REFERRER}),
            ),
            uow=uow,
        )

    told = notices("account_invitation")
    assert [address for address, _ in told] == ["new@agency.example.org"]
    assert "/account/invitation/" not in told[0][1], "the link is a secret, made when it is sealed"


def test_nobody_in_a_concern_is_ever_written_to(world, units, as_role):
    """Give everybody in a concern an address: none of the events may find it."""
    officer = as_role(Role.REFERRER, email="officer@police.example.org")
    concern = raised_by(world, officer.account_id)
    with world.write() as uow:
        uow.session.execute(update(Party).values(details='{"email": "her@home.example.org"}'))
    check = check_of(world, concern)
    with world.write() as uow:
        uow.emit(asked_of(check))
        uow.emit(ConcernScreened(concern_id=concern, outcome="returned"))

    with units.read(system("test")) as uow:
        addresses = set(uow.session.scalars(select(Message.address)))
    assert addresses == {"officer@police.example.org", f"{world.desk.hex[:8]}@example.org"}


def refuse_message_of(world, contact_id):
    with world.write() as uow:
        message = uow.session.scalars(
            select(Message).where(Message.recipient_id == contact_id)
        ).one()
        message.state = "refused"
        uow.emit(MessageRefused(message_id=message.id, recipient_id=contact_id))


def test_a_refused_invitation_doubts_the_address_and_goes_to_the_next_with_a_task(
    world, units, as_role, notices
):
    as_role(Role.TEAM_MANAGER, agency_id=world.agency, email="manager@charity.example.org")
    world.list(world.meeting(), world.concern(world.person()))

    refuse_message_of(world, world.worker)

    with units.read(system("test")) as uow:
        held = set(
            uow.session.scalars(select(Invitation.recipient_id).where(Invitation.state == "held"))
        )
        assert uow.session.get_one(Contact, world.worker).address_doubted_at == uow.now
    assert held == {world.deputy}
    assert [address for address, _ in notices()] == ["manager@charity.example.org"]


def test_a_refused_notice_doubts_nothing(world, units):
    with world.write() as uow:
        message_id = uuid4()
        uow.session.add(
            Message(
                id=message_id,
                kind="notice",
                recipient_id=world.desk,
                address="desk@example.org",
                recipient_name="",
                facts="{}",
                message_id="<1@example.org>",
                written_at=uow.now,
                due_at=uow.now,
            )
        )
    with world.write() as uow:
        uow.emit(MessageRefused(message_id=message_id, recipient_id=world.desk))

    with units.read(system("test")) as uow:
        assert uow.session.get_one(Contact, world.desk).address_doubted_at is None


def test_whoever_signs_in_is_known_to_be_at_work(world, as_role, units, clock):
    who = as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    clock.advance(days=40)
    with world.write(who) as uow:
        uow.emit(SignedIn(account_id=who.account_id, contact_id=world.worker))

    with units.read(system("test")) as uow:
        assert uow.session.get_one(Contact, world.worker).checked_on == date(2026, 7, 11)
