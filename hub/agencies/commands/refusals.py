"""What every command of the directory checks before it writes, and what a stale edit is told."""

from collections.abc import Iterable

from sqlalchemy import ColumnElement, func, select
from sqlalchemy.orm import InstrumentedAttribute

from hub.agencies.rules.cover import Refusal
from hub.db.base import Base
from hub.db.units import UnitOfWork
from hub.kernel.errors import ConflictError, RefusedError

DIRECTORY = "directory"
"""What writers of the directory wait for, so that names stay single and covers do not cross."""


def refuse_first(refusals: Iterable[Refusal]) -> None:
    """Go on only if nothing is wrong. Raises RefusedError with the first of what is."""
    for refusal in refusals:
        raise RefusedError(refusal.why, field=refusal.field)


def refuse_stale(what: str, saved: int, read: int, theirs: dict[str, str]) -> None:
    """Go on only if nobody saved since the form was read. Raises ConflictError."""
    if saved != read:
        raise ConflictError(what, theirs)


def refuse_same(
    uow: UnitOfWork, column: InstrumentedAttribute[str], name: str, *conditions: ColumnElement[bool]
) -> None:
    """Go on only if no other entry has the name, capitals aside. Raises RefusedError."""
    same = select(func.count()).where(func.lower(column) == name.lower(), *conditions)
    if uow.session.scalar(same):
        raise RefusedError(
            "There is already an entry with this name. Change that one, or make the names"
            " different, for example with the place in brackets",
            field="name",
        )


def said(row: Base, fields: Iterable[str]) -> dict[str, str]:
    """Return columns of a row as texts, by field of its form."""
    return {field: str(getattr(row, field) or "") for field in fields}


def yes_or_no(flag: bool) -> str:
    """Return the word for a tick."""
    return "Yes" if flag else "No"
