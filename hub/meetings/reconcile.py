"""Makes the invitations held be the invitations due: the heart of the house.

It looks at the present rows only, never at what happened, so that whatever order things came in
(a match confirmed late, a worker replaced, a date moved) the end is the same; and running it twice
changes nothing. It runs in the transaction of every change that could matter, and on a timer.
"""

from collections import defaultdict
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, or_, select

from hub.agencies.models import Contact
from hub.db.turns import INVITATIONS
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.meetings.concern_facts import FactsOf
from hub.meetings.disclosures import decide_telling
from hub.meetings.events import InvitationCancelled, InvitationChanged, InvitationIssued
from hub.meetings.gaps import Standing, needed_tasks
from hub.meetings.ladder import Climb, climb
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.required import required
from hub.meetings.requirement import ProblemKind, RequiredInvitation, Requirement
from hub.meetings.rules import InvitationPolicy, Waits, climbs_at
from hub.meetings.situation import Situation
from hub.meetings.situations import situations_of
from hub.meetings.stand_ins import STAND_IN, sent_by, sent_in_vain, unwelcome_of
from hub.meetings.tasks import keep_tasks

REQUIRED, ESCALATED, CHOSEN = "required", "escalated", "chosen"
COMING = frozenset({"accepted", "information_only", "stand_in"})
BATCH = 50
WITHOUT_RULE = frozenset({ProblemKind.BOTH_SIDES, ProblemKind.BARRED, ProblemKind.NOBODY_REACHABLE})
"""Problems for which the rule has no answer and a named person chooses."""

Key = tuple[UUID, UUID, UUID]
"""Item, person, recipient."""

AskFacts = Callable[[UnitOfWork, Collection[UUID]], FactsOf]
"""Given items, what is recorded of each person that bears on telling their service."""


AskWaits = Callable[[UnitOfWork, UUID], Waits]
"""Given an area, how long it waits for an answer; a room above knows what areas have set."""


def usual_waits(uow: UnitOfWork, area_id: UUID) -> Waits:
    """Return that an area waits for as long as the hub has set."""
    del uow, area_id
    return Waits()


@dataclass(frozen=True, kw_only=True)
class Slot:
    """When an item is heard and at which address the recipient is written to."""

    starts_at: datetime
    ends_at: datetime
    address: str


@dataclass(frozen=True, kw_only=True)
class Due:
    """An invitation that there must be."""

    route: str
    step: str
    because: str


