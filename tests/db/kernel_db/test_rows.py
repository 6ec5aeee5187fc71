"""A sealed value belongs to its row: moved to another one it does not open. Threat T12."""

from datetime import date
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, bindparam, select, type_coerce, update
from sqlalchemy.orm import aliased

from hub.kernel.actor import system
from hub.people.models import Person

HUB = system("test")
BORN = date(2007, 2, 28)


def person(units, name):
    person_id = uuid4()
    with units.write(HUB) as uow:
        uow.session.add(
            Person(
                id=person_id,
                reference=uow.ids.reference(),
                given_name=name,
                family_name="Zzyfield",
                date_of_birth=BORN,
                created_at=uow.now,
            )
        )
    return person_id


def raw(units, person_id, column):
    with units.read(HUB) as uow:
        wanted = select(type_coerce(column, LargeBinary)).where(Person.id == person_id)
        return uow.session.execute(wanted).scalar_one()


def put(units, person_id, column, value):
    with units.write(HUB) as uow:
        sealed = bindparam("sealed", value, type_=LargeBinary)
        uow.session.execute(update(Person).where(Person.id == person_id).values({column: sealed}))


@pytest.mark.parametrize("column", [Person.given_name, Person.date_of_birth])
def test_a_value_moved_to_another_row_does_not_open(units, column):
    one, other = person(units, "Ann"), person(units, "Bea")
    put(units, other, column, raw(units, one, column))

    for wanted in (select(column), select(Person)):
        with units.read(HUB) as uow, pytest.raises(InvalidTag):
            uow.session.execute(wanted.where(Person.id == other)).all()
    with units.read(HUB) as uow:
        assert uow.session.execute(select(column).where(Person.id == one)).scalar_one()


def test_a_value_opens_in_its_row_however_it_is_read(units):
    one = person(units, "Ann")
    again = aliased(Person)

    with units.read(HUB) as uow:
        assert uow.session.get_one(Person, one).given_name == "Ann"
        row = uow.session.execute(select(again.given_name, again.date_of_birth, again.known_as))
        assert tuple(row.one()) == ("Ann", BORN, None)
        both = select(Person.given_name, again.given_name).join(again, again.id == Person.id)
        assert tuple(uow.session.execute(both).one()) == ("Ann", "Ann")
        called = uow.session.execute(select(Person.given_name.label("called"))).one()
        assert called.called == "Ann"


def test_a_changed_value_is_bound_again_and_an_unchanged_one_is_left_alone(units):
    one = person(units, "Ann")
    before = raw(units, one, Person.given_name), raw(units, one, Person.family_name)
    with units.write(HUB) as uow:
        row = uow.session.get_one(Person, one)
        row.given_name, row.family_name = "Anna", "Zzyfield"
        row.date_of_birth = BORN.replace(year=2008)

    after = raw(units, one, Person.given_name), raw(units, one, Person.family_name)
    assert after[0] != before[0]
    assert after[1] == before[1]
    other = person(units, "Bea")
    put(units, other, Person.given_name, after[0])
    with units.read(HUB) as uow, pytest.raises(InvalidTag):
        uow.session.execute(select(Person.given_name).where(Person.id == other)).all()


def test_what_was_sealed_before_rows_were_in_the_seal_still_opens(units, keyring):
    one = person(units, "Ann")
    put(units, one, Person.given_name, keyring.seal("Olive", "person.given_name"))

    with units.read(HUB) as uow:
        assert uow.session.scalar(select(Person.given_name)) == "Olive"


def test_a_value_without_its_row_is_not_read_at_all(units):
    inner = select(Person.given_name).subquery()
    with units.read(HUB) as uow, pytest.raises(TypeError, match="without its row"):
        uow.session.execute(select(inner.c.given_name))
