"""What an area has set, with the usual values where it has set nothing."""

import json
from dataclasses import dataclass
from datetime import date, time
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select

from hub.access.queries import accounts_with_role
from hub.agencies.models import Agency, AgencyArea, Area
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.days import london_day
from hub.marac.models import AreaSetting
from hub.marac.rules.areas import LOWEST_THRESHOLD, AreaRules, Shape, clocks_of
from hub.meetings.access import demand_area
from hub.meetings.deadlines import DeadlineDays
from hub.meetings.models import Meeting
from hub.meetings.rules import Waits
from hub.meetings.situation import MeetingKind

OVERSEES = (Role.CHAIR, Role.COORDINATOR, Role.SAFEGUARDING_LEAD)
"""Whose accounts may read the steering group's page."""

COUNTS = (
    "repeat_months",
    "flag_months",
    "cutoff_days",
    "agenda_days",
    "research_days",
    "minutes_days",
)


@dataclass(frozen=True)
class AreaSettings:
    """An area with its rules and the version of its settings, 0 where it has the usual values."""

    id: UUID
    name: str
    rules: AreaRules
    version: int
    agencies: tuple[tuple[UUID, str], ...]
    """The agencies of the area by name."""
    overseers: tuple[tuple[UUID, str], ...]
    """Who can read for the steering group there, by name and agency."""


def area_settings(uow: UnitOfWork, area_id: UUID) -> AreaSettings:
    """Return what an area of the actor's has set. Raises NotFoundError for any other."""
    demand_area(uow, area_id)
    row = uow.session.get(AreaSetting, area_id)
    found = uow.session.execute(
        select(Agency.id, Agency.name)
        .join(AgencyArea, AgencyArea.agency_id == Agency.id)
        .where(AgencyArea.area_id == area_id)
        .order_by(Agency.name, Agency.id)
    )
    agencies = tuple((each.id, each.name) for each in found)
    return AreaSettings(
        id=area_id,
        name=uow.session.scalars(select(Area.name).where(Area.id == area_id)).one(),
        rules=area_rules(uow, area_id),
        version=row.version if row else 0,
        agencies=agencies,
        overseers=_overseers(uow, dict(agencies)),
    )


def _overseers(uow: UnitOfWork, agencies: dict[UUID, str]) -> tuple[tuple[UUID, str], ...]:
    """Return the active accounts of the agencies that may read the steering group's page."""
    found = {
        row.id: (row.name, agencies[row.agency_id])
        for role in OVERSEES
        for row in accounts_with_role(uow, role, agency_ids=agencies)
    }
    ordered = sorted(found.items(), key=lambda pair: (pair[1], pair[0]))
    return tuple((each, f"{name}, {agency}") for each, (name, agency) in ordered)


def area_rules(uow: UnitOfWork, area_id: UUID) -> AreaRules:
    """Return the rules of an area, whoever asks: they are no secret."""
    row = uow.session.get(AreaSetting, area_id)
    return AreaRules() if row is None else rules_of(row)


def days_of(uow: UnitOfWork, area_id: UUID) -> DeadlineDays:
    """Return what an area has set about deadlines, as the room of meetings takes it."""
    return deadline_days(area_rules(uow, area_id))


def deadline_days(rules: AreaRules) -> DeadlineDays:
    """Return the same from the rules of an area."""
    return DeadlineDays(
        cutoff_days=rules.clocks.cutoff_days,
        cutoff_time=f"{rules.cutoff_time:%H:%M}",
        agenda_days=rules.clocks.agenda_days,
        research_days=rules.clocks.research_days,
        minutes_days=rules.clocks.minutes_days,
        extra_closed=rules.clocks.extra_closed_days,
    )


def rules_and_last(uow: UnitOfWork, meeting: Meeting) -> tuple[AreaRules, date | None]:
    """Return the rules of a meeting's area, and the day of the MARAC before it, in one query."""
    before = (
        select(func.max(Meeting.starts_at))
        .where(
            Meeting.area_id == meeting.area_id,
            Meeting.kind == MeetingKind.MARAC.value,
            Meeting.state != "cancelled",
            Meeting.starts_at < meeting.starts_at,
        )
        .scalar_subquery()
    )
    wanted: Select[*tuple[Any, ...]] = (
        select(AreaSetting, before)
        .select_from(Area)
        .outerjoin(AreaSetting, AreaSetting.area_id == Area.id)
        .where(Area.id == meeting.area_id)
    )
    setting, starts_at = uow.session.execute(wanted).one()
    rules = AreaRules() if setting is None else rules_of(setting)
    return rules, None if starts_at is None else london_day(starts_at)


def rules_of(row: AreaSetting) -> AreaRules:
    """Return the rules that a row of settings stands for."""
    return AreaRules(
        shape=Shape(row.shape),
        clocks=clocks_of(
            area_id=str(row.area_id),
            repeat_definition=row.repeat_definition,
            extra_closed_days=row.extra_closed_days,
            repeat_across_areas=row.repeat_across_areas,
            counts={name: getattr(row, name) for name in COUNTS},
        ),
        cutoff_time=time.fromisoformat(row.cutoff_time),
        action_hours=row.action_hours,
        waits=Waits(working_days=row.answer_days, before_hours=row.answer_hours),
        emergency_hours=row.emergency_hours,
        quorum=tuple(json.loads(row.quorum)),
        chase_days=tuple(json.loads(row.chase_days)),
        not_asked=frozenset(map(UUID, json.loads(row.not_asked))),
        steering=frozenset(map(UUID, json.loads(row.steering))),
        retention_years=row.retention_years,
        suppress_below=max(row.suppress_below, LOWEST_THRESHOLD),
        adult_females=row.adult_females,
        own_statement=row.statement,
    )


def waits_of(uow: UnitOfWork, area_id: UUID) -> Waits:
    """Return how long an area waits for a worker's answer before the next is asked."""
    return area_rules(uow, area_id).waits


def closed_days(uow: UnitOfWork, area_id: UUID) -> frozenset[date]:
    """Return the days that are not worked in an area, besides weekends and bank holidays."""
    return area_rules(uow, area_id).clocks.extra_closed_days
