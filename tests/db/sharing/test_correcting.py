"""What was told is corrected: everybody who was told hears of it, and is reminded."""

import pytest
from sqlalchemy import select, text

from hub.access.models import Account
from hub.db.erase import doomed
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.marac.keeping import CONCERNS
from hub.notify.models import Message
from hub.people.models import Conflict
from hub.referrals.models import Concern
from hub.sharing.commands.correcting import (
    MakeCorrection,
    chase_corrections,
    make_correction,
    understand_correction,
)
from hub.sharing.commands.log_marks import AnswerMark, MarkLine, answer_mark, mark_line
from hub.sharing.commands.withdrawals import WithdrawConsent, withdraw_consent
from hub.sharing.models import AgreementParty, CorrectionNotice, Disclosure
from hub.sharing.queries.corrections import notice_sheet, own_corrections, told_categories
from hub.sharing.queries.log import log_of
from hub.sharing.rules.coded import Category
from hub.sharing.rules.told_log import LeftOut, LogKind
from hub.wiring.packs import LOG_SOURCES, invited_about
from kit.world import HUB
from migrations.metadata import METADATA
from parts.rights import shared_about


@pytest.fixture
def told(asking):
    return shared_about(asking)


def correct(told, by=None, **other):
    values = {
        "person_id": told.person,
        "category": Category.WORKER_CONTACT,
        "wrong": "The number was an old one",
        "right": "Ring 01632 960 111",
    }
    with told.asking.world.write(by or told.manager) as uow:
        return make_correction(MakeCorrection(**(values | other)), uow=uow, invited=invited_about)


def notice(told):
    with told.asking.world.units.read(HUB) as uow:
        return uow.session.scalars(select(CorrectionNotice)).one()


def sheet(told, by=None):
    with told.asking.world.units.read(by or told.asking.officer) as uow:
        return notice_sheet(uow, notice(told).id, grace_days=30)


def mails(told):
    """Return where notices went and lead to, as not to be sent twice they are taken away."""
    with told.asking.world.write() as uow:
        rows = uow.session.scalars(select(Message).where(Message.facts.contains("/corrections")))
        found = [(row.recipient_id, row.facts) for row in rows]
        uow.session.execute(text("DELETE FROM message"))
    return found


def chase(told):
    with told.asking.world.write() as uow:
        return chase_corrections(uow, limit=10)


def test_whoever_was_told_reads_what_was_told_then_and_what_is_right(told):
    mails(told)
    correct(told)
    one = notice(told)
    (sent,) = mails(told)
    assert sent[0] == told.asking.officer.account_id
    assert f"/corrections/{one.id}" in sent[1]
    read = sheet(told)
    assert read.told_then == "Ring the duty desk"
    assert (read.wrong, read.right) == ("The number was an old one", "Ring 01632 960 111")
    with told.asking.world.units.read(told.asking.officer) as uow:
        assert [row.id for row in own_corrections(uow, request_id=told.request)] == [one.id]
        assert uow.session.get_one(Disclosure, told.disclosure).shared == "Ring the duty desk"


def test_a_silent_recipient_is_reminded_and_then_their_desks_until_one_answers(told, clock):
    desk = told.asking.account(told.asking.force, Role.DUTY_DESK)
    correct(told)
    mails(told)
    assert chase(told) == 0
    for times in (1, 2):
        clock.advance(days=5)
        assert chase(told) == 1
        assert chase(told) == 0
        assert {to for to, _ in mails(told)} == {told.asking.officer.account_id}
        assert notice(told).chased == times
        with pytest.raises(NotFoundError):
            sheet(told, desk)
    clock.advance(days=5)
    chase(told)
    assert desk.account_id in {to for to, _ in mails(told)}
    assert sheet(told, desk).line.understood_at is None
    with told.asking.world.write(told.asking.officer) as uow:
        understand_correction(notice(told).id, uow=uow)
    clock.advance(days=5)
    assert chase(told) == 0


def test_somebody_who_left_is_replaced_by_the_desks_of_their_agency(told):
    desk = told.asking.account(told.asking.force, Role.DUTY_DESK)
    with told.asking.world.write() as uow:
        uow.session.get_one(Account, told.asking.officer.account_id).is_active = False
    correct(told)
    assert notice(told).account_id is None
    assert {to for to, _ in mails(told)} >= {desk.account_id}
    assert sheet(told, desk).told_then == "Ring the duty desk"


def test_nobody_else_reads_it_and_a_conflict_keeps_the_recipient_out(told):
    asking = told.asking
    correct(told)
    others = [
        asking.stranger,
        asking.account(asking.force, Role.DUTY_DESK),
        told.manager,
        told.elsewhere,
    ]
    for other in others:
        with pytest.raises(NotFoundError):
            sheet(told, other)
        with asking.world.write(other) as uow, pytest.raises(NotFoundError):
            understand_correction(notice(told).id, uow=uow)
    with asking.world.write() as uow:
        uow.session.get_one(Account, asking.officer.account_id).contact_id = asking.world.manager
        uow.session.add(
            Conflict(contact_id=asking.world.manager, person_id=told.person, declared_at=uow.now)
        )
    barred = asking.officer.__class__(
        **{name: getattr(asking.officer, name) for name in asking.officer.__dataclass_fields__}
        | {"contact_id": asking.world.manager}
    )
    with pytest.raises(NotFoundError):
        sheet(told, barred)


