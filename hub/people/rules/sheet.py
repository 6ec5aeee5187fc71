"""A file of the register: its columns, how each cell is read and judged, and how one is written.

The first nine columns are those of the hub's public interface, section 2, so that the file which a
co-ordinator matches against is also the file that is taken in. The others may be left out; then
what the register holds stays. In a column that is there an empty cell empties the field, except
that nobody loses an address by it.
"""

import csv
import io
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from types import MappingProxyType

from hub.agencies.rules.sheet import CellFault, column_names, fitted, guarded, unguarded
from hub.kernel.days import NotADayError, parse_day
from hub.people.rules.persons import OtherName, birth_refusal, compact_nhs_number
from hub.people.states import NameKind, SupportStatus

REQUIRED = (
    "person_id", "given_name", "middle_names", "family_name", "known_as", "date_of_birth", "sex",
    "postcode", "aliases",
)  # fmt: skip
OPTIONAL = (
    "nhs_number", "support_status", "safe_phone", "safe_contact", "restricted", "former_names",
    "former_postcodes", "worker_email", "worker_from", "social_worker_email", "social_worker_from",
)  # fmt: skip
COLUMNS = REQUIRED + OPTIONAL
MOST_LINES = 200_000
MOST_FAULTS = 500
"""A report longer than this helps nobody; the rest is found when these are mended."""

LONGEST = 200
LONGEST_POSTCODE = 10
SEXES = ("F", "M", "X")
NOT_CSV = "The file is not CSV in UTF-8. In the spreadsheet choose “Save as: CSV UTF-8”"
_TICK = MappingProxyType({"yes": True, "y": True, "no": False, "n": False, "": False})


@dataclass(frozen=True, slots=True)
class Line:
    """One line that was read: its number, the authority's own id, and the cells as values."""

    number: int
    source_id: str
    values: Mapping[str, object]

    def text(self, column: str) -> str | None:
        """Return a text cell; None when it is empty or not in the file."""
        value = self.values.get(column)
        return value if isinstance(value, str) and value else None

    def several(self, column: str) -> tuple[str, ...]:
        """Return the texts of a cell that lists several; none when it is not in the file."""
        value = self.values.get(column)
        return value if isinstance(value, tuple) else ()

    def day(self, column: str) -> date | None:
        """Return a cell that holds a day."""
        value = self.values.get(column)
        return value if isinstance(value, date) else None


@dataclass(frozen=True)
class Sheet:
    """Everything read: the lines that can be used, and every fault found."""

    lines: tuple[Line, ...] = ()
    faults: tuple[CellFault, ...] = ()


@dataclass
class _Reading:
    """A file being read: the columns in it, the faults so far, where each id and number stood."""

    today: date
    columns: list[str] = field(default_factory=list)
    faults: list[CellFault] = field(default_factory=list)
    seen: dict[str, int] = field(default_factory=dict)
    numbers: dict[object, int] = field(default_factory=dict)


def read_register(content: bytes, today: date) -> Sheet:
    """Read a file of people. What is wrong is an answer, not an exception.

    ``today`` is the London day, for no date of birth may be after it.
    """
    reading = _Reading(today)
    try:
        lines = tuple(_lines(_text(content), reading))
    except (UnicodeDecodeError, csv.Error):
        return Sheet((), (CellFault(1, "person_id", NOT_CSV),))
    except ValueError as error:
        return Sheet((), (CellFault(1, "person_id", str(error)),))
    if not lines and not reading.faults:
        why = "The file has no line below its column names"
        return Sheet((), (CellFault(1, "person_id", why),))
    return Sheet(lines, tuple(reading.faults))


def write_register(lines: Iterable[Mapping[str, str]]) -> Iterator[str]:
    """Yield the file's text line by line, safe to open in a spreadsheet."""
    yield ",".join(COLUMNS) + "\r\n"
    for line in lines:
        out = io.StringIO()
        csv.writer(out, lineterminator="\r\n").writerow(
            [guarded(line.get(column, "")) for column in COLUMNS]
        )
        yield out.getvalue()


def pairs_text(names: Iterable[OtherName], kind: NameKind) -> str:
    """Return the names of a kind as ``given|family`` pairs parted by semicolons."""
    return ";".join(f"{name.given_name}|{name.family_name}" for name in names if name.kind is kind)


def _text(content: bytes) -> str:
    """Return the file as text. Raises ValueError when it is none."""
    text = content.decode("utf-8-sig")
    if "\0" in text:
        raise ValueError(NOT_CSV)
    return text


