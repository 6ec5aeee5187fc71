"""Issuing an agenda: kept as it stood, with what changed, and who has a copy of it."""

import json
from uuid import UUID

from sqlalchemy import func, select

from hub.access.models import Account
from hub.access.queries import accounts_with_role
from hub.agencies.models import AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import RefusedError
from hub.marac.commands.refusals import changeable_agenda
from hub.marac.events import AgendaIssued
from hub.marac.models import AgendaCopy, AgendaIssue
from hub.marac.obstacles import obstacles
from hub.marac.queries.snapshots import snapshot
from hub.meetings.models import Invitation, Meeting
from hub.meetings.rules import InvitationPolicy
from hub.meetings.states import MEETING, MeetingAction, MeetingState

MEMBERS = (Role.COORDINATOR, Role.CHAIR, Role.AGENCY_REPRESENTATIVE)
"""Who takes part in every case of an area's meeting."""


def issue_agenda(meeting_id: UUID, *, uow: UnitOfWork, policy: InvitationPolicy) -> int:
    """Issue the agenda as it stands and return the number of the issue.

    Raises NotFoundError, NotAllowedError, IllegalMoveError, and RefusedError that names every
    obstacle: an empty agenda, a case without a time, a gap for which nobody gave a reason.
    """
    meeting = changeable_agenda(uow, meeting_id)
    in_the_way = obstacles(uow, meeting.id, policy)
    if in_the_way:
        raise RefusedError(" ".join(f"{one.words}." for one in in_the_way))
    return put_out(uow, meeting)


def put_out(uow: UnitOfWork, meeting: Meeting) -> int:
    """Issue an agenda in whose way nothing stands; return the number of the issue.

    What the hub puts out by itself is issued by whoever called the meeting.
    """
    last = select(func.max(AgendaIssue.number)).where(AgendaIssue.meeting_id == meeting.id)
    number = (uow.session.scalar(last) or 0) + 1
    issue = AgendaIssue(
        id=uow.new_id(),
        meeting_id=meeting.id,
        number=number,
        issued_at=uow.now,
        issued_by=uow.actor.account_id or meeting.coordinator_id,
        contents=json.dumps(snapshot(uow, meeting)),
    )
    uow.session.add(issue)
    uow.session.flush()  # the copies refer to it
    uow.session.add_all(
        AgendaCopy(issue_id=issue.id, account_id=account_id)
        for account_id in sorted(readers_of(uow, meeting))
    )
    meeting.state = MEETING.step(MeetingState(meeting.state), MeetingAction.ISSUE).value
    meeting.issued_at = uow.now
    uow.emit(AgendaIssued(meeting_id=meeting.id, number=number))
    return number


def readers_of(uow: UnitOfWork, meeting: Meeting) -> frozenset[UUID]:
    """Return the accounts that have a copy: the area's members, and who is asked to a case.

    Everybody has one, whatever is kept from them: a copy that did not come would tell of a case.
    """
    here = uow.session.scalars(
        select(AgencyArea.agency_id).where(AgencyArea.area_id == meeting.area_id)
    ).all()
    members = [row.id for role in MEMBERS for row in accounts_with_role(uow, role, agency_ids=here)]
    asked = uow.session.scalars(
        select(Account.id)
        .join(
            Invitation,
            (Invitation.recipient_id == Account.contact_id)
            | (Invitation.stand_in_id == Account.contact_id),
        )
        .where(Invitation.meeting_id == meeting.id, Invitation.state == "held", Account.is_active)
    )
    return frozenset([*members, *asked])
