"""A file of the register, taken in by the hub's own command and by the database's own way.

The hub reads and checks every cell, seals names and dates, writes people, names and addresses,
some thirty match keys a person and the trail. The reference is that of performance.md, section 5:
the same people as eleven plain columns of one table with five indexes in place, by ``executemany``
from the file or by ``COPY`` of the file.
"""

import csv
import io
import json
import sqlite3
import subprocess
import sys
from collections.abc import Generator, Iterable
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from uuid import UUID

import psycopg
from sqlalchemy import make_url

from hub.people.matching.subjects import Entry
from hub.people.rules.sheet import write_register

_COLUMNS = (
    "id", "ref", "given_name", "family_name", "family_key", "dob", "postcode", "area_id",
    "worker_id", "stage", "updated_at",
)  # fmt: skip
_TABLE = """
CREATE TABLE plain_person (
    id integer PRIMARY KEY, ref text NOT NULL, given_name text NOT NULL, family_name text NOT NULL,
    family_key text NOT NULL, dob text, postcode text, area_id integer NOT NULL,
    worker_id integer NOT NULL, stage text NOT NULL, updated_at text NOT NULL
);
CREATE INDEX plain_name ON plain_person (family_key, given_name, id);
CREATE INDEX plain_area ON plain_person (area_id, family_key, id);
CREATE INDEX plain_worker ON plain_person (worker_id);
CREATE INDEX plain_dob ON plain_person (dob);
CREATE UNIQUE INDEX plain_ref ON plain_person (ref)
"""
_AREAS, _WORKERS = 150, 5_000
_PART = 1 << 17


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


def plain_sheet_of(register: Iterable[Entry]) -> bytes:
    """Return people as the file that the reference takes: a line of cells each, without heads."""
    out = io.StringIO()
    csv.writer(out).writerows(
        (
            number,
            f"CE{number:07d}",
            entry.given_name,
            entry.family_name,
            entry.family_name.lower(),
            entry.date_of_birth or "",
            next(iter(entry.postcodes), ""),
            number % _AREAS,
            number * 7919 % _WORKERS,
            "18-21",
            "2026-06-01T09:00:00Z",
        )
        for number, entry in enumerate(register)
    )
    return out.getvalue().encode()


def make_plain_table(url: str) -> None:
    """Make the reference's table, empty and with its indexes, in an empty database."""
    with _plain_connection(url) as connection:
        for statement in _TABLE.split(";"):
            connection.execute(statement)


def write_plainly(url: str, file: Path) -> None:
    """Write the file's cells into the reference's table, the fastest way that each database has."""
    names = ", ".join(_COLUMNS)
    with _plain_connection(url) as connection:
        if url.startswith("sqlite"):
            marks = ", ".join("?" * len(_COLUMNS))
            insert = f"INSERT INTO plain_person ({names}) VALUES ({marks})"  # noqa: S608 - our own names
            with file.open(encoding="utf-8", newline="") as lines:
                connection.executemany(insert, csv.reader(lines))
            return
        copy_in = f"COPY plain_person ({names}) FROM STDIN WITH (FORMAT csv)"
        with file.open("rb") as lines, connection.cursor().copy(copy_in) as copy:
            while part := lines.read(_PART):
                copy.write(part)


@contextmanager
def _plain_connection(url: str) -> Generator[Any]:
    """Give the driver's own connection, whose work is committed in the end."""
    if url.startswith("sqlite"):
        with closing(sqlite3.connect(str(make_url(url).database))) as held, held:
            held.execute("PRAGMA journal_mode=WAL")
            held.execute("PRAGMA synchronous=NORMAL")
            yield held
        return
    with psycopg.connect(_libpq(url)) as held:
        yield held


def _libpq(url: str) -> str:
    return make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
