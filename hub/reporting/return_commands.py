"""The copy of a quarter is made once; an exact return goes out by two people's doing."""

import json
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Fact, Permission, may
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotAllowedError, NotFoundError, RefusedError
from hub.marac.queries.areas import area_rules
from hub.meetings.access import demand_area
from hub.meetings.models import Item
from hub.reporting.edition_queries import editions_of
from hub.reporting.events import EditionMade, ExactReturnAsked, ExactReturnSettled
from hub.reporting.heard import on_heard
from hub.reporting.models import ReturnEdition, ReturnRelease
from hub.reporting.return_queries import counted_now, demand_returns, held_in
from hub.reporting.rules.editions import has_ended, may_settle, release_state, stored
from hub.reporting.rules.quarters import Quarter

NOT_OVER = "This quarter is not over. Its copy can be made on the day after its last."


def make_copy(area_id: UUID, quarter: Quarter, *, uow: UnitOfWork) -> UUID:
    """Make the copy of a quarter, and of those of its 12 months that have none; return its id.

    What was made already stays as it is. Raises NotFoundError unless a co-ordinator of the area
    acts, RefusedError while the quarter lasts.
    """
    demand_returns(uow, area_id, to_pass_on=False)
    if not has_ended(quarter, uow.today):
        raise RefusedError(NOT_OVER)
    uow.alone(f"return {area_id}")
    made = editions_of(uow, area_id, quarter.year_to_it())
    below = area_rules(uow, area_id).suppress_below
    ids = {one: row.id for one, row in made.items()}
    for counted in counted_now(uow, area_id, quarter):
        one = counted.quarter
        if one in ids:
            continue
        held = held_in(area_id, one.begins, one.ends, uow.now)
        cases = uow.session.scalars(on_heard(uow, held, Item.id)).all()
        ids[one] = uow.new_id()
        uow.session.add(
            ReturnEdition(
                id=ids[one],
                area_id=area_id,
                quarter=one.code,
                counts=stored(replace(counted, below=below)),
                cases=json.dumps(sorted(map(str, cases))),
                made_by=uow.actor.account_id,
                made_at=uow.now,
            )
        )
        uow.emit(EditionMade(edition_id=ids[one], area_id=area_id, quarter=one.code))
    return ids[quarter]


@dataclass(frozen=True, kw_only=True)
class AskExact:
    """Pass an exact return on; ``whom`` says to whom, and what for."""

    area_id: UUID
    quarter: Quarter
    whom: str


def ask_exact(cmd: AskExact, *, uow: UnitOfWork) -> UUID:
    """Ask a second person to approve that an exact return is passed on; return the id.

    Raises NotFoundError unless a co-ordinator of the area acts, RefusedError without a recipient or
    for a quarter that is not over.
    """
    demand_returns(uow, cmd.area_id, to_pass_on=False)
    if uow.actor.account_id is None:
        raise NotAllowedError("a person asks for an exact return, never the hub")
    whom = cmd.whom.strip()
    if not whom:
        raise RefusedError("Enter to whom it goes, and what for", field="whom")
    if not has_ended(cmd.quarter, uow.today):
        raise RefusedError(NOT_OVER)
    row = ReturnRelease(
        id=uow.new_id(),
        area_id=cmd.area_id,
        quarter=cmd.quarter.code,
        whom=whom,
        asked_by=uow.actor.account_id,
        asked_at=uow.now,
    )
    uow.session.add(row)
    uow.emit(ExactReturnAsked(release_id=row.id, area_id=row.area_id, quarter=row.quarter))
    return row.id


def settle_exact(release_id: UUID, *, is_approved: bool, uow: UnitOfWork) -> UUID:
    """Approve or refuse, as the second person, that an exact return is passed on; return its id.

    Raises NotFoundError to whoever approves no returns of the area, RefusedError to whoever asked
    and where somebody has decided already.
    """
    row = uow.session.scalar(
        select(ReturnRelease).where(ReturnRelease.id == release_id).with_for_update()
    )
    if row is None or not may(uow.actor, Permission.RETURN_APPROVE, {Fact.SAME_AREA}):
        raise NotFoundError("There is no such return.")
    demand_area(uow, row.area_id)
    state = release_state(row.approved_at, row.refused_at, uow.now)
    no = may_settle(row.asked_by, uow.actor.account_id, state)
    if no:
        raise RefusedError(no)
    row.settled_by = uow.actor.account_id
    if is_approved:
        row.approved_at = uow.now
    else:
        row.refused_at = uow.now
    uow.emit(ExactReturnSettled(release_id=row.id, is_approved=is_approved))
    return row.id
