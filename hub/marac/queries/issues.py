"""Agendas that were issued: which, what each reader's copy holds, and what changed for them."""

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import exists, false, func, or_, select

from hub.access.models import Account
from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.kernel.errors import NotFoundError
from hub.marac.access import find_meeting, has_signed
from hub.marac.models import AgendaCopy, AgendaIssue
from hub.marac.queries.snapshots import snapshot
from hub.marac.queries.stored import issue_of
from hub.marac.rules.copies import (
    Change,
    Copy,
    Issue,
    Reader,
    Sight,
    copy_for,
    differences,
)
from hub.meetings.access import answers_for, is_open_meeting, may_be_shown, open_meeting
from hub.meetings.models import Invitation, Item, Meeting
from hub.meetings.states import MeetingShape
from hub.meetings.wording import kind_in_words

MOST_LISTED = 50
KEPT_LISTED = timedelta(days=28)
"""How long after its meeting an agenda stays on the list of those that came."""


@dataclass(frozen=True)
class IssueLine:
    """One issue of an agenda."""

    id: UUID
    number: int
    issued_at: datetime
    issued_by: str


@dataclass(frozen=True, kw_only=True)
class Issued:
    """One issue for whoever runs the meeting: its cases as JSON kept them, and what it changed."""

    cases: tuple[dict[str, Any], ...]
    copy: Copy
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class ReceivedLine:
    """An agenda of which the reader has a copy: its meeting and its latest issue."""

    meeting_id: UUID
    kind: str
    shape: str
    area: str
    starts_at: datetime
    number: int
    issued_at: datetime

    @property
    def said_kind(self) -> str:
        """What sort of meeting it is, in words."""
        return kind_in_words(self.kind, self.shape)


@dataclass(frozen=True)
class Received:
    """A reader's copy of the latest issue, and what changed since the issues they had before."""

    kind: str
    shape: str
    held_on: date
    """The day of the meeting in London."""
    sight: Sight
    issued_at: datetime
    issued_by: str
    copy: Copy
    may_name: bool
    """Whether the names of those whom a case is about may be asked for."""
    had: int | None
    """The number of the issue that they had before this one."""
    changes: tuple[Change, ...]


def issues_of(uow: UnitOfWork, meeting_id: UUID) -> tuple[IssueLine, ...]:
    """Return the issues of a meeting's agenda, the latest first."""
    rows = uow.session.execute(
        select(AgendaIssue.id, AgendaIssue.number, AgendaIssue.issued_at, Account.name)
        .outerjoin(Account, Account.id == AgendaIssue.issued_by)
        .where(AgendaIssue.meeting_id == meeting_id)
        .order_by(AgendaIssue.number.desc())
    )
    return tuple(IssueLine(row[0], row[1], row[2], row[3] or "somebody") for row in rows)


def issue_read(uow: UnitOfWork, meeting_id: UUID, number: int) -> Issued:
    """Return an issue as it went out, without what is kept from the actor, and what it changed.

    Open the meeting first. Raises NotFoundError.
    """
    rows = uow.session.execute(
        select(AgendaIssue.number, AgendaIssue.contents)
        .where(
            AgendaIssue.meeting_id == meeting_id,
            AgendaIssue.number.in_((number, number - 1)),
        )
        .order_by(AgendaIssue.number.desc())
    ).all()
    if not rows or rows[0].number != number:
        raise NotFoundError("There is no such issue of the agenda.")
    contents = json.loads(rows[0].contents)
    issues = [issue_of(json.loads(row.contents), row.number) for row in rows]
    copies = _as_runner(uow, meeting_id, issues)
    shown = {str(one.line.item): one.number for one in copies[0].lines}
    return Issued(
        cases=tuple(case for case in contents["cases"] if case["item"] in shown),
        copy=copies[0],
        changes=differences(copies[1], copies[0]) if copies[1:] else (),
    )


def changes_ahead(uow: UnitOfWork, meeting_id: UUID) -> tuple[Change, ...]:
    """Return what would be told of if the agenda were issued again as it stands.

    Nothing where it was not issued yet. Raises NotFoundError.
    """
    meeting = open_meeting(uow, meeting_id)
    last = uow.session.execute(
        select(AgendaIssue.number, AgendaIssue.contents)
        .where(AgendaIssue.meeting_id == meeting_id)
        .order_by(AgendaIssue.number.desc())
        .limit(1)
    ).one_or_none()
    if last is None:
        return ()
    issues = [
        issue_of(json.loads(last.contents), last.number),
        issue_of(snapshot(uow, meeting), last.number + 1),
    ]
    before, after = _as_runner(uow, meeting_id, issues)
    return differences(before, after)


def _as_runner(uow: UnitOfWork, meeting_id: UUID, issues: Iterable[Issue]) -> list[Copy]:
    """Return what somebody who runs the meeting, and is the actor, reads of these issues."""
    known = list(issues)
    items = frozenset[UUID]().union(*(one.items for one in known))
    reader = reader_of(uow, meeting_id, Sight.RUNS, items)
    return [copy_for(one, reader) for one in known]


