"""The directory for people signed in: search, agencies, services, and what wants checking."""

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from flask import flash, redirect, request, url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission, may
from hub.agencies import commands
from hub.agencies.access import may_edit, open_agency, open_service
from hub.agencies.pages.blueprint import pages
from hub.agencies.pages.words import agency_word, role_word, service_word
from hub.agencies.queries.contacts import ContactRow, TeamRow, teams
from hub.agencies.queries.lists import (
    AgencyLine,
    agencies_page,
    contacts_page,
    stale_contacts,
    stale_services,
)
from hub.agencies.queries.search import ServiceAnswer, answers_for, search
from hub.agencies.queries.services import (
    OfficeRow,
    ServiceRow,
    areas_of,
    offices_of,
    services,
    services_of_agency,
)
from hub.agencies.rules.cover import Freshness, freshness
from hub.agencies.schemas import SearchForm
from hub.db.units import UnitOfWork
from hub.kernel.actor import Role
from hub.kernel.errors import NotFoundError
from hub.web.current import actor, settings, units
from hub.web.forms import blank, read
from hub.web.guard import policy
from hub.web.render import Page, Task, page, task
from hub.web.values import Link

DIRECTORY = task("Contact directory")
AGENCY = task("Agency")
SERVICE = task("Service in the directory")
STALE = task("Entries to check")
HOME_CRUMB = "Contact directory"


@dataclass(frozen=True, slots=True)
class PersonLine:
    """A contact in a list: the role in words, and how fresh the entry is."""

    contact: ContactRow
    role: str
    fresh: Freshness


@dataclass(frozen=True, slots=True)
class AgencyView:
    """An agency in a list, its kind in words."""

    row: AgencyLine
    kind: str


@dataclass(frozen=True, kw_only=True)
class DirectoryPage(Page):
    """The search box with what it found, or else the agencies."""

    title: Task = DIRECTORY
    wide: bool = True
    answers: tuple[ServiceAnswer, ...] = ()
    people: tuple[PersonLine, ...] = ()
    is_search: bool = False
    lost: str = ""
    agencies: tuple[AgencyView, ...] = ()
    may_import: bool = False
    may_add: bool = False
    next_href: str = ""


KNOW_WHY = (Role.ADMINISTRATOR, Role.GOVERNANCE_LEAD)
"""Who reads why an agency does not take part."""


@dataclass(frozen=True, kw_only=True)
class AgencyPage(Page):
    """One agency with its services, offices and people."""

    title: Task = AGENCY
    wide: bool = True
    agency_id: UUID
    areas: str
    services: tuple[ServiceAnswer, ...]
    offices: tuple[OfficeRow, ...]
    people: tuple[PersonLine, ...]
    may_edit: bool
    version: int
    is_suspended: bool
    suspended_why: str
    """Why it does not take part, for those who may know."""
    may_suspend: bool
    next_href: str = ""


@dataclass(frozen=True, kw_only=True)
class ServicePage(Page):
    """One service with its teams and people."""

    title: Task = SERVICE
    wide: bool = True
    answer: ServiceAnswer
    kind: str
    offices: tuple[OfficeRow, ...]
    teams: tuple[TeamRow, ...]
    people: tuple[PersonLine, ...]
    fresh: Freshness
    may_edit: bool
    next_href: str = ""


@dataclass(frozen=True, slots=True)
class StaleService:
    """A service that wants checking."""

    row: ServiceRow
    fresh: Freshness


@dataclass(frozen=True, kw_only=True)
class StalePage(Page):
    """What nobody has checked for too long, the oldest first."""

    title: Task = STALE
    wide: bool = True
    days: int
    people: tuple[PersonLine, ...]
    services: tuple[StaleService, ...]
    next_href: str = ""


@pages.route("/directory", methods=["GET", "POST"], endpoint="directory")
@policy(Permission.DIRECTORY_READ)
def directory_page() -> ResponseReturnValue:
    """Answer who to reach, staff included, or list the agencies."""
    if request.method == "GET":
        with units().read(actor()) as uow:
            return _listed(uow)
    reading = read(SearchForm, request.form)
    if reading.value is None:
        return page("agencies/directory.html", DirectoryPage(form=reading.form, is_search=True))
    with units().read(actor()) as uow:
        found = search(uow, reading.value)
        shown = DirectoryPage(
            form=reading.form,
            answers=found.services,
            people=lines_of(uow, found.contacts),
            is_search=True,
            lost=" ".join(found.lost),
        )
    return page("agencies/directory.html", shown)


