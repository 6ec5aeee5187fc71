"""The log of who was told what about a person, and who may read and mark it."""

from uuid import uuid4

import pytest
from sqlalchemy import text

from hub.access.permissions import Permission
from hub.audit.looks import looks_at
from hub.db.looks import look
from hub.kernel.actor import Role
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.meetings.told_by_inviting import told_by_inviting
from hub.people.models import Conflict
from hub.sharing.commands.log_marks import AnswerMark, MarkLine, answer_mark, mark_line, note_shown
from hub.sharing.queries.log import log_of
from hub.sharing.rights_doors import find_subject, subject_by_reference
from hub.sharing.rules.told_log import LeftOut, LogKind
from hub.wiring.packs import LOG_SOURCES
from parts.rights import shared_about


@pytest.fixture
def told(asking):
    return shared_about(asking)


def log(told, by=None):
    with told.asking.world.units.read(by or told.manager) as uow:
        return log_of(uow, told.person, LOG_SOURCES)


def of_kind(told, kind):
    return [row for row in log(told) if row.entry.kind is kind]


def mark(told, by, reason="His brother reads her post", entry_id=None):
    cmd = MarkLine(
        person_id=told.person,
        kind=LogKind.SHARED,
        entry_id=entry_id or told.disclosure,
        reason=reason,
    )
    with told.asking.world.write(by) as uow:
        return mark_line(cmd, uow=uow, sources=LOG_SOURCES)


def answer(told, by, *, is_confirmed=True):
    cmd = AnswerMark(
        person_id=told.person,
        kind=LogKind.SHARED,
        entry_id=told.disclosure,
        is_confirmed=is_confirmed,
    )
    with told.asking.world.write(by) as uow:
        return answer_mark(cmd, uow=uow, sources=LOG_SOURCES)


def test_what_left_stands_in_the_log_with_its_rule_and_agreement(told):
    (row,) = of_kind(told, LogKind.SHARED)
    assert row.entry.id == told.disclosure
    assert (row.entry.from_agency, row.entry.to_agency) == (
        "Example Leaving Care",
        "Testshire Police",
    )
    assert row.entry.record.endswith("rule 25, agreement AGR-1 version 1")
    assert row.left_out is None


def test_an_invitation_a_consent_and_a_look_stand_in_it(told):
    world = told.asking.world
    world.list(world.meeting(), world.concern(told.person))
    look(world.units, told.manager, "person", [told.person])
    look(world.units, told.manager, "person", [told.person])
    (invited,) = of_kind(told, LogKind.INVITED)
    assert invited.entry.to_agency == "Example Leaving Care"
    assert "rule " in invited.entry.record
    assert invited.left_out is None
    (looked,) = of_kind(told, LogKind.LOOKED)
    assert (looked.entry.id, looked.entry.record) == (told.manager.account_id, "Some Body")


def test_whoever_is_said_to_have_caused_harm_is_not_shown_the_meeting(told):
    world = told.asking.world
    world.list(world.meeting(), world.concern(told.person, role="alleged_perpetrator"))
    assert {row.left_out for row in of_kind(told, LogKind.INVITED)} == {LeftOut.OTHER_SIDE}
    with world.units.read(told.manager) as uow:
        assert list(told_by_inviting(uow, uuid4())) == []
        assert list(looks_at(uow, uuid4())) == []


def test_a_line_is_hidden_at_once_and_for_good_when_a_second_person_agrees(told):
    mark(told, told.manager)
    (row,) = of_kind(told, LogKind.SHARED)
    assert (row.left_out, row.waits) == (LeftOut.HARM_WAITS, True)
    with pytest.raises(NotAllowedError):
        answer(told, told.manager)
    with pytest.raises(RefusedError):
        mark(told, told.second)

    answer(told, told.second)
    (row,) = of_kind(told, LogKind.SHARED)
    assert (row.left_out, row.waits) == (LeftOut.HARM, False)
    with pytest.raises(RefusedError):
        answer(told, told.lead)

    mark(told, told.second, "He is in prison now")
    answer(told, told.lead)
    assert of_kind(told, LogKind.SHARED)[0].left_out is None


