"""The steering group's page: what was not done, by agency and age, with references only."""

from dataclasses import dataclass
from datetime import date

from flask.typing import ResponseReturnValue

from hub.access.permissions import Fact, Permission, may
from hub.marac.pages.blueprint import pages
from hub.marac.queries.steering import AreaStanding, standing_of_areas
from hub.web import current
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

STEERING = task("Steering group")


@dataclass(frozen=True, kw_only=True)
class SteeringPage(Page):
    """The areas of the reader; who runs meetings can go on to an action."""

    title: Task = STEERING
    wide: bool = True
    areas: tuple[AreaStanding, ...]
    today: date
    runs: bool


@pages.get("/steering")
@policy(Permission.STEERING_READ)
def steering() -> ResponseReturnValue:
    """Show what was not done in the areas of the reader's agency; nobody is named."""
    with current.units().read(current.actor()) as uow:
        areas, today = standing_of_areas(uow), uow.today
    runs = may(current.actor(), Permission.HEARING_RECORD, {Fact.SAME_AREA})
    return page("marac/steering.html", SteeringPage(areas=areas, today=today, runs=runs))
