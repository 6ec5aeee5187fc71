"""Taking consent back in two taps, who then reads of it, and for whom none of it is there."""

from datetime import UTC, date, datetime
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Role
from hub.people.models import Conflict
from hub.sharing.commands import tell_recipients
from hub.sharing.models import Consent, ConsentDraft, WithdrawalNotice
from hub.sharing.rules import Category, ConsentState, Purpose
from kit.hub import sign_in_as
from kit.pages import PageClient
from kit.world import HUB, World
from parts.consent_pages import asked
from parts.consenting import answer, no_answer, now, withdraw, yes

S = ConsentState
GOT = {(Purpose.SAFETY_PLANNING, Category.EXISTENCE)}


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def person(world):
    return world.person()


@pytest.fixture
def worker(world, as_role, signed_in):
    return signed_in(
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.worker)
    )


def another(app, units, actor):
    client = app.test_client()
    sign_in_as(client, actor, units)
    return PageClient(app, client)


# --- Taking it back ---


def test_taking_back_is_two_taps(worker, world, person):
    answer(world, yes(world, person))
    shown = worker.get("consents.records", person_id=person)
    first = worker.get(shown.links["They take it back: That the service knows them and health"])

    after = worker.fill(first, {})

    assert "Nothing is shared on the strength of it any more" in after.text
    assert now(world, person).state is S.WITHDRAWN


def test_everything_is_taken_back_with_what_they_said(worker, world, person):
    answer(world, yes(world, person))
    page = worker.get("consents.withdraw_all", person_id=person)

    worker.fill(page, {"own_words": "I do not want this any more"})

    with world.units.read(HUB) as uow:
        last = uow.session.scalars(select(Consent).order_by(Consent.number.desc())).first()
        assert last.own_words == "I do not want this any more"


def test_whoever_had_received_something_reads_what_to_stop_and_nobody_else_can(
    app, units, world, person, as_role
):
    given = answer(world, yes(world, person))
    told, other = as_role(Role.REFERRER), as_role(Role.COORDINATOR, Role.DUTY_DESK)
    taken = withdraw(world, person, given)
    with world.write() as uow:
        (notice,) = tell_recipients(uow, taken, {told.account_id: GOT})

    shown = another(app, units, told).get("consents.notice", notice_id=notice)

    assert "Do not use what you have received any further" in shown.text
    assert "Zebedee Quillfeather" in shown.text
    assert "What you had received That the service knows them For Safety planning" in shown.text
    assert "Health" not in shown.text  # others know of that
    assert "Stop it" not in shown.text
    another(app, units, other).get("consents.notice", notice_id=notice, status=404)
    with world.units.read(HUB) as uow:
        looks = uow.session.scalars(
            select(AuditEntry.account_id).where(
                AuditEntry.subject_kind == "withdrawal_notice", AuditEntry.verb == "Looked"
            )
        ).all()
        assert looks == [told.account_id]
        assert uow.session.scalars(select(WithdrawalNotice.account_id)).all() == [told.account_id]


def test_a_recipient_says_that_they_use_nothing_any_more(app, units, world, person, as_role):
    told = as_role(Role.REFERRER)
    taken = withdraw(world, person, answer(world, yes(world, person)))
    with world.write() as uow:
        (notice,) = tell_recipients(uow, taken, {told.account_id: GOT})
    browser = another(app, units, told)
    home = browser.get("home.show")
    assert "1 consent taken back: stop using what you received" in home.links
    listed = browser.get("consents.notices")
    assert "To read" in listed.text

    another(app, units, as_role(Role.REFERRER)).post(
        "consents.notice", notice_id=notice, status=404
    )
    after = browser.send("consents.notice", notice_id=notice)

    assert "Done" in after.text
    assert "consent taken back" not in browser.get("home.show").text
    assert (
        "You have said that you use nothing"
        in browser.get(after.links["Zebedee Quillfeather"]).text
    )
    with world.units.read(HUB) as uow:
        first = uow.session.scalars(select(WithdrawalNotice.understood_at)).one()
    browser.send("consents.notice", notice_id=notice)
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(WithdrawalNotice.understood_at)).one() == first


def test_to_somebody_with_a_conflict_declared_since_there_is_no_notice(
    app, units, world, person, as_role
):
    told = as_role(Role.REFERRER, agency_id=world.agency, contact_id=world.deputy)
    taken = withdraw(world, person, answer(world, yes(world, person)))
    with world.write() as uow:
        (notice,) = tell_recipients(uow, taken, {told.account_id: GOT})
        uow.session.add(Conflict(contact_id=world.deputy, person_id=person, declared_at=uow.now))
    browser = another(app, units, told)

    browser.get("consents.notice", notice_id=notice, status=404)
    assert "Quillfeather" not in browser.get("consents.notices").text
    assert "consent taken back" not in browser.get("home.show").text


