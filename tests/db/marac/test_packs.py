"""The pack for a review: all is held, everything is in it, a second person lets it out."""

from dataclasses import replace
from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account
from hub.audit.looks import looks_at_case
from hub.db.looks import look
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.commands.hearings import (
    MoveHearing,
    SaveNote,
    move_hearing,
    save_note,
    sign_statement,
)
from hub.marac.commands.minutes import draft_minutes
from hub.marac.commands.packs import AskPack, ask_pack, entries_of, release_pack
from hub.marac.models import (
    Action,
    ActionEvidence,
    ActionStep,
    AgencyPresence,
    CasePresence,
    DiscussionLetter,
    EqualityAnswer,
    Research,
    ResearchLine,
    Subject,
    SubjectParty,
)
from hub.marac.queries.packs import pack_row, packs_of
from hub.marac.rules.pack import What
from hub.marac.states import HearingMove
from hub.meetings.models import Attendance, Item
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.held_words import answers_in_words
from hub.referrals.models import Party
from hub.sharing.models import LegalHold
from kit.world import CHAIR, COORDINATOR, HUB, TODAY, World

SECRET = "Canary-12"


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def concern(world):
    return world.concern(world.person())


@pytest.fixture
def item(world, concern):
    return world.list(world.meeting(), concern)


def of_area(world, actor):
    return actor if actor.agency_id else replace(actor, agency_id=world.agency)


def ask(world, concern_id, by=COORDINATOR, **other):
    with world.write(of_area(world, by)) as uow:
        said = {"died_on": TODAY, "why": SECRET} | other
        return ask_pack(AskPack(concern_id=concern_id, **said), uow=uow)


def release(world, pack_id, by=CHAIR):
    with world.write(of_area(world, by)) as uow:
        release_pack(pack_id, uow=uow, looks=looks_at_case, answers=answers_in_words)


def pack(world, pack_id):
    with world.units.read(HUB) as uow:
        return pack_row(uow, pack_id)


def entries(world, concern_id):
    with world.units.read(CHAIR) as uow:
        return entries_of(uow, concern_id, looks_at_case, answers_in_words)


def fill(world, item_id):
    """Write what a meeting leaves behind, with a line that an agency did not share."""
    with world.write(COORDINATOR) as uow:
        meeting = uow.session.get_one(Item, item_id).meeting_id
        sign_statement(meeting, "member", uow=uow)
    with world.write(COORDINATOR) as uow:
        cmd = SaveNote(item_id=item_id, field="discussion", text="He came back", version=0)
        save_note(cmd, uow=uow)
        uow.session.add(
            Action(
                id=uuid4(),
                reference="AAAA",
                item_id=item_id,
                text="Fit new locks",
                risk="He has a key",
                agency_id=world.agency,
                owner_id=uuid4(),
                due_on=TODAY,
                may_tell_victim=False,
                proposed_by=uuid4(),
                proposed_at=uow.now,
            )
        )
        uow.session.flush()
        _after(uow, item_id, world.worker)
        _came(uow, item_id, meeting, world.agency)
        research = uow.session.scalars(select(Research)).first()
        for text, at in (("Shared line", uow.now), ("Private line", None)):
            uow.session.add(
                ResearchLine(
                    id=uuid4(),
                    research_id=research.id,
                    kind="fact",
                    text=text,
                    position=1,
                    released_at=at,
                    written_by=uuid4(),
                    written_at=uow.now,
                )
            )
    with world.write(COORDINATOR) as uow:
        move_hearing(MoveHearing(item_id=item_id, version=0, move=HearingMove.NOTE), uow=uow)
        draft_minutes(meeting, uow=uow)
    look(world.units, CHAIR, "item", [item_id])


def _after(uow, item_id, worker):
    """Write what comes of an action and of a meeting."""
    action = uow.session.scalars(select(Action.id)).one()
    step = {"action_id": action, "number": 1, "what": "do", "note": "Locks are new"}
    uow.session.add(ActionStep(id=uuid4(), **step, done_at=uow.now))
    uow.session.add(
        ActionEvidence(
            id=uuid4(), action_id=action, text="The bill", added_by=uuid4(), added_at=uow.now
        )
    )
    uow.session.add(
        Attendance(
            id=uuid4(),
            item_id=item_id,
            contact_id=worker,
            status="part",
            recorded_by=uuid4(),
            recorded_at=uow.now,
        )
    )
    uow.session.add(
        EqualityAnswer(
            id=uuid4(),
            concern_id=uow.session.get_one(Item, item_id).concern_id,
            number=1,
            answers='{"is_disabled": "yes"}',
            source="idva",
            recorded_by=uuid4(),
            recorded_at=uow.now,
        )
    )
    uow.session.add(
        DiscussionLetter(
            id=uuid4(),
            reference="BBBB",
            item_id=item_id,
            party_id=uow.session.scalars(select(Party.id)).first(),
            asked_as="victim",
            asked_by="Z. Q.",
            checked_by="known",
            phone="01632 960001",
            heard_on=uow.today,
            given_by=uuid4(),
            given_at=uow.now,
        )
    )


