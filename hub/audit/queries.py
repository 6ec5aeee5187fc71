"""What an information governance lead reads of the trail: who did or saw what, latest first."""

import json
from base64 import urlsafe_b64decode, urlsafe_b64encode
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from cryptography.exceptions import InvalidTag
from sqlalchemy import Row, Select, select

from hub.access.permissions import Permission, permit
from hub.access.queries import names_of
from hub.audit.apart import ids_kept_from, kept_from_reader
from hub.audit.recorder import ENTRIES
from hub.db.types import keyring_of
from hub.db.units import UnitOfWork
from hub.kernel.days import parse_instant

PAGE_SIZE = 50
ACCOUNT = "account"
PLACE = "trail.place"


@dataclass(frozen=True, slots=True)
class EntryRow:
    """One entry as the page shows it; ``who`` is an account's name, or what acted without one."""

    number: int
    at: datetime
    who: str
    verb: str
    subject_kind: str
    subject_id: str
    facts: str
    """JSON of ids and codes."""
    subject: str
    """Whose account it is about, where it is about one; of no other record is a name read here."""


def latest_entries(
    uow: UnitOfWork,
    *,
    about: tuple[str, str] | None = None,
    before: int | None = None,
    limit: int = PAGE_SIZE,
) -> list[EntryRow]:
    """Return a page of entries, the latest first, those before a number where one is given.

    ``about`` is a subject's kind and id: with it, this is the answer to "who looked?". Raises
    NotAllowedError. Two queries, whatever the length; more for a reader who is kept from a case,
    for whom no entry about anything of it is there.
    """
    permit(uow.actor, Permission.AUDIT_READ)
    asked = select(ENTRIES).order_by(ENTRIES.c.number.desc())
    if about is not None:
        asked = asked.where(ENTRIES.c.subject_kind == about[0], ENTRIES.c.subject_id == about[1])
    rows = _page(uow, asked, before, limit)
    about_accounts = {UUID(row.subject_id) for row in rows if row.subject_kind == ACCOUNT}
    acting = {row.account_id for row in rows if row.account_id is not None}
    names = names_of(uow, acting | about_accounts)
    return [
        EntryRow(
            number=row.number,
            at=parse_instant(row.at),
            who=_who(row.account_id, row.actor, names),
            verb=row.verb,
            subject_kind=row.subject_kind,
            subject_id=row.subject_id,
            facts=row.facts,
            subject=names.get(UUID(row.subject_id), "") if row.subject_kind == ACCOUNT else "",
        )
        for row in rows
    ]


def _page(
    uow: UnitOfWork, asked: Select[*tuple[Any, ...]], before: int | None, limit: int
) -> list[Row[*tuple[Any, ...]]]:
    hidden = ids_kept_from(uow, kept_from_reader(uow))
    found: list[Row[*tuple[Any, ...]]] = []
    while True:
        wanted = asked if before is None else asked.where(ENTRIES.c.number < before)
        rows = uow.session.execute(wanted.limit(limit)).all()
        found += [row for row in rows if not hidden or not _mentions(row, hidden)]
        if len(found) >= limit or len(rows) < limit:
            return found[:limit]
        before = rows[-1].number


def _mentions(row: Row[*tuple[Any, ...]], hidden: frozenset[str]) -> bool:
    said = {row.subject_id, *map(str, json.loads(row.facts).values())}
    return not hidden.isdisjoint(said)


def place_after(uow: UnitOfWork, row: EntryRow) -> str:
    """Return where the page after an entry begins, as an address may hold it.

    The number itself would tell how many entries are left out.
    """
    sealed = keyring_of(uow.session.get_bind().dialect).seal(str(row.number), PLACE)
    return urlsafe_b64encode(sealed).decode()


def number_at(uow: UnitOfWork, place: str) -> int | None:
    """Return the number behind a place of ``place_after``; None for a broken one."""
    try:
        sealed = urlsafe_b64decode(place.encode())
        return int(keyring_of(uow.session.get_bind().dialect).unseal(sealed, PLACE))
    except (ValueError, InvalidTag):
        return None


def _who(account_id: UUID | None, label: str, names: dict[UUID, str]) -> str:
    if account_id is None:
        return label
    name = names.get(account_id, str(account_id))
    return f"{name} (by key)" if label == "api key" else name
