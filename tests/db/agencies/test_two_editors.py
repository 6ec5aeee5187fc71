"""Two people who edit one entry, of which a part lies in rows of its own."""

from dataclasses import replace

import pytest

from hub.agencies import commands
from hub.agencies.commands import SaveAgency, SaveOffice
from hub.agencies.models import Agency, Office
from hub.agencies.rules.entries import AgencyFacts, OfficeFacts
from hub.kernel.actor import system
from hub.kernel.errors import ConflictError

HUB = system("test")


def save(units, command, cmd):
    with units.write(HUB) as uow:
        return command(cmd, uow=uow)


def test_the_areas_alone_are_an_edit_of_the_agency(directory, units):
    row = directory.row(Agency, directory.council)
    facts = AgencyFacts(name=row.name, kind=row.kind, areas=("Here", "There"))
    cmd = SaveAgency(agency_id=row.id, version=row.version, facts=facts)
    save(units, commands.save_agency, cmd)
    with pytest.raises(ConflictError) as conflict:
        save(units, commands.save_agency, replace(cmd, facts=replace(facts, areas=("Here",))))
    assert conflict.value.theirs["areas"] == "Here; There"


def test_the_places_served_alone_are_an_edit_of_the_office(directory, units):
    cmd = SaveOffice(agency_id=directory.council, facts=OfficeFacts(name="New office"))
    office = save(units, commands.save_office, cmd)
    again = replace(cmd, office_id=office, version=directory.row(Office, office).version)
    served = OfficeFacts(name="New office", serves=("Example Vale",))
    save(units, commands.save_office, replace(again, facts=served))
    with pytest.raises(ConflictError):
        save(units, commands.save_office, again)
