"""The copy of a return to pass on, as a flat table: CSV, or a spreadsheet of one sheet.

No cell is a formula, whatever it begins with, and nothing is hidden. Source: security notes, T50
and X16.
"""

import csv
import io
from dataclasses import dataclass

import xlsxwriter

from hub.kernel.days import format_day
from hub.reporting.return_words import CARE, SOURCES, SPLITS, TIMELY, said, said_part, year_first
from hub.reporting.rules.counting import CHILDREN
from hub.reporting.rules.report import AgencyTable, Report, Waits
from hub.reporting.rules.suppression import Shared

FORMULA = ("=", "+", "-", "@", "\t", "\r")
"""What a spreadsheet takes for the beginning of a formula."""

CSV, XLSX = "csv", "xlsx"
MEDIA_TYPES = {
    CSV: "text/csv; charset=utf-8",
    XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}

Value = str | int | float


@dataclass(frozen=True)
class Flat:
    """A flat table: one line of heads, and rows as long."""

    heads: tuple[str, ...]
    rows: tuple[tuple[Value, ...], ...]


def meeting_table(area: str, made: Report) -> Flat:
    """Return the return itself: a row for each meeting, the quarter and the 12 months."""
    quarter = made.quarter
    dates = [(row.on, row.on) for row in made.meetings]
    spans = [*dates, (quarter.first, quarter.last), (year_first(quarter), quarter.last)]
    what = [*("Meeting" for _ in made.meetings), "Quarter", "12 months"]
    shared = [*(row.shared for row in made.meetings), made.total, made.year]
    sources = [*(row.sources for row in made.meetings), made.sources, made.year_sources]
    waits = [*("" for _ in made.meetings), _middle(made.waits), _middle(made.year_waits)]
    heads = ["Area", "What", "From", "To", "Cases discussed", "Children"]
    for words in SPLITS.values():
        heads += [words, f"{words}: not known"]
    heads += [f"Referred by: {SOURCES[name]}" for name in made.sources]
    heads.append("Days from referral within which half were heard")
    return Flat(
        heads=tuple(heads),
        rows=tuple(
            (
                area,
                what[at],
                *map(format_day, spans[at]),
                _value(each.whole),
                _value(each.beside[CHILDREN]),
                *_parts(each, tuple(SPLITS)),
                *(_value(count) for count in sources[at].values()),
                waits[at],
            )
            for at, each in enumerate(shared)
        ),
    )


def agency_table(area: str, made: Report) -> Flat:
    """Return what agencies did in the quarter, and all of them in the quarter and 12 months."""
    parts = {**TIMELY, **CARE}
    quarter = made.quarter
    tables: tuple[tuple[str, AgencyTable], ...] = (
        ("Research asked for", made.research),
        ("Actions due", made.actions),
        ("Care-experienced people", made.care),
    )
    rows: list[tuple[Value, ...]] = []
    for name, table in tables:
        lines = [*((agency, quarter.first, each) for agency, each in table.rows)]
        lines.append(("All agencies", quarter.first, table.total))
        lines.append(("All agencies", year_first(quarter), table.year))
        rows += [
            (
                area,
                name,
                agency,
                format_day(first),
                format_day(quarter.last),
                _value(each.whole),
                *(said_part(each, part) if part in each.parts else "" for part in parts),
            )
            for agency, first, each in lines
        ]
    heads = ("Area", "What", "Agency", "From", "To", "How many", *parts.values())
    return Flat(heads=heads, rows=tuple(tuple(_number(one) for one in row) for row in rows))


TABLES = {"return": meeting_table, "agencies": agency_table}
"""The files of a return, by their names."""


def written(table: Flat, kind: str) -> bytes:
    """Return the table as a file of a kind."""
    return _csv(table) if kind == CSV else _xlsx(table)


def tamed(value: Value) -> Value:
    """Return a cell that no spreadsheet takes for a formula."""
    return f"'{value}" if isinstance(value, str) and value.startswith(FORMULA) else value


def _csv(table: Flat) -> bytes:
    """Return UTF-8 with a byte order mark, without which Excel takes it for another code."""
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerows([tamed(one) for one in row] for row in (table.heads, *table.rows))
    return out.getvalue().encode("utf-8-sig")


def _xlsx(table: Flat) -> bytes:
    out = io.BytesIO()
    plain = {"in_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(out, plain) as book:
        sheet = book.add_worksheet("Return")
        for at, row in enumerate((table.heads, *table.rows)):
            sheet.write_row(at, 0, [tamed(one) for one in row])
        sheet.freeze_panes(1, 0)
    return out.getvalue()


def _parts(shared: Shared, names: tuple[str, ...]) -> list[Value]:
    found: list[Value] = []
    for name in names:
        found += [_number(said_part(shared, name)), _value(shared.not_known[name])]
    return found


def _middle(waits: Waits) -> Value:
    middle = waits.middle if waits.within is None else waits.within
    return said(None) if middle is None else middle


def _value(count: int | None) -> Value:
    return said(None) if count is None else count


def _number(text: Value) -> Value:
    """Return a count that was said in words as the number that it is."""
    bare = text.replace(",", "") if isinstance(text, str) else ""
    return int(bare) if bare.isascii() and bare.isdigit() else text
