"""What the directory tells: this room's pages and the rooms above ask here."""

from hub.agencies.queries.contacts import (
    ContactRow,
    TeamRow,
    absences_of,
    contact,
    contacts_by_id,
    desks_of,
    managers_of,
    teams,
)
from hub.agencies.queries.services import (
    OfficeRow,
    ServiceRow,
    leaving_care_service_for,
    offices_of,
    public_services,
    services,
)

__all__ = [
    "ContactRow",
    "OfficeRow",
    "ServiceRow",
    "TeamRow",
    "absences_of",
    "contact",
    "contacts_by_id",
    "desks_of",
    "leaving_care_service_for",
    "managers_of",
    "offices_of",
    "public_services",
    "services",
    "teams",
]