def received(uow: UnitOfWork) -> tuple[ReceivedLine, ...]:
    """Return the agendas that came to the actor, the meeting that is furthest ahead first.

    Whoever became a member since an agenda was issued finds it here too.
    """
    latest = (
        select(AgendaIssue.meeting_id, func.max(AgendaIssue.number).label("number"))
        .group_by(AgendaIssue.meeting_id)
        .subquery()
    )
    mine = exists().where(
        AgendaCopy.issue_id == AgendaIssue.id, AgendaCopy.account_id == uow.actor.account_id
    )
    is_member = may(uow.actor, Permission.CASE_READ, {Fact.SAME_AREA})
    shown = select(Item.meeting_id).where(may_be_shown(uow))
    rows = uow.session.execute(
        select(
            Meeting.id,
            Meeting.kind,
            Meeting.shape,
            Area.name,
            Meeting.starts_at,
            AgendaIssue.number,
            AgendaIssue.issued_at,
        )
        .join(Meeting, Meeting.id == AgendaIssue.meeting_id)
        .join(Area, Area.id == Meeting.area_id)
        .join(
            latest,
            (latest.c.meeting_id == AgendaIssue.meeting_id)
            & (latest.c.number == AgendaIssue.number),
        )
        .where(
            or_(mine, is_open_meeting(uow)) if is_member else mine,
            or_(Meeting.shape != MeetingShape.EMERGENCY, Meeting.id.in_(shown)),
            Meeting.ends_at > uow.now - KEPT_LISTED,
            Meeting.state != "cancelled",
        )
        .order_by(Meeting.starts_at.desc(), Meeting.id)
        .limit(MOST_LISTED)
    )
    return tuple(ReceivedLine(*row) for row in rows)


def copy_of(uow: UnitOfWork, meeting_id: UUID, *, keep: timedelta) -> Received:
    """Return the actor's copy of the latest issue of a meeting's agenda.

    Somebody who is asked to one case has it until so long after the meeting. Raises NotFoundError
    where nothing was issued, and to whoever takes no part.
    """
    meeting = find_meeting(uow, meeting_id)
    sight = sight_of(uow, meeting)
    rows = uow.session.execute(
        select(
            AgendaIssue.id,
            AgendaIssue.number,
            AgendaIssue.issued_at,
            Account.name,
            AgendaIssue.contents,
        )
        .outerjoin(Account, Account.id == AgendaIssue.issued_by)
        .where(AgendaIssue.meeting_id == meeting.id)
        .order_by(AgendaIssue.number.desc())
    ).all()
    is_over = sight is Sight.ONE_SLOT and uow.now > meeting.ends_at + keep
    if not rows or is_over:
        raise NotFoundError("There is no such agenda.")
    issues = {row.id: issue_of(json.loads(row.contents), row.number) for row in rows}
    latest, *earlier = issues
    had = _last_had(uow, earlier)
    known = [issues[latest], *([issues[had]] if had else [])]
    items = frozenset[UUID]().union(*(one.items for one in known))
    reader = reader_of(uow, meeting.id, sight, items)
    copies = [copy_for(one, reader) for one in known]
    return Received(
        kind=meeting.kind,
        shape=meeting.shape,
        held_on=london_day(meeting.starts_at),
        sight=sight,
        issued_at=rows[0].issued_at,
        issued_by=rows[0].name or "somebody",
        copy=copies[0],
        may_name=sight is Sight.RUNS or (sight is Sight.MEMBER and has_signed(uow, meeting.id)),
        had=copies[1].number if had else None,
        changes=differences(copies[1], copies[0]) if had else (),
    )


def sight_of(uow: UnitOfWork, meeting: Meeting) -> Sight:
    """Return how the actor takes part in a meeting that they may open."""
    here = uow.session.scalar(
        select(Meeting.id).where(Meeting.id == meeting.id, is_open_meeting(uow))
    )
    facts = {Fact.SAME_AREA} if here is not None else set()
    if may(uow.actor, Permission.MEETING_READ, facts):
        return Sight.RUNS
    return Sight.MEMBER if may(uow.actor, Permission.CASE_READ, facts) else Sight.ONE_SLOT


def reader_of(uow: UnitOfWork, meeting_id: UUID, sight: Sight, items: Iterable[UUID]) -> Reader:
    """Return what may be shown to the actor of these items, and to which of them they are asked."""
    mine = answers_for(uow)
    own = select(Invitation.item_id).where(
        Invitation.meeting_id == meeting_id,
        Invitation.state == "held",
        or_(Invitation.recipient_id.in_(mine), Invitation.stand_in_id.in_(mine)),
    )
    asked = Item.id.in_(own) & may_be_shown(uow, is_asked=True) if mine else false()
    shown = select(Item.id).where(Item.id.in_(tuple(items)), or_(may_be_shown(uow), asked))
    return Reader(
        sight=sight,
        shown=frozenset(uow.session.scalars(shown)),
        own=frozenset(uow.session.scalars(own)) if mine else frozenset(),
    )


def _last_had(uow: UnitOfWork, earlier: Iterable[UUID]) -> UUID | None:
    """Return the latest of these issues, latest first, of which the actor has a copy."""
    ids = tuple(earlier)
    had = set(
        uow.session.scalars(
            select(AgendaCopy.issue_id).where(
                AgendaCopy.issue_id.in_(ids), AgendaCopy.account_id == uow.actor.account_id
            )
        )
    )
    return next((issue_id for issue_id in ids if issue_id in had), None)
