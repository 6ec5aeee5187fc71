"""What everybody may see: services and duty contacts, found by place and by need.

What is typed is posted and never stands in an address: the history of a browser that somebody
shares must not tell which help was looked for.
"""

from dataclasses import dataclass
from uuid import UUID

from flask import request, url_for
from flask.typing import ResponseReturnValue

from hub.agencies.access import open_service
from hub.agencies.pages.blueprint import pages
from hub.agencies.queries.contacts import ContactRow, desks_of
from hub.agencies.queries.search import ServiceAnswer, answer, answers_for, search
from hub.agencies.queries.services import OfficeRow, offices_of, public_services, services
from hub.agencies.rules.cover import Freshness, freshness
from hub.agencies.rules.hours import Openness, openness
from hub.agencies.schemas import SearchForm
from hub.db.units import UnitOfWork
from hub.kernel.actor import PUBLIC
from hub.kernel.errors import NotFoundError
from hub.web.current import settings, units
from hub.web.forms import blank, read
from hub.web.guard import public_endpoint
from hub.web.render import Page, Task, page, task

FIND = task("Find a service")
SERVICE = task("Service")
LISTED = 25


@dataclass(frozen=True, kw_only=True)
class ServicesPage(Page):
    """The search box and what it found, or else the list of all services."""

    title: Task = FIND
    answers: tuple[ServiceAnswer, ...] = ()
    is_search: bool = False
    lost: str = ""
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class DeskView:
    """A public duty desk and whether it answers now."""

    contact: ContactRow
    openness: Openness


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """One service as the public sees it."""

    title: Task = SERVICE
    answer: ServiceAnswer
    desks: tuple[DeskView, ...]
    offices: tuple[OfficeRow, ...]
    checked: Freshness


@pages.route("/services", methods=["GET", "POST"], endpoint="services")
@public_endpoint("service:find")
def services_page() -> ResponseReturnValue:
    """Answer who to ring, or list the services."""
    if request.method == "GET":
        with units().read(PUBLIC) as uow:
            return _listed(uow)
    reading = read(SearchForm, request.form)
    if reading.value is None:
        return page("agencies/services.html", ServicesPage(form=reading.form, is_search=True))
    with units().read(PUBLIC) as uow:
        found = search(uow, reading.value)
    shown = ServicesPage(
        form=reading.form, answers=found.services, is_search=True, lost=" ".join(found.lost)
    )
    return page("agencies/services.html", shown)


@pages.get("/services/<uuid:service_id>")
@public_endpoint("service:read")
def service(service_id: UUID) -> ResponseReturnValue:
    """Show one public service; for anybody, signed in or not, it is the same page."""
    with units().read(PUBLIC) as uow:
        open_service(uow, service_id)
        shown = _service(uow, service_id)
    return page("agencies/service.html", shown)


def _listed(uow: UnitOfWork) -> ResponseReturnValue:
    after = _place(uow, request.args.get("after", ""))
    rows = public_services(uow, after=after, limit=LISTED + 1)
    more = rows[LISTED - 1].id if len(rows) > LISTED else None
    shown = ServicesPage(
        form=blank(SearchForm),
        answers=answers_for(uow, rows[:LISTED]),
        next_href=url_for("agencies.services", after=more) if more else "",
    )
    return page("agencies/services.html", shown)


def _place(uow: UnitOfWork, text: str) -> tuple[str, UUID] | None:
    """Return where a page of the list begins. Raises NotFoundError for an id of nothing public."""
    if not text:
        return None
    try:
        row = open_service(uow, UUID(text))
    except ValueError as error:
        raise NotFoundError("no such page") from error
    return row.name, row.id


def _service(uow: UnitOfWork, service_id: UUID) -> ServicePage:
    row = services(uow, [service_id])[0]
    desks = [desk for desk in desks_of(uow, [service_id]) if desk.is_public]
    offices = tuple(
        office
        for office in offices_of(uow, [row.agency_id])
        if office.is_public and office.service_id in (None, row.id)
    )
    stale_after = settings().directory.stale_after_days
    return ServicePage(
        heading=row.name,
        back=url_for("agencies.services"),
        answer=answer(row, desks[0] if desks else None, None, 1.0, uow),
        desks=tuple(DeskView(desk, openness(desk.hours, uow.now)) for desk in desks),
        offices=offices,
        checked=freshness(row.checked_on, uow.today, stale_after),
    )
