"""Who looked at a person's record: lines for the log that is kept about them."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.audit.recorder import ENTRIES
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, parse_instant
from hub.sharing.rules.told_log import LogEntry, LogKind

KINDS = ("person", "person_consents", "disclosure_log")
"""What the trail calls a look at a person, at what they agreed to, and at the log itself."""
MOST = 500


def looks_at(uow: UnitOfWork, person_id: UUID) -> Iterable[LogEntry]:
    """Return who looked, each account once a day in London: their latest 500 looks."""
    rows = uow.session.execute(
        select(ENTRIES.c.at, ENTRIES.c.account_id, Account.name, Agency.name.label("agency"))
        .join(Account, Account.id == ENTRIES.c.account_id)
        .join(Agency, Agency.id == Account.agency_id)
        .where(
            ENTRIES.c.verb == Looked.__name__,
            ENTRIES.c.subject_kind.in_(KINDS),
            ENTRIES.c.subject_id == str(person_id),
        )
        .order_by(ENTRIES.c.number.desc())
        .limit(MOST)
    )
    seen = set()
    for row in rows:
        at = parse_instant(row.at)
        key = (london_day(at), row.account_id)
        if key not in seen:
            seen.add(key)
            yield LogEntry(
                kind=LogKind.LOOKED,
                id=row.account_id,
                at=at,
                from_agency=row.agency,
                record=row.name,
            )
