"""A file of the directory: its columns, how it is read and judged cell by cell, how it is written.

One file holds every sort of entry, a line each; the column ``entry`` says which. What a line is
known by (its key) is agency and name, for a team its service too, for a contact the role: a line
whose key is known changes that entry, any other adds one. An empty cell empties the field.
"""

import csv
import io
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from types import MappingProxyType

from hub.agencies.rules.kinds import AgencyKind, ContactRole, ServiceKind
from hub.agencies.rules.terms import place_served, postcode_pieces
from hub.kernel.days import NotADayError, parse_day

COLUMNS = (
    "entry", "agency", "service", "team", "office", "name", "kind", "role", "areas", "authority",
    "address", "postcode", "serves", "phone", "work_mobile", "email", "hours", "out_of_hours",
    "description", "public", "preference", "deputy", "manager", "works_from", "works_until",
    "checked_on",
)  # fmt: skip
ENTRIES = ("agency", "service", "office", "team", "contact")
"""In the order in which they are made: each needs only those before it."""

NEEDED: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "agency": ("agency", "kind"),
        "service": ("agency", "name", "kind"),
        "office": ("agency", "name"),
        "team": ("agency", "service", "name"),
        "contact": ("agency", "name", "role"),
    }
)
KNOWN: Mapping[str, frozenset[str]] = MappingProxyType(
    {
        "agency": frozenset({"agency", "kind", "areas"}),
        "service": frozenset(
            {"agency", "name", "kind", "authority", "phone", "email", "hours", "out_of_hours"}
            | {"description", "public", "checked_on"}
        ),
        "office": frozenset(
            {"agency", "name", "service", "address", "postcode", "serves", "phone", "public"}
        ),
        "team": frozenset({"agency", "service", "name", "office", "manager"}),
        "contact": frozenset(
            {"agency", "name", "role", "service", "team", "office", "phone", "work_mobile", "email"}
            | {"hours", "out_of_hours", "public", "preference", "deputy"}
            | {"works_from", "works_until", "checked_on"}
        ),
    }
)
NOT_CSV = "The file is not CSV in UTF-8. In the spreadsheet choose “Save as: CSV UTF-8”"
NO_COMMAS = (
    "The columns are not parted by commas. In the spreadsheet choose “Save as: CSV UTF-8 (comma"
    " delimited)”"
)
MOST_BYTES = 5_000_000
MOST_LINES = 5_000
"""What is taken in in one go without keeping others who write to SQLite waiting too long."""
LONGEST_CELL = 4000
LONGEST = MappingProxyType(
    {"description": 4000, "out_of_hours": 500, "address": 500, "serves": 4000}
)
LONGEST_OTHER = 200

Key = tuple[str, ...]
"""What an entry is known by, folded, its sort first."""

_UNPRINTABLE = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
_TRIGGER = re.compile(r"'*[=+\-@\t\r]")
_TICK = MappingProxyType(
    {"yes": True, "y": True, "true": True, "no": False, "n": False, "false": False, "": False}
)


@dataclass(frozen=True)
class CellFault:
    """What is wrong in one cell: the line as a spreadsheet counts it, the column, and the cure."""

    line: int
    column: str
    why: str


@dataclass(frozen=True)
class Line:
    """One line that was read: its number, its sort, and its cells as values."""

    number: int
    entry: str
    values: Mapping[str, object]

    def text(self, column: str) -> str | None:
        """Return a text cell; None when it is empty."""
        value = self.values.get(column)
        return value if isinstance(value, str) else None

    def name(self, column: str) -> str:
        """Return a text cell that is never empty in a line of this sort."""
        return str(self.values[column])

    def names(self, column: str) -> tuple[str, ...]:
        """Return a cell that lists several, parted by semicolons."""
        value = self.values.get(column)
        return value if isinstance(value, tuple) else ()

    def tick(self, column: str) -> bool:
        """Return a yes-or-no cell."""
        return self.values.get(column) is True

    def day(self, column: str) -> date | None:
        """Return a cell that holds a day."""
        value = self.values.get(column)
        return value if isinstance(value, date) else None

    def number_in(self, column: str) -> int:
        """Return a cell that holds a whole number; 0 when it is empty."""
        value = self.values.get(column)
        return value if isinstance(value, int) else 0


@dataclass(frozen=True)
class Sheet:
    """Everything read: the lines that can be used, and every fault found."""

    lines: tuple[Line, ...] = ()
    faults: tuple[CellFault, ...] = ()


