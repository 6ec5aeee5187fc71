"""A quarter whose copy was made, and an exact return that a second person has approved."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import select, text

from hub.agencies.models import AgencyArea
from hub.kernel.actor import Role, system
from hub.reporting.models import ReturnRelease
from hub.reporting.return_commands import make_copy
from hub.reporting.rules.quarters import Quarter
from parts.somebody import actor_with

COPIED = "SELECT area_id FROM return_release"
OUT = (
    ("returns.copy_file", "/returns/{}/2026/1/return.csv", COPIED),
    ("returns.exact_file", "/returns/exact/{}/return.csv", "SELECT id FROM return_release"),
)
"""Files of returns, with the ids that somebody here can open."""


def somebody_returns(units):
    """Let the co-ordinator have made a copy, and have an exact return to take out."""
    coordinator = actor_with(units, Role.COORDINATOR)
    with units.write(system("test")) as uow:
        own = select(AgencyArea.area_id).where(AgencyArea.agency_id == coordinator.agency_id)
        area_id = uow.session.scalars(own.limit(1)).one()
        make_copy(area_id, Quarter(2026, 1), uow=uow)
        chair = uow.session.scalars(
            text("SELECT account_id FROM account_role WHERE role = 'chair' LIMIT 1")
        ).one()
        uow.session.add(
            ReturnRelease(
                id=uow.new_id(),
                area_id=area_id,
                quarter="2026Q1",
                whom="Invented",
                asked_by=coordinator.account_id,
                asked_at=uow.now - timedelta(hours=1),
                settled_by=UUID(str(chair)),
                approved_at=uow.now,
            )
        )
