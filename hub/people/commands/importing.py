"""Taking in a file of the register: all of it or nothing, known people changed and not doubled."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any, cast
from uuid import UUID

from sqlalchemy import Table, exists, select

from hub.agencies.rules.sheet import CellFault
from hub.db.bulk import insert_many
from hub.db.rows import uncollected
from hub.db.units import UnitOfWork
from hub.kernel.errors import RefusedError
from hub.people.commands.allocations import Allocate, allocate
from hub.people.commands.asking import reconsider
from hub.people.commands.import_checks import (
    BATCH,
    WORKERS,
    Checked,
    Workers,
    batches,
    check_lines,
)
from hub.people.commands.keys import KeysAside, key_rows, write_keys
from hub.people.commands.people import SavePerson, source_key, write_person
from hub.people.events import RegisterImported
from hub.people.matching.normalise import fold_postcode
from hub.people.matching.subjects import Entry
from hub.people.models import Allocation, CheckKey, Person, PersonAddress, PersonName
from hub.people.queries.records import PersonRecord, records_of
from hub.people.queries.register import WorkerRow, workers_of
from hub.people.rules.persons import Address
from hub.people.rules.sheet import Line
from hub.people.states import WorkerRole

PLAIN = (
    "given_name", "middle_names", "family_name", "known_as", "date_of_birth", "sex", "nhs_number",
    "safe_phone", "safe_contact",
)  # fmt: skip
"""The columns of a file that are columns of a person under the same name."""

Progress = Callable[[int, int], None]


@dataclass
class Imported:
    """What a file did, or would do: how many join, change, and stay as they are."""

    added: int = 0
    changed: int = 0
    same: int = 0
    faults: tuple[CellFault, ...] = ()


@dataclass
class _Batch:
    """Rows of new people, gathered to be written at once."""

    people: list[dict[str, Any]] = field(default_factory=list)
    names: list[dict[str, Any]] = field(default_factory=list)
    addresses: list[dict[str, Any]] = field(default_factory=list)
    allocations: list[dict[str, Any]] = field(default_factory=list)
    entries: dict[UUID, Entry] = field(default_factory=dict)


def import_register(
    lines: Sequence[Line],
    *,
    uow: UnitOfWork,
    service_id: UUID,
    progress: Progress = lambda _done, _all: None,
) -> Imported:
    """Take in lines that were read without fault, for a service, in one unit.

    ``progress`` hears how many of how many lines are done. Returns what was done. Raises
    NotAllowedError, and RefusedError when a worker cannot be allocated; nothing is written then.
    """
    checked = check_lines(lines, uow=uow, service_id=service_id)
    if checked.faults:
        fault = checked.faults[0]
        raise RefusedError(f"Line {fault.line}, {fault.column}: {fault.why}")
    with uncollected():
        done = _walk(lines, checked, uow=uow, service_id=service_id, progress=progress)
    uow.emit(
        RegisterImported(
            import_id=uow.new_id(), service_id=service_id, added=done.added, changed=done.changed
        )
    )
    return done


def plan_import(lines: Sequence[Line], *, uow: UnitOfWork, service_id: UUID) -> Imported:
    """Return what taking the lines in would do, and what in them the directory contradicts.

    Writes nothing. Raises NotAllowedError.
    """
    checked = check_lines(lines, uow=uow, service_id=service_id)
    plan = Imported(faults=checked.faults)
    for batch in batches(lines, BATCH):
        known = checked.known_in(batch)
        records = records_of(uow, known.values())
        present = workers_of(uow, known.values(), uow.today)
        for line in batch:
            if line.source_id not in known:
                plan.added += 1
                continue
            record = records[known[line.source_id]]
            before = _command(record)
            is_changed = before != _changed(before, line, uow.today) or bool(
                list(_new_workers(line, checked.workers, present.get(record.id, ())))
            )
            plan.changed += is_changed
            plan.same += not is_changed
    return plan


def _walk(
    lines: Sequence[Line],
    checked: Checked,
    *,
    uow: UnitOfWork,
    service_id: UUID,
    progress: Progress,
) -> Imported:
    done, workers = Imported(), checked.workers
    is_asked = uow.session.scalar(select(exists(select(CheckKey.key))))
    aside = KeysAside(uow)
    for some in batches(lines, BATCH):
        known = checked.known_in(some)
        records = records_of(uow, known.values()) if known else {}
        present = workers_of(uow, known.values(), uow.today) if known else {}
        batch = _Batch()
        for line in some:
            if line.source_id in known:
                record = records[known[line.source_id]]
                new = list(_new_workers(line, workers, present.get(record.id, ())))
                is_changed = _change(uow, line, record, new)
                done.changed += is_changed
                done.same += not is_changed
            else:
                _gather(uow, line, workers, service_id, batch)
        _write(uow, batch)
        if is_asked:
            write_keys(uow, key_rows(uow, batch.entries))
            reconsider(uow, list(batch.entries))
        else:
            aside.add(key_rows(uow, batch.entries))
        done.added += len(batch.entries)
        progress(done.added + done.changed + done.same, len(lines))
    aside.write()
    return done


def _command(record: PersonRecord) -> SavePerson:
    """Return the command that would save a record as it is."""
    columns = {
        name: getattr(record, name)
        for name in SavePerson.__dataclass_fields__
        if name not in {"person_id", "is_another"}
    }
    return SavePerson(person_id=record.id, **columns)


def _changed(before: SavePerson, line: Line, today: date) -> SavePerson:
    """Return the record as the line has it; columns that the file lacks stay."""
    given = line.values
    changes: dict[str, Any] = {name: given[name] for name in PLAIN if name in given}
    for name in ("given_name", "family_name"):
        changes[name] = changes[name] or ""
    if status := given.get("support_status"):
        changes["support_status"] = status
    if "restricted" in given:
        changes["is_restricted"] = given["restricted"]
    kinds = {"aliases", "former_names"} & set(given)
    kept = [name for name in before.names if _column_of(name.kind) not in kinds]
    new = [name for kind in sorted(kinds) for name in given[kind]]  # type: ignore[attr-defined]  # a tuple
    changes["names"] = tuple(sorted({*kept, *new}))
    return replace(before, **changes, addresses=_addresses(before.addresses, line, today))


def _column_of(kind: str) -> str:
    return "aliases" if kind == "alias" else "former_names"


def _addresses(before: tuple[Address, ...], line: Line, today: date) -> tuple[Address, ...]:
    """Return the addresses with the line's: a new postcode begins today and ends the one before."""
    now = line.text("postcode")
    found = list(before)
    lives = {fold_postcode(each.postcode or "") for each in found if each.is_current(today)}
    if now and fold_postcode(now) not in lives:
        found = [
            replace(each, until_on=today) if each.is_current(today) and each.from_on != today
            else each
            for each in found
        ]  # fmt: skip
        found.insert(0, Address(postcode=now, from_on=today if before else None))
    known = {fold_postcode(each.postcode or "") for each in found}
    found += [
        Address(postcode=each, until_on=today)
        for each in line.several("former_postcodes")
        if fold_postcode(each) not in known
    ]
    return tuple(found)


