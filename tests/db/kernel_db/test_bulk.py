"""Many rows at once come in as they would one by one, and an error gives nothing away."""

from datetime import date
from uuid import uuid4

import pytest
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from hub.db.bulk import insert_many
from hub.kernel.actor import system
from hub.people.models import Person
from hub.people.states import SupportStatus

HUB = system("test")
AWKWARD = "Zoë\tO'Zzy \\. \n\r\\N \\x41 ,\"“"


def row(uow, **values):
    made = {
        "id": uow.new_id(),
        "reference": uow.ids.reference(),
        "given_name": "Ann",
        "family_name": "Zzyfield",
        "date_of_birth": None,
        "support_status": SupportStatus.DUTY,
        "is_restricted": False,
        "created_at": uow.now,
        "version": 1,
    }
    return made | values


def write(units, *rows):
    with units.write(HUB) as uow:
        made = [row(uow, **values) for values in rows]
        insert_many(uow.session.connection(), Person.__table__, made)
    return made


def test_every_kind_of_value_is_the_same_afterwards(units):
    made = write(
        units,
        {"given_name": AWKWARD, "date_of_birth": date(2008, 2, 29), "is_restricted": True},
        {"given_name": ""},
    )
    with units.read(HUB) as uow:
        for wanted in made:
            found = uow.session.get_one(Person, wanted["id"])
            assert {name: getattr(found, name) for name in wanted} == wanted
            assert (found.source_id, found.nhs_number) == (None, None)


def test_nothing_to_write_is_nothing(units):
    write(units)
    with units.read(HUB) as uow:
        assert uow.session.scalars(select(Person)).all() == []


def test_an_error_is_that_of_any_statement_and_names_no_value(units):
    one = uuid4()
    with pytest.raises(IntegrityError) as no:
        write(units, {"id": one}, {"id": one, "given_name": "Xanthippe"})
    assert "Xanthippe" not in str(no.value)
    with units.read(HUB) as uow:
        assert uow.session.scalars(select(Person)).all() == []
