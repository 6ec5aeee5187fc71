"""A file of the directory, read and written cell by cell."""

import csv
import io

import pytest
from hypothesis import given
from hypothesis import strategies as st

from hub.agencies.rules.sheet import (
    COLUMNS,
    MOST_BYTES,
    guarded,
    read_sheet,
    unguarded,
    write_sheet,
)

AGENCY = {"entry": "agency", "agency": "Testshire", "kind": "local_authority"}
CONTACT = {
    "entry": "contact",
    "agency": "Testshire",
    "name": "Ashley",
    "role": "idva",
    "phone": "01632 960001",
}


def sheet(*lines):
    return read_sheet(write_sheet(lines).encode())


def faults(found):
    return [(fault.line, fault.column) for fault in found.faults]


def test_a_right_file_is_read_as_values():
    found = sheet(AGENCY | {"areas": "Wolds; Fens ;Wolds"}, CONTACT | {"works_from": "2026-06-01"})

    assert found.faults == ()
    assert [line.number for line in found.lines] == [2, 3]
    assert found.lines[0].names("areas") == ("Wolds", "Fens")
    assert found.lines[1].day("works_from").isoformat() == "2026-06-01"
    assert not found.lines[1].tick("public")


@pytest.mark.parametrize(
    ("change", "column", "words"),
    [
        ({"entry": "person"}, "entry", "one of agency"),
        ({"name": ""}, "name", "fill it in"),
        ({"role": "boss"}, "role", "one of duty_desk"),
        ({"kind": "police"}, "kind", "leave it empty"),
        ({"public": "perhaps"}, "public", "yes or no"),
        ({"preference": "-1"}, "preference", "whole number"),
        ({"preference": "1000"}, "preference", "whole number"),
        ({"works_from": "1/6/2026"}, "works_from", "YYYY-MM-DD"),
        ({"works_from": "2026-02-30"}, "works_from", "YYYY-MM-DD"),
        ({"name": "x" * 201}, "name", "200 characters"),
        ({"name": "a\x07b"}, "name", "cannot be printed"),
    ],
)
def test_a_wrong_cell_is_named_by_line_and_column_with_the_cure(change, column, words):
    found = sheet(AGENCY, CONTACT | change)

    assert faults(found) == [(3, column)]
    assert words in found.faults[0].why


def test_a_postcode_must_be_whole():
    office = {"entry": "office", "agency": "Testshire", "name": "Louth"}

    assert faults(sheet(office | {"postcode": "LN11"})) == [(2, "postcode")]
    assert sheet(office | {"postcode": "ln119aa"}).lines[0].text("postcode") == "LN11 9AA"


def test_every_fault_of_a_file_is_reported_at_once():
    found = sheet(AGENCY | {"kind": "x"}, CONTACT | {"role": "x", "public": "x"})

    assert faults(found) == [(2, "kind"), (3, "role"), (3, "public")]


def test_the_same_entry_twice_names_the_first():
    found = sheet(AGENCY, CONTACT, CONTACT | {"name": " ASHLEY "})

    assert faults(found) == [(4, "name")]
    assert "line 3" in found.faults[0].why


@pytest.mark.parametrize(
    ("content", "words"),
    [
        (b"", "empty"),
        (b"\n\n", "empty"),
        (b"\xff\xfe\x00", "not CSV in UTF-8"),
        (b"a\x00b", "not CSV in UTF-8"),
        (b'"unclosed', "not CSV in UTF-8"),
        (b"entry,agency\n", "lacks these columns: service"),
        ((",".join(COLUMNS) + ",shoe\n").encode(), "not known: shoe"),
        ((",".join(COLUMNS) + ",kind\n").encode(), "twice"),
        (";".join(COLUMNS).encode(), "not parted by commas"),
        ("\t".join(COLUMNS).encode(), "not parted by commas"),
        (("entry,," + ",".join(COLUMNS[1:]) + "\n").encode(), "Column 2 has no name"),
        ((",".join(COLUMNS) + "\n").encode(), "no line below"),
        (b"x" * (MOST_BYTES + 1), "larger than 5 MB"),
    ],
)
def test_what_is_no_such_file_is_said_in_one_line(content, words):
    found = read_sheet(content)

    assert found.lines == ()
    assert len(found.faults) == 1
    assert words in found.faults[0].why


def test_a_line_with_too_few_cells_is_named():
    text = ",".join(COLUMNS) + "\nagency,Testshire\n"

    assert faults(read_sheet(text.encode())) == [(2, "entry")]


def test_columns_may_stand_in_any_order_and_capitals_and_after_a_byte_order_mark():
    text = ",".join(reversed(COLUMNS)).upper() + "\n"
    text += ",".join(AGENCY.get(column, "") for column in reversed(COLUMNS)) + "\n"

    assert read_sheet(text.encode("utf-8-sig")).lines[0].name("agency") == "Testshire"


PAYLOADS = [
    f"{before}{trigger}{after}"
    for trigger in ("=", "+", "-", "@", "\t", "\r")
    for before in ("", "'", "''")
    for after in ("cmd|' /C calc'!A0", "HYPERLINK(0)")
]


@pytest.mark.parametrize("payload", PAYLOADS)
def test_no_cell_written_begins_as_a_formula(payload):
    text = write_sheet([{"entry": "agency", "agency": payload}])

    cells = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in cells if cell.startswith(("=", "+", "-", "@", "\t", "\r"))]
    assert unguarded(guarded(payload)) == payload


@given(st.text(max_size=30))
def test_guarding_a_cell_can_always_be_undone(text):
    assert unguarded(guarded(text)) == text


@given(st.binary(max_size=200))
def test_any_bytes_are_answered(content):
    assert read_sheet(content).faults


def test_the_blank_columns_that_a_spreadsheet_leaves_behind_are_no_columns():
    whole = ",".join(AGENCY.get(column, "") for column in COLUMNS)
    text = ",".join(COLUMNS) + ",,\n" + whole + ", ,\n" + whole.replace("Test", "West") + ",,note\n"

    sheet = read_sheet(text.encode())

    assert [line.name("agency") for line in sheet.lines] == ["Testshire"]
    assert [(fault.line, fault.why) for fault in sheet.faults] == [
        (3, f"This line has {len(COLUMNS) + 2} cells and the first line has {len(COLUMNS)}")
    ]