@pages.get("/directory/agencies/<uuid:agency_id>")
@policy(Permission.DIRECTORY_READ)
def agency(agency_id: UUID) -> ResponseReturnValue:
    """Show an agency."""
    with units().read(actor()) as uow:
        row = open_agency(uow, agency_id)
        people, more = contacts_page(uow, agency_id=agency_id, after=wanted_after())
        here = url_for("agencies.agency", agency_id=agency_id, after=more)
        shown = AgencyPage(
            heading=row.name,
            caption=agency_word(row.kind),
            crumbs=(Link(HOME_CRUMB, url_for("agencies.directory")),),
            agency_id=row.id,
            areas=", ".join(areas_of(uow, [row.id]).get(row.id, ())),
            services=answers_for(uow, services_of_agency(uow, agency_id)),
            offices=offices_of(uow, [agency_id]),
            people=lines_of(uow, people),
            may_edit=may_edit(uow, row.id),
            version=row.version,
            is_suspended=row.suspended_at is not None,
            suspended_why=(row.suspended_why or "") if actor().has(*KNOW_WHY) else "",
            may_suspend=may(actor(), Permission.AGENCY_SUSPEND),
            next_href=here if more else "",
        )
    return page("agencies/agency.html", shown)


@pages.get("/directory/services/<uuid:service_id>")
@policy(Permission.DIRECTORY_READ)
def staff_service(service_id: UUID) -> ResponseReturnValue:
    """Show a service with the people who deliver it."""
    with units().read(actor()) as uow:
        open_service(uow, service_id)
        row = services(uow, [service_id])[0]
        people, more = contacts_page(uow, service_id=service_id, after=wanted_after())
        here = url_for("agencies.staff_service", service_id=service_id, after=more)
        shown = ServicePage(
            heading=row.name,
            caption=row.agency,
            crumbs=(
                Link(HOME_CRUMB, url_for("agencies.directory")),
                Link(row.agency, url_for("agencies.agency", agency_id=row.agency_id)),
            ),
            answer=answers_for(uow, [row])[0],
            kind=service_word(row.kind),
            offices=tuple(
                office
                for office in offices_of(uow, [row.agency_id])
                if office.service_id in (None, row.id)
            ),
            teams=teams(uow, [row.id]),
            people=lines_of(uow, people),
            fresh=fresh(uow, row.checked_on),
            may_edit=may_edit(uow, row.agency_id),
            next_href=here if more else "",
        )
    return page("agencies/staff_service.html", shown)


@pages.post("/directory/services/<uuid:service_id>/check")
@policy(Permission.DIRECTORY_EDIT)
def check_service(service_id: UUID) -> ResponseReturnValue:
    """Say that a service's entry is right."""
    with units().write(actor()) as uow:
        commands.check_service(service_id, uow=uow)
    flash("Thank you. The entry is marked as checked today.", "success")
    return redirect(url_for("agencies.staff_service", service_id=service_id), 303)


@pages.get("/directory/check")
@policy(Permission.CONTACT_CHECK)
def stale() -> ResponseReturnValue:
    """List what nobody has checked for too long: all for those who run the hub, else our own."""
    days = settings().directory.stale_after_days
    everywhere = actor().has(Role.ADMINISTRATOR, Role.COORDINATOR)
    own = None if everywhere else actor().agency_id
    after = _stale_after()
    with units().read(actor()) as uow:
        found = stale_contacts(uow, stale_after_days=days, agency_id=own, after=after)
        rows = () if after else stale_services(uow, stale_after_days=days, agency_id=own)
        shown = StalePage(
            back=url_for("agencies.directory"),
            days=days,
            people=lines_of(uow, found.contacts),
            services=tuple(
                StaleService(row, fresh(uow, row.checked_on))
                for row in rows
                if may_edit(uow, row.agency_id)
            ),
            next_href=_stale_href(found.next),
        )
    return page("agencies/stale.html", shown)


def fresh(uow: UnitOfWork, checked_on: date | None) -> Freshness:
    """Say how fresh an entry is by the hub's setting."""
    return freshness(checked_on, uow.today, settings().directory.stale_after_days)


def lines_of(uow: UnitOfWork, rows: tuple[ContactRow, ...]) -> tuple[PersonLine, ...]:
    """Return contacts as lists show them."""
    return tuple(PersonLine(row, role_word(row.role), fresh(uow, row.checked_on)) for row in rows)


def wanted_after() -> UUID | None:
    """Return the id after which a page of a list begins. Raises NotFoundError for no id."""
    text = request.args.get("after", "")
    try:
        return UUID(text) if text else None
    except ValueError as error:
        raise NotFoundError("no such page") from error


def _listed(uow: UnitOfWork) -> ResponseReturnValue:
    rows, more = agencies_page(uow, after=wanted_after())
    shown = DirectoryPage(
        form=blank(SearchForm),
        agencies=tuple(AgencyView(row, agency_word(row.kind)) for row in rows),
        may_import=may(uow.actor, Permission.DIRECTORY_IMPORT),
        may_add=may_edit(uow, None),
        next_href=url_for("agencies.directory", after=more) if more else "",
    )
    return page("agencies/directory.html", shown)


def _stale_after() -> tuple[date | None, UUID] | None:
    day, _, row_id = request.args.get("after", "").partition("_")
    if not row_id:
        return None
    try:
        return (date.fromisoformat(day) if day else None), UUID(row_id)
    except ValueError as error:
        raise NotFoundError("no such page") from error


def _stale_href(following: tuple[date | None, UUID] | None) -> str:
    if following is None:
        return ""
    day, row_id = following
    return url_for("agencies.stale", after=f"{day.isoformat() if day else ''}_{row_id}")
