"""The file of situations is read strictly: every fault is named with its entry and its path."""

import copy
import json

import pytest

from hub.cli.files import BadInputError
from hub.cli.situation_files import read_situations
from hub.cli.situation_json import situation_to_json, situations_text
from hub.meetings.situation import Absence, Allocation, Meeting
from kit.situations import EXAMPLE, LCW, situation
from parts.faulty_files import GONE, changed, faults_of


def test_all_faults_of_all_entries_are_named_at_once():
    document = changed(
        (("as_of",), "today"), (("workers", 0, "deputy"), "x"), (("persons", 0, "age"), 17)
    )
    document["situations"].append({"id": "s2"})
    found = faults_of(document)
    assert set(found) == {
        ("s1", "as_of"),
        ("s1", "workers[0].deputy"),
        ("s1", "persons[0].age"),
        ("s2", "as_of"),
        ("s2", "meeting"),
        ("s2", "services"),
        ("s2", "persons"),
        ("s2", "items"),
    }
    assert len(found) == 8


@pytest.mark.parametrize("own", [GONE, None, "", "a b", 7, True, ["s3"]])
def test_an_entry_without_a_usable_id_goes_by_its_number(own):
    document = copy.deepcopy(EXAMPLE)
    entry = copy.deepcopy(EXAMPLE["situations"][0])
    document["situations"] += [{**copy.deepcopy(entry), "id": "s2"}, entry]
    if own is GONE:
        del entry["id"]
    else:
        entry["id"] = own
    entry["as_of"] = 1
    assert set(faults_of(document)) == {("#3", "id"), ("#3", "as_of")}


@pytest.mark.parametrize("entry", [None, "s2", 2, [], True])
def test_an_entry_that_is_no_object_goes_by_its_number(entry):
    document = copy.deepcopy(EXAMPLE)
    document["situations"].append(entry)
    assert faults_of(document) == [("#2", "-")]


def test_two_situations_of_one_id():
    document = copy.deepcopy(EXAMPLE)
    document["situations"] *= 2
    assert faults_of(document) == [("s1", "id")]


@pytest.mark.parametrize("version", [2, 0, True, 1.0, "1", None, GONE])
def test_the_version_must_be_the_number_1(version):
    document = copy.deepcopy(EXAMPLE)
    if version is GONE:
        del document["version"]
    else:
        document["version"] = version
    assert faults_of(document) == [("-", "version")]


@pytest.mark.parametrize("situations", [GONE, None, {}, "none"])
def test_the_list_must_be_there(situations):
    document = copy.deepcopy(EXAMPLE)
    if situations is GONE:
        del document["situations"]
    else:
        document["situations"] = situations
    assert faults_of(document) == [("-", "situations")]


def test_an_unknown_field_beside_the_list():
    assert faults_of({**EXAMPLE, "cases": []}) == [("-", "cases")]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "{",
        "[]",
        "null",
        '"text"',
        '{"version": NaN, "situations": []}',
        '{"version": 1, "situations": []} more',
        '{"version": ' + "9" * 5000 + "}",
        "[" * 100_000,
    ],
)
def test_what_is_no_json_object_is_one_fault_of_the_file(text):
    assert faults_of(text) == [("-", "-")]


def test_a_field_that_stands_twice_is_a_fault_wherever_it_is():
    text = json.dumps(EXAMPLE)
    twice = text.replace('"as_of"', '"as_of": "2026-06-20", "as_of"', 1)
    assert faults_of(twice) == [("s1", "as_of")]
    twice = text.replace('"version"', '"version": 1, "version"', 1)
    assert faults_of(twice) == [("-", "version")]


def test_what_cannot_be_read_causes_no_second_fault_where_it_is_referred_to():
    assert faults_of(changed((("workers",), None))) == [("s1", "workers")]
    assert faults_of(changed((("persons", 0, "id"), "p 1"))) == [("s1", "persons[0].id")]


def test_no_fault_repeats_a_value_of_the_file():
    unusual = "ZZsecretZZ 2001-02-03"
    for path in (("as_of",), ("workers", 0, "id"), ("meeting", "kind"), ("stale_after_days",)):
        with pytest.raises(BadInputError) as raised:
            read_situations(json.dumps(changed((path, unusual))))
        assert "secret" not in str(raised.value)


def test_the_defaults():
    document = changed(
        *[((name,), GONE) for name in ("desks", "workers", "allocations", "absences")]
    )
    (found,) = read_situations(json.dumps(document))
    assert found.stale_after_days == 90
    for name in ("desks", "teams", "workers", "allocations", "absences", "conflicts", "bars"):
        assert getattr(found, name) == ()


def test_each_field_becomes_what_it_says():
    (found,) = read_situations(json.dumps(EXAMPLE))
    assert isinstance(found.meeting, Meeting)
    (allocation,), (absence,) = found.allocations, found.absences
    assert allocation == Allocation(
        person="p", worker="w", role=LCW, from_on=allocation.from_on, until_on=None
    )
    assert (allocation.from_on.isoformat(), found.as_of.isoformat()) == ("2025-01-01", "2026-06-20")
    assert isinstance(absence, Absence)
    assert (absence.from_on.day, absence.until_on.day, absence.cover) == (1, 8, None)


def test_what_is_written_has_every_field_of_the_interface():
    entry = situation_to_json(situation())
    assert list(entry) == [
        "id",
        "as_of",
        "meeting",
        "services",
        "persons",
        "items",
        "desks",
        "teams",
        "workers",
        "allocations",
        "absences",
        "conflicts",
        "bars",
        "stale_after_days",
    ]
    assert entry["workers"][0] == {
        "id": "w",
        "service": "lc",
        "team": "t",
        "deputy": "d",
        "from": None,
        "until": None,
        "verified_on": "2026-06-20",
    }
    assert entry["meeting"] == {"kind": "marac", "starts_at": "2026-07-01T11:00:00Z"}
    assert read_situations(situations_text([situation()])) == (situation(),)
