"""Asking every agency of the area about every case, and chasing those that are silent."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.agencies.models import Agency, AgencyArea
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.kernel.events import Event
from hub.marac.commands.refusals import demand_coordinator
from hub.marac.events import ResearchAsked, ResearchChased
from hub.marac.models import Research
from hub.marac.queries.areas import area_rules
from hub.marac.rules.areas import AreaRules, deadlines_of
from hub.marac.rules.research import chases_at, next_chase, research_due_at
from hub.marac.states import ResearchState
from hub.meetings.access import may_be_shown, open_meeting
from hub.meetings.events import CaseListed, MeetingMoved
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.people.staff_cases import is_agency_of_the_few

AHEAD = ("planned", "issued")


@dataclass(frozen=True)
class Times:
    """By when an agency answers and when it is chased first after it was asked, in UTC."""

    due_at: datetime
    chase_at: datetime | None


def ask_agencies(uow: UnitOfWork, happened: Event) -> None:
    """React to a case that is listed at a MARAC: ask every agency of its area that takes part."""
    if isinstance(happened, CaseListed):
        uow.session.flush()
        item = uow.session.get_one(Item, happened.item_id)
        meeting = uow.session.get_one(Meeting, item.meeting_id)
        if meeting.kind == MeetingKind.MARAC:
            ask_about(uow, item, meeting)


def ask_missing(meeting_id: UUID, *, uow: UnitOfWork) -> int:
    """Ask about every case of a MARAC the agencies that were not asked; return how many requests.

    Raises NotFoundError, NotAllowedError unless a co-ordinator acts, and RefusedError when the
    meeting is over or every agency was asked.
    """
    meeting = open_meeting(uow, meeting_id)
    demand_coordinator(uow)
    if meeting.kind != MeetingKind.MARAC or meeting.state not in AHEAD or meeting.ends_at < uow.now:
        raise RefusedError("Nobody can be asked for this meeting any more.")
    listed = select(Item).where(
        Item.meeting_id == meeting.id, Item.state == "listed", may_be_shown(uow)
    )
    asked = sum(ask_about(uow, item, meeting) for item in uow.session.scalars(listed).all())
    if not asked:
        raise RefusedError("Every agency that takes part was asked already.")
    return asked


def ask_about(uow: UnitOfWork, item: Item, meeting: Meeting) -> int:
    """Ask the agencies that were not asked yet about a case; return how many were."""
    rules = area_rules(uow, meeting.area_id)
    times = times_of(rules, meeting.starts_at, uow.now)
    asked = select(Research.agency_id).where(Research.item_id == item.id)
    agencies = uow.session.scalars(
        select(Agency.id)
        .join(AgencyArea, AgencyArea.agency_id == Agency.id)
        .where(
            AgencyArea.area_id == meeting.area_id,
            Agency.suspended_at.is_(None),
            Agency.id.not_in(asked),
            Agency.id.not_in(rules.not_asked),
            is_agency_of_the_few(item.concern_id, Agency.id),
        )
        .order_by(Agency.id)
    ).all()
    for agency_id in agencies:
        research = Research(
            id=uow.new_id(),
            item_id=item.id,
            agency_id=agency_id,
            state=ResearchState.ASKED,
            asked_at=uow.now,
            due_at=times.due_at,
            chase_at=times.chase_at,
        )
        uow.session.add(research)
        uow.emit(ResearchAsked(research_id=research.id, agency_id=agency_id))
    uow.session.flush()
    return len(agencies)


def follow_meeting(uow: UnitOfWork, happened: MeetingMoved) -> None:
    """React to a meeting at another time: what is not answered has the new meeting's clocks."""
    uow.session.flush()
    meeting = uow.session.get_one(Meeting, happened.meeting_id)
    rules = area_rules(uow, meeting.area_id)
    waiting = select(Research).join(Item, Item.id == Research.item_id)
    waiting = waiting.where(
        Item.meeting_id == meeting.id, Research.state == ResearchState.ASKED
    ).with_for_update(of=Research)
    for research in uow.session.scalars(waiting):
        times = times_of(rules, meeting.starts_at, uow.now)
        research.due_at, research.chase_at = times.due_at, times.chase_at


def times_of(rules: AreaRules, starts_at: datetime, now: datetime) -> Times:
    """Return the clocks of a request about a case of a meeting that starts then."""
    deadline = deadlines_of(rules, starts_at).research_on
    chases = chases_at(deadline, rules.chase_days, rules.clocks.extra_closed_days)
    return Times(research_due_at(deadline, starts_at, now), next_chase(chases, now))


def chase_silent(uow: UnitOfWork, *, limit: int) -> int:
    """Chase agencies that were silent when a chaser was due; return how many were chased.

    However late the timer comes there is one chaser; none once there is an answer.
    """
    rows = uow.session.execute(
        select(Research, Meeting.area_id, Meeting.starts_at)
        .join(Item, Item.id == Research.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .where(
            Research.chase_at <= uow.now,
            Research.state == ResearchState.ASKED,
            Item.state == "listed",
            is_agency_of_the_few(Item.concern_id, Research.agency_id),
            Meeting.starts_at > uow.now,
            Meeting.state.in_(AHEAD),
        )
        .order_by(Research.chase_at, Research.id)
        .limit(limit)
        .with_for_update(of=Research, skip_locked=True)
    ).all()
    for research, area_id, starts_at in rows:
        research.chased += 1
        research.chase_at = times_of(area_rules(uow, area_id), starts_at, uow.now).chase_at
        uow.emit(ResearchChased(research_id=research.id, agency_id=research.agency_id))
    return len(rows)
