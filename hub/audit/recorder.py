"""Writing the trail: all that one unit did, in one go, at the very end of its transaction."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, insert, select, update
from sqlalchemy.dialects import postgresql, sqlite

from hub.audit.chain import BEFORE_THE_FIRST, facts_text, mark_of, seal_of
from hub.audit.models import AuditEntry, AuditHead
from hub.db.units import Recorder, UnitOfWork
from hub.kernel.days import format_instant
from hub.kernel.events import Event

HEAD = 1
ENTRIES: Table = AuditEntry.__table__  # type: ignore[assignment]  # a mapped class has a Table
HEADS: Table = AuditHead.__table__  # type: ignore[assignment]  # likewise

_HEAD = select(HEADS.c.number, HEADS.c.mark).where(HEADS.c.id == HEAD).with_for_update()


# Made once: these run in every unit that changes anything.
_APPEND = insert(ENTRIES)
_MOVE_HEAD = (
    update(HEADS)
    .where(HEADS.c.id == HEAD)
    .values({name: bindparam(name) for name in ("number", "mark", "seal", "at")})
)


def recorder(key: bytes) -> Recorder:
    """Return the recorder that chains events under the key.

    Every unit that says anything takes the head's lock here and keeps it until its commit, so the
    numbers have no gap and no two entries follow the same one.
    """

    def record(uow: UnitOfWork, heard: Sequence[Event]) -> None:
        if not heard:
            return
        connection = uow.session.connection()
        number, mark = _lock_head(connection, key)
        rows = []
        for happened in heard:
            number += 1
            row = _row(uow, happened, number=number, previous=mark)
            mark = row["mark"] = mark_of(key, _fields(row))
            rows.append(row)
        connection.execute(_APPEND, rows)
        head = {"number": number, "mark": mark, "seal": seal_of(key, number, mark), "at": uow.now}
        connection.execute(_MOVE_HEAD, head)

    return record


def _lock_head(connection: Connection, key: bytes) -> tuple[int, str]:
    """Return number and mark of the last entry, holding the head until the transaction ends."""
    found = connection.execute(_HEAD).one_or_none()
    if found is None:
        on = postgresql if connection.dialect.name == "postgresql" else sqlite
        first = {
            "id": HEAD,
            "number": 0,
            "mark": BEFORE_THE_FIRST,
            "seal": seal_of(key, 0, BEFORE_THE_FIRST),
        }
        # Of two first units the second waits here for the first, and then reads its head.
        connection.execute(on.insert(HEADS).values(first).on_conflict_do_nothing())
        found = connection.execute(_HEAD).one()
    return found.number, found.mark


def _row(uow: UnitOfWork, happened: Event, *, number: int, previous: str) -> dict[str, Any]:
    kind, subject_id = happened.subject()
    return {
        "number": number,
        "at": format_instant(uow.now),
        "account_id": uow.actor.account_id,
        "actor": uow.actor.label,
        "verb": type(happened).__name__,
        "subject_kind": kind,
        "subject_id": subject_id,
        "facts": facts_text(happened.facts()),
        "previous": previous,
    }


def _fields(row: dict[str, Any]) -> tuple[str | int | None, ...]:
    """Return the row's columns as they are hashed."""
    account_id = row["account_id"]
    return (
        row["number"],
        row["at"],
        None if account_id is None else account_id.hex,
        row["actor"],
        row["verb"],
        row["subject_kind"],
        row["subject_id"],
        row["facts"],
        row["previous"],
    )