def _came(uow, item_id, meeting_id, agency_id):
    """Write that the agency came, and left for the case."""
    said = {"agency_id": agency_id, "recorded_by": uuid4(), "recorded_at": uow.now}
    uow.session.add(
        AgencyPresence(id=uuid4(), meeting_id=meeting_id, status="attended", people="Jo B", **said)
    )
    uow.session.add(CasePresence(id=uuid4(), item_id=item_id, status="left", **said))


def test_everything_of_the_case_is_in_it_in_the_order_of_time(world, concern, item):
    fill(world, item)
    found = entries(world, concern)
    assert [one.at for one in found] == sorted(one.at for one in found)
    assert {one.what for one in found} >= {
        What.CONCERN,
        What.EQUALITY,
        What.LISTED,
        What.INVITED,
        What.ASKED,
        What.RESEARCH,
        What.NOTE,
        What.HEARING,
        What.LETTER,
        What.STEP,
        What.EVIDENCE,
        What.ATTENDANCE,
        What.ACTION,
        What.MINUTES,
        What.LOOK,
    }
    text = str(found)
    for said in (
        "Zebedee Quillfeather",
        "Wor Ker",
        "He came back",
        "Fit new locks",
        "Locks are new",
        "Example Leaving Care at the meeting: attended",
        "Example Leaving Care at this case: left",
    ):
        assert said in text
    assert "The bill" in text
    assert "Shared line" in text
    assert "Private line" not in text


def test_other_referrals_of_the_same_victim_are_in_it_and_held_and_nobody_elses(world, concern):
    other, stranger = world.concern(world.person()), world.concern(world.person())
    with world.write() as uow:
        subject = uow.session.scalars(select(SubjectParty.subject_id)).first()
        if subject is None:
            subject = uuid4()
            uow.session.add(Subject(id=subject, created_at=uow.now))
            uow.session.flush()
        for one in (concern, other):
            party = uow.session.scalars(select(Party.id).where(Party.concern_id == one)).one()
            uow.session.merge(SubjectParty(party_id=party, subject_id=subject, said_at=uow.now))
    ask(world, concern)
    with world.units.read(HUB) as uow:
        held = set(uow.session.scalars(select(LegalHold.record_id)))
        grounds = set(uow.session.scalars(select(LegalHold.ground)))
    assert held == {concern, other}
    assert stranger not in held
    assert grounds == {"death_review"}


def test_whoever_asks_does_not_release_and_what_is_out_stays_as_it_was(world, concern, item):
    pack_id = ask(world, concern)
    with pytest.raises(RefusedError, match="second person"):
        release(world, pack_id, by=COORDINATOR)
    assert pack(world, pack_id).released_at is None
    release(world, pack_id)
    out = pack(world, pack_id)
    assert out.released_at is not None
    fill(world, item)
    assert pack(world, pack_id) == out
    assert len(entries(world, concern)) > len(out.entries)
    with pytest.raises(RefusedError, match="released already"):
        release(world, pack_id)


def test_what_lacks_is_said_and_one_pack_waits_at_a_time(world, concern):
    with pytest.raises(RefusedError, match="today or earlier"):
        ask(world, concern, died_on=TODAY + timedelta(days=1))
    with pytest.raises(RefusedError, match="which review"):
        ask(world, concern, why=" ")
    ask(world, concern, died_on=date(2026, 5, 1))
    with pytest.raises(RefusedError, match="waits already"):
        ask(world, concern)


def test_it_is_there_for_who_runs_the_areas_meetings_and_nobody_kept_away(world, concern, engine):
    pack_id = ask(world, concern)
    account_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Account(
                id=account_id,
                email="kin@example.org",
                name="Kin Folk",
                agency_id=world.agency,
                created_at=uow.now,
            )
        )
    for roles in ({Role.AGENCY_REPRESENTATIVE}, {Role.GOVERNANCE_LEAD}, {Role.CHAIR}):
        actor = Actor(
            account_id=account_id,
            agency_id=world.agency,
            roles=frozenset(roles),
            label="account",
        )
        if roles == {Role.CHAIR}:
            with world.write() as uow:
                link = Link(case_id=concern, kind=LinkKind.CLOSE, account_id=account_id)
                link_to_case(link, uow=uow)
        with pytest.raises(NotFoundError):
            release(world, pack_id, by=actor)
        with pytest.raises(NotFoundError):
            ask(world, concern, by=actor)
    with world.units.read(CHAIR) as uow:
        assert [one.id for one in packs_of(uow, concern)] == [pack_id]
    release(world, pack_id)
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM review_pack").all()
    assert "Canary" not in str(rows)
    assert "Quillfeather" not in str(rows)