def read_sheet(content: bytes) -> Sheet:
    """Read a file of UTF-8 text with commas. What is wrong is an answer, not an exception."""
    try:
        rows = _table(content)
    except ValueError as error:
        return Sheet((), (CellFault(1, "entry", str(error)),))
    return _judge(rows[0][1], rows[1:])


def write_sheet(lines: Iterable[Mapping[str, str]]) -> str:
    """Return the file's text with these lines, safe to open in a spreadsheet."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS)
    for line in lines:
        writer.writerow([guarded(line.get(column, "")) for column in COLUMNS])
    return out.getvalue()


def guarded(cell: str) -> str:
    """Return a cell that no spreadsheet takes for a formula; ``unguarded`` undoes it exactly.

    Source: security.md T50.
    """
    return f"'{cell}" if _TRIGGER.match(cell) else cell


def unguarded(cell: str) -> str:
    """Return a cell as it was before it was guarded."""
    return cell[1:] if cell.startswith("'") and _TRIGGER.match(cell) else cell


def folded(name: str) -> str:
    """Return a name as keys compare it: without regard to capitals and inner spaces."""
    return " ".join(name.split()).casefold()


def line_key(line: Line) -> Key:
    """Return what the line is known by, its sort first."""
    columns = {"agency": ("agency",), "team": ("agency", "service", "name")}
    others = ("agency", "role", "name") if line.entry == "contact" else ("agency", "name")
    return (line.entry, *(folded(line.name(c)) for c in columns.get(line.entry, others)))


def column_names(cells: list[str], known: Sequence[str], needed: Sequence[str]) -> list[str]:
    """Return the columns that the first line names, the blank ones at its end left out.

    A spreadsheet writes those for columns that once held something. Raises ValueError with the
    cure.
    """
    given = [head.strip().lower() for head in fitted(cells, 1)]
    lacking = [column for column in needed if column not in given]
    unknown = [head for head in given if head not in known]
    if len(given) == 1 and re.search(r"[;\t]", given[0]):
        raise ValueError(NO_COMMAS)
    if "" in given:
        raise ValueError(f"Column {given.index('') + 1} has no name in the first line. Delete it")
    if len(set(given)) < len(given):
        raise ValueError("The first line names a column twice")
    if unknown:
        raise ValueError(f"The first line has columns that are not known: {', '.join(unknown)}")
    if lacking:
        raise ValueError(f"The first line lacks these columns: {', '.join(lacking)}")
    return given


def fitted(cells: list[str], width: int) -> list[str]:
    """Return the cells of a line without the blank ones at its end that stand past the width."""
    past = len(cells)
    while past > width and not cells[past - 1].strip():
        past -= 1
    return cells[:past]


def _table(content: bytes) -> list[tuple[int, list[str]]]:
    """Return the column names and at least one line. Raises ValueError with the cure."""
    if len(content) > MOST_BYTES:
        raise ValueError(f"The file is larger than {MOST_BYTES // 1_000_000} MB. Split it in two")
    try:
        text = content.decode("utf-8-sig")
        rows = list(_rows(text))
    except (UnicodeDecodeError, csv.Error) as error:
        raise ValueError(NOT_CSV) from error
    if "\0" in text:
        raise ValueError(NOT_CSV)
    if not rows:
        raise ValueError("The file is empty")
    rows[0] = (rows[0][0], column_names(rows[0][1], COLUMNS, COLUMNS))
    if len(rows) == 1:
        raise ValueError("The file has no line below its column names")
    if len(rows) - 1 > MOST_LINES:
        raise ValueError(f"The file has more than {MOST_LINES:,} lines. Split it in two")
    return rows


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each line that is not blank with its number, where one cell may span several lines."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    for number, cells in enumerate(reader, start=1):
        if any(cell.strip() for cell in cells):
            yield number, cells


def _judge(names: list[str], rows: list[tuple[int, list[str]]]) -> Sheet:
    lines: list[Line] = []
    faults: list[CellFault] = []
    seen: dict[Key, int] = {}
    for number, row in rows:
        cells = fitted(row, len(names))
        if len(cells) != len(names):
            why = f"This line has {len(cells)} cells and the first line has {len(names)}"
            faults.append(CellFault(number, "entry", why))
            continue
        given = {n: unguarded(c.strip()).strip() for n, c in zip(names, cells, strict=True)}
        line, found = _line(number, given)
        faults.extend(found)
        if found:
            continue
        first = seen.setdefault(line_key(line), number)
        if first != number:
            column = "agency" if line.entry == "agency" else "name"
            faults.append(CellFault(number, column, f"This is the same entry as line {first}"))
            continue
        lines.append(line)
    return Sheet(tuple(lines), tuple(faults))


def _line(number: int, given: dict[str, str]) -> tuple[Line, list[CellFault]]:
    entry = given["entry"].lower()
    if entry not in ENTRIES:
        why = f"Enter one of {', '.join(ENTRIES)}"
        return Line(number, entry, {}), [CellFault(number, "entry", why)]
    faults: list[CellFault] = []
    values: dict[str, object] = {}
    for column in COLUMNS[1:]:
        try:
            value = _cell(entry, column, given[column])
        except ValueError as error:
            faults.append(CellFault(number, column, str(error)))
        else:
            if column in KNOWN[entry]:
                values[column] = value
    return Line(number, entry, values), faults


def _cell(entry: str, column: str, cell: str) -> object:
    """Return the cell's value. Raises ValueError when it must be filled in or left empty."""
    if cell and column not in KNOWN[entry]:
        raise ValueError(f"{_a(entry)} has no such cell: leave it empty")
    if not cell and column in NEEDED[entry]:
        raise ValueError(f"{_a(entry)} needs this cell: fill it in")
    if column not in KNOWN[entry]:
        return None
    return _value(entry, column, cell)


