"""After the meeting: evidence, what is late is asked for, the steering group, letters."""

from datetime import date, timedelta
from uuid import uuid4

import pytest
from sqlalchemy import select

from hub.access.models import Account, AccountRole
from hub.agencies.models import Agency
from hub.db.files import FileStore
from hub.kernel.actor import Actor, Role
from hub.kernel.errors import NotFoundError, RefusedError
from hub.marac.commands.actions import MoveAction, ProposeAction, move_action, propose_action
from hub.marac.commands.chasing import chase_minutes, chase_tellers
from hub.marac.commands.evidence import KIND, AddEvidence, Sent, add_evidence, sweep_evidence
from hub.marac.commands.hearings import sign_statement
from hub.marac.commands.letters import GiveLetter, give_letter
from hub.marac.models import Action, Hearing, LateChase, Minutes
from hub.marac.queries.actions import owners, steps_of
from hub.marac.queries.before import earlier_actions
from hub.marac.queries.evidence import evidence_of
from hub.marac.queries.letters import letter_row, letters_of
from hub.marac.queries.steering import standing_of_areas
from hub.marac.states import ActionMove
from hub.notify.models import Message
from hub.people.commands.linking import Link, link_to_case
from hub.people.states import LinkKind
from hub.referrals.models import Party
from hub.reporting.late_minutes import to_draft
from kit.world import CHAIR, COORDINATOR, HUB, World

PDF = b"%PDF-1.4\n1 0 obj\n<<>>\nendobj\ntrailer\n<<>>\n%%EOF\n"
SECRET = "Canary-11"


@pytest.fixture
def world(units):
    return World(units).settle()


@pytest.fixture
def meeting(world):
    return world.meeting()


@pytest.fixture
def concern(world):
    return world.concern(world.person())


@pytest.fixture
def item(world, meeting, concern):
    return world.list(meeting, concern)


@pytest.fixture
def store(tmp_path, keyring):
    return FileStore(tmp_path, keyring, KIND)


def account(world, *roles, agency_id=None):
    actor = Actor(
        account_id=uuid4(),
        agency_id=agency_id or world.agency,
        roles=frozenset(roles),
        label="account",
    )
    with world.write() as uow:
        uow.session.add(
            Account(
                id=actor.account_id,
                email=f"{actor.account_id}@example.org",
                name="Some Body",
                agency_id=actor.agency_id,
                created_at=uow.now,
            )
        )
        uow.session.flush()
        for role in roles:
            uow.session.add(AccountRole(account_id=actor.account_id, role=role.value))
    return actor


def put(world, item_id, owner, due_on=date(2026, 7, 6), state="open", agency_id=None):
    action_id = uuid4()
    with world.write() as uow:
        uow.session.add(
            Action(
                id=action_id,
                reference=action_id.hex[:8],
                item_id=item_id,
                text="Fit new locks",
                risk="He has a key",
                agency_id=agency_id or owner.agency_id,
                owner_id=owner.account_id,
                due_on=due_on,
                may_tell_victim=True,
                state=state,
                proposed_by=uuid4(),
                proposed_at=uow.now,
            )
        )
    return action_id


def keep_away(world, concern_id, account_id):
    with world.write() as uow:
        link = Link(case_id=concern_id, kind=LinkKind.CLOSE, account_id=account_id)
        link_to_case(link, uow=uow)


# --- Evidence ---


def test_evidence_is_words_or_a_file_and_stays_with_the_action(world, item, store, engine):
    owner = account(world, Role.REFERRER)
    action = put(world, item, owner)

    def add(by=owner, **said):
        with world.write(by) as uow:
            return add_evidence(AddEvidence(action_id=action, **said), uow=uow, store=store)

    with pytest.raises(RefusedError, match="Write what shows it"):
        add(text="  ")
    with pytest.raises(RefusedError, match="not a PDF"):
        add(file=Sent(name="plan.pdf", content=b"no such thing"))
    add(text=SECRET)
    filed = add(file=Sent(name=f"{SECRET}.pdf", content=PDF))
    with world.units.read(owner) as uow:
        words, file = evidence_of(uow, action)
    assert (words.text, words.media_type) == (SECRET, "")
    assert (file.id, file.media_type, file.size) == (filed, "application/pdf", len(PDF))
    assert store.get(filed) == PDF
    with world.write() as uow:
        assert sweep_evidence(uow.now + timedelta(days=9), uow=uow, store=store) == 0
    with pytest.raises(NotFoundError):
        add(account(world, Role.REFERRER), text="I am nobody here")
    with engine.connect() as connection:
        rows = connection.exec_driver_sql("SELECT * FROM action_evidence").all()
    assert len(rows) == 2
    assert "Canary" not in str(rows)


