"""What can be done to the directory. The last two are for reactions of other rooms' events."""

from hub.agencies.commands.absences import SaveAbsence, remove_absence, save_absence
from hub.agencies.commands.contacts import (
    EndWork,
    SaveContact,
    check_contact,
    contact_is_live,
    doubt_address,
    end_work,
    save_contact,
)
from hub.agencies.commands.places import SaveAgency, SaveOffice, save_agency, save_office
from hub.agencies.commands.services import (
    SaveService,
    SaveTeam,
    check_service,
    save_service,
    save_team,
)

__all__ = [
    "EndWork",
    "SaveAbsence",
    "SaveAgency",
    "SaveContact",
    "SaveOffice",
    "SaveService",
    "SaveTeam",
    "check_contact",
    "check_service",
    "contact_is_live",
    "doubt_address",
    "end_work",
    "remove_absence",
    "save_absence",
    "save_agency",
    "save_contact",
    "save_office",
    "save_service",
    "save_team",
]
