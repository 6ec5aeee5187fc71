"""Everything that can happen to young people's invitations, for a machine to do in any order."""

import contextlib
import shutil
import tempfile
from datetime import timedelta
from pathlib import Path
from uuid import UUID, uuid4

from hypothesis import strategies as st
from hypothesis.stateful import (
    RuleBasedStateMachine,
    initialize,
    precondition,
    rule,
)
from sqlalchemy import select, update

from hub.agencies.events import (
    AbsenceSaved,
    ContactAddressDoubted,
    ContactChecked,
    ContactSaved,
)
from hub.agencies.models import Absence, Contact
from hub.db.engine import make_engine
from hub.kernel.actor import Actor
from hub.kernel.errors import HubError
from hub.kernel.ids import Ids
from hub.meetings.answers import Answer, AnswerInvitation, answer_invitation, climb_silent
from hub.meetings.commands import (
    ExcuseGap,
    MoveMeeting,
    bar_recipient,
    cancel_meeting,
    excuse_gap,
    move_meeting,
    unlist_case,
)
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.situations import upcoming_ids
from hub.notify.outcomes import Deferred, Refused, Relayed
from hub.notify.sender import Sender
from hub.people.events import (
    AllocationChanged,
    ConflictDeclared,
    IdentityConfirmed,
    IdentityUndone,
)
from hub.people.models import Allocation, Conflict, IdentityCheck
from hub.reporting.assurance import all_gaps
from hub.sharing.events import AgreementChanged
from hub.sharing.models import Agreement
from hub.wiring.opening import build_units
from hub.wiring.reactions import invitation_policy, reconciler_of
from kit.hub import TEST_KEYS, FixedClock, end_database, new_database, test_settings
from kit.world import CHAIR, COORDINATOR, HUB, World

PICK = st.integers(min_value=0, max_value=1_000)
UNSENT = ("queued", "claimed", "deferred")


class FickleRelay:
    """A door behind which each message is taken, put off or refused, as the test says."""

    def __init__(self) -> None:
        self.outcome = Relayed()

    def session(self):
        return self

    def __enter__(self):
        return self

    def __exit__(self, *_):
        return None

    def send(self, sealed, sender, recipient):
        assert sealed
        assert sender
        assert recipient
        return self.outcome


