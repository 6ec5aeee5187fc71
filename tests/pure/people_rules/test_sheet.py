"""A file of the register, cell by cell."""

from datetime import date

import pytest

from hub.people.rules.persons import (
    Address,
    OtherName,
    address_refusal,
    birth_refusal,
    compact_nhs_number,
)
from hub.people.rules.sheet import (
    COLUMNS,
    MOST_FAULTS,
    REQUIRED,
    pairs_text,
    read_register,
    write_register,
)
from hub.people.states import NameKind, SupportStatus

TODAY = date(2026, 6, 1)
PLAIN = ",".join(REQUIRED)
WHOLE = ",".join(COLUMNS)


def read(*lines, heads=PLAIN):
    return read_register("\n".join([heads, *lines]).encode(), TODAY)


def test_the_file_of_the_public_interface_is_read():
    sheet = read("P1,Elizabeth,Ann May,O'Neill,Beth,2006-03-09,F,ln2  4zz,Betty|Smith;|Jones")

    (line,) = sheet.lines
    assert not sheet.faults
    assert line.number == 2
    assert line.source_id == "P1"
    assert line.values == {
        "given_name": "Elizabeth",
        "middle_names": "Ann May",
        "family_name": "O'Neill",
        "known_as": "Beth",
        "date_of_birth": date(2006, 3, 9),
        "sex": "F",
        "postcode": "LN2 4ZZ",
        "aliases": (
            OtherName(NameKind.ALIAS, "Betty", "Smith"),
            OtherName(NameKind.ALIAS, "", "Jones"),
        ),
    }
    assert line.day("date_of_birth") == date(2006, 3, 9)
    assert line.day("worker_from") is None
    assert line.several("former_postcodes") == ()
    assert line.text("sex") == "F"
    assert line.text("nhs_number") is None


def test_all_that_may_be_empty_may_be_empty():
    (line,) = read("P1,,,ONeill,,,,,").lines
    assert {name: value for name, value in line.values.items() if value} == {
        "family_name": "ONeill"
    }


def test_the_other_columns():
    cells = (
        "999 000 0018,stepped down,01632 960001,Text first,yes,Betty|Smith,LN1 1AA; ln1 1ab,"
        "worker@example.org,2026-01-01,,"
    )
    sheet = read(f"P1,Elizabeth,,ONeill,,2006-03-09,,,,{cells}", heads=WHOLE)

    (line,) = sheet.lines
    assert line.values["nhs_number"] == "9990000018"
    assert line.values["support_status"] is SupportStatus.STEPPED_DOWN
    assert line.values["restricted"] is True
    assert line.values["former_names"] == (OtherName(NameKind.FORMER, "Betty", "Smith"),)
    assert line.several("former_postcodes") == ("LN1 1AA", "LN1 1AB")
    assert line.day("worker_from") == date(2026, 1, 1)


FAULTS = [
    (",Beth,,ONeill,,,,,", "person_id", "Fill in the id"),
    ("P1,,,,,,,,", "family_name", "at least one"),
    ("P1,Beth,,ONeill,,2006-02-30,,,", "date_of_birth", "YYYY-MM-DD"),
    ("P1,Beth,,ONeill,,09/03/2006,,,", "date_of_birth", "YYYY-MM-DD"),
    ("P1,Beth,,ONeill,,2026-06-02,,,", "date_of_birth", "in the past"),
    ("P1,Beth,,ONeill,,1899-12-31,,,", "date_of_birth", "after 1899"),
    ("P1,Beth,,ONeill,,,female,,", "sex", "F, M or X"),
    ("P1,Beth,,ONeill,,,,nowhere at all,", "postcode", "LN2 4JB"),
    ("P1,Beth,,ONeill,,,,LN2-4JB,", "postcode", "LN2 4JB"),
    ("P1,Beth,,ONeill,,,,,Betty Smith", "aliases", "given|family"),
    ("P1,Beth,,ONeill,,,,,a|b|c", "aliases", "given|family"),
    ("P1,Beth,,ONeill,,,,,|", "aliases", "given|family"),
    ("P1,Beth,,ONeill,,,,", "person_id", "8 cells"),
    (f"P1,{'B' * 201},,ONeill,,,,,", "given_name", "Shorten"),
    ("P1,Be\x07th,,ONeill,,,,,", "given_name", "cannot be printed"),
]


@pytest.mark.parametrize(("line", "column", "why"), FAULTS)
def test_a_fault_names_its_line_its_column_and_the_cure(line, column, why):
    sheet = read("P0,Ann,,Good,,,,,", line)
    (fault,) = sheet.faults
    assert (fault.line, fault.column) == (3, column)
    assert why in fault.why
    assert [one.source_id for one in sheet.lines] == ["P0"]


OTHER_FAULTS = [
    ("999 000 0019,,,,,,,,,,", "nhs_number", "not valid"),
    (",closed,,,,,,,,,", "support_status", "allocated"),
    (",,,,maybe,,,,,,", "restricted", "yes or no"),
    (",,,,,,,,2026-13-01,,", "worker_from", "YYYY-MM-DD"),
]