def test_what_the_sharer_said_of_harm_is_confirmed_by_somebody_else(asking):
    told = shared_about(asking, is_harmful_to_show=True)
    (row,) = of_kind(told, LogKind.SHARED)
    assert (row.left_out, row.waits) == (LeftOut.HARM_WAITS, True)
    with pytest.raises(NotAllowedError):
        answer(told, told.manager)
    answer(told, told.lead, is_confirmed=False)
    assert of_kind(told, LogKind.SHARED)[0].left_out is None


def test_a_reason_is_needed_and_the_line_must_be_there(told):
    with pytest.raises(RefusedError) as no:
        mark(told, told.manager, "  ")
    assert no.value.field == "reason"
    with pytest.raises(NotFoundError):
        mark(told, told.manager, entry_id=uuid4())


def test_the_reason_is_sealed_and_the_trail_holds_ids_only(told):
    mark(told, told.manager, "CANARY-REASON")
    with told.asking.world.units.read(told.manager) as uow:
        kept = uow.session.execute(text("SELECT reason FROM log_mark")).scalar_one()
        trail = uow.session.execute(text("SELECT facts FROM audit_entry")).scalars().all()
    assert b"CANARY-REASON" not in bytes(kept)
    assert not any("CANARY" in facts for facts in trail)


def test_that_it_was_shown_to_the_person_is_on_the_trail(told):
    with told.asking.world.write(told.lead) as uow:
        note_shown(told.person, uow=uow)
    with told.asking.world.units.read(told.lead) as uow:
        found = uow.session.execute(
            text("SELECT count(*) FROM audit_entry WHERE verb = 'LogShown'")
        ).scalar_one()
    assert found == 1


# --- Who else there is ---


def may_see(told, actor):
    with told.asking.world.units.read(actor) as uow:
        try:
            find_subject(uow, told.person, Permission.LOG_MARK)
        except NotFoundError:
            return False
        return True


def test_only_the_desk_of_the_service_and_its_governance_lead_have_it(told):
    asking = told.asking
    seeing = [told.manager, told.second, told.lead]
    blind = [
        told.elsewhere,
        asking.officer,
        asking.account(asking.world.agency, Role.AGENCY_REPRESENTATIVE),
        asking.account(asking.world.agency, Role.LEAVING_CARE_WORKER),
        asking.account(asking.world.agency, Role.CALDICOTT_GUARDIAN),
        asking.account(asking.force, Role.DUTY_DESK),
    ]
    assert [may_see(told, one) for one in seeing] == [True] * 3
    assert [may_see(told, one) for one in blind] == [False] * 6


def test_a_declared_conflict_keeps_out_whatever_the_role(told):
    asking = told.asking
    kept_out = asking.account(
        asking.world.agency, Role.GOVERNANCE_LEAD, contact_id=asking.world.manager
    )
    assert may_see(told, kept_out)
    with asking.world.write() as uow:
        uow.session.add(
            Conflict(contact_id=asking.world.manager, person_id=told.person, declared_at=uow.now)
        )
    assert not may_see(told, kept_out)
    assert may_see(told, told.lead)


def test_somebody_is_found_by_their_reference_by_those_alone(told):
    with told.asking.world.units.read(told.lead) as uow:
        reference = uow.session.execute(text("SELECT reference FROM person")).scalar_one()
        assert subject_by_reference(uow, f" {reference.lower()} ") == told.person
        with pytest.raises(NotFoundError):
            subject_by_reference(uow, "NOBODY")
    with (
        told.asking.world.units.read(told.elsewhere) as uow,
        pytest.raises(NotFoundError),
    ):
        subject_by_reference(uow, reference)
