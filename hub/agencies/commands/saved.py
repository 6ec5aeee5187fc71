"""An entry as it is saved now, in the shape of the command that would save it so."""

from hub.agencies.commands.contacts import SaveContact
from hub.agencies.commands.places import SaveAgency, SaveOffice
from hub.agencies.commands.services import SaveService, SaveTeam
from hub.agencies.queries.contacts import ContactRow, TeamRow
from hub.agencies.queries.present import AgencyRow
from hub.agencies.queries.services import OfficeRow, ServiceRow
from hub.agencies.rules.entries import AgencyFacts, ContactFacts, OfficeFacts, ServiceFacts

Row = AgencyRow | ServiceRow | OfficeRow | TeamRow | ContactRow
Command = SaveAgency | SaveService | SaveOffice | SaveTeam | SaveContact


def as_command(row: Row) -> Command:
    """Return the command, without a version, that leaves the entry as it is."""
    if isinstance(row, AgencyRow):
        facts = AgencyFacts(name=row.name, kind=row.kind, areas=row.areas)
        return SaveAgency(agency_id=row.id, facts=facts)
    if isinstance(row, ServiceRow):
        return _service(row)
    if isinstance(row, OfficeRow):
        return _office(row)
    if isinstance(row, TeamRow):
        return SaveTeam(
            service_id=row.service_id,
            team_id=row.id,
            name=row.name,
            office_id=row.office_id,
            manager_id=row.manager_id,
        )
    return _contact(row)


def _service(row: ServiceRow) -> SaveService:
    return SaveService(
        agency_id=row.agency_id,
        service_id=row.id,
        authority_id=row.authority_id,
        facts=ServiceFacts(
            kind=row.kind,
            name=row.name,
            description=row.description,
            is_public=row.is_public,
            phone=row.phone,
            email=row.email,
            hours=row.hours,
            out_of_hours=row.out_of_hours,
        ),
    )


def _office(row: OfficeRow) -> SaveOffice:
    return SaveOffice(
        agency_id=row.agency_id,
        office_id=row.id,
        service_id=row.service_id,
        facts=OfficeFacts(
            name=row.name,
            address=row.address,
            postcode=row.postcode,
            phone=row.phone,
            is_public=row.is_public,
            serves=tuple(sorted(row.serves)),
        ),
    )


def _contact(row: ContactRow) -> SaveContact:
    return SaveContact(
        agency_id=row.agency_id,
        contact_id=row.id,
        service_id=row.service_id,
        team_id=row.team_id,
        office_id=row.office_id,
        deputy_id=row.deputy_id,
        facts=ContactFacts(
            role=row.role,
            name=row.name,
            email=row.email,
            phone=row.phone,
            is_work_mobile=row.is_work_mobile,
            hours=row.hours,
            out_of_hours=row.out_of_hours,
            is_public=row.is_public,
            preference=row.preference,
            works_from=row.works_from,
            works_until=row.works_until,
        ),
    )