@dataclass(frozen=True, kw_only=True)
class Reconciler:
    """Reconciles meetings under one policy."""

    policy: InvitationPolicy
    facts_of: AskFacts
    waits_of: AskWaits = usual_waits

    def run(self, uow: UnitOfWork, meeting_ids: Collection[UUID]) -> None:
        """Create, update and cancel until the meetings' invitations are what they must be.

        Meetings that have begun or were held are left as they stand; a cancelled one loses all,
        until it would be over: somebody may be on the way to it.
        """
        if not meeting_ids:
            return
        uow.alone(INVITATIONS)
        ordered = sorted(meeting_ids)
        for at in range(0, len(ordered), BATCH):
            self._batch(uow, ordered[at : at + BATCH])

    def _batch(self, uow: UnitOfWork, meeting_ids: list[UUID]) -> None:
        uow.session.flush()
        rows = uow.session.execute(
            select(Meeting.id, Meeting.state, Meeting.ladder_hours, Meeting.area_id).where(
                Meeting.id.in_(meeting_ids),
                or_(
                    Meeting.starts_at > uow.now,
                    and_(Meeting.state == "cancelled", Meeting.ends_at > uow.now),
                ),
            )
        ).all()
        ahead = {row.id: row for row in rows if row.state in {"planned", "issued"}}
        waits = {area: self.waits_of(uow, area) for area in {row.area_id for row in rows}}
        for row in rows:
            if row.state == "cancelled":
                self._apply(uow, row.id, {}, {}, ())
                keep_tasks(uow, row.id, {})
        for meeting_id, situation in situations_of(uow, ahead, self.policy).items():
            row = ahead[meeting_id]
            policy = self.policy.waiting(waits[row.area_id]).within(row.ladder_hours)
            replace(self, policy=policy).settle(uow, meeting_id, situation)

    def settle(self, uow: UnitOfWork, meeting_id: UUID, situation: Situation) -> None:
        """Reconcile one meeting, still to come, to its situation."""
        needed = required(situation)
        facts = self.facts_of(uow, [UUID(item.id) for item in situation.items])
        allowed = decide_telling(uow, situation, facts, self.policy)
        permitted = Requirement(
            invitations=tuple(
                one for one in needed.invitations if (one.item, one.person) in allowed
            ),
            problems=needed.problems,
        )
        slots = _slots(uow, meeting_id)
        _forget_answers_for_another_day(uow, meeting_id, slots)
        further = climb(situation, permitted, exhausted_of(uow, meeting_id, permitted, slots))
        due = _due(permitted, further)
        pairs = {(UUID(one.item), UUID(one.person)) for one in permitted.invitations}
        pairs |= _wanting(needed, allowed)
        self._apply(uow, meeting_id, due, slots, pairs)
        standing = Standing(
            meeting_id=meeting_id,
            situation=situation,
            needed=needed,
            further=further,
            allowed=allowed,
        )
        keep_tasks(uow, meeting_id, needed_tasks(uow, standing, self.policy))

    def _apply(
        self,
        uow: UnitOfWork,
        meeting_id: UUID,
        due: Mapping[Key, Due],
        slots: Mapping[UUID, tuple[datetime, datetime]],
        pairs: Collection[tuple[UUID, UUID]],
    ) -> None:
        """Make the invitations held be those due; ``pairs`` are the items and people still on.

        A colleague sent by somebody who is asked goes on being asked, as the sender's choice, when
        the rule that asked for that colleague no longer does.
        """
        known = {
            (row.item_id, row.subject_id, row.recipient_id): row
            for row in uow.session.scalars(
                select(Invitation).where(Invitation.meeting_id == meeting_id)
            )
        }
        held = {key: row for key, row in known.items() if row.state == "held"}
        extra = {key for key in held if key not in due}
        unwelcome = unwelcome_of(uow, meeting_id) if extra else set()
        welcome = {key for key in held if (key[0], key[2]) not in unwelcome}
        staying = {key for key in extra & welcome if _may_stay(held[key], pairs)}
        sends = {key: to for key, to in _sends(held).items() if to in welcome}
        sent = sent_by(welcome - extra | staying, sends) & extra - staying
        for key in sent:
            held[key].because = CHOSEN
        for key in sorted(extra - staying - sent):
            cancel(uow, held[key])
        asked = set(due) | {key for key, row in known.items() if row.state == "held"}
        addresses = _addresses(uow, {key[2] for key in asked})
        for key in sorted(asked):
            item_id, _, recipient_id = key
            starts_at, ends_at = slots[item_id]
            slot = Slot(starts_at=starts_at, ends_at=ends_at, address=addresses[recipient_id])
            if key in known:
                self._renew(uow, known[key], due.get(key), slot)
            else:
                self._issue(uow, meeting_id, key, due[key], slot)

    def _issue(self, uow: UnitOfWork, meeting_id: UUID, key: Key, due: Due, slot: Slot) -> None:
        item_id, subject_id, recipient_id = key
        row = Invitation(
            id=uow.new_id(),
            meeting_id=meeting_id,
            item_id=item_id,
            subject_id=subject_id,
            recipient_id=recipient_id,
            route=due.route,
            step=due.step,
            because=due.because,
            uid=uow.ids.reference().lower().replace("-", ""),
            sequence=0,
            state="held",
            address=slot.address,
            starts_at=slot.starts_at,
            ends_at=slot.ends_at,
            issued_at=uow.now,
            climb_at=climbs_at(uow.now, slot.starts_at, self.policy, due.step),
        )
        uow.session.add(row)
        uow.emit(InvitationIssued(invitation_id=row.id, sequence=0))

    def _renew(self, uow: UnitOfWork, row: Invitation, due: Due | None, slot: Slot) -> None:
        """Bring an invitation up to date; silent when the recipient would see no change."""
        if due is not None:
            row.route, row.step, row.because = due.route, due.step, due.because
        told = (row.starts_at, row.ends_at, row.address)
        now_so = (slot.starts_at, slot.ends_at, slot.address)
        if row.state == "held" and told == now_so:
            return
        was_cancelled = row.state == "cancelled"
        row.starts_at, row.ends_at, row.address = now_so
        row.sequence += 1
        if was_cancelled:
            row.state = "held"
            _forget_answer(row)
        if row.answer is None and row.climbed_at is None:
            row.issued_at = uow.now
            row.climb_at = climbs_at(uow.now, slot.starts_at, self.policy, row.step)
        if was_cancelled:
            uow.emit(InvitationIssued(invitation_id=row.id, sequence=row.sequence))
        else:
            uow.emit(InvitationChanged(invitation_id=row.id, sequence=row.sequence))


def cancel(uow: UnitOfWork, row: Invitation) -> None:
    """Take an invitation back: the recipient's calendar is told, the row stays."""
    row.state = "cancelled"
    row.sequence += 1
    row.climb_at = None
    uow.emit(InvitationCancelled(invitation_id=row.id, sequence=row.sequence))


