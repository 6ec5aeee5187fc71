"""Forms of agencies, services, offices and teams."""

from uuid import UUID

from flask import url_for
from flask.typing import ResponseReturnValue

from hub.access.permissions import Permission
from hub.agencies import commands
from hub.agencies.access import may_edit, open_agency, open_office, open_service, open_team
from hub.agencies.commands.places import SaveAgency, SaveOffice
from hub.agencies.commands.services import SaveService, SaveTeam
from hub.agencies.pages.blueprint import pages
from hub.agencies.pages.filling import Edit, Group, fill_in
from hub.agencies.queries.lists import authorities, colleagues
from hub.agencies.queries.services import areas_of, offices_of, services_of_agency
from hub.agencies.schemas import (
    AgencyAnswers,
    AgencyForm,
    OfficeAnswers,
    OfficeForm,
    ServiceAnswers,
    ServiceForm,
    TeamAnswers,
    TeamForm,
)
from hub.db.units import UnitOfWork
from hub.kernel.errors import NotFoundError
from hub.web.current import actor, units
from hub.web.guard import policy
from hub.web.render import task
from hub.web.values import Option

ADD_AGENCY = task("Add an agency")
CHANGE_AGENCY = task("Change an agency")
ADD_SERVICE = task("Add a service")
CHANGE_SERVICE = task("Change a service")
ADD_OFFICE = task("Add an office")
CHANGE_OFFICE = task("Change an office")
ADD_TEAM = task("Add a team")
CHANGE_TEAM = task("Change a team")
SERVICE_GROUPS = (
    Group("The service", ("name", "kind", "authority", "description")),
    Group("How to reach it", ("phone", "email", "hours", "out_of_hours")),
    Group("Who may see it", ("is_public",)),
)
OFFICE_GROUPS = (
    Group("The office", ("name", "service", "address", "postcode", "phone")),
    Group("Where it works", ("serves",)),
    Group("Who may see it", ("is_public",)),
)


def need_edit(uow: UnitOfWork, agency_id: UUID | None) -> None:
    """Go on only if the actor may change the agency's entries. Raises NotFoundError."""
    if not may_edit(uow, agency_id):
        raise NotFoundError("not this actor's to change")