def _new_workers(
    line: Line, workers: Workers, present: Sequence[WorkerRow]
) -> Iterator[tuple[WorkerRole, UUID, date | None]]:
    """Yield role, contact and first day of the workers whom the line names and nobody has yet.

    The day is None where somebody else has the role: then the change is of today.
    """
    for role, column, begins in WORKERS:
        worker = workers.of(line, column)
        holds = next((one.contact_id for one in present if one.role is role), None)
        if worker is not None and worker.id != holds:
            yield role, worker.id, line.day(begins) if holds is None else None


def _change(
    uow: UnitOfWork,
    line: Line,
    record: PersonRecord,
    new_workers: Sequence[tuple[WorkerRole, UUID, date | None]],
) -> bool:
    """Change somebody known if the line says anything new; return whether it did."""
    before = _command(record)
    after = _changed(before, line, uow.today)
    if before != after:
        person = uow.session.get_one(Person, record.id)
        write_person(after, person, after.nhs_number, uow=uow)
    for role, worker_id, day in new_workers:
        cmd = Allocate(
            person_id=record.id,
            worker_id=worker_id,
            role=role,
            from_on=day or uow.today,
            end_previous=True,
        )
        allocate(cmd, uow=uow)
    return before != after or bool(new_workers)


def _gather(uow: UnitOfWork, line: Line, workers: Workers, service_id: UUID, batch: _Batch) -> None:
    """Put somebody new, with all that belongs to them, to the rows to be written."""
    new = SavePerson(given_name="", family_name="", service_id=service_id)
    cmd = _changed(new, line, uow.today)
    person_id = uow.new_id()
    batch.people.append(
        {
            "id": person_id,
            "reference": uow.ids.reference(),
            "source_key": source_key(uow, service_id, line.source_id),
            "source_id": line.source_id,
            "service_id": service_id,
            "support_status": cmd.support_status,
            "is_restricted": cmd.is_restricted,
            "created_at": uow.now,
            "version": 1,
            **{name: getattr(cmd, name) for name in PLAIN},
        }
    )
    batch.names += [
        {
            "id": uow.new_id(),
            "person_id": person_id,
            "kind": name.kind,
            "given_name": name.given_name,
            "family_name": name.family_name,
        }
        for name in cmd.names
    ]
    batch.addresses += [
        {
            "id": uow.new_id(),
            "person_id": person_id,
            "lines": None,
            "postcode": each.postcode,
            "from_on": each.from_on,
            "until_on": each.until_on,
        }
        for each in cmd.addresses
    ]
    for role, column, begins in WORKERS:
        if worker := workers.of(line, column):
            batch.allocations.append(
                {
                    "id": uow.new_id(),
                    "person_id": person_id,
                    "worker_id": worker.id,
                    "role": role,
                    "from_on": line.day(begins) or uow.today,
                    "until_on": None,
                }
            )
    batch.entries[person_id] = Entry(
        person_id=str(person_id),
        given_name=cmd.given_name,
        middle_names=cmd.middle_names or "",
        family_name=cmd.family_name,
        known_as=cmd.known_as or "",
        date_of_birth=cmd.date_of_birth,
        postcodes=tuple(each.postcode for each in cmd.addresses if each.postcode),
        aliases=tuple((name.given_name, name.family_name) for name in cmd.names),
        nhs_number=cmd.nhs_number,
        phones=(cmd.safe_phone,) if cmd.safe_phone else (),
    )


def _write(uow: UnitOfWork, batch: _Batch) -> None:
    for model, rows in (
        (Person, batch.people),
        (PersonName, batch.names),
        (PersonAddress, batch.addresses),
        (Allocation, batch.allocations),
    ):
        insert_many(uow.session.connection(), cast("Table", model.__table__), rows)
