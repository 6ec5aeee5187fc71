"""Setting an area's own numbers and words."""

import json
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import ConflictError, NotAllowedError, RefusedError
from hub.marac.events import AreaRulesSaved
from hub.marac.models import AreaSetting
from hub.marac.rules.areas import Shape
from hub.meetings.access import demand_area

MOST_MONTHS, MOST_DAYS = 60, 60
MOST_LADDER_HOURS, MOST_ANSWER_HOURS = 24, 240


@dataclass(frozen=True, kw_only=True)
class SaveAreaRules:
    """What an area sets; ``version`` is that of the settings read, 0 for the usual values."""

    area_id: UUID
    version: int
    shape: Shape
    repeat_months: int
    flag_months: int
    repeat_definition: str
    repeat_across_areas: bool
    cutoff_days: int
    cutoff_time: str
    agenda_days: int
    research_days: int
    minutes_days: int
    action_hours: int
    answer_days: int | None = None
    answer_hours: int | None = None
    emergency_hours: int = 2
    extra_closed_days: tuple[date, ...]
    quorum: tuple[str, ...]
    chase_days: tuple[int, ...]
    not_asked: tuple[UUID, ...] = ()
    steering: tuple[UUID, ...] = ()
    retention_years: int
    suppress_below: int
    adult_females: int | None
    statement: str | None


def save_area_rules(cmd: SaveAreaRules, *, uow: UnitOfWork) -> UUID:
    """Set an area's rules and return its id; what is planned already keeps its times.

    Raises NotFoundError for an area that is not the actor's, NotAllowedError unless a co-ordinator
    acts, ConflictError when somebody else changed them, RefusedError for impossible numbers.
    """
    demand_area(uow, cmd.area_id)
    if not uow.actor.has(Role.COORDINATOR):
        raise NotAllowedError("Only a co-ordinator can do this.")
    _refuse_impossible(cmd)
    uow.alone(f"area {cmd.area_id}")
    row = uow.session.get(AreaSetting, cmd.area_id)
    if cmd.version != (row.version if row else 0):
        raise ConflictError("the settings", {"shape": row.shape} if row else {})
    if row is None:
        row = AreaSetting(area_id=cmd.area_id)
        uow.session.add(row)

    row.shape, row.repeat_definition = cmd.shape, cmd.repeat_definition
    row.repeat_months, row.flag_months = cmd.repeat_months, cmd.flag_months
    row.repeat_across_areas, row.cutoff_time = cmd.repeat_across_areas, cmd.cutoff_time
    row.cutoff_days, row.agenda_days = cmd.cutoff_days, cmd.agenda_days
    row.research_days, row.minutes_days = cmd.research_days, cmd.minutes_days
    row.answer_days, row.answer_hours = cmd.answer_days, cmd.answer_hours
    row.emergency_hours = cmd.emergency_hours
    row.action_hours, row.retention_years = cmd.action_hours, cmd.retention_years
    row.suppress_below, row.adult_females = cmd.suppress_below, cmd.adult_females
    row.statement = cmd.statement
    row.extra_closed_days = json.dumps(sorted(day.isoformat() for day in cmd.extra_closed_days))
    row.quorum = json.dumps(list(cmd.quorum))
    row.not_asked = json.dumps(sorted(map(str, cmd.not_asked)))
    row.steering = json.dumps(sorted(map(str, cmd.steering)))
    row.chase_days = json.dumps(sorted(set(cmd.chase_days), reverse=True))

    uow.emit(AreaRulesSaved(area_id=cmd.area_id))
    return cmd.area_id


def _refuse_impossible(cmd: SaveAreaRules) -> None:
    days = ("cutoff_days", "agenda_days", "research_days", "minutes_days")
    bounds = [(name, MOST_DAYS) for name in days]
    bounds += [("repeat_months", MOST_MONTHS), ("flag_months", MOST_MONTHS)]
    for name, most in bounds:
        if not 0 <= getattr(cmd, name) <= most:
            raise RefusedError(f"This must be a number from 0 to {most}", field=name)
    for name, most in (("answer_days", MOST_DAYS), ("answer_hours", MOST_ANSWER_HOURS)):
        value = getattr(cmd, name)
        if value is not None and not 0 <= value <= most:
            raise RefusedError(f"This must be a number from 0 to {most}", field=name)
    if not 1 <= cmd.emergency_hours <= MOST_LADDER_HOURS:
        raise RefusedError(
            f"This must be a number from 1 to {MOST_LADDER_HOURS}", field="emergency_hours"
        )
    if cmd.cutoff_days < cmd.agenda_days:
        raise RefusedError(
            "The cut-off must come before the agenda: give it as many working days or more",
            field="cutoff_days",
        )
    if any(not 0 <= day <= MOST_DAYS for day in cmd.chase_days):
        raise RefusedError(f"Each must be a number from 0 to {MOST_DAYS}", field="chase_days")
