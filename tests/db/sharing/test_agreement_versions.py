"""Versions of an agreement follow one another without a day between, and none of them changes."""

from datetime import date, timedelta
from threading import Thread

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import system
from hub.kernel.errors import ConflictError, IllegalMoveError, RefusedError
from hub.sharing import commands
from hub.sharing.models import Agreement, AgreementParty
from hub.sharing.queries import standings
from hub.sharing.queries.agreements import register as lines_of_register
from hub.sharing.queries.contents import contents_of
from hub.sharing.register.spelling import differences
from hub.sharing.states import AgreementState
from kit.agreements import WRITER, Register
from kit.world import TODAY, World

DAY = timedelta(days=1)


@pytest.fixture
def register(units):
    made = Register(World(units).settle()).settle()
    with made.world.write() as uow:  # the small county's own would stand in for the one under test
        uow.session.get_one(Agreement, made.world.agreement).status = "withdrawn"
    return made


def said_by(register, one):
    with register.world.units.read(system("test")) as uow:
        return contents_of(uow, uow.session.get_one(Agreement, one))


def standing(register, day=TODAY):
    service = register.world.service
    with register.world.units.read(system("test")) as uow:
        return standings(uow, [service], "marac_risk", day=day, grace_days=30)[service]


def test_the_next_version_is_a_whole_copy_that_everybody_signs_anew(register):
    one = register.in_force()
    register.do(
        commands.save_contacts,
        commands.SaveContacts,
        one,
        agency_id=register.world.agency,
        contact_id=register.world.worker,
        deputy_id=None,
    )

    two = register.next(one)

    old, new = said_by(register, one), said_by(register, two)
    assert (new.number, register.row(two).supersedes_id) == (2, one)
    assert {line.label for line in differences(old, new)} == {"From"}
    assert {party.signed_on for party in new.parties} == {None}
    asked = {party.agency_id: party.contact_id for party in new.parties}
    assert asked[register.world.agency] == register.world.worker
    assert new.starts_on == TODAY
    assert new.review_on == date(2026, 12, 1)


def test_the_version_before_stays_as_it_was_while_the_next_is_written(register):
    one = register.in_force()
    before = said_by(register, one)
    two = register.next(one)

    register.do(commands.save_ending, commands.SaveEnding, two, liability="", termination="New")
    register.do(commands.remove_category, commands.RemoveCategory, two, category="existence")

    assert said_by(register, one) == before
    assert standing(register).agreement_id == one


def test_coming_into_force_replaces_the_version_before_in_the_same_transaction(register):
    one = register.in_force()
    two = register.sign(register.approve(register.next(one)))
    assert standing(register).agreement_id == one

    register.force(two)

    assert register.row(one).superseded_on == TODAY
    assert standing(register).agreement_id == two
    assert standing(register).state is AgreementState.IN_FORCE
    # what was decided yesterday still cites the version of yesterday
    assert standing(register, TODAY - DAY).agreement_id == one
    with register.world.units.read(system("test")) as uow:
        last = uow.session.execute(
            select(AuditEntry.subject_id, AuditEntry.at).order_by(AuditEntry.number.desc()).limit(2)
        ).all()
    assert {row.subject_id for row in last} == {str(one), str(two)}  # both are heard of


def test_when_it_cannot_come_into_force_nothing_is_replaced(register):
    one = register.in_force()
    two = register.approve(register.next(one))

    with pytest.raises(commands.NotReadyError):
        register.force(two)

    assert register.row(one).superseded_on is None
    assert standing(register).agreement_id == one


def renewed(register, one, starts_on):
    """Write a next version that starts on a day to come, and bring it into force today."""
    two = register.next(one)
    old = said_by(register, two)
    opening = commands.Opening(
        reference=old.reference,
        title=old.title,
        tier=old.tier,
        framework=old.framework,
        starts_on=starts_on,
        ends_on=None,
        review_on=None,
        first_review_months=6,
        review_months=12,
    )
    register.do(commands.save_opening, commands.SaveOpening, two, opening=opening)
    return register.force(register.sign(register.approve(two)))


def test_a_version_that_starts_later_waits_and_no_day_is_without_an_agreement(register):
    starts_on = TODAY + 30 * DAY
    one = register.in_force(ends_on=starts_on)

    two = renewed(register, one, starts_on)

    for days in range(61):
        found = standing(register, TODAY + days * DAY)
        assert found.state is AgreementState.IN_FORCE
        assert found.agreement_id == (one if days < 30 else two)


def test_a_version_that_starts_after_the_end_of_the_one_before_is_refused(register):
    one = register.in_force(ends_on=TODAY + 30 * DAY)

    with pytest.raises(commands.NotReadyError, match="no day without an agreement"):
        renewed(register, one, TODAY + 31 * DAY)


def test_a_waiting_version_that_is_ended_leaves_the_one_before_as_it_was(register):
    one = register.in_force()
    two = renewed(register, one, TODAY + 30 * DAY)
    with pytest.raises(RefusedError, match="takes its place on 1 July 2026"):
        register.next(one)

    register.because(commands.end_agreement, two)

    assert register.row(one).superseded_on is None
    assert standing(register, TODAY + 60 * DAY).agreement_id == one


