"""No cell of a file is a formula, and what is withheld is no number."""

import csv
import io
import zipfile

import pytest

from hub.reporting.return_files import CSV, XLSX, Flat, tamed, written

FORMULAS = ("=1+1", "+44", "-2", "@SUM(A1)", "\t=1", "\r=1", '=HYPERLINK("x")')


@pytest.mark.parametrize("text", FORMULAS)
def test_what_a_spreadsheet_would_take_for_a_formula_is_quoted(text):
    assert tamed(text) == "'" + text
    table = Flat(heads=("Agency", "Cases"), rows=((text, 7),))
    rows = list(csv.reader(io.StringIO(written(table, CSV).decode("utf-8-sig"), newline="")))
    assert rows == [["Agency", "Cases"], ["'" + text, "7"]]
    book = zipfile.ZipFile(io.BytesIO(written(table, XLSX)))
    sheet = book.read("xl/worksheets/sheet1.xml")
    assert b"<f>" not in sheet
    assert b"<v>7</v>" in sheet


def test_numbers_and_plain_words_stay_as_they_are():
    assert [tamed(one) for one in ("Testshire Police", -3, 2.5, "withheld", "")] == [
        "Testshire Police",
        -3,
        2.5,
        "withheld",
        "",
    ]


def test_a_csv_begins_with_the_mark_that_excel_needs():
    assert written(Flat(heads=("Agency",), rows=()), CSV) == b"\xef\xbb\xbfAgency\r\n"
