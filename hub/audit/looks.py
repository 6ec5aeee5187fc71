"""Who looked: at a person's record, for their log, and at a case, for a review of it."""

from collections.abc import Iterable
from uuid import UUID

from sqlalchemy import select

from hub.access.models import Account
from hub.agencies.models import Agency
from hub.audit.recorder import ENTRIES
from hub.db.looks import Looked
from hub.db.units import UnitOfWork
from hub.kernel.days import london_day, parse_instant
from hub.marac.queries.pack import Subjects
from hub.marac.rules.pack import Entry, What
from hub.sharing.rules.told_log import LogEntry, LogKind

KINDS = ("person", "person_consents", "disclosure_log")
"""What the trail calls a look at a person, at what they agreed to, and at the log itself."""
CASE_KINDS = ("concern", "item")
"""What the trail calls a look at a referral, and at its case at a meeting."""

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


def looks_at_case(uow: UnitOfWork, found: Subjects) -> Iterable[Entry]:
    """Yield every look at the referrals and cases of a victim, as the trail has it."""
    cases = {str(one): case for one, case in {**found.concerns, **found.items}.items()}
    rows = uow.session.execute(
        select(ENTRIES.c.at, ENTRIES.c.subject_id, Account.name, Agency.name.label("agency"))
        .outerjoin(Account, Account.id == ENTRIES.c.account_id)
        .outerjoin(Agency, Agency.id == Account.agency_id)
        .where(
            ENTRIES.c.verb == Looked.__name__,
            ENTRIES.c.subject_kind.in_(CASE_KINDS),
            ENTRIES.c.subject_id.in_(cases),
        )
        .order_by(ENTRIES.c.number)
    )
    for row in rows:
        yield Entry(
            at=parse_instant(row.at),
            what=What.LOOK,
            case=cases[row.subject_id],
            by=", ".join(part for part in (row.name, row.agency) if part),
        )
