"""Whom a request to a party reaches at this moment, and why others are passed over."""

from dataclasses import dataclass
from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.kernel.errors import NotFoundError
from hub.sharing.pages.agreement_forms import caption_of
from hub.sharing.pages.room import read_sheet, sharing
from hub.sharing.queries.spoc import Call, route_to
from hub.sharing.register.spoc import Route, Rung, Step
from hub.web.current import actor, settings, units
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task

ROUTE = task("Whom a request reaches")
PARTS = {
    Rung.CONTACT: "Single point of contact",
    Rung.COVER: "Covers while they are away",
    Rung.DEPUTY: "Deputy",
    Rung.DESK: "Duty desk",
    Rung.MANAGER: "Team manager",
    Rung.GOVERNANCE: "Information governance lead of the agency",
    Rung.HUB_GOVERNANCE: "Whoever is an information governance lead of the hub",
}


@dataclass(frozen=True)
class StepRow:
    """One rung in words."""

    name: str
    part: str
    now: str
    is_reached: bool


@dataclass(frozen=True, kw_only=True)
class RoutePage(Page):
    """The ladder of one party at this moment."""

    title: Task = ROUTE
    agency: str
    reached: str
    answers_now: bool
    steps: tuple[StepRow, ...]


@sharing.get("/agreements/<uuid:agreement_id>/parties/<uuid:agency_id>/route")
@policy(Permission.AGREEMENT_READ)
def route(agreement_id: UUID, agency_id: UUID) -> ResponseReturnValue:
    """Show whom a request to a party would reach now."""
    sheet = read_sheet(agreement_id)
    party = next((one for one in sheet.contents.parties if one.agency_id == agency_id), None)
    if party is None:
        raise NotFoundError("no such party")
    call = Call(agency_id=agency_id, agreement_id=agreement_id)
    stale_after = settings().directory.stale_after_days
    with units().read(actor()) as uow:
        found = route_to(uow, call, uow.now, stale_after_days=stale_after)
    shown = RoutePage(
        caption=caption_of(sheet),
        back=url_for("sharing.show", agreement_id=agreement_id),
        agency=party.agency,
        reached=_name(found.reached),
        answers_now=found.answers_now,
        steps=tuple(_row(step, found) for step in found.steps),
        wide=True,
    )
    return page("sharing/route.html", shown)


def _row(step: Step, found: Route) -> StepRow:
    is_reached = step is found.reached
    if step.rung is Rung.HUB_GOVERNANCE:
        return StepRow("Anybody", PARTS[step.rung], "If nobody else can be reached", is_reached)
    return StepRow(step.name or "Nobody", PARTS[step.rung], step.words, is_reached)


def _name(step: Step) -> str:
    """Return who is reached; the hub's governance leads have no name of their own here."""
    return step.name or "the information governance leads of the hub"
