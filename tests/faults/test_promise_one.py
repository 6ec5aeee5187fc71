"""Promise 1, "nobody is forgotten", under random orders of everything that can happen.

Eleven invariants hold after every step, whatever came before; at the end, once a named person has
given a reason for each problem that is left, the check of the data is clean.
"""

import pytest
from hypothesis import HealthCheck, settings
from hypothesis.stateful import (
    invariant,
    run_state_machine_as_test,
)
from sqlalchemy import func, select

from hub.agencies.models import Contact
from hub.audit.verify import verify
from hub.cli.situation_files import read_situations
from hub.cli.situation_json import situations_text
from hub.meetings.gaps import gaps_of
from hub.meetings.models import Bar, Invitation, ItemPerson, Meeting, Task
from hub.meetings.required import required
from hub.meetings.requirement import ProblemKind
from hub.meetings.situations import situations_of, upcoming_ids
from hub.notify.models import Message
from hub.people.models import Conflict
from hub.referrals.models import Party
from hub.reporting.assurance import all_gaps
from hub.wiring.reactions import invitation_policy
from kit.hub import TEST_KEYS
from kit.world import HUB, TODAY, World
from parts.happenings import Happenings

UNSENT = ("queued", "claimed", "deferred")


class County(Happenings):
    """What must hold, whatever happened before."""

    @invariant()
    def whoever_is_required_holds_a_current_request_or_sharing_holds_it(self) -> None:
        """1 and 2: no invitation due is missing unwillingly, none is kept that is not due."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            found = {(g.gap.item, g.gap.person, g.gap.problem) for g in all_gaps(uow, self.policy)}
            held = set(
                uow.session.execute(
                    select(Task.item_id, Task.subject_id).where(Task.kind == "sharing_held")
                )
            )
            refused = {
                (str(row[0]), str(row[1]))
                for row in uow.session.execute(
                    select(Invitation.item_id, Invitation.subject_id)
                    .join(Message, Message.invitation_id == Invitation.id)
                    .where(Message.state == "refused")
                )
            }
        assert not [one for one in found if one[2] == "not_required"]
        missing = [one for one in found if one[2] == "no_current_invitation"]
        waiting = {(str(item), str(person)) for item, person in held} | refused
        assert all((item, person) in waiting for item, person, _ in missing)

    @invariant()
    def messages_of_a_uid_rise_and_end_in_order(self) -> None:
        """3, 4 and 5: sequences rise, a cancellation tops them, at most one row waits to leave."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            rows = uow.session.execute(
                select(Message.uid, Message.sequence, Message.state, Message.method)
                .where(Message.uid.is_not(None))
                .order_by(Message.number)
            ).all()
        by_uid: dict[str, list] = {}
        for row in rows:
            by_uid.setdefault(row.uid, []).append(row)
        for chain in by_uid.values():
            numbers = [row.sequence for row in chain]
            assert numbers == sorted(set(numbers))
            assert sum(row.state in UNSENT for row in chain) <= 1
            assert chain[0].method == "REQUEST"

    @invariant()
    def one_uid_for_ever_per_item_person_and_recipient(self) -> None:
        """6: nobody is invited to the same thing under two names."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            keys = uow.session.execute(
                select(Invitation.item_id, Invitation.subject_id, Invitation.recipient_id)
            ).all()
        assert len(keys) == len(set(keys))

    @invariant()
    def nobody_ruled_out_is_invited(self) -> None:
        """7: neither by bar nor with a conflict with anybody on the item."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            upcoming = upcoming_ids(uow)
            held = (Invitation.state == "held") & Invitation.meeting_id.in_(upcoming)
            barred = select(Invitation.id).join(
                Bar,
                (Bar.item_id == Invitation.item_id) & (Bar.recipient_id == Invitation.recipient_id),
            )
            conflicted = (
                select(Invitation.id)
                .join(ItemPerson, ItemPerson.item_id == Invitation.item_id)
                .join(
                    Conflict,
                    (Conflict.person_id == ItemPerson.person_id)
                    & (Conflict.contact_id == Invitation.recipient_id),
                )
            )
            assert uow.session.scalar(barred.where(held)) is None
            assert uow.session.scalar(conflicted.where(held)) is None

    @invariant()
    def what_waits_to_leave_has_the_right_address(self) -> None:
        """8: an unsent message goes to the address that the directory has now."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            rows = uow.session.execute(
                select(Message.address, Contact.email, Meeting.starts_at)
                .join(Invitation, Invitation.id == Message.invitation_id)
                .join(Meeting, Meeting.id == Invitation.meeting_id)
                .join(Contact, Contact.id == Message.recipient_id)
                .where(Message.state == "queued", Message.method == "REQUEST")
            ).all()
            now = uow.now
        assert all(row.address == row.email for row in rows if row.starts_at > now)

    @invariant()
    def every_problem_without_a_reason_is_somebodys_task(self) -> None:
        """9: a gap has an owner and a deadline."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            owned = set(
                uow.session.scalars(
                    select(Task.cause).where(Task.state == "open", Task.cause.startswith("gap:"))
                )
            )
            for meeting_id in upcoming_ids(uow):
                for gap in gaps_of(uow, meeting_id, self.policy):
                    own_queue = gap.problem in {
                        ProblemKind.CARE_STATUS_UNCONFIRMED,
                        "no_current_invitation",
                    }
                    cause = f"gap:{gap.item}:{gap.person}:{gap.problem}:{gap.recipient}"
                    assert own_queue or cause in owned

    @invariant()
    def what_is_read_is_a_file_that_required_takes_as_it_is(self) -> None:
        """11: the situations written are good input, and say what was read."""
        if not hasattr(self, "engine"):
            return
        with self.units.read(HUB) as uow:
            found = situations_of(uow, upcoming_ids(uow), self.policy).values()
        assert read_situations(situations_text(found)) == tuple(found)

    @invariant()
    def running_it_again_changes_nothing(self) -> None:
        """10: the reconciler has nothing to add to its own work."""
        if not hasattr(self, "engine"):
            return
        count = select(func.count()).select_from(Message)
        with self.units.read(HUB) as uow:
            before = uow.session.scalar(count)
        self._sweep()
        with self.units.read(HUB) as uow:
            assert uow.session.scalar(count) == before
        assert verify(self.engine, TEST_KEYS.audit, None).bad is None


QUIET = [HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much]


@pytest.mark.timeout(900)
def test_nobody_is_forgotten_whatever_happens(database_kind: str) -> None:
    county = type("County", (County,), {"kind": database_kind})
    examples = {"sqlite": 12, "postgresql": 4}[database_kind]
    run_state_machine_as_test(
        county,
        settings=settings(
            max_examples=examples,
            stateful_step_count=40,
            deadline=None,
            suppress_health_check=QUIET,
            print_blob=True,
        ),
    )


def test_the_world_begins_with_the_named_worker_invited(units, settings) -> None:
    world = World(units).settle()
    meeting = world.meeting()
    item = world.list(meeting, world.concern(world.person()))
    with units.read(HUB) as uow:
        situation = situations_of(uow, [meeting], invitation_policy(settings))[meeting]
        assert [one.recipient for one in required(situation).invitations] == [str(world.worker)]
        assert [one.item_id for one in uow.session.scalars(select(Invitation))] == [item]
        assert uow.session.scalar(select(Party.role)) == "victim"
    assert TODAY.year == 2026