@pages.route("/directory/agencies/add", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def add_agency() -> ResponseReturnValue:
    """Ask for a new agency."""
    with units().read(actor()) as uow:
        need_edit(uow, None)

    def save(uow: UnitOfWork, answers: AgencyAnswers) -> UUID:
        return commands.save_agency(SaveAgency(facts=answers.facts), uow=uow)

    return fill_in(
        Edit(
            shape=AgencyForm,
            title=ADD_AGENCY,
            heading="Add an agency",
            back=url_for("agencies.directory"),
            save=save,
            done=lambda row_id: url_for("agencies.agency", agency_id=row_id),
        )
    )


@pages.route("/directory/agencies/<uuid:agency_id>/change", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def change_agency(agency_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about an agency."""
    with units().read(actor()) as uow:
        row = open_agency(uow, agency_id)
        need_edit(uow, agency_id)
        areas = "\n".join(areas_of(uow, [agency_id]).get(agency_id, ()))
        edit = Edit(
            shape=AgencyForm,
            title=CHANGE_AGENCY,
            heading=f"Change {row.name}",
            back=url_for("agencies.agency", agency_id=agency_id),
            values={"name": row.name, "kind": row.kind, "areas": areas},
            version=row.version,
            save=lambda uow, answers: commands.save_agency(
                SaveAgency(agency_id=agency_id, version=answers.version, facts=answers.facts),
                uow=uow,
            ),
            done=lambda row_id: url_for("agencies.agency", agency_id=row_id),
        )
    return fill_in(edit)


@pages.route("/directory/agencies/<uuid:agency_id>/services/add", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def add_service(agency_id: UUID) -> ResponseReturnValue:
    """Ask for a new service of an agency."""
    with units().read(actor()) as uow:
        need_edit(uow, open_agency(uow, agency_id).id)
        edit = _service_edit(uow, agency_id, None)
    return fill_in(edit)


@pages.route("/directory/services/<uuid:service_id>/change", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def change_service(service_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about a service."""
    with units().read(actor()) as uow:
        agency_id = open_service(uow, service_id).agency_id
        need_edit(uow, agency_id)
        edit = _service_edit(uow, agency_id, service_id)
    return fill_in(edit)


@pages.route("/directory/agencies/<uuid:agency_id>/offices/add", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def add_office(agency_id: UUID) -> ResponseReturnValue:
    """Ask for a new office of an agency."""
    with units().read(actor()) as uow:
        need_edit(uow, open_agency(uow, agency_id).id)
        edit = _office_edit(uow, agency_id, None)
    return fill_in(edit)


@pages.route("/directory/offices/<uuid:office_id>/change", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def change_office(office_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about an office."""
    with units().read(actor()) as uow:
        agency_id = open_office(uow, office_id).agency_id
        need_edit(uow, agency_id)
        edit = _office_edit(uow, agency_id, office_id)
    return fill_in(edit)


@pages.route("/directory/services/<uuid:service_id>/teams/add", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def add_team(service_id: UUID) -> ResponseReturnValue:
    """Ask for a new team of a service."""
    with units().read(actor()) as uow:
        need_edit(uow, open_service(uow, service_id).agency_id)
        edit = _team_edit(uow, service_id, None)
    return fill_in(edit)


@pages.route("/directory/teams/<uuid:team_id>/change", methods=["GET", "POST"])
@policy(Permission.DIRECTORY_EDIT)
def change_team(team_id: UUID) -> ResponseReturnValue:
    """Ask what is to change about a team."""
    with units().read(actor()) as uow:
        service_id = open_team(uow, team_id).service_id
        need_edit(uow, open_service(uow, service_id).agency_id)
        edit = _team_edit(uow, service_id, team_id)
    return fill_in(edit)


def _service_edit(
    uow: UnitOfWork, agency_id: UUID, service_id: UUID | None
) -> Edit[ServiceAnswers]:
    row = open_service(uow, service_id) if service_id else None
    names = ("name", "kind", "description", "phone", "email", "hours", "out_of_hours", "is_public")
    values: dict[str, object] = {"is_public": True}
    if row is not None:
        values = {name: getattr(row, name) for name in names} | {"authority": row.authority_id}

    def save(uow: UnitOfWork, answers: ServiceAnswers) -> UUID:
        cmd = SaveService(
            agency_id=agency_id,
            service_id=service_id,
            version=answers.version,
            authority_id=answers.authority_id,
            facts=answers.facts,
        )
        return commands.save_service(cmd, uow=uow)

    back = url_for("agencies.agency", agency_id=agency_id)
    return Edit(
        shape=ServiceForm,
        title=CHANGE_SERVICE if row else ADD_SERVICE,
        heading=f"Change {row.name}" if row else "Add a service",
        back=url_for("agencies.staff_service", service_id=service_id) if row else back,
        values=values,
        options={"authority": tuple(Option(str(each.id), each.name) for each in authorities(uow))},
        groups=SERVICE_GROUPS,
        version=row.version if row else 0,
        save=save,
        done=lambda row_id: url_for("agencies.staff_service", service_id=row_id),
        saved="Saved, and marked as checked today",
    )


def _office_edit(uow: UnitOfWork, agency_id: UUID, office_id: UUID | None) -> Edit[OfficeAnswers]:
    row = next((each for each in offices_of(uow, [agency_id]) if each.id == office_id), None)
    names = ("name", "address", "postcode", "phone", "is_public")
    values: dict[str, object] = {"is_public": True}
    if row is not None:
        values = {name: getattr(row, name) for name in names}
        values |= {"service": row.service_id, "serves": "\n".join(row.serves)}

    def save(uow: UnitOfWork, answers: OfficeAnswers) -> UUID:
        cmd = SaveOffice(
            agency_id=agency_id,
            office_id=office_id,
            version=answers.version,
            service_id=answers.service_id,
            facts=answers.facts,
        )
        return commands.save_office(cmd, uow=uow)

    own = services_of_agency(uow, agency_id)
    return Edit(
        shape=OfficeForm,
        title=CHANGE_OFFICE if row else ADD_OFFICE,
        heading=f"Change the {row.name} office" if row else "Add an office",
        back=url_for("agencies.agency", agency_id=agency_id),
        values=values,
        options={"service": tuple(Option(str(each.id), each.name) for each in own)},
        groups=OFFICE_GROUPS,
        version=row.version if row else 0,
        save=save,
        done=lambda _: url_for("agencies.agency", agency_id=agency_id),
    )


def _team_edit(uow: UnitOfWork, service_id: UUID, team_id: UUID | None) -> Edit[TeamAnswers]:
    service = open_service(uow, service_id)
    row = open_team(uow, team_id) if team_id else None
    offices = offices_of(uow, [service.agency_id])
    people = colleagues(uow, service_id)
    back = url_for("agencies.staff_service", service_id=service_id)

    def save(uow: UnitOfWork, answers: TeamAnswers) -> UUID:
        cmd = SaveTeam(
            service_id=service_id,
            team_id=team_id,
            version=answers.version,
            name=answers.name,
            office_id=answers.office_id,
            manager_id=answers.manager_id,
        )
        return commands.save_team(cmd, uow=uow)

    return Edit(
        shape=TeamForm,
        title=CHANGE_TEAM if row else ADD_TEAM,
        heading=f"Change the {row.name} team" if row else "Add a team",
        back=back,
        values={
            "name": row.name if row else None,
            "office": row.office_id if row else None,
            "manager": row.manager_id if row else None,
        },
        options={
            "office": tuple(Option(str(each.id), each.name) for each in offices),
            "manager": tuple(Option(str(each.id), each.name) for each in people),
        },
        version=row.version if row else 0,
        save=save,
        done=lambda _: back,
    )