def _value(entry: str, column: str, cell: str) -> object:
    """Return the cell's value; None when it is empty. Raises ValueError with the cure."""
    if len(cell) > LONGEST.get(column, LONGEST_OTHER):
        raise ValueError(f"Shorten this to {LONGEST.get(column, LONGEST_OTHER)} characters")
    if _UNPRINTABLE.search(cell):
        raise ValueError("Delete the characters that cannot be printed")
    read = _READERS.get((entry, column)) or _READERS.get(("", column))
    if read is None:
        return " ".join(cell.split()) or None
    return read(cell)


def _code(codes: Iterable[str]) -> Callable[[str], object]:
    known = tuple(str(code) for code in codes)

    def read(cell: str) -> object:
        code = cell.lower().replace(" ", "_").replace("-", "_")
        if code not in known:
            raise ValueError(f"Enter one of {', '.join(known)}")
        return code

    return read


def _day(cell: str) -> object:
    try:
        return parse_day(cell) if cell else None
    except NotADayError as error:
        raise ValueError("Enter a real date as YYYY-MM-DD, like 2026-06-30") from error


def _tick(cell: str) -> object:
    if cell.lower() not in _TICK:
        raise ValueError("Enter yes or no")
    return _TICK[cell.lower()]


def _several(cell: str) -> object:
    parts = (" ".join(part.split()) for part in cell.split(";"))
    return tuple(dict.fromkeys(part for part in parts if part))


def _places(cell: str) -> object:
    parts = (place_served(part) for part in cell.split(";") if part.strip())
    return tuple(sorted(dict.fromkeys(parts)))


def _postcode(cell: str) -> object:
    pieces = postcode_pieces(cell)
    if cell and len(pieces) != len(("whole", "sector", "district")):
        raise ValueError("Enter a full postcode, like LN2 4JB")
    return pieces[0] if pieces else None


def _number(cell: str) -> object:
    if cell and not (cell.isascii() and cell.isdigit() and len(cell) <= 3):  # noqa: PLR2004 - 999
        raise ValueError("Enter a whole number from 0 to 999")
    return int(cell or 0)


def _long(cell: str) -> object:
    return "\n".join(" ".join(line.split()) for line in cell.splitlines()).strip() or None


_READERS: Mapping[tuple[str, str], Callable[[str], object]] = MappingProxyType(
    {
        ("agency", "kind"): _code(AgencyKind),
        ("service", "kind"): _code(ServiceKind),
        ("", "role"): _code(ContactRole),
        ("", "areas"): _several,
        ("", "serves"): _places,
        ("", "postcode"): _postcode,
        ("", "work_mobile"): _tick,
        ("", "public"): _tick,
        ("", "preference"): _number,
        ("", "works_from"): _day,
        ("", "works_until"): _day,
        ("", "checked_on"): _day,
        ("", "address"): _long,
        ("", "description"): _long,
    }
)


def _a(entry: str) -> str:
    return f"An {entry}" if entry[0] in "ao" else f"A {entry}"
