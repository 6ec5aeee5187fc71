"""The keys: sealed values, blind indexes, marks, and the file that they live in."""

import json
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag
from sqlalchemy import LargeBinary, select, type_coerce, update

from hub.db.engine import make_engine
from hub.db.keyring import UnsafeKeysError, open_keyring
from hub.db.types import keyring_of
from hub.kernel.actor import system
from hub.people.models import Person

HUB = system("test")


@pytest.fixture
def keys(tmp_path):
    return open_keyring(tmp_path / "data")


def test_keys_are_made_once_and_kept_for_the_owner_alone(tmp_path):
    first = open_keyring(tmp_path / "data")
    assert open_keyring(tmp_path / "data") == first
    assert (tmp_path / "data" / "hub.keys").stat().st_mode & 0o777 == 0o600
    assert len({first.fields, first.index, first.audit, first.web, first.mail}) == 5


def test_processes_starting_at_once_end_with_the_same_keys(tmp_path):
    with ThreadPoolExecutor(8) as pool:
        made = list(pool.map(lambda _: open_keyring(tmp_path / "data"), range(8)))
    assert len({keys.fields for keys in made}) == 1
    assert [path.name for path in (tmp_path / "data").iterdir()] == ["hub.keys"]


def test_keys_that_others_may_read_are_refused(tmp_path, keys):
    (tmp_path / "data" / "hub.keys").chmod(0o640)
    with pytest.raises(UnsafeKeysError, match="chmod 600"):
        open_keyring(tmp_path / "data")


@pytest.mark.parametrize(("rights", "is_safe"), [(0o777, False), (0o755, True), (0o1777, True)])
def test_a_folder_in_which_anybody_may_swap_the_keys_is_refused(tmp_path, keys, rights, is_safe):
    (tmp_path / "data").chmod(rights)
    if is_safe:
        assert open_keyring(tmp_path / "data") == keys
    else:
        with pytest.raises(UnsafeKeysError, match="chmod 700"):
            open_keyring(tmp_path / "data")


@pytest.mark.parametrize("text", ["", "[]", '{"fields": "zz"}', json.dumps({"fields": "00"})])
def test_a_broken_key_file_is_refused(tmp_path, keys, text):
    (tmp_path / "data" / "hub.keys").write_text(text)
    with pytest.raises(UnsafeKeysError, match="not a whole key file"):
        open_keyring(tmp_path / "data")


def test_a_seal_opens_in_its_own_place_only(keys):
    sealed = keys.seal("Ánná", "person.given_name")
    assert keys.unseal(sealed, "person.given_name") == "Ánná"
    with pytest.raises(InvalidTag):
        keys.unseal(sealed, "person.family_name")
    with pytest.raises(InvalidTag):
        keys.unseal(sealed[:-1] + bytes([sealed[-1] ^ 1]), "person.given_name")


def test_the_same_text_is_never_sealed_alike(keys):
    assert keys.seal("Anna", "person.given_name") != keys.seal("Anna", "person.given_name")


def test_a_blind_index_is_stable_by_use_and_fits_a_big_integer(keys):
    one = keys.blind("nhs", "9990000018")
    assert one == keys.blind("nhs", "9990000018")
    assert one != keys.blind("name", "9990000018")
    assert all(-(2**63) <= keys.blind("nhs", str(n)) < 2**63 for n in range(200))


def test_a_mark_cannot_be_made_without_the_key(tmp_path, keys):
    other = open_keyring(tmp_path / "other")
    assert keys.mark("account_invitation", "1") == keys.mark("account_invitation", "1")
    assert keys.mark("account_invitation", "1") != other.mark("account_invitation", "1")
    assert keys.mark("account_invitation", "1") != keys.mark("message", "1")
    assert len(keys.mark("account_invitation", "1")) == 40


def test_personal_fields_are_bytes_in_the_database_and_words_in_the_house(units):
    person_id = uuid4()
    with units.write(HUB) as uow:
        uow.session.add(
            Person(
                id=person_id,
                reference="TEST",
                given_name="Qixanna",
                family_name="Zzyfield",
                date_of_birth=date(2007, 2, 28),
                created_at=uow.now,
            )
        )
    with units.read(HUB) as uow:
        raw = uow.session.execute(
            select(
                type_coerce(Person.given_name, LargeBinary),
                type_coerce(Person.date_of_birth, LargeBinary),
            )
        ).one()
        kept = uow.session.execute(
            select(Person.given_name, Person.date_of_birth, Person.known_as)
        ).one()
    assert b"Qixanna" not in bytes(raw[0])
    assert b"2007" not in bytes(raw[1])
    assert tuple(kept) == ("Qixanna", date(2007, 2, 28), None)


def test_a_value_moved_to_another_column_does_not_open(units):
    with units.write(HUB) as uow:
        person = Person(
            id=uuid4(), reference="T", given_name="Ann", family_name="Zed", created_at=uow.now
        )
        uow.session.add(person)
    with units.write(HUB) as uow:
        uow.session.execute(
            update(Person).values({Person.known_as: type_coerce(Person.family_name, LargeBinary)})
        )
    with units.read(HUB) as uow, pytest.raises(InvalidTag):
        uow.session.execute(select(Person.known_as)).all()


def test_an_engine_without_keys_cannot_seal(engine, monkeypatch):
    monkeypatch.delattr(engine.dialect, "hub_keyring")
    with pytest.raises(TypeError, match="without keys"):
        keyring_of(engine.dialect)


def test_a_url_that_is_none_is_refused(keyring):
    with pytest.raises(Exception, match="(?i)could not parse"):
        make_engine("nonsense", keyring)
