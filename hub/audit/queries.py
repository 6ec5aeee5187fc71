"""What an information governance lead reads of the trail: who did or saw what, latest first."""

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select

from hub.access.permissions import Permission, permit
from hub.access.queries import names_of
from hub.audit.recorder import ENTRIES
from hub.db.units import UnitOfWork
from hub.kernel.days import parse_instant

PAGE_SIZE = 50
ACCOUNT = "account"


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
    NotAllowedError. Two queries, whatever the length.
    """
    permit(uow.actor, Permission.AUDIT_READ)
    asked = select(ENTRIES).order_by(ENTRIES.c.number.desc()).limit(limit)
    if about is not None:
        asked = asked.where(ENTRIES.c.subject_kind == about[0], ENTRIES.c.subject_id == about[1])
    if before is not None:
        asked = asked.where(ENTRIES.c.number < before)
    rows = uow.session.execute(asked).all()
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


def _who(account_id: UUID | None, label: str, names: dict[UUID, str]) -> str:
    if account_id is None:
        return label
    name = names.get(account_id, str(account_id))
    return f"{name} (by key)" if label == "api key" else name
