"""What was not done in an area and which agencies came, for its steering group: never names."""

from dataclasses import dataclass
from datetime import time
from uuid import UUID

from sqlalchemy import and_, func, or_, select

from hub.access.permissions import Fact, Permission, may
from hub.agencies.models import Agency, Area
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, london_instant, months_after
from hub.marac.models import Action, AgencyPresence
from hub.marac.rules.presence import Came
from hub.marac.rules.steering import (
    YEAR,
    AgencyTotals,
    AgencyUndone,
    Undone,
    by_agency,
    gone_up,
    totals,
)
from hub.marac.rules.turnout import QuarterTurnout, Seen, by_quarter, first_counted
from hub.marac.states import ActionState
from hub.meetings.access import in_own_area, is_open_meeting, may_be_shown
from hub.meetings.models import Item, Meeting
from hub.meetings.situation import MeetingKind
from hub.referrals.models import Concern

ALL = "All agencies"


@dataclass(frozen=True)
class AreaStanding:
    """One area: how its agencies stand, what is long overdue there, and which agencies came."""

    area: str
    agencies: tuple[AgencyUndone, ...]
    long_overdue: tuple[Undone, ...]
    totals: tuple[AgencyTotals, ...]
    """What became of a year's actions by agency, and of all of them last."""
    turnout: tuple[QuarterTurnout, ...]


def standing_of_areas(uow: UnitOfWork) -> tuple[AreaStanding, ...]:
    """Return the areas of the actor's agency by name; those of a hidden case are left out."""
    if not may(uow.actor, Permission.STEERING_READ, {Fact.SAME_AREA}):
        return ()
    areas = uow.session.execute(
        select(Area.id, Area.name).where(in_own_area(uow, Area.id)).order_by(Area.name, Area.id)
    ).all()
    undone, counts, seen = _undone(uow), _counts(uow), _seen(uow)
    return tuple(
        AreaStanding(
            name,
            by_agency(undone.get(area_id, ()), uow.today),
            gone_up(undone.get(area_id, ()), uow.today),
            totals(counts.get(area_id, ()), ALL),
            by_quarter(seen.get(area_id, ()), uow.today),
        )
        for area_id, name in areas
    )


def _counts(uow: UnitOfWork) -> dict[UUID, list[tuple[str, ActionState, int]]]:
    """Return how many actions due within a year are in which state, by area and agency."""
    rows = uow.session.execute(
        select(Meeting.area_id, Agency.name, Action.state, func.count())
        .select_from(Action)
        .join(Item, Item.id == Action.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Agency, Agency.id == Action.agency_id)
        .where(Action.due_on >= months_after(uow.today, -YEAR), in_own_area(uow), may_be_shown(uow))
        .group_by(Meeting.area_id, Agency.id, Agency.name, Action.state)
    )
    found: dict[UUID, list[tuple[str, ActionState, int]]] = {}
    for area_id, agency, state, number in rows:
        found.setdefault(area_id, []).append((agency, ActionState(state), number))
    return found


def _undone(uow: UnitOfWork) -> dict[UUID, list[Undone]]:
    found: dict[UUID, list[Undone]] = {}
    waits = Action.state.in_((ActionState.PROPOSED, ActionState.OPEN))
    said = and_(
        Action.state == ActionState.NOT_DONE, Action.due_on >= months_after(uow.today, -YEAR)
    )
    rows = uow.session.execute(
        select(
            Meeting.area_id,
            Action.id,
            Action.reference,
            Concern.reference.label("case"),
            Action.agency_id,
            Agency.name.label("agency"),
            Item.meeting_id,
            Action.due_on,
            Action.state,
        )
        .join(Item, Item.id == Action.item_id)
        .join(Meeting, Meeting.id == Item.meeting_id)
        .join(Agency, Agency.id == Action.agency_id)
        .outerjoin(Concern, Concern.id == Item.concern_id)
        .where(
            or_(waits, said),
            Action.due_on < uow.today,
            in_own_area(uow),
            may_be_shown(uow),
        )
        .order_by(Action.due_on, Action.id)
    )
    for row in rows:
        found.setdefault(row.area_id, []).append(
            Undone(
                id=row.id,
                reference=row.reference,
                case=row.case or "",
                agency_id=row.agency_id,
                agency=row.agency,
                meeting_id=row.meeting_id,
                due_on=row.due_on,
                state=ActionState(row.state),
            )
        )
    return found


def _seen(uow: UnitOfWork) -> dict[UUID, list[Seen]]:
    """Return what is recorded of agencies at the MARACs of this quarter and the one before."""
    found: dict[UUID, list[Seen]] = {}
    since = london_instant(first_counted(uow.today), time())
    rows = uow.session.execute(
        select(
            Meeting.area_id,
            Meeting.id,
            Meeting.starts_at,
            Agency.id.label("agency_id"),
            Agency.name,
            AgencyPresence.status,
        )
        .join(AgencyPresence, AgencyPresence.meeting_id == Meeting.id)
        .join(Agency, Agency.id == AgencyPresence.agency_id)
        .where(
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.state != "cancelled",
            Meeting.starts_at >= since,
            Meeting.starts_at <= uow.now,
            is_open_meeting(uow),
        )
        .order_by(Meeting.starts_at, Meeting.id, Agency.id)
    )
    for row in rows:
        found.setdefault(row.area_id, []).append(
            Seen(
                agency_id=row.agency_id,
                agency=row.name,
                meeting_id=row.id,
                met_on=london_day(row.starts_at),
                status=Came(row.status),
            )
        )
    return found