class Happenings(RuleBasedStateMachine):
    """Everything that can happen to one young person's invitations."""

    kind = "sqlite"

    @initialize()
    def begin(self) -> None:
        self.folder = Path(tempfile.mkdtemp(prefix="promise-"))
        self.url = new_database(self.kind, self.folder)
        self.settings = test_settings(self.url, self.folder)
        self.policy = invitation_policy(self.settings)
        self.clock = FixedClock()
        self.engine = make_engine(self.url, TEST_KEYS)
        self.units = build_units(
            self.settings, TEST_KEYS, engine=self.engine, clock=self.clock, ids=Ids("promise")
        )
        self.relay = FickleRelay()
        self.sender = Sender(self.units, self.relay, self.settings, "w")
        self.world = World(self.units).settle()
        self.people = [self.world.person(), self.world.person()]
        self.other_worker = uuid4()
        with self.world.write() as uow:
            self.world.contact(uow, self.other_worker, "Oth Er")
        self.contacts = [
            self.world.worker,
            self.world.deputy,
            self.world.manager,
            self.world.desk,
            self.other_worker,
        ]
        self.meetings = [self.world.meeting(days=20), self.world.meeting(days=27)]
        self.world.list(self.meetings[0], self.world.concern(self.people[0]))

    def teardown(self) -> None:
        if not hasattr(self, "engine"):
            return
        self._excuse_everything()
        with self.units.read(HUB) as uow:
            assert all_gaps(uow, self.policy) == []
        self.engine.dispose()
        end_database(self.url)
        shutil.rmtree(self.folder, ignore_errors=True)

    # --- what can happen ---

    @rule(pick=PICK, known=st.booleans(), both=st.booleans())
    def list_a_case(self, pick: int, known: bool, both: bool) -> None:
        meeting = self.meetings[pick % len(self.meetings)]
        people = [(self.people[pick % 2] if known else None, "victim")]
        if both:
            people.append((self.people[(pick + 1) % 2], "alleged_perpetrator"))
        self._allow(lambda: self.world.list(meeting, self.world.concern_about(people)))

    @rule(pick=PICK)
    def unlist(self, pick: int) -> None:
        item = self._pick(select(Item.id).where(Item.state == "listed").order_by(Item.id), pick)
        if item:
            self._act(COORDINATOR, lambda uow: unlist_case(item, uow=uow))

    @rule(pick=PICK, person=st.integers(0, 1))
    def confirm_identity(self, pick: int, person: int) -> None:
        check = self._pick(
            select(IdentityCheck.id)
            .where(IdentityCheck.state == "open")
            .order_by(IdentityCheck.id),
            pick,
        )
        if check is None:
            return
        with self.units.write(HUB) as uow:
            row = uow.session.get_one(IdentityCheck, check)
            others = select(IdentityCheck.id).where(
                IdentityCheck.concern_id == row.concern_id,
                IdentityCheck.person_id == self.people[person],
            )
            if uow.session.scalar(others) is None:
                row.state, row.person_id = "confirmed", self.people[person]
                uow.emit(
                    IdentityConfirmed(
                        check_id=row.id,
                        concern_id=row.concern_id,
                        party_id=row.party_id,
                        person_id=self.people[person],
                    )
                )

    @rule(pick=PICK)
    def undo_identity(self, pick: int) -> None:
        query = select(IdentityCheck.id).where(IdentityCheck.state == "confirmed")
        check = self._pick(query.order_by(IdentityCheck.id), pick)
        if check is None:
            return
        with self.units.write(HUB) as uow:
            row = uow.session.get_one(IdentityCheck, check)
            person_id, row.state, row.person_id = row.person_id, "open", None
            assert person_id is not None
            uow.emit(
                IdentityUndone(
                    check_id=row.id,
                    concern_id=row.concern_id,
                    party_id=row.party_id,
                    person_id=person_id,
                )
            )

    @rule(person=st.integers(0, 1), worker=st.integers(0, 5))
    def change_worker(self, person: int, worker: int) -> None:
        with self.units.write(HUB) as uow:
            uow.session.execute(
                update(Allocation)
                .where(Allocation.person_id == self.people[person], Allocation.until_on.is_(None))
                .values(until_on=uow.today)
            )
            if worker in {0, 1, 4}:  # else the person is left without a worker
                uow.session.add(
                    Allocation(
                        id=uuid4(),
                        person_id=self.people[person],
                        worker_id=self.contacts[worker],
                        role="leaving_care_worker",
                        from_on=uow.today,
                    )
                )
            uow.emit(AllocationChanged(person_id=self.people[person]))

    @rule(who=st.integers(0, 4), cover=st.integers(0, 4), days=st.integers(1, 40))
    def go_away(self, who: int, cover: int, days: int) -> None:
        contact = self.contacts[who]
        with self.units.write(HUB) as uow:
            known = select(Absence.id).where(Absence.contact_id == contact)
            if uow.session.scalar(known) is None and contact != self.world.desk:
                uow.session.add(
                    Absence(
                        id=uuid4(),
                        contact_id=contact,
                        from_on=uow.today,
                        until_on=uow.today + timedelta(days=days),
                        cover_id=None if cover == who else self.contacts[cover],
                    )
                )
                uow.emit(AbsenceSaved(contact_id=contact))

    @rule(who=st.integers(0, 4), back=st.booleans())
    def leave_or_come_back(self, who: int, back: bool) -> None:
        with self.units.write(HUB) as uow:
            row = uow.session.get_one(Contact, self.contacts[who])
            row.works_until = None if back else uow.today
            uow.emit(ContactSaved(contact_id=row.id, is_new=False))

    @rule(who=st.integers(0, 4), doubt=st.booleans())
    def doubt_or_check(self, who: int, doubt: bool) -> None:
        with self.units.write(HUB) as uow:
            row = uow.session.get_one(Contact, self.contacts[who])
            if doubt:
                row.address_doubted_at = uow.now
                uow.emit(ContactAddressDoubted(contact_id=row.id))
            else:
                row.address_doubted_at, row.checked_on = None, uow.today
                uow.emit(ContactChecked(contact_id=row.id))

    @rule(who=st.integers(0, 4), number=st.integers(0, 9))
    def change_address(self, who: int, number: int) -> None:
        with self.units.write(HUB) as uow:
            row = uow.session.get_one(Contact, self.contacts[who])
            row.email = f"new{number}-{who}@example.org"
            uow.emit(ContactSaved(contact_id=row.id, is_new=False))

    @rule(pick=PICK, days=st.integers(-3, 3))
    def move(self, pick: int, days: int) -> None:
        meeting = self.meetings[pick % len(self.meetings)]

        def command(uow):
            row = uow.session.get_one(Meeting, meeting)
            shift = timedelta(days=days, hours=1)
            cmd = MoveMeeting(
                meeting_id=meeting,
                version=row.version,
                starts_at=row.starts_at + shift,
                ends_at=row.ends_at + shift,
                place=None,
                video_link=None,
                chair_id=None,
            )
            move_meeting(cmd, uow=uow)

        self._act(COORDINATOR, command)

    @rule(pick=PICK)
    def cancel_and_plan_another(self, pick: int) -> None:
        meeting = self.meetings[pick % len(self.meetings)]
        self._act(COORDINATOR, lambda uow: cancel_meeting(meeting, uow=uow))
        self.meetings[pick % len(self.meetings)] = self.world.meeting(days=15 + pick % 20)

    @rule(
        pick=PICK,
        answer=st.sampled_from([Answer.ACCEPTED, Answer.DECLINED, Answer.INFORMATION_ONLY]),
    )
    def answer(self, pick: int, answer: Answer) -> None:
        query = select(Invitation.id).where(Invitation.state == "held").order_by(Invitation.id)
        invitation = self._pick(query, pick)
        if invitation is None:
            return
        with self.units.read(HUB) as uow:
            recipient = uow.session.get_one(Invitation, invitation).recipient_id
        cmd = AnswerInvitation(invitation_id=invitation, answer=answer, note="Away that whole day")
        actor = Actor(account_id=UUID(int=7), contact_id=recipient)
        self._act(actor, lambda uow: answer_invitation(cmd, uow=uow, policy=self.policy))

    @rule(pick=PICK, who=st.integers(0, 4))
    def send_a_stand_in(self, pick: int, who: int) -> None:
        query = select(Invitation.id).where(Invitation.state == "held").order_by(Invitation.id)
        invitation = self._pick(query, pick)
        if invitation is None:
            return
        with self.units.read(HUB) as uow:
            recipient = uow.session.get_one(Invitation, invitation).recipient_id
        cmd = AnswerInvitation(
            invitation_id=invitation, answer=Answer.STAND_IN, stand_in_id=self.contacts[who]
        )
        actor = Actor(account_id=UUID(int=7), contact_id=recipient)
        self._act(actor, lambda uow: answer_invitation(cmd, uow=uow, policy=self.policy))

    @rule(hours=st.integers(1, 60))
    def time_passes(self, hours: int) -> None:
        self.clock.advance(hours=hours)
        with self.units.write(HUB) as uow:
            climb_silent(uow)
        self._sweep()

    @rule(status=st.sampled_from(["in_force", "suspended", "withdrawn", "in_force"]))
    def change_agreement(self, status: str) -> None:
        with self.units.write(HUB) as uow:
            uow.session.get_one(Agreement, self.world.agreement).status = status
            uow.emit(AgreementChanged(agreement_id=self.world.agreement))

    @rule(pick=PICK, who=st.integers(0, 4))
    def bar(self, pick: int, who: int) -> None:
        item = self._pick(select(Item.id).where(Item.state == "listed").order_by(Item.id), pick)
        if item:
            self._act(CHAIR, lambda uow: bar_recipient(self.contacts[who], item, uow=uow))

    @rule(person=st.integers(0, 1), who=st.integers(0, 4))
    def declare_a_conflict(self, person: int, who: int) -> None:
        with self.units.write(HUB) as uow:
            key = (self.contacts[who], self.people[person])
            if uow.session.get(Conflict, key) is None:
                uow.session.add(Conflict(contact_id=key[0], person_id=key[1], declared_at=uow.now))
                uow.emit(ConflictDeclared(person_id=key[1], contact_id=key[0]))

    @rule(outcome=st.sampled_from([Relayed(), Relayed(), Deferred("connect"), Refused(550)]))
    def send(self, outcome: object) -> None:
        self.relay.outcome = outcome
        self.sender.send_due()

    @precondition(lambda self: hasattr(self, "engine"))
    @rule()
    def record_reasons(self) -> None:
        self._excuse_everything()

    # --- ways to do it ---

    def _pick(self, query, pick: int):
        with self.units.read(HUB) as uow:
            found = list(uow.session.scalars(query))
        return found[pick % len(found)] if found else None

    def _act(self, actor, command) -> None:
        def inside() -> None:
            with self.units.write(actor) as uow:
                command(uow)

        self._allow(inside)

    def _allow(self, act) -> None:
        """Do it, or be refused with a reason: a refusal must leave nothing behind."""
        with contextlib.suppress(HubError):
            act()

    def _sweep(self) -> None:
        reconciler = reconciler_of(self.settings)
        with self.units.write(HUB) as uow:
            reconciler.run(uow, upcoming_ids(uow))

    def _excuse_everything(self) -> None:
        actor = COORDINATOR
        with self.units.read(HUB) as uow:
            found = all_gaps(uow, self.policy)
        with self.units.write(actor) as uow:
            for one in found:
                cmd = ExcuseGap(
                    item_id=UUID(one.gap.item),
                    subject_id=UUID(one.gap.person) if one.gap.person else None,
                    problem=one.gap.problem,
                    recipient_id=UUID(one.gap.recipient) if one.gap.recipient else None,
                    reason="Recorded by the test, by name",
                )
                excuse_gap(cmd, uow=uow)