# --- The same again ---


def seen_owners(world, item_id):
    with world.units.read(COORDINATOR) as uow:
        return owners(uow, item_id)


def test_the_same_action_again_says_whether_it_worked(world, item, meeting, concern, clock):
    owner = account(world, Role.REFERRER)
    put(world, item, owner, state="done")
    put(world, item, owner)  # of what nothing came nobody is asked
    clock.advance(days=29)
    later = world.meeting(days=7)
    again = world.list(later, concern)
    with world.write(COORDINATOR) as uow:
        sign_statement(later, "member", uow=uow)

    def propose(text, **more):
        said = {"owner_id": owner.account_id, "due_on": date(2026, 8, 3)} | more
        cmd = ProposeAction(
            item_id=again, text=text, risk="He has a key", may_tell_victim=True, **said
        )
        with world.write(COORDINATOR) as uow:
            return propose_action(cmd, uow=uow)

    kept = account(world, Role.AGENCY_REPRESENTATIVE)
    assert kept.account_id in {one.id for one in seen_owners(world, again)}
    keep_away(world, concern, kept.account_id)
    assert kept.account_id not in {one.id for one in seen_owners(world, again)}
    with pytest.raises(RefusedError, match="kept from them"):
        propose("Ring her", owner_id=kept.account_id)
    with pytest.raises(RefusedError, match="worked last time"):
        propose("fit new LOCKS.")
    second = propose("Fit new locks", worked="in_part")
    propose("Ring her")
    with world.units.read(COORDINATOR) as uow:
        steps = [(one.what, one.note) for one in steps_of(uow, second)]
        before = [one.text for one in earlier_actions(uow, again)]
    assert steps[1] == ("worked_before", "It worked in part last time.")
    assert before == ["Fit new locks"] * 2


def test_the_co_ordinator_hears_that_somebody_would_not_take_an_action(world, item):
    coordinator, owner = account(world, Role.COORDINATOR), account(world, Role.REFERRER)
    action = put(world, item, owner, state="proposed")
    cmd = MoveAction(action_id=action, version=1, move=ActionMove.DECLINE, outcome="Not our house")
    with world.write(owner) as uow:
        move_action(cmd, uow=uow)
    assert told(world, f"/actions/{action}") == [coordinator.account_id]


# --- What is late ---


def told(world, path):
    with world.units.read(HUB) as uow:
        rows = uow.session.execute(select(Message.recipient_id, Message.facts)).all()
    return [row.recipient_id for row in rows if path in row.facts]


def test_late_minutes_are_asked_for_of_the_co_ordinator_and_a_draft_of_the_chair(
    world, item, meeting, clock
):
    coordinator, chair = account(world, Role.COORDINATOR), account(world, Role.CHAIR)
    path = f"/meetings/{meeting}/minutes"

    def chased():
        with world.write() as uow:
            return chase_minutes(uow)

    clock.advance(days=31)  # Thursday 2 July, the third working day after Monday 29 June
    assert chased() == 0
    clock.advance(days=1)
    assert chased() == 1
    assert told(world, path) == [coordinator.account_id]
    assert chased() == 0
    with world.write() as uow:
        uow.session.add(
            Minutes(
                id=uuid4(),
                meeting_id=meeting,
                number=1,
                contents="{}",
                drafted_by=uuid4(),
                drafted_at=uow.now,
            )
        )
    clock.advance(days=1)
    assert chased() == 1
    assert told(world, path) == [coordinator.account_id, chair.account_id]
    with world.write() as uow:
        uow.session.scalars(select(Minutes)).one().state = "approved"
    clock.advance(days=1)
    assert chased() == 0


def test_minutes_that_were_never_drafted_wait_however_long_ago_the_meeting_was(
    world, item, meeting, clock
):
    coordinator = account(world, Role.COORDINATOR)
    clock.advance(days=200)
    with world.units.read(coordinator) as uow:
        assert uow.session.execute(to_draft(uow, None)).one()[0] == 1


