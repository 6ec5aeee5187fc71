"""A case at its meeting: signed first, saved as typed, ended only with risk and teller."""

from dataclasses import replace
from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.kernel.actor import Actor, Role, system
from hub.kernel.errors import (
    ConflictError,
    IllegalMoveError,
    NotAllowedError,
    NotFoundError,
    RefusedError,
)
from hub.marac.access import NotSignedError, find_case
from hub.marac.commands.actions import (
    MoveAction,
    ProposeAction,
    chase_actions,
    move_action,
    propose_action,
)
from hub.marac.commands.hearings import (
    MoveHearing,
    ReportTelling,
    SaveNote,
    SetTeller,
    move_hearing,
    report_telling,
    save_note,
    set_teller,
    sign_statement,
)
from hub.marac.models import Action, ActionStep, Hearing, HearingNote, Undertaking
from hub.marac.states import ActionMove, ActionState, HearingMove, HearingState
from hub.meetings.models import Item
from hub.people.commands.linking import Link, lift_link, link_to_case
from hub.people.states import LinkKind
from kit.world import CHAIR, COORDINATOR, World

RISKS = (
    "who_else", "risk_who", "risk_from", "risk_of", "risk_when", "factors_for", "factors_against",
)  # fmt: skip


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def item(world):
    return world.list(world.meeting(), world.concern(world.person()))


@pytest.fixture
def meeting(world, item):
    with world.units.read(system("test")) as uow:
        return uow.session.get_one(Item, item).meeting_id


def sign(world, meeting_id, *actors):
    for actor in actors:
        with world.write(actor) as uow:
            sign_statement(meeting_id, "member", uow=uow)


def hearing(world, item_id):
    with world.units.read(system("test")) as uow:
        return uow.session.scalar(select(Hearing).where(Hearing.item_id == item_id))


def move(world, item_id, what, why="", by=COORDINATOR):
    known = hearing(world, item_id)
    with world.write(by) as uow:
        version = known.version if known else 0
        move_hearing(MoveHearing(item_id=item_id, version=version, move=what, why=why), uow=uow)


def note(world, item_id, field, text, version=0, by=COORDINATOR):
    with world.write(by) as uow:
        return save_note(
            SaveNote(item_id=item_id, field=field, text=text, version=version), uow=uow
        )


def teller(world, item_id, who="idva", note_=""):
    known = hearing(world, item_id)
    with world.write(COORDINATOR) as uow:
        version = known.version if known else 0
        set_teller(SetTeller(item_id=item_id, version=version, teller=who, note=note_), uow=uow)


def account(world, agency_id, *roles):
    actor = Actor(account_id=uuid4(), agency_id=agency_id, roles=frozenset(roles), label="account")
    with world.write() as uow:
        uow.session.add(
            Account(
                id=actor.account_id,
                email=f"{actor.account_id}@example.org",
                name="Some Body",
                agency_id=agency_id,
                created_at=uow.now,
            )
        )
    return actor


def test_no_case_opens_before_its_reader_has_accepted_the_statement(world, item, meeting):
    with pytest.raises(NotSignedError):
        move(world, item, HearingMove.OPEN)
    sign(world, meeting, COORDINATOR)
    move(world, item, HearingMove.OPEN)
    with pytest.raises(NotSignedError):  # each person for themselves
        note(world, item, "reason", "Text", by=CHAIR)


def test_the_words_that_were_accepted_are_kept_and_twice_changes_nothing(world, item, meeting):
    sign(world, meeting, COORDINATOR, COORDINATOR)
    with world.units.read(system("test")) as uow:
        (signed,) = uow.session.scalars(select(Undertaking)).all()
    assert "confidential" in signed.statement


def test_a_representative_of_the_area_sees_a_case_once_signed_and_others_never(
    world, item, meeting
):
    member = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    elsewhere = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=elsewhere, name="Elsewhere", kind="housing"))
    stranger = account(world, elsewhere, Role.AGENCY_REPRESENTATIVE)
    referrer = account(world, world.agency, Role.REFERRER)

    with pytest.raises(NotSignedError), world.units.read(member) as uow:
        find_case(uow, item)
    sign(world, meeting, member)
    with world.units.read(member) as uow:
        assert find_case(uow, item).id == item
    for nobody in (stranger, referrer):
        with pytest.raises(NotFoundError), world.units.read(nobody) as uow:
            find_case(uow, item)
        with pytest.raises(NotFoundError):
            sign(world, meeting, nobody)


def test_a_member_reads_and_does_not_write(world, item, meeting):
    member = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    sign(world, meeting, member)
    with pytest.raises(NotFoundError):
        note(world, item, "reason", "Text", by=member)