# --- Again ---


def test_whom_one_said_one_would_ask_again_waits_from_that_day(
    app, units, clock, world, person, as_role
):
    no_answer(world, person, state=S.FLUCTUATING, revisit_on=date(2026, 6, 8))
    no_answer(world, world.person(), state=S.FLUCTUATING, revisit_on=date(2026, 7, 8))
    worker, other_worker = (
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=contact_id)
        for contact_id in (world.worker, world.deputy)
    )
    desk, stranger = (
        as_role(Role.DUTY_DESK, agency_id=agency_id) for agency_id in (world.agency, uuid4())
    )
    assert "Nobody at present" in another(app, units, worker).get("consents.due").text
    clock.set(datetime(2026, 6, 8, 9, tzinfo=UTC))

    for somebody in (worker, desk):
        browser = another(app, units, somebody)
        assert "1 person to ask or tell again" in browser.get("home.show").links
        assert "since 8 June 2026 Cannot decide this now" in browser.get("consents.due").text
    for somebody in (other_worker, stranger):
        browser = another(app, units, somebody)
        assert "ask or tell again" not in browser.get("home.show").text
        assert "Nobody at present" in browser.get("consents.due").text

    answer(world, yes(world, person, said_on=date(2026, 6, 8)))
    assert "Nobody at present" in another(app, units, worker).get("consents.due").text


# --- Others ---


def test_for_others_none_of_it_is_there_and_nothing_is_on_the_trail(
    app, units, world, person, as_role, worker
):
    given = answer(world, yes(world, person))
    asked(worker, person, world)
    with world.units.read(HUB) as uow:
        draft_id = uow.session.scalars(select(ConsentDraft.id)).one()
    strangers = [
        as_role(Role.DUTY_DESK, agency_id=uuid4()),
        as_role(Role.LEAVING_CARE_WORKER, agency_id=world.agency, contact_id=world.deputy),
    ]
    for stranger in strangers:
        browser = another(app, units, stranger)
        for endpoint, ids in (
            ("consents.records", {"person_id": person}),
            ("consents.new", {"person_id": person}),
            ("consents.withdraw_all", {"person_id": person}),
            ("consents.record", {"consent_id": given}),
            ("consents.withdraw", {"consent_id": given}),
            ("consents.check", {"talk_id": draft_id}),
            ("consents.print_words", {"talk_id": draft_id}),
            ("consents.step", {"talk_id": draft_id, "name": "who"}),
        ):
            browser.get(endpoint, status=404, **ids)
        browser.post("consents.withdraw", consent_id=given, status=404)
        browser.post("consents.delete", talk_id=draft_id, status=404)
        with world.units.read(HUB) as uow:
            seen = select(AuditEntry.verb).where(AuditEntry.account_id == stranger.account_id)
            assert "Looked" not in uow.session.scalars(seen).all()


def test_a_draft_is_its_writers_alone_even_at_the_same_desk(
    app, units, world, person, as_role, worker
):
    asked(worker, person, world)
    with world.units.read(HUB) as uow:
        draft_id = uow.session.scalars(select(ConsentDraft.id)).one()
    desk = another(app, units, as_role(Role.DUTY_DESK, agency_id=world.agency))

    desk.get("consents.records", person_id=person)
    desk.get("consents.step", talk_id=draft_id, name="who", status=404)


def test_a_conflict_that_is_declared_meanwhile_shuts_the_draft(worker, world, person):
    asked(worker, person, world)
    with world.units.read(HUB) as uow:
        draft_id = uow.session.scalars(select(ConsentDraft.id)).one()
    with world.write() as uow:
        uow.session.add(Conflict(contact_id=world.worker, person_id=person, declared_at=uow.now))

    worker.get("consents.step", talk_id=draft_id, name="who", status=404)


def test_the_look_is_on_the_trail_before_anything_is_shown(worker, world, person):
    given = answer(world, yes(world, person))
    worker.get("consents.records", person_id=person)
    worker.get("consents.record", consent_id=given)

    with world.units.read(HUB) as uow:
        looks = uow.session.execute(
            select(AuditEntry.subject_kind, AuditEntry.subject_id).where(
                AuditEntry.verb == "Looked"
            )
        ).all()
    assert ("person_consents", str(person)) in looks
    assert ("consent", str(given)) in looks