def test_the_words_stay_back_where_sharing_ended_since(told):
    correct(told)
    with told.asking.world.write() as uow:
        party = uow.session.get_one(
            AgreementParty, (told.asking.world.agreement, told.asking.force)
        )
        party.withdrawn_on = uow.today
    read = sheet(told)
    assert (read.wrong, read.right) == (None, None)
    assert read.told_then == "Ring the duty desk"


def test_the_words_stay_back_once_consent_is_taken_back(told):
    correct(told)
    assert sheet(told).right is not None
    with told.asking.world.write(told.manager) as uow:
        withdraw_consent(WithdrawConsent(person_id=told.person), uow=uow)
    assert sheet(told).right is None


@pytest.mark.parametrize(
    ("other", "field"),
    [({"wrong": " "}, "wrong"), ({"category": Category.HEALTH}, "category")],
)
def test_words_are_needed_and_something_that_was_told(told, other, field):
    with pytest.raises(RefusedError) as no:
        correct(told, **other)
    assert no.value.field == field


def test_only_those_who_look_after_the_person_correct_something(told):
    asking = told.asking
    for other in (told.elsewhere, asking.officer, told.lead):
        with pytest.raises(NotFoundError):
            correct(told, other)
    worker = asking.account(
        asking.world.agency, Role.LEAVING_CARE_WORKER, contact_id=asking.world.worker
    )
    correct(told, worker)
    with pytest.raises(NotAllowedError):
        correct(told, HUB)


def test_it_stands_in_the_log_and_is_hidden_with_what_it_corrects(told):
    correct(told)

    def corrected():
        with told.asking.world.units.read(told.manager) as uow:
            rows = log_of(uow, told.person, LOG_SOURCES)
        return next(row for row in rows if row.entry.kind is LogKind.CORRECTED)

    assert (corrected().left_out, corrected().entry.record) == (None, "Not answered yet")
    line = {
        "person_id": told.person,
        "kind": LogKind.SHARED,
        "entry_id": told.disclosure,
    }
    with told.asking.world.write(told.manager) as uow:
        mark_line(MarkLine(**line, reason="He reads it"), uow=uow, sources=LOG_SOURCES)
    assert corrected().left_out is LeftOut.HARM_WAITS
    with told.asking.world.write(told.lead) as uow:
        answer_mark(AnswerMark(**line, is_confirmed=True), uow=uow, sources=LOG_SOURCES)
    assert corrected().left_out is LeftOut.HARM


def test_the_words_are_sealed(told):
    correct(told, wrong="CANARY-WRONG", right="CANARY-RIGHT")
    with told.asking.world.units.read(HUB) as uow:
        kept = uow.session.execute(text('SELECT wrong, "right" FROM correction')).one()
    assert not any(b"CANARY" in bytes(value) for value in kept)


def invited(told):
    """Let the worker be asked to a case of the person's, and return their account."""
    world = told.asking.world
    account = told.asking.account(world.agency, Role.LEAVING_CARE_WORKER, contact_id=world.worker)
    world.list(world.meeting(), world.concern(told.person))
    return account


def test_who_was_told_by_an_invitation_hears_of_it_too(told, clock):
    worker = invited(told)
    with told.asking.world.units.read(told.manager) as uow:
        assert told_categories(uow, told.person, invited_about) == {
            Category.EXISTENCE: 1,
            Category.WORKER_CONTACT: 2,
        }
    mails(told)
    correct(told, category=Category.EXISTENCE)
    one = notice(told)
    assert (one.disclosure_id, one.account_id) == (None, worker.account_id)
    assert [to for to, _ in mails(told)] == [worker.account_id]
    read = sheet(told, worker)
    assert "by an invitation" in read.told_then
    assert (read.agency, read.wrong, read.right) == ("Example Leaving Care", None, None)
    with told.asking.world.units.read(worker) as uow:
        assert [row.reference for row in own_corrections(uow)] == [""]
    for other in (told.asking.officer, told.elsewhere, told.asking.stranger):
        with pytest.raises(NotFoundError):
            sheet(told, other)
    clock.advance(days=5)
    assert chase(told) == 1
    with told.asking.world.write(worker) as uow:
        understand_correction(one.id, uow=uow)
    with told.asking.world.units.read(told.manager) as uow:
        rows = log_of(uow, told.person, LOG_SOURCES)
    (line,) = [row for row in rows if row.entry.kind is LogKind.CORRECTED]
    assert (line.left_out, line.entry.record) == (None, "They say that they read it")
    clock.advance(days=5)
    assert chase(told) == 0


def test_a_correction_to_who_was_invited_on_the_other_side_is_no_line_for_the_person(told):
    world = told.asking.world
    world.list(world.meeting(), world.concern(told.person, role="alleged_perpetrator"))
    correct(told, category=Category.EXISTENCE)
    with world.units.read(told.manager) as uow:
        rows = log_of(uow, told.person, LOG_SOURCES)
    lines = [row for row in rows if row.entry.kind is LogKind.CORRECTED]
    assert {row.left_out for row in lines} == {LeftOut.OTHER_SIDE}


def test_a_concern_that_goes_takes_the_corrections_of_its_invitations(told):
    invited(told)
    correct(told, category=Category.EXISTENCE)
    assert "correction_notice" in CONCERNS.may
    with told.asking.world.write() as uow:
        concern_id = uow.session.scalars(select(Concern.id)).one()
        roots = CONCERNS.roots(uow, concern_id)
        gone = doomed(uow.session, METADATA, roots, CONCERNS.may, CONCERNS.refers)
    assert gone.ids["correction_notice"] == {notice(told).id}
