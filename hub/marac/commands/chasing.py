"""Asking again for what is late after a meeting: its minutes, and that the victim was told."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, exists, select

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.marac.events import MinutesChased, TellerChased
from hub.marac.models import Hearing, LateChase, Minutes
from hub.marac.queries.areas import area_rules
from hub.marac.rules.areas import deadlines_of
from hub.marac.rules.minutes import MINUTES_WANTED, minutes_chase_at
from hub.marac.rules.record import TELL_EVERY, TELL_WITHIN, TELLING_WANTED
from hub.marac.states import HearingState, MinutesState
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind

MINUTES, TELLING = "minutes", "telling"


def chase_minutes(uow: UnitOfWork) -> int:
    """Ask for late minutes whoever they wait for; return of how many meetings.

    Before there is a draft they wait for the co-ordinator, then for the chair. However late the
    timer comes, nobody is asked twice in a day.
    """
    uow.alone("chasing what is late")
    drafts = _drafts(uow)
    chased = _chased(uow, MINUTES)
    asked = 0
    for meeting in uow.session.scalars(select(Meeting).where(_wants_minutes(uow))).all():
        due_on = deadlines_of(area_rules(uow, meeting.area_id), meeting.starts_at).minutes_on
        drafted_at, last = drafts.get(meeting.id), chased.get(meeting.id)
        if minutes_chase_at(due_on, drafted_at, last.last_at if last else None) > uow.now:
            continue
        _note(uow, MINUTES, meeting.id, last)
        role = Role.COORDINATOR if drafted_at is None else Role.CHAIR
        uow.emit(MinutesChased(meeting_id=meeting.id, role=role.value))
        asked += 1
    return asked


def chase_tellers(uow: UnitOfWork) -> int:
    """Ask again whoever was to tell a victim and has not said that it is done; return how many."""
    uow.alone("chasing what is late")
    chased = _chased(uow, TELLING)
    waiting = uow.session.execute(
        select(Hearing.item_id, Hearing.teller_account_id).where(
            Hearing.teller_account_id.is_not(None),
            Hearing.state.in_((HearingState.HEARD, HearingState.NOTED)),
            Hearing.told_on.is_(None),
            Hearing.not_told_why.is_(None),
            Hearing.ended_at <= uow.now - TELL_WITHIN,
            Hearing.ended_at > uow.now - TELLING_WANTED,
        )
    ).all()
    asked = 0
    for item_id, account_id in waiting:
        last = chased.get(item_id)
        if account_id is None or (last is not None and last.last_at > uow.now - TELL_EVERY):
            continue
        _note(uow, TELLING, item_id, last)
        uow.emit(TellerChased(item_id=item_id, account_id=account_id))
        asked += 1
    return asked


def _wants_minutes(uow: UnitOfWork) -> ColumnElement[bool]:
    listed = select(Item.meeting_id).where(Item.state == "listed")
    return (
        (Meeting.kind == MeetingKind.MARAC.value)
        & (Meeting.state != "cancelled")
        & (Meeting.ends_at < uow.now)
        & (Meeting.ends_at > uow.now - MINUTES_WANTED)
        & Meeting.id.in_(listed)
        & ~exists().where(Minutes.meeting_id == Meeting.id, Minutes.state == MinutesState.APPROVED)
    )


def _drafts(uow: UnitOfWork) -> dict[UUID, datetime]:
    rows = uow.session.execute(
        select(Minutes.meeting_id, Minutes.drafted_at).where(Minutes.state == MinutesState.DRAFT)
    )
    return {row.meeting_id: row.drafted_at for row in rows}


def _chased(uow: UnitOfWork, kind: str) -> dict[UUID, LateChase]:
    rows = uow.session.scalars(select(LateChase).where(LateChase.kind == kind))
    return {row.about_id: row for row in rows}


def _note(uow: UnitOfWork, kind: str, about_id: UUID, last: LateChase | None) -> None:
    if last is None:
        last = LateChase(id=uow.new_id(), kind=kind, about_id=about_id, times=0)
        uow.session.add(last)
    last.times, last.last_at = last.times + 1, uow.now
