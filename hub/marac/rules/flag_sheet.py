"""An agency's flag list as a file that a spreadsheet opens, with no cell that it would run.

It has nobody's address: those are opened one by one, with a reason.
"""

import csv
import io
from collections.abc import Iterable, Mapping
from datetime import date
from types import MappingProxyType

from hub.agencies.rules.sheet import guarded

COLUMNS = MappingProxyType(
    {
        "to_do": "To do",
        "family_name": "Family name",
        "given_name": "Given name",
        "born_on": "Date of birth",
        "role": "Role",
        "flag_until": "Flag until",
        "due_on": "Due",
        "case": "Case",
        "area": "Area",
    }
)


def sheet(lines: Iterable[Mapping[str, str | date | None]]) -> str:
    """Return the file's text: a line a person, days as ``YYYY-MM-DD``. Source: security.md T50."""
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(COLUMNS.values())
    writer.writerows([guarded(_text(line.get(column))) for column in COLUMNS] for line in lines)
    return out.getvalue()


def _text(value: str | date | None) -> str:
    return value.isoformat() if isinstance(value, date) else value or ""
