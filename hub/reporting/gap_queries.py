"""Of which cases that meetings discussed a return counts something as not known."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from hub.db.units import UnitOfWork
from hub.kernel.days import london_day
from hub.marac.queries.equality import standing_of
from hub.marac.rules.equality import SHORT, not_known
from hub.meetings.models import Item, Meeting
from hub.referrals.models import Concern
from hub.reporting.heard import on_heard
from hub.reporting.return_queries import demand_returns, held_in
from hub.reporting.rules.quarters import Quarter


@dataclass(frozen=True, kw_only=True)
class OpenCase:
    """A case, the London day of its meeting, and what nobody has said, in words."""

    concern_id: UUID
    reference: str
    on: date
    lacks: tuple[str, ...]


def open_cases(uow: UnitOfWork, area_id: UUID, quarter: Quarter) -> tuple[OpenCase, ...]:
    """Return the cases of a quarter of whose victim something is not known, in their order.

    Raises NotFoundError unless a co-ordinator of the area asks.
    """
    demand_returns(uow, area_id, to_pass_on=False)
    held = held_in(area_id, quarter.begins, quarter.ends, uow.now)
    rows = uow.session.execute(
        on_heard(uow, held, Concern.id, Concern.reference, Meeting.starts_at)
        .where(Concern.id == Item.concern_id)
        .order_by(Meeting.starts_at, Concern.reference)
    ).all()
    standing = standing_of(uow, {row.id for row in rows})
    found = (
        OpenCase(
            concern_id=row.id,
            reference=row.reference,
            on=london_day(row.starts_at),
            lacks=tuple(SHORT[name] for name in not_known(standing[row.id][0])),
        )
        for row in rows
    )
    return tuple(one for one in found if one.lacks)