def test_two_note_takers_in_different_fields_never_meet(world, item, meeting):
    sign(world, meeting, COORDINATOR, CHAIR)
    assert note(world, item, "reason", "One") == 1
    assert note(world, item, "discussion", "Two", by=CHAIR) == 1
    assert note(world, item, "reason", "One more", version=1) == 2


def test_of_two_note_takers_in_one_field_the_second_sees_the_firsts_words(world, item, meeting):
    sign(world, meeting, COORDINATOR, CHAIR)
    note(world, item, "reason", "What the first typed")
    with pytest.raises(ConflictError) as stale:
        note(world, item, "reason", "What the second typed", by=CHAIR)
    assert stale.value.theirs == {"reason": "What the first typed"}


def test_the_same_words_sent_twice_are_no_conflict(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    assert note(world, item, "reason", "One") == 1
    assert note(world, item, "reason", "One") == 1


def test_an_unknown_field_is_refused(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    with pytest.raises(RefusedError):
        note(world, item, "gossip", "Text")


def test_a_case_ends_only_with_its_risks_and_somebody_who_tells_the_victim(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    move(world, item, HearingMove.OPEN)
    with pytest.raises(RefusedError, match=r"Write who is at risk.*Choose who tells the victim"):
        move(world, item, HearingMove.END)
    for field in RISKS:
        note(world, item, field, "In words")
    with pytest.raises(RefusedError, match="tells the victim"):
        move(world, item, HearingMove.END)
    teller(world, item)
    move(world, item, HearingMove.END)

    ended = hearing(world, item)
    assert (ended.state, ended.heard_on) == (HearingState.HEARD, date(2026, 6, 29))
    with pytest.raises(IllegalMoveError):
        move(world, item, HearingMove.END)


def test_nobody_tells_the_victim_only_with_a_reason(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    with pytest.raises(RefusedError, match="why nobody"):
        teller(world, item, "nobody")
    teller(world, item, "nobody", "It is not safe until he has left")


def test_what_is_put_back_says_why_and_was_not_heard(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    with pytest.raises(RefusedError, match="put back"):
        move(world, item, HearingMove.PUT_BACK)
    move(world, item, HearingMove.PUT_BACK, "The referrer did not come")
    assert hearing(world, item).heard_on is None


def test_that_she_was_told_is_written_down_by_whoever_was_to_tell(world, item, meeting):
    idva = account(world, world.agency, Role.REFERRER)
    sign(world, meeting, COORDINATOR)
    with world.write(COORDINATOR) as uow:
        set_teller(
            SetTeller(item_id=item, version=0, teller="idva", account_id=idva.account_id), uow=uow
        )
    told = ReportTelling(
        item_id=item,
        version=hearing(world, item).version,
        told_on=date(2026, 6, 1),
        told_how="Rang",
    )
    with pytest.raises(RefusedError), world.write(idva) as uow:
        report_telling(replace(told, told_on=None), uow=uow)
    with pytest.raises(RefusedError), world.write(idva) as uow:
        report_telling(replace(told, told_on=date(2026, 6, 2)), uow=uow)
    with (
        pytest.raises(NotFoundError),
        world.write(account(world, world.agency, Role.REFERRER)) as uow,
    ):
        report_telling(told, uow=uow)
    kept = Link(case_id=concern_of(world, item), kind=LinkKind.CLOSE, account_id=idva.account_id)
    with world.write() as uow:
        link_id = link_to_case(kept, uow=uow)
    with pytest.raises(NotFoundError), world.write(idva) as uow:
        report_telling(told, uow=uow)
    with world.write(COORDINATOR) as uow:
        lift_link(link_id, kept.case_id, "It was somebody else", uow=uow)
    with world.write(idva) as uow:
        report_telling(told, uow=uow)
    assert hearing(world, item).told_on == date(2026, 6, 1)


def concern_of(world, item_id):
    with world.units.read(system("test")) as uow:
        return uow.session.get_one(Item, item_id).concern_id


def test_who_tells_her_has_a_live_account_or_none(world, item, meeting):
    sign(world, meeting, COORDINATOR)
    cmd = SetTeller(item_id=item, version=0, teller="idva", account_id=uuid4())
    with pytest.raises(RefusedError, match="account is live"), world.write(COORDINATOR) as uow:
        set_teller(cmd, uow=uow)
    nobody = replace(cmd, teller="nobody", note="It is not safe")
    with world.write(COORDINATOR) as uow:
        set_teller(nobody, uow=uow)
    assert hearing(world, item).teller_account_id is None


# --- Actions ---


def propose(world, item_id, owner, **other):
    values = {
        "text": "Fit new locks",
        "risk": "He has a key",
        "due_on": date(2026, 7, 6),
        "may_tell_victim": True,
    }
    with world.write(COORDINATOR) as uow:
        cmd = ProposeAction(item_id=item_id, owner_id=owner.account_id, **(values | other))
        return propose_action(cmd, uow=uow)


def action(world, action_id):
    with world.units.read(system("test")) as uow:
        return uow.session.get_one(Action, action_id)


def do(world, action_id, what, by, outcome=""):
    with world.write(by) as uow:
        version = uow.session.get_one(Action, action_id).version
        move_action(
            MoveAction(action_id=action_id, version=version, move=what, outcome=outcome), uow=uow
        )


def test_an_action_is_theirs_at_once_who_was_there_and_else_once_accepted(world, item, meeting):
    there, absent = (account(world, world.agency, Role.AGENCY_REPRESENTATIVE) for _ in range(2))
    sign(world, meeting, COORDINATOR, there)
    assert action(world, propose(world, item, there)).state == ActionState.OPEN

    waiting = propose(world, item, absent)
    assert action(world, waiting).state == ActionState.PROPOSED
    with pytest.raises(NotAllowedError):
        do(world, waiting, ActionMove.ACCEPT, there)
    do(world, waiting, ActionMove.ACCEPT, absent)
    assert action(world, waiting).state == ActionState.OPEN


@pytest.mark.parametrize(
    ("other", "said"),
    [
        ({"text": " "}, "what is to be done"),
        ({"risk": ""}, "which risk"),
        ({"due_on": date(2026, 6, 28)}, "before the meeting"),
    ],
)
def test_an_action_says_what_against_which_risk_and_by_when(world, item, meeting, other, said):
    sign(world, meeting, COORDINATOR)
    owner = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    with pytest.raises(RefusedError, match=said):
        propose(world, item, owner, **other)


def test_why_it_was_not_done_is_told_apart_and_needs_words(world, item, meeting):
    owner = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    sign(world, meeting, COORDINATOR, owner)
    one, two = propose(world, item, owner), propose(world, item, owner, text="Ring her")
    with pytest.raises(RefusedError, match="Write why"):
        do(world, one, ActionMove.FIND_IMPOSSIBLE, owner)
    do(world, one, ActionMove.FIND_IMPOSSIBLE, owner, "She has moved")
    do(world, two, ActionMove.LEAVE_UNDONE, owner, "We forgot")
    assert action(world, one).state == ActionState.NOT_POSSIBLE
    assert action(world, two).state == ActionState.NOT_DONE


def test_an_action_is_there_for_owner_agency_and_meeting_only(world, item, meeting):
    owner = account(world, world.agency, Role.REFERRER)
    member = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    sign(world, meeting, COORDINATOR, member)
    one = propose(world, item, owner)
    do(world, one, ActionMove.ACCEPT, owner)
    stranger = account(world, world.agency, Role.REFERRER)
    with pytest.raises(NotFoundError):
        do(world, one, ActionMove.DO, stranger)
    do(world, one, ActionMove.DO, member)


def test_an_overdue_action_is_chased_and_goes_up_once(world, item, meeting, clock):
    owner = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    sign(world, meeting, COORDINATOR, owner)
    one = propose(world, item, owner, due_on=date(2026, 6, 29))

    def chased():
        with world.write() as uow:
            return chase_actions(uow, limit=50)

    clock.advance(days=26)
    assert chased() == 0
    clock.advance(days=1)
    assert chased() == 1  # the day before its day
    clock.advance(days=1)
    assert chased() == 0
    clock.advance(days=1)
    assert chased() == 1  # the day after
    assert chased() == 0
    clock.advance(days=14)
    assert chased() == 1
    for _ in range(3):
        clock.advance(days=7)
        assert chased() == 1
    with world.units.read(system("test")) as uow:
        steps = uow.session.scalars(
            select(ActionStep.what).where(ActionStep.action_id == one).order_by(ActionStep.number)
        ).all()
    assert steps == ["proposed", "escalated", "escalated_again"]
    do(world, one, ActionMove.DO, owner)
    clock.advance(days=30)
    assert chased() == 0


def test_notes_and_actions_are_sealed(world, item, meeting, engine):
    owner = account(world, world.agency, Role.AGENCY_REPRESENTATIVE)
    sign(world, meeting, COORDINATOR, owner)
    note(world, item, "reason", "Canary-7")
    propose(world, item, owner, text="Canary-8")
    with engine.connect() as connection:
        for table in (HearingNote.__table__, Action.__table__):
            for row in connection.exec_driver_sql(f"SELECT * FROM {table.name}"):
                assert "Canary" not in str(row)
