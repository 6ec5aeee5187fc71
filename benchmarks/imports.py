"""A file of the register, taken in by the hub's own command and by the database's own way.

The hub reads and checks every cell, seals names and dates, writes people, names and addresses,
some thirty match keys a person and the trail. The reference writes the cells as they are into one
table with five indexes, by ``executemany`` or ``COPY``.
"""

import csv
import json
import sqlite3
import subprocess
import sys
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from hub.people.matching.subjects import Entry
from hub.people.rules.sheet import REQUIRED, write_register

_COLUMNS = ", ".join(REQUIRED)
_TABLE = (
    f"CREATE TABLE plain_person ({', '.join(f'{name} text' for name in REQUIRED)})",
    *(
        f"CREATE INDEX plain_{name} ON plain_person ({name})"
        for name in ("person_id", "given_name", "family_name", "date_of_birth", "postcode")
    ),
)


@dataclass(frozen=True)
class Taken:
    """What taking a file in came to: seconds, and the memory of the process before and at most."""

    rows: int
    cpu: float
    passed: float
    before: float
    megabytes: float


def sheet_of(register: Iterable[Entry]) -> bytes:
    """Return people as a file of the register."""
    lines = write_register(
        {
            "person_id": entry.person_id,
            "given_name": entry.given_name,
            "middle_names": entry.middle_names,
            "family_name": entry.family_name,
            "known_as": entry.known_as,
            "date_of_birth": entry.date_of_birth.isoformat() if entry.date_of_birth else "",
            "sex": entry.sex,
            "postcode": next(iter(entry.postcodes), ""),
            "aliases": ";".join("|".join(pair) for pair in entry.aliases),
        }
        for entry in register
    )
    return "".join(lines).encode()


def take_in(config: Path, agency_id: UUID, service_id: UUID, content: bytes) -> Taken:
    """Take a file in, in a process of its own, so that its memory can be told."""
    file = config.with_name("people.csv")
    file.write_bytes(content)
    command = (sys.executable, "-m", "benchmarks.one_import")
    ended = subprocess.run(
        (*command, config, str(agency_id), str(service_id), file),
        check=True,
        stdout=subprocess.PIPE,
    )
    return Taken(**json.loads(ended.stdout))


def write_plainly(url: str, content: bytes) -> None:
    """Write the cells of the same file into an empty database, the fastest way that it has."""
    rows = csv.reader(content.decode().splitlines())
    width = len(REQUIRED)
    next(rows)
    if url.startswith("sqlite"):
        with sqlite3.connect(str(make_url(url).database)) as connection:
            for statement in _TABLE:
                connection.execute(statement)
            marks = ", ".join("?" * width)
            insert = f"INSERT INTO plain_person ({_COLUMNS}) VALUES ({marks})"  # noqa: S608 - our own names
            connection.executemany(insert, (row[:width] for row in rows))
        connection.close()
        return
    with psycopg.connect(_libpq(url)) as held:
        for statement in _TABLE:
            held.execute(statement.encode())
        with held.cursor().copy(f"COPY plain_person ({_COLUMNS}) FROM STDIN".encode()) as copy:
            for row in rows:
                copy.write_row(row[:width])


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