def test_a_suspended_version_is_replaced_and_cannot_come_back(register):
    one = register.in_force()
    register.because(commands.suspend_agreement, one)
    assert standing(register).state is AgreementState.SUSPENDED

    register.force(register.sign(register.approve(register.next(one))))

    assert standing(register).state is AgreementState.IN_FORCE
    with pytest.raises(IllegalMoveError):
        register.force(one)


def test_a_suspended_version_comes_back(register):
    one = register.in_force()
    register.because(commands.suspend_agreement, one)

    register.force(one)

    assert standing(register).state is AgreementState.IN_FORCE


def test_of_an_agreement_one_next_version_is_written_at_a_time(register):
    one = register.in_force()
    two = register.next(one)
    with pytest.raises(RefusedError, match="Version 2 is being written already"):
        register.next(one)

    register.because(commands.end_agreement, two)
    three = register.next(one)

    assert register.row(two).status == "discarded"
    assert register.row(three).number == 3
    assert register.row(three).supersedes_id == one


def test_two_people_who_begin_the_next_version_at_once_begin_one(register, units):
    one = register.in_force()
    cmd = commands.Touch(**register.touched(one))
    results = []

    def begin():
        try:
            with units.write(WRITER) as uow:
                results.append(commands.write_next(cmd, uow=uow))
        except (RefusedError, ConflictError) as refused:
            results.append(refused)

    both = [Thread(target=begin) for _ in range(2)]
    for each in both:
        each.start()
    for each in both:
        each.join()

    with units.read(system("test")) as uow:
        numbers = uow.session.scalars(
            select(Agreement.number).where(Agreement.reference == "ISA-7")
        ).all()
    assert sorted(numbers) == [1, 2]
    assert sum(isinstance(each, RefusedError) for each in results) == 1


def test_a_party_that_left_is_not_copied_and_the_others_are(register):
    one = register.in_force()
    register.do(commands.withdraw_party, commands.OfParty, one, agency_id=register.council)

    two = said_by(register, register.next(one))

    assert {party.agency_id for party in two.parties} == {register.police, register.world.agency}
    assert two.rights == ()


def test_a_reference_stays_that_of_the_first_version(register):
    one = register.in_force()
    two = register.next(one)
    opening = commands.Opening(
        reference="OTHER",
        title="New title",
        tier="framework",
        framework="",
        starts_on=TODAY,
        ends_on=None,
        review_on=None,
        first_review_months=6,
        review_months=12,
    )

    register.do(commands.save_opening, commands.SaveOpening, two, opening=opening)

    assert (register.row(two).reference, register.row(two).title) == ("ISA-7", "New title")


def test_the_register_lists_what_counts_and_what_is_written(register):
    one = register.in_force()
    two = register.next(one)

    def listed():
        with register.world.units.read(system("test")) as uow:
            found = lines_of_register(uow, grace_days=30, limit=50)
        return [(line.id, line.number) for line in found if line.reference == "ISA-7"]

    assert listed() == [(one, 1), (two, 2)]
    register.force(register.sign(register.approve(two)))
    assert listed() == [(two, 2)]
    register.because(commands.end_agreement, register.next(two))
    assert listed() == [(two, 2)]


def test_a_party_that_leaves_is_told_nothing_from_the_same_day(register):
    one = register.in_force()
    assert standing(register).state is AgreementState.IN_FORCE

    register.do(commands.withdraw_party, commands.OfParty, one, agency_id=register.world.agency)

    assert standing(register).state is AgreementState.NOT_PARTY
    assert standing(register, TODAY - DAY).state is AgreementState.IN_FORCE
    with pytest.raises(RefusedError):
        register.do(commands.withdraw_party, commands.OfParty, one, agency_id=register.world.agency)
    with register.world.units.read(system("test")) as uow:
        party = uow.session.get_one(AgreementParty, (one, register.world.agency))
        assert party.withdrawn_on == TODAY


def reviewed(register, one, review_on=None):
    register.do(
        commands.review_agreement,
        commands.ReviewAgreement,
        one,
        finding="It stands.",
        review_on=review_on,
    )
    return register.row(one).review_on


def test_a_review_sets_the_next_one_in_the_agreements_own_rhythm(register):
    one = register.in_force()  # it began on 1 May 2026, the first review is due on 1 November

    assert reviewed(register, one) == date(2027, 11, 1)
    assert reviewed(register, one, date(2026, 12, 24)) == date(2026, 12, 24)


@pytest.mark.parametrize("review_on", [TODAY, date(2027, 11, 2)])
def test_the_next_review_is_neither_past_nor_later_than_the_rhythm_allows(register, review_on):
    one = register.in_force()

    with pytest.raises(RefusedError) as refused:
        reviewed(register, one, review_on)

    assert refused.value.field == "review_on"
