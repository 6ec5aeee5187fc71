"""Gaps: what is not yet as it must be at a meeting, and whose job each one is.

A gap is computed from what is required and what there is, never remembered. It goes away when it
is mended, or when a named person has written down why it stands.
"""

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Service
from hub.db.units import UnitOfWork
from hub.meetings.ladder import Climb
from hub.meetings.models import Excuse, Invitation
from hub.meetings.overlaps import DOUBLE_BOOKED, open_overlaps
from hub.meetings.required import required
from hub.meetings.requirement import OwnerRole, Problem, ProblemKind, Requirement
from hub.meetings.rules import InvitationPolicy, task_due_at
from hub.meetings.situation import Situation
from hub.meetings.situations import situations_of
from hub.meetings.tasks import Needed

NO_CURRENT_INVITATION = "no_current_invitation"
NOT_REQUIRED = "not_required"
SHARING_HELD = "sharing_held"
NOBODY_ANSWERED = "nobody_answered"

Key = tuple[str, str, str]
"""Item, person, recipient, as ids of a situation."""


@dataclass(frozen=True, kw_only=True, order=True)
class Gap:
    """One thing that is not as it must be; ids are those of the situation."""

    item: str
    person: str | None
    problem: str
    owner_role: str
    recipient: str | None = None


@dataclass(frozen=True, kw_only=True)
class Recorded:
    """A reason that a named person wrote down for a gap; without recipient it is for any."""

    item: str
    person: str | None
    problem: str
    recipient: str | None

    def covers(self, gap: Gap) -> bool:
        """Tell whether the reason speaks of the gap."""
        same = (self.item, self.person, self.problem) == (gap.item, gap.person, gap.problem)
        return same and self.recipient in {None, gap.recipient}


def gaps(
    needed: Requirement,
    current: Collection[Key],
    kept_as_required: Collection[Key],
    recorded: Iterable[Recorded],
) -> list[Gap]:
    """Return the gaps that nobody has given a reason for, in a fixed order.

    ``current`` are the invitations that stand, ``kept_as_required`` those of them that stand
    because the rule is said to ask for them. Source: the hub's public interface, section 7.
    """
    found: list[Gap] = []
    due = {(one.item, one.person, one.recipient) for one in needed.invitations}
    owner = OwnerRole.CO_ORDINATOR.value
    found += [
        _gap(item, person, NO_CURRENT_INVITATION, owner, recipient)
        for item, person, recipient in sorted(due - set(current))
    ]
    found += [_of_problem(one) for one in needed.problems]
    found += [
        _gap(item, person, NOT_REQUIRED, owner, recipient)
        for item, person, recipient in sorted(set(kept_as_required) - due)
    ]
    reasons = list(recorded)
    return [gap for gap in found if not any(reason.covers(gap) for reason in reasons)]


def _gap(item: str, person: str | None, problem: str, owner: str, recipient: str | None) -> Gap:
    return Gap(
        item=item, person=person, problem=str(problem), owner_role=str(owner), recipient=recipient
    )


def _of_problem(one: Problem) -> Gap:
    return _gap(one.item, one.person, one.problem, one.owner_role, one.contact)


def gaps_of(uow: UnitOfWork, meeting_id: UUID, policy: InvitationPolicy) -> list[Gap]:
    """Return a meeting's gaps as its invitations stand; the agenda cannot be issued with any."""
    situation = situations_of(uow, [meeting_id], policy)[meeting_id]
    rows = uow.session.execute(
        select(
            Invitation.item_id,
            Invitation.subject_id,
            Invitation.recipient_id,
            Invitation.because,
        ).where(Invitation.meeting_id == meeting_id, Invitation.state == "held")
    ).all()
    held = {(str(row[0]), str(row[1]), str(row[2])): row.because for row in rows}
    as_required = {key for key, because in held.items() if because == "required"}
    return gaps(required(situation), held, as_required, recorded_for(uow, situation))


