"""Each kind of file has its own folder and its own seal."""

from datetime import UTC, datetime
from uuid import uuid4

import pytest
from cryptography.exceptions import InvalidTag

from hub.db.files import FileStore, extension_of, kept_name
from kit.hub import TEST_KEYS

BEFORE = datetime(2000, 1, 1, tzinfo=UTC)
LONG_AFTER = datetime(2199, 1, 1, tzinfo=UTC)


@pytest.fixture
def concerns(tmp_path):
    return FileStore(tmp_path, TEST_KEYS)


@pytest.fixture
def agreements(tmp_path):
    return FileStore(tmp_path, TEST_KEYS, "agreement_copy")


def test_a_sweep_of_one_kind_leaves_the_files_of_another(concerns, agreements):
    ours, theirs = uuid4(), uuid4()
    concerns.put(ours, b"concern")
    agreements.put(theirs, b"agreement")

    assert concerns.sweep(set(), LONG_AFTER) == 1
    assert agreements.get(theirs) == b"agreement"
    assert agreements.sweep(set(), LONG_AFTER) == 1


def test_a_file_is_not_passed_off_as_one_of_another_kind(concerns, agreements):
    file_id = uuid4()
    concerns.put(file_id, b"concern")
    agreements.folder.mkdir()
    (concerns.folder / file_id.hex).rename(agreements.folder / file_id.hex)

    with pytest.raises(InvalidTag):
        agreements.get(file_id)


def test_a_young_file_is_not_swept(concerns):
    concerns.put(uuid4(), b"new")

    assert concerns.sweep(set(), BEFORE) == 0


def test_a_name_is_kept_without_what_cannot_be_printed():
    assert kept_name("a\x00b\u202e.pdf") == "ab.pdf"
    assert kept_name("x" * 200 + ".pdf") == "x" * 116 + ".pdf"


def test_a_file_is_handed_out_under_the_extension_of_its_type():
    assert extension_of("image/jpeg") == "jpg"
