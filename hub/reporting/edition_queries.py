"""The copies of quarters that were made, and exact returns on their way out."""

import json
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.queries import names_of
from hub.db.units import UnitOfWork
from hub.meetings.access import may_be_shown
from hub.meetings.models import Item
from hub.reporting.models import ReturnEdition, ReturnRelease
from hub.reporting.rules.editions import ReleaseState, may_settle, may_take, read_stored
from hub.reporting.rules.editions import release_state as state_of
from hub.reporting.rules.quarters import Quarter, parse_quarter
from hub.reporting.rules.report import CountedQuarter

LATEST = 20
"""How many exact returns are listed: a product choice."""


@dataclass(frozen=True, kw_only=True)
class EditionRow:
    """A quarter as its copy was made; ``is_kept`` where a case in it is not there for the actor."""

    id: UUID
    counted: CountedQuarter
    made_by: str
    made_at: datetime
    is_kept: bool


def editions_of(
    uow: UnitOfWork, area_id: UUID, quarters: Collection[Quarter]
) -> dict[Quarter, EditionRow]:
    """Return the copies that were made of some quarters of an area; open the area first."""
    rows = uow.session.scalars(
        select(ReturnEdition).where(
            ReturnEdition.area_id == area_id,
            ReturnEdition.quarter.in_([one.code for one in quarters]),
        )
    ).all()
    cases = {row.id: {UUID(one) for one in json.loads(row.cases)} for row in rows}
    every = {one for those in cases.values() for one in those}
    shown = select(Item.id, may_be_shown(uow)).where(Item.id.in_(every))
    hidden = {item_id for item_id, is_shown in uow.session.execute(shown) if not is_shown}
    makers = names_of(uow, {row.made_by for row in rows if row.made_by is not None})
    return {
        parse_quarter(row.quarter): EditionRow(
            id=row.id,
            counted=read_stored(row.counts),
            made_by=makers.get(row.made_by, "") if row.made_by else "",
            made_at=row.made_at,
            is_kept=bool(cases[row.id] & hidden),
        )
        for row in rows
    }


@dataclass(frozen=True, kw_only=True)
class ReleaseRow:
    """An exact return on its way out, and what the actor may do about it."""

    id: UUID
    area_id: UUID
    quarter: Quarter
    whom: str
    asked_by: str
    asked_at: datetime
    settled_by: str
    approved_at: datetime | None
    state: ReleaseState
    may_settle: bool
    may_take: bool


def releases_of(
    uow: UnitOfWork, area_ids: Collection[UUID], quarter: Quarter | None = None
) -> tuple[ReleaseRow, ...]:
    """Return the exact returns of areas that were asked for last; open the areas first."""
    wanted = select(ReturnRelease).where(ReturnRelease.area_id.in_(area_ids))
    if quarter is not None:
        wanted = wanted.where(ReturnRelease.quarter == quarter.code)
    newest = wanted.order_by(ReturnRelease.asked_at.desc(), ReturnRelease.id.desc())
    return tuple(release_rows(uow, uow.session.scalars(newest.limit(LATEST)).all()))


def release_rows(uow: UnitOfWork, rows: Collection[ReturnRelease]) -> list[ReleaseRow]:
    """Return exact returns on their way out with the names of who asked and who decided."""
    people = {row.asked_by for row in rows} | {row.settled_by for row in rows if row.settled_by}
    names = names_of(uow, people)
    found = []
    for row in rows:
        state = state_of(row.approved_at, row.refused_at, uow.now)
        actor_id = uow.actor.account_id
        found.append(
            ReleaseRow(
                id=row.id,
                area_id=row.area_id,
                quarter=parse_quarter(row.quarter),
                whom=row.whom,
                asked_by=names.get(row.asked_by, ""),
                asked_at=row.asked_at,
                settled_by=names.get(row.settled_by, "") if row.settled_by else "",
                approved_at=row.approved_at,
                state=state,
                may_settle=not may_settle(row.asked_by, actor_id, state),
                may_take=may_take(row.asked_by, actor_id, state),
            )
        )
    return found
