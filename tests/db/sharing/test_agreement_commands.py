"""Who may change an agreement, in which state, and that two people who edit get a conflict."""

from datetime import date
from uuid import UUID, uuid4

import pytest
from sqlalchemy import select

from hub.audit.models import AuditEntry
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import (
    ConflictError,
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.sharing import commands
from hub.sharing.models import (
    AgreementMove,
    AgreementParty,
)
from hub.sharing.register.gaps import Section
from kit.agreements import APPROVER, EXISTENCE, STARTS, WRITER, Register
from kit.world import World

OTHER = Actor(account_id=UUID(int=9), roles=frozenset({Role.GOVERNANCE_LEAD}), label="second")


@pytest.fixture
def register(units):
    return Register(World(units).settle()).settle()


def edits(register):
    """Every command that changes what a version says, with something to save."""
    agency = register.council
    return {
        commands.save_opening: (
            commands.SaveOpening,
            {"opening": commands.Opening(**vars(OPENED))},
        ),
        commands.save_purposes: (commands.SavePurposes, {"purposes": (), "subjects": ("child",)}),
        commands.save_exclusions: (
            commands.SaveExclusions,
            {"exclusions": (), "other_exclusions": "None"},
        ),
        commands.save_handling: (commands.SaveHandling, HANDLING),
        commands.save_assessment: (commands.SaveAssessment, ASSESSMENT),
        commands.save_ending: (commands.SaveEnding, {"liability": "", "termination": "New"}),
        commands.save_rights: (commands.SaveRights, {"rights": ()}),
        commands.save_party: (commands.SaveParty, PARTY | {"agency_id": agency}),
        commands.remove_party: (commands.OfParty, {"agency_id": agency}),
        commands.save_bases: (commands.SaveBases, {"agency_id": agency, "bases": ()}),
        commands.save_categories: (commands.SaveCategories, {"categories": (EXISTENCE,)}),
        commands.remove_category: (commands.RemoveCategory, {"category": "existence"}),
        commands.save_gateway: (commands.SaveGateway, GATEWAY),
        commands.remove_gateway: (commands.RemoveGateway, {"gateway_id": uuid4()}),
    }


OPENED = commands.Opening(
    reference="ISA-7",
    title="Other",
    tier="framework",
    framework="",
    starts_on=STARTS,
    ends_on=None,
    review_on=None,
    first_review_months=6,
    review_months=12,
)
HANDLING = {
    "methods": (),
    "marking": "",
    "encryption": "",
    "verbal": "",
    "onward": "none",
    "onward_to": "",
    "breach_hours": 24,
}
ASSESSMENT = {
    "dpia_reference": "",
    "dpia_on": None,
    "dpia_outcome": "",
    "dpia_review_on": None,
    "policy_reference": "",
    "policy_on": None,
}
PARTY = {"role": "controller", "legal_name": "Other", "ico_number": "", "dpo": ""}
GATEWAY = {
    "code": None,
    "statute": "Another Act",
    "section": "",
    "kind": "duty",
    "direction": "both",
    "commences_on": None,
    "from_age": None,
    "until_age": None,
    "relies": "",
}


def test_the_list_of_edits_is_whole(register):
    known = {name for name in commands.__all__ if name.startswith(("save_", "remove_"))}
    no_terms = {"save_contacts", "remove_copy"}

    assert {command.__name__ for command in edits(register)} == known - no_terms


def test_once_approved_nobody_changes_what_a_version_says(register):
    one = register.draft()
    for state in (
        lambda: register.approve(one),
        lambda: register.force(register.sign(one)),
        lambda: register.because(commands.suspend_agreement, one),
        lambda: register.because(commands.end_agreement, one),
    ):
        state()
        for command, (shape, values) in edits(register).items():
            with pytest.raises(IllegalMoveError):
                register.do(command, shape, one, **values)


def test_every_edit_is_refused_to_somebody_who_read_an_older_state(register):
    one = register.draft()
    stale = register.touched(one)
    register.do(commands.save_ending, commands.SaveEnding, one, liability="", termination="New")

    for command, (shape, values) in edits(register).items():
        with pytest.raises(ConflictError), register.world.write(WRITER) as uow:
            command(shape(**stale, **values), uow=uow)


@pytest.mark.parametrize(
    ("role", "error"),
    [
        (Role.COORDINATOR, NotAllowedError),  # reads the register
        (Role.SIRO, NotAllowedError),  # reads and approves
        (Role.REFERRER, NotFoundError),
        (Role.TEAM_MANAGER, NotFoundError),
        (Role.DATA_PROTECTION_OFFICER, NotFoundError),
        (Role.ADMINISTRATOR, NotFoundError),
    ],
)
def test_only_a_governance_lead_changes_anything(register, role, error):
    one = register.draft()
    actor = Actor(account_id=UUID(int=8), roles=frozenset({role}), label="other")

    for command, (shape, values) in edits(register).items():
        with pytest.raises(error):
            register.do(command, shape, one, by=actor, **values)


def test_nobody_who_wrote_any_of_it_approves_it(register):
    one = register.draft()
    register.do(
        commands.save_ending,
        commands.SaveEnding,
        one,
        by=OTHER,
        liability="",
        termination="Destroyed.",
    )

    for writer in (WRITER, OTHER):
        with pytest.raises(NotAllowedError):
            register.do(commands.approve_agreement, commands.Touch, one, by=writer)
    with pytest.raises(NotAllowedError):  # nor does the hub itself
        register.do(commands.approve_agreement, commands.Touch, one, by=system("test"))
    register.approve(one)

    assert register.row(one).status == "approved"


def test_a_co_ordinator_approves_nothing(register):
    one = register.draft()
    actor = Actor(account_id=UUID(int=8), roles=frozenset({Role.COORDINATOR}), label="co")

    with pytest.raises(NotAllowedError):
        register.do(commands.approve_agreement, commands.Touch, one, by=actor)


def test_a_draft_that_lacks_something_is_not_approved(register):
    one = register.start()

    with pytest.raises(commands.NotReadyError) as refused:
        register.approve(one)

    assert {gap.section for gap in refused.value.gaps} >= {Section.PARTIES, Section.PURPOSES}
    assert register.row(one).status == "draft"


def test_it_comes_into_force_only_when_every_party_has_signed(register):
    one = register.approve(register.draft())
    register.sign(one, register.council, register.police)

    with pytest.raises(commands.NotReadyError, match="Example Leaving Care"):
        register.force(one)
    register.force(register.sign(one, register.world.agency))

    assert register.row(one).status == "in_force"


def test_a_draft_cannot_be_signed_and_a_signature_is_not_of_a_day_to_come(register):
    one = register.draft()
    with pytest.raises(IllegalMoveError):
        register.sign(one)
    register.approve(one)
    with pytest.raises(RefusedError) as refused:
        register.do(
            commands.sign_party,
            commands.SignParty,
            one,
            agency_id=register.council,
            signatory="A. Director",
            signed_on=date(2026, 6, 2),
        )

    assert refused.value.field == "signed_on"


def test_what_is_sent_back_is_a_draft_again_and_its_signatures_are_void(register):
    one = register.sign(register.approve(register.draft()))

    register.because(commands.send_back, one)

    assert register.row(one).status == "draft"
    with register.world.units.read(system("test")) as uow:
        parties = uow.session.scalars(
            select(AgreementParty).where(AgreementParty.agreement_id == one)
        )
        assert {(party.signatory, party.signed_on) for party in parties} == {(None, None)}


@pytest.mark.parametrize("why", ["", "   ", "no"])
def test_a_reason_is_asked_for(register, why):
    one = register.in_force()

    for command in (commands.suspend_agreement, commands.end_agreement):
        with pytest.raises(RefusedError) as refused:
            register.do(command, commands.Because, one, why=why)
        assert refused.value.field == "why"
    assert register.row(one).status == "in_force"


def test_every_move_is_remembered_and_stands_in_the_trail(register):
    one = register.in_force()

    with register.world.units.read(system("test")) as uow:
        moves = uow.session.execute(
            select(AgreementMove.action, AgreementMove.by_id).where(
                AgreementMove.agreement_id == one
            )
        ).all()
        heard = uow.session.scalars(
            select(AuditEntry.verb)
            .where(AuditEntry.subject_id == str(one))
            .order_by(AuditEntry.number)
        ).all()
    assert [tuple(move) for move in moves].count(("sign", WRITER.account_id)) == 3
    assert ("approve", APPROVER.account_id) in [tuple(move) for move in moves]
    assert ("bring_into_force", WRITER.account_id) in [tuple(move) for move in moves]
    # each section and each move that lets nobody share more, then the one that does
    assert heard == ["AgreementWritten"] * (12 + len(moves) - 1) + ["AgreementChanged"]