def recorded_for(uow: UnitOfWork, situation: Situation) -> list[Recorded]:
    """Return the reasons recorded for gaps of the situation's items."""
    rows = uow.session.execute(
        select(Excuse.item_id, Excuse.subject_id, Excuse.problem, Excuse.recipient_id).where(
            Excuse.item_id.in_([UUID(item.id) for item in situation.items])
        )
    )
    return [
        Recorded(
            item=str(row.item_id),
            person=None if row.subject_id is None else str(row.subject_id),
            problem=row.problem,
            recipient=None if row.recipient_id is None else str(row.recipient_id),
        )
        for row in rows
    ]


@dataclass(frozen=True, kw_only=True)
class Standing:
    """How a meeting stands: what is needed, how far the ladder was climbed, who may be told."""

    meeting_id: UUID
    situation: Situation
    needed: Requirement
    further: Climb
    allowed: Collection[tuple[str, str]]


def needed_tasks(
    uow: UnitOfWork, standing: Standing, policy: InvitationPolicy
) -> dict[str, Needed]:
    """Return the tasks that a meeting's gaps make, by cause.

    Whether a person is care-experienced at all is asked in the duty desk's own queue and needs no
    task here.
    """
    situation, needed = standing.situation, standing.needed
    wanted = [
        _of_problem(one)
        for one in needed.problems
        if one.problem is not ProblemKind.CARE_STATUS_UNCONFIRMED
    ]
    wanted += [
        _gap(one.item, one.person, NOBODY_ANSWERED, OwnerRole.CO_ORDINATOR, None)
        for one in standing.further.stuck
    ]
    wanted += [
        _gap(one.item, one.person, SHARING_HELD, OwnerRole.INFORMATION_GOVERNANCE_LEAD, None)
        for one in needed.invitations
        if (one.item, one.person) not in standing.allowed
    ]
    wanted += [
        _gap(
            str(one.item_id),
            str(one.subject_id),
            DOUBLE_BOOKED,
            OwnerRole.CO_ORDINATOR,
            str(one.recipient_id),
        )
        for one in open_overlaps(uow, [standing.meeting_id])
    ]
    recorded = recorded_for(uow, situation) if wanted else []
    open_gaps = {gap for gap in wanted if not any(reason.covers(gap) for reason in recorded)}
    agencies = _agencies(uow, situation) if open_gaps else {}
    starts = {item.id: item.starts_at or situation.meeting.starts_at for item in situation.items}
    tasks = [
        Needed(
            cause=f"gap:{gap.item}:{gap.person}:{gap.problem}:{gap.recipient}",
            kind=gap.problem,
            owner_role=gap.owner_role,
            owner_agency_id=_owner_agency(gap, agencies),
            meeting_id=standing.meeting_id,
            item_id=UUID(gap.item),
            subject_id=UUID(gap.person) if gap.person else None,
            recipient_id=UUID(gap.recipient) if gap.recipient else None,
            due_at=task_due_at(uow.now, starts[gap.item], policy),
        )
        for gap in sorted(open_gaps, key=str)
    ]
    return {task.cause: task for task in tasks}


def _agencies(uow: UnitOfWork, situation: Situation) -> dict[str, UUID]:
    """Return for each person the agency of their responsible service."""
    services = {person.id: person.service for person in situation.persons if person.service}
    rows = uow.session.execute(
        select(Service.id, Service.agency_id).where(
            Service.id.in_({UUID(one) for one in services.values()})
        )
    )
    agency = {str(row.id): row.agency_id for row in rows}
    return {person: agency[service] for person, service in services.items()}


def _owner_agency(gap: Gap, agencies: Mapping[str, UUID]) -> UUID | None:
    """Return the agency whose people own the gap; None where the area's own do."""
    is_service = gap.owner_role in {OwnerRole.TEAM_MANAGER, OwnerRole.DUTY_DESK}
    return agencies.get(gap.person or "") if is_service else None