def _forget_answer(row: Invitation) -> None:
    row.answer = row.answered_at = row.answered_by = row.answer_note = row.opened_at = None
    row.climbed_at = None


def _forget_answers_for_another_day(
    uow: UnitOfWork, meeting_id: UUID, slots: Mapping[UUID, tuple[datetime, datetime]]
) -> None:
    """Ask everybody anew whose slot is on another day now: yes and no were about the old one.

    This comes before the ladder is climbed, which asks who has answered.
    """
    held = select(Invitation).where(Invitation.meeting_id == meeting_id, Invitation.state == "held")
    for row in uow.session.scalars(held):
        if london_day(row.starts_at) != london_day(slots[row.item_id][0]):
            _forget_answer(row)


def exhausted_of(
    uow: UnitOfWork,
    meeting_id: UUID,
    needed: Requirement,
    slots: Mapping[UUID, tuple[datetime, datetime]],
) -> dict[tuple[str, str], set[str]]:
    """Return who has been asked in vain, by item and person.

    Somebody passed by on the ladder holds no invitation any more and has still been asked in vain,
    until the slot is on another day or the rule asks for them: then they are asked anew. Whoever
    sent a colleague who does not come either has been asked in vain too.
    """
    due = {(one.item, one.person, one.recipient) for one in needed.invitations}
    rows = uow.session.execute(
        select(
            Invitation.item_id,
            Invitation.subject_id,
            Invitation.recipient_id,
            Invitation.state,
            Invitation.starts_at,
        ).where(Invitation.meeting_id == meeting_id, Invitation.climbed_at.is_not(None))
    )
    found: dict[tuple[str, str], set[str]] = defaultdict(set)
    for row in rows:
        item, person, recipient = str(row.item_id), str(row.subject_id), str(row.recipient_id)
        is_other_day = london_day(row.starts_at) != london_day(slots[row.item_id][0])
        if row.state == "held" or not (is_other_day or (item, person, recipient) in due):
            found[item, person].add(recipient)
    for item_id, subject_id, recipient_id in sent_in_vain(uow, meeting_id):
        found[str(item_id), str(subject_id)].add(str(recipient_id))
    return found


def _due(needed: Requirement, further: Climb) -> dict[Key, Due]:
    due: dict[Key, Due] = {}
    groups: list[tuple[tuple[RequiredInvitation, ...], str]] = [
        (further.invitations, ESCALATED),
        (needed.invitations, REQUIRED),
    ]
    for invitations, because in groups:
        for one in invitations:
            key = (UUID(one.item), UUID(one.person), UUID(one.recipient))
            due[key] = Due(route=one.route.value, step=one.step.value, because=because)
    return due


def _wanting(needed: Requirement, allowed: Collection[tuple[str, str]]) -> set[tuple[UUID, UUID]]:
    """Return the items and people for whom somebody must come and the rule has nobody to send.

    There a named person chooses, and the choice must not be taken back for want of a rule.
    """
    stuck = {(one.item, one.person) for one in needed.problems if one.problem in WITHOUT_RULE}
    return {
        (UUID(item), UUID(person))
        for item, person in allowed
        if (item, person) in stuck or (item, None) in stuck
    }


def _slots(uow: UnitOfWork, meeting_id: UUID) -> dict[UUID, tuple[datetime, datetime]]:
    """Return each item's slot; before the agenda is packed it is the whole meeting."""
    rows = uow.session.execute(
        select(Item.id, Item.starts_at, Item.ends_at, Meeting.starts_at, Meeting.ends_at)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(Meeting.id == meeting_id)
    )
    return {row[0]: (row[1] or row[3], row[2] or row[4]) for row in rows}


def _addresses(uow: UnitOfWork, contact_ids: Collection[UUID]) -> dict[UUID, str]:
    rows = uow.session.execute(select(Contact.id, Contact.email).where(Contact.id.in_(contact_ids)))
    return {row.id: row.email or "" for row in rows}


def _sends(held: Mapping[Key, Invitation]) -> dict[Key, Key]:
    """Return who sends whom instead."""
    return {
        key: (row.item_id, row.subject_id, row.stand_in_id)
        for key, row in held.items()
        if row.answer == STAND_IN and row.stand_in_id is not None
    }


def _may_stay(row: Invitation, pairs: Collection[tuple[UUID, UUID]]) -> bool:
    """Tell whether an invitation that the rule does not ask for may stand all the same.

    A named person's choice stands, and so does somebody from the ladder who is coming, as long as
    the person is on the item and their service may be told.
    """
    is_wanted = row.because == CHOSEN or (row.because == ESCALATED and row.answer in COMING)
    return is_wanted and (row.item_id, row.subject_id) in pairs
