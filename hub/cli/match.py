"""``hub match``: a list of people against the register, by files alone, with reasons in words."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import TypeVar

import click

from hub.cli.files import BadInputError, Fault, NotUtf8Error, read_text, write_whole
from hub.people.matching.batch import match_all
from hub.people.matching.subjects import Entry, Query

_REGISTER = (
    "person_id", "given_name", "middle_names", "family_name", "known_as", "date_of_birth", "sex",
    "postcode", "aliases",
)  # fmt: skip
_QUERIES = (
    "query_id", "given_name", "middle_names", "family_name", "date_of_birth", "postcode",
)  # fmt: skip
_ANSWER = ("query_id", "person_id", "score", "band", "reasons")
_SEXES = frozenset({"F", "M", "X", ""})
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_T = TypeVar("_T")
_FILE = click.Path(path_type=Path)


@dataclass
class _Table:
    """One CSV being read: where it is, and the faults found so far."""

    what: str
    columns: tuple[str, ...]
    faults: list[Fault] = field(default_factory=list)
    first_lines: dict[str, int] = field(default_factory=dict)

    def fault(self, line: int, column: str, why: str) -> None:
        """Note a fault of this table."""
        self.faults.append(Fault(f"line {line}", column, f"{why} ({self.what} file)"))


@click.command()
@click.option("--register", type=_FILE, required=True, help="CSV of the people on the register.")
@click.option("--queries", type=_FILE, required=True, help="CSV of the people who are meant.")
@click.option("--output", type=_FILE, required=True, help="CSV of candidates, with reasons.")
def match(register: Path, queries: Path, output: Path) -> None:
    """Find who on a register may be meant by each query: at most ten candidates, likeliest first.

    No database, network or clock is used. A person must confirm every match.
    """
    entries, register_faults = _read(register, "register", _REGISTER, _entry)
    asked, query_faults = _read(queries, "queries", _QUERIES, _query)
    if register_faults or query_faults:
        raise BadInputError([*register_faults, *query_faults])

    answer = io.StringIO()
    writer = csv.writer(answer, lineterminator="\n")
    writer.writerow(_ANSWER)
    for query, candidates in match_all(asked, entries):
        for candidate in candidates:
            found = candidate.comparison
            reasons = "; ".join(reason.text for reason in found.reasons)
            row = (query.query_id, candidate.person_id, f"{found.score:.2f}", found.band, reasons)
            writer.writerow(row)
    write_whole(output, answer.getvalue())


def _read(
    path: Path, what: str, columns: tuple[str, ...], build: Callable[[dict[str, str]], _T]
) -> tuple[list[_T], list[Fault]]:
    """Return the file's rows as built, and all that is wrong with it.

    Raises OSError when the file cannot be read.
    """
    table = _Table(what, columns)
    try:
        text = read_text(path)
    except NotUtf8Error as error:
        table.fault(error.line, "-", "is not UTF-8; save the file as UTF-8")
        return [], table.faults
    return [build(row) for row in _rows(text, table) if not table.faults], table.faults


def _rows(text: str, table: _Table) -> Iterator[dict[str, str]]:
    """Yield the rows by column, faults noted in the table; stop where the CSV itself breaks."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    line = 1
    try:
        header = next(reader, [])
        if not _is_header(header, table):
            return
        line = reader.line_num + 1
        for values in reader:
            if values:
                row = _row(header, values, line, table)
                if row is not None:
                    yield row
            line = reader.line_num + 1
    except csv.Error as error:
        table.fault(line, "-", f"not readable as CSV: {error}")


def _is_header(header: list[str], table: _Table) -> bool:
    """Say whether the header has exactly the table's columns; note what is wrong with it."""
    for column in table.columns:
        if column not in header:
            table.fault(1, column, "column is missing")
    for column in dict.fromkeys(header):
        if column not in table.columns:
            table.fault(1, column or "-", "column is not known")
        elif header.count(column) > 1:
            table.fault(1, column, "column is there more than once")
    return not table.faults


def _row(header: list[str], values: list[str], line: int, table: _Table) -> dict[str, str] | None:
    """Return one row by column, None where it has too few or too many values for that."""
    if len(values) < len(header):
        table.fault(line, header[len(values)], f"row ends here, {len(header)} values are needed")
        return None
    if len(values) > len(header):
        table.fault(line, "-", f"row has {len(values)} values, {len(header)} are needed")
        return None
    row = {column: value.strip() for column, value in zip(header, values, strict=True)}
    _check_id(row, line, table)
    if row["date_of_birth"] and _date(row["date_of_birth"]) is None:
        table.fault(line, "date_of_birth", "not a day of the calendar written YYYY-MM-DD")
    if row.get("sex", "") not in _SEXES:
        table.fault(line, "sex", "must be F, M, X or empty")
    if _aliases(row.get("aliases", "")) is None:
        table.fault(line, "aliases", "must be given|family pairs parted by ;")
    return row


def _check_id(row: dict[str, str], line: int, table: _Table) -> None:
    """Note a missing or repeated id."""
    column = table.columns[0]
    if not row[column]:
        table.fault(line, column, "must not be empty")
        return
    first = table.first_lines.setdefault(row[column], line)
    if first != line:
        table.fault(line, column, f"already used on line {first}")


def _date(text: str) -> date | None:
    """Return the day, None for text that is not one."""
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _aliases(text: str) -> tuple[tuple[str, str], ...] | None:
    """Return the (given, family) pairs, None for text that is not a list of them."""
    pairs = []
    for part in filter(str.strip, text.split(";")):
        given, bar, family = (half.strip() for half in part.partition("|"))
        if not bar or "|" in family or not (given or family):
            return None
        pairs.append((given, family))
    return tuple(pairs)


def _entry(row: dict[str, str]) -> Entry:
    """Return a register row that has been checked."""
    return Entry(
        person_id=row["person_id"],
        given_name=row["given_name"],
        middle_names=row["middle_names"],
        family_name=row["family_name"],
        known_as=row["known_as"],
        date_of_birth=_date(row["date_of_birth"]),
        sex=row["sex"],
        postcodes=(row["postcode"],) if row["postcode"] else (),
        aliases=_aliases(row["aliases"]) or (),
    )


def _query(row: dict[str, str]) -> Query:
    """Return a row of the queries that has been checked."""
    return Query(
        query_id=row["query_id"],
        given_name=row["given_name"],
        middle_names=row["middle_names"],
        family_name=row["family_name"],
        date_of_birth=_date(row["date_of_birth"]),
        postcodes=(row["postcode"],) if row["postcode"] else (),
    )
