"""What an area has set, with the usual values where it has set nothing."""

import json
from datetime import time
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.marac.models import AreaSetting
from hub.marac.rules.areas import USUAL_STATEMENT, AreaRules, Shape, clocks_of

COUNTS = (
    "repeat_months",
    "flag_months",
    "cutoff_days",
    "agenda_days",
    "research_days",
    "minutes_days",
)


def area_rules(uow: UnitOfWork, area_id: UUID) -> AreaRules:
    """Return the rules of an area, whoever asks: they are no secret."""
    row = uow.session.get(AreaSetting, area_id)
    return AreaRules() if row is None else rules_of(row)


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
        quorum=tuple(json.loads(row.quorum)),
        chase_days=tuple(json.loads(row.chase_days)),
        not_asked=frozenset(map(UUID, json.loads(row.not_asked))),
        retention_years=row.retention_years,
        suppress_below=row.suppress_below,
        adult_females=row.adult_females,
        statement=row.statement or USUAL_STATEMENT,
    )