def _lines(text: str, reading: _Reading) -> Iterator[Line]:
    """Yield the lines without fault until there are too many faults to tell."""
    for number, cells in _rows(text):
        if not reading.columns:
            reading.columns = column_names(cells, COLUMNS, REQUIRED)
        elif (line := _line(number, cells, reading)) is not None:
            yield line
        if len(reading.faults) >= MOST_FAULTS:
            return


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Give each row that is not blank with the number of the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    begins = 1
    for count, cells in enumerate(reader):
        if count > MOST_LINES:
            raise ValueError(f"The file has more than {MOST_LINES:,} lines. Split it in two")
        if any(cell.strip() for cell in cells):
            yield begins, cells
        begins = reader.line_num + 1


def _line(number: int, row: list[str], reading: _Reading) -> Line | None:
    cells = fitted(row, len(reading.columns))
    if len(cells) != len(reading.columns):
        why = f"This line has {len(cells)} cells and the first line has {len(reading.columns)}"
        reading.faults.append(CellFault(number, "person_id", why))
        return None
    values: dict[str, object] = {}
    before = len(reading.faults)
    for column, cell in zip(reading.columns, cells, strict=True):
        try:
            values[column] = _value(column, unguarded(cell.strip()).strip(), reading.today)
        except ValueError as error:
            reading.faults.append(CellFault(number, column, str(error)))
    source_id = str(values.pop("person_id", ""))
    if len(reading.faults) == before:
        if not values["given_name"] and not values["family_name"]:
            why = "Enter at least one of given and family name"
            reading.faults.append(CellFault(number, "family_name", why))
        first = reading.seen.setdefault(source_id, number)
        if first != number:
            why = f"This is the same person as on line {first}"
            reading.faults.append(CellFault(number, "person_id", why))
        nhs_number = values.get("nhs_number")
        other = reading.numbers.setdefault(nhs_number, number) if nhs_number else number
        if other not in {number, first}:
            why = f"The person on line {other} has this NHS number. Check both records"
            reading.faults.append(CellFault(number, "nhs_number", why))
    return Line(number, source_id, values) if len(reading.faults) == before else None


def _value(column: str, cell: str, today: date) -> object:
    """Return the cell's value, None where it is empty. Raises ValueError with the cure."""
    if len(cell) > LONGEST:
        raise ValueError(f"Shorten this to {LONGEST} characters")
    if cell and not cell.isprintable():
        raise ValueError("Delete the characters that cannot be printed")
    read = _READERS.get(column)
    if read is not None:
        return read(cell)
    if column == "date_of_birth":
        return _birth(cell, today)
    return cell or None


def _birth(cell: str, today: date) -> date | None:
    born = _day(cell)
    if refusal := birth_refusal(born, today):
        raise ValueError(refusal.why)
    return born


def _id(cell: str) -> str:
    if not cell:
        raise ValueError("Fill in the id by which you know the person")
    return cell


def _day(cell: str) -> date | None:
    try:
        return parse_day(cell) if cell else None
    except NotADayError as error:
        raise ValueError("Enter a real date as YYYY-MM-DD, like 2007-03-27") from error


def _sex(cell: str) -> str | None:
    if cell and cell not in SEXES:
        raise ValueError("Enter F, M or X, or leave it empty")
    return cell or None


def _postcode(cell: str) -> str | None:
    text = " ".join(cell.upper().split())
    if len(text) > LONGEST_POSTCODE or not (text.replace(" ", "") or "0").isalnum():
        raise ValueError("Enter a postcode, like LN2 4JB")
    return text or None


def _postcodes(cell: str) -> tuple[str, ...]:
    found = (_postcode(part) for part in cell.split(";") if part.strip())
    return tuple(dict.fromkeys(part for part in found if part))


def _names(kind: NameKind) -> Callable[[str], tuple[OtherName, ...]]:
    def read(cell: str) -> tuple[OtherName, ...]:
        found = []
        for part in filter(str.strip, cell.split(";")):
            given, bar, family = (half.strip() for half in part.partition("|"))
            if not bar or "|" in family or not (given or family):
                raise ValueError("Enter names as given|family, several parted by semicolons")
            found.append(OtherName(kind, given, family))
        return tuple(dict.fromkeys(found))

    return read


def _status(cell: str) -> SupportStatus | None:
    code = cell.lower().replace(" ", "_").replace("-", "_")
    if code and code not in list(SupportStatus):
        raise ValueError(f"Enter one of {', '.join(SupportStatus)}")
    return SupportStatus(code) if code else None


def _tick(cell: str) -> bool:
    if cell.lower() not in _TICK:
        raise ValueError("Enter yes or no")
    return _TICK[cell.lower()]


_READERS: Mapping[str, Callable[[str], object]] = MappingProxyType(
    {
        "person_id": _id,
        "sex": _sex,
        "postcode": _postcode,
        "aliases": _names(NameKind.ALIAS),
        "former_names": _names(NameKind.FORMER),
        "former_postcodes": _postcodes,
        "nhs_number": compact_nhs_number,
        "support_status": _status,
        "restricted": _tick,
        "worker_from": _day,
        "social_worker_from": _day,
    }
)