def test_who_was_to_tell_is_asked_every_three_days_until_it_is_done(world, item, concern, clock):
    teller = account(world, Role.REFERRER)
    hearing = uuid4()
    with world.write() as uow:
        uow.session.add(
            Hearing(
                id=hearing,
                item_id=item,
                state="heard",
                ended_at=uow.now,
                teller="idva",
                teller_account_id=teller.account_id,
            )
        )

    def chased():
        with world.write() as uow:
            return chase_tellers(uow)

    assert chased() == 0
    clock.advance(days=1)
    assert [chased(), chased()] == [1, 0]
    clock.advance(days=3)
    assert chased() == 1
    assert set(told(world, f"/to-pass-on/{item}")) == {teller.account_id}
    with world.units.read(HUB) as uow:
        assert uow.session.scalars(select(LateChase.times)).one() == 2
    with world.write() as uow:
        uow.session.get_one(Hearing, hearing).told_on = date(2026, 6, 4)
    clock.advance(days=9)
    assert chased() == 0


# --- The steering group ---


def test_the_steering_group_sees_agencies_and_references_and_no_case_of_a_conflict(
    world, item, concern
):
    lead = account(world, Role.SAFEGUARDING_LEAD)
    late = put(world, item, lead, due_on=date(2026, 5, 1))
    put(world, item, lead, due_on=date(2026, 6, 1))
    put(world, item, lead, due_on=date(2026, 5, 20), state="not_done")

    def seen(by):
        with world.units.read(by) as uow:
            return standing_of_areas(uow)

    (area,) = seen(lead)
    assert area.area == "Testshire"
    assert [one.id for one in area.long_overdue] == [late]
    (agency,) = area.agencies
    assert (agency.older, agency.not_done, agency.is_repeated) == (1, 1, False)
    assert "Some Body" not in str(area)
    assert "locks" not in str(area)
    assert seen(account(world, Role.AGENCY_REPRESENTATIVE)) == ()
    far = uuid4()
    with world.write() as uow:
        uow.session.add(Agency(id=far, name="Far Away", kind="housing"))
    assert seen(account(world, Role.SAFEGUARDING_LEAD, agency_id=far)) == ()
    keep_away(world, concern, lead.account_id)
    assert seen(lead)[0].agencies == ()


# --- Letters ---


@pytest.fixture
def heard(world, item):
    with world.write() as uow:
        uow.session.add(Hearing(id=uuid4(), item_id=item, state="heard", heard_on=date(2026, 6, 1)))
    return item


def victim_of(world, concern_id):
    with world.units.read(HUB) as uow:
        wanted = select(Party.id).where(Party.concern_id == concern_id, Party.role == "victim")
        return uow.session.scalars(wanted).one()


def letter(world, item_id, party_id, by=COORDINATOR, **other):
    said = {
        "asked_as": "solicitor",
        "asked_by": SECRET,
        "checked_by": "called_back",
        "phone": "01632 960001",
        "is_not_for_alleged": True,
    }
    with world.write(by) as uow:
        cmd = GiveLetter(item_id=item_id, party_id=party_id, **(said | other))
        return give_letter(cmd, uow=uow)


def test_a_letter_is_given_of_what_was_heard_and_written_down(world, heard, concern, engine):
    coordinator = account(world, Role.COORDINATOR)
    given = letter(world, heard, victim_of(world, concern), by=coordinator)
    with world.units.read(CHAIR) as uow:
        row = letter_row(uow, given)
        assert letters_of(uow, heard) == (row,)
    assert (row.heard_on, row.area) == (date(2026, 6, 1), "Testshire")
    assert (row.given_by, row.asked_by) == ("Some Body", SECRET)
    with engine.connect() as connection:
        assert "Canary" not in str(
            connection.exec_driver_sql("SELECT * FROM discussion_letter").all()
        )


def test_no_letter_is_given_before_it_was_heard_or_about_anybody_else(world, item, concern):
    other = world.concern_about([(None, "victim"), (None, "alleged_perpetrator")])
    with pytest.raises(RefusedError, match="not been heard"):
        letter(world, item, victim_of(world, concern))
    with pytest.raises(NotFoundError):
        letter(world, item, victim_of(world, other))


def test_a_letter_is_there_for_who_runs_the_meeting_and_nobody_kept_away(world, heard, concern):
    coordinator = account(world, Role.COORDINATOR)
    given = letter(world, heard, victim_of(world, concern))
    for nobody in (account(world, Role.AGENCY_REPRESENTATIVE), account(world, Role.REFERRER)):
        with pytest.raises(NotFoundError):
            letter(world, heard, victim_of(world, concern), by=nobody)
        with pytest.raises(NotFoundError), world.units.read(nobody) as uow:
            letter_row(uow, given)
    keep_away(world, concern, coordinator.account_id)
    with pytest.raises(NotFoundError), world.units.read(coordinator) as uow:
        letter_row(uow, given)
    with pytest.raises(NotFoundError):
        letter(world, heard, victim_of(world, concern), by=coordinator)