@pytest.mark.parametrize(("cells", "column", "why"), OTHER_FAULTS)
def test_faults_of_the_other_columns(cells, column, why):
    (fault,) = read(f"P1,Beth,,ONeill,,,,,,{cells}", heads=WHOLE).faults
    assert fault.column == column
    assert why in fault.why


def test_the_same_id_twice_is_a_fault_of_the_second_line():
    (fault,) = read("P1,Beth,,ONeill,,,,,", "", "P1,Ann,,Other,,,,,").faults
    assert fault.line == 4
    assert "line 2" in fault.why


@pytest.mark.parametrize(
    ("content", "why"),
    [
        (b"", "no line below"),
        (PLAIN.encode(), "no line below"),
        (b"\xff\xfe", "UTF-8"),
        (f"{PLAIN}\nP1,\0".encode(), "UTF-8"),
        (f'{PLAIN}\n"P1'.encode(), "UTF-8"),
        (f"{PLAIN},given_name\n".encode(), "twice"),
        (f"{PLAIN},shoe_size\n".encode(), "not known: shoe_size"),
        (PLAIN.replace(",", ";").encode(), "not parted by commas"),
        (PLAIN.replace(",", ",,", 1).encode(), "Column 2 has no name"),
        (b"person_id,given_name\n", "lacks these columns"),
    ],
)
def test_a_file_that_is_none(content, why):
    (fault,) = read_register(content, TODAY).faults
    assert why in fault.why


def test_two_people_never_share_an_nhs_number():
    sheet = read(
        "P1,Beth,,ONeill,,,,,,999 000 0018",
        "P2,Ann,,Other,,,,,,9990000018",
        "P3,Ann,,Third,,,,,,",
        "P4,Ann,,Fourth,,,,,,",
        heads=f"{PLAIN},nhs_number",
    )
    (fault,) = sheet.faults
    assert (fault.line, fault.column) == (3, "nhs_number")
    assert "line 2" in fault.why


def test_blank_columns_at_the_end_are_no_columns():
    sheet = read("P1,Beth,,ONeill,,,,,,,", "P2,Ann,,Other,,,,", heads=f"{PLAIN},, ")
    assert [line.source_id for line in sheet.lines] == ["P1"]
    assert [fault.line for fault in sheet.faults] == [3]


def test_too_many_lines(monkeypatch):
    monkeypatch.setattr("hub.people.rules.sheet.MOST_LINES", 2)
    (fault,) = read(*[f"P{n},Beth,,ONeill,,,,," for n in range(3)]).faults
    assert "more than 2 lines" in fault.why


def test_a_report_stops_somewhere():
    sheet = read(*[f"P{n},,,,,,,," for n in range(MOST_FAULTS + 50)])
    assert len(sheet.faults) == MOST_FAULTS


def test_a_byte_order_mark_and_any_order_of_columns_are_taken():
    heads = ",".join(reversed(REQUIRED))
    sheet = read_register(f"\ufeff{heads}\n,,,,,ONeill,,Beth,P1\n".encode(), TODAY)
    assert sheet.lines[0].values["given_name"] == "Beth"


def test_what_is_written_is_read_again_and_no_spreadsheet_runs_it():
    names = (OtherName(NameKind.ALIAS, "Betty", "Smith"), OtherName(NameKind.FORMER, "B", "S"))
    line = {
        "person_id": "P1",
        "given_name": "=HYPERLINK(1)",
        "family_name": "O'Neill",
        "aliases": pairs_text(names, NameKind.ALIAS),
    }
    text = "".join(write_register([line]))

    assert ",'=HYPERLINK(1)," in text
    (read_again,) = read_register(text.encode(), TODAY).lines
    assert read_again.values["given_name"] == "=HYPERLINK(1)"
    assert read_again.values["aliases"] == names[:1]


def test_a_birth_that_can_be():
    assert birth_refusal(None, TODAY) is None
    assert birth_refusal(TODAY, TODAY) is None


def test_nhs_numbers():
    assert compact_nhs_number(" 999 000 0018 ") == "9990000018"
    assert compact_nhs_number(None) is compact_nhs_number("") is None
    with pytest.raises(ValueError, match="not valid"):
        compact_nhs_number("9990000019")


def test_addresses():
    here = Address(postcode="LN2 4ZZ", from_on=date(2026, 1, 1))
    assert here.is_current(TODAY)
    assert not here.is_current(date(2025, 12, 31))
    assert not Address(postcode="LN2 4ZZ", until_on=TODAY).is_current(TODAY)
    assert address_refusal([here]) is None
    assert address_refusal([Address()]).field == "lines"
    wrong = Address(postcode="LN2 4ZZ", from_on=TODAY, until_on=TODAY)
    assert address_refusal([wrong]).field == "until_on"
