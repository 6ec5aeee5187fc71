"""Warnings that are said once, and signed copies that are kept sealed."""

from datetime import date, timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.db.files import FileStore
from hub.kernel.actor import Role, system
from hub.kernel.errors import IllegalMoveError, NotFoundError, RefusedError
from hub.notify.models import Message
from hub.sharing import commands
from hub.sharing.models import Agreement, AgreementCopy, AgreementWarning
from kit.agreements import WRITER, Register
from kit.hub import TEST_KEYS
from kit.world import TODAY, World

PDF = b"%PDF-1.7\n1 0 obj<<>>endobj\ntrailer<<>>\n%%EOF\n"


@pytest.fixture
def register(units):
    made = Register(World(units).settle()).settle()
    with made.world.write() as uow:
        uow.session.get_one(Agreement, made.world.agreement).status = "withdrawn"
        for account_id in (WRITER.account_id, UUID(int=5)):
            uow.session.add(
                Account(
                    id=account_id,
                    email=f"lead.{account_id.int}@council.example.org",
                    name="A. Lead",
                    agency_id=made.council,
                    is_active=True,
                    created_at=uow.now,
                )
            )
            uow.session.flush()
            uow.session.add(AccountRole(account_id=account_id, role=Role.GOVERNANCE_LEAD.value))
    return made


def days_left(register, one, *, review=None, end=None):
    """Move the days of an agreement so that so many are left, and look again."""
    with register.world.write() as uow:
        row = uow.session.get_one(Agreement, one)
        if review is not None:
            row.review_on = TODAY + timedelta(days=review)
        if end is not None:
            row.ends_on = TODAY + timedelta(days=end)
    return look(register)


def look(register):
    with register.world.write(system("sweep")) as uow:
        return commands.warn_of_days(uow)


def said(register):
    with register.world.units.read(system("test")) as uow:
        rows = uow.session.execute(select(AgreementWarning.about, AgreementWarning.days))
        return sorted(tuple(row) for row in rows)


def told(register):
    with register.world.units.read(system("test")) as uow:
        return sorted(uow.session.scalars(select(Message.address)))


def test_each_warning_is_said_once_and_the_owner_is_told(register):
    one = register.in_force()
    assert look(register) == 0

    assert days_left(register, one, review=60) == 1
    assert look(register) == 0
    assert told(register) == [f"lead.{WRITER.account_id.int}@council.example.org"]
    # the same day comes nearer: the due day is the same, the warning another
    with register.world.write() as uow:
        uow.session.get_one(Agreement, one).review_on = TODAY + timedelta(days=30)
    assert look(register) == 1
    assert said(register) == [("review", 30), ("review", 60)]


def test_a_hub_that_slept_says_the_nearest_only(register):
    one = register.in_force()

    assert days_left(register, one, review=5) == 1
    assert said(register) == [("review", 7)]


@pytest.mark.parametrize(
    ("end", "expected"),
    [(62, []), (61, [("end", 60)]), (8, [("end", 7)]), (1, [("end", 7)]), (0, [("end", 0)])],
)
def test_the_end_is_said_too_counted_to_the_last_day(register, end, expected):
    one = register.in_force()

    days_left(register, one, end=end)

    assert said(register) == expected


def test_of_a_version_that_is_replaced_there_is_no_end_to_warn_of(register):
    one = register.in_force(ends_on=TODAY + timedelta(days=30))
    two = register.next(one)
    register.force(register.sign(register.approve(two)))

    look(register)

    with register.world.units.read(system("test")) as uow:
        assert one not in set(uow.session.scalars(select(AgreementWarning.agreement_id)))


def test_a_draft_has_no_days_to_warn_of(register):
    register.draft(ends_on=date(2026, 6, 20))

    assert look(register) == 0


def test_without_an_owner_every_governance_lead_is_told(register):
    one = register.in_force()
    with register.world.write() as uow:
        uow.session.get_one(Account, WRITER.account_id).is_active = False

    days_left(register, one, review=7)

    assert told(register) == ["lead.5@council.example.org"]


def test_those_who_may_approve_and_did_not_write_are_asked(register):
    one = register.start()
    with pytest.raises(commands.NotReadyError):
        register.do(commands.ask_approval, commands.Touch, one)
    one = register.draft(reference="ISA-8")

    register.do(commands.ask_approval, commands.Touch, one)

    assert told(register) == ["lead.5@council.example.org"]
    with register.world.units.read(system("test")) as uow:
        facts = uow.session.scalars(select(Message.facts)).one()
    assert f"/agreements/{one}/whole" in facts


@pytest.fixture
def store(tmp_path):
    return FileStore(tmp_path, TEST_KEYS, commands.COPIES)


def attach(register, one, store, name="signed.pdf", content=PDF):
    cmd = commands.AttachCopy(**register.touched(one), name=name, content=content)
    with register.world.write(WRITER) as uow:
        return commands.attach_copy(cmd, uow=uow, store=store)


def test_a_signed_copy_is_kept_sealed_and_can_be_taken_away(register, store):
    one = register.in_force()
    copy_id = attach(register, one, store)

    assert store.get(copy_id) == PDF
    assert PDF not in (store.folder / copy_id.hex).read_bytes()
    register.do(commands.remove_copy, commands.RemoveCopy, one, copy_id=copy_id)
    with register.world.write(system("sweep")) as uow:
        assert uow.session.scalars(select(AgreementCopy.id)).all() == []
        later = uow.now + timedelta(days=400000)
        assert commands.sweep_copies(later, uow=uow, store=store) == 1
    with pytest.raises(FileNotFoundError):
        store.get(copy_id)


def test_a_file_that_is_not_what_it_says_is_refused_and_nothing_is_kept(register, store):
    one = register.in_force()

    with pytest.raises(RefusedError) as refused:
        attach(register, one, store, content=b"MZ" + b"\0" * 200)

    assert refused.value.field == "file"
    assert not list(store.folder.glob("*"))


def test_a_draft_has_no_signed_copy_and_a_copy_of_another_version_is_not_there(register, store):
    one = register.in_force()
    copy_id = attach(register, one, store)
    draft = register.draft(reference="ISA-8")

    with pytest.raises(IllegalMoveError):
        attach(register, draft, store)
    other = register.in_force(reference="ISA-9")
    for wrong in (copy_id, uuid4()):
        with pytest.raises(NotFoundError):
            register.do(commands.remove_copy, commands.RemoveCopy, other, copy_id=wrong)
